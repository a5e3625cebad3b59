// Reads: circle_members, circle_consents, meetings, meetings_attendance, plans, plans_commitments.
import { statement } from '../platform/database/tx.js';

/** Everyone of the case, those who left included, in the order in which they came. Served by its unique key on (case, id). */
export const PEOPLE = statement(
  'plans.people',
  `select id, coalesce(first_name, name) as name, relation, circle_kind as "circleKind", is_main_person as "isMainPerson", state,
     is_main_person and coalesce((select bool_and(y.taken_back_at is not null) from circle_consents y
       where y.organisation_id = m.organisation_id and y.member_id = m.id and y.kind = 'meeting'), false) as withdrew
   from circle_members m where organisation_id = $1 and case_id = $2 order by id`,
);

export interface MeetingFacts {
  /** A meeting is fixed and not yet concluded. */
  toConclude: boolean;
  /** A meeting began, or has been. */
  started: boolean;
  /** A meeting began and is not concluded. */
  running: boolean;
  /** A version of the plan was fixed. */
  hasPlan: boolean;
  /** The local day of the last meeting that was held, reviews not counted. */
  heldOn: string | null;
  /** The last meeting or review that was held, and who was there. */
  heldId: string | null;
  present: string[];
}

/** What a plan needs to know of the meetings of its case. $3 now. */
export const MEETING_FACTS = statement(
  'plans.meeting-facts',
  `select f."toConclude", f.started, f.running, f."heldOn", f."heldId",
     array(select a.member_id from meetings_attendance a
       where a.organisation_id = $1 and a.meeting_id = f."heldId" and a.presence in ('present', 'remote', 'part')) as present,
     exists (select from plans p where p.organisation_id = $1 and p.case_id = $2) as "hasPlan"
   from (
     select coalesce(bool_or(type = 'meeting' and state = 'fixed'), false) as "toConclude",
       coalesce(bool_or(type = 'meeting' and state in ('fixed', 'held') and starts_at <= $3), false) as started,
       coalesce(bool_or(type = 'meeting' and state = 'fixed' and starts_at <= $3), false) as running,
       to_char(max(starts_at) filter (where type = 'meeting' and state = 'held') at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as "heldOn",
       (array_agg(id order by held_at desc, id desc) filter (where state = 'held'))[1] as "heldId"
     from meetings where organisation_id = $1 and case_id = $2
   ) f`,
);

/** Which of these commitment ids belong to another case. */
export const TAKEN_IDS = statement(
  'plans.taken-ids',
  'select id from plans_commitments where organisation_id = $1 and id = any($3::uuid[]) and case_id <> $2',
);

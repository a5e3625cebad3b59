// Reads: circle_members, meetings, meetings_attendance, plans, plans_commitments. Writes: circle_growth.
import { statement } from '../platform/database/tx.js';
import type { GrowthMoment } from './growth.rules.js';

export interface GrowthRow {
  moment: GrowthMoment;
  at: Date;
  informal: number;
  professional: number;
  /** On how many different people the main persons count; null as long as nobody answered. */
  countedOn: number | null;
  meetingId: string | null;
}

/** Everyone of a case as they are counted; served by circle_members (organisation, case, id). $2 case, $3 meeting or null, $4 ways. */
export const COUNTED = statement(
  'circle.counted',
  `select m.circle_kind as "circleKind", m.is_main_person as "isMainPerson", m.state,
     exists (select from meetings_attendance a where a.organisation_id = $1 and a.meeting_id = $3 and a.member_id = m.id
       and a.presence in ('present', 'remote', 'part')) as "atThisMeeting",
     coalesce(m.takes_part = any ($4), false) as "heardOtherwise",
     exists (select from meetings t join meetings_attendance a on a.organisation_id = $1 and a.meeting_id = t.id and a.member_id = m.id
       where t.organisation_id = $1 and t.case_id = $2 and a.presence in ('present', 'remote', 'part')) as "atAnyMeeting",
     exists (select from plans_commitments k where k.organisation_id = $1 and k.member_id = m.id
       and k.state not in ('asked', 'given-back', 'released')) as carries
   from circle_members m where m.organisation_id = $1 and m.case_id = $2`,
);


export const ATTENDANCE_NOTED = statement(
  'circle.attendance-noted',
  'select exists (select from meetings_attendance where organisation_id = $1 and meeting_id = $2) as noted',
);

/** A moment is counted once: nothing is written when it was. */
export const COUNT = statement(
  'circle.growth-count',
  `insert into circle_growth (organisation_id, case_id, moment, at, informal, professional, meeting_id)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict (organisation_id, case_id, moment) do nothing returning moment`,
);

/** Who was there is put right after the conclusion. */
export const RECOUNT = statement(
  'circle.growth-recount',
  'update circle_growth set informal = $4, professional = $5 where organisation_id = $1 and case_id = $2 and moment = $3',
);

export const GROWTH_OF_CASE = statement(
  'circle.growth-of-case',
  `select moment, at, informal, professional, counted_on as "countedOn", meeting_id as "meetingId" from circle_growth
   where organisation_id = $1 and case_id = $2
   order by array_position(array['referral', 'meeting', 'first-review', 'last-review'], moment)`,
);

/** On how many they count at these moments. */
export const COUNTED_ON = statement(
  'circle.growth-counted-on',
  'update circle_growth set counted_on = $4 where organisation_id = $1 and case_id = $2 and moment = any ($3)',
);

/** When the first plan was fixed, and whether a review is on its way. */
export const REVIEWS = statement(
  'circle.growth-reviews',
  `select (select min(fixed_at) from plans where organisation_id = $1 and case_id = $2) as "fixedAt",
     exists (select from meetings where organisation_id = $1 and case_id = $2 and type = 'review' and state in ('polling', 'fixed')) as planned`,
);

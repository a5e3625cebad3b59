import { statement } from '../platform/database/tx.js';
import { CALLED_IN } from './private-time.queries.js';
import type { Part } from './parts.rules.js';
import type { Answers, MeetingState, MeetingType, Outcome, PlaceType, Presence } from './meetings.rules.js';

/** Statements of the tables `meetings…`. AHEAD also reads `cases`, ORGANISATION `people_organisations`, HEARD `messages`, PLAN_CARRIED and PLAN_FIXED `plans`. */

/** A meeting with all that belongs to it; instants inside JSON are RFC 3339. */
export interface MeetingRow {
  id: string;
  caseId: string;
  type: MeetingType;
  state: MeetingState;
  facilitatorId: string;
  slotId: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  startsLocal: string | null;
  zone: string;
  sequence: number;
  placeType: PlaceType;
  publicPlaceId: string | null;
  roomId: string | null;
  sealed: Buffer;
  mustAttend: string[];
  createdAt: Date;
  fixedAt: Date | null;
  movedAt: Date | null;
  /** Until when a poll is open. */
  answerBy: Date | null;
  heldAt: Date | null;
  outcome: Outcome | null;
  reason: string | null;
  facilitatorHours: string | null;
  /** Who was asked to lead it, in place of whom its kind says, and at which phase. */
  chairMemberId: string | null;
  chairPhase: string | null;
  version: number;
  slots: { id: string; startsAt: string; endsAt: string }[];
  responses: { memberId: string; answers: Answers; sealed: string | null; answeredAt: string; answeredBy: 'self' | 'facilitator'; version: number }[];
  attendance: { memberId: string; presence: Presence; arrivedAt?: string; leftAt?: string }[];
  parts: Part[];
  /** Who was named to write the plan. */
  scribeId: string | null;
  /** When the circle was by itself, oldest first, and who is in with it now: ids, and `facilitator`. */
  privateTimes: { id: string; startedAt: string; endedAt: string | null; calledIn: string[] }[];
}

const LIST = (table: string, fields: string, order: string): string => `(
    select coalesce(json_agg(json_build_object(${fields}) order by ${order}), '[]')
    from ${table} x where x.organisation_id = m.organisation_id and x.meeting_id = m.id)`;

const MEETING = `select m.id, m.case_id as "caseId", m.type, m.state, m.facilitator_id as "facilitatorId", m.slot_id as "slotId",
  m.starts_at as "startsAt", m.ends_at as "endsAt", to_char(m.starts_local, 'YYYY-MM-DD"T"HH24:MI:SS') as "startsLocal", m.zone,
  m.sequence, m.place_type as "placeType", m.public_place_id as "publicPlaceId", m.room_id as "roomId", m.sealed, m.must_attend as "mustAttend", m.created_at as "createdAt",
  m.fixed_at as "fixedAt", m.moved_at as "movedAt", m.answer_by as "answerBy", m.held_at as "heldAt", m.outcome, m.end_reason as reason,
  trim_scale(m.facilitator_hours)::text as "facilitatorHours", m.chair_member_id as "chairMemberId", m.chair_phase as "chairPhase", m.version,
  ${LIST(
    'meetings_slots',
    `'id', x.id, 'startsAt', platform_utc(x.starts_at), 'endsAt', platform_utc(x.ends_at)`,
    'x.starts_at, x.ends_at, x.id',
  )} as slots,
  ${LIST(
    'meetings_responses',
    `'memberId', x.member_id, 'answers', x.answers, 'sealed', encode(x.sealed, 'base64'),
     'answeredAt', platform_utc(x.answered_at),
     'answeredBy', case x.answered_by_kind when 'participant' then 'self' else 'facilitator' end, 'version', x.version`,
    'x.answered_at, x.member_id',
  )} as responses,
  json_strip_nulls(${LIST('meetings_attendance', `'memberId', x.member_id, 'presence', x.presence, 'arrivedAt', platform_utc(x.arrived_at), 'leftAt', platform_utc(x.left_at)`, 'x.member_id')}) as attendance,
  ${LIST('meetings_parts', `'memberId', x.member_id, 'fromMinute', x.from_minute, 'untilMinute', x.until_minute`, 'x.from_minute, x.member_id')} as parts,
  m.scribe_id as "scribeId", (
    select coalesce(json_agg(json_build_object('id', x.id, 'startedAt', platform_utc(x.started_at), 'endedAt', platform_utc(x.ended_at),
      'calledIn', ${CALLED_IN}) order by x.started_at, x.id), '[]')
    from meetings_private_times x where x.organisation_id = m.organisation_id and x.case_id = m.case_id and x.meeting_id = m.id
  ) as "privateTimes"
  from meetings m`;

/** One meeting, by the primary keys of its four tables. */
export const ONE_MEETING = statement('meetings.one', `${MEETING} where m.organisation_id = $1 and m.id = $2`);

/** A case's meetings, newest first; served by the unique key on (organisation, case, id). */
export const MEETINGS_OF_CASE = statement(
  'meetings.of-case',
  `${MEETING} where m.organisation_id = $1 and m.case_id = $2 order by m.id desc`,
);

export const CASE_OF_MEETING = statement(
  'meetings.case-of',
  'select case_id as "caseId" from meetings where organisation_id = $1 and id = $2',
);

/** A facilitator's fixed meetings between two instants, with the case they are about; served by meetings_ahead. */
export const AHEAD = statement(
  'meetings.ahead',
  `select m.id, m.case_id as "caseId", c.reference, c.resident_name as resident, m.starts_at as "startsAt", m.ends_at as "endsAt",
     m.place_type as "placeType", m.sealed, c.facilitator_id = $2 as "isOwn"
   from meetings m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and m.facilitator_id = $2 and m.state = 'fixed' and m.starts_at >= $3 and m.starts_at < $4
   order by m.starts_at, m.id`,
);

/** Who invites: the service in the name of the organisation, so that nothing breaks when the facilitator changes. */
export const ORGANISATION = statement('meetings.organisation', 'select name, phone from people_organisations where id = $1');

export const INSERT_MEETING = statement(
  'meetings.insert',
  `insert into meetings (organisation_id, id, case_id, type, state, facilitator_id, slot_id, starts_at, ends_at, starts_local,
     zone, busy, place_type, sealed, must_attend, created_at, fixed_at, public_place_id, room_id, answer_by)
   values ($1, $2, $3, $21, $4, $5, $6, $7, $8, $9, $10,
     case when $11::timestamptz is not null then tstzrange($11, $12, '[)') end, $13, $14, $15, $16, $17, $18, $19, $20)`,
);

export const INSERT_SLOTS = statement(
  'meetings.insert-slots',
  `insert into meetings_slots (organisation_id, id, meeting_id, starts_at, ends_at, starts_local)
   select $1, s.id, $2, s.starts_at, s.ends_at, s.starts_local
   from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::timestamp[]) as s (id, starts_at, ends_at, starts_local)`,
);

/** Nothing is returned when somebody else was faster. */
export const FIX = statement(
  'meetings.fix',
  `update meetings set state = 'fixed', slot_id = $4, starts_at = $5, ends_at = $6, starts_local = $7, zone = $8,
     busy = tstzrange($9, $10, '[)'), fixed_at = $11, version = version + 1
   where organisation_id = $1 and id = $2 and state = any ($3) returning id`,
);

export const HOLD = statement(
  'meetings.hold',
  `update meetings set state = 'held', held_at = $4, outcome = $5, end_reason = $6, facilitator_hours = $7, sealed = $8,
     version = version + 1
   where organisation_id = $1 and id = $2 and state = any ($3) returning id`,
);

export const CANCEL = statement(
  'meetings.cancel',
  `update meetings set state = 'cancelled', end_reason = $4, sealed = $5, cancelled_at = $6, sequence = sequence + 1,
     version = version + 1
   where organisation_id = $1 and id = $2 and state = any ($3) returning id`,
);

/** Another date or place. The slot of the old date is left to DROP_SLOT. */
export const MOVE = statement(
  'meetings.move',
  `update meetings set slot_id = $4, starts_at = $5, ends_at = $6, starts_local = $7, zone = $8, busy = tstzrange($9, $10, '[)'),
     moved_at = $15, place_type = $11, sealed = $12, public_place_id = $13, room_id = $14, sequence = sequence + 1, version = version + 1
   where organisation_id = $1 and id = $2 and state = any ($3) returning id`,
);

/** What was said about a date goes with it; a response without answers is silence. */
export const DROP_ANSWERS = statement(
  'meetings.drop-answers',
  `update meetings_responses set answers = answers - $3::text, version = version + 1
   where organisation_id = $1 and meeting_id = $2 and answers ? $3::text`,
);

export const DROP_SLOT = statement('meetings.drop-slot', 'delete from meetings_slots where organisation_id = $1 and id = $2');

/**
 * Whether the people of a case heard of this meeting since an instant, by the message log; nobody is in it of whom the log says
 * nothing (any more). An invitation says the dates that stand. Served by messages_of_case.
 */
export const HEARD = statement(
  'meetings.heard',
  `select member_id as "memberId", bool_or(state in ('sending', 'sent', 'dead')) as heard
   from messages
   where organisation_id = $1 and case_id = $2 and member_id is not null
     and ((meeting_id = $3 and starts_with(key, $4))
       or (template = 'invitation' and (state in ('queued', 'failed', 'by-hand') or sent_at >= $5)))
   group by member_id`,
);

/** Whether a plan of the case is carried: then a date that is called off leads back to it. */
export const PLAN_CARRIED = statement(
  'meetings.plan-carried',
  `select from plans where organisation_id = $1 and case_id = $2 and state = 'carried' limit 1`,
);

/** Whether there is a plan to look back on. */
export const PLAN_FIXED = statement('meetings.plan-fixed', 'select from plans where organisation_id = $1 and case_id = $2 limit 1');

/** What belongs to a meeting changed: whoever read it before has an older version. */
export const TOUCH = statement(
  'meetings.touch',
  'update meetings set version = version + 1 where organisation_id = $1 and id = $2',
);

/** Answers that are given again replace the earlier ones, others stay; without a new remark the old one stays. */
export const PUT_RESPONSE = statement(
  'meetings.put-response',
  `insert into meetings_responses as r (organisation_id, meeting_id, member_id, answers, sealed, answered_at, answered_by_kind,
     answered_by_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id, meeting_id, member_id) do update set answers = r.answers || excluded.answers,
     sealed = coalesce(excluded.sealed, r.sealed), answered_at = excluded.answered_at,
     answered_by_kind = excluded.answered_by_kind, answered_by_id = excluded.answered_by_id, version = r.version + 1`,
);

export const CLEAR_PARTS = statement('meetings.clear-parts', 'delete from meetings_parts where organisation_id = $1 and meeting_id = $2');

export const PUT_PARTS = statement(
  'meetings.put-parts',
  `insert into meetings_parts (organisation_id, meeting_id, member_id, from_minute, until_minute)
   select $1, $2, p.member_id, p.from_minute, p.until_minute from unnest($3::uuid[], $4::integer[], $5::integer[]) as p (member_id, from_minute, until_minute)`,
);

/** The times of some people are others: calendars take the newer one. */
export const UPDATE_SEQUENCE = statement(
  'meetings.update-sequence',
  'update meetings set sequence = sequence + 1, version = version + 1 where organisation_id = $1 and id = $2',
);

/** $3: of whom it stays, because the one who notes it does not see them. */
export const CLEAR_ATTENDANCE = statement(
  'meetings.clear-attendance',
  'delete from meetings_attendance where organisation_id = $1 and meeting_id = $2 and member_id <> all ($3::uuid[])',
);

export const PUT_ATTENDANCE = statement(
  'meetings.put-attendance',
  `insert into meetings_attendance (organisation_id, meeting_id, member_id, presence, arrived_at, left_at)
   select $1, $2, a.member_id, a.presence, a.arrived_at, a.left_at
   from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[]) as a (member_id, presence, arrived_at, left_at)`,
);

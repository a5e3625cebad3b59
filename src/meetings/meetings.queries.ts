import { statement } from '../platform/database/tx.js';
import type { Answers, MeetingState, Outcome, PlaceType, Presence } from './meetings.rules.js';

/** Statements of the tables `meetings…`. AHEAD also reads `cases`, ORGANISATION reads `people_organisations`. */

/** A meeting with all that belongs to it; instants inside JSON are RFC 3339. */
export interface MeetingRow {
  id: string;
  caseId: string;
  type: 'meeting' | 'review';
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
  heldAt: Date | null;
  outcome: Outcome | null;
  reason: string | null;
  facilitatorHours: string | null;
  version: number;
  slots: { id: string; startsAt: string; endsAt: string }[];
  responses: { memberId: string; answers: Answers; sealed: string | null; answeredAt: string; version: number }[];
  attendance: { memberId: string; presence: Presence }[];
}

const LIST = (table: string, fields: string, order: string): string => `(
    select coalesce(json_agg(json_build_object(${fields}) order by ${order}), '[]')
    from ${table} x where x.organisation_id = m.organisation_id and x.meeting_id = m.id)`;

const MEETING = `select m.id, m.case_id as "caseId", m.type, m.state, m.facilitator_id as "facilitatorId", m.slot_id as "slotId",
  m.starts_at as "startsAt", m.ends_at as "endsAt", to_char(m.starts_local, 'YYYY-MM-DD"T"HH24:MI:SS') as "startsLocal", m.zone,
  m.sequence, m.place_type as "placeType", m.public_place_id as "publicPlaceId", m.room_id as "roomId", m.sealed, m.must_attend as "mustAttend", m.created_at as "createdAt",
  m.fixed_at as "fixedAt", m.held_at as "heldAt", m.outcome, m.end_reason as reason,
  trim_scale(m.facilitator_hours)::text as "facilitatorHours", m.version,
  ${LIST(
    'meetings_slots',
    `'id', x.id, 'startsAt', platform_utc(x.starts_at), 'endsAt', platform_utc(x.ends_at)`,
    'x.starts_at, x.ends_at, x.id',
  )} as slots,
  ${LIST(
    'meetings_responses',
    `'memberId', x.member_id, 'answers', x.answers, 'sealed', encode(x.sealed, 'base64'),
     'answeredAt', platform_utc(x.answered_at), 'version', x.version`,
    'x.answered_at, x.member_id',
  )} as responses,
  ${LIST('meetings_attendance', `'memberId', x.member_id, 'presence', x.presence`, 'x.member_id')} as attendance
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
     m.place_type as "placeType", m.sealed
   from meetings m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and m.facilitator_id = $2 and m.state = 'fixed' and m.starts_at >= $3 and m.starts_at < $4
   order by m.starts_at, m.id`,
);

/** Who invites: the service in the name of the organisation, so that nothing breaks when the facilitator changes. */
export const ORGANISATION = statement('meetings.organisation', 'select name, phone from people_organisations where id = $1');

export const INSERT_MEETING = statement(
  'meetings.insert',
  `insert into meetings (organisation_id, id, case_id, type, state, facilitator_id, slot_id, starts_at, ends_at, starts_local,
     zone, busy, place_type, sealed, must_attend, created_at, fixed_at, public_place_id, room_id)
   values ($1, $2, $3, 'meeting', $4, $5, $6, $7, $8, $9, $10,
     case when $11::timestamptz is not null then tstzrange($11, $12, '[)') end, $13, $14, $15, $16, $17, $18, $19)`,
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
  `update meetings set state = 'cancelled', sequence = sequence + 1, version = version + 1
   where organisation_id = $1 and id = $2 and state = any ($3) returning id`,
);

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

export const CLEAR_ATTENDANCE = statement(
  'meetings.clear-attendance',
  'delete from meetings_attendance where organisation_id = $1 and meeting_id = $2',
);

export const PUT_ATTENDANCE = statement(
  'meetings.put-attendance',
  `insert into meetings_attendance (organisation_id, meeting_id, member_id, presence)
   select $1, $2, a.member_id, a.presence from unnest($3::uuid[], $4::text[]) as a (member_id, presence)`,
);

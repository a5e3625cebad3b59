import { statement } from '../platform/database/tx.js';

/**
 * Statements of `meetings_weekly_hours` and `meetings_absences`. OVERLAPPED reads `meetings` and `cases`, ROOM_CAPACITY reads
 * `neighbourhood_rooms`, BUSY reads `meetings`.
 */

export const HOURS_OF = statement('meetings.hours-of', 'select hours from meetings_weekly_hours where organisation_id = $1 and staff_id = $2');

export const PUT_HOURS = statement(
  'meetings.put-hours',
  `insert into meetings_weekly_hours (organisation_id, staff_id, hours, changed_at) values ($1, $2, $3, $4)
   on conflict (organisation_id, staff_id) do update set hours = excluded.hours, changed_at = excluded.changed_at`,
);

/** Somebody's absences that are not over, soonest first; served by meetings_absences_of_staff. */
export const ABSENCES_OF = statement(
  'meetings.absences-of',
  `select id, kind, starts_at as "startsAt", ends_at as "endsAt", sealed from meetings_absences
   where organisation_id = $1 and staff_id = $2 and ends_at > $3 order by starts_at, id`,
);

export const INSERT_ABSENCE = statement(
  'meetings.insert-absence',
  `insert into meetings_absences (organisation_id, id, staff_id, kind, starts_at, ends_at, sealed, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const DELETE_ABSENCE = statement(
  'meetings.delete-absence',
  'delete from meetings_absences where organisation_id = $1 and id = $2 and staff_id = $3 returning id',
);

/** Of these people and spans ($2, $3, $4: one of each a row), the numbers (from 1) at which that person is away. */
export const AWAY_AT = statement(
  'meetings.away-at',
  `select t.number::int from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality as t (staff_id, starts_at, ends_at, number)
   where exists (select 1 from meetings_absences a where a.organisation_id = $1 and a.staff_id = t.staff_id
     and a.starts_at < t.ends_at and a.ends_at > t.starts_at)
   order by t.number`,
);

/** Fixed meetings of somebody that share a moment with a span; served by meetings_ahead. */
export const OVERLAPPED = statement(
  'meetings.overlapped',
  `select m.id, m.case_id as "caseId", c.reference, m.starts_at as "startsAt", m.ends_at as "endsAt"
   from meetings m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and m.facilitator_id = $2 and m.state = 'fixed' and m.starts_at < $4 and m.ends_at > $3
   order by m.starts_at, m.id`,
);

export const ROOM_CAPACITY = statement('meetings.room-capacity', 'select capacity from neighbourhood_rooms where organisation_id = $1 and id = $2');

/** When somebody is taken from now on: absences, and meetings with the way there. */
export const BUSY = statement(
  'meetings.busy',
  `select starts_at as "startsAt", ends_at as "endsAt" from meetings_absences where organisation_id = $1 and staff_id = $2 and ends_at > $3
   union all
   select lower(busy), upper(busy) from meetings where organisation_id = $1 and facilitator_id = $2 and state = 'fixed' and ends_at > $3`,
);

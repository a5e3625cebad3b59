import { statement } from '../platform/database/tx.js';

/** Statements that move an agenda. They write `meetings` and read `cases` for its number and `meetings_absences`. `$4` null: every case. */

const FIXED = `select m.id, m.case_id as "caseId", c.reference, m.starts_at as "startsAt", m.ends_at as "endsAt"
   from meetings m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and m.facilitator_id = $2 and m.state = 'fixed' and m.ends_at > $3
     and ($4::uuid[] is null or m.case_id = any ($4))
   order by m.starts_at`;

/** Fixed meetings of somebody that are not over; served by meetings_ahead. */
export const AGENDA = statement('meetings.agenda', FIXED);
/** The same, held until the command ends. */
export const HOLD_AGENDA = statement('meetings.hold-agenda', `${FIXED} for no key update of m`);

/** Of these meetings, each with who is to lead it, those at which that person is elsewhere or away. */
export const ELSEWHERE = statement(
  'meetings.elsewhere',
  `select m.id from unnest($2::uuid[], $3::uuid[]) as t (id, leader)
   join meetings m on m.organisation_id = $1 and m.id = t.id
   where exists (select 1 from meetings o where o.organisation_id = $1 and o.facilitator_id = t.leader and o.state = 'fixed'
     and o.busy && m.busy and o.id <> m.id)
     or exists (select 1 from meetings_absences a where a.organisation_id = $1 and a.staff_id = t.leader
       and a.starts_at < m.ends_at and a.ends_at > m.starts_at)`,
);

export const LEAD_BY = statement(
  'meetings.lead-by',
  `update meetings m set facilitator_id = t.leader, version = version + 1
   from unnest($2::uuid[], $3::uuid[]) as t (id, leader) where m.organisation_id = $1 and m.id = t.id`,
);

/** What has no date yet, and what is over but not concluded: the latter unless the follower was elsewhere then. $5: the follower. */
export const MOVE_THE_REST = statement(
  'meetings.move-the-rest',
  `update meetings m set facilitator_id = $5, version = version + 1
   where m.organisation_id = $1 and m.facilitator_id = $2 and ($4::uuid[] is null or m.case_id = any ($4))
     and (m.state = 'polling' or (m.state = 'fixed' and m.ends_at <= $3 and not exists (
       select 1 from meetings o where o.organisation_id = $1 and o.facilitator_id = $5 and o.state = 'fixed' and o.busy && m.busy)))`,
);

import { statement } from '../platform/database/tx.js';

/** Statements of `meetings_calendar_copies`; WENT reads `messages`, STANDING_OF_MEMBER reads `meetings`. */

/** The meeting stands in somebody's calendar (again). Returns how often that changed. */
export const PUT_COPY = statement(
  'meetings.put-copy',
  `insert into meetings_calendar_copies as c (organisation_id, meeting_id, member_id, stands, changed_at) values ($1, $2, $3, true, $4)
   on conflict (organisation_id, meeting_id, member_id) do update
     set changes = c.changes + case when c.stands then 0 else 1 end, stands = true, changed_at = excluded.changed_at
   returning changes`,
);

/** The meeting goes out of somebody's calendar: nothing is returned when it did not stand there. $5: 1, or 0 when the meeting is off. */
export const TAKE_COPY = statement(
  'meetings.take-copy',
  `update meetings_calendar_copies set stands = false, changes = changes + $5, changed_at = $4
   where organisation_id = $1 and meeting_id = $2 and member_id = $3 and stands returning changes`,
);

export const COPY = statement(
  'meetings.copy',
  'select changes from meetings_calendar_copies where organisation_id = $1 and meeting_id = $2 and member_id = $3',
);

/** The meetings that are still to come and stand in this person's calendar. */
export const STANDING_OF_MEMBER = statement(
  'meetings.standing-of-member',
  `select c.meeting_id as "meetingId" from meetings_calendar_copies c
   join meetings m on m.organisation_id = c.organisation_id and m.id = c.meeting_id and m.state = 'fixed' and m.ends_at > $3
   where c.organisation_id = $1 and c.member_id = $2 and c.stands order by c.meeting_id`,
);

/** Whether a message with one of these templates has gone to this person about this meeting, or may have: it was tried. */
export const WENT = statement(
  'meetings.went',
  `select id from messages where organisation_id = $1 and meeting_id = $2 and member_id = $3 and template = $4
     and (state in ('sending', 'sent') or attempts > 0) and ($5::text is null or key = $5) limit 1`,
);

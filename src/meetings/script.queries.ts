import { statement } from '../platform/database/tx.js';

/** Who leads a meeting from now on, and from which phase; both null for whom its kind of case says. */
export const SET_CHAIR = statement(
  'meetings.set-chair',
  'update meetings set chair_member_id = $3, chair_phase = $4, version = version + 1 where organisation_id = $1 and id = $2',
);

/** Whether somebody was asked to lead a meeting that is not long over; served by meetings_of_chair. $3 how long ago it may have ended. */
export const ASKED = statement(
  'meetings.asked-to-chair',
  `select from meetings where organisation_id = $1 and chair_member_id = $2 and state in ('fixed', 'held') and ends_at > $3 limit 1`,
);

import { statement } from '../platform/database/tx.js';

/** Reads: cases, by the unique key of their number. */
export const CASE_BY_REFERENCE = statement(
  'desk.case-by-reference',
  'select id from cases where organisation_id = $1 and reference = $2',
);

/** Reads: circle_contact_attempts, circle_members. The last attempt for each member of a case. */
export const LAST_CONTACTS = statement(
  'desk.last-contacts',
  `select distinct on (a.member_id) a.member_id as "memberId", a.at, a.channel, a.outcome
   from circle_contact_attempts a
   join circle_members m on m.organisation_id = a.organisation_id and m.id = a.member_id
   where a.organisation_id = $1 and m.case_id = $2
   order by a.member_id, a.at desc`,
);

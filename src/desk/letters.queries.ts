import { statement } from '../platform/database/tx.js';

/** Reads: messages, cases, circle_members. A message to somebody of a case of this facilitator. */
export const LETTER = statement(
  'desk.letter',
  `select w.id, w.template, w.state, w.sealed, w.case_id as "caseId", c.reference, m.id as "memberId", m.name, m.sealed as person
   from messages w
   join cases c on c.organisation_id = w.organisation_id and c.id = w.case_id
   join circle_members m on m.organisation_id = w.organisation_id and m.id = w.member_id
   where w.organisation_id = $1 and w.id = $2 and c.facilitator_id = $3`,
);

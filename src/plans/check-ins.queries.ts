// Reads: plans, plans_commitments.
import { statement } from '../platform/database/tx.js';

/** A promise that somebody may be asked about; due when they said that it will be kept, else as agreed. */
export interface CheckedRow {
  memberId: string;
  dueOn: string;
  every: string | null;
  createdAt: Date;
}

/**
 * All that people are doing in a case ($3 states), whosever it is, in one statement: nothing as long as no plan was carried, or
 * while it went back to the circle. Served by plans_commitments_of_case.
 */
export const CHECKED_OF_CASE = statement(
  'plans.checked-of-case',
  `select c.member_id as "memberId", coalesce(c.perspective_on, c.due_on) as "dueOn", c.every, c.created_at as "createdAt"
   from plans_commitments c
   where c.organisation_id = $1 and c.case_id = $2 and c.state = any ($3)
     and exists (select from plans p where p.organisation_id = $1 and p.case_id = $2 and p.carried_at is not null)
     and not exists (select from plans p where p.organisation_id = $1 and p.case_id = $2 and p.state = 'returned')`,
);

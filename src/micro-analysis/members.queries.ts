// Reads: circle_members.
import { statement } from '../platform/database/tx.js';

export interface MemberOfCase {
  id: string;
  /** How they want to be called. */
  name: string;
  isMainPerson: boolean;
}

/** The people of a case who are still there, in the order in which they came. Served by its unique key on (case, id). */
export const MEMBERS_OF_CASE = statement(
  'micro-analysis.members-of-case',
  `select id, coalesce(first_name, name) as name, is_main_person as "isMainPerson" from circle_members
   where organisation_id = $1 and case_id = $2 and state <> 'removed'
   order by id`,
);

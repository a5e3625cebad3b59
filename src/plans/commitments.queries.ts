// Reads: circle_members, cases, people_links, people_sessions. Writes: plans_commitments.
import { statement } from '../platform/database/tx.js';
import type { CommitmentState } from './commitments.rules.js';

/** A commitment with whose it is and whose case; text and note still sealed. */
export interface CommitmentRow {
  id: string;
  caseId: string;
  planId: string;
  memberId: string;
  memberName: string;
  goalId: string | null;
  dueOn: string;
  every: string | null;
  state: CommitmentState;
  stateSince: Date;
  sealed: Buffer;
  perspectiveOn: string | null;
  perspective: Buffer | null;
  createdAt: Date;
  version: number;
  facilitatorId: string;
}

export interface ReportedRow extends CommitmentRow {
  caseState: string;
  hasLink: boolean;
}

const COLUMNS = `c.id, c.case_id as "caseId", c.plan_id as "planId", c.member_id as "memberId",
  coalesce(m.first_name, m.name) as "memberName", c.goal_id as "goalId", c.due_on as "dueOn", c.every, c.state,
  c.state_since as "stateSince", c.sealed, c.created_at as "createdAt", c.perspective_on as "perspectiveOn", c.perspective, c.version, k.facilitator_id as "facilitatorId"`;

const FROM = `from plans_commitments c
  join circle_members m on m.organisation_id = c.organisation_id and m.id = c.member_id
  join cases k on k.organisation_id = c.organisation_id and k.id = c.case_id
  where c.organisation_id = $1`;

/** One commitment, by its key. */
export const COMMITMENT = statement('plans.commitment', `select ${COLUMNS} ${FROM} and c.id = $2`);

/**
 * One commitment on its way to another state. The case is locked first and shared: a command on the whole case comes before
 * or after, never crosswise, and others move their own commitments meanwhile. $3 now.
 */
export const COMMITMENT_TO_MOVE = statement(
  'plans.commitment-to-move',
  `select ${COLUMNS}, k.state as "caseState",
     exists (select 1 from people_links l where l.organisation_id = $1 and l.member_id = c.member_id and l.ended_at is null
       and l.expires_at > $3)
     or exists (select 1 from people_sessions s where s.organisation_id = $1 and s.member_id = c.member_id
       and s.ended_at is null and s.expires_at > $3) as "hasLink"
   ${FROM} and c.id = $2
   for share of k for update of c`,
);

/** One commitment that goes to somebody else; for update. */
export const COMMITMENT_TO_GIVE = statement('plans.commitment-to-give', `select ${COLUMNS} ${FROM} and c.id = $2 for update of c`);

/** All that was promised in a case, whosever it is; for update. Served by plans_commitments_of_case. */
export const ALL_OF_CASE = statement('plans.commitments-all-of-case', `select ${COLUMNS} ${FROM} and c.case_id = $2 order by c.position, c.id for update of c`);

/** Everything that someone promised, released or not; for update. */
export const ALL_OF_MEMBER = statement('plans.commitments-all-of-member', `select ${COLUMNS} ${FROM} and c.member_id = $2 for update of c`);

export const MOVE = statement(
  'plans.commitment-move',
  `update plans_commitments set state = $4, state_since = $5, sealed = $6, version = version + 1,
     perspective_on = case when $4 = any ($7::text[]) then perspective_on end, perspective = case when $4 = any ($7::text[]) then perspective end
   where organisation_id = $1 and id = $2 and version = $3
   returning version`,
);

/** Another day, and why, in place of what was said before. */
export const SET_PERSPECTIVE = statement(
  'plans.commitment-perspective',
  `update plans_commitments set perspective_on = $4, perspective = $5, version = version + 1
   where organisation_id = $1 and id = $2 and version = $3
   returning version`,
);

// $3 due on, $4 id: after these; $5 case, $6 member, $7 state, $8 due before, $9 limit + 1.
const PAGE = `and (c.due_on, c.id) > ($3::date, $4::uuid) and ($6::uuid is null or c.member_id = $6)
  and ($7::text is null or c.state = $7) and ($8::date is null or c.due_on < $8)
  order by c.due_on, c.id limit $9`;
const OF_ANY_CASE = 'and ($5::uuid is null or c.case_id = $5)';

/** A page of what stands in a facilitator's cases ($2), soonest first. Served by plans_commitments_by_date. */
export const OF_FACILITATOR = statement(
  'plans.commitments-of-facilitator',
  `select ${COLUMNS} ${FROM} and k.facilitator_id = $2 ${OF_ANY_CASE} ${PAGE}`,
);

/** The same of one case. Served by plans_commitments_of_case; by itself, so that no plan for all cases is used for it. */
export const OF_CASE = statement(
  'plans.commitments-of-case',
  `select ${COLUMNS} ${FROM} and k.facilitator_id = $2 and c.case_id = $5 ${PAGE}`,
);

/** A promise that is due, with the day on which it is to be kept: the later one where that was said. */
export type DueRow = Pick<CommitmentRow, 'id' | 'memberName' | 'sealed' | 'dueOn'> & { reference: string };

const DAY = 'coalesce(c.perspective_on, c.due_on)';

/**
 * What is not kept yet and due before $3 in a facilitator's ($2) open cases, soonest first; what is blocked waits for something else.
 * Served by cases_of_facilitator and plans_commitments_of_case. $4 limit.
 */
export const DUE = statement(
  'plans.commitments-due',
  `select c.id, coalesce(m.first_name, m.name) as "memberName", c.sealed, ${DAY} as "dueOn", k.reference
   ${FROM} and k.facilitator_id = $2 and k.state not in ('closed', 'stopped') and c.state in ('asked', 'promised', 'doing') and ${DAY} < $3
   order by ${DAY}, c.id limit $4`,
);

/** A page of one person's own ($2), soonest first. Served by plans_commitments_of_member. */
export const OF_MEMBER = statement(
  'plans.commitments-of-member',
  `select ${COLUMNS} ${FROM} and c.member_id = $2 ${OF_ANY_CASE} ${PAGE}`,
);

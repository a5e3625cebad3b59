// Reads: cases, circle_members, meetings, people_links, people_sessions, plans, plans_commitments, plans_obstacles. Writes: plans.
import { statement } from '../platform/database/tx.js';
import type { CaseKind } from '../cases/kinds.rules.js';
import type { CommitmentState } from './commitments.rules.js';

/** The newest version of a plan with what is counted from it. */
export interface RunningPlan {
  id: string;
  caseId: string;
  reference: string;
  resident: string;
  kind: CaseKind;
  fixedAt: Date;
  carriedAt: Date | null;
  /** Reviews that are fixed or were held, and when people looked back where nobody meets. */
  reviews: { startsAt: string; state: 'fixed' | 'held' }[];
  /** Since when something stands in the way of a promise; null when nothing does. */
  obstacleSince: Date | null;
}

const RUNNING = `select p.id, k.id as "caseId", k.reference, k.resident_name as resident, k.kind, p.fixed_at as "fixedAt", p.carried_at as "carriedAt",
  (select coalesce(json_agg(json_build_object('startsAt', platform_utc(r.at), 'state', r.state)), '[]') from (
     select m.starts_at as at, m.state from meetings m
     where m.organisation_id = k.organisation_id and m.case_id = k.id and m.type = 'review' and m.state in ('fixed', 'held')
     union all select looked.at, 'held' from unnest(p.looked_back_at) as looked (at)
   ) r) as reviews,
  (select min(o.open_since) from plans_obstacles o where o.organisation_id = k.organisation_id and o.case_id = k.id and o.state = 'open') as "obstacleSince"
  from cases k
  join plans p on p.organisation_id = k.organisation_id and p.case_id = k.id and p.state <> 'replaced'
  where k.organisation_id = $1`;

/** The plan of one case ($2), carried or not. */
export const PLAN_OF_CASE = statement('plans.six-weeks-of-case', `${RUNNING} and k.id = $2`);

/** The plans that a facilitator's ($2) cases carry out, the oldest first. Served by cases_of_facilitator. */
export const PLANS_OF_FACILITATOR = statement(
  'plans.six-weeks-of-facilitator',
  `${RUNNING} and k.facilitator_id = $2 and k.state in ('met', 'scheduled', 'carrying-out') and p.state = 'carried' order by p.fixed_at, k.id`,
);

/** People looked back on a plan ($2) at a moment ($3). */
export const LOOKED_BACK = statement('plans.looked-back', `update plans set looked_back_at = looked_back_at || $3::timestamptz where organisation_id = $1 and id = $2`);

export interface SixWeeksRow {
  id: string;
  caseId: string;
  memberId: string;
  memberName: string;
  dueOn: string;
  every: string | null;
  state: CommitmentState;
  perspectiveOn: string | null;
  perspective: Buffer | null;
  sealed: Buffer;
  version: number;
  hasLink: boolean;
}

const COMMITMENT = `c.id, c.case_id as "caseId", c.state, c.perspective_on as "perspectiveOn"`;

/** Everything that was promised in some cases ($2), as far as it is sorted. Served by plans_commitments_of_case. */
export const STATES_OF_CASES = statement(
  'plans.six-weeks-states',
  `select ${COMMITMENT} from plans_commitments c where c.organisation_id = $1 and c.case_id = any ($2::uuid[])`,
);

/** The same of one case with whose it is; texts still sealed. $3 now. */
export const PROMISES_OF_CASE = statement(
  'plans.six-weeks-promises',
  `select ${COMMITMENT}, c.member_id as "memberId", coalesce(m.first_name, m.name) as "memberName", c.due_on as "dueOn", c.every,
     c.perspective, c.sealed, c.version,
     exists (select from people_links l where l.organisation_id = $1 and l.member_id = c.member_id and l.ended_at is null and l.expires_at > $3)
     or exists (select from people_sessions s where s.organisation_id = $1 and s.member_id = c.member_id and s.ended_at is null and s.expires_at > $3) as "hasLink"
   from plans_commitments c
   join circle_members m on m.organisation_id = c.organisation_id and m.id = c.member_id
   where c.organisation_id = $1 and c.case_id = $2
   order by c.position, c.id`,
);

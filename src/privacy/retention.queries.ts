import { statement } from '../platform/database/tx.js';
import type { HoldReason, Phase, RetentionRule } from './retention.rules.js';

/**
 * Statements of policies, holds and runs. They read `cases`, `plans` and `micro_analysis_measurements` beside the module's own
 * tables.
 */

export interface PolicyRow {
  id: string;
  rule: RetentionRule;
  effectiveFrom: string;
  sealed: Buffer;
  setAt: Date;
}

const POLICY = `id, rule, effective_from as "effectiveFrom", sealed, set_at as "setAt" from privacy_retention_policies`;

/** The newest word among those in effect on a day. An organisation chooses a few times in its life. */
export const POLICY_ON = statement(
  'privacy.policy-on',
  `select ${POLICY} where organisation_id = $1 and effective_from <= $2 order by id desc limit 1`,
);

/** A choice for a day to come that no later choice has overtaken. */
export const POLICY_TO_COME = statement(
  'privacy.policy-to-come',
  `select ${POLICY} p where organisation_id = $1 and effective_from > $2
     and not exists (select from privacy_retention_policies n
       where n.organisation_id = $1 and n.id > p.id and n.effective_from <= p.effective_from)
   order by effective_from limit 1`,
);

export const ADD_POLICY = statement(
  'privacy.policy-add',
  `insert into privacy_retention_policies (organisation_id, id, rule, effective_from, sealed, set_by, set_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);

/** A trial run of this rule that was asked for since an instant, and has ended. */
export const TRIAL_OF = statement(
  'privacy.trial-of',
  `select 1 from privacy_retention_runs
   where organisation_id = $1 and id = $2 and dry_run and rule = $3 and state = 'done' and created_at >= $4`,
);

export interface HoldRow {
  caseId: string;
  reference: string;
  reason: HoldReason;
  sealed: Buffer | null;
  until: string | null;
  setAt: Date;
  facilitatorId: string;
}

const HOLD = `h.case_id as "caseId", c.reference, h.reason, h.sealed, h.until, h.set_at as "setAt", c.facilitator_id as "facilitatorId"
  from privacy_legal_holds h join cases c on c.organisation_id = h.organisation_id and c.id = h.case_id`;

export const HOLD_OF = statement('privacy.hold-of', `select ${HOLD} where h.organisation_id = $1 and h.case_id = $2`);

/** By case, newest case first; served by the primary key. */
export const HOLDS = statement(
  'privacy.holds',
  `select ${HOLD} where h.organisation_id = $1 and ($2::uuid is null or h.case_id < $2) order by h.case_id desc limit $3`,
);

/** Served by the unique references of an organisation. */
export const CASE_OF_REFERENCE = statement(
  'privacy.case-of-reference',
  'select id from cases where organisation_id = $1 and reference = $2',
);

export const PUT_HOLD = statement(
  'privacy.hold-put',
  `insert into privacy_legal_holds (organisation_id, case_id, reason, sealed, until, set_by, set_at)
   values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (organisation_id, case_id) do update set reason = $3, sealed = $4, until = $5, set_by = $6, set_at = $7`,
);

export const END_HOLD = statement('privacy.hold-end', 'delete from privacy_legal_holds where organisation_id = $1 and case_id = $2 returning 1');

export interface RunRow {
  id: string;
  dryRun: boolean;
  on: string;
  rule: RetentionRule;
  state: 'waiting' | 'running' | 'done';
  phase: Phase;
  asOf: Date;
  walkedUntil: string | null;
  walkedCase: string | null;
  casesSeen: number;
  askedBy: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

const RUN = `id, dry_run as "dryRun", on_day as "on", rule, state, phase, as_of as "asOf", walked_until::text as "walkedUntil",
  walked_case as "walkedCase", cases_seen as "casesSeen", asked_by as "askedBy", created_at as "createdAt", ended_at as "endedAt"
  from privacy_retention_runs`;

export const ADD_RUN = statement(
  'privacy.run-add',
  `insert into privacy_retention_runs (organisation_id, id, dry_run, on_day, rule, state, phase, as_of, asked_by, created_at)
   values ($1, $2, $3, $4, $5, 'waiting', 'cases', $6, $7, $8)
   on conflict (organisation_id) where not dry_run and state <> 'done' do nothing
   returning id`,
);

export const RUN_OF = statement('privacy.run', `select ${RUN} where organisation_id = $1 and id = $2`);

/** Who works on a run holds it: a worker that was given up and the one that took over follow each other. */
export const LOCK_RUN = statement('privacy.run-lock', `select ${RUN} where organisation_id = $1 and id = $2 for update`);

export const UNFINISHED_RUN = statement(
  'privacy.run-unfinished',
  `select id from privacy_retention_runs where organisation_id = $1 and not dry_run and state <> 'done'`,
);

export const RUNS = statement(
  'privacy.runs',
  `select ${RUN} where organisation_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
);

export const WALK = statement(
  'privacy.run-walk',
  `update privacy_retention_runs set state = 'running', cases_seen = cases_seen + 1, walked_until = $3, walked_case = $4
   where organisation_id = $1 and id = $2`,
);

export const SET_PHASE = statement(
  'privacy.run-phase',
  `update privacy_retention_runs set state = $3, phase = $4, ended_at = $5, walked_until = null, walked_case = null
   where organisation_id = $1 and id = $2`,
);

export const COUNT_MORE = statement(
  'privacy.run-count',
  `insert into privacy_retention_counts as c (organisation_id, run_id, rule, table_name, count)
   select $1, $2, $3, t.name, t.n from unnest($4::text[], $5::integer[]) as t (name, n) where t.n > 0
   on conflict (organisation_id, run_id, rule, table_name) do update set count = c.count + excluded.count`,
);

export interface CountRow {
  rule: string;
  table: string;
  count: number;
}

export const COUNTS = statement(
  'privacy.run-counts',
  `select rule, table_name as "table", count from privacy_retention_counts where organisation_id = $1 and run_id = $2
   order by rule, table_name`,
);

export const ADD_CASE = statement(
  'privacy.run-case',
  `insert into privacy_retention_cases (organisation_id, run_id, case_id, reference, outcome, rows, error_code)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);

export interface OutcomeRow {
  caseId: string;
  reference: string;
  outcome: 'erased' | 'told' | 'held' | 'failed';
  rows: number;
  errorCode: string | null;
}

export const CASES_OF_RUN = statement(
  'privacy.run-cases',
  `select case_id as "caseId", reference, outcome, rows, error_code as "errorCode" from privacy_retention_cases
   where organisation_id = $1 and run_id = $2 and ($3::uuid is null or case_id > $3) order by case_id limit $4`,
);

export const OUTCOMES = statement(
  'privacy.run-outcomes',
  `select outcome, count(*)::int as n from privacy_retention_cases where organisation_id = $1 and run_id = $2 group by outcome`,
);

export interface EndedCase {
  id: string;
  reference: string;
  closedAt: string;
  endedAt: Date;
  lastMeasuredOn: string | null;
  hasPlan: boolean;
  toldAt: Date | null;
  held: boolean;
  heldUntil: string | null;
}

/**
 * The next case that ended, after the one before it, locked against commands on it. Served by cases_ended: one step along the
 * index whatever lies behind. What its main persons were told before it was opened again does not count.
 * $1 organisation, $2 ended before, $3 and $4 the place of the case before.
 */
export const NEXT_ENDED = statement(
  'privacy.next-ended',
  `select c.id, c.reference, c.closed_at::text as "closedAt", c.closed_at as "endedAt",
     (select max(measured_on) from micro_analysis_measurements m where m.organisation_id = $1 and m.case_id = c.id) as "lastMeasuredOn",
     exists (select from plans p where p.organisation_id = $1 and p.case_id = c.id) as "hasPlan",
     (select told_at from privacy_notices n where n.organisation_id = $1 and n.case_id = c.id and n.told_at >= c.closed_at) as "toldAt",
     h.case_id is not null as held, h.until as "heldUntil"
   from cases c
   left join privacy_legal_holds h on h.organisation_id = c.organisation_id and h.case_id = c.id
   where c.organisation_id = $1 and c.state in ('closed', 'stopped') and c.closed_at <= $2
     and (c.closed_at, c.id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
   order by c.closed_at, c.id limit 1
   for update of c`,
);

export const TOLD = statement(
  'privacy.told',
  `insert into privacy_notices (organisation_id, case_id, told_at) values ($1, $2, $3)
   on conflict (organisation_id, case_id) do update set told_at = $3`,
);

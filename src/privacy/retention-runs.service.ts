import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { decodeCursor, DEFAULT_LIMIT, page, type Page, type PageQuery } from '../platform/http/cursor.js';
import { conflict, invalidField, notFound } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import type { CaseOutcomes, RetentionCase, RetentionRun, RetentionRunItem, RetentionRunRequest } from './retention.dto.js';
import { RETENTION_STEP } from './retention.jobs.js';
import { RetentionPolicyService } from './retention-policy.service.js';
import { ADD_RUN, CASES_OF_RUN, COUNTS, OUTCOMES, RUN_OF, RUNS, type CountRow, type OutcomeRow, type RunRow } from './retention.queries.js';
import { sameTimeOn } from './retention.rules.js';

/** Among so many runs a trial of today is looked for. */
const RECENT = 50;

/**
 * Runs that erase what has passed its term, or try that and say what would go. The work is done by `retention.jobs.ts`.
 *
 * What is beyond a run's reach: backups, in which erased rows stay until the backup itself is thrown away (after a restore the
 * next night erases them again), mails that have left, and what people printed or wrote down.
 */
@Injectable()
export class RetentionRunsService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly policies: RetentionPolicyService,
    private readonly clock: Clock,
  ) {}

  /** Starts a run; 409 when one that erases is under way. */
  async start(ctx: Ctx, { dryRun, on, rule }: RetentionRunRequest): Promise<RetentionRun> {
    return this.database.run(ctx, async (tx) => {
      const today = localDay(tx.now);
      if (!dryRun && on !== undefined) throw invalidField('/on', 'only-for-trials');
      if (!dryRun && rule !== undefined) throw invalidField('/rule', 'only-for-trials');
      if (on !== undefined && on < today) throw invalidField('/on', 'in-the-past');
      const id = await this.startWithin(tx, { dryRun, on: on ?? today, rule });
      if (!id) throw conflict('run-in-progress');
      return this.whole(tx, id);
    });
  }

  /** The same inside another command: null when one that erases is under way. */
  async startWithin(tx: Tx, { dryRun, on, rule }: Required<Pick<RetentionRunRequest, 'dryRun' | 'on'>> & Pick<RetentionRunRequest, 'rule'>): Promise<string | null> {
    const id = newId(tx.now);
    const inForce = rule ?? (await this.policies.ruleOn(tx, on));
    const asOf = on === localDay(tx.now) ? tx.now : sameTimeOn(on, tx.now);
    const added = await named(tx, ADD_RUN, [tx.organisationId, id, dryRun, on, inForce, asOf, actorId(tx.actor), tx.now]);
    if (added.length === 0) return null;
    await this.outbox.add(tx, RETENTION_STEP, { key: `${id}/0`, payload: { runId: id, step: 0 } });
    const action = dryRun ? 'privacy.retention-trial-started' : 'privacy.retention-run-started';
    await this.audit.record(tx, { action, object: { kind: 'retention-run', id } });
    return id;
  }

  /** Newest first. */
  async list(ctx: Ctx, query: PageQuery): Promise<Page<RetentionRunItem>> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const rows = await this.database.view(ctx, (tx) => named<RunRow>(tx, RUNS, [tx.organisationId, after, limit + 1]));
    await this.audit.read(ctx, { action: 'privacy.retention-runs-listed', object: null });
    return page(rows, limit, ({ id }) => [id], itemOf);
  }

  async get(ctx: Ctx, id: string): Promise<RetentionRun> {
    const run = await this.database.view(ctx, (tx) => this.whole(tx, id));
    await this.audit.read(ctx, { action: 'privacy.retention-run-read', object: { kind: 'retention-run', id } });
    return run;
  }

  /** Today's last trial of a rule that came to its end, or null: what a shorter rule asks for. */
  async trialToday(ctx: Ctx, rule: string): Promise<string | null> {
    const rows = await this.database.view(ctx, (tx) => named<RunRow>(tx, RUNS, [tx.organisationId, null, RECENT]));
    const today = localDay(this.clock.now());
    const found = rows.find((run) => run.dryRun && run.state === 'done' && run.rule === rule && localDay(run.createdAt) === today);
    return found?.id ?? null;
  }

  /** The cases of the report, by id: what became of each. References and counts, no names. */
  async cases(ctx: Ctx, id: string, query: PageQuery): Promise<Page<RetentionCase>> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const rows = await this.database.view(ctx, async (tx) => {
      await this.row(tx, id);
      return named<OutcomeRow>(tx, CASES_OF_RUN, [tx.organisationId, id, after, limit + 1]);
    });
    await this.audit.read(ctx, { action: 'privacy.retention-cases-read', object: { kind: 'retention-run', id } });
    return page(rows, limit, ({ caseId }) => [caseId]);
  }

  private async row(tx: Tx, id: string): Promise<RunRow> {
    const [row] = await named<RunRow>(tx, RUN_OF, [tx.organisationId, id]);
    if (!row) throw notFound();
    return row;
  }

  private async whole(tx: Tx, id: string): Promise<RetentionRun> {
    const row = await this.row(tx, id);
    const given = [tx.organisationId, id];
    const outcomes = await named<{ outcome: keyof CaseOutcomes; n: number }>(tx, OUTCOMES, given);
    const cases: CaseOutcomes = { erased: 0, told: 0, held: 0, failed: 0 };
    for (const { outcome, n } of outcomes) cases[outcome] = n;
    return { ...itemOf(row), cases, counts: await named<CountRow>(tx, COUNTS, given) };
  }
}

function itemOf({ id, dryRun, on, rule, state, phase, casesSeen, askedBy, createdAt, endedAt }: RunRow): RetentionRunItem {
  const ended = endedAt?.toISOString() ?? null;
  return { id, dryRun, on, rule, state, phase, casesSeen, askedBy, createdAt: createdAt.toISOString(), endedAt: ended };
}

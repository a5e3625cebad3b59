import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CircleService } from '../circle/circle.service.js';
import { Database, databaseErrorCode, isUnavailable } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { Limits } from '../platform/http/limits.js';
import { localDay } from '../platform/local-day.js';
import { JobRegistry, type JobOutcome, type JobRun } from '../platform/queue/jobs.js';
import { Nights } from '../platform/queue/nightly.service.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { ErasureService, type RowCounts } from './erasure.service.js';
import { PlanNotices } from './plan-notices.service.js';
import { RETENTION_NIGHT, RETENTION_STEP } from './retention.jobs.js';
import {
  ADD_CASE,
  COUNT_MORE,
  LOCK_RUN,
  NEXT_ENDED,
  SET_PHASE,
  TOLD,
  UNFINISHED_RUN,
  WALK,
  type EndedCase,
  type OutcomeRow,
  type RunRow,
} from './retention.queries.js';
import {
  CONTACT_AFTER_END_TERM,
  cutoff,
  decide,
  dueOn,
  endedBefore,
  goesOn,
  HELD_ALWAYS,
  phaseAfter,
  SWEEP_TERMS,
  UNCONFIRMED_TERM,
} from './retention.rules.js';
import { RetentionRunsService } from './retention-runs.service.js';
import { SWEEPS, type Picked, type Sweep } from './retention-sweeps.queries.js';

/** Transactions in one piece of work: short enough to stop soon, and to see how far it is. */
const UNITS = 25;
/** Rows that one transaction deletes; of those that are more than deleted, fewer. */
const BATCH = 500;
const PICKED_BATCH = 20;

type Outcome = Pick<OutcomeRow, 'outcome' | 'rows' | 'errorCode'>;

/**
 * Does the work of retention runs, a piece at a time: one case, or one batch of rows, in a transaction that also writes down how
 * far the run is. A worker may end at any moment; the next one goes on where it was, and nothing is counted twice. A trial takes
 * the same way with counting in the place of erasing.
 */
@Injectable()
export class RetentionSteps implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly nights: Nights,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly runs: RetentionRunsService,
    private readonly erasure: ErasureService,
    private readonly circle: CircleService,
    private readonly notices: PlanNotices,
    private readonly limits: Limits,
  ) {}

  onModuleInit(): void {
    this.nights.register(RETENTION_NIGHT);
    this.jobs.handle(RETENTION_NIGHT, (run, { night }) => this.night(run, night));
    this.jobs.handle(RETENTION_STEP, (run, { runId, step }) => this.step(run, runId, step));
  }

  /** Starts the run of this night, or wakes the one that an earlier night, or a person, did not bring to its end. */
  private async night(job: JobRun, night: string): Promise<JobOutcome> {
    await this.limits.forget();
    await this.database.run(job.ctx, async (tx) => {
      await this.nights.planNext(tx, RETENTION_NIGHT);
      const [unfinished] = await named<{ id: string }>(tx, UNFINISHED_RUN, [tx.organisationId]);
      if (!unfinished) await this.runs.startWithin(tx, { dryRun: false, on: localDay(tx.now) });
      else await this.outbox.add(tx, RETENTION_STEP, { key: `${unfinished.id}/${night}`, payload: { runId: unfinished.id, step: 0 } });
    });
    return 'done';
  }

  private async step(job: JobRun, runId: string, step: number): Promise<JobOutcome> {
    for (let i = 0; i < UNITS; i += 1) {
      if (!(await this.unit(job, runId))) return i === 0 ? 'skipped' : 'done';
    }
    await this.database.run(job.ctx, (tx) =>
      this.outbox.add(tx, RETENTION_STEP, { key: `${job.outboxId}/next`, payload: { runId, step: step + 1 } }),
    );
    return 'done';
  }

  /** One transaction of a run; false when the run has ended. A case that cannot be erased is written down, and passed. */
  private async unit(job: JobRun, runId: string): Promise<boolean> {
    const at: { theCase?: EndedCase } = {};
    try {
      return await this.database.run(job.ctx, (tx) => this.advance(tx, runId, at));
    } catch (error) {
      const { theCase } = at;
      if (!theCase || isUnavailable(error)) throw error;
      const errorCode = codeOf(error);
      await this.database.run(job.ctx, async (tx) => {
        await named(tx, LOCK_RUN, [tx.organisationId, runId]);
        await this.walk(tx, runId, theCase, { outcome: 'failed', rows: 0, errorCode });
      });
      return true;
    }
  }

  private async advance(tx: Tx, runId: string, at: { theCase?: EndedCase }): Promise<boolean> {
    const [run] = await named<RunRow>(tx, LOCK_RUN, [tx.organisationId, runId]);
    if (!run || run.state === 'done') return false;
    const more = run.phase === 'cases' ? await this.nextCase(tx, run, at) : await this.sweep(tx, run, SWEEPS.find(({ phase }) => phase === run.phase)!);
    if (more) return true;
    const next = phaseAfter(run.phase);
    await named(tx, SET_PHASE, [tx.organisationId, runId, next ? 'running' : 'done', next ?? run.phase, next ? null : tx.now]);
    return true;
  }

  private async nextCase(tx: Tx, run: RunRow, at: { theCase?: EndedCase }): Promise<boolean> {
    const given = [tx.organisationId, endedBefore(run.rule, run.asOf), run.walkedUntil, run.walkedCase];
    const [theCase] = await named<EndedCase>(tx, NEXT_ENDED, given);
    if (!theCase) return false;
    at.theCase = theCase;
    await this.walk(tx, run.id, theCase, await this.treat(tx, run, theCase));
    return true;
  }

  /** What the rules say of one case, done. Null: nothing yet. */
  private async treat(tx: Tx, run: RunRow, theCase: EndedCase): Promise<Outcome | null> {
    const facts = {
      endedOn: localDay(theCase.endedAt),
      lastMeasuredOn: theCase.lastMeasuredOn,
      hasPlan: theCase.hasPlan,
      toldOn: theCase.toldAt && localDay(theCase.toldAt),
      heldUntil: theCase.held ? (theCase.heldUntil ?? HELD_ALWAYS) : null,
    };
    const decision = decide(facts, { rule: run.rule, on: run.on, today: localDay(run.createdAt) });
    if (decision === 'keep') return null;
    if (decision === 'held') return { outcome: 'held', rows: 0, errorCode: null };
    if (decision === 'tell') {
      if (!run.dryRun) await this.tell(tx, theCase.id, goesOn(dueOn(facts, run.rule), localDay(tx.now)));
      return { outcome: 'told', rows: 0, errorCode: null };
    }
    const counts = run.dryRun ? await this.erasure.countCase(tx, theCase.id) : await this.erasure.eraseCase(tx, theCase.id);
    await this.count(tx, run.id, 'case-contents', counts);
    return { outcome: 'erased', rows: Object.values(counts).reduce((sum, n) => sum + n, 0), errorCode: null };
  }

  private async tell(tx: Tx, caseId: string, goesOnDay: string): Promise<void> {
    await this.notices.tell(tx, caseId, await this.circle.mainPersons(tx, caseId), goesOnDay);
    await named(tx, TOLD, [tx.organisationId, caseId, tx.now]);
  }

  private async walk(tx: Tx, runId: string, theCase: EndedCase, outcome: Outcome | null): Promise<void> {
    await named(tx, WALK, [tx.organisationId, runId, theCase.closedAt, theCase.id]);
    if (!outcome) return;
    const { outcome: what, rows, errorCode } = outcome;
    await named(tx, ADD_CASE, [tx.organisationId, runId, theCase.id, theCase.reference, what, rows, errorCode]);
  }

  /** One batch of a sweep; false when nothing is left. */
  private async sweep(tx: Tx, run: RunRow, sweep: Sweep): Promise<boolean> {
    const before = cutoff(SWEEP_TERMS[sweep.rule], run.asOf);
    const second = cutoff(sweep.phase === 'referrals' ? UNCONFIRMED_TERM : CONTACT_AFTER_END_TERM, run.asOf);
    const given = [tx.organisationId, before, lowestId(before), run.id, run.on, second];
    if (run.dryRun) {
      const [counted] = await named<{ n: number }>(tx, sweep.count, given);
      await this.count(tx, run.id, sweep.rule, { [sweep.table]: counted!.n });
      return false;
    }
    if (!sweep.pickSome) {
      const { rowCount } = await tx.client.query({ ...sweep.erase, values: [...given, BATCH] });
      await this.count(tx, run.id, sweep.rule, { [sweep.table]: rowCount ?? 0 });
      return (rowCount ?? 0) === BATCH;
    }
    const picked = await named<Picked>(tx, sweep.pickSome, [...given, PICKED_BATCH]);
    for (const row of picked) await this.take(tx, sweep, row);
    await this.count(tx, run.id, sweep.rule, { [sweep.table]: picked.length });
    return picked.length === PICKED_BATCH;
  }

  private async take(tx: Tx, { phase }: Sweep, { id, caseId, nameless }: Picked): Promise<void> {
    if (phase === 'circle') await this.erasure.eraseContact(tx, { id, caseId: caseId!, nameless: nameless! });
    else if (phase === 'referrals') await this.erasure.eraseReferral(tx, id);
    else if (phase === 'staff') await this.erasure.eraseStaffContact(tx, id);
    else await this.erasure.eraseTrial(tx, id);
  }

  private async count(tx: Tx, runId: string, rule: string, counts: RowCounts): Promise<void> {
    await named(tx, COUNT_MORE, [tx.organisationId, runId, rule, Object.keys(counts), Object.values(counts)]);
  }
}

/** The lowest UUIDv7 of an instant. */
function lowestId(instant: Date): string {
  const ms = instant.getTime().toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`;
}

/** A short code of what went wrong; never a message, which may hold what a person typed. */
function codeOf(error: unknown): string {
  const code = databaseErrorCode(error);
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : 'unexpected';
}

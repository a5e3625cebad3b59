import { systemContext } from '../actor.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import { PermanentFailure, type JobRegistry, type JobRun, type RegisteredJob } from './jobs.js';
import type { ClaimedRow, OutboxRows, RowEnd, RowId } from './rows.queries.js';
import { maxAttempts, retryDelayMs, type QueueTuning } from './tuning.js';

/** What became of one try. `nothing`: the row was not to be done (any more, or yet). */
export interface TryResult {
  state: 'done' | 'skipped' | 'dead' | 'waiting' | 'nothing';
  error?: unknown;
}

/** Does one try of one outbox row: the same way for every backend, and for tests that drain the queue themselves. */
export class JobRunner {
  constructor(
    private readonly rows: OutboxRows,
    private readonly registry: JobRegistry,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tuning: QueueTuning,
  ) {}

  /** Throws only when the outbox itself cannot be reached: what goes wrong in a handler ends on the row. */
  async run(id: RowId): Promise<TryResult> {
    const row = await this.rows.claim(id, this.clock.now());
    if (!row) return { state: 'nothing' };
    const run: JobRun = {
      ctx: systemContext(row.organisationId, row.id),
      outboxId: row.id,
      attempt: row.attempts,
      lastAttempt: row.attempts >= maxAttempts(this.tuning),
    };
    const job = this.registry.find(row.job);
    try {
      if (!job) throw new UnusableTry('no-handler');
      // Tries are counted when they begin: one that takes its process down every time must stop somewhere.
      if (run.attempt > maxAttempts(this.tuning)) throw new UnusableTry('worker-lost');
      const outcome = await job.handler(run, row.payload);
      await this.rows.end(this.ended(row, outcome, null));
      return { state: outcome };
    } catch (error) {
      return { state: await this.failed(row, run, job, error), error };
    }
  }

  private async failed(row: ClaimedRow, run: JobRun, job: RegisteredJob | undefined, error: unknown): Promise<'dead' | 'waiting'> {
    const code = errorCode(error);
    const fields = { outboxId: row.id, job: row.job, attempt: run.attempt, code };
    if (!run.lastAttempt && !(error instanceof PermanentFailure)) {
      const delay = retryDelayMs(this.tuning, run.attempt, Math.random());
      this.logger.warn({ ...fields, delay }, 'a job failed and is tried again');
      const runAt = new Date(this.clock.now().getTime() + delay);
      await this.rows.end({ ...this.ended(row, 'waiting', code), endedAt: null, runAt });
      return 'waiting';
    }
    this.logger.error({ ...fields, at: placeOf(error) }, 'a job is dead');
    await job?.onDead?.({ ...run, lastAttempt: true }, row.payload).catch((cause: unknown) => {
      this.logger.error({ ...fields, code: errorCode(cause), at: placeOf(cause) }, 'what a dead job was for could not be marked');
    });
    await this.rows.end(this.ended(row, 'dead', code));
    return 'dead';
  }

  private ended({ organisationId, id, attempts, runAt }: ClaimedRow, state: RowEnd['state'], errorCode: string | null): RowEnd {
    return { organisationId, id, state, attempt: attempts, claimedRunAt: runAt, endedAt: this.clock.now(), runAt, errorCode };
  }
}

class UnusableTry extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A short code; never the message, which may hold what a person typed. */
function errorCode(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  const short = (text: unknown): text is string => typeof text === 'string' && /^[\w.-]{1,64}$/.test(text);
  if (short(code)) return code;
  return short(name) ? name : 'unknown';
}

/** Where in the code it happened: the stack without its first lines, which repeat the message. */
function placeOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((text) => /^\s+at /.test(text))
    .slice(0, 6)
    .map((text) => text.trim());
}

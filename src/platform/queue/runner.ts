import { systemContext } from '../actor.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import { PermanentFailure, type JobOutcome, type JobRegistry, type JobRun, type RegisteredJob } from './jobs.js';
import type { OutboxRows, Ticket, TryEnd, Work } from './rows.queries.js';
import { maxAttempts, retryDelayMs, type QueueTuning } from './tuning.js';

/** What became of one try. `nothing`: the row has ended, was cancelled, or was moved. */
export interface TryResult {
  state: TryEnd['state'] | 'nothing';
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
  async run(ticket: Ticket): Promise<TryResult> {
    const work = await this.rows.find(ticket);
    if (!work) return { state: 'nothing' };
    const run: JobRun = {
      ctx: systemContext(ticket.organisationId, ticket.id),
      outboxId: ticket.id,
      attempt: ticket.attempt,
      lastAttempt: ticket.attempt >= maxAttempts(this.tuning),
    };
    const job = this.registry.find(work.job);
    let state: JobOutcome;
    try {
      state = await this.attempt(run, job, work);
    } catch (error) {
      return { state: await this.failed(ticket, run, job, work, error), error };
    }
    await this.end(ticket, { state });
    return { state };
  }

  private async attempt(run: JobRun, job: RegisteredJob | undefined, work: Work): Promise<JobOutcome> {
    if (!job) throw new UnusableTry('no-handler');
    // A try that takes its process down every time is handed over again as lost; that must stop somewhere.
    if (run.attempt > maxAttempts(this.tuning)) throw new UnusableTry('worker-lost');
    return job.handler(run, work.payload);
  }

  private async failed(
    ticket: Ticket,
    run: JobRun,
    job: RegisteredJob | undefined,
    work: Work,
    error: unknown,
  ): Promise<'dead' | 'waiting'> {
    const code = codeOf(error);
    const fields = { outboxId: work.id, job: work.job, attempt: run.attempt, code };
    if (!run.lastAttempt && !(error instanceof PermanentFailure)) {
      const delayMs = retryDelayMs(this.tuning, run.attempt, Math.random());
      this.logger.warn({ ...fields, delayMs }, 'a job failed and is tried again');
      const nextRunAt = new Date(this.clock.now().getTime() + delayMs);
      await this.end(ticket, { state: 'waiting', endedAt: null, nextRunAt, errorCode: code });
      return 'waiting';
    }
    this.logger.error({ ...fields, at: placeOf(error) }, 'a job is dead');
    try {
      await job?.onDead?.({ ...run, lastAttempt: true }, work.payload);
    } catch (cause) {
      this.logger.error({ ...fields, code: codeOf(cause), at: placeOf(cause) }, 'what a dead job was for could not be marked');
    }
    await this.end(ticket, { state: 'dead', errorCode: code });
    return 'dead';
  }

  private end(ticket: Ticket, how: Pick<TryEnd, 'state'> & Partial<TryEnd>): Promise<void> {
    return this.rows.end({ ...ticket, endedAt: this.clock.now(), nextRunAt: ticket.runAt, errorCode: null, ...how });
  }
}

class UnusableTry extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A short code; never the message, which may hold what a person typed. */
function codeOf(error: unknown): string {
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

import pg, { type Pool, type PoolClient } from 'pg';
import type { Clock } from '../clock.js';
import { columns, type Statement } from '../database/tx.js';
import type { Logger } from '../logger.js';
import { withinOrNot, type Queues } from './queues.js';
import { clerkRows, DUE, HANDED, HELD, OVERDUE, type DueRow } from './rows.queries.js';
import { OUTBOX_CHANNEL } from './signal.js';
import type { QueueTuning } from './tuning.js';

const LONGEST_PAUSE_MS = 2000;
const LISTEN_AGAIN_MS = 1000;
/** One failure in a row is a connection that is just being made. */
const WORTH_TELLING = 2;

/**
 * Hands due outbox rows of all organisations to the queue. A row is marked in the same transaction in which it is handed
 * over: after a crash in between it is handed over again, and the queue knows its id already, or its try finds that the row
 * has ended. Several relays may run.
 */
export class Relay {
  private stopped = false;
  private woken = false;
  private endPause: ((stopping: boolean) => void) | undefined;
  private listener: pg.Client | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly clerk: Pool,
    private readonly clerkUrl: string,
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tuning: QueueTuning,
  ) {}

  start(): void {
    if (this.running) return;
    this.listen();
    this.running = this.work();
  }

  /** Ends after the hand-over that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.(true);
    await this.listener?.end().catch(() => undefined);
    await this.running;
  }

  /** There is something to do: do not wait for the next poll. */
  readonly wake = (): void => {
    this.woken = true;
    this.endPause?.(false);
  };

  /** One batch; returns how many rows were handed over. */
  async handOver(): Promise<number> {
    return this.inTransaction(async (client) => {
      const now = this.clock.now();
      const due = await clerkRows<DueRow>(client, DUE, [now, this.tuning.batch]);
      await this.mark(client, HANDED, ['organisationId', 'id', 'attempt', 'handedAs'], await this.queues.add(due), now);
      return due.length;
    });
  }

  /** Makes sure that what was handed over long ago is still in the queue; the queue may have lost it. */
  async sweep(olderThanMs = this.tuning.overdueMs): Promise<number> {
    return this.inTransaction(async (client) => {
      const now = this.clock.now();
      const before = new Date(now.getTime() - olderThanMs);
      const overdue = await clerkRows<DueRow>(client, OVERDUE, [before, this.tuning.batch]);
      const held = await Promise.all(overdue.map((row) => this.queues.holds(row)));
      const lost = overdue.filter((_, index) => !held[index]);
      await this.mark(client, HANDED, ['organisationId', 'id', 'attempt', 'handedAs'], await this.queues.add(lost), now);
      await this.mark(client, HELD, ['organisationId', 'id'], overdue.filter((_, index) => held[index]), now);
      if (lost.length > 0) this.logger.warn({ jobs: lost.length }, 'jobs that the queue had lost were handed over again');
      return overdue.length;
    });
  }

  private async mark(
    client: PoolClient,
    how: Statement,
    names: readonly (keyof DueRow)[],
    rows: readonly DueRow[],
    now: Date,
  ): Promise<void> {
    if (rows.length > 0) await clerkRows(client, how, [...columns(rows, names), now]);
  }

  private async inTransaction(work: (client: PoolClient) => Promise<number>): Promise<number> {
    const client = await this.clerk.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      let count = 0;
      const done = work(client).then((result) => (count = result));
      if (!(await withinOrNot(done, this.tuning.handOverTimeoutMs))) throw new Error('The queue does not answer');
      await client.query('commit');
      return count;
    } catch (error) {
      // The connection goes with its transaction: whatever may still be under way on it ends there.
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async work(): Promise<void> {
    let failures = 0;
    let nextSweep = 0;
    // What an earlier process left behind need not wait as long as what this one does.
    let sweepOlderThan = this.tuning.lockMs;
    while (!this.stopped) {
      try {
        this.woken = false;
        const handed = await this.handOver();
        if (performance.now() >= nextSweep && (await this.sweep(sweepOlderThan)) < this.tuning.batch) {
          nextSweep = performance.now() + this.tuning.sweepMs;
          sweepOlderThan = this.tuning.overdueMs;
        }
        if (failures >= WORTH_TELLING) this.logger.info({ failures }, 'jobs are handed over again');
        failures = 0;
        if (handed === 0 && !this.woken) await this.pause(this.tuning.pollMs, true);
      } catch (error) {
        failures += 1;
        const reason = (error as { code?: string }).code ?? (error as Error).message;
        if (failures === WORTH_TELLING) this.logger.warn({ reason }, 'jobs cannot be handed over now; they are kept and tried again');
        await this.pause(Math.min(this.tuning.pollMs * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS), false);
      }
    }
  }

  /** LISTEN on a connection of its own, made again when it is lost; without it, polling goes on. */
  private listen(): void {
    const client = new pg.Client({ connectionString: this.clerkUrl, keepAlive: true });
    this.listener = client;
    let over = false;
    const again = (): void => {
      if (over) return;
      over = true;
      client.end().catch(() => undefined);
      if (!this.stopped) setTimeout(() => this.stopped || this.listen(), LISTEN_AGAIN_MS).unref();
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', this.wake);
    client.connect().then(() => client.query(`listen ${OUTBOX_CHANNEL}`)).catch(again);
  }

  private pause(ms: number, wakeable: boolean): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = (stopping) => {
        if (!wakeable && !stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

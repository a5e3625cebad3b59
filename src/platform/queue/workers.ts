import { Inject, Injectable, type BeforeApplicationShutdown, type INestApplicationContext } from '@nestjs/common';
import pg, { type Pool } from 'pg';
import { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import { InjectSettings } from '../config/token.js';
import { Logger } from '../logger.js';
import { JobRegistry } from './jobs.js';
import { Nights } from './nightly.service.js';
import { Queues, withinOrNot } from './queues.js';
import { Relay } from './relay.service.js';
import { clerkRows, FIRST_DUE, NEXT, OutboxRows, type DueRow } from './rows.queries.js';
import { JobRunner, type TryResult } from './runner.js';
import { OutboxSignal } from './signal.js';
import { TUNING, type QueueTuning } from './tuning.js';

/** Four connections wait for news of the queues; the rest do the work. */
const POOL_SIZE = 12;
const POOL_END_MS = 2000;
/** More jobs than any drain needs: they make each other without end. */
const TOO_MANY = 10_000;

/** What became of one row in a drain. */
export interface Drained extends TryResult {
  job: string;
  outboxId: string;
}

/**
 * The clerk's connections: the outbox of all organisations, and BullMQ's schema. The book-keeping need not wait for the disk:
 * all of it can be done again from outbox rows that were committed with their commands.
 */
export function clerkPool(url: string, logger: Logger, max = POOL_SIZE): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    options: '-c search_path=bullmq -c synchronous_commit=off -c idle_in_transaction_session_timeout=60000',
  });
  pool.setMaxListeners(20);
  // A connection that is lost while someone holds it tells only itself; unheard, that would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'a connection of the queue was lost'));
  return pool;
}

/** The part that does the jobs: relay and workers. Only a worker process starts it. */
@Injectable()
export class JobWorkers implements BeforeApplicationShutdown {
  private stopping: (() => Promise<void>) | undefined;

  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly registry: JobRegistry,
    private readonly signal: OutboxSignal,
    private readonly nights: Nights,
    @Inject(TUNING) private readonly tuning: QueueTuning,
  ) {}

  start(): void {
    if (this.stopping) return;
    const clerk = clerkPool(this.clerkUrl, this.logger);
    const queues = Queues.open(this.settings.redisUrl, clerk, this.tuning, this.logger);
    const runner = this.runner(clerk, this.tuning);
    const relay = new Relay(clerk, this.clerkUrl, queues, this.clock, this.logger, this.tuning);
    queues.work((ticket) => runner.run(ticket));
    relay.start();
    const deafen = this.signal.listen(relay.wake);
    const stopNights = this.nights.start();
    this.stopping = async () => {
      await stopNights();
      deafen();
      await relay.stop();
      await queues.close();
      await withinOrNot(clerk.end(), POOL_END_MS);
    };
  }

  /**
   * Does everything that is due by the clock in this process, one after another, urgent ones first, until nothing is left:
   * the workers' own way, without BullMQ. For tests and the demo. What fails is tried again when the clock has moved on.
   */
  async drain(): Promise<Drained[]> {
    const clerk = clerkPool(this.clerkUrl, this.logger, 2);
    const runner = this.runner(clerk, { ...this.tuning, jitter: 0 });
    const drained: Drained[] = [];
    try {
      for (;;) {
        const [row] = await clerkRows<DueRow>(clerk, NEXT, [this.clock.now()]);
        if (!row) return drained;
        if (drained.length >= TOO_MANY) throw new Error(`The queue is not empty after ${TOO_MANY} jobs`);
        drained.push({ ...(await runner.run(row)), job: row.job, outboxId: row.id });
      }
    } finally {
      await clerk.end();
    }
  }

  /** When the first job is due that waits by this moment, for who lives through time; null when nothing is due by then. */
  async firstDue(until: Date): Promise<Date | null> {
    const clerk = clerkPool(this.clerkUrl, this.logger, 1);
    try {
      const [row] = await clerkRows<{ runAt: Date | null }>(clerk, FIRST_DUE, [until]);
      return row!.runAt;
    } finally {
      await clerk.end();
    }
  }

  /** Takes no new work, waits for running jobs up to the limit, and closes the connections. */
  async stop(): Promise<void> {
    const stop = this.stopping;
    this.stopping = undefined;
    await stop?.();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private get clerkUrl(): string {
    if (!this.settings.databaseClerkUrl) throw new Error('Jobs are done with DATABASE_CLERK_URL');
    return this.settings.databaseClerkUrl;
  }

  private runner(clerk: Pool, tuning: QueueTuning): JobRunner {
    return new JobRunner(new OutboxRows(clerk), this.registry, this.clock, this.logger, tuning);
  }
}

/** Starts relay and workers in this process. */
export function startWorker(app: INestApplicationContext): void {
  app.get(JobWorkers).start();
}

/** Stops them gracefully; `app.close()` does it too. */
export async function stopWorker(app: INestApplicationContext): Promise<void> {
  await app.get(JobWorkers).stop();
}

import { Inject, Injectable, Optional, type BeforeApplicationShutdown, type INestApplicationContext } from '@nestjs/common';
import pg, { type Pool } from 'pg';
import { Clock } from '../clock.js';
import { Settings } from '../config/settings.js';
import { Logger } from '../logger.js';
import { JobRegistry } from './jobs.js';
import { Queues, withinOrNot } from './queues.js';
import { Relay } from './relay.service.js';
import { OutboxRows } from './rows.queries.js';
import { JobRunner } from './runner.js';
import { OutboxSignal } from './signal.js';
import { QUEUE_TUNING, type QueueTuning } from './tuning.js';

/** Provide this with a `QueueTuning` to have other durations and sizes. */
export const TUNING = Symbol('QueueTuning');

/** Four connections wait for news of the queues; the rest do the work. */
const POOL_SIZE = 12;

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
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'a connection of the queue was lost'));
  return pool;
}

/** The part that does the jobs: relay and workers. Only a worker process starts it. */
@Injectable()
export class JobWorkers implements BeforeApplicationShutdown {
  private stopping: (() => Promise<void>) | undefined;
  private readonly tuning: QueueTuning;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly registry: JobRegistry,
    private readonly signal: OutboxSignal,
    @Optional() @Inject(TUNING) tuning?: QueueTuning,
  ) {
    this.tuning = tuning ?? QUEUE_TUNING;
  }

  start(): void {
    if (this.stopping) return;
    const { databaseClerkUrl, redisUrl } = this.settings;
    const clerk = clerkPool(databaseClerkUrl, this.logger);
    const queues = Queues.open(redisUrl, clerk, this.tuning, this.logger);
    const runner = new JobRunner(new OutboxRows(clerk), this.registry, this.clock, this.logger, this.tuning);
    const relay = new Relay(clerk, databaseClerkUrl, queues, this.clock, this.logger, this.tuning);
    queues.work((row) => runner.run(row));
    relay.start();
    const deafen = this.signal.listen(relay.wake);
    this.stopping = async () => {
      deafen();
      await relay.stop();
      await queues.close();
      await withinOrNot(clerk.end(), this.tuning.stopMs);
    };
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
}

/** Starts relay and workers in this process. */
export function startWorker(app: INestApplicationContext): void {
  app.get(JobWorkers).start();
}

/** Stops them gracefully; `app.close()` does it too. */
export async function stopWorker(app: INestApplicationContext): Promise<void> {
  await app.get(JobWorkers).stop();
}

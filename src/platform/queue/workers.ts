import { Inject, Injectable, type BeforeApplicationShutdown, type INestApplicationContext } from '@nestjs/common';
import pg, { type Pool } from 'pg';
import { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import { InjectSettings } from '../config/token.js';
import { Logger } from '../logger.js';
import { JobRegistry } from './jobs.js';
import { Queues, withinOrNot } from './queues.js';
import { Relay } from './relay.service.js';
import { OutboxRows } from './rows.queries.js';
import { JobRunner } from './runner.js';
import { OutboxSignal } from './signal.js';
import { TUNING, type QueueTuning } from './tuning.js';

/** Four connections wait for news of the queues; the rest do the work. */
const POOL_SIZE = 12;
const POOL_END_MS = 2000;

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

  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly registry: JobRegistry,
    private readonly signal: OutboxSignal,
    @Inject(TUNING) private readonly tuning: QueueTuning,
  ) {}

  start(): void {
    if (this.stopping) return;
    const { databaseClerkUrl, redisUrl } = this.settings;
    if (!databaseClerkUrl) throw new Error('Jobs are done with DATABASE_CLERK_URL');
    const clerk = clerkPool(databaseClerkUrl, this.logger);
    const queues = Queues.open(redisUrl, clerk, this.tuning, this.logger);
    const runner = new JobRunner(new OutboxRows(clerk), this.registry, this.clock, this.logger, this.tuning);
    const relay = new Relay(clerk, databaseClerkUrl, queues, this.clock, this.logger, this.tuning);
    queues.work((ticket) => runner.run(ticket));
    relay.start();
    const deafen = this.signal.listen(relay.wake);
    this.stopping = async () => {
      deafen();
      await relay.stop();
      await queues.close();
      await withinOrNot(clerk.end(), POOL_END_MS);
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

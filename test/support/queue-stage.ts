import { randomBytes, randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';
import { systemContext } from '../../src/platform/actor.js';
import { Clock, SystemClock } from '../../src/platform/clock.js';
import { readSettings, type Settings } from '../../src/platform/config/settings.js';
import { Database } from '../../src/platform/database/database.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { Logger } from '../../src/platform/logger.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { defineJob, JobRegistry, type DeadJobHook, type JobHandler } from '../../src/platform/queue/jobs.js';
import { Outbox, type OutboxItem } from '../../src/platform/queue/outbox.service.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Relay } from '../../src/platform/queue/relay.service.js';
import { QUEUE_TUNING, TUNING, type QueueTuning } from '../../src/platform/queue/tuning.js';
import { clerkPool, JobWorkers } from '../../src/platform/queue/workers.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { until } from './waiting.js';

export type Greeting = { name: string };

/** The job of these specs. */
export const greet = defineJob<Greeting>('test.greet', { queue: 'messages' });

/** Everything a job of these specs says about its row. */
export interface OutboxRow {
  id: string;
  key: string;
  state: string;
  attempts: number;
  errorCode: string | null;
  runAt: Date;
}

interface StageOptions {
  redisUrl: string | null;
  handler?: JobHandler<Greeting>;
  onDead?: DeadJobHook<Greeting>;
  clock?: Clock;
  tuning?: Partial<QueueTuning>;
}

/** The outbox with its workers on a database and a queue of its own. */
export class QueueStage {
  readonly organisationId = randomUUID();
  /** Names whose job had its effect, in order. */
  readonly greeted: string[] = [];
  private readonly opened: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly settings: Settings,
    readonly clock: Clock,
    readonly tuning: QueueTuning,
    private readonly superuser: Pool,
  ) {}

  static async set({ redisUrl, handler, onDead, clock = new SystemClock(), tuning }: StageOptions): Promise<QueueStage> {
    const database = await freshDatabase();
    const prefix = `test-${randomUUID()}`;
    const quick = { retrySeconds: [0.02, 0.02], pollMs: 20, lockMs: 500, stalledCheckMs: 100, sweepMs: 50, stopMs: 300 };
    const stage = new QueueStage(
      database,
      readSettings(
        {
          NODE_ENV: 'test',
          LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
          DATABASE_URL: database.appUrl,
          DATABASE_CLERK_URL: database.clerkUrl,
          MASTER_KEY: randomBytes(32).toString('base64'),
          ...(redisUrl && { REDIS_URL: redisUrl }),
        },
        'worker',
      ) as Settings,
      clock,
      { ...QUEUE_TUNING, ...quick, prefix, ...tuning },
      new Pool({ connectionString: database.superuserUrl, max: 2 }),
    );
    stage.superuser.on('error', () => undefined);
    await stage.superuser.query(
      `insert into people_organisations (id, slug, name, wrapped_key, created_at) values ($1, 'veenbroek', 'Veenbroek', '', $2)`,
      [stage.organisationId, clock.now()],
    );
    stage.app = await stage.process(handler, onDead);
    return stage;
  }

  /** The process that commands run in. */
  app!: TestingModule;

  /** One more process of the service on the same database and queue. */
  async process(handler?: JobHandler<Greeting>, onDead?: DeadJobHook<Greeting>): Promise<TestingModule> {
    const app = await Test.createTestingModule({ imports: [PlatformModule.with(this.settings, { clock: this.clock }), QueueModule] })
      .overrideProvider(TUNING)
      .useValue(this.tuning)
      .compile();
    const work: JobHandler<Greeting> = (_run, { name }) => {
      this.greeted.push(name);
      return Promise.resolve('done');
    };
    app.get(JobRegistry).handle(greet, handler ?? work, { onDead });
    await app.init();
    this.opened.push(() => app.close());
    return app;
  }

  /** One command of the service. */
  command<T>(work: (tx: Tx, outbox: Outbox) => Promise<T>): Promise<T> {
    const ctx = systemContext(this.organisationId, randomUUID());
    return this.app.get(Database).run(ctx, (tx) => work(tx, this.app.get(Outbox)));
  }

  /** One command that asks for greetings. */
  ask(...items: (Partial<OutboxItem<Greeting>> & { key: string })[]): Promise<string[]> {
    return this.command((tx, outbox) => outbox.addAll(tx, greet, items.map((item) => ({ payload: { name: item.key }, ...item }))));
  }

  work(app = this.app): void {
    app.get(JobWorkers).start();
  }

  /** The queue, connected, and a relay on it that are moved by hand. */
  async parts(): Promise<{ queues: Queues; relay: (queues?: Queues) => Relay }> {
    const logger = this.app.get(Logger);
    const clerk = clerkPool(this.database.clerkUrl, logger);
    const queues = Queues.open(this.settings.redisUrl, clerk, this.tuning, logger);
    this.opened.push(async () => {
      await queues.close();
      await clerk.end();
    });
    const nothing = { organisationId: this.organisationId, id: randomUUID(), runAt: new Date(0), attempt: 1, job: greet.name, queue: greet.queue };
    await until(() => queues.holds(nothing).then(() => true, () => false), 'the queue is connected');
    const relay = (on = queues): Relay => new Relay(clerk, this.database.clerkUrl, on, this.clock, logger, this.tuning);
    return { queues, relay };
  }

  async rows(): Promise<OutboxRow[]> {
    const { rows } = await this.superuser.query<OutboxRow>(
      `select id, key, state, attempts, error_code as "errorCode", run_at as "runAt" from platform_outbox order by id`,
    );
    return rows;
  }

  async row(key: string): Promise<OutboxRow> {
    return (await this.rows()).find((row) => row.key === key)!;
  }

  /** Waits until the row is in the state. */
  async reaches(key: string, state: string): Promise<OutboxRow> {
    await until(async () => (await this.row(key)).state === state, `${key} is ${state}`);
    return this.row(key);
  }

  /** Whatever the queue keeps is gone, as when Redis starts empty. */
  async loseQueue(): Promise<void> {
    if (this.settings.redisUrl) await this.removeKeys(this.settings.redisUrl);
    else await this.superuser.query('truncate bullmq.job cascade');
  }

  /** Every connection of the service to the database ends, as when the server restarts. */
  async cutConnections(): Promise<void> {
    await this.superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename <> current_user and pid <> pg_backend_pid()`,
    );
  }

  /** A statement as the clerk. */
  asClerk(sql: string): Promise<Record<string, unknown>[]> {
    return rowsOf(this.database.clerkUrl, sql);
  }

  /** A statement as the service, of an organisation that has nothing. */
  asStranger(sql: string): Promise<Record<string, unknown>[]> {
    return rowsOf(this.database.appUrl, sql);
  }

  async strike(): Promise<void> {
    for (const close of this.opened.reverse()) await close();
    if (this.settings.redisUrl) await this.removeKeys(this.settings.redisUrl);
    await this.superuser.end();
    await this.database.drop();
  }

  private async removeKeys(redisUrl: string): Promise<void> {
    const redis = new Redis(redisUrl);
    for await (const keys of redis.scanStream({ match: `${this.tuning.prefix}*`, count: 1000 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
    await redis.quit();
  }
}

async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

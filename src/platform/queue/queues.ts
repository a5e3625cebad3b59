import { createHash } from 'node:crypto';
import { createPostgresBackend, Queue, Worker, type JobsOptions, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Logger } from '../logger.js';
import { bulksOf } from './bulks.js';
import { QUEUE_NAMES, type QueueName } from './jobs.js';
import { Places } from './places.js';
import type { DueRow, Ticket } from './rows.queries.js';
import type { QueueTuning } from './tuning.js';

/** What travels through the queue: enough to find the outbox rows. */
interface JobData {
  tries: { organisationId: string; id: string; runAt: number; attempt: number }[];
}

/** The outbox counts the tries; the queue tries again only when the outbox itself could not be reached. */
const JOB_OPTIONS: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 10,
  backoff: { type: 'fixed', delay: 2000 },
};

function dataOf(tickets: readonly Ticket[]): JobData {
  return { tries: tickets.map(({ organisationId, id, runAt, attempt }) => ({ organisationId, id, runAt: runAt.getTime(), attempt })) };
}

/** Nobody reads BullMQ's events, so few are kept. */
const EVENTS_KEPT = 100;
const CLOSE_MS = 2000;

/** BullMQ's queues and workers, on Redis or on the clerk's PostgreSQL pool. */
export abstract class Queues {
  private readonly queues = new Map<QueueName, Queue>();
  private readonly workers: Worker[] = [];
  private readonly places: Places[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private lastLoss = 0;

  constructor(
    protected readonly tuning: QueueTuning,
    protected readonly logger: Logger,
  ) {}

  /** On Redis when there is an address, else on PostgreSQL. */
  static open(redisUrl: string | null, clerk: Pool, tuning: QueueTuning, logger: Logger): Queues {
    if (!redisUrl) return new PostgresQueues(clerk, tuning, logger);
    // Two databases that share a Redis would take each other's jobs and find nothing to do.
    const { host, pathname } = new URL(clerk.options.connectionString ?? '');
    const database = createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 8);
    return new RedisQueues(redisUrl, { ...tuning, prefix: `${tuning.prefix}-${database}` }, logger);
  }

  protected abstract makeQueue(name: QueueName): Queue;
  protected abstract makeWorker(name: QueueName, processor: Processor<JobData>): Worker;
  /** Throws when a hand-over would only wait for the queue to come back. */
  protected abstract assertThere(): void;
  protected abstract disconnect(): Promise<void>;

  /** Puts rows into their queues, urgent ones first; what is there already stays as it is. Returns them with the job that they are in. */
  async add(rows: readonly DueRow[]): Promise<DueRow[]> {
    this.assertThere();
    const handed: DueRow[] = [];
    for (const name of QUEUE_NAMES) {
      const bulks = bulksOf(rows.filter(({ queue }) => queue === name), this.tuning.bulk[name]);
      const jobs = bulks.map((bulk) => ({ name: bulk.rows[0]!.job, data: dataOf(bulk.rows), opts: { ...JOB_OPTIONS, jobId: bulk.id } }));
      const [first] = jobs;
      // On PostgreSQL adding several makes temporary tables: too much for one job.
      if (first && jobs.length === 1) await this.queue(name).add(first.name, first.data, first.opts);
      else if (first) await this.queue(name).addBulk(jobs);
      handed.push(...bulks.flatMap(({ id, rows: some }) => some.map((row) => ({ ...row, handedAs: id }))));
    }
    return handed;
  }

  /** Is the row's try still in the queue, waiting or running? What is left of an ended one is removed. */
  async holds(row: DueRow): Promise<boolean> {
    this.assertThere();
    const queue = this.queue(row.queue);
    if (!row.handedAs) return false;
    const state = await queue.getJobState(row.handedAs);
    if (state === 'completed' || state === 'failed') await queue.remove(row.handedAs);
    return !['completed', 'failed', 'unknown'].includes(state);
  }

  /**
   * Starts one worker per queue; what is urgent comes first, and nothing else begins while it is at work. Each try of a job ends by
   * itself; when the outbox could not be reached, the job comes back for those.
   */
  work(process: (ticket: Ticket) => Promise<unknown>): void {
    for (const name of QUEUE_NAMES) {
      const [urgent = null] = this.places;
      const places = new Places(this.tuning.concurrency[name], urgent);
      this.places.push(places);
      const worker = this.makeWorker(name, async ({ data: { tries } }) => {
        const trying = tries.map((one) => this.tracked(places.take(() => process({ ...one, runAt: new Date(one.runAt) }))));
        const failed = (await Promise.allSettled(trying)).find(({ status }) => status === 'rejected');
        if (failed) throw (failed as PromiseRejectedResult).reason;
      });
      worker.on('error', (error) => this.lost(error));
      this.workers.push(worker);
    }
  }

  /** Takes no more jobs and waits for the running ones, but not longer than the limit; another worker does those again. */
  async close(): Promise<void> {
    await Promise.allSettled(this.workers.map((worker) => worker.pause(true)));
    for (const places of this.places) places.close();
    const finished = await withinOrNot(Promise.allSettled(this.running), this.tuning.stopMs);
    // A forced close leaves the wait for the next job behind, which would hold the process for seconds.
    if (!finished) await Promise.allSettled(this.workers.map((worker) => worker.getBackend().disconnectBlocking(false)));
    const closing = this.workers.map((worker) => worker.close(!finished));
    const closed = Promise.allSettled([...closing, ...[...this.queues.values()].map((queue) => queue.close())]);
    await withinOrNot(closed, CLOSE_MS);
    await this.disconnect();
  }

  protected workerOptions(name: QueueName): {
    concurrency: number;
    lockDuration: number;
    stalledInterval: number;
    maxStalledCount: number;
    runRetryDelay: number;
  } {
    return {
      concurrency: this.tuning.concurrency[name],
      lockDuration: this.tuning.lockMs,
      stalledInterval: this.tuning.stalledCheckMs,
      maxStalledCount: 3,
      runRetryDelay: 1000,
    };
  }

  protected queueOptions(): { streams: { events: { maxLen: number } } } {
    return { streams: { events: { maxLen: EVENTS_KEPT } } };
  }

  /** Both libraries connect again by themselves; a dead connection is told once in a while, not at every try. */
  protected lost(error: Error): void {
    const now = performance.now();
    if (this.lastLoss > 0 && now - this.lastLoss < 5000) return;
    this.lastLoss = now;
    this.logger.warn({ reason: error.message }, 'the queue had trouble with its connection');
  }

  private tracked(work: Promise<unknown>): Promise<unknown> {
    const ended = work.finally(() => this.running.delete(ended));
    this.running.add(ended);
    return ended;
  }

  private queue(name: QueueName): Queue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = this.makeQueue(name);
      queue.on('error', (error) => this.lost(error));
      this.queues.set(name, queue);
    }
    return queue;
  }
}

class RedisQueues extends Queues {
  /** Refuses at once while Redis is away, so that no row stays locked for it. */
  private readonly adding: Redis;
  private readonly working: Redis;

  constructor(url: string, tuning: QueueTuning, logger: Logger) {
    super(tuning, logger);
    const retryStrategy = (times: number): number => Math.min(times * 100, 2000);
    this.adding = new Redis(url, { maxRetriesPerRequest: null, enableOfflineQueue: false, retryStrategy });
    this.working = new Redis(url, { maxRetriesPerRequest: null, retryStrategy });
    for (const client of [this.adding, this.working]) client.on('error', (error) => this.lost(error));
  }

  protected assertThere(): void {
    if (this.adding.status !== 'ready') throw new Error('Redis is not there');
  }

  protected makeQueue(name: QueueName): Queue {
    return new Queue(name, { connection: this.adding, prefix: this.tuning.prefix, ...this.queueOptions() });
  }

  protected makeWorker(name: QueueName, processor: Processor<JobData>): Worker {
    return new Worker(name, processor, { connection: this.working, prefix: this.tuning.prefix, ...this.workerOptions(name) });
  }

  protected disconnect(): Promise<void> {
    this.adding.disconnect();
    this.working.disconnect();
    return Promise.resolve();
  }
}

class PostgresQueues extends Queues {
  constructor(
    private readonly pool: Pool,
    tuning: QueueTuning,
    logger: Logger,
  ) {
    super(tuning, logger);
  }

  // The same PostgreSQL as the outbox: where it is away, the relay does not get this far.
  protected assertThere(): void {}

  protected makeQueue(name: QueueName): Queue {
    const options = { connection: this.pool, ...this.queueOptions() };
    return new Queue(name, options, createPostgresBackend) as unknown as Queue;
  }

  protected makeWorker(name: QueueName, processor: Processor<JobData>): Worker {
    const options = { connection: this.pool, ...this.workerOptions(name) };
    return new Worker(name, processor, options, createPostgresBackend) as unknown as Worker;
  }

  // The pool belongs to the caller.
  protected disconnect(): Promise<void> {
    return Promise.resolve();
  }
}

/** Waits for the work, but not longer than the limit; tells whether it was finished. */
export async function withinOrNot(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

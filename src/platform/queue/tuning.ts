import type { QueueName } from './jobs.js';

/** Provided by the queue's module; override it for other durations and sizes. */
export const TUNING = Symbol('QueueTuning');

/** Every duration and size of the queue in one place; tests pass shorter ones. */
export interface QueueTuning {
  /** Namespace of the keys in Redis; each database has its own below it. */
  prefix: string;
  /** Waits between the tries; one more try than waits. */
  retrySeconds: readonly number[];
  /** Each wait is this part longer or shorter, by chance, so that what failed together does not come back together. */
  jitter: number;
  /** How often the relay looks by itself, besides being woken. */
  pollMs: number;
  /** Rows per hand-over. */
  batch: number;
  /** How long a try counts as alive without a sign of its worker. */
  lockMs: number;
  stalledCheckMs: number;
  /** After this long without an end, the relay makes sure that a row it handed over is still in the queue. */
  overdueMs: number;
  sweepMs: number;
  /** How long the queue may take to accept a hand-over. */
  handOverTimeoutMs: number;
  /** How long a stopping worker waits for running jobs. */
  stopMs: number;
  /** Tries at once, per process. */
  concurrency: Readonly<Record<QueueName, number>>;
  /** Tries that go through the queue as one job; 1 where each takes long by itself. */
  bulk: Readonly<Record<QueueName, number>>;
}

export const QUEUE_TUNING: QueueTuning = {
  prefix: 'netwerkberaad',
  // A mailbox that is full may stay so over a weekend: even with the shortest waits the last try is more than two days later.
  retrySeconds: [5, 30, 120, 600, 1800, 7200, 28_800, 57_600, 64_800, 64_800],
  jitter: 0.2,
  pollMs: 200,
  batch: 500,
  lockMs: 15_000,
  stalledCheckMs: 5_000,
  overdueMs: 300_000,
  sweepMs: 30_000,
  handOverTimeoutMs: 10_000,
  stopMs: 7000,
  concurrency: { urgent: 16, messages: 32, documents: 2, upkeep: 4 },
  bulk: { urgent: 50, messages: 50, documents: 1, upkeep: 1 },
};

/** How many times a job is tried before it is dead. */
export function maxAttempts(tuning: QueueTuning): number {
  return tuning.retrySeconds.length + 1;
}

/** Milliseconds until the next try after the given one failed. `chance` is in [0, 1). */
export function retryDelayMs(tuning: QueueTuning, attempt: number, chance: number): number {
  const seconds = tuning.retrySeconds[Math.min(attempt, tuning.retrySeconds.length) - 1] ?? 0;
  return Math.round(seconds * 1000 * (1 + tuning.jitter * (2 * chance - 1)));
}

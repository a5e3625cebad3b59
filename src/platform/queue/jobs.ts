import { Injectable } from '@nestjs/common';
import type { Ctx, SystemActor } from '../actor.js';

/** One worker each; `urgent` is never behind the others. */
export const QUEUE_NAMES = ['urgent', 'messages', 'documents', 'upkeep'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** What travels with a job: ids and dates, never names, addresses or free text. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

declare const payloadOf: unique symbol;

/** A kind of work that is done later, outside the command that asks for it. */
export interface Job<Payload extends JobPayload> {
  readonly name: string;
  readonly queue: QueueName;
  readonly [payloadOf]?: Payload;
}

const defined = new Map<string, Job<JobPayload>>();

/** Declares a kind of job, named `module.what`. A name stands for one kind in the whole process. */
export function defineJob<Payload extends JobPayload>(name: string, { queue }: { queue: QueueName }): Job<Payload> {
  if (!/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/.test(name)) throw new Error(`A job is named module.what, not ${name}`);
  if (defined.has(name)) throw new Error(`Two jobs are named ${name}`);
  const job: Job<Payload> = { name, queue };
  defined.set(name, job);
  return job;
}

/** Every kind of job that this process knows. */
export function definedJobs(): readonly Job<JobPayload>[] {
  return [...defined.values()];
}

/** Thrown by a handler when trying again cannot help: the job is dead at once. The code is kept on its outbox row. */
export class PermanentFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** One try of one job. */
export interface JobRun {
  ctx: Ctx<SystemActor>;
  outboxId: string;
  /** 1 for the first try. */
  attempt: number;
  /** True when a failure of this try makes the job dead. */
  lastAttempt: boolean;
}

/** `skipped`: what the job was for is no longer true. */
export type JobOutcome = 'done' | 'skipped';
export type JobHandler<Payload> = (run: JobRun, payload: Payload) => Promise<JobOutcome>;
/** Called before the row becomes dead, so that a module can mark what the job was for. May be called more than once. */
export type DeadJobHook<Payload> = (run: JobRun, payload: Payload) => Promise<void>;

export interface RegisteredJob {
  handler: JobHandler<JobPayload>;
  onDead?: DeadJobHook<JobPayload>;
}

/** Which code does which kind of job. Modules register their handlers at `onModuleInit`. */
@Injectable()
export class JobRegistry {
  private readonly handlers = new Map<string, RegisteredJob[]>();

  handle<Payload extends JobPayload>(
    job: Job<Payload>,
    handler: JobHandler<Payload>,
    { onDead }: { onDead?: DeadJobHook<Payload> } = {},
  ): void {
    const registered = { handler, onDead } as unknown as RegisteredJob;
    this.handlers.set(job.name, [...(this.handlers.get(job.name) ?? []), registered]);
  }

  find(name: string): RegisteredJob | undefined {
    return this.handlers.get(name)?.[0];
  }

  /** Refuses to start when a kind of job has no handler, or two. */
  assertComplete(jobs: readonly Job<JobPayload>[] = definedJobs()): void {
    const wrong = jobs
      .map(({ name }) => ({ name, count: this.handlers.get(name)?.length ?? 0 }))
      .filter(({ count }) => count !== 1)
      .map(({ name, count }) => `${name} has ${count === 0 ? 'no handler' : `${count} handlers`}`);
    if (wrong.length > 0) throw new Error(`Every job needs exactly one handler: ${wrong.join(', ')}`);
  }
}

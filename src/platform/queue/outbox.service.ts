import { Injectable } from '@nestjs/common';
import { named, statement, type Tx } from '../database/tx.js';
import { newId } from '../ids.js';
import type { Job, JobPayload } from './jobs.js';
import { OutboxSignal } from './signal.js';

/** Work to be done after the commit. The key makes it one: the same key again changes nothing. */
export interface OutboxItem<Payload extends JobPayload> {
  key: string;
  payload: Payload;
  /** Not before; at once when left out. */
  runAt?: Date;
  /** Goes before everything that is not. */
  urgent?: boolean;
}

const ADD = statement(
  'platform.outbox-add',
  `insert into platform_outbox (organisation_id, id, job, key, payload, queue, run_at, state, attempts, created_at)
   select $1, item.id, $2, item.key, item.payload, item.queue, item.run_at, 'waiting', 0, $3
   from unnest($4::uuid[], $5::text[], $6::jsonb[], $7::text[], $8::timestamptz[]) as item (id, key, payload, queue, run_at)
   on conflict (organisation_id, job, key) do nothing
   returning key, run_at <= $3 as due`,
);

const CANCEL_KEYS = statement(
  'platform.outbox-cancel-keys',
  `update platform_outbox set state = 'cancelled', ended_at = $3
   where organisation_id = $1 and job = $2 and key = any ($4::text[]) and state in ('waiting', 'handed')`,
);

// The keys compare byte by byte (collation C), so that the last code point bounds a prefix and the unique index serves it.
const CANCEL_PREFIX = statement(
  'platform.outbox-cancel-prefix',
  `update platform_outbox set state = 'cancelled', ended_at = $3
   where organisation_id = $1 and job = $2 and key >= $4 and key < $4 || U&'\\+10FFFF' and state in ('waiting', 'handed')`,
);

const REPLAN = statement(
  'platform.outbox-replan',
  `update platform_outbox set state = 'waiting', run_at = $4, attempts = 0, error_code = null
   where organisation_id = $1 and job = $2 and key = $3 and run_at <> $4 and state in ('waiting', 'handed')`,
);

/** Work for later, written in the command's own transaction: it exists exactly when the command happened. */
@Injectable()
export class Outbox {
  constructor(private readonly signal: OutboxSignal) {}

  /** Returns false when this key was there already, in whatever state. */
  async add<Payload extends JobPayload>(tx: Tx, job: Job<Payload>, item: OutboxItem<Payload>): Promise<boolean> {
    return (await this.addAll(tx, job, [item])).length > 0;
  }

  /** Many at once in one statement; returns the keys that are new. */
  async addAll<Payload extends JobPayload>(tx: Tx, job: Job<Payload>, items: readonly OutboxItem<Payload>[]): Promise<string[]> {
    if (items.length === 0) return [];
    const rows = await named<{ key: string; due: boolean }>(tx, ADD, [
      tx.organisationId,
      job.name,
      tx.now,
      items.map(() => newId(tx.now)),
      items.map(({ key }) => key),
      items.map(({ payload }) => JSON.stringify(payload)),
      items.map(({ urgent }) => (urgent ? 'urgent' : job.queue)),
      items.map(({ runAt }) => runAt ?? tx.now),
    ]);
    if (rows.some(({ due }) => due)) tx.afterCommit.add(this.signal.wake);
    return rows.map(({ key }) => key);
  }

  /** Takes back what has not ended yet, by keys or by the beginning of the key; returns how many. */
  async cancel<Payload extends JobPayload>(
    tx: Tx,
    job: Job<Payload>,
    which: readonly string[] | { prefix: string },
  ): Promise<number> {
    const [{ name, text }, keys] = 'prefix' in which ? [CANCEL_PREFIX, which.prefix] : [CANCEL_KEYS, which];
    const result = await tx.client.query({ name, text, values: [tx.organisationId, job.name, tx.now, keys] });
    return result.rowCount ?? 0;
  }

  /** Gives what has not ended yet another moment, with all its tries; returns false when there is nothing to move. */
  async replan<Payload extends JobPayload>(tx: Tx, job: Job<Payload>, key: string, runAt: Date): Promise<boolean> {
    const { name, text } = REPLAN;
    const result = await tx.client.query({ name, text, values: [tx.organisationId, job.name, key, runAt] });
    if (result.rowCount && runAt <= tx.now) tx.afterCommit.add(this.signal.wake);
    return Boolean(result.rowCount);
  }
}

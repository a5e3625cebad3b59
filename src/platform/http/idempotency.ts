import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../actor.js';
import { named, statement, type Tx } from '../database/tx.js';
import { Vault, type SealRef } from '../vault/vault.js';
import { conflict } from './problem.js';

const HOURS_KEPT = 24;

// A twin that comes in at the same time waits here for the first one's commit.
const CLAIM = statement(
  'platform.idempotency-claim',
  `insert into platform_idempotency_keys as k (organisation_id, actor, key, fingerprint, created_at)
   values ($1, $2, $3, $4, $5)
   on conflict (organisation_id, actor, key) do update set fingerprint = $4, created_at = $5, answer = null
     where k.created_at < $5::timestamptz - make_interval(hours => $6)
   returning 1`,
);
const FIND = statement(
  'platform.idempotency-find',
  'select fingerprint, answer from platform_idempotency_keys where organisation_id = $1 and actor = $2 and key = $3',
);
const KEEP = statement(
  'platform.idempotency-keep',
  'update platform_idempotency_keys set answer = $4 where organisation_id = $1 and actor = $2 and key = $3',
);

/** What identifies a request for its key: the same method, path and body. */
export function fingerprint(method: string, path: string, body: unknown): string {
  return createHash('sha256').update(`${method} ${path}\n${JSON.stringify(body ?? null)}`).digest('base64');
}

/** Per actor (per address without identity): the same key and body give the first answer again, for 24 hours. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly vault: Vault) {}

  async claim(tx: Tx, request: { key: string; fingerprint: string }): Promise<{ answer: unknown } | null> {
    const print = Buffer.from(request.fingerprint, 'base64');
    const actor = owner(tx.actor, tx.ctx.address);
    const claimed = await named(tx, CLAIM, [tx.organisationId, actor, request.key, print, tx.now, HOURS_KEPT]);
    if (claimed.length > 0) return null;
    const [row] = await named<{ fingerprint: Buffer; answer: Buffer | null }>(tx, FIND, [tx.organisationId, actor, request.key]);
    if (!row?.answer || !row.fingerprint.equals(print)) throw conflict('idempotency-key-reused');
    return { answer: await this.vault.open(reference(tx, actor, request.key), row.answer) };
  }

  async keep(tx: Tx, request: { key: string }, answer: unknown): Promise<void> {
    const actor = owner(tx.actor, tx.ctx.address);
    const sealed = await this.vault.seal(reference(tx, actor, request.key), answer ?? null);
    await named(tx, KEEP, [tx.organisationId, actor, request.key, sealed]);
  }
}

function owner(actor: Actor, address: string): string {
  if (actor.kind === 'staff') return actor.staffId;
  if (actor.kind === 'participant') return actor.memberId;
  return createHash('sha256').update(`${actor.kind} ${address}`).digest('base64');
}

function reference(tx: Tx, actor: string, key: string): SealRef {
  return { organisationId: tx.organisationId, table: 'platform_idempotency_keys', column: 'answer', id: `${actor} ${key}` };
}

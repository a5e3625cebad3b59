import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import { Clock } from '../platform/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import type { Statement } from '../platform/database/tx.js';
import { Logger } from '../platform/logger.js';
import { Vault } from '../platform/vault/vault.js';
import { DigestsService, type DigestLine, type Tenant } from './digests.service.js';
import {
  COUNTER, INSERT_SEAL, LAST_SEAL, placeValues, SEALABLE, sealOf, sealValues, TO_SEAL, TRY_LOCK, type CounterRow, type SealRow,
} from './seals.queries.js';
import { BEFORE_ALL, codeOf, digestOf, isLater, marksOf, nameOf, type EventLine, type Seal } from './seals.rules.js';

const EVERY_MS = 1000;
/** Events under one seal. */
const BATCH = 5000;
/** So often the newest digest is also told to the log, so that shipped logs carry it. */
const TOLD_MS = 60_000;

/**
 * Seals the audit log: every second, where there is something new, a digest over the digest before and the events since. It
 * takes only events of transactions below the oldest that still runs, so writers never wait for it, and nothing can come in
 * behind it. As the clerk, with one lock per organisation: several processes may run it.
 */
@Injectable()
export class SealerService implements BeforeApplicationShutdown {
  private running: Promise<void> | undefined;
  private stopping = false;
  private endPause: (() => void) | undefined;
  private clerk: Pool | undefined;
  /** The newest digest outside, by organisation, read once. */
  private readonly outside = new Map<string, DigestLine | null>();
  private readonly told = new Map<string, number>();

  constructor(
    @InjectSettings() private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly digests: DigestsService,
    private readonly logger: Logger,
  ) {}

  /** Seals from now on, until the process stops. Only a worker starts it. */
  start(): void {
    this.running ??= this.work();
  }

  /** Seals everything that can be sealed now; returns how many events. One organisation in trouble does not hold up the others. */
  async seal(): Promise<number> {
    const pool = this.pool();
    const { rows } = await pool.query<Tenant>({ ...TO_SEAL });
    let sealed = 0;
    const failures: unknown[] = [];
    for (const tenant of rows) {
      try {
        for (let count = BATCH; count === BATCH; sealed += count) count = await this.sealOne(pool, tenant);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return sealed;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.endPause?.();
    await this.running;
    // What the last requests did is sealed too, where that is possible.
    if (this.running) await this.seal().catch(() => undefined);
    await this.clerk?.end();
    this.clerk = undefined;
  }

  /** One seal for one organisation, in one transaction; its digest goes outside when it is committed. */
  private async sealOne(pool: Pool, tenant: Tenant): Promise<number> {
    const key = await this.vault.auditKey(tenant.id);
    const client = await pool.connect();
    let done: { seal: Seal; digest: Buffer } | null;
    try {
      await client.query('begin');
      done = await this.next(client, tenant, key);
      await client.query(done ? 'commit' : 'rollback');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
    if (!done) return 0;
    await this.tell(tenant, done.seal, done.digest);
    return done.seal.events;
  }

  private async next(client: PoolClient, tenant: Tenant, key: Buffer): Promise<{ seal: Seal; digest: Buffer } | null> {
    const ask = async <Row extends object>({ name, text }: Statement, values: unknown[]): Promise<Row[]> =>
      (await client.query<Row>({ name, text, values })).rows;
    const [lock] = await ask<{ locked: boolean }>(TRY_LOCK, [tenant.id]);
    if (!lock?.locked) return null;
    const [row] = await ask<SealRow>(LAST_SEAL, [tenant.id]);
    const last = row ? sealOf(row) : null;
    const from = last?.to ?? BEFORE_ALL;
    const [counter] = await ask<CounterRow>(COUNTER, [from.tx]);
    const restored = (last && from.epoch === last.epoch && counter!.behind) || (await this.knownLater(tenant, last, row?.digest));
    if (restored) {
      this.once(`restored ${tenant.id}`, () =>
        this.logger.error({ organisation: tenant.slug }, 'the database stands behind its audit digests: not sealed until npm run verify-audit -- --new-epoch'),
      );
      return null;
    }
    const lines = await ask<EventLine>(SEALABLE, [tenant.id, ...placeValues(from), last?.epoch ?? 0, BATCH]);
    if (lines.length === 0) return null;
    const { id, epoch, tx } = lines.at(-1)!;
    const seal: Seal = {
      organisationId: tenant.id,
      epoch: last?.epoch ?? epoch,
      number: (last?.number ?? 0) + 1,
      at: this.clock.now(),
      to: { epoch, tx, id },
      events: lines.length,
      reason: null,
      known: null,
    };
    const codes = lines.map((line) => codeOf(key, line));
    const digest = digestOf(key, row?.digest ?? null, seal, codes);
    await ask(INSERT_SEAL, sealValues(seal, marksOf(codes), digest));
    return { seal, digest };
  }

  /** Whether outside there is a digest that this database has no more: it was put back to an earlier moment. */
  private async knownLater(tenant: Tenant, last: Seal | null, digest: Buffer | undefined): Promise<boolean> {
    let known = this.outside.get(tenant.id);
    if (known === undefined || (known && isLater(known, last))) {
      known = await this.digests.newest(tenant);
      this.outside.set(tenant.id, known);
    }
    if (!known) return false;
    if (last && known.epoch === last.epoch && known.number === last.number) return known.digest !== digest!.toString('hex');
    return isLater(known, last);
  }

  private async tell(tenant: Tenant, { epoch, number, at, events }: Seal, digest: Buffer): Promise<void> {
    const line = { epoch, number, digest: digest.toString('hex'), at: at.toISOString() };
    try {
      await this.digests.append(tenant, line);
      this.outside.set(tenant.id, { organisation: tenant.id, ...line });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.once('no file', () => this.logger.error({ code, dir: this.settings.auditDigestDir }, 'audit digests cannot be written'));
    }
    this.once(`told ${tenant.id}`, () =>
      this.logger.info({ organisation: tenant.slug, seal: nameOf({ epoch, number }), events, digest: line.digest }, 'audit log sealed'),
    );
  }

  /** At most once in a while. */
  private once(what: string, say: () => void): void {
    const now = performance.now();
    if (now - (this.told.get(what) ?? -Infinity) < TOLD_MS) return;
    this.told.set(what, now);
    say();
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.seal();
      } catch (error) {
        const reason = (error as { code?: string }).code ?? (error as Error).message;
        this.once('failed', () => this.logger.warn({ reason }, 'the audit log cannot be sealed now; it is tried again'));
      }
      if (this.stopping) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        this.endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Its own two connections: a seal must be on disk before its digest goes outside, unlike the queue's book-keeping. */
  private pool(): Pool {
    if (this.clerk) return this.clerk;
    if (!this.settings.databaseClerkUrl) throw new Error('Sealing needs DATABASE_CLERK_URL');
    this.clerk = new Pool({ connectionString: this.settings.databaseClerkUrl, max: 2, keepAlive: true });
    this.clerk.on('connect', (client) => client.on('error', () => undefined));
    this.clerk.on('error', (error) => this.logger.warn({ reason: error.message }, 'a connection of the sealer was lost'));
    return this.clerk;
  }
}

import { Injectable } from '@nestjs/common';
import { escapeLiteral, types, type Pool, type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { Ctx } from '../actor.js';
import { Clock } from '../clock.js';
import { IdempotencyKeys } from '../http/idempotency.js';
import { Vault } from '../vault/vault.js';
import { type Statement, type Tx } from './tx.js';

// A calendar date stays the text that it is: a Date would move it by the server's time zone.
types.setTypeParser(types.builtins.DATE, (text) => text);

/** Deadlock or serialisation failure: the same command may succeed when tried again. */
const TRY_AGAIN = new Set(['40P01', '40001']);

/** PostgreSQL's error code below whatever TypeORM wrapped around it. */
export function databaseErrorCode(error: unknown): string | undefined {
  const outer = error as { code?: string; driverError?: { code?: string } };
  return outer?.driverError?.code ?? outer?.code;
}

/** A code that PostgreSQL itself gave: five signs. */
export const isDatabaseCode = (code: string | undefined): boolean => /^[0-9A-Z]{5}$/.test(code ?? '');

const LOST_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', '53300', '57P01', '57P02', '57P03']);
const LOST_CONNECTION_TEXT = /^(timeout exceeded when trying to connect|Connection terminated)/;

/** Whether the database could not be had just now: away, full, or going away. */
export function isUnavailable(error: unknown): boolean {
  const code = databaseErrorCode(error) ?? '';
  return LOST_CONNECTION.has(code) || code.startsWith('08') || (error instanceof Error && LOST_CONNECTION_TEXT.test(error.message));
}

/** The name of the constraint that refused a write. */
export function brokenConstraint(error: unknown): string | undefined {
  const outer = error as { constraint?: string; driverError?: { constraint?: string } };
  return outer?.driverError?.constraint ?? outer?.constraint;
}

/** The only way to the database. */
@Injectable()
export class Database {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly idempotency: IdempotencyKeys,
    private readonly vault: Vault,
  ) {}

  /**
   * Runs one command in one transaction with the tenant set. The work returns what the caller is answered, as plain JSON
   * values: with an Idempotency-Key it is kept and given again. A deadlock is tried once more.
   */
  async run<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
    const once = (): Promise<T> =>
      this.transaction(ctx, 'begin', async (tx) => {
        if (!ctx.idempotency) return work(tx);
        const earlier = await this.idempotency.claim(tx, ctx.idempotency);
        if (earlier) return earlier.answer as T;
        const answer = await work(tx);
        await this.idempotency.keep(tx, ctx.idempotency, answer);
        return answer;
      });
    try {
      return await once();
    } catch (error) {
      if (TRY_AGAIN.has(databaseErrorCode(error) ?? '')) return once();
      throw error;
    }
  }

  /** Reads in one read-only transaction with the tenant set. */
  async view<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(ctx, 'begin read only', work);
  }

  /** The same at one instant: what others commit meanwhile is not seen, so that all of it fits together. */
  async snapshot<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(ctx, 'begin isolation level repeatable read, read only', work);
  }

  /** One statement by itself: for those that call `enter`, and for tables without a tenant. */
  async one<Row>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
    const result = await this.pool.query({ name, text, values: values as unknown[] });
    return result.rows as Row[];
  }

  private get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  private async transaction<T>(ctx: Ctx, begin: 'begin' | 'begin read only' | 'begin isolation level repeatable read, read only', work: (tx: Tx) => Promise<T>): Promise<T> {
    const { organisationId } = ctx.actor;
    await this.vault.prepare(organisationId);
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      try {
        // Both in one round trip. TypeORM is told, since it takes row locks only where it knows of a transaction.
        await client.query(`${begin}; set local app.organisation_id = ${escapeLiteral(organisationId)}`);
        Object.assign(runner, { isTransactionActive: true });
        const afterCommit = new Set<() => void>();
        const now = this.clock.now();
        const tx = { organisationId, now, actor: ctx.actor, ctx, em: runner.manager, client, afterCommit } as unknown as Tx;
        const result = await work(tx);
        // A transaction in which a statement failed is rolled back by COMMIT, without an error.
        const { command } = await client.query('commit');
        if (command !== 'COMMIT') throw new Error('A statement of this command failed, and went unnoticed');
        for (const call of afterCommit) call();
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

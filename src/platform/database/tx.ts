import type { EntityManager } from 'typeorm';
import type { PoolClient } from 'pg';
import type { Actor, Ctx } from '../actor.js';

declare const brand: unique symbol;

/**
 * One open transaction in which the tenant is set. Only `Database` makes one, so that a write outside a transaction, or
 * without a tenant, does not compile. Passed on by hand.
 */
export interface Tx {
  readonly [brand]: true;
  readonly organisationId: string;
  /** The instant of the command: the same for everything that it writes. */
  readonly now: Date;
  readonly actor: Actor;
  readonly ctx: Ctx;
  /** TypeORM for inserts, conditional updates and simple finds. */
  readonly em: EntityManager;
  /** The connection below it, for named statements. */
  readonly client: PoolClient;
  /** Called once each after the commit, never after a rollback: for waking the relay. */
  readonly afterCommit: Set<() => void>;
}

/** A hand-written statement that PostgreSQL prepares once per connection under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const known = new Map<string, string>();

/** Declares a named statement; a name stands for one text in the whole process. */
export function statement(name: string, text: string): Statement {
  const before = known.get(name);
  if (before !== undefined && before !== text) throw new Error(`Two statements are named ${name}`);
  known.set(name, text);
  return { name, text };
}

/** Runs a named statement inside the transaction and returns its rows. */
export async function named<Row>(tx: Tx, { name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
  const result = await tx.client.query({ name, text, values: values as unknown[] });
  return result.rows as Row[];
}

/** Rows as the arrays that `unnest` takes. */
export function columns<Row>(rows: readonly Row[], names: readonly (keyof Row)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}

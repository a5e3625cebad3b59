import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Names of the run's server; roles belong to all its databases. */
export const TEMPLATE = 'netwerkberaad_template';
export const OWNER = 'netwerkberaad_owner';

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
  clerkUrl: string;
  /** A superuser's address of the same database: to look behind row-level security, never for the service. */
  superuserUrl: string;
  drop(): Promise<void>;
}

type Urls = Omit<TestDatabase, 'drop'>;

/** Addresses of one database on the run's server. */
export function urlsOf(database: string): Urls {
  const url = (user: string): string => `postgres://${user}:test@127.0.0.1:${process.env.TEST_CLUSTER_PORT}/${database}`;
  return {
    ownerUrl: url(OWNER),
    appUrl: url('netwerkberaad_web'),
    clerkUrl: url('netwerkberaad_queue'),
    superuserUrl: url('postgres'),
  };
}

/** A migrated database of one's own: a copy of the run's template. `empty` gives one that was never migrated. */
export async function freshDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(`create database ${name} owner ${OWNER} template ${empty ? 'template1' : TEMPLATE}`);
  return { ...urlsOf(name), drop: () => asSuperuser(`drop database if exists ${name} with (force)`) };
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new Client(urlsOf('postgres').superuserUrl);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

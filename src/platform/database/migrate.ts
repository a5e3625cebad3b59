import { escapeIdentifier, type Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { Refusal } from '../config/refusal.js';
import { migrateQueue } from '../queue/migrate.js';
import { connect, errorCode } from './connect.js';
import { APP_GROUP, CLERK_GROUP, connectAs, makeRoles } from './roles.js';

const OLDEST_VERSION = 15;
const DONE_TABLE = 'platform_migrations';
/** One process migrates, the others wait for it. */
const MIGRATION_LOCK = 0x6e6d;

/**
 * Brings a database up to date: roles, tables, and the queue's own tables. Safe to call from several processes at once, and
 * quick when there is nothing to do. Refuses in one line what it may not or cannot do.
 */
export async function migrate(ownerUrl: string, { appUrl, clerkUrl }: { appUrl: string; clerkUrl: string }): Promise<void> {
  const owner = await connect('DATABASE_OWNER_URL', ownerUrl);
  try {
    await refuseOldVersion(owner);
    await refuseStranger(owner);
    await owner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await makeRoles(owner, APP_GROUP, appUrl);
    await makeRoles(owner, CLERK_GROUP, clerkUrl);
    await needExtension(owner, 'btree_gist');
    await migrateTables(ownerUrl);
    await owner.query(`grant select on ${DONE_TABLE} to ${APP_GROUP.name}, ${CLERK_GROUP.name}`);
    await migrateQueueAs(owner, clerkUrl);
    for (const [group, url] of [
      [APP_GROUP, appUrl],
      [CLERK_GROUP, clerkUrl],
    ] as const)
      await (await connectAs(group, url)).end();
  } finally {
    await owner.end();
  }
}

/** Refuses a database that this version's migrations were not run on, and a role that could go around row-level security. */
export async function assertMigrated(appUrl: string): Promise<void> {
  const client = await connectAs(APP_GROUP, appUrl);
  try {
    await refuseOldVersion(client);
    const { rows } = await client.query<{ name: string }>(`select name from ${DONE_TABLE}`).catch((error: unknown) => {
      if (['42P01', '42501'].includes(errorCode(error))) return { rows: [] };
      throw error;
    });
    const done = new Set(rows.map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !done.has(name));
    if (missing.length > 0) {
      throw new Refusal(
        `The database of DATABASE_URL misses ${missing.length} migrations: run npm run migrate first, or set DATABASE_OWNER_URL.`,
      );
    }
  } finally {
    await client.end();
  }
}

async function refuseOldVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int number, current_setting('server_version') as version`,
  );
  const { number, version } = rows[0] as { number: number; version: string };
  if (number >= OLDEST_VERSION * 10_000) return;
  throw new Refusal(`PostgreSQL ${version} is too old: use version ${OLDEST_VERSION} or newer, or leave DATABASE_URL out.`);
}

async function refuseStranger(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ mine: boolean; login: string; database: string }>(
    `select pg_has_role(datdba, 'USAGE') mine, current_user login, datname as database
     from pg_database where datname = current_database()`,
  );
  const { mine, login, database } = rows[0] as { mine: boolean; login: string; database: string };
  if (mine) return;
  throw new Refusal(
    `DATABASE_OWNER_URL signs in as ${login}, who does not own ${database}:
    let a superuser run: alter database ${database} owner to ${login}; and start again.`,
  );
}

async function needExtension(owner: Client, name: string): Promise<void> {
  try {
    await owner.query(`create extension if not exists ${name}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(
      `The extension ${name} cannot be made (${why}): let a superuser run "create extension ${name}" in this database.`,
    );
  }
}

async function migrateTables(ownerUrl: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations,
    migrationsTableName: DONE_TABLE,
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logging: false,
    poolSize: 2,
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

/** The clerk owns the queue's schema and makes it itself; it may create in this database only for as long as that takes. */
async function migrateQueueAs(owner: Client, clerkUrl: string): Promise<void> {
  const clerk = escapeIdentifier(decodeURIComponent(new URL(clerkUrl).username));
  const { rows } = await owner.query<{ name: string }>('select current_database() as name');
  const database = escapeIdentifier(rows[0]?.name ?? '');
  await owner.query(`grant create on database ${database} to ${clerk}`);
  try {
    await migrateQueue(clerkUrl);
  } finally {
    await owner.query(`revoke create on database ${database} from ${clerk}`);
  }
}

import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrations } from '../migrations/index.js';
import { assertMigrated, migrate } from '../src/platform/database/migrate.js';
import { freshDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;
const logins: string[] = [];

beforeEach(async () => {
  database = await freshDatabase({ empty: true });
});
afterEach(async () => {
  await database.drop();
  const superuser = await freshDatabase({ empty: true });
  for (const login of logins.splice(0)) await rows(superuser.superuserUrl, `drop role if exists ${login}`);
  await superuser.drop();
});

async function rows<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** An address of this spec's database for a login that is not there yet. */
function newLogin(): { login: string; url: string } {
  const login = `login_${randomBytes(4).toString('hex')}`;
  logins.push(login);
  const url = new URL(database.appUrl);
  url.username = login;
  return { login, url: url.href };
}

const done = (): Promise<{ name: string }[]> => rows(database.ownerUrl, 'select name from platform_migrations order by id');

it('brings an empty database up to date, and a second time changes nothing', async () => {
  await expect(assertMigrated(database.appUrl)).rejects.toThrow(/run npm run migrate/);
  await migrate(database.ownerUrl, database);
  expect((await done()).map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  await migrate(database.ownerUrl, database);
  expect(await done()).toHaveLength(migrations.length);
  await assertMigrated(database.appUrl);
});

it('runs each migration once when several processes start at the same time', async () => {
  await Promise.all([1, 2, 3, 4].map(() => migrate(database.ownerUrl, database)));
  expect(await done()).toHaveLength(migrations.length);
});

it('runs each migration backwards and forwards again', async () => {
  await migrate(database.ownerUrl, database);
  const { DataSource } = await import('typeorm');
  const source = await new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    migrations,
    migrationsTableName: 'platform_migrations',
    installExtensions: false,
  }).initialize();
  for (let left = migrations.length; left > 0; left -= 1) await source.undoLastMigration({ transaction: 'each' });
  await source.destroy();
  const left = await rows(
    database.superuserUrl,
    `select relname from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and relname <> 'platform_migrations'`,
  );
  expect(left).toEqual([]);
  await migrate(database.ownerUrl, database);
  expect(await done()).toHaveLength(migrations.length);
});

it('gives links and sessions that were there before their purpose, whoever owns the tables', async () => {
  const { DataSource } = await import('typeorm');
  const until = migrations.findIndex(({ name }) => name.startsWith('KnownDevices'));
  const before = await new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    migrations: migrations.slice(0, until),
    migrationsTableName: 'platform_migrations',
    installExtensions: false,
  }).initialize();
  await before.runMigrations({ transaction: 'each' });
  await before.destroy();
  const id = (n: number): string => `'00000000-0000-7000-8000-00000000000${n}'`;
  await rows(
    database.superuserUrl,
    `set session_replication_role = replica;
     insert into people_organisations (id, slug, name, wrapped_key, created_at) values (${id(1)}, 'noord', 'Noord', '', '2026-01-01');
     insert into people_links (organisation_id, id, hash, member_id, makes_known, created_at, expires_at)
       select ${id(1)}, i::uuid, sha256(i::bytea), ${id(2)}, known, '2026-01-01', '2026-02-01'
       from (values (${id(3)}, true), (${id(4)}, false)) v (i, known);
     insert into people_sessions (organisation_id, id, hash, member_id, created_at, expires_at)
       values (${id(1)}, ${id(5)}, sha256('five'), ${id(2)}, '2026-01-01', '2026-02-01')`,
  );
  await migrate(database.ownerUrl, database);
  expect(await rows(database.superuserUrl, 'select purpose from people_links order by id')).toEqual([{ purpose: 'show' }, { purpose: 'take-part' }]);
  expect(await rows(database.superuserUrl, 'select purpose from people_sessions')).toEqual([{ purpose: 'take-part' }]);
  const open = await rows(
    database.superuserUrl,
    `select relname from pg_class where relname in ('people_links', 'people_sessions') and not relforcerowsecurity`,
  );
  expect(open).toEqual([]);
});

it('makes the logins of the addresses: members of their group, unable to go around row-level security', async () => {
  const [app, clerk] = [newLogin(), newLogin()];
  await migrate(database.ownerUrl, { appUrl: app.url, clerkUrl: clerk.url });
  const made = await rows<{ login: string; groups: string; mighty: boolean }>(
    database.superuserUrl,
    `select l.rolname login, g.rolname groups,
       l.rolsuper or l.rolbypassrls or l.rolcreaterole or g.rolbypassrls or g.rolcanlogin mighty
     from pg_auth_members m join pg_roles l on l.oid = m.member join pg_roles g on g.oid = m.roleid
     where l.rolname in ('${app.login}', '${clerk.login}') order by g.rolname`,
  );
  expect(made).toEqual([
    { login: app.login, groups: 'netwerkberaad_app', mighty: false },
    { login: clerk.login, groups: 'netwerkberaad_clerk', mighty: false },
  ]);
  await rows(database.superuserUrl, `drop owned by ${app.login}, ${clerk.login} cascade`);
});

it('lets the clerk own the schema of the queue, and nothing else', async () => {
  await migrate(database.ownerUrl, database);
  const owned = await rows(
    database.superuserUrl,
    `select nspname from pg_namespace where nspowner = 'netwerkberaad_queue'::regrole`,
  );
  expect(owned).toEqual([{ nspname: 'bullmq' }]);
  await expect(rows(database.clerkUrl, 'create schema other')).rejects.toThrow(/permission denied/);
  await expect(rows(database.appUrl, 'select * from bullmq.job')).rejects.toThrow(/permission denied/);
});

describe('refuses in one line', () => {
  it('an owner who may not make roles, with the SQL for who may', async () => {
    const owner = newLogin();
    const name = new URL(database.ownerUrl).pathname.slice(1);
    await rows(database.superuserUrl, `create role ${owner.login} login; alter database ${name} owner to ${owner.login}`);
    const { login, url } = newLogin();
    await expect(migrate(owner.url, { appUrl: url, clerkUrl: database.clerkUrl })).rejects.toThrow(
      'DATABASE_OWNER_URL may not make roles: let a superuser run: ' +
        `create role "${login}" login nobypassrls in role "netwerkberaad_app" password '…'; and start again.`,
    );
    await rows(database.superuserUrl, `alter database ${name} owner to netwerkberaad_owner`);
  });

  it('an owner who does not own the database', async () => {
    await expect(migrate(database.clerkUrl, database)).rejects.toThrow(
      /who does not own test_\w+: let a superuser run: alter database/,
    );
  });

  it('an app role that is a superuser', async () => {
    await expect(migrate(database.ownerUrl, { ...database, appUrl: database.superuserUrl })).rejects.toThrow(
      /DATABASE_URL signs in as postgres, which can go around row-level security/,
    );
  });
});

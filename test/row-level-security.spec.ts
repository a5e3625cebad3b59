import { Client } from 'pg';
import { freshDatabase, type TestDatabase } from './support/database.js';

/** Read before anyone is known: the tenants themselves, the way from a mail address to one, counts of tries, and TypeORM's list. */
const WITHOUT_TENANT = ['people_organisations', 'people_sign_in_addresses', 'platform_limits', 'platform_migrations', 'platform_installation'];

const HERE = '00000000-0000-7000-8000-00000000000a';
const THERE = '00000000-0000-7000-8000-00000000000b';

let database: TestDatabase;
let owner: Client;
let app: Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = await connected(database.superuserUrl);
  app = await connected(database.appUrl);
  for (const [id, slug] of [[HERE, 'here'], [THERE, 'there']]) {
    await owner.query(
      `insert into people_organisations (id, slug, name, wrapped_key, created_at) values ($1, $2, $2, '\\x00', '2026-01-01')`,
      [id, slug],
    );
  }
});
afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

interface Table {
  name: string;
  enabled: boolean;
  forced: boolean;
  tenant: boolean;
}

async function tables(): Promise<Table[]> {
  const { rows } = await owner.query<Table>(
    `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped) as tenant
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
  );
  return rows;
}

const tenantTables = async (): Promise<string[]> =>
  (await tables()).map(({ name }) => name).filter((name) => !WITHOUT_TENANT.includes(name));

it('protects every table but the few that are read before a tenant is known', async () => {
  const all = await tables();
  const open = all.filter(({ name }) => !WITHOUT_TENANT.includes(name)).filter((table) => !(table.enabled && table.forced && table.tenant));
  expect(open).toEqual([]);
  expect(all.length).toBeGreaterThan(20);
});

it('gives the service a role that owns nothing and cannot step around the rules', async () => {
  const { rows } = await app.query<{ super: boolean; bypass: boolean; owned: string }>(
    `select r.rolsuper as super, r.rolbypassrls as bypass,
       (select count(*) from pg_class c where c.relowner = r.oid) as owned from pg_roles r where r.rolname = current_user`,
  );
  expect(rows[0]).toEqual({ super: false, bypass: false, owned: '0' });
});

it('shows no row of any table when no tenant is set, nor when the setting is empty as on a connection used again', async () => {
  for (const setting of [null, '']) {
    await app.query('begin');
    if (setting !== null) await app.query(`select set_config('app.organisation_id', $1, true)`, [setting]);
    for (const table of await tenantTables()) {
      const { rows } = await app.query<{ count: string }>(`select count(*) from ${table}`);
      expect({ table, count: rows[0]!.count }).toEqual({ table, count: '0' });
    }
    await app.query('rollback');
  }
});

it('lets no statement write a row of another tenant into any table', async () => {
  for (const table of await tenantTables()) {
    await app.query('begin');
    await app.query(`select set_config('app.organisation_id', $1, true)`, [HERE]);
    // Row-level security is checked before the other columns' NOT NULL and foreign keys.
    const refusal = await app
      .query(`insert into ${table} (organisation_id) values ($1)`, [THERE])
      .then(() => 'written')
      .catch((error: { code: string }) => error.code);
    await app.query('rollback');
    expect({ table, refusal }).toEqual({ table, refusal: '42501' });
  }
});

it('hides and keeps the rows of another tenant in every table that has one', async () => {
  const staff = `insert into people_staff (organisation_id, id, name, roles, sealed, created_at) values ($1, $1, 'A', '{lead}', '\\x00', '2026-01-01')`;
  await owner.query(staff, [THERE]);
  await app.query('begin');
  await app.query(`select set_config('app.organisation_id', $1, true)`, [HERE]);
  expect((await app.query('select 1 from people_staff')).rowCount).toBe(0);
  expect((await app.query(`update people_staff set name = 'B'`)).rowCount).toBe(0);
  expect((await app.query('delete from people_staff')).rowCount).toBe(0);
  await app.query('rollback');
  expect((await owner.query('select name from people_staff where organisation_id = $1 and id = $1', [THERE])).rows).toEqual([{ name: 'A' }]);
});

it('ties every reference between tenant tables to the same tenant', async () => {
  const { rows } = await owner.query<{ name: string; source: string; target: string }>(
    `select k.conname as name, k.conrelid::regclass::text as source, k.confrelid::regclass::text as target
     from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace
       and not exists (
         select 1 from unnest(k.conkey) with ordinality c(col, i)
         join unnest(k.confkey) with ordinality f(col, i) using (i)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.col and a.attname = 'organisation_id'
         join pg_attribute b on b.attrelid = k.confrelid and b.attnum = f.col and b.attname in ('organisation_id', 'id'))`,
  );
  expect(rows).toEqual([]);
});

/** Ids that are only written down: of whatever kind, or of what has its own time to stay. */
const ONLY_WRITTEN_DOWN = [
  'audit_events', 'messages', 'platform_idempotency_keys', 'platform_lookups', 'platform_outbox', 'privacy_retention_cases',
];
const OF_ANY_KIND = ['actor_id', 'added_by_id', 'answered_by_id', 'condition_id', 'goal_id', 'message_id', 'taken_back_by_id'];

it('lets no id of another row stand without its reference', async () => {
  const { rows } = await owner.query<{ place: string }>(
    `select c.relname || '.' || a.attname as place from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and a.atttypid = 'uuid'::regtype and right(a.attname, 3) = '_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname <> 'organisation_id'
       and c.relname <> all ($1) and a.attname <> all ($2)
       and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey))`,
    [ONLY_WRITTEN_DOWN, OF_ANY_KIND],
  );
  expect(rows).toEqual([]);
});

it('refuses a reference to a row of another tenant', async () => {
  const mine = '00000000-0000-7000-8000-00000000000c';
  const staff = `insert into people_staff (organisation_id, id, name, roles, sealed, created_at) values ($1, $2, 'C', '{lead}', '\\x00', '2026-01-01')`;
  await owner.query(staff, [THERE, mine]);
  await app.query('begin');
  await app.query(`select set_config('app.organisation_id', $1, true)`, [HERE]);
  const session = app.query(
    `insert into people_sessions (organisation_id, id, hash, staff_id, created_at, expires_at)
     values ($1, $2, sha256('x'), $2, '2026-01-01', '2027-01-01')`,
    [HERE, mine],
  );
  await expect(session).rejects.toMatchObject({ code: '23503' });
  await app.query('rollback');
});

it('begins every primary key of a tenant table with the tenant', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `select k.conrelid::regclass::text as name from pg_constraint k
     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     where k.contype = 'p' and k.connamespace = 'public'::regnamespace and a.attname <> 'organisation_id'`,
  );
  expect(rows.map(({ name }) => name).filter((name) => !WITHOUT_TENANT.includes(name))).toEqual([]);
});

it('names every table after the module that owns it', async () => {
  const modules = ['platform', 'audit', 'people', 'messages', 'cases', 'circle', 'meetings', 'neighbourhood', 'plans', 'referrals', 'micro_analysis', 'privacy'];
  const strays = (await tables()).filter(({ name }) => !modules.some((module) => name === module || name.startsWith(`${module}_`)));
  expect(strays).toEqual([]);
});

it('keeps the audit log append-only for the service', async () => {
  const { rows } = await owner.query<{ privilege: string }>(
    `select p.privilege from unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p(privilege)
     where has_table_privilege('netwerkberaad_app', 'audit_events', p.privilege)`,
  );
  expect(rows).toEqual([]);
});

it('gives the clerk the outbox of every tenant and nothing else of people', async () => {
  const clerk = await connected(database.clerkUrl);
  try {
    expect((await clerk.query('select count(*) from public.platform_outbox')).rowCount).toBe(1);
    await expect(clerk.query('select 1 from public.circle_members')).rejects.toMatchObject({ code: '42501' });
    await expect(clerk.query('select 1 from public.messages')).rejects.toMatchObject({ code: '42501' });
  } finally {
    await clerk.end();
  }
});

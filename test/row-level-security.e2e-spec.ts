import { Client } from 'pg';
import { SealerService } from '../src/audit/sealer.service.js';
import { UndeliveredService } from '../src/messages/undelivered.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type TestApp } from './support/app.js';
import { rowOf, ROWS, setStage, wireOf, type Stage } from './support/bad-input-stage.js';
import { RawHttp } from './support/raw-http.js';
import { begun } from './support/referring.js';
import { ran } from './support/retention.js';
import { until } from './support/waiting.js';

/** Read before anyone is known, or without a tenant: as in row-level-security.spec.ts. */
const WITHOUT_TENANT = ['people_organisations', 'people_sign_in_addresses', 'platform_limits', 'platform_migrations'];

let test: TestApp;
let owner: Client;
let app: Client;
/** The other tenant; everything that the stage set is here, nothing of it is there. */
let there: string;
/** A row of every table in which the work of one organisation left one. */
const rows = new Map<string, Record<string, unknown>>();
let empty: string[];

beforeAll(async () => {
  test = await startApp();
  const stage = await setStage(test);
  // Every valid request once, so that every kind of thing is there.
  const http = await RawHttp.to(test);
  const takesAway = (route: string): boolean => /handover|password|disabling|withdrawal|lost-phone|closure|stop$/.test(route);
  const routes = Object.keys(ROWS).filter((route) => !route.startsWith('DELETE'));
  // Said again, so that what was said before is kept.
  const again = routes.filter((route) => /^PUT .*\/(statements|preconditions)/.test(route));
  for (const route of [...routes.filter((one) => !takesAway(one)), ...again, ...routes.filter(takesAway)]) {
    await http.ask(wireOf(route, rowOf(route, stage), { headers: route.startsWith('POST') ? { 'Idempotency-Key': route.replace(/\W/g, '-') } : {} }));
  }
  await begun(test, 'self');
  await test.deliver();
  http.close();
  there = (await test.otherOrganisation('zuid')).organisationId;
  [owner, app] = [new Client(test.database.superuserUrl), new Client(test.database.appUrl)];
  await Promise.all([owner.connect(), app.connect()]);
  await fromOutside(stage);
  const tables = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'organisation_id' and table_name <> all ($1) order by 1`,
    [WITHOUT_TENANT],
  );
  for (const { name } of tables.rows) {
    const found = await owner.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t where organisation_id = $1 limit 1`, [
      test.organisationId,
    ]);
    if (found.rows[0]) rows.set(name, found.rows[0].row);
  }
  empty = tables.rows.map(({ name }) => name).filter((name) => !rows.has(name));
}, 120_000);
afterAll(async () => {
  await app.end();
  await owner.end();
  await test.stop();
});

/** What no request makes: the work of the night, a mail that comes back, who asks for their link, a sign-in elsewhere, a seal. */
async function fromOutside({ facilitator, cases: { close, stop, poll } }: Stage): Promise<void> {
  const ended = `update cases set closed_at = closed_at - $3::interval where organisation_id = $1 and id = $2`;
  await owner.query(ended, [test.organisationId, close.id, '340 days']);
  await owner.query(ended, [test.organisationId, stop.id, '400 days']);
  expect((await ran(test, facilitator, { dryRun: false })).cases).toMatchObject({ told: 1, erased: 1 });
  const night = systemContext(test.organisationId, 'test');
  await test.app.get(Database).run(night, (tx) => test.app.get(UndeliveredService).noteComplaint(tx, poll.members.Ada!.id));
  await owner.query(
    `insert into people_identities (organisation_id, id, staff_id, issuer, subject_hash, created_at)
     select organisation_id, gen_random_uuid(), id, 'https://id.example', sha256('x'), created_at from people_staff where organisation_id = $1 limit 1`,
    [test.organisationId],
  );
  await test.as().post('/v1/link-requests', { contact: 'wie@example.org', organisation: 'noord' }).expect(202);
  await until(async () => {
    await test.app.get(SealerService).seal();
    return (await owner.query('select 1 from audit_seals where organisation_id = $1', [test.organisationId])).rowCount !== 0;
  }, 'a seal');
}

/** What the service gets as the other tenant: a number of rows, or the code of the refusal. */
async function asOther(text: string, values: unknown[] = []): Promise<number | string> {
  await app.query('begin');
  await app.query(`select set_config('app.organisation_id', $1, true)`, [there]);
  const outcome = await app.query(text, values).then(
    ({ rowCount }) => rowCount ?? 0,
    (error: { code: string }) => error.code,
  );
  await app.query('rollback');
  return outcome;
}

it('has a real row to try in every table', () => {
  expect(empty).toEqual([]);
});

/** Not granted at all, or refused by row-level security: never a row. */
const KEPT = [0, '42501'];

it('shows, changes and takes away no row of another tenant in any table', async () => {
  for (const table of rows.keys()) {
    const mine = 'where organisation_id = $1';
    const read = await asOther(`select 1 from ${table} ${mine}`, [test.organisationId]);
    const everything = await asOther(`select 1 from ${table} where organisation_id <> $1`, [there]);
    const update = await asOther(`update ${table} set organisation_id = organisation_id ${mine}`, [test.organisationId]);
    const taken = await asOther(`delete from ${table} ${mine}`, [test.organisationId]);
    const kept = [read, everything, update, taken].map((outcome) => KEPT.includes(outcome));
    expect({ table, kept, outcomes: [read, everything, update, taken] }).toMatchObject({ table, kept: [true, true, true, true] });
  }
});

it('lets nobody write a row for another tenant, not even a copy of one that is there', async () => {
  for (const [table, row] of rows) {
    const written = await asOther(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [row]);
    // A generated column refuses first; the row is not written either way.
    expect({ table, written: ['42501', '428C9'].includes(String(written)) ? 'refused' : written }).toEqual({ table, written: 'refused' });
  }
});

it('lets no row refer to what another tenant has: the same ids under the own tenant are refused', async () => {
  const references = await owner.query<{ table: string; columns: string[] }>(
    `select k.conrelid::regclass::text as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'organisation_id'
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace group by k.oid, 1`,
  );
  let tried = 0;
  for (const { table, columns } of references.rows) {
    const row = rows.get(table);
    // Where it refers to nothing there is nothing to try.
    if (!row || columns.some((column) => row[column] === null)) continue;
    const copy = { ...row, organisation_id: there };
    const written = await asOther(
      `with w as (insert into ${table} select * from jsonb_populate_record(null::${table}, $1) returning 1) select 1 from w`,
      [copy],
    );
    expect({ table, columns, written: ['23503', '42501', '428C9'].includes(String(written)) ? 'refused' : written }).toEqual({ table, columns, written: 'refused' });
    tried += 1;
  }
  expect(tried).toBeGreaterThan(30);
});

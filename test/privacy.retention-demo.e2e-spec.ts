import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DateTime } from 'luxon';
import { Client } from 'pg';
import request from 'supertest';
import { createApp } from '../src/app.js';
import { ACCOUNTS } from '../src/demo/accounts.js';
import { ensureOrganisation } from '../src/demo/first-start.js';
import { MovableClock } from '../src/platform/clock.js';
import { Readiness } from '../src/platform/http/health.controller.js';
import { Vault } from '../src/platform/vault/vault.js';
import type { RetentionRun } from '../src/privacy/retention.dto.js';
import type { RetentionRule } from '../src/privacy/retention.rules.js';
import { testSettings } from './support/app.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { drain } from './support/queue.js';
import { countOf } from './support/retention.js';

const YEARS: [RetentionRule, number, 'all' | 'none'][] = [
  ['default', 1, 'all'],
  ['wmo', 1, 'none'],
  ['jeugdwet', 1, 'none'],
  ['default', 15, 'all'],
  ['wmo', 15, 'all'],
  ['jeugdwet', 15, 'none'],
  ['default', 21, 'all'],
  ['wmo', 21, 'all'],
  ['jeugdwet', 21, 'all'],
];

const MAKING_MS = 120_000;
const ZONE = 'Europe/Amsterdam';
const PASSWORD = 'welkom in oeverdam';

let database: TestDatabase;
let app: NestFastifyApplication;
let clock: MovableClock;
let owner: Client;
let today: string;
/** What had ended when the demo began, and the trials of that moment: tests come in any order. */
let ended: { id: string; has_plan: boolean; counts_from: string }[];
const trials = new Map<string, Tried>();

/** The demo as a person finds it today, and its clock in our hands. */
beforeAll(async () => {
  database = await freshDatabase();
  const settings = testSettings(database, { demo: true, demoPassword: PASSWORD });
  await ensureOrganisation(settings, createApp);
  owner = new Client(database.superuserUrl);
  await owner.connect();
  const { rows } = await owner.query<{ at: Date }>(`select max(at) + interval '1 hour' as at from audit_events`);
  clock = new MovableClock(rows[0]!.at);
  today = DateTime.fromJSDate(clock.now(), { zone: ZONE }).toISODate()!;
  app = await createApp(settings, { clock });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  app.get(Readiness).become('ready');
  ended = await ask(ENDED);
  trials.set('today', await trial({}));
  trials.set('half', await trial({ on: DateTime.fromISO(today).plus({ months: 6 }).toISODate()! }));
  for (const [rule, years] of YEARS) trials.set(`${rule} ${years}`, await trial({ rule, on: later(today, years) }));
}, MAKING_MS);
afterAll(async () => {
  await owner.end();
  await app.close();
  await database.drop();
});

const ask = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => (await owner.query<Row>(sql, values)).rows;

async function as(account: 'admin' | 'lead'): Promise<{ get<T>(path: string): Promise<T>; post<T>(path: string, body: object): Promise<T>; put<T>(path: string, body: object): Promise<T> }> {
  const server = app.getHttpServer();
  const signedIn = await request(server).post('/v1/sessions').send({ email: ACCOUNTS[account].email, password: PASSWORD }).expect(201);
  const { token } = signedIn.body as { token: string };
  const call = async <T>(method: 'get' | 'post' | 'put', path: string, body?: object): Promise<T> => {
    const answer = await request(server)[method](path).set('Authorization', `Bearer ${token}`).send(body);
    expect({ path, ok: answer.ok, text: answer.ok ? '' : answer.text }).toEqual({ path, ok: true, text: '' });
    return answer.body as T;
  };
  return { get: (path) => call('get', path), post: (path, body) => call('post', path, body), put: (path, body) => call('put', path, body) };
}

async function ran(body: object): Promise<RetentionRun> {
  const admin = await as('admin');
  const { id } = await admin.post<RetentionRun>('/v1/retention-runs', body);
  await drain(app);
  const run = await admin.get<RetentionRun>(`/v1/retention-runs/${id}`);
  expect(run.state).toBe('done');
  return run;
}

const later = (day: string, years: number): string => DateTime.fromISO(day).plus({ years }).toISODate()!;

/** The cases of the demo that ended, with the day from which their term runs. */
const ENDED = `select c.id, exists (select from plans p where p.case_id = c.id) as has_plan,
    greatest((c.closed_at at time zone '${ZONE}')::date, (select max(measured_on) from micro_analysis_measurements m where m.case_id = c.id))::text
      as counts_from
  from cases c where c.state in ('closed', 'stopped') order by c.closed_at, c.id`;

interface Tried {
  run: RetentionRun;
  caseIds: string[];
  /** Rows of the cases that were to go, counted without our rules. */
  rows: Record<string, number>;
}

const TRIED_TABLES = { cases: 'id', circle_members: 'case_id', plans: 'case_id', cases_timeline: 'case_id', meetings: 'case_id', referrals: 'case_id' };

async function trial(body: object): Promise<Tried> {
  const run = await ran({ dryRun: true, ...body });
  const { items } = await (await as('admin')).get<{ items: { caseId: string; outcome: string }[] }>(`/v1/retention-runs/${run.id}/cases?limit=100`);
  const caseIds = items.filter(({ outcome }) => outcome === 'erased').map(({ caseId }) => caseId);
  const rows: Record<string, number> = {};
  for (const [table, column] of Object.entries(TRIED_TABLES)) {
    [{ n: rows[table] }] = (await ask<{ n: number }>(`select count(*)::int as n from ${table} where ${column} = any ($1)`, [caseIds])) as [{ n: number }];
  }
  return { run, caseIds, rows };
}

describe('the demo a number of years on', () => {
  it('is tried on cases that ended today at the latest', () => {
    expect(ended.length).toBeGreaterThan(8);
    expect(ended.every(({ counts_from }) => counts_from <= today)).toBe(true);
  });

  it('has today nothing with a plan of which the main persons are not told first', () => {
    const { run } = trials.get('today')!;
    const due = ended.filter(({ counts_from }) => later(counts_from, 1) <= today);
    expect(run.cases.erased).toBe(due.filter(({ has_plan }) => !has_plan).length);
    expect(run.cases.told).toBeGreaterThanOrEqual(due.filter(({ has_plan }) => has_plan).length);
  });

  it.each(YEARS)('would under %s, %i years on, erase %s of the cases that have ended today, and none that is open', (rule, years, which) => {
    const { run, caseIds, rows } = trials.get(`${rule} ${years}`)!;
    const gone = which === 'all' ? ended.map(({ id }) => id) : [];
    expect(run.cases).toEqual({ erased: gone.length, told: 0, held: 0, failed: 0 });
    expect([...caseIds].sort()).toEqual([...gone].sort());
    for (const table of Object.keys(TRIED_TABLES)) expect({ table, n: countOf(run, 'case-contents', table) }).toEqual({ table, n: rows[table] });
  });

  it('would go by the day: half a year on under the default those that ended more than a year before it, and no other', () => {
    const { run, caseIds } = trials.get('half')!;
    const due = ended.filter(({ counts_from }) => later(counts_from, 1) <= run.on);
    expect([...caseIds].sort()).toEqual(due.map(({ id }) => id).sort());
    expect(due.length).toBeGreaterThan(0);
    expect(due.length).toBeLessThan(ended.length);
  });
});

/** Everything that stands in the database as text: columns as they are, and what is sealed, opened. */
async function everyWord(): Promise<Map<string, string>> {
  const tables = await ask<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  const words = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await ask<Record<string, unknown>>(`select * from ${name}`);
    words.set(name, (await Promise.all(rows.map((row) => wordsOf(name, row)))).join('\n'));
  }
  return words;
}

const SEALED = ['sealed', 'answer', 'safety_check'];

async function wordsOf(table: string, row: Record<string, unknown>): Promise<string> {
  const plain = JSON.stringify(row, (_, value: unknown) => (Buffer.isBuffer(value) ? undefined : value));
  const opened = await Promise.all(
    SEALED.filter((column) => Buffer.isBuffer(row[column])).map((column) => open(table, column, row)),
  );
  return [plain, ...opened].join('\n');
}

/** A row is sealed under one of its own ids, or two of them together. */
async function open(table: string, column: string, row: Record<string, unknown>): Promise<string> {
  const texts = Object.values(row).filter((value): value is string => typeof value === 'string');
  const ids = [...texts, ...texts.flatMap((one) => texts.map((other) => `${one} ${other}`))];
  for (const id of ids) {
    for (const joined of [id, id.replace(' ', '/'), id.replace(' ', ':')]) {
      const ref = { organisationId: row.organisation_id as string, table, column, id: joined };
      const found = await app.get(Vault).open<unknown>(ref, row[column] as Buffer).catch(() => undefined);
      if (found !== undefined) return JSON.stringify(found);
    }
  }
  throw new Error(`${table}.${column} does not open with any of its own ids`);
}

const tablesWith = (words: Map<string, string>, name: string): string[] => [...words].flatMap(([table, text]) => (text.includes(name) ? [table] : []));

it('erases for real a year on: nothing of those people is left in any table, others are there, and the figures say the same', async () => {
  const over = await ask<{ id: string; reference: string }>(`select id, reference from cases where state in ('closed', 'stopped')`);
  const ids = over.map(({ id }) => id);
  const people = await ask<{ name: string; ended: boolean }>(
    `select m.name, c.state in ('closed', 'stopped') as ended from circle_members m join cases c on c.id = m.case_id and c.organisation_id = m.organisation_id`,
  );
  const elsewhere = new Set(people.filter((person) => !person.ended).map(({ name }) => name));
  const before = await everyWord();
  // Full names that are written of ended cases only; who refers often, or works here, is known by other things too.
  const staff = before.get('people_staff')!;
  const open = await ask<{ sealed: Buffer; id: string; organisation_id: string }>(
    `select * from referrals where case_id is null or case_id <> all ($1)`, [ids],
  );
  const openReferrals = (await Promise.all(open.map((row) => wordsOf('referrals', row)))).join('\n');
  const canaries = [...new Set(people.filter((person) => person.ended).map(({ name }) => name))].filter(
    (name) => name.includes(' ') && !elsewhere.has(name) && !staff.includes(name) && !openReferrals.includes(name),
  );
  expect(canaries.length).toBeGreaterThan(20);
  expect(canaries.filter((name) => tablesWith(before, name).length === 0)).toEqual([]);
  const residents = await ask<{ name: string }>(`select resident_name as name from cases where id <> all ($1)`, [ids]);
  const others = residents.map(({ name }) => name);

  const months = `from=${DateTime.fromISO(today).minus({ months: 24 }).toFormat('yyyy-MM')}&to=${today.slice(0, 7)}`;
  const figures = async (): Promise<unknown[]> => {
    const lead = await as('lead');
    const reports: unknown[] = [];
    for (const name of ['monthly-figures', 'lead-times', 'circle-growth', 'drop-off']) reports.push(await lead.get(`/v1/reports/${name}?${months}`));
    return reports;
  };
  const counted = await figures();
  expect(JSON.stringify(counted)).toMatch(/"medianDaysToMeeting":[1-9]/);

  clock.set(DateTime.fromISO(today, { zone: ZONE }).plus({ years: 1, hours: 12 }).toJSDate());
  const told = await ran({ dryRun: false });
  const plans = await ask<{ id: string }>('select distinct case_id as id from privacy_notices');
  expect(told.cases).toMatchObject({ told: plans.length, erased: over.length - plans.length });
  clock.advance({ days: 30 });
  await drain(app);
  const trial = await ran({ dryRun: true });
  const run = await ran({ dryRun: false });
  expect(run.counts).toEqual(trial.counts);
  expect(run.cases).toEqual({ erased: plans.length, told: 0, held: 0, failed: 0 });

  expect(await ask('select id from cases where id = any ($1)', [ids])).toEqual([]);
  const after = await everyWord();
  expect(canaries.map((name) => ({ name, tables: tablesWith(after, name) })).filter(({ tables }) => tables.length > 0)).toEqual([]);
  expect(others.filter((name) => tablesWith(after, name).length === 0)).toEqual([]);
  // Ids are left where they prove something, and references in the report of what was erased.
  const left = ids.flatMap((id) => tablesWith(after, id));
  expect([...new Set(left)].sort()).toEqual(['audit_events', 'privacy_retention_cases']);
  expect(over.flatMap(({ reference }) => tablesWith(after, reference)).filter((table) => table !== 'privacy_retention_cases')).toEqual([]);
  expect(await figures()).toEqual(counted);
}, MAKING_MS);

import { jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { AuditService } from '../src/audit/audit.service.js';
import { DigestsService } from '../src/audit/digests.service.js';
import { EpochsService } from '../src/audit/epochs.service.js';
import { EVENT_LINE } from '../src/audit/seals.queries.js';
import { SealerService } from '../src/audit/sealer.service.js';
import { VerifierService, type Verification } from '../src/audit/verifier.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type TestApp } from './support/app.js';

let home: string;
let test: TestApp;
let superuser: Client;
let file: string;

let organisationId: string;
let slug: string;

async function begin(): Promise<void> {
  home = mkdtempSync(join(tmpdir(), 'netwerkberaad-audit-'));
  test = await startApp({ auditDigestDir: home });
  superuser = new Client({ connectionString: test.database.superuserUrl });
  await superuser.connect();
}
async function end(): Promise<void> {
  await superuser.end();
  await test.stop();
  rmSync(home, { recursive: true });
}
beforeAll(begin);
afterAll(end);
/** Each test has a log of its own. */
let count = 0;
beforeEach(async () => {
  count += 1;
  slug = `org${count}`;
  ({ organisationId } = await test.otherOrganisation(slug));
  file = join(home, `${slug}.jsonl`);
});

/** Writes events, each in a command of its own. */
async function events(times: number, action = 'cases.handed-over'): Promise<void> {
  for (let i = 0; i < times; i += 1) await event(action);
}

const event = (action = 'cases.handed-over'): Promise<void> =>
  test.app.get(Database).run(systemContext(organisationId, 'test'), (tx) => test.app.get(AuditService).record(tx, { action, object: null }));

const seal = (): Promise<number> => test.app.get(SealerService).seal();

/** Until no transaction of another database on this server holds up what was written here. */
const settled = (): Promise<void> =>
  until(async () => {
    const { rowCount } = await superuser.query('select 1 from audit_events where tx >= pg_snapshot_xmin(pg_current_snapshot()) limit 1');
    return rowCount === 0;
  });

/** Makes one seal over this many events. */
async function sealed(expected: number): Promise<void> {
  const before = await underSeals();
  await settled();
  await seal();
  expect((await underSeals()) - before).toBe(expected);
}

async function underSeals(): Promise<number> {
  const { rows } = await superuser.query<{ events: number }>(
    'select coalesce(sum(events), 0)::int as events from audit_seals where organisation_id = $1',
    [organisationId],
  );
  return rows[0]!.events;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + 20_000; performance.now() < deadline; ) if (await condition()) return;
}

const verify = (): Promise<Verification> => test.app.get(VerifierService).verify({ id: organisationId, slug });
const found = async (): Promise<string[]> => (await verify()).findings.map(({ kind, where }) => `${kind}: ${where}`);
const ids = async (): Promise<string[]> =>
  (await superuser.query<{ id: string }>('select id from audit_events where organisation_id = $1 order by epoch, tx, id', [organisationId])).rows.map(({ id }) => id);

/** Three seals of three events each. */
async function sealedLog(): Promise<string[]> {
  for (let i = 0; i < 3; i += 1) {
    await events(3);
    await sealed(3);
  }
  expect(await found()).toEqual([]);
  return ids();
}

it('seals every event once, and nothing when there is nothing new', async () => {
  await events(5);
  await sealed(5);
  expect(await seal()).toBe(0);
  expect(await verify()).toMatchObject({ events: 5, seals: 1, epoch: 1, breaks: [], findings: [], lag: { events: 0 } });
});

it('finds nothing wrong when the sealer is at work at the same time', async () => {
  await sealedLog();
  const digests = test.app.get(DigestsService);
  const lines = digests.lines.bind(digests);
  jest.spyOn(digests, 'lines').mockImplementationOnce(async function* (...given) {
    await events(2);
    await sealed(2);
    yield* lines(...given);
  });
  expect(await found()).toEqual([]);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(4);
});

it('seals the other logs when one cannot be sealed', async () => {
  await event();
  await superuser.query(`create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`);
  await superuser.query(
    `create trigger broken before insert on audit_seals for each row when (new.organisation_id = '${organisationId}') execute function broken()`,
  );
  try {
    ({ organisationId } = await test.otherOrganisation(`${slug}-b`));
    await event();
    await settled();
    await expect(seal()).rejects.toThrow('broken');
    expect(await underSeals()).toBe(1);
  } finally {
    await superuser.query('drop function broken() cascade');
  }
  await seal();
});

it('writes the newest digest outside the database', async () => {
  await sealedLog();
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ epoch, number }) => [epoch, number])).toEqual([[1, 1], [1, 2], [1, 3]]);
  const { rows } = await superuser.query<{ digest: string }>(`select encode(digest, 'hex') as digest from audit_seals where organisation_id = $1 order by number`, [organisationId]);
  expect(lines.map(({ digest }) => digest)).toEqual(rows.map(({ digest }) => digest));
});

it('covers every column of the log', async () => {
  const { rows } = await superuser.query<{ attname: string }>(
    `select attname from pg_attribute where attrelid = 'audit_events'::regclass and attnum > 0 and not attisdropped and attname <> 'organisation_id'`,
  );
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.map(({ attname }) => attname).filter((name) => !EVENT_LINE.includes(`e.${name}`))).toEqual([]);
});

describe('the verifier finds', () => {
  it.each([
    ['action', `action = 'cases.read'`],
    ['actor', `actor_id = gen_random_uuid()`],
    ['instant', `at = at + interval '1 microsecond'`],
    ['purpose', `purpose = 'system '`],
    ['case', `case_id = gen_random_uuid()`],
  ])('an edited event, by its %s', async (_, change) => {
    const all = await sealedLog();
    await superuser.query(`update audit_events set ${change} where id = $1`, [all[4]]);
    expect(await found()).toEqual([`edited: event ${all[4]} in seal 1/2`]);
  });

  it('a removed event', async () => {
    const all = await sealedLog();
    await superuser.query('delete from audit_events where id = $1', [all[1]]);
    expect(await found()).toEqual(['removed: event 2 of 3 in seal 1/1']);
  });

  it('events of which the ids were exchanged', async () => {
    const all = await sealedLog();
    await superuser.query(`update audit_events set id = gen_random_uuid() where id = $1`, [all[3]]);
    await superuser.query('update audit_events set id = $1 where id = $2', [all[3], all[5]]);
    expect(await found()).toEqual(expect.arrayContaining([expect.stringMatching(/^edited: event .* in seal 1\/2$/)]));
  });

  it('events of which the places were exchanged', async () => {
    const all = await sealedLog();
    await superuser.query(
      `update audit_events e set tx = o.tx from audit_events o where (e.id, o.id) in (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))`,
      [all[0], all[8]],
    );
    expect((await found()).map((line) => line.replace(/event \S+ /, ''))).toEqual(['edited: in seal 1/1', 'edited: in seal 1/3']);
  });

  it('an inserted event', async () => {
    const all = await sealedLog();
    await superuser.query(
      `insert into audit_events select (json_populate_record(e, json_build_object('id', $2::text))).* from audit_events e where e.id = $1`,
      [all[4], 'ffffffff-0000-7000-8000-000000000000'],
    );
    expect(await found()).toEqual(['inserted: event ffffffff-0000-7000-8000-000000000000 in seal 1/2']);
  });

  it('a changed seal', async () => {
    await sealedLog();
    await superuser.query(`update audit_seals set at = at + interval '1 hour' where organisation_id = $1 and number = 2`, [organisationId]);
    expect(await found()).toEqual(['seal-changed: seal 1/2']);
  });

  it('a removed seal', async () => {
    await sealedLog();
    await superuser.query('delete from audit_seals where organisation_id = $1 and number = 2', [organisationId]);
    expect(await found()).toEqual(expect.arrayContaining(['seal-missing: before seal 1/3', expect.stringMatching(/^cut-tail: seal 1\/2, line 2 of /)]));
  });

  it('a tail that was cut off with its seals', async () => {
    const all = await sealedLog();
    await superuser.query('delete from audit_events where id = any ($1)', [all.slice(6)]);
    await superuser.query('delete from audit_seals where organisation_id = $1 and number = 3', [organisationId]);
    expect(await found()).toEqual([`cut-tail: seal 1/3, line 3 of ${file}; the database ends at seal 1/2`]);
    await events(1);
    expect(await seal()).toBe(0);
  });

  it('a log that was taken away altogether', async () => {
    await sealedLog();
    for (const table of ['audit_events', 'audit_seals']) await superuser.query(`delete from ${table} where organisation_id = $1`, [organisationId]);
    expect(await found()).toHaveLength(3);
  });

  it('a digest file that was changed, and one that is gone', async () => {
    await sealedLog();
    const lines = readFileSync(file, 'utf8');
    writeFileSync(file, lines.replace(/"digest":"..../, '"digest":"0000'));
    expect(await found()).toEqual([expect.stringMatching(/^digest-differs: seal 1\/1, line 1 of /)]);
    rmSync(file);
    expect(await found()).toEqual([`no-digests: ${file}`]);
  });

  it('what is not sealed after five seconds', async () => {
    await sealedLog();
    await events(2);
    await settled();
    test.clock.advance({ seconds: 5 });
    expect(await verify()).toMatchObject({ findings: [], lag: { events: 2, oldestSeconds: 5, waits: false } });
    test.clock.advance({ seconds: 1 });
    expect(await found()).toEqual([expect.stringMatching(/^unsealed: 2 events, the oldest of /)]);
  });
});

it('waits for a transaction that still runs, misses nothing of it, and calls that lag', async () => {
  const slow = new Client({ connectionString: test.database.superuserUrl });
  await slow.connect();
  await slow.query('begin; select pg_current_xact_id()');
  await events(2);
  expect(await seal()).toBe(0);
  test.clock.advance({ minutes: 10 });
  expect(await verify()).toMatchObject({ findings: [], lag: { events: 2, oldestSeconds: 600, waits: true } });
  await slow.query(
    `insert into audit_events (organisation_id, id, at, action, purpose, result, actor_kind, request_id)
     values ($1, gen_random_uuid(), '2026-11-16', 'cases.read', 'system', 'done', 'system', 'slow')`,
    [organisationId],
  );
  await slow.query('commit');
  await slow.end();
  await sealed(3);
  expect(await found()).toEqual([]);
});

it('with 16 who write at once, and two who seal, no event is missed and none is sealed twice', async () => {
  const other = await startSealer();
  const writers = Array.from({ length: 16 }, () => events(25));
  let writing = true;
  const sealing = [seal, other.seal].map(async (once) => {
    while (writing) await once();
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all(sealing);
  await until(async () => {
    await seal();
    return (await underSeals()) >= 400;
  });
  expect(await underSeals()).toBe(400);
  expect(await verify()).toMatchObject({ events: 400, findings: [], lag: { events: 0 } });
  await other.stop();
});

/** Another process's sealer on the same database. */
async function startSealer(): Promise<{ seal: () => Promise<number>; stop: () => Promise<void> }> {
  const { createApp } = await import('../src/app.js');
  const app = await createApp(test.settings, { clock: test.clock });
  await app.init();
  return { seal: () => app.get(SealerService).seal(), stop: () => app.close() };
}

describe('after the database was put back to an earlier moment', () => {
  // An epoch is of the whole database.
  let common: [string, TestApp, Client];
  beforeEach(async () => {
    common = [home, test, superuser];
    await begin();
    ({ organisationId } = await test.otherOrganisation(slug));
    file = join(home, `${slug}.jsonl`);
  });
  afterEach(async () => {
    await end();
    [home, test, superuser] = common;
  });

  /** Puts back what stood there after the second seal. */
  async function restored(): Promise<void> {
    const all = await sealedLog();
    await superuser.query('delete from audit_events where id = any ($1)', [all.slice(6)]);
    await superuser.query('delete from audit_seals where organisation_id = $1 and number = 3', [organisationId]);
  }
  const open = (reason: string): Promise<number> =>
    test.app.get(EpochsService).open(test.database.ownerUrl, [{ id: organisationId, slug }], reason);

  it('a new epoch goes on from there, says why and what is lost, and is valid', async () => {
    await restored();
    expect(await open('server lost, backup of 02:00')).toBe(2);
    await events(4);
    await sealed(5);
    expect(await verify()).toMatchObject({
      events: 11,
      seals: 4,
      epoch: 2,
      breaks: [{ epoch: 2, reason: 'server lost, backup of 02:00', lost: 'up to seal 1/3' }],
      findings: [],
    });
  });

  it('with transactions numbered from the beginning, as in another server, nothing is sealed until there is an epoch', async () => {
    await sealedLog();
    await superuser.query('update audit_events set tx = (tx::text::numeric + 1000000)::text::xid8');
    await superuser.query('truncate audit_seals');
    rmSync(file);
    await superuser.query(`insert into audit_seals select $1, 1, 1, '2026-11-16', 1, max(tx::text)::xid8, (array_agg(id order by tx desc))[1], 0, '', sha256('')
      from audit_events`, [organisationId]);
    await events(2);
    expect(await seal()).toBe(0);
    expect(await found()).toEqual(expect.arrayContaining([expect.stringMatching(/^counter-behind: seal 1\/1 covers transaction /)]));
  });

  it('what goes further than the epoch names is found', async () => {
    await restored();
    await open('restore');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n$/, `\n${JSON.stringify({ organisation: organisationId, epoch: 1, number: 4, digest: 'ab'.repeat(32), at: '' })}\n`));
    expect(await found()).toEqual([expect.stringMatching(/^cut-tail: seal 1\/4, line 5 of /)]);
  });
});

import { Client } from 'pg';
import { systemContext } from '../src/platform/actor.js';
import { createApp } from '../src/app.js';
import { Database } from '../src/platform/database/database.js';
import { rewrap, rotate, SEALED_COLUMNS, type RotationOptions } from '../src/platform/vault/rotation.js';
import { MasterKey, Vault, type SealRef } from '../src/platform/vault/vault.js';
import { startApp, type TestApp } from './support/app.js';
import { anInvitedCase, type StoryCase } from './support/stories.js';

let test: TestApp;
let superuser: Client;
let story: StoryCase;
let vault: Vault;

beforeAll(async () => {
  test = await startApp();
  superuser = new Client({ connectionString: test.database.superuserUrl });
  await superuser.connect();
  story = await anInvitedCase(test);
  vault = test.app.get(Vault);
});
afterAll(async () => {
  await superuser.end();
  await test.stop();
});

const at = (changes: Partial<SealRef> = {}): SealRef => ({ organisationId: test.organisationId, table: 'plans', id: 'a', ...changes });

describe('sealed bytes open nowhere but at their place', () => {
  it.each([
    ['another row', { id: 'b' }],
    ['another table', { table: 'meetings' }],
    ['another column', { column: 'answer' }],
  ])('not in %s', async (_, other) => {
    const bytes = await vault.seal(at(), 'geheim');
    expect(await vault.open(at(), bytes)).toBe('geheim');
    await expect(vault.open(at(other), bytes)).rejects.toThrow('belong elsewhere');
  });

  it('not in another organisation', async () => {
    const { organisationId } = await test.otherOrganisation('vault');
    await expect(vault.open(at({ organisationId }), await vault.seal(at(), 'geheim'))).rejects.toThrow(/belong elsewhere|not there/);
  });

  it('not with any bit turned, any part cut off, or a version that is not known', async () => {
    const bytes = await vault.seal(at(), 'geheim');
    for (let i = 0; i < bytes.length; i += 1) {
      const turned = Buffer.from(bytes);
      turned[i]! ^= 1;
      await expect(vault.open(at(), turned)).rejects.toThrow();
      await expect(vault.open(at(), bytes.subarray(0, i))).rejects.toThrow();
    }
    await expect(vault.open(at(), Buffer.concat([Buffer.from([9]), bytes.subarray(1)]))).rejects.toThrow('unknown version');
  });
});

it('a wrong MASTER_KEY is refused at the start, in one line', async () => {
  const app = await createApp({ ...test.settings, masterKey: Buffer.alloc(32, 8) }, { clock: test.clock });
  await expect(app.init()).rejects.toThrow(/^MASTER_KEY is not the key that this database was begun with/);
});

it('rotation knows every sealed column of the database', async () => {
  const { rows } = await superuser.query<{ place: string }>(
    `select c.relname || '.' || a.attname as place from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'bytea'::regtype and not a.attisdropped
       and a.attname !~ 'hash|digest|marks|fingerprint|wrapped|origin' order by 1`,
  );
  expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(rows.map(({ place }) => place));
});

describe('a rotation', () => {
  /** Time passes by itself, so that a rotation need not wait. */
  const options = (changes: Partial<RotationOptions> = {}): RotationOptions => ({
    ownerUrl: test.database.ownerUrl,
    master: new MasterKey(test.settings.masterKey),
    clock: { now: () => (test.clock.advance({ seconds: 5 }), test.clock.now()) },
    stopped: () => false,
    tell: () => undefined,
    ...changes,
  });
  const keyRow = async (): Promise<{ key_number: number; old: boolean }> =>
    (await superuser.query<{ key_number: number; old: boolean }>(
      'select key_number, wrapped_old_key is not null as old from people_organisations where id = $1', [test.organisationId])).rows[0]!;
  const read = async (): Promise<unknown> => {
    const noor = await test.staff('Noor Facilitator', 'facilitator');
    return (await noor.get(`/v1/cases/${story.id}`).expect(200)).body;
  };

  it('that is stopped half-way goes on, with reads and writes in between, until the old key is gone', async () => {
    const before = await read();
    const hash = await vault.lookup(test.organisationId, 'referred-person', 'x');
    const { key_number: first } = await keyRow();
    let asked = 0;
    const half = await rotate(test.organisationId, options({ stopped: () => (asked += 1) > 8 }));
    expect(half).toBe('stopped');
    expect(await keyRow()).toEqual({ key_number: first + 1, old: true });
    expect(await read()).toEqual(before);
    const noor = await test.staff('Noor Facilitator', 'facilitator');
    await noor.post(`/v1/cases/${story.id}/circle-members`, { name: 'Bo', relation: 'friend', phone: '0612345670' }).expect(201);
    const during = await read();

    const lines: string[] = [];
    expect(await rotate(test.organisationId, options({ tell: (line) => lines.push(line) }))).toBe('done');
    expect(lines[0]).toBe(`goes on with key ${first + 1}`);
    expect(await keyRow()).toEqual({ key_number: first + 1, old: false });
    expect(await read()).toEqual(during);
    const fresh = await createApp(test.settings, { clock: test.clock });
    await fresh.init();
    await fresh.get(Database).view(systemContext(test.organisationId, 'test'), async (tx) => {
      const { rows } = await tx.client.query<{ id: string; sealed: Buffer }>('select id, sealed from circle_members');
      for (const row of rows) await fresh.get(Vault).open(at({ table: 'circle_members', id: row.id }), row.sealed);
      expect(rows.length).toBeGreaterThan(3);
    });
    expect(await fresh.get(Vault).lookup(test.organisationId, 'referred-person', 'x')).toEqual(hash);
    await fresh.close();
  });

  it('of the master key leaves everything as it is, and the old one opens nothing any more', async () => {
    const newest = Buffer.alloc(32, 9);
    const before = vault.installationHash('sign-in address', 'a@b.example');
    await rewrap(test.database.ownerUrl, new MasterKey(newest, test.settings.masterKey));
    const app = await createApp({ ...test.settings, masterKey: newest }, { clock: test.clock });
    await app.init();
    expect(app.get(Vault).installationHash('sign-in address', 'a@b.example')).toEqual(before);
    await app.close();
    const old = await createApp(test.settings, { clock: test.clock });
    await expect(old.init()).rejects.toThrow(/^MASTER_KEY is not the key/);
    await rewrap(test.database.ownerUrl, new MasterKey(test.settings.masterKey, newest));
  });
});

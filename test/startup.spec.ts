import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { endServices, somePort, startService } from './support/service.js';

/** Two whole starts, on a machine that does other things as well. */
const STORY_MS = 120_000;

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwerkberaad-start-'));
});
afterEach(async () => {
  await endServices();
  await rm(home, { recursive: true, force: true });
});

/** Starts, expects to be refused, and returns the one line. */
async function refusal(env: Record<string, string>, entry: 'main' | 'worker' | 'migrate' = 'main'): Promise<string> {
  const { port } = await somePort();
  const { code, err, out } = await startService(entry, { PORT: String(port), DATA_DIR: join(home, 'data'), ...env }).ended;
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.trimEnd()).not.toContain('\n');
  return err.trimEnd();
}

describe('the service does not start, and says in one line what to do,', () => {
  it('when a setting is misspelt', async () => {
    expect(await refusal({ DATABSE_URL: 'postgres://app@localhost/x' })).toMatch(
      /^DATABSE_URL is not a setting: did you mean DATABASE_URL\?/,
    );
  });

  it('when its port is taken, before it makes anything', async () => {
    const taken = await somePort({ hold: true });
    expect(await refusal({ PORT: String(taken.port) })).toBe(
      `Port ${taken.port} is taken: stop what uses it, or set PORT to another.`,
    );
    expect(existsSync(join(home, 'data'))).toBe(false);
    await taken.close();
  });

  it('when its data folder cannot be made', async () => {
    await writeFile(join(home, 'file'), '');
    expect(await refusal({ DATA_DIR: join(home, 'file', 'data') })).toMatch(/ENOTDIR.*set DATA_DIR to another\.$/);
  });

  it('when the passwords of its data folder are gone', async () => {
    const postgres = join(home, 'data', 'postgres');
    await mkdir(postgres, { recursive: true });
    expect(await refusal({})).toContain('put that file back, or move the folder away');
  });
});

describe('with a database of its own, the service does not start', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.drop());

  const changed = (change: (url: URL) => void): string => {
    const url = new URL(database.appUrl);
    change(url);
    return url.href;
  };

  it('when nobody answers at that address', async () => {
    const { port } = await somePort();
    const DATABASE_URL = changed((url) => (url.port = String(port)));
    expect(await refusal({ DATABASE_URL })).toMatch(
      new RegExp(`^DATABASE_URL cannot be used: no PostgreSQL answers at 127.0.0.1:${port}`),
    );
  });

  it('when there is no such host', async () => {
    const DATABASE_URL = changed((url) => (url.hostname = 'database.invalid'));
    expect(await refusal({ DATABASE_URL })).toBe(
      'DATABASE_URL cannot be used: there is no host database.invalid: correct the address.',
    );
  });

  it('when the password is wrong, which is not repeated', async () => {
    const DATABASE_URL = changed((url) => Object.assign(url, { username: 'with_password', password: 'wr0ng' }));
    const reason = await refusal({ DATABASE_URL });
    expect(reason).toContain('refuses the password of user with_password');
    expect(reason).not.toContain('wr0ng');
  });

  it('when there is no such database', async () => {
    const DATABASE_URL = changed((url) => (url.pathname = '/nowhere'));
    expect(await refusal({ DATABASE_URL })).toContain('there is no database nowhere');
  });

  it('when PostgreSQL is too old', async () => {
    await pretendVersion(database, '140011');
    const { appUrl, ownerUrl, clerkUrl } = database;
    const all = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATABASE_CLERK_URL: clerkUrl };
    const reason = /^PostgreSQL 140011 is too old: use version 15 or newer/;
    expect(await refusal({ DATABASE_URL: appUrl })).toMatch(reason);
    expect(await refusal(all, 'migrate')).toMatch(reason);
  });

  it('when its migrations were not run', async () => {
    const empty = await freshDatabase({ empty: true });
    expect(await refusal({ DATABASE_URL: empty.appUrl })).toMatch(/misses \d+ migrations: run npm run migrate first/);
    await empty.drop();
  });

  it('when its role could go around row-level security', async () => {
    expect(await refusal({ DATABASE_URL: database.superuserUrl })).toContain('DATABASE_URL signs in as postgres');
    expect(await refusal({ DATABASE_URL: database.ownerUrl })).toContain('DATABASE_URL signs in as netwerkberaad_owner');
  });
});

describe('from the first start to the last', () => {
  it(
    'it is 503 until it is ready, goes on after kill -9 with the same data, is alone on its folder, and stops cleanly',
    async () => {
      const { port } = await somePort();
      const env = { PORT: String(port), DATA_DIR: join(home, 'data'), DEMO: 'off' };

      const first = startService('main', env);
      const early = await firstAnswer(port);
      expect(early.status).toBe(503);
      expect(early.headers.get('retry-after')).toBe('2');
      expect(early.headers.get('content-type')).toContain('application/problem+json');
      await first.ready();
      first.child.kill('SIGKILL');
      await first.ended;

      const second = startService('main', env);
      await second.ready();
      const other = await somePort();
      expect(await refusal({ ...env, PORT: String(other.port) })).toMatch(/^Another netwerkberaad is running on /);

      second.child.kill('SIGTERM');
      expect(await second.ended).toMatchObject({ code: 0, err: '' });
      expect(existsSync(join(home, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
    },
    STORY_MS,
  );

  it(
    'a stop while it starts is a clean stop too',
    async () => {
      const { port } = await somePort();
      const service = startService('main', { PORT: String(port), DATA_DIR: join(home, 'data'), DEMO: 'off' });
      await firstAnswer(port);
      service.child.kill('SIGINT');
      expect(await service.ended).toMatchObject({ code: 0, err: '' });
      expect(existsSync(join(home, 'data', 'postgres', 'postmaster.pid'))).toBe(false);
    },
    STORY_MS,
  );
});

/** The first answer to come from the port, whatever it is. */
async function firstAnswer(port: number): Promise<Response> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/me`).catch(() => null);
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error('nobody answers');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Lets this one database tell another version: its own function of that name is found first. */
async function pretendVersion(database: TestDatabase, number: string): Promise<void> {
  const client = new Client(database.superuserUrl);
  await client.connect();
  const name = new URL(database.superuserUrl).pathname.slice(1);
  await client.query(`create schema pretence; grant usage on schema pretence to public`);
  await client.query(`create function pretence.current_setting(text) returns text language sql return '${number}'`);
  await client.query(`alter database ${name} set search_path = pretence, pg_catalog, public`);
  await client.end();
}

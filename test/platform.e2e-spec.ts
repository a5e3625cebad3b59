import { Client } from 'pg';
import { OrganisationsService } from '../src/people/organisations.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import type { Tx } from '../src/platform/database/tx.js';
import { Vault } from '../src/platform/vault/vault.js';
import { startApp, type TestApp } from './support/app.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

/** As many commands at once as there are connections; each goes on only when all have theirs. */
async function everyConnection(organisationId: string, work: (tx: Tx) => Promise<unknown>): Promise<unknown[]> {
  const connections = 12;
  let begun = 0;
  let go: () => void;
  const allBegun = new Promise<void>((resolve) => (go = resolve));
  const database = test.app.get(Database);
  return Promise.all(
    Array.from({ length: connections }, () =>
      database.run(systemContext(organisationId, 'test'), async (tx) => {
        begun += 1;
        if (begun === connections) go();
        await allBegun;
        return work(tx);
      }),
    ),
  );
}

describe('a command has one connection, and never waits for a second one', () => {
  it('when it seals something for an organisation for the first time', async () => {
    const { organisationId } = await test.otherOrganisation('oost');
    const ref = { organisationId, table: 'cases', id: organisationId };
    const sealed = await everyConnection(organisationId, () => test.app.get(Vault).seal(ref, 'stil'));
    expect(await test.app.get(Vault).open(ref, sealed[0] as Buffer)).toBe('stil');
  });

  it('when it asks for the name and the number of its organisation', async () => {
    const found = await everyConnection(test.organisationId, async (tx) => (await test.app.get(OrganisationsService).of(tx)).slug);
    expect(new Set(found)).toEqual(new Set(['noord']));
  });
});

describe('when the database cannot be had', () => {
  async function without(database: TestApp['database'], work: () => Promise<void>): Promise<void> {
    const client = new Client({ connectionString: database.superuserUrl });
    await client.connect();
    const name = new URL(database.superuserUrl).pathname.slice(1);
    const limit = (connections: number): Promise<unknown> => client.query(`alter database ${name} connection limit ${connections}`);
    try {
      await limit(0);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()', [name]);
      await work();
    } finally {
      await limit(-1);
      await client.end();
    }
  }

  it('says so with 503 and when to come back, lives on, and works again by itself', async () => {
    const referrer = await test.staff('Rosa Referrer', 'referrer');
    await without(test.database, async () => {
      const refused = await referrer.get('/v1/me').expect(503);
      expect(refused.headers['retry-after']).toBe('5');
      expect(refused.body).toMatchObject({ status: 503, type: expect.stringMatching(/unavailable$/) });
      expect((await test.as().get('/health/ready').expect(503)).body).toEqual({
        status: 'broken',
        components: [{ name: 'database', healthy: false }],
      });
      await test.as().get('/health/live').expect(200);
    });
    await referrer.get('/v1/me').expect(200);
    await test.as().get('/health/ready').expect(200);
  });
});

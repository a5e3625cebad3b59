import { Agent, get as httpGet, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Client } from 'pg';
import request from 'supertest';
import { OrganisationsService } from '../src/people/organisations.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import type { Tx } from '../src/platform/database/tx.js';
import { Readiness } from '../src/platform/http/health.controller.js';
import { Vault } from '../src/platform/vault/vault.js';
import { maskedPath } from '../src/web/problem.filter.js';
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

describe('an address that is written in another way', () => {
  it('is no way round: the interface takes no cookie', async () => {
    const { token } = await test.staff('Rosa Referrer', 'referrer');
    for (const path of ['/v1/me', '/%761/me', '/v%31/%6de']) {
      await request(test.server).get(path).set('Cookie', `session=${token}`).expect(401);
      await request(test.server).get(path).set('Authorization', `Bearer ${token}`).expect(200);
    }
  });

  it('shows no token in a log or a problem', () => {
    const token = '019a9f00-0000-7000-8000-00000000dead.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
    const ways = [`/l/${token}`, `//l/${token}`, `/%6c/${token}`, `/L/${token}`, `/l%2F${token}`, `/v1/${token}?x=1`, `/l/${token}%zz`, '/l/anders'];
    for (const way of ways) expect(maskedPath(way)).not.toMatch(/dead|abcdef|anders/);
    expect(maskedPath('/v1/cases/019a9f00-0000-7000-8000-00000000dead?naam=Sanne')).toBe('/v1/cases/019a9f00-0000-7000-8000-00000000dead');
    expect(maskedPath('/werk/caf%C3%A9')).toBe('/werk/caf%C3%A9');
  });

  it('is refused with a problem when it cannot be read at all', async () => {
    const refused = await test.as().get('/v1/cases/%zz').expect(400);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ status: 400, type: expect.stringMatching(/malformed$/) });
  });

  it.each([['/v1/cases/', 'application/problem+json'], ['/l/', 'text/html'], ['/bevestig/', 'text/html']])(
    'leads nowhere when a part after %s is longer than any name, and is as guarded as every answer',
    async (path, type) => {
      for (const status of ['%zz', 'a'.repeat(300)]) {
        const refused = await test.as().get(`${path}${status}`).expect(status === '%zz' ? 400 : 404);
        expect(refused.headers['content-type']).toContain(type);
        expect(refused.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin' });
        expect(refused.headers['content-security-policy']).toContain("frame-ancestors 'none'");
        expect(refused.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      }
    },
  );
});

describe('a service that stops', () => {
  it('answers what it had begun, turns away what comes after, and is gone when that is done', async () => {
    const fresh = await startApp();
    const referrer = await fresh.staff('Rosa Referrer', 'referrer');
    await fresh.app.listen(0, '127.0.0.1');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { port } = fresh.server.address() as AddressInfo;
    const get = (path: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${referrer.token}` };
        httpGet({ port, path, agent, headers }, (answer) => resolve(answer.resume())).on('error', reject);
      });
    const readiness = fresh.app.get(Readiness);
    const database = fresh.app.get(Database);
    const one = database.one.bind(database);
    database.one = (...asked) => {
      readiness.become('draining');
      return one(...asked);
    };
    const begun = await get('/v1/me');
    expect({ status: begun.statusCode, connection: begun.headers.connection }).toEqual({ status: 200, connection: 'close' });
    const after = await get('/v1/me');
    expect({ status: after.statusCode, retry: after.headers['retry-after'] }).toEqual({ status: 503, retry: '5' });
    expect((await get('/health/live')).statusCode).toBe(200);
    expect((await get('/health/ready')).statusCode).toBe(503);
    await fresh.app.close();
    await expect(get('/health/live')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    agent.destroy();
    await fresh.database.drop();
  });
});

it('answers no command as done of which a statement failed, also when the failure was swallowed', async () => {
  const swallowing = test.app.get(Database).run(systemContext(test.organisationId, 'test'), async (tx) => {
    await tx.client.query('select 1 / 0').catch(() => undefined);
    return 'done';
  });
  await expect(swallowing).rejects.toThrow('went unnoticed');
});

it('waits a minute for the whole of a request, not for ever', () => {
  expect(test.server.requestTimeout).toBe(60_000);
});

it('answers what it cannot read as HTTP with a problem too', async () => {
  const listening = await startApp();
  await listening.app.listen(0, '127.0.0.1');
  const { port } = listening.server.address() as AddressInfo;
  const answer = (sent: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(sent));
      socket.on('data', (chunk) => (text += chunk.toString())).on('end', () => resolve(text)).on('error', reject);
    });
  const garbled = await answer('NIET VAN HIER\r\n\r\n');
  expect(garbled).toMatch(/^HTTP\/1\.1 400 /);
  expect(garbled).toMatch(/application\/problem\+json/);
  const endless = await answer(`GET /v1/me HTTP/1.1\r\nHost: a\r\nX-Lang: ${'a'.repeat(20_000)}\r\n\r\n`);
  expect(endless).toMatch(/^HTTP\/1\.1 431 /);
  expect(JSON.parse(endless.split('\r\n\r\n')[1]!)).toMatchObject({ status: 431, type: 'http://localhost:3000/problems/headers-too-large' });
  await listening.stop();
});

it('names whom a weakness is reported to (RFC 9116), when that is set', async () => {
  const { text } = await test.as().get('/.well-known/security.txt').expect(200).expect('Content-Type', /^text\/plain/);
  expect(text).toMatch(/^Contact: mailto:veilig@noord\.example\nExpires: 2027-\d\d-\d\dT/);
});

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import request from 'supertest';
import { createApp } from '../src/app.js';
import { Readiness } from '../src/platform/http/health.controller.js';
import { START, startApp, type TestApp } from './support/app.js';
import { anInvitedCase, byLink } from './support/stories.js';
import { linkToken, mailTo } from './support/mailbox.js';

let test: TestApp;
/** A second process of the service, on the same database. */
let second: NestFastifyApplication;

beforeAll(async () => {
  test = await startApp({ trustedProxies: ['127.0.0.1', '::1', '::ffff:127.0.0.1'] });
  second = await createApp(test.settings, { clock: test.clock });
  await second.init();
  await second.getHttpAdapter().getInstance().ready();
  second.get(Readiness).become('ready');
  // For many requests at once each has to listen already.
  await Promise.all([test.app.listen(0, '127.0.0.1'), second.listen(0, '127.0.0.1')]);
}, 60_000);
let day = 0;
// Each test on a day of its own: what one has tried does not count for the next.
beforeEach(() => test.clock.set(new Date(START.getTime() + (day += 1) * 24 * 60 * 60 * 1000)));
afterAll(async () => {
  await second.close();
  await test.stop();
});

async function query<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const refusals = async (action: string, since = test.clock.now()): Promise<number> =>
  (await query(`select 1 from audit_events where action = '${action}' and result = 'refused' and at >= '${since.toISOString()}'`)).length;

interface Try {
  email: string;
  status: number;
  body: Record<string, unknown>;
  retryAfter: number | null;
  ms: number;
}

/** One wrong password, at one of the two processes. */
async function tryOnce(email: string, address: string, turn: number, password = 'fout'): Promise<Try> {
  const server = (turn % 2 === 0 ? test.app : second).getHttpServer();
  const began = performance.now();
  const answer = await request(server).post('/v1/sessions').set('X-Forwarded-For', address).send({ email, password });
  const retryAfter = answer.headers['retry-after'] === undefined ? null : Number(answer.headers['retry-after']);
  return { email, status: answer.status, body: answer.body as Record<string, unknown>, retryAfter, ms: performance.now() - began };
}

async function inBatches(count: number, size: number, one: (turn: number) => Promise<Try>): Promise<Try[]> {
  const all: Try[] = [];
  for (let from = 0; from < count; from += size) {
    all.push(...(await Promise.all(Array.from({ length: size }, (_, i) => one(from + i)))));
  }
  return all;
}

const address = (turn: number): string => `10.${Math.floor(turn / 62_500)}.${Math.floor(turn / 250) % 250}.${(turn % 250) + 1}`;
const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

it('holds against a thousand wrong passwords: ten a quarter for an account, from whatever address, at whatever process', async () => {
  await test.staff('Gina Geraden', 'facilitator');
  const [known, unknown] = ['gina.geraden@noord.example', 'niemand@noord.example'];
  // Known and unknown take turns in pairs, so that both processes see both.
  const tries = await inBatches(1000, 50, (turn) => tryOnce(turn % 4 < 2 ? known : unknown, address(turn), turn));
  const of = (email: string, status: number): Try[] => tries.filter((each) => each.email === email && each.status === status);
  for (const email of [known, unknown]) {
    expect([of(email, 401).length, of(email, 429).length]).toEqual([10, 490]);
    expect(of(email, 429).every(({ retryAfter }) => retryAfter !== null && retryAfter > 0 && retryAfter <= 900)).toBe(true);
  }
  for (const status of [401, 429]) {
    const [one, other] = [of(known, status), of(unknown, status)];
    expect(new Set([...one, ...other].map(({ body }) => JSON.stringify(body))).size).toBe(1);
    // Nobody hears sooner than the longest that looking up and writing down takes.
    for (const group of [one, other]) expect(Math.min(...group.map(({ ms }) => ms))).toBeGreaterThan(240);
  }
  expect([await refusals('people.sign-in'), await refusals('people.sign-in-throttled')]).toEqual([10, 1]);
  expect((await tryOnce(known, '192.0.2.1', 0, 'een lang wachtwoord')).status).toBe(429);
  test.clock.advance({ minutes: 15 });
  expect((await tryOnce(known, '192.0.2.1', 0, 'een lang wachtwoord')).status).toBe(201);
}, 120_000);

it('takes as long for who has an account as for who has none, let in to try or not', async () => {
  await test.staff('Tim Tijd', 'facilitator');
  const ms: Record<string, number[]> = {};
  // Ten tries are looked at, the others are turned away.
  for (let turn = 0; turn < 18; turn += 1) {
    // Both at once: what else this machine does weighs on both the same.
    const both = ['tim.tijd@noord.example', 'nooit@noord.example'].map((email) => tryOnce(email, address(turn), 0));
    for (const { email, status, ms: took } of await Promise.all(both)) (ms[`${email} ${status}`] ??= []).push(took);
  }
  for (const status of [401, 429]) {
    const [known, unknown] = [median(ms[`tim.tijd@noord.example ${status}`]!), median(ms[`nooit@noord.example ${status}`]!)];
    expect(Math.abs(known - unknown)).toBeLessThan(100);
  }
}, 60_000);

it('stops an address that tries many accounts after fifty, at both processes together, and no other address', async () => {
  await test.staff('Bert Buur', 'facilitator');
  const tries = await inBatches(120, 40, (turn) => tryOnce(`iemand.${turn}@noord.example`, '198.51.100.7', turn));
  expect(tries.filter(({ status }) => status === 401)).toHaveLength(50);
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(70);
  expect((await tryOnce('bert.buur@noord.example', '198.51.100.7', 1, 'een lang wachtwoord')).status).toBe(429);
  expect((await tryOnce('bert.buur@noord.example', '198.51.100.8', 1, 'een lang wachtwoord')).status).toBe(201);
}, 60_000);

describe('a token', () => {
  it.each(['token', 'access_token', 'session', 'linkToken'])('is taken from no address: ?%s=', async (name) => {
    const admin = await test.staff('Anna Admin', 'admin', 'lead', 'facilitator', 'analyst', 'referrer');
    const { paths } = (await test.as().get('/v1/openapi.json').expect(200)).body as { paths: Record<string, { get?: unknown }> };
    const routes = Object.keys(paths).filter((path) => paths[path]!.get);
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      const path = route.replaceAll(/\{\w+\}/g, admin.id);
      const [plain, given] = [(await test.as().get(path)).status, (await test.as().get(`${path}?${name}=${admin.token}`)).status];
      if (plain === 401) expect([path, given]).toEqual([path, 401]);
      // What is for everyone takes no key that it does not know, or does not look at it.
      else expect([path, [plain, 400].includes(given)]).toEqual([path, true]);
    }
    for (const page of ['/werk', '/kring', '/mijn', '/beheer']) {
      expect([page, (await test.as().get(`${page}?${name}=${admin.token}`)).status]).not.toEqual([page, 200]);
    }
  });

  it('of a link is exchanged in a body only', async () => {
    const story = await anInvitedCase(test);
    const token = linkToken(await mailTo(test.app, 'joost@example.org'));
    await test.as().post(`/v1/participant-sessions?linkToken=${token}`).expect(400);
    await test.as().post(`/v1/participant-sessions?token=${token}`).expect(400);
    expect((await byLink(test, token)).id).toBe(story.members.Joost!.id);
  });

  it('of another organisation, with ours put in, opens nothing and stands on our log', async () => {
    const other = await test.otherOrganisation('oost');
    const stranger = await other.staff('Zoë Zuid', 'admin', 'facilitator');
    await test.as(stranger.token.replace(other.organisationId, test.organisationId)).get('/v1/me').expect(401);
    await test.as(stranger.token.replace(other.organisationId, test.organisationId)).get('/v1/cases').expect(401);
    expect(await refusals('access.unauthenticated')).toBe(1);
    await stranger.get('/v1/me').expect(200);
  });

  it('that is guessed, expired or ended opens nothing, and stands on the log once for an address in five minutes', async () => {
    const referrer = await test.staff('Roos Referrer', 'referrer');
    const began = test.clock.now();
    for (let i = 0; i < 40; i += 1) {
      const guess = `${test.organisationId}.${String(i).padStart(43, 'x')}`;
      await test.as(guess).get('/v1/me').set('X-Forwarded-For', address(i % 2)).expect(401);
    }
    expect(await refusals('access.unauthenticated')).toBe(2);
    for (const nobody of ['x', `${referrer.id}.${'x'.repeat(43)}`]) await test.as(nobody).get('/v1/me').expect(401);
    expect(await refusals('access.unauthenticated')).toBe(2);
    test.clock.advance({ hours: 12 });
    await referrer.get('/v1/me').expect(401);
    expect(await refusals('access.unauthenticated', began)).toBe(3);
    const again = await test.staff('Roos Referrer', 'referrer');
    await again.delete('/v1/sessions/current').expect(204);
    test.clock.advance({ minutes: 5 });
    await again.get('/v1/me').expect(401);
    expect(await refusals('access.unauthenticated', began)).toBe(4);
  });
});

it('takes no password where staff only sign in elsewhere', async () => {
  const oidc = { issuer: 'http://localhost:1', clientId: 'x', clientSecret: 'x', scopes: 'openid', roleClaim: 'roles', roleMap: null, organisation: null, organisationClaim: null };
  const strict = await startApp({ localSignIn: false, oidc });
  const refused = await strict.as().post('/v1/sessions', { email: 'noor@noord.example', password: 'x' }).expect(403);
  expect(refused.body).toMatchObject({ type: expect.stringContaining('local-sign-in-off') });
  const page = (await strict.as().get('/inloggen').expect(200)).text;
  expect(page).toContain('href="/inloggen/oidc"');
  expect(page).not.toContain('type="password"');
  await strict.stop();
});

it('knows no sign-in elsewhere where none is set', async () => {
  for (const path of ['/inloggen/oidc', '/inloggen/oidc/terug?code=x', '/uitloggen/oidc']) await test.as().get(path).expect(404);
  expect((await test.as().get('/inloggen').expect(200)).text).not.toContain('/inloggen/oidc');
});

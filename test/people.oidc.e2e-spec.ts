import { Client } from 'pg';
import { systemContext, type StaffRole } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { StaffService } from '../src/people/staff.service.js';
import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { anOidcProvider, AtProvider, oidcSettings, type OidcProvider } from './support/oidc.js';
import { somePort } from './support/service.js';

let test: TestApp;
let provider: OidcProvider;

beforeAll(async () => {
  const { port } = await somePort();
  provider = anOidcProvider(port, 'http://localhost:3000');
  await provider.start();
  test = await startApp({ oidc: oidcSettings(provider.issuer) });
}, 60_000);
// The provider lives by the machine's clock.
beforeEach(async () => {
  test.clock.set(new Date());
  await provider.tell({ accounts: {}, wrong: null, idTokenSeconds: 300 });
  // Of strangers one refusal stands there for an address and five minutes: each test begins with none.
  await query(`delete from audit_events where result = 'refused'`);
});
afterAll(async () => {
  await provider.stop();
  await test.stop();
});

let people = 0;

/** Somebody whom the provider knows, with an address of their own. */
async function someone(claims: Record<string, unknown> = {}): Promise<{ sub: string; email: string; is(now: Record<string, unknown>): Promise<void> }> {
  people += 1;
  const sub = `subject-${people}`;
  const email = `iemand.${people}@noord.example`;
  const is = (now: Record<string, unknown>): Promise<void> =>
    provider.tell({ accounts: { [sub]: { name: `Iemand ${people}`, email, email_verified: true, ...now } } });
  await is(claims);
  return { sub, email, is };
}

/** A colleague who has an account here. */
async function colleague(email: string, ...roles: StaffRole[]): Promise<string> {
  const person = { name: 'Noor Collega', email, roles, password: 'een lang wachtwoord' };
  return test.app.get(Database).run(systemContext(test.organisationId, 'test'), async (tx) => (await test.app.get(StaffService).add(tx, person)).id);
}

interface Way {
  next?: string;
  /** Changes the address on its way to the provider. */
  tamper?: (asked: URLSearchParams) => void;
  visitor?: Visitor;
}

async function begin(visitor: Visitor, { next, tamper }: Way = {}): Promise<string> {
  await visitor.open(next === undefined ? '/inloggen/oidc' : `/inloggen/oidc?next=${encodeURIComponent(next)}`);
  const address = new URL(visitor.page.headers.location!);
  tamper?.(address.searchParams);
  return address.href;
}

/** The whole way: our page, the provider's pages, and back. */
async function signIn(subject: string, way: Way = {}): Promise<{ visitor: Visitor; back: string }> {
  const visitor = way.visitor ?? aVisitor(test);
  const address = await begin(visitor, way);
  const back = await new AtProvider(provider.issuer).signIn(address, subject);
  await visitor.open(back);
  return { visitor, back };
}

async function query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

const audited = async (id: string): Promise<string[]> =>
  (await query<{ what: string }>(`select action || ' ' || result as what from audit_events where object_id = $1 order by id`, [id])).map(({ what }) => what);
const refusedSignIns = async (): Promise<number> =>
  (await query(`select 1 from audit_events where action = 'people.sign-in' and result = 'refused'`)).length;
const sessionsOf = (id: string): Promise<{ signed_in_by: string; ended_at: Date | null }[]> =>
  query('select signed_in_by, ended_at from people_sessions where staff_id = $1 order by id', [id]);
const rolesOf = async (id: string): Promise<string[]> => (await query<{ roles: string[] }>('select roles from people_staff where id = $1', [id]))[0]!.roles;
const idOf = async (name: string): Promise<string> => (await query<{ id: string }>('select id from people_staff where name = $1', [name]))[0]!.id;

it('brings somebody with a group in, makes the account, and goes to the page that was asked for', async () => {
  const { sub } = await someone({ name: 'Fenna Nieuw', roles: ['leiders', 'kantine'] });
  const { visitor } = await signIn(sub, { next: '/werk' });
  expect(visitor.url).toBe('/werk');
  expect(visitor.page.text).toContain('Fenna Nieuw');
  const id = await idOf('Fenna Nieuw');
  expect(await rolesOf(id)).toEqual(['facilitator']);
  expect(await audited(id)).toEqual(['people.staff-created done', 'people.sign-in done']);
  expect(await sessionsOf(id)).toEqual([{ signed_in_by: 'oidc', ended_at: null }]);
});

it('asks for a code with PKCE, by a state and a nonce that are new each time', async () => {
  const seen = await Promise.all([1, 2].map(async () => new URL(await begin(aVisitor(test))).searchParams));
  for (const asked of seen) {
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'netwerkberaad',
      code_challenge_method: 'S256',
      redirect_uri: 'http://localhost:3000/inloggen/oidc/terug',
    });
  }
  for (const name of ['state', 'nonce', 'code_challenge']) expect(seen[0]!.get(name)).not.toBe(seen[1]!.get(name));
});

it('links a colleague by a verified address at the first time, and knows them by their subject after it', async () => {
  const { sub, email, is } = await someone({ roles: ['hoofd'] });
  const id = await colleague(email, 'referrer');
  await signIn(sub);
  expect(await audited(id)).toEqual(['people.identity-linked done', 'people.roles-followed done', 'people.sign-in done']);
  expect(await rolesOf(id)).toEqual(['lead', 'analyst']);
  await is({ email: 'een.ander.adres@noord.example', roles: ['hoofd'] });
  const { visitor } = await signIn(sub);
  expect(visitor.url).toBe('/werk');
  expect((await sessionsOf(id)).length).toBe(2);
});

it('takes a role away at the next sign-in, at once for every session, and refuses who has none left', async () => {
  const { sub, email, is } = await someone({ roles: ['leiders', 'beheer'] });
  const id = await colleague(email, 'facilitator');
  await signIn(sub);
  expect(await rolesOf(id)).toEqual(['facilitator', 'admin']);
  await is({ roles: ['beheer'] });
  await signIn(sub);
  expect(await rolesOf(id)).toEqual(['admin']);
  await is({ roles: ['kantine'] });
  const { visitor } = await signIn(sub);
  expect(visitor.page.status).toBe(403);
  expect(visitor.page.text).toContain('Je hebt nog geen rol bij ons');
  expect((await audited(id)).at(-1)).toBe('people.sign-in refused');
  expect((await sessionsOf(id)).length).toBe(2);
});

it.each([
  ['whose address nobody verified', { email_verified: false, roles: ['leiders'] }, 'niet nagekeken'],
  ['whose address is only said to be verified', { email_verified: 'true', roles: ['leiders'] }, 'niet nagekeken'],
  ['without a group of ours', { roles: ['kantine'] }, 'nog geen rol'],
  ['without any group', {}, 'nog geen rol'],
])('refuses somebody new %s, and writes it down', async (_, claims, said) => {
  const { sub } = await someone(claims);
  const { visitor } = await signIn(sub);
  expect([visitor.page.status, visitor.page.text]).toEqual([403, expect.stringContaining(said)]);
  expect(await refusedSignIns()).toBe(1);
  await visitor.open('/werk');
  expect(visitor.url).toContain('/inloggen');
});

it('refuses a colleague whose account is closed', async () => {
  const { sub, email } = await someone({ roles: ['leiders'] });
  const id = await colleague(email, 'facilitator');
  await signIn(sub);
  await query('update people_staff set disabled_at = created_at where id = $1', [id]);
  const { visitor } = await signIn(sub);
  expect([visitor.page.status, visitor.page.text]).toEqual([403, expect.stringContaining('Je account is gesloten')]);
  expect((await audited(id)).at(-1)).toBe('people.sign-in refused');
});

it('does not open an account for a successor who was given the address of who left', async () => {
  const first = await someone({ roles: ['leiders'] });
  const id = await colleague(first.email, 'facilitator');
  await signIn(first.sub);
  const second = await someone({ email: first.email, roles: ['leiders'] });
  const { visitor } = await signIn(second.sub);
  expect([visitor.page.status, visitor.page.text]).toEqual([403, expect.stringContaining('hoort al iemand anders')]);
  expect((await sessionsOf(id)).length).toBe(1);
});

it('does not take over an account of another organisation by its address', async () => {
  const other = await test.otherOrganisation('west');
  const stranger = await other.staff('Wil West', 'facilitator');
  const { sub } = await someone({ email: 'wil.west@west.example', roles: ['leiders'] });
  const { visitor } = await signIn(sub);
  expect([visitor.page.status, visitor.page.text]).toEqual([403, expect.stringContaining('hoort al iemand anders')]);
  expect(await query('select 1 from people_sessions where staff_id = $1', [stranger.id])).toHaveLength(1);
});

describe('refuses an answer that is not exactly what was asked for', () => {
  it.each<[string, Record<string, unknown>]>([
    ['of another nonce', { nonce: 'another' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another audience', { aud: 'another' }],
    ['for us and an audience that nobody trusts', { aud: ['netwerkberaad', 'another'], azp: 'another' }],
    ['that is over', { exp: -61 }],
    ['of a later time', { iat: 120, exp: 600 }],
    ['signed with another key', { key: 'other' }],
  ])('an ID token %s', async (_, wrong) => {
    const { sub } = await someone({ roles: ['leiders'] });
    await provider.tell({ wrong });
    const { visitor } = await signIn(sub);
    expect([visitor.page.status, visitor.page.text]).toEqual([401, expect.stringContaining('niet gelukt')]);
    expect(await refusedSignIns()).toBe(1);
    await provider.tell({ wrong: null });
    expect((await signIn(sub, { visitor })).visitor.url).toBe('/werk');
  });

  it.each<[string, (asked: URLSearchParams) => void]>([
    ['a nonce that was changed on the way', (asked) => asked.set('nonce', 'x'.repeat(43))],
    ['a code for another verifier', (asked) => asked.set('code_challenge', 'x'.repeat(43))],
    ['a state that was changed on the way', (asked) => asked.set('state', 'x'.repeat(43))],
    ['a code of another client', (asked) => asked.set('client_id', 'another')],
  ])('%s', async (_, tamper) => {
    const { sub } = await someone({ roles: ['leiders'] });
    const { visitor } = await signIn(sub, { tamper });
    expect([visitor.page.status, visitor.page.text]).toEqual([401, expect.stringContaining('niet gelukt')]);
    expect(await query('select 1 from people_staff where name = $1', [`Iemand ${people}`])).toEqual([]);
  });

  it('a code a second time, and a cookie a second time', async () => {
    const { sub } = await someone({ roles: ['leiders'] });
    const visitor = aVisitor(test);
    const address = await begin(visitor);
    const cookie = String(visitor.page.headers['set-cookie']).split(';')[0]!;
    const back = await new AtProvider(provider.issuer).signIn(address, sub);
    await visitor.open(back);
    expect(visitor.url).toBe('/werk');
    // The cookie is gone from this browser; who kept it finds the visit used, also with a new code.
    await visitor.open(back);
    expect([visitor.page.status, visitor.page.text]).toEqual([401, expect.stringContaining('te lang')]);
    const newCode = await new AtProvider(provider.issuer).signIn(address, sub);
    for (const again of [back, newCode]) {
      const answer = await test.as().get(again).set('Cookie', cookie);
      expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('niet gelukt')]);
    }
  });

  it('an answer without a cookie, with a forged one, and with one that is over', async () => {
    const { sub } = await someone({ roles: ['leiders'] });
    const visitor = aVisitor(test);
    const back = await new AtProvider(provider.issuer).signIn(await begin(visitor), sub);
    const cookie = String(visitor.page.headers['set-cookie']).split(';')[0]!;
    const [text, signature] = cookie.slice('oidc='.length).split('.') as [string, string];
    const elsewhere = Buffer.from(text, 'base64url').toString().replace('"next":null', '"next":"/beheer"');
    for (const given of ['', 'oidc=x', `oidc=${Buffer.from(elsewhere).toString('base64url')}.${signature}`]) {
      expect((await test.as().get(back).set('Cookie', given)).status).toBe(401);
    }
    expect(await refusedSignIns()).toBe(1);
    test.clock.advance({ minutes: 10 });
    expect((await test.as().get(back).set('Cookie', cookie)).status).toBe(401);
    expect(await refusedSignIns()).toBe(2);
  });

  it('that somebody said no over there', async () => {
    const visitor = aVisitor(test);
    const asked = new URL(await begin(visitor)).searchParams;
    const answer = `error=access_denied&state=${asked.get('state')}&iss=${encodeURIComponent(provider.issuer)}`;
    await visitor.open(`/inloggen/oidc/terug?${answer}`);
    expect([visitor.page.status, visitor.page.text]).toEqual([401, expect.stringContaining('afgebroken')]);
  });
});

it('bears a clock that is less than a minute wrong, and no more', async () => {
  const { sub } = await someone({ roles: ['leiders'] });
  const at = async (seconds: number): Promise<number> => {
    const visitor = aVisitor(test);
    test.clock.set(new Date());
    const address = await begin(visitor);
    const back = await new AtProvider(provider.issuer).signIn(address, sub);
    test.clock.set(new Date(Date.now() + seconds * 1000));
    await visitor.open(back);
    return visitor.page.status;
  };
  await provider.tell({ idTokenSeconds: 30 });
  expect([await at(-55), await at(-70)]).toEqual([200, 401]);
  expect([await at(80), await at(100)]).toEqual([200, 401]);
});

it('never goes to another site after signing in', async () => {
  const { sub } = await someone({ roles: ['leiders'] });
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    expect((await signIn(sub, { next })).visitor.url).toBe('/werk');
  }
});

it('signs out here, and over there when one wants that too', async () => {
  const { sub } = await someone({ roles: ['leiders'] });
  const { visitor } = await signIn(sub);
  await visitor.send('/uitloggen');
  expect(visitor.page.text).toContain('Ook bij je organisatie uitloggen');
  await visitor.open('/werk');
  expect(visitor.url).toContain('/inloggen');
  await visitor.open('/uitloggen/oidc');
  const there = new URL(visitor.page.headers.location!);
  expect(`${there.origin}${there.pathname}`).toBe(`${provider.issuer}/session/end`);
  expect(Object.fromEntries(there.searchParams)).toEqual({ client_id: 'netwerkberaad', post_logout_redirect_uri: 'http://localhost:3000/inloggen' });
});

it('keeps no word of the provider about a person, but a hash', async () => {
  const { sub } = await someone({ roles: ['leiders'] });
  await signIn(sub);
  const dump = JSON.stringify(await query(`select *, encode(subject_hash, 'escape') from people_identities`));
  expect(dump).not.toContain(sub);
});

it('says so while the provider is away, loses nothing, and goes on when it is back', async () => {
  const { sub, is } = await someone({ roles: ['leiders'] });
  const visitor = aVisitor(test);
  const address = await begin(visitor, { next: '/werk?na=1' });
  const back = await new AtProvider(provider.issuer).signIn(address, sub);
  await provider.stop();
  await visitor.open(back);
  expect([visitor.page.status, visitor.page.text]).toEqual([503, expect.stringContaining('even niet bereikbaar')]);
  expect(visitor.page.headers['retry-after']).toBe('30');
  expect(visitor.page.text).toContain('/inloggen/oidc?next=%2Fwerk%3Fna%3D1');
  // A process that never saw the provider cannot even begin; those with a password still come in.
  const other = await startApp({ oidc: oidcSettings(provider.issuer) });
  const lost = await other.as().get('/inloggen/oidc').expect(503);
  expect(lost.text).toContain('even niet bereikbaar');
  await other.staff('Nora Noord', 'facilitator');
  await provider.start();
  await is({ roles: ['leiders'] });
  await other.as().get('/inloggen/oidc').expect(302);
  await other.stop();
  expect((await signIn(sub, { visitor, next: '/werk?na=1' })).visitor.url).toBe('/werk?na=1');
}, 60_000);

it('does not wait for ever for a provider that takes the question and says nothing', async () => {
  const { sub } = await someone({ roles: ['leiders'] });
  const visitor = aVisitor(test);
  const back = await new AtProvider(provider.issuer).signIn(await begin(visitor), sub);
  provider.child.kill('SIGSTOP');
  const began = Date.now();
  await visitor.open(back);
  provider.child.kill('SIGCONT');
  expect(visitor.page.status).toBe(503);
  expect(Date.now() - began).toBeLessThan(9_000);
}, 60_000);

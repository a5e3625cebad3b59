import { Client } from 'pg';
import type { Response } from 'supertest';
import { createApp } from '../src/app.js';
import { SessionsService } from '../src/people/sessions.service.js';
import { passwordFault } from '../src/people/passwords.rules.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { mailbox, mailTo, type Mail } from './support/mailbox.js';
import { codeOf, errorsOf } from './support/meetings.js';
import { aCase } from './support/stories.js';

let test: TestApp;
let admin: Caller;
beforeAll(async () => (test = await startApp()));
beforeEach(async () => {
  test.clock.set(START);
  admin = await test.staff('Anna Admin', 'admin');
});
afterAll(() => test.stop());

const GOOD = 'vier paarden zingen';
let people = 0;

interface Member {
  id: string;
  email: string;
  state: string;
  roles: string[];
  version: number;
}

/** Somebody new, with an address of their own. */
function somebody(changes: object = {}): { name: string; email: string; roles: string[] } {
  people += 1;
  return { name: `Nieuw ${people}`, email: `nieuw.${people}@noord.example`, roles: ['referrer'], ...changes };
}

async function invited(changes: object = {}): Promise<Member> {
  const { body } = await admin.post('/v1/staff', somebody(changes)).expect(201);
  await test.deliver();
  return body as Member;
}

const welcomePath = ({ text }: Mail): string => new URL(/https?:\S+\/welkom\/\S+/.exec(text)![0]).pathname;
const pathFor = async ({ email }: { email: string }): Promise<string> => welcomePath(await mailTo(test.app, email));

/** Chooses a password on the page behind the link. */
async function choose(path: string, password = GOOD): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path, { password });
  return visitor;
}

const signIn = (email: string, password: string): PromiseLike<Response> => test.as().post('/v1/sessions', { email, password });
async function signedIn(member: Member, password = GOOD): Promise<Caller> {
  const { body } = await test.as().post('/v1/sessions', { email: member.email, password }).expect(201);
  return test.as((body as { token: string }).token, member.id);
}

async function active(changes: object = {}): Promise<Member> {
  const member = await invited(changes);
  await choose(await pathFor(member));
  return member;
}

async function asked<Row extends object>(sql: string, value: unknown): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [value])).rows;
  } finally {
    await client.end();
  }
}

const actions = async (id: string): Promise<string[]> =>
  (await asked<{ what: string }>(`select action || ' ' || result as what from audit_events where object_id = $1 order by id`, id)).map(({ what }) => what);

/** Whose audit log says at this moment of the clock that a link to choose a password was refused. */
const REFUSED = `select organisation_id as id from audit_events where action = 'access.password-link-refused' and result = 'refused' and at = $1 order by 1`;
const refusedLinks = async (): Promise<string[]> => (await asked<{ id: string }>(REFUSED, test.clock.now())).map(({ id }) => id);

describe('A new colleague', () => {
  it('gets a link, chooses a password once, and works with the roles that were given', async () => {
    const member = await invited({ roles: ['facilitator', 'lead'], phone: '06 1234 5678', neighbourhoodCodes: ['BU05990110'] });
    expect(member).toMatchObject({ state: 'invited', phone: '+31612345678', neighbourhoodCodes: ['BU05990110'], version: 1 });
    expect((await signIn(member.email, '')).status).toBe(400);
    const path = await pathFor(member);
    const visitor = await choose(path);
    expect(visitor.url).toBe('/werk');
    expect((await admin.get(`/v1/staff/${member.id}`).expect(200)).body).toMatchObject({ state: 'active' });
    expect((await (await signedIn(member)).get('/v1/me').expect(200)).body).toMatchObject({ roles: ['facilitator', 'lead'] });
    const again = await aVisitor(test).open(path);
    expect(again.status).toBe(404);
    expect(await actions(member.id)).toEqual(expect.arrayContaining(['people.staff-invited done', 'people.password-chosen done']));
  });

  it('loses nothing to a mail scanner: opening the link changes nothing, however often', async () => {
    const path = await pathFor(await invited());
    const scanner = aVisitor(test);
    for (let i = 0; i < 3; i += 1) expect((await scanner.open(path)).status).toBe(200);
    expect(String(scanner.page.headers['set-cookie'] ?? '')).not.toContain('session=');
    expect((await choose(path)).url).toBe('/aanmeldingen');
  });

  it('keeps the link after a password that everybody tries first, and hears why', async () => {
    const path = await pathFor(await invited());
    const visitor = await choose(path, 'Wachtwoord2026!');
    expect(visitor.page.status).toBe(400);
    expect(visitor.page.text).toContain('te makkelijk te raden');
    await visitor.send(path, { password: 'kort' });
    expect(visitor.page.text).toContain('minstens 12 tekens');
    await visitor.send(path, { password: GOOD });
    expect(visitor.url).toBe('/aanmeldingen');
  });

  it('comes too late after 72 hours, and in with a new link, which ends the first one', async () => {
    const member = await invited();
    const first = await pathFor(member);
    test.clock.advance({ hours: 72 });
    expect((await aVisitor(test).open(first)).status).toBe(404);
    test.clock.set(START);
    await (await test.staff('Anna Admin', 'admin')).post(`/v1/staff/${member.id}/invitations`).expect(201);
    await test.deliver();
    const second = await pathFor(member);
    expect(second).not.toBe(first);
    expect((await aVisitor(test).open(first)).status).toBe(404);
    expect((await choose(second)).url).toBe('/aanmeldingen');
  });

  it('is not let in by a forged, a foreign or a raced link, and the log says that it was tried', async () => {
    test.clock.advance({ hours: 1 });
    const path = await pathFor(await invited());
    const { organisationId } = await test.otherOrganisation('vals');
    const visitor = aVisitor(test);
    for (const wrong of [path.slice(0, -3), path.replace(test.organisationId, organisationId), '/welkom/x']) {
      expect((await visitor.open(wrong)).status).toBe(404);
    }
    // Not the last one: it names no organisation.
    expect(await refusedLinks()).toEqual([organisationId, test.organisationId].sort());
    const both = [aVisitor(test), aVisitor(test)];
    for (const one of both) await one.open(path);
    const answers = await Promise.all(both.map((one) => one.send(path, { password: GOOD })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => [401, 404].includes(status))).toHaveLength(1);
  });
});

describe('An account', () => {
  it('has an address that nobody else has, in no organisation', async () => {
    const member = await invited();
    const other = await test.otherOrganisation('west');
    const elsewhere = await other.staff('Wil West', 'admin');
    for (const caller of [admin, elsewhere]) {
      const refused = await caller.post('/v1/staff', somebody({ email: member.email.toUpperCase() })).expect(409);
      expect(codeOf(refused)).toBe('address-in-use');
    }
  });

  it('is changed with the version that was seen, and its new roles count at the next request', async () => {
    const member = await active({ roles: ['facilitator', 'lead'] });
    const caller = await signedIn(member);
    await caller.get('/v1/reports/monthly-figures').expect(200);
    const { body } = await admin.get(`/v1/staff/${member.id}`).expect(200);
    const { version } = body as Member;
    await admin.patch(`/v1/staff/${member.id}`, { roles: ['facilitator'] }).expect(428);
    await admin.patch(`/v1/staff/${member.id}`, { roles: ['facilitator'] }).set('If-Match', `"${version + 1}"`).expect(412);
    const changed = await admin.patch(`/v1/staff/${member.id}`, { roles: ['facilitator'], name: 'Noor' }).set('If-Match', `"${version}"`).expect(200);
    expect(changed.body).toMatchObject({ name: 'Noor', roles: ['facilitator'], email: member.email, version: version + 1 });
    await caller.get('/v1/reports/monthly-figures').expect(403);
    await caller.get('/v1/cases').expect(200);
  });

  it('signs in with its new address only, and a link sent to the old one is dead', async () => {
    const member = await active();
    await admin.post(`/v1/staff/${member.id}/invitations`).expect(201);
    await test.deliver();
    const path = await pathFor(member);
    await admin.patch(`/v1/staff/${member.id}`, { email: `anders.${member.email}` }).set('If-Match', '*').expect(200);
    expect((await signIn(member.email, GOOD)).status).toBe(401);
    await signedIn({ ...member, email: `anders.${member.email}` });
    expect((await aVisitor(test).open(path)).status).toBe(404);
    await invited({ email: member.email });
  });

  it('is listed by name, page after page, by role and by state', async () => {
    const names = ['Aa Een', 'Aa Twee', 'Aa Drie'];
    for (const name of names) await invited({ name, roles: ['analyst'] });
    const first = (await admin.get('/v1/staff?role=analyst&state=invited&limit=2').expect(200)).body as { items: { name: string }[]; next: string };
    const second = (await admin.get(`/v1/staff?role=analyst&state=invited&limit=2&after=${first.next}`).expect(200)).body as typeof first;
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([...names].sort());
    expect(second.next).toBeNull();
    expect((await admin.get('/v1/staff?role=analyst&state=disabled').expect(200)).body).toEqual({ items: [], next: null });
  });

  it('exists in its own organisation only', async () => {
    const member = await active();
    const other = await test.otherOrganisation('elders');
    const elsewhere = await other.staff('Els Elders', 'admin', 'lead');
    expect((await elsewhere.get('/v1/staff').expect(200)).body).toMatchObject({ items: [{ name: 'Els Elders' }] });
    await elsewhere.get(`/v1/staff/${member.id}`).expect(404);
    await elsewhere.patch(`/v1/staff/${member.id}`, { roles: ['admin'] }).set('If-Match', '*').expect(404);
    await elsewhere.get(`/v1/staff/${member.id}/sessions`).expect(404);
    await elsewhere.delete(`/v1/staff/${member.id}/sessions`).expect(404);
    for (const action of ['disabling', 'enabling', 'invitations']) {
      await elsewhere.post(`/v1/staff/${member.id}/${action}`, action === 'disabling' ? { reason: 'other' } : undefined).expect(404);
    }
    await signedIn(member);
  });
});

describe('A closed account', () => {
  it('has no session, no link and no way in from that moment, in other processes too', async () => {
    const member = await active();
    const caller = await signedIn(member);
    await admin.post(`/v1/staff/${member.id}/invitations`).expect(201);
    await test.deliver();
    const path = await pathFor(member);
    const elsewhere = await createApp(test.settings, { clock: test.clock });
    await elsewhere.init();
    try {
      expect(await elsewhere.get(SessionsService).find(caller.token)).not.toBeNull();
      const closed = await admin.post(`/v1/staff/${member.id}/disabling`, { reason: 'misuse', remark: 'Keek rond' }).expect(200);
      expect(closed.body).toMatchObject({ state: 'disabled', disabledReason: 'misuse', disabledAt: START.toISOString() });
      expect(await elsewhere.get(SessionsService).find(caller.token)).toBeNull();
    } finally {
      await elsewhere.close();
    }
    await caller.get('/v1/me').expect(401);
    expect((await signIn(member.email, GOOD)).status).toBe(401);
    expect((await aVisitor(test).open(path)).status).toBe(404);
    expect(codeOf(await admin.post(`/v1/staff/${member.id}/invitations`).expect(409))).toBe('state-conflict');
    expect(codeOf(await admin.post(`/v1/staff/${member.id}/disabling`, { reason: 'other' }).expect(409))).toBe('state-conflict');
    expect(await actions(member.id)).toContain('people.staff-disabled done');
  });

  it('opens again without the sessions of before', async () => {
    const member = await active();
    const caller = await signedIn(member);
    await admin.post(`/v1/staff/${member.id}/disabling`, { reason: 'leave' }).expect(200);
    expect((await admin.post(`/v1/staff/${member.id}/enabling`).expect(200)).body).toMatchObject({ state: 'active', disabledReason: null });
    await caller.get('/v1/me').expect(401);
    await signedIn(member);
    await admin.post(`/v1/staff/${member.id}/enabling`).expect(409);
  });

  it('is never one’s own, nor that of the last admin, also when two admins close each other at once', async () => {
    expect(codeOf(await admin.post(`/v1/staff/${admin.id}/disabling`, { reason: 'leaving' }).expect(409))).toBe('own-account');
    const { body } = await admin.get(`/v1/staff/${admin.id}`).expect(200);
    const { version } = body as Member;
    const demoted = await admin.patch(`/v1/staff/${admin.id}`, { roles: ['lead'] }).set('If-Match', `"${version}"`).expect(409);
    expect(codeOf(demoted)).toBe('last-admin');
    const other = await test.otherOrganisation('twee');
    const [one, two] = [await other.staff('Een', 'admin'), await other.staff('Twee', 'admin')];
    const answers = await Promise.all([
      one.post(`/v1/staff/${two.id}/disabling`, { reason: 'other' }),
      two.post(`/v1/staff/${one.id}/disabling`, { reason: 'other' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await Promise.all([one.get('/v1/staff'), two.get('/v1/staff')]);
    expect(left.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('first gives away its cases: 409 says how many, also when only the role goes', async () => {
    const facilitator = await test.staff('Fay Facilitator', 'facilitator');
    const follower = await test.staff('Fem Facilitator', 'facilitator');
    const story = await aCase(test, {}, facilitator);
    await aCase(test, {}, facilitator);
    for (const refused of [
      await admin.post(`/v1/staff/${facilitator.id}/disabling`, { reason: 'illness' }).expect(409),
      await admin.patch(`/v1/staff/${facilitator.id}`, { roles: ['lead'] }).set('If-Match', '*').expect(409),
    ]) {
      expect(codeOf(refused)).toBe('carries-caseload');
      expect((refused.body as { detail: string }).detail).toContain('2 lopende trajecten en 0 diensten');
    }
    const unknown = await admin.post(`/v1/staff/${facilitator.id}/disabling`, { reason: 'illness', handOverTo: admin.id }).expect(400);
    expect(errorsOf(unknown)).toEqual(['/handOverTo facilitator']);
    await facilitator.get(`/v1/cases/${story.id}`).expect(200);
    await admin.post(`/v1/staff/${facilitator.id}/disabling`, { reason: 'illness', handOverTo: follower.id }).expect(200);
    await follower.get(`/v1/cases/${story.id}`).expect(200);
    await facilitator.get(`/v1/cases/${story.id}`).expect(401);
  });
});

describe('Passwords', () => {
  it.each([
    ['kort wachtw', 'password-too-short'],
    ['wachtwoord123', 'password-too-common'],
    ['W4chtw00rd2026', 'password-too-common'],
    ['Welkom01Welkom01', 'password-too-common'],
    ['qwertyuiop12', 'password-too-common'],
    ['123456789012', 'password-too-common'],
    ['ababababababab', 'password-too-common'],
    ['fatmayildiz1988', 'password-too-common'],
    ['fiets regen kast', null],
    ['een lang wachtwoord', null],
    ['7 zwarte honden!', null],
  ])('%s: %s', (password, fault) => {
    expect(passwordFault(password, ['Fatma Yildiz', 'f.yildiz@wijkteam.example'])).toBe(fault);
  });

  it('are changed with the old one, which ends every other session', async () => {
    const member = await active();
    const [here, there] = [await signedIn(member), await signedIn(member)];
    const wrong = await here.put('/v1/me/password', { current: 'iets anders', next: 'zeven blauwe ganzen' }).expect(400);
    expect(errorsOf(wrong)).toEqual(['/current wrong-password']);
    expect(errorsOf(await here.put('/v1/me/password', { current: GOOD, next: 'welkom123456' }).expect(400))).toEqual(['/next password-too-common']);
    await here.put('/v1/me/password', { current: GOOD, next: 'zeven blauwe ganzen' }).expect(204);
    await here.get('/v1/me').expect(200);
    await there.get('/v1/me').expect(401);
    expect((await signIn(member.email, GOOD)).status).toBe(401);
    expect(await actions(member.id)).toEqual(expect.arrayContaining(['people.password-changed refused', 'people.password-changed done']));
  });

  it('are not guessed by somebody at an open screen', async () => {
    const caller = await signedIn(await active());
    for (let i = 0; i < 10; i += 1) await caller.put('/v1/me/password', { current: `gok ${i}`, next: GOOD }).expect(400);
    const refused = await caller.put('/v1/me/password', { current: GOOD, next: 'zeven blauwe ganzen' }).expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('are asked for again with one answer for everyone, in the same time', async () => {
    const member = await active();
    const before = (await mailbox(test.app)).length;
    const took = async (email: string): Promise<number> => {
      const from = performance.now();
      const { body, status } = await test.as().post('/v1/password-resets', { email });
      expect({ body: body as object, status }).toEqual({ body: { status: 'taken' }, status: 202 });
      return performance.now() - from;
    };
    const known = await took(member.email);
    const unknown = await took('niemand@noord.example');
    expect(Math.abs(known - unknown)).toBeLessThan(200);
    expect(Math.min(known, unknown)).toBeGreaterThan(240);
    await test.deliver();
    expect((await mailbox(test.app)).length).toBe(before + 1);
    const caller = await signedIn(member);
    await choose(await pathFor(member), 'zeven blauwe ganzen');
    await caller.get('/v1/me').expect(401);
    await signedIn(member, 'zeven blauwe ganzen');
  });

  it('are not asked for again without end, for known and unknown alike', async () => {
    const member = await active();
    for (const email of [member.email, 'geen@noord.example']) {
      for (let i = 0; i < 5; i += 1) await test.as().post('/v1/password-resets', { email }).expect(202);
      await test.as().post('/v1/password-resets', { email }).expect(429);
    }
  });

  it('cannot be had for a closed account', async () => {
    const member = await active();
    await admin.post(`/v1/staff/${member.id}/disabling`, { reason: 'leaving' }).expect(200);
    const before = (await mailbox(test.app)).length;
    await test.as().post('/v1/password-resets', { email: member.email }).expect(202);
    await test.deliver();
    expect((await mailbox(test.app)).length).toBe(before);
    expect(await actions(member.id)).toContain('people.password-reset-asked refused');
  });
});

describe('Sessions', () => {
  interface Session {
    id: string;
    current: boolean;
    signedInBy: string;
  }
  const sessionsOf = (answer: Response): Session[] => (answer.body as { items: Session[] }).items;

  it('are seen and ended one by one by oneself, all at once by an admin', async () => {
    const member = await active();
    const [here, there] = [await signedIn(member), await signedIn(member)];
    const own = sessionsOf(await here.get('/v1/me/sessions').expect(200));
    // The one that came with choosing the password is there too.
    expect(own).toHaveLength(3);
    expect(own.filter(({ current }) => current)).toHaveLength(1);
    expect(own[0]).toMatchObject({ signedInBy: 'password', createdAt: START.toISOString() });
    const thereId = sessionsOf(await there.get('/v1/me/sessions')).find(({ current }) => current)!.id;
    await here.delete(`/v1/me/sessions/${thereId}`).expect(204);
    await there.get('/v1/me').expect(401);
    await here.delete(`/v1/me/sessions/${thereId}`).expect(404);
    const hereId = sessionsOf(await here.get('/v1/me/sessions')).find(({ current }) => current)!.id;
    await admin.delete(`/v1/me/sessions/${hereId}`).expect(404);
    expect(sessionsOf(await admin.get(`/v1/staff/${member.id}/sessions`).expect(200))).toHaveLength(2);
    await admin.delete(`/v1/staff/${member.id}/sessions`).expect(204);
    await here.get('/v1/me').expect(401);
    expect(await actions(member.id)).toContain('people.sessions-ended done');
  });
});

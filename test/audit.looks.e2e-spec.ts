import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import type { AuditEvent, FileLook } from '../src/audit/audit.dto.js';
import { textsFor } from '../src/texts/texts.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { anInvitedCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let story: StoryCase;
let sanne: Caller;
let joost: Caller;
let karim: Caller;
let admin: Caller;

beforeAll(async () => {
  test = await startApp();
  story = await anInvitedCase(test, { otherMainPersons: [{ name: 'Mark de Wit', phone: '0611111111' }] });
  sanne = await atTheTable(test, story, story.resident.id);
  joost = await atTheTable(test, story, story.members.Joost!.id);
  karim = await atTheTable(test, story, story.members.Meester!.id);
  await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
});
/** The clock moves on, and sessions of staff end. */
beforeEach(async () => {
  admin = await test.staff('Ada Beheer', 'admin');
  story.facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(() => test.stop());

const looks = async (who: Caller, query = ''): Promise<FileLook[]> =>
  ((await who.get(`/v1/me/file-looks${query}`).expect(200)).body as { items: FileLook[] }).items;
const today = (): string => test.clock.now().toISOString().slice(0, 10);
const log = async (query = ''): Promise<AuditEvent[]> =>
  ((await admin.get(`/v1/audit-events?limit=100${query}`).expect(200)).body as { items: AuditEvent[] }).items;

it('a main person sees who looked in the file, what kind of looking it was, and why, in plain words', async () => {
  await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
  const noor = (await looks(sanne)).find(({ what }) => what.some(({ code }) => code === 'cases.read'));
  expect(noor).toMatchObject({ day: today(), name: 'Noor Facilitator', role: 'Gespreksleider', organisation: 'Netwerkberaad Noord' });
  expect(noor!.what).toContainEqual({ code: 'cases.read', text: 'keek naar de hele pagina: de kring, de data en het plan' });
  expect(noor!.why).toContainEqual({ code: 'coordination', text: 'om het gesprek en het plan te regelen' });
});

it('their own looks are not among them', async () => {
  await sanne.get(`/v1/cases/${story.id}`).expect(200);
  const names = (await looks(sanne)).map(({ name }) => name);
  expect(names).not.toContain('Sanne de Wit');
  expect(names).toContain('Noor Facilitator');
});

it('a circle member sees who looked at their own row, and nothing of the rest', async () => {
  expect(await looks(karim)).toEqual([]);
  await story.facilitator.get(`/v1/circle-members/${story.members.Ria!.id}`).expect(200);
  expect(await looks(karim)).toEqual([]);
  await story.facilitator.get(`/v1/circle-members/${karim.id}`).expect(200);
  const seen = await looks(karim);
  expect(seen.map(({ name, what }) => [name, what.map(({ code }) => code)])).toEqual([['Noor Facilitator', ['circle.member-read']]]);
});

it('main persons see each other, unless they are kept apart; and that they are is told to nobody', async () => {
  const mark = await atTheTable(test, story, story.members.Mark!.id);
  await mark.get(`/v1/cases/${story.id}`).expect(200);
  expect((await looks(sanne)).map(({ name }) => name)).toContain('Mark de Wit');
  const pair = { memberIds: [sanne.id, mark.id], reason: 'safety', mode: 'never-together' };
  const answer = await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, pair);
  expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({ status: 201 });
  await story.facilitator.get(`/v1/cases/${story.id}/contact-restrictions`).expect(200);
  const seen = await looks(sanne);
  expect(seen.map(({ name }) => name)).not.toContain('Mark de Wit');
  expect(JSON.stringify(seen)).not.toMatch(/restriction|elkaar niet/);
  expect((await looks(mark)).map(({ name }) => name)).not.toContain('Sanne de Wit');
});

it('days come page by page, newest first', async () => {
  test.clock.advance({ days: 1 });
  const noor = await test.staff('Noor Facilitator', 'facilitator');
  admin = await test.staff('Ada Beheer', 'admin');
  await noor.get(`/v1/cases/${story.id}`).expect(200);
  const first = (await sanne.get('/v1/me/file-looks?limit=1').expect(200)).body as { items: FileLook[]; next: string };
  expect(first.items.map(({ day }) => day)).toEqual([today()]);
  const rest = (await sanne.get(`/v1/me/file-looks?after=${first.next}`).expect(200)).body as { items: FileLook[] };
  expect(rest.items.length).toBeGreaterThan(0);
  expect(rest.items[0]!.day <= today()).toBe(true);
  await sanne.get(`/v1/me/file-looks?after=${Buffer.from(JSON.stringify(['2026-02-30', story.id])).toString('base64url')}`).expect(400);
});

it('needs a device that is known, and a link', async () => {
  await story.facilitator.get('/v1/me/file-looks').expect(403);
  await test.as().get('/v1/me/file-looks').expect(401);
});

describe('the log', () => {
  it('is filtered by case, person and action, and says nothing but codes, ids and words', async () => {
    const ofCase = await log(`&caseId=${story.id}`);
    expect(new Set(ofCase.map(({ caseId }) => caseId))).toEqual(new Set([story.id]));
    const ofNoor = await log(`&actorId=${story.facilitator.id}&action=cases.read`);
    expect(ofNoor.length).toBeGreaterThan(0);
    expect(ofNoor.every(({ actorId, action }) => actorId === story.facilitator.id && action === 'cases.read')).toBe(true);
    expect(JSON.stringify(await log())).not.toMatch(/Sanne|Joost|huis blijven|example\.org/);
  });

  it('stands on itself when it is read', async () => {
    test.clock.advance({ minutes: 10 });
    await log();
    expect((await log('&action=audit.listed'))[0]).toMatchObject({ actorId: admin.id, purpose: 'supervision', text: 'keek in het logboek' });
  });

  it('is for admins, of their own organisation', async () => {
    await story.facilitator.get('/v1/audit-events').expect(403);
    const elsewhere = await (await test.otherOrganisation('zuid')).staff('Zoë', 'admin');
    const { body } = await elsewhere.get(`/v1/audit-events?caseId=${story.id}`).expect(200);
    expect((body as { items: unknown[] }).items).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    ['403', () => joost.get(`/v1/cases/${story.id}/circle-members`), 'access.forbidden'],
    ['404', () => sanne.get('/v1/circle-members/019a9f00-0000-7000-8000-00000000dead'), 'access.not-found'],
    ['401', () => test.as(`${test.organisationId}.${'A'.repeat(43)}`).get('/v1/me'), 'access.unauthenticated'],
    ['401 in one statement', () => test.as(`${test.organisationId}.${'A'.repeat(43)}`).get('/v1/cases'), 'access.unauthenticated'],
  ] as const)('%s stands on the log', async (status, ask, action) => {
    test.clock.advance({ minutes: 10 });
    expect((await ask()).status).toBe(Number(status.slice(0, 3)));
    expect((await log(`&action=${action}`))[0]).toMatchObject({ result: 'refused', purpose: 'security', at: test.clock.now().toISOString() });
  });
});

it('every read of someone is on the log', async () => {
  const document = (await test.as().get('/v1/openapi.json').expect(200)).body as { paths: Record<string, { get?: object }> };
  const ids: Record<string, string> = { cases: story.id, 'circle-members': joost.id, referrals: story.referralId };
  const silent: string[] = [];
  for (const path of Object.keys(document.paths).filter((one) => document.paths[one]!.get && !NOBODYS.includes(one))) {
    const target = path.replace(/\/([\w-]+)\/\{id\}/, (whole, kind: string) => (ids[kind] ? `/${kind}/${ids[kind]}` : whole)).replace('{memberId}', sanne.id);
    if (target.includes('{')) continue;
    test.clock.advance({ minutes: 6 });
    admin = await test.staff('Ada Beheer', 'admin');
    const me = path.startsWith('/v1/me/') ? sanne : await test.staff('Iedereen', 'facilitator', 'lead', 'admin', 'analyst', 'referrer');
    const who = path.includes('{') ? await test.staff('Noor Facilitator', 'facilitator') : me;
    const before = (await log()).length && (await log())[0]!.id;
    const { status } = await who.get(target);
    if (status !== 200) continue;
    const since = (await log()).filter(({ id, action }) => id > String(before) && action !== 'people.sign-in' && (path === '/v1/audit-events' || action !== 'audit.listed'));
    if (since.length === 0) silent.push(path);
  }
  expect(silent).toEqual([]);
});

/** What these answer is about nobody but the one who asks, or about no person at all. */
const NOBODYS = [
  '/health/live', '/health/ready', '/v1/me', '/v1/wellbeing-instruments', '/v1/cost-items', '/v1/law-settings', '/v1/public-places',
  // Who works here, and when, is known to everyone who does.
  '/v1/facilitators', '/v1/duty-roster', '/v1/duty-settings', '/v1/duty',
];

describe('the pages', () => {
  it('of a main person and of the circle say who looked, in words; the log is found by number and by name', async () => {
    const page = (who: Caller, path: string): Promise<string> =>
      request(test.server).get(path).set('Cookie', `session=${who.token}`).expect(200).then(({ text }) => text);
    const mine = await page(sanne, '/mijn/wie-keek');
    expect(mine).toContain('Noor Facilitator');
    expect(mine).toContain('om het gesprek en het plan te regelen');
    expect(mine).not.toMatch(/dossier|cliënt|casus|traject/i);
    expect(await page(sanne, '/mijn')).toContain('/mijn/wie-keek');
    expect(await page(joost, '/kring/wie-keek')).toContain('Wie heeft er in jouw gegevens gekeken?');
    expect(await page(admin, `/beheer/logboek?nummer=${story.reference}&persoon=noor+facilitator`)).toContain('keek naar');
    expect(await page(admin, '/beheer/logboek?nummer=NB-0')).toContain('kennen we niet');
  });
});

it('has words for every action in the source', () => {
  const files = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
    });
  const used = files('src').flatMap((path) => {
    const source = readFileSync(path, 'utf8');
    return [...source.matchAll(/(?:action: |\bnote\([^)]*|record\(tx, )'([a-z-]+\.[a-z-]+)'/g)].map(([, action]) => action!);
  });
  const { actions } = textsFor('nl').audit;
  expect([...new Set(used)].filter((action) => !(action in actions)).sort()).toEqual([]);
  expect(used.length).toBeGreaterThan(40);
});

import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { aMeetingStory, invite, plan, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { TableDigests } from './support/raw-http.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface Led extends MeetingStory {
  meeting: MeetingBody;
  at: (name: string) => Promise<Visitor>;
  /** The facilitator, signed in at this moment. */
  noor: () => Promise<Caller>;
  email: string;
}

let stories = 0;

/** A meeting that begins at this moment and takes two hours. */
async function ledStory(startsAt: string, changes: Record<string, unknown> = {}): Promise<Led> {
  const name = `Noor Leidt ${'abcdefghij'[(stories += 1)]}`;
  const noor = (): Promise<Caller> => test.staff(name, 'facilitator');
  const story = await aMeetingStory(test, { kind: 'mdo', ...changes }, await noor());
  await invite(story);
  const endsAt = new Date(Date.parse(startsAt) + 7_200_000).toISOString();
  const meeting = await plan(story, [{ startsAt, endsAt }]);
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@noord.example`;
  return { ...story, meeting, noor, email, at: (name) => visitorAtTheTable(test, story, story.members[name]!.id) };
}
const TOMORROW = '2026-11-17T13:00:00Z';
const chairOf = async (story: Led): Promise<string | null> =>
  ((await (await story.noor()).get(`/v1/meetings/${story.meeting.id}/script`).expect(200)).body as { chairMemberId: string | null }).chairMemberId;

it('can be rehearsed as soon as the date stands, and a rehearsal changes nothing at all', async () => {
  const waiting = await aMeetingStory(test, { kind: 'mdo' });
  const early = await visitorAtTheTable(test, waiting);
  expect((await early.open('/mijn/voorzitten')).text).toContain('Zodra de datum vaststaat');
  await early.open('/mijn/voorzitten?oefenen');
  expect(early.url).toBe('/mijn/voorzitten');

  const story = await ledStory(TOMORROW);
  const sanne = await story.at('Sanne');
  expect((await sanne.open('/mijn')).text).toContain('href="/mijn/voorzitten"');
  await sanne.open('/mijn/voorzitten');
  expect(sanne.page.text).toContain('Beginnen kan vanaf een half uur voor het gesprek.');
  await sanne.open('/mijn/voorzitten?stap=2');
  expect(sanne.url).toBe('/mijn/voorzitten');

  // What was looked at stands beside the tables that are compared.
  const admin = await test.staff('Ad Oefent', 'admin');
  const looked = async (): Promise<unknown[]> => ((await admin.get(`/v1/audit-events?caseId=${story.id}&actorId=${story.resident.id}&limit=100`).expect(200)).body as { items: unknown[] }).items;
  const looksBefore = await looked();
  // Looking twice within an hour is one look.
  test.clock.set(new Date('2026-11-16T10:00:00Z'));
  const digests = await TableDigests.of(test);
  const before = await digests.lines();
  for (const path of ['', '&stap=3', '&stap=3&pauze', '&stap=3&overgeven', '&stap=11']) {
    await sanne.open(`/mijn/voorzitten?oefenen${path}`);
    expect(sanne.page.status).toBe(200);
    expect(sanne.page.text).toContain('Er verandert niets. Niemand ziet dat je oefent.');
    expect(sanne.page.text).not.toMatch(/Joost|Ria|voorzitten\/overgeven"/);
  }
  const after = await digests.lines();
  await digests.end();
  expect(after).toEqual(before);
  expect(looksBefore.length).toBeGreaterThan(0);
  expect(await looked()).toEqual(looksBefore);
});

it('leads through every step, from half an hour before until midnight; a wrong step leads to the nearest', async () => {
  const story = await ledStory(TOMORROW);
  const sanne = await story.at('Sanne');
  await sanne.open('/mijn/voorzitten');
  test.clock.set(new Date('2026-11-17T12:29:00Z'));
  await sanne.open('/mijn/voorzitten?stap=1');
  expect(sanne.url).toBe('/mijn/voorzitten');
  test.clock.set(new Date('2026-11-17T12:30:00Z'));
  await sanne.open('/mijn/voorzitten');
  await sanne.send('/mijn/voorzitten/beginnen');
  expect(sanne.url).toBe('/mijn/voorzitten?stap=1');
  const { phases } = (await (await story.noor()).get(`/v1/meetings/${story.meeting.id}/script`).expect(200)).body as { phases: { title: string; readAloud: string[] }[] };
  for (const [i, { title, readAloud }] of phases.entries()) {
    expect(sanne.page.text).toContain(`Stap ${i + 1} van ${phases.length}`);
    expect(sanne.page.text).toContain(`<h1>${title}</h1>`);
    for (const line of readAloud) expect(sanne.page.text).toContain(line);
    if (i + 1 < phases.length) await sanne.open(`/mijn/voorzitten?stap=${i + 2}`);
  }
  for (const [typed, number] of [['99', phases.length], ['-1', 1], ['x', 1]] as const) {
    expect((await sanne.open(`/mijn/voorzitten?stap=${typed}`)).text).toContain(`Stap ${number} van ${phases.length}`);
  }
  expect((await sanne.open('/mijn/voorzitten?stap=3&pauze')).text).toContain('Verder met het gesprek');
  test.clock.set(new Date('2026-11-17T23:00:00Z'));
  await sanne.open('/mijn/voorzitten?stap=3');
  expect(sanne.url).toBe('/mijn/voorzitten');
});

it('asks who leads for no code before midnight, and for one after it', async () => {
  // The device is known for 30 days from now; on the last of them there is a meeting.
  const story = await ledStory('2026-12-16T08:15:00Z');
  const sanne = await story.at('Sanne');
  const other = await story.at('Sanne');
  test.clock.set(new Date('2026-12-16T08:00:00Z'));
  await sanne.open('/mijn/voorzitten');
  await sanne.send('/mijn/voorzitten/beginnen');
  test.clock.set(new Date('2026-12-16T08:45:00Z'));
  expect((await other.open('/mijn/voorzitten?stap=2')).text).not.toContain('Stap 2 van');
  test.clock.set(new Date('2026-12-16T22:59:00Z'));
  expect((await sanne.open('/mijn/voorzitten?stap=2')).text).toContain('Stap 2 van');
  expect((await sanne.open('/mijn/kring')).text).toContain('Mijn kring');
  test.clock.set(new Date('2026-12-16T23:00:00Z'));
  expect((await sanne.open('/mijn/voorzitten')).text).not.toContain('Het gesprek leiden');
});

it('does not end the session of who leads before midnight either', async () => {
  // A session lasts 90 days at most; on the last of them Joost leads.
  const story = await ledStory('2027-02-14T08:15:00Z');
  const [joost, ria] = [await story.at('Joost'), await story.at('Ria')];
  await story.facilitator.put(`/v1/meetings/${story.meeting.id}/chair`, { memberId: story.members.Joost!.id }).expect(200);
  test.clock.set(new Date('2027-02-14T08:00:00Z'));
  await joost.open('/kring/voorzitten');
  await joost.send('/kring/voorzitten/beginnen');
  test.clock.set(new Date('2027-02-14T22:59:00Z'));
  expect((await ria.open('/kring')).status).toBe(401);
  expect((await joost.open('/kring/voorzitten?stap=2')).text).toContain('Stap 2 van');
  test.clock.set(new Date('2027-02-14T23:00:00Z'));
  expect((await joost.open('/kring/voorzitten')).status).toBe(401);
});

it('goes over to who takes it over, where it is, and comes back; nobody else gets the script', async () => {
  const story = await ledStory(TOMORROW);
  const [sanne, joost, ria] = [await story.at('Sanne'), await story.at('Joost'), await story.at('Ria')];
  expect((await joost.open('/kring/voorzitten')).status).toBe(404);
  test.clock.set(new Date(TOMORROW));
  await sanne.open('/mijn/voorzitten?stap=5&overgeven');
  await sanne.send('/mijn/voorzitten/overgeven', {});
  expect(sanne.page.status).toBe(400);
  expect(sanne.page.text).toContain('Wie neemt het over?');
  expect(await chairOf(story)).toBeNull();
  await sanne.open('/mijn/voorzitten?stap=5&overgeven');
  await sanne.send('/mijn/voorzitten/overgeven', { memberId: story.members.Joost!.id });
  expect(await chairOf(story)).toBe(story.members.Joost!.id);
  expect(sanne.page.text).toContain('Joost leidt nu het gesprek.');

  expect((await joost.open('/kring')).text).toContain('Jij leidt het gesprek');
  await joost.open('/kring/voorzitten');
  await joost.send('/kring/voorzitten/beginnen');
  expect(joost.url).toBe('/kring/voorzitten?stap=5');
  expect(joost.page.text).not.toMatch(/overgeven|Mijn plan/);
  expect((await ria.open('/kring')).text).not.toContain('Jij leidt het gesprek');
  for (const path of ['/kring/voorzitten', '/kring/voorzitten?stap=2', '/kring/voorzitten?oefenen', '/kring/voorzitten/papier']) {
    expect((await ria.open(path)).status).toBe(404);
  }
  expect((await joost.open('/mijn/voorzitten')).status).toBe(403);

  await sanne.open('/mijn/voorzitten?stap=7');
  await sanne.send('/mijn/voorzitten/overgeven');
  expect(sanne.url).toContain('/mijn/voorzitten?stap=7');
  expect(await chairOf(story)).toBeNull();
  expect((await joost.open('/kring/voorzitten?stap=5')).status).toBe(404);
});

it('lets a main person read along where the facilitator leads, and asks for a device that is known', async () => {
  const story = await ledStory(TOMORROW, { kind: 'eigen-kracht' });
  const sanne = await story.at('Sanne');
  test.clock.set(new Date(TOMORROW));
  await sanne.open('/mijn/voorzitten');
  expect(sanne.page.text).toContain('Meelezen met het gesprek');
  expect(sanne.page.text).toContain('de gespreksleider');
  expect((await sanne.open('/mijn/voorzitten?stap=5&overgeven')).text).not.toContain('Wie neemt het over?');
  expect(sanne.page.text).toContain('onder elkaar');
  expect((await sanne.open('/mijn/voorzitten?stap=5')).text).toContain('href="/mijn/aan-tafel"');
  expect((await sanne.open('/mijn/aan-tafel')).status).toBe(200);
  expect((await aVisitor(test).open('/mijn/voorzitten')).status).toBe(401);
});

it('says the same on paper, for who leads and for the facilitator, who notes who leads', async () => {
  const story = await ledStory(TOMORROW);
  const sanne = await story.at('Sanne');
  const own = await sanne.open('/mijn/voorzitten/papier');
  const { phases } = (await (await story.noor()).get(`/v1/meetings/${story.meeting.id}/script`).expect(200)).body as { phases: { title: string; doNow: string[]; readAloud: string[] }[] };
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: story.email, password: 'een lang wachtwoord' });
  const path = `/werk/trajecten/${story.reference}/draaiboek`;
  expect((await noor.open(`/werk/trajecten/${story.reference}`)).text).toContain(`href="${path}"`);
  const work = await noor.open(path);
  for (const line of phases.flatMap(({ title, doNow, readAloud }) => [title, ...doNow, ...readAloud])) {
    expect(own.text).toContain(line);
    expect(work.text).toContain(line);
  }
  await noor.send(`${path}/voorzitter`, { memberId: story.members.Joost!.id });
  expect(await chairOf(story)).toBe(story.members.Joost!.id);
  await noor.send(`${path}/voorzitter`, { memberId: '' });
  expect(await chairOf(story)).toBeNull();
  expect((await noor.open(`${path}?soort=review`)).text).toContain('Draaiboek voor de terugkombijeenkomst');

  const other = await aMeetingStory(test, { kind: 'netwerkplan' });
  expect((await noor.open(`/werk/trajecten/${other.reference}/draaiboek`)).status).toBe(404);
});

it('leads to the plan for who leads and may write in it, and for nobody who may not', async () => {
  const story = await ledStory('2026-11-16T13:00:00Z');
  const noor = await story.noor();
  const joost = story.members.Joost!.id;
  await noor.put(`/v1/meetings/${story.meeting.id}/chair`, { memberId: joost }).expect(200);
  const [sanne, chair] = [await story.at('Sanne'), await story.at('Joost')];
  expect((await sanne.open('/mijn/voorzitten')).text).toContain('href="/mijn/meeschrijven"');
  expect((await chair.open('/kring/voorzitten')).text).not.toContain('meeschrijven');
  await noor.put(`/v1/meetings/${story.meeting.id}/scribe`, { memberId: joost }).expect(200);
  expect((await chair.open('/kring/voorzitten')).text).toContain('href="/kring/meeschrijven"');
  expect((await chair.open('/kring/voorzitten?oefenen&stap=6')).text).not.toContain('meeschrijven');
  test.clock.set(new Date('2026-11-16T12:50:00Z'));
  const steps = [];
  for (let step = 1; step <= 10; step += 1) {
    const { text } = await chair.open(`/kring/voorzitten?stap=${step}`);
    if (text.includes('href="/kring/meeschrijven"')) steps.push(/<h1>([^<]+)/.exec(text)![1]);
  }
  expect(steps.length).toBeGreaterThan(0);
  expect((await chair.open('/kring/meeschrijven')).status).toBe(200);
});

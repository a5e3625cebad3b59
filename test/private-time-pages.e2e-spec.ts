import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aTable, atTheCase, type TableStory } from './support/private-time.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

/** Somebody on the device on which the facilitator showed their link. */
async function opens(story: TableStory, name: string): Promise<Visitor> {
  const link = await story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/links`, { via: 'show' }).expect(201);
  const path = new URL((link.body as { url: string }).url).pathname;
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

it('lets a main person begin private time, call somebody in and end it, and choose who writes', async () => {
  const story = await aTable(test);
  const sanne = await opens(story, 'Sanne');
  await sanne.open('/mijn');
  expect(sanne.page.text).toContain('Naar de tafel');
  await sanne.open('/mijn/aan-tafel');
  const say = `/mijn/aan-tafel/${story.meeting.id}/besloten-tijd`;
  expect(sanne.page.text).toContain('Ook de gespreksleider niet');
  await sanne.send(say, { event: 'start' });
  expect(sanne.url).toBe('/mijn/aan-tafel?gedaan=private-time-started');
  expect(sanne.page.text).toContain('Jullie hebben nu besloten tijd');
  await sanne.send(`/mijn/aan-tafel/${story.meeting.id}/erbij`, { who: story.members.Karim!.id });
  expect(sanne.page.text).toContain('<bdi>Karim</bdi> is er nu bij.');
  await sanne.send(`/mijn/aan-tafel/${story.meeting.id}/weer-weg`, { who: story.members.Karim!.id });
  await sanne.send(`/mijn/aan-tafel/${story.meeting.id}/schrijver`, { memberId: story.members.Ria!.id });
  await sanne.send(say, { event: 'end' });
  expect(sanne.page.text).toContain('Wij gaan nog een keer apart');
  const meeting = (await story.facilitator.get(story.path).expect(200)).body as { scribeId: string; privateTime: { state: string } };
  expect(meeting).toMatchObject({ scribeId: story.members.Ria!.id, privateTime: { state: 'ended' } });
});

it('shows who is of the circle the way, and who is not only that it goes on', async () => {
  const story = await aTable(test);
  const [ria, karim] = await Promise.all([opens(story, 'Ria'), opens(story, 'Karim')]);
  await ria.open('/kring/aan-tafel');
  expect(ria.page.text).not.toContain('Wie schrijft');
  await ria.send(`/kring/aan-tafel/${story.meeting.id}/besloten-tijd`, { event: 'start' });
  expect(ria.page.text).not.toContain('Karim');
  await karim.open('/kring/aan-tafel');
  expect(karim.page.text).toContain('De kring heeft nu besloten tijd, sinds ');
  expect(karim.page.text).not.toContain('<button name="event"');
  await ria.send(`/kring/aan-tafel/${story.meeting.id}/erbij`, { who: 'facilitator' });
  expect(ria.page.text).toContain('<bdi>de gespreksleider</bdi> is er nu bij.');
});

it('hides from the facilitator what the circle writes, and lets them begin it on their word', async () => {
  const story = await aTable(test);
  const { noor, path: page } = await atTheCase(test, story);
  const sanne = await story.as('Sanne');
  await sanne.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, { want: 'Eerder woord', can: 'Koken', need: 'Rust' }).expect(200);
  await noor.open(page);
  expect(noor.page.text).toContain('Eerder woord');
  await noor.send(`${page}/beraden/${story.meeting.id}/besloten-tijd`);
  expect(noor.url).toBe(`${page}?gedaan=private-time-started`);
  expect(noor.page.text).toContain('Wat er staat, is nu alleen van de kring');
  expect(noor.page.text).not.toContain('Eerder woord');
  await sanne.put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Geheim doel' }], commitments: [] }).set('If-Match', '"0"').expect(200);
  await noor.open(page);
  expect(noor.page.text).not.toContain('Geheim doel');
  await sanne.post(`${story.path}/private-time`, { event: 'end' }).expect(200);
  await noor.open(page);
  expect(noor.page.text).toContain('Eerder woord');
  expect(noor.page.text).toContain('Geheim doel');
});

it('notes times of day of who came later, and says which of them cannot be', async () => {
  const story = await aTable(test, { kind: 'netwerkberaad' });
  const { noor, path: page } = await atTheCase(test, story);
  const start = new Date(story.meeting.startsAt!);
  const clock = (minutes: number): string =>
    new Date(start.getTime() + minutes * 60_000).toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' });
  const path = `${page}/beraden/${story.meeting.id}/aanwezigheid`;
  await noor.open(page);
  await noor.send(path, { 'items.1.presence': 'part', 'items.1.arrivedAt': clock(5) });
  expect(noor.page.status).toBe(400);
  expect(noor.page.text).toContain('Dit ligt in de toekomst.');
  test.clock.advance({ minutes: 10 });
  await noor.send(path, { 'items.1.presence': 'part', 'items.1.arrivedAt': clock(5) });
  const { attendance } = (await story.facilitator.get(story.path).expect(200)).body as { attendance: { arrivedAt?: string }[] };
  expect(attendance.map(({ arrivedAt }) => arrivedAt).filter(Boolean)).toEqual([new Date(start.getTime() + 5 * 60_000).toISOString()]);
});

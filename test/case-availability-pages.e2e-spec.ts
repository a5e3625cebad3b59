import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aMeetingStory, plan, type MeetingStory } from './support/meetings.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const THURSDAY = { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' };
const KINGS_DAY = { startsAt: '2027-04-27T11:00:00Z', endsAt: '2027-04-27T12:00:00Z' };
const HOURS = 'Dit valt buiten de werktijden van de gespreksleider.';
const HOLIDAY = 'Dit is een feestdag.';

/** The facilitator of a story at their own page of the case; they work on Tuesdays. */
async function atTheCase(): Promise<{ story: MeetingStory; noor: Visitor; path: string }> {
  const story = await aMeetingStory(test);
  await story.facilitator.put('/v1/me/availability', { hours: [{ weekday: 2, from: 540, until: 1020 }] }).expect(200);
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  const email = `noor.${story.mail('x').slice(2, -'@example.org'.length)}@noord.example`;
  await noor.send('/inloggen', { email, password: 'een lang wachtwoord' });
  const path = `/werk/trajecten/${story.reference}`;
  await noor.open(path);
  return { story, noor, path };
}

it('A date that is planned outside hours is planned, and its page says so until it is moved to one that fits', async () => {
  const { noor, path } = await atTheCase();
  expect(noor.page.text).not.toContain(HOURS);
  const typed = { 'place.type': 'other', 'place.address': 'Buurthuis', 'slots.0.date': '2027-01-14', 'slots.0.from': '14:00', 'slots.0.to': '16:00' };
  await noor.send(`${path}/beraden`, typed);
  expect(noor.url).toContain('?gedaan=');
  expect(noor.page.text).toContain(HOURS);
  expect(noor.page.text).not.toContain(HOLIDAY);
  const move = /action="([^"]+\/verplaatsen)"/.exec(noor.page.text)![1]!;
  await noor.send(move, { date: '2027-04-27', from: '13:00', to: '14:00' });
  expect(noor.page.text).toContain(HOLIDAY);
  expect(noor.page.text).not.toContain(HOURS);
  await noor.send(move, { date: '2027-01-19', from: '13:00', to: '14:00' });
  expect(noor.page.text).not.toContain(HOLIDAY);
});

it('Of a poll it says which date, and after choosing only what is true of that one', async () => {
  const { story, noor, path } = await atTheCase();
  const poll = await plan(story, [THURSDAY, KINGS_DAY]);
  await noor.open(path);
  expect(noor.page.text).toContain(`do 14 jan 14.00: ${HOURS}`);
  expect(noor.page.text).toContain(`di 27 apr 13.00: ${HOLIDAY}`);
  await noor.send(`${path}/beraden/${poll.id}/vastzetten`, { slotId: poll.slots[1]!.id });
  expect(noor.page.text).toContain(`<li>${HOLIDAY}</li>`);
  expect(noor.page.text).not.toContain(HOURS);
});

it('A room for fewer than who are asked and who leads is said', async () => {
  const { story, noor, path } = await atTheCase();
  const place = { name: 'Het Kamertje', address: 'Dorpsstraat 1', rooms: [{ name: 'Zaal', capacity: 1 }] };
  const made = (await story.facilitator.post('/v1/public-places', place).expect(201)).body as { id: string; rooms: { id: string }[] };
  await plan(story, [THURSDAY], { place: { type: 'public-place', publicPlaceId: made.id, roomId: made.rooms[0]!.id } });
  await noor.open(path);
  expect(noor.page.text).toContain('De zaal is kleiner dan het aantal mensen dat gevraagd is.');
});

it('Where a meeting can be planned stand moments at which its facilitator is free, and nowhere else', async () => {
  const { story, noor, path } = await atTheCase();
  const free = (): string[] => [...(noor.page.text.split('id="vrij"')[1]?.split('</ul>')[0] ?? '').matchAll(/<time datetime="([^"]+)"/g)].map(([, at]) => at!);
  expect(free()).toEqual(['2026-11-17T08:00:00.000Z', '2026-11-24T08:00:00.000Z']);
  await story.facilitator.post('/v1/me/absences', { kind: 'leave', from: '2026-11-17', to: '2026-11-17' }).expect(201);
  await noor.open(path);
  expect(free()).toEqual(['2026-11-24T08:00:00.000Z']);
  await plan(story, [THURSDAY]);
  await noor.open(path);
  expect(free()).toEqual([]);
});

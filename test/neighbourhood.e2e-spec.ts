import { startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { aCase, anInvitedCase, byLink } from './support/stories.js';

let test: TestApp;
let noor: Caller;
let lead: Caller;
beforeAll(async () => {
  test = await startApp();
  noor = await test.staff('Noor Facilitator', 'facilitator');
  lead = await test.staff('Lea Lead', 'lead');
});
afterAll(() => test.stop());

interface Place {
  id: string;
  name: string;
  rooms: { id: string; name: string; capacity: number }[];
  version: number;
}
const klomp = { name: 'De Klomp', address: 'Dorpsstraat 1', rooms: [{ name: 'Zaal', capacity: 20 }, { name: 'Keuken', capacity: 6 }], stepFree: true };
const add = async (changes = {}): Promise<Place> => (await lead.post('/v1/public-places', { ...klomp, ...changes }).expect(201)).body as Place;
const slot = (day: number, hour = 19): { startsAt: string; endsAt: string } => ({
  startsAt: `2026-12-${String(day).padStart(2, '0')}T${hour}:00:00+01:00`,
  endsAt: `2026-12-${String(day).padStart(2, '0')}T${hour + 2}:00:00+01:00`,
});

it('keeps the places of the neighbourhood with their rooms, by name, a page at a time', async () => {
  for (const name of ['Zwaan', 'Anker', 'Brug']) await add({ name });
  const names: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page = (await noor.get(`/v1/public-places?limit=2${next ? `&after=${next}` : ''}`).expect(200)).body as { items: Place[]; next: string | null };
    names.push(...page.items.map(({ name }) => name));
    next = page.next;
  }
  expect(names).toEqual([...names].sort());
  expect(names).toEqual(expect.arrayContaining(['Anker', 'Brug', 'Zwaan']));
});

it('replaces a place and keeps the rooms that are named by id; one in which a meeting is still to be held stays', async () => {
  const place = await add({ name: 'Molen' });
  const [hall, kitchen] = place.rooms;
  const story = await aCase(test, {}, noor);
  const at = { type: 'public-place', publicPlaceId: place.id, roomId: hall!.id };
  await noor.post(`/v1/cases/${story.id}/meetings`, { place: at, slots: [slot(1)] }).expect(201);
  const path = `/v1/public-places/${place.id}`;
  const refused = await lead.put(path, { ...klomp, rooms: [{ ...kitchen, name: 'Eetkamer' }] }).expect(409);
  expect((refused.body as { detail: string }).detail).toContain('Zaal');
  const { body } = await lead.put(path, { ...klomp, rooms: [hall, { name: 'Tuinkamer', capacity: 4 }] }).expect(200);
  expect((body as Place).rooms.map(({ name }) => name)).toEqual(['Zaal', 'Tuinkamer']);
  expect((body as Place).version).toBe(2);
  const foreign = await lead.put(path, { ...klomp, rooms: [{ ...kitchen }] }).expect(400);
  expect((foreign.body as { errors: { pointer: string }[] }).errors[0]!.pointer).toBe('/rooms/0/id');
});

it('tells people where a public place is: its name, the room and the address', async () => {
  const place = await add({ name: 'De Brug' });
  const story = await anInvitedCase(test);
  await noor
    .post(`/v1/cases/${story.id}/meetings`, {
      place: { type: 'public-place', publicPlaceId: place.id, roomId: place.rooms[1]!.id },
      slots: [slot(2)],
    })
    .expect(201);
  await test.deliver();
  const mail = await mailTo(test.app, 'joost@example.org');
  expect(mail.text).toContain('De Brug, Keuken, Dorpsstraat 1');
  await byLink(test, linkToken(mail));
});

it('refuses a place or room that is not there, a room without its place, and a place with another type', async () => {
  const [place, other] = [await add(), await add()];
  const story = await aCase(test, {}, noor);
  const path = `/v1/cases/${story.id}/meetings`;
  for (const at of [
    { type: 'public-place', publicPlaceId: story.id },
    { type: 'public-place', publicPlaceId: place.id, roomId: other.rooms[0]!.id },
    { type: 'public-place', roomId: place.rooms[0]!.id },
    { type: 'home', publicPlaceId: place.id },
  ]) {
    const { body } = await noor.post(path, { place: at, slots: [slot(3)] }).expect(400);
    expect((body as { errors: { code: string }[] }).errors[0]!.code).toBe('unknown-place');
  }
});

it('books a room once, also when twenty facilitators ask for it at the same moment', async () => {
  const place = await add();
  const at = { type: 'public-place', publicPlaceId: place.id, roomId: place.rooms[0]!.id };
  const callers = await Promise.all(Array.from({ length: 20 }, (_, i) => test.staff(`Zaal ${'abcdefghijklmnopqrst'[i]}`, 'facilitator')));
  const stories = await Promise.all(callers.map((who) => aCase(test, {}, who)));
  const answers = await Promise.all(
    stories.map((story, i) => callers[i]!.post(`/v1/cases/${story.id}/meetings`, { place: at, slots: [slot(4, 18 + (i % 2))] })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
  expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({ type: expect.stringContaining('room-taken') });
  // The next evening, and straight after, it is free.
  await callers[0]!.post(`/v1/cases/${(await aCase(test, {}, callers[0])).id}/meetings`, { place: at, slots: [slot(5)] }).expect(201);
  await callers[1]!.post(`/v1/cases/${(await aCase(test, {}, callers[1])).id}/meetings`, { place: at, slots: [slot(5, 21)] }).expect(201);
});

it('knows no place of another organisation', async () => {
  const place = await add();
  const other = await (await test.otherOrganisation('zuid')).staff('Zoë', 'facilitator', 'lead');
  await other.get(`/v1/public-places/${place.id}`).expect(404);
  await other.put(`/v1/public-places/${place.id}`, klomp).expect(404);
  expect((await other.get('/v1/public-places').expect(200)).body).toEqual({ items: [], next: null });
});

import ICAL from 'ical.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { calendarOf, linkToken, mailsTo } from './support/mailbox.js';
import { aCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

const JOOST = 'joost@example.org';
const KARIM = 'karim@deklimop.example';
const CIRCLE = [
  { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
  { name: 'Joost Bakker', relation: 'neighbour', email: JOOST },
  { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: KARIM },
];

/** Each kind that meets: where it does, and what its invitation says of it. */
const KINDS = [
  ['netwerkberaad', { type: 'other', address: 'Buurthuis De Klomp' }, 'Samen kijken we wat er nodig is'],
  ['eigen-kracht', { type: 'other', address: 'Bij opa in de schuur' }, 'zonder professionals bij elkaar'],
  ['mdo', { type: 'home', address: 'Wilgenlaan 12' }, 'zit zelf voor'],
  ['jim', { type: 'video', url: 'https://beeld.example/jim' }, 'wat Sanne de Wit zelf wil'],
] as const;

interface Meeting {
  id: string;
  state: string;
  slots: { id: string; startsAt: string }[];
  ranking: { slotId: string; yes: number; no: number }[];
}

const idOf = (story: StoryCase, name: string): string => story.members[name]!.id;
const stateOf = async (story: StoryCase): Promise<string> => ((await story.facilitator.get(`/v1/cases/${story.id}`).expect(200)).body as { state: string }).state;
const latest = async (to: string) => (await mailsTo(test.app, to))[0]!;
const eventIn = async (to: string): Promise<ICAL.Component> => new ICAL.Component(ICAL.parse(calendarOf(await latest(to))));

/** A session does not last for days. */
async function signIn(story: StoryCase): Promise<void> {
  story.facilitator = await test.staff('Noor Facilitator', 'facilitator');
}

/** The service runs on, looking every hour, as it does by itself. */
async function until(instant: string): Promise<void> {
  while (test.clock.now() < new Date(instant)) {
    test.clock.advance({ minutes: 60 });
    await test.deliver();
  }
}

/** The resident says who may come; one is spoken to, then all are invited. */
async function invited(kind: string): Promise<{ story: StoryCase; sanne: Caller }> {
  const story = await aCase(test, { kind, circle: CIRCLE });
  const sanne = await atTheTable(test, story, story.resident.id);
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [idOf(story, 'Joost')] }).expect(409);
  for (const name of ['Ria', 'Joost', 'Meester']) await sanne.post(`/v1/circle-members/${idOf(story, name)}/approval`, { by: 'main-person' }).expect(200);
  const talk = { at: test.clock.now().toISOString(), by: 'phone', outcome: 'held', needs: 'Een rustige plek.' };
  await story.facilitator.post(`/v1/circle-members/${idOf(story, 'Ria')}/preparation-talks`, talk).expect(201);
  const { items } = (await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202)).body as { items: object[] };
  expect(items).toHaveLength(3);
  await test.deliver();
  return { story, sanne };
}

it.each(KINDS)('brings the circle to a date that works, moves it, calls it off and finds another: %s', async (kind, place, words) => {
  const { story, sanne } = await invited(kind);
  const invitation = await latest(JOOST);
  expect(invitation.text).toContain(words);
  expect(invitation.text).toContain('nog niet gesproken');
  const joost = await byLink(test, linkToken(invitation));
  const karim = await byLink(test, linkToken(await latest(KARIM)));

  const slots = ['24', '25'].map((day) => ({ startsAt: `2026-11-${day}T19:00:00+01:00`, endsAt: `2026-11-${day}T21:00:00+01:00` }));
  const made = (await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots }).expect(201)).body as Meeting;
  const [tuesday, wednesday] = [...made.slots].sort((a, b) => a.startsAt.localeCompare(b.startsAt)).map(({ id }) => id) as [string, string];
  const path = `/v1/meetings/${made.id}`;
  const answer = (who: Caller, name: string, answers: object) => who.put(`${path}/responses/${idOf(story, name)}`, { answers });
  await answer(sanne, 'Sanne', { [tuesday]: 'yes', [wednesday]: 'if-need-be' }).expect(200);
  await answer(joost, 'Joost', { [tuesday]: 'no', [wednesday]: 'yes' }).expect(200);
  await answer(joost, 'Joost', { [tuesday]: 'yes' }).expect(200);
  await answer(story.facilitator, 'Ria', { [tuesday]: 'if-need-be', [wednesday]: 'no' }).expect(200);
  await answer(karim, 'Meester', { [wednesday]: 'yes' }).expect(200);
  await story.facilitator.post(`/v1/circle-members/${idOf(story, 'Meester')}/removal`, { reason: 'other' }).expect(200);
  await answer(karim, 'Meester', { [wednesday]: 'no' }).expect(401);
  expect(((await story.facilitator.get(path).expect(200)).body as Meeting).ranking).toMatchObject([
    { slotId: tuesday, yes: 2, no: 0 },
    { slotId: wednesday, yes: 1, no: 1 },
  ]);
  await sanne.post(`${path}/confirmation`, { slotId: tuesday }).expect(200);
  expect(await stateOf(story)).toBe('scheduled');
  await test.deliver();
  const first = (await eventIn(JOOST)).getFirstSubcomponent('vevent')!;

  const to = { startsAt: '2026-11-26T19:00:00+01:00', endsAt: '2026-11-26T21:00:00+01:00' };
  await story.facilitator.post(`${path}/move`, to).expect(200);
  await test.deliver();
  const moved = (await eventIn(JOOST)).getFirstSubcomponent('vevent')!;
  expect(moved.getFirstPropertyValue('uid')).toEqual(first.getFirstPropertyValue('uid'));
  expect(Number(moved.getFirstPropertyValue('sequence'))).toBeGreaterThan(Number(first.getFirstPropertyValue('sequence')));
  expect(moved.getFirstPropertyValue('dtstart')!.toString()).toContain('2026-11-26T19:00:00');

  await until('2026-11-26T08:00:00Z');
  await signIn(story);
  const reminded = (await mailsTo(test.app, JOOST)).filter(({ subject }) => subject === 'Denk je aan onze afspraak?');
  // A week and a day before the date that stands, not before the one that was left.
  expect(reminded.map(({ sentAt }) => sentAt.slice(0, 10))).toEqual(['2026-11-25', '2026-11-19']);
  await story.facilitator.post(`${path}/cancellation`, { reason: 'illness' }).expect(200);
  expect(await stateOf(story)).toBe('preparing');
  await test.deliver();
  expect((await eventIn(JOOST)).getFirstPropertyValue('method')).toBe('CANCEL');

  const again = { place, slots: [{ startsAt: '2026-12-03T19:00:00+01:00', endsAt: '2026-12-03T21:00:00+01:00' }] };
  expect((await story.facilitator.post(`/v1/cases/${story.id}/meetings`, again).expect(201)).body).toMatchObject({ state: 'fixed' });
  expect(await stateOf(story)).toBe('scheduled');
  await test.deliver();
  expect((await eventIn(JOOST)).getFirstPropertyValue('method')).toBe('REQUEST');
  // Who left hears nothing any more.
  expect((await mailsTo(test.app, KARIM)).filter(({ sentAt }) => sentAt > '2026-11-24')).toEqual([]);
});

it('asks for contributions without a meeting: netwerkplan', async () => {
  const { story } = await invited('netwerkplan');
  expect((await latest(JOOST)).text).toContain('Er is geen bijeenkomst');
  const slots = [{ startsAt: '2026-11-24T19:00:00+01:00', endsAt: '2026-11-24T21:00:00+01:00' }];
  const refused = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other', address: 'De Klomp' }, slots }).expect(409);
  expect((refused.body as { type: string }).type).toContain('kind-without-meeting');
});

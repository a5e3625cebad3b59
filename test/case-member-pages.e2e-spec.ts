import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aMeetingStory, bodyOf, invite, memberState, plan, slotIn, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

/** The facilitator of a story at their own page of the case. */
async function atTheCase(story: MeetingStory): Promise<{ noor: Visitor; path: string }> {
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  const email = `noor.${story.mail('x').slice(2, -'@example.org'.length)}@noord.example`;
  await noor.send('/inloggen', { email, password: 'een lang wachtwoord' });
  const path = `/werk/trajecten/${story.reference}`;
  await noor.open(path);
  return { noor, path };
}
const id = (story: MeetingStory, name: string): string => story.members[name]!.id;
const members = async (story: MeetingStory): Promise<{ id: string; name: string; state: string; ageBand: string | null; guardians?: string[]; phone?: string }[]> =>
  ((await story.facilitator.get(`/v1/cases/${story.id}/circle-members`).expect(200)).body as { items: [] }).items;

it('A child is added with who has authority, whose yes is noted by name; somebody who turns out to be a child too', async () => {
  const story = await aMeetingStory(test);
  const { noor, path } = await atTheCase(story);
  const lisa = { name: 'Lisa de Wit', relation: 'child', reach: 'visit', ageBand: '12-15', 'guardians.0': 'Sanne de Wit', 'guardians.1': 'Mark Verhoeven' };
  await noor.send(`${path}/kring`, lisa);
  expect(noor.url).toBe(`${path}?gedaan=member`);
  const added = (await members(story)).find(({ name }) => name === 'Lisa de Wit')!;
  expect(added).toMatchObject({ ageBand: '12-15', guardians: ['Sanne de Wit', 'Mark Verhoeven'] });
  expect(noor.page.text).toContain('Lisa de Wit is jonger dan 16');
  await noor.send(`${path}/kring/${added.id}/gezag`, { guardian: 'Mark Verhoeven' });
  expect(noor.url).toBe(`${path}?gedaan=guardian-yes`);
  expect((await members(story)).find(({ id }) => id === added.id)).toMatchObject({ state: 'approved' });
  expect(noor.page.text).not.toContain('Lisa de Wit is jonger dan 16');

  await noor.send(`${path}/gegevens`, { memberId: id(story, 'Joost'), ageBand: 'under-12' });
  expect(noor.page.text).toContain('Zet eerst bij deze persoon wie het gezag heeft');
  await noor.send(`${path}/gegevens`, { memberId: id(story, 'Joost'), 'guardians.0': 'Opa Jan' });
  expect(noor.page.text).toContain('<option value="Opa Jan">');
  expect((await members(story)).find(({ name }) => name === 'Joost')).toMatchObject({ ageBand: 'under-12', guardians: ['Opa Jan'] });
  await noor.send(`${path}/gegevens`, { memberId: id(story, 'Ria'), phone: 'geen nummer' });
  expect(noor.page.status).toBe(400);
});

it('An address that was wrong is put right, or nobody waits for that person any longer', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const { noor, path } = await atTheCase(story);
  for (const name of ['Ria', 'Joost']) await noor.send(`${path}/contact`, { memberId: id(story, name), channel: 'call', outcome: 'wrong-address' });
  expect(noor.page.text).toContain('Het nummer of adres van Ria klopt niet');
  await noor.send(`${path}/gegevens`, { memberId: id(story, 'Ria'), phone: '06 1234 5699' });
  expect(noor.url).toBe(`${path}?gedaan=member-changed`);
  expect((await members(story)).find(({ name }) => name === 'Ria')).toMatchObject({ phone: '+31612345699' });
  expect(noor.page.text).not.toContain('Het nummer of adres van Ria klopt niet');
  expect(noor.page.text).toContain('Het nummer of adres van Joost klopt niet');
  await noor.send(`${path}/niet-te-bereiken`, { memberId: id(story, 'Joost'), note: 'Verhuisd' });
  expect(noor.url).toBe(`${path}?gedaan=unreachable`);
  expect(await memberState(story, 'Joost')).toBe('unreachable');
  expect(noor.page.text).not.toContain('Het nummer of adres van Joost klopt niet');
});

it('What one main person has against somebody whom another brings is read, talked over, and gone from the page', async () => {
  const story = await aMeetingStory(test, { otherMainPersons: [{ name: 'Mark', email: `mark.${Math.random()}@example.org` }] });
  await story.facilitator.post(`/v1/circle-members/${id(story, 'Ria')}/approval`, { by: 'main-person' }).expect(200);
  const mark = await atTheTable(test, story, id(story, 'Mark'));
  await mark.post(`/v1/circle-members/${id(story, 'Ria')}/refusal`, { remark: 'Zij kiest partij' }).expect(200);
  const { noor, path } = await atTheCase(story);
  expect(noor.page.text).toContain('Mark heeft Ria er liever niet bij');
  expect(noor.page.text).toContain('Zij kiest partij');
  await noor.send(`${path}/kring/${id(story, 'Ria')}/besproken`, { note: 'Ria komt het tweede deel' });
  expect(noor.url).toBe(`${path}?gedaan=objection-talked`);
  expect(noor.page.text).not.toContain('Zij kiest partij');
});

it('A date is split in two parts with a quarter of an hour between; each reads their own', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const slot = slotIn(test, 72);
  const meeting = await plan(story, [slot]);
  const { noor, path } = await atTheCase(story);
  await noor.send(`${path}/beraden/${meeting.id}/delen`, { [`parts.${id(story, 'Ria')}`]: 'first', [`parts.${id(story, 'Joost')}`]: 'second' });
  expect(noor.url).toBe(`${path}?gedaan=meeting-parts`);
  const of = async (name: string) => bodyOf(await (await atTheTable(test, story, id(story, name))).get(`/v1/meetings/${meeting.id}`).expect(200));
  const later = (minutes: number): string => new Date(Date.parse(slot.startsAt) + minutes * 60_000).toISOString();
  expect(await of('Ria')).toMatchObject({ startsAt: slot.startsAt, endsAt: later(52) });
  expect(await of('Joost')).toMatchObject({ startsAt: later(67), endsAt: slot.endsAt });
});

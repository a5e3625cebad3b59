import { mailsTo, mailTo } from './support/mailbox.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
let serial = 0;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(() => test.stop());

const address = (): string => `joost.${serial}@example.org`;
const joost = (contact: object = { email: address() }): object => ({ name: 'Joost Bakker', relation: 'neighbour', ...contact });
const aStory = async (changes: object = {}, contact?: object): Promise<StoryCase> => {
  serial += 1;
  const story = await aCase(test, { circle: [joost(contact)], ...changes });
  await facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/approval`, { by: 'main-person' }).expect(200);
  return story;
};
const invite = (story: StoryCase): Promise<unknown> => facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
const link = (story: StoryCase, via = 'mail'): Promise<unknown> =>
  facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/links`, { via }).expect(201);
const slot = (hours: number): object => {
  const at = (h: number): string => new Date(START.getTime() + (serial * 168 + h) * 3_600_000).toISOString();
  return { startsAt: at(hours), endsAt: at(hours + 2) };
};
const plan = (story: StoryCase, ...slots: object[]): Promise<unknown> =>
  facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other', address: 'Buurthuis' }, slots }).expect(201);
/** How often each message says why it came, newest first. */
const notices = async (to = address()): Promise<number[]> => {
  await test.deliver();
  return (await mailsTo(test.app, to)).map(({ text }) => text.match(/gaf ons je (naam|nummer)/g)?.length ?? 0);
};
interface Told {
  memberId: string;
  way: string;
  channel: string;
  toldAt: string;
}
const told = async (story: StoryCase): Promise<Told[]> => ((await facilitator.get(`/v1/cases/${story.id}/consents`).expect(200)).body as { notices: Told[] }).notices;

it('says at first contact who gave the name, what is kept, why it may, how long, and how one tap takes it away', async () => {
  const story = await aStory();
  expect(await told(story)).toEqual([]);
  await invite(story);
  expect(await notices()).toEqual([1]);
  const { text } = await mailTo(test.app, address());
  for (const part of ['Fatma Yıldız, Wijkteam Noord gaf ons je naam', 'wie je bent voor Sanne', 'Het is een taak van de gemeente', 'binnen 28 dagen', '‘haal mij weg’', '/l/']) {
    expect(text).toContain(part);
  }
  expect(await told(story)).toEqual([{ memberId: story.members.Joost!.id, way: 'message', channel: 'mail', toldAt: START.toISOString() }]);
});

it.each<[string, (story: StoryCase) => Promise<unknown>, number[]]>([
  ['a personal link before the invitation', async (story) => (await link(story), await test.deliver(), await invite(story)), [0, 1]],
  ['an invitation that a poll joined', async (story) => (await invite(story), await plan(story, slot(48), slot(72))), [1]],
  ['an invitation, and a poll after it went', async (story) => (await invite(story), await test.deliver(), await plan(story, slot(48), slot(72))), [0, 1]],
  ['a second link', async (story) => (await link(story), await test.deliver(), await link(story)), [0, 1]],
])('is in %s once, in the first message only', async (_, path, expected) => {
  const story = await aStory();
  await path(story);
  expect(await notices()).toEqual(expected);
});

it('is once in two messages that go at the same moment', async () => {
  const story = await aStory();
  await plan(story, slot(48));
  await invite(story);
  expect((await notices()).sort()).toEqual([0, 1]);
});

it('is in the first text message, short, with the page that says it all', async () => {
  const story = await aStory({}, { phone: '06 8765 4399' });
  await invite(story);
  expect(await notices('+31687654399')).toEqual([1]);
  expect((await told(story))[0]).toMatchObject({ way: 'message', channel: 'sms' });
  const { text } = await mailTo(test.app, '+31687654399');
  expect(text).toContain('/l/');
});

it('is in an urgent invitation too', async () => {
  const story = await aStory({ safety: { level: 'acute' } });
  await invite(story);
  expect(await notices()).toEqual([1]);
});

it('names the main person or the facilitator who added someone', async () => {
  const story = await aCase(test, { circle: [] });
  const sanne = await atTheTable(test, story, story.resident.id);
  for (const [who, tag, giver] of [[sanne, 'a', 'Sanne de Wit'], [facilitator, 'b', 'De gespreksleider']] as const) {
    const email = `nieuw.${tag}@example.org`;
    const { id } = (await who.post(`/v1/cases/${story.id}/circle-members`, { name: 'Nieuw', relation: 'friend', email }).expect(201)).body as { id: string };
    await facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
    await invite(story);
    await test.deliver();
    const { text } = await mailTo(test.app, email);
    expect(text).toContain(`${giver} gaf ons je naam`);
  }
});

it('is written down when the facilitator said it, and the first message says it still', async () => {
  const story = await aStory();
  const reached = { at: '2026-11-16T08:00:00+01:00', channel: 'call', outcome: 'reached' };
  await facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/contact-attempts`, reached).expect(201);
  expect(await told(story)).toMatchObject([{ way: 'spoken', channel: 'call' }]);
  await invite(story);
  expect(await notices()).toEqual([1]);
  expect((await told(story)).map(({ way }) => way).sort()).toEqual(['message', 'spoken']);
});

it('is not for a main person, who asked for this', async () => {
  const story = await aCase(test, { circle: [], resident: { name: 'Sanne de Wit', email: 'sanne.eigen@example.org' } });
  await facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  expect(await notices('sanne.eigen@example.org')).toEqual([0]);
});

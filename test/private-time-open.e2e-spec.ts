import { startApp, START, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aTable, atTheCase, type TableStory } from './support/private-time.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const SUBJECT = 'Zijn jullie klaar met praten?';
const say = (who: Caller, story: TableStory, event: 'start' | 'end') => who.post(`${story.path}/private-time`, { event }).expect(200);
const asked = async (address: string): Promise<string[]> => (await mailsTo(test.app, address)).filter(({ subject }) => subject === SUBJECT).map(({ text }) => text);
/** So long after the end of the meeting. */
async function after(story: TableStory, duration: Parameters<TestApp['clock']['advance']>[0]): Promise<void> {
  test.clock.set(new Date(story.meeting.endsAt!));
  test.clock.advance(duration);
  await test.deliver();
}

it('An hour after the meeting was to end main persons are asked once whether they are done, and nothing ends by itself', async () => {
  const story = await aTable(test);
  const ria = await story.as('Ria');
  await say(ria, story, 'start');
  const before = (await asked(story.mail('ria'))).length;
  await after(story, { minutes: 59 });
  expect(await asked(story.mail('sanne'))).toEqual([]);
  await after(story, { minutes: 61 });
  const [mail, ...more] = await asked(story.mail('sanne'));
  expect([more, (await asked(story.mail('ria'))).length]).toEqual([[], before]);
  expect(mail).toContain('Nog niet klaar? Dan hoeven jullie niets te doen.');
  expect(mail).not.toMatch(/besloten|\bRia\b/);
  expect((await story.facilitator.get(story.path).expect(200)).body).toMatchObject({ privateTime: { state: 'running' } });
  await after(story, { days: 3 });
  expect(await asked(story.mail('sanne'))).toHaveLength(1);
});

it('Nobody is asked when it ended meanwhile, or was never begun', async () => {
  const [ended, never] = [await aTable(test), await aTable(test)];
  const sanne = await ended.as('Sanne');
  await say(sanne, ended, 'start');
  await say(sanne, ended, 'end');
  await after(ended, { hours: 5 });
  await after(never, { hours: 5 });
  for (const story of [ended, never]) expect(await asked(story.mail('sanne'))).toEqual([]);
});

it('In the evening the question waits for the morning, and is not asked then when it ended in the night', async () => {
  const [waits, ended] = [await aTable(test), await aTable(test)];
  for (const story of [waits, ended]) await say(await story.as('Sanne'), story, 'start');
  test.clock.set(new Date('2026-11-16T21:30:00Z'));
  await test.deliver();
  for (const story of [waits, ended]) expect(await asked(story.mail('sanne'))).toEqual([]);
  await say(await ended.as('Sanne'), ended, 'end');
  test.clock.set(new Date('2026-11-17T07:30:00Z'));
  await test.deliver();
  expect(await asked(waits.mail('sanne'))).toHaveLength(1);
  expect(await asked(ended.mail('sanne'))).toEqual([]);
});

it('The facilitator reads who can end it, and finds a link to show at the table', async () => {
  const story = await aTable(test);
  await say(await story.as('Sanne'), story, 'start');
  const { noor } = await atTheCase(test, story);
  const table = noor.page.text.split('Besloten tijd van de kring')[1]!;
  expect(table).toContain('Alleen de kring sluit de besloten tijd af, jij niet. Dat kan Sanne');
  expect(table).toContain('Laat dan een link zien op een toestel aan tafel.');
  expect(table).toContain('href="#bewoner"');
  expect(noor.page.text.split('id="bewoner"')[1]).toContain(`/kring/${story.resident.id}/link`);
});

import { startApp, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, answering, bodyOf, invite, plan, slotIn, type MeetingStory } from './support/meetings.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

/** Thursday 10 December, 14:00 to 16:00; now it is Monday 16 November, 9:30. */
const THURSDAY = { startsAt: '2026-12-10T13:00:00Z', endsAt: '2026-12-10T15:00:00Z' };
const REMINDED = 'Denk je aan onze afspraak?';

async function reminders(story: MeetingStory, name: string): Promise<{ at: string; text: string }[]> {
  const mails = (await mailsTo(test.app, story.mail(name))).filter(({ subject }) => subject === REMINDED);
  return mails.map(({ sentAt, text }) => ({ at: sentAt.slice(0, 16), text })).reverse();
}
const times = async (story: MeetingStory, name: string) => (await reminders(story, name)).map(({ at }) => at);
/** The name under which a story's facilitator signs in; their mail address has it too. */
const tagOf = (story: MeetingStory): string => story.mail('x').slice(2, -'@example.org'.length);
/** A session does not last for days. */
async function signIn(story: MeetingStory): Promise<void> {
  story.facilitator = await test.staff(`Noor ${tagOf(story)}`, 'facilitator');
}
/** The service runs on until then, looking every hour, as it does by itself. */
async function until(instant: string): Promise<void> {
  while (test.clock.now() < new Date(instant)) {
    test.clock.advance({ minutes: 60 });
    await test.deliver();
  }
}
const say = (story: MeetingStory, meeting: Parameters<typeof answering>[0], name: string, answer: string) =>
  story.facilitator.put(answering(meeting, story, name), { answers: { [meeting.slotId!]: answer } }).expect(200);

it('Everyone who comes, or may, is reminded a week and a day before; who said no is not, also when they say so in between', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const meeting = await plan(story, [THURSDAY]);
  await say(story, meeting, 'Ria', 'no');
  await say(story, meeting, 'Joost', 'yes');
  await until('2026-12-04T00:00:00Z');
  await signIn(story);
  await say(story, meeting, 'Karim', 'no');
  await until('2026-12-12T00:00:00Z');
  const both = ['2026-12-03T13:30', '2026-12-09T13:30'];
  expect([await times(story, 'Sanne'), await times(story, 'Joost')]).toEqual([both, both]);
  expect([await times(story, 'Ria'), await times(story, 'Karim')]).toEqual([[], both.slice(0, 1)]);
  const [first] = await reminders(story, 'Joost');
  expect(first!.text).toContain('donderdag 10 december 2026, 14.00 tot 16.00 uur');
  expect(first!.text).toContain('Buurthuis De Klok');
});

it('None in the past, and who is invited later hears the one that is still to come', async () => {
  const story = await aMeetingStory(test);
  await plan(story, [slotIn(test, 5 * 24)]);
  await until('2026-11-18T00:00:00Z');
  await signIn(story);
  await invite(story, 'Ria');
  await until('2026-11-22T00:00:00Z');
  expect([await times(story, 'Sanne'), await times(story, 'Ria')]).toEqual([['2026-11-20T08:30'], ['2026-11-20T08:30']]);
  const soon = await aMeetingStory(test);
  await plan(soon, [slotIn(test, 20)]);
  await until('2026-11-24T00:00:00Z');
  expect(await times(soon, 'Sanne')).toEqual([]);
});

it('A date that moves takes its reminders along, and one that is off has none; a case that stops neither', async () => {
  const story = await aMeetingStory(test);
  const meeting = await plan(story, [THURSDAY]);
  await until('2026-12-04T00:00:00Z');
  await signIn(story);
  await story.facilitator.post(`/v1/meetings/${meeting.id}/move`, { startsAt: '2026-12-17T13:00:00Z', endsAt: '2026-12-17T15:00:00Z' }).expect(200);
  await until('2026-12-18T00:00:00Z');
  expect(await times(story, 'Sanne')).toEqual(['2026-12-03T13:30', '2026-12-10T13:30', '2026-12-16T13:30']);

  const [off, stopped] = [await aMeetingStory(test), await aMeetingStory(test)];
  const { id } = await plan(off, [slotIn(test, 10 * 24)]);
  await plan(stopped, [slotIn(test, 10 * 24)]);
  await off.facilitator.post(`/v1/meetings/${id}/cancellation`, { reason: 'illness' }).expect(200);
  await stopped.facilitator.post(`/v1/cases/${stopped.id}/stop`, { reason: 'moved' }).expect(200);
  await until('2026-12-30T00:00:00Z');
  expect([await times(off, 'Sanne'), await times(stopped, 'Sanne')]).toEqual([[], []]);
});

it('Nobody is reminded at night, nor because a worker was away until the night', async () => {
  const [late, early] = [await aMeetingStory(test), await aMeetingStory(test)];
  // 21:30 to 23:00, and 7:00 to 8:00.
  await plan(late, [{ startsAt: '2026-11-20T20:30:00Z', endsAt: '2026-11-20T22:00:00Z' }]);
  await plan(early, [{ startsAt: '2026-11-20T06:00:00Z', endsAt: '2026-11-20T07:00:00Z' }]);
  await until('2026-11-21T00:00:00Z');
  expect([await times(late, 'Sanne'), await times(early, 'Sanne')]).toEqual([['2026-11-19T19:30'], ['2026-11-19T07:30']]);

  const away = await aMeetingStory(test);
  await plan(away, [{ startsAt: '2026-11-26T12:00:00Z', endsAt: '2026-11-26T14:00:00Z' }]);
  test.clock.set(new Date('2026-11-25T22:10:00Z'));
  await test.deliver();
  expect(await times(away, 'Sanne')).toEqual([]);
  await until('2026-11-26T11:00:00Z');
  expect(await times(away, 'Sanne')).toEqual(['2026-11-26T07:10']);
});

it('A clock that jumps a month ahead reminds nobody of what is over, and one that goes back says nothing twice', async () => {
  const [over, twice] = [await aMeetingStory(test), await aMeetingStory(test)];
  await plan(over, [THURSDAY]);
  const meeting = await plan(twice, [{ startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' }]);
  test.clock.set(new Date('2026-12-16T09:30:00Z'));
  await test.deliver();
  expect(await times(over, 'Sanne')).toEqual([]);
  test.clock.set(new Date('2027-01-07T14:00:00Z'));
  await test.deliver();
  expect(await times(twice, 'Sanne')).toHaveLength(1);
  test.clock.set(new Date('2026-12-20T09:00:00Z'));
  await test.deliver();
  await until('2027-01-08T00:00:00Z');
  expect(await times(twice, 'Sanne')).toHaveLength(1);
  await signIn(twice);
  expect(bodyOf(await twice.facilitator.get(`/v1/meetings/${meeting.id}`)).state).toBe('fixed');
});

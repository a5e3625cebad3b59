import { messageDates } from '../src/texts/message-dates.js';
import { startApp, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, invite, plan, slotIn, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const asked = async (story: MeetingStory, name: string): Promise<string[]> =>
  (await mailsTo(test.app, story.mail(name))).filter(({ subject }) => subject === 'Wil jij het gesprek leiden?').map(({ text }) => text);

it('Who is asked beforehand to lead the meeting hears so at once, once; who is asked at the table does not', async () => {
  const story = await aMeetingStory(test, { kind: 'mdo' });
  await invite(story);
  const slot = slotIn(test, 4);
  const { id } = await plan(story, [slot]);
  const chair = `/v1/meetings/${id}/chair`;
  const [joost, ria] = [story.members.Joost!.id, story.members.Ria!.id];
  const sanne = await atTheTable(test, story, story.resident.id);
  await sanne.put(chair, { memberId: joost }).expect(200);
  await sanne.put(chair, { memberId: joost, phase: 'welcome' }).expect(200);
  await test.deliver();
  const [mail, ...more] = await asked(story, 'joost');
  expect(more).toEqual([]);
  expect(mail).toContain('Sanne vraagt of jij het gesprek wilt leiden');
  expect(mail).toContain('Liever niet? Dat is goed.');
  expect(mail).toMatch(/\/l\//);
  await sanne.put(chair, { memberId: null }).expect(200);
  test.clock.set(new Date(slot.startsAt));
  await sanne.put(chair, { memberId: ria }).expect(200);
  await test.deliver();
  expect([(await asked(story, 'joost')).length, (await asked(story, 'ria')).length]).toEqual([1, 0]);
});

it('Changed before it went, only who leads now is asked', async () => {
  const story = await aMeetingStory(test, { kind: 'mdo' });
  await invite(story);
  const { id } = await plan(story, [slotIn(test, 48)]);
  const [joost, ria] = [story.members.Joost!.id, story.members.Ria!.id];
  await story.facilitator.put(`/v1/meetings/${id}/chair`, { memberId: joost }).expect(200);
  await story.facilitator.put(`/v1/meetings/${id}/chair`, { memberId: ria }).expect(200);
  await test.deliver();
  expect([(await asked(story, 'joost')).length, (await asked(story, 'ria')).length]).toEqual([0, 1]);
});

it('Moved before the question went, it is asked for the new date', async () => {
  const story = await aMeetingStory(test, { kind: 'mdo' });
  await invite(story);
  const { id } = await plan(story, [slotIn(test, 48)]);
  await story.facilitator.put(`/v1/meetings/${id}/chair`, { memberId: story.members.Joost!.id }).expect(200);
  const later = slotIn(test, 96);
  await story.facilitator.post(`/v1/meetings/${id}/move`, { ...later }).expect(200);
  await test.deliver();
  const [mail, ...more] = await asked(story, 'joost');
  expect(more).toEqual([]);
  expect(mail).toContain(messageDates('nl-NL', { moment: String, span: String }).day(later.startsAt));
});

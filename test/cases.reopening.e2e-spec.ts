import { startApp, type TestApp } from './support/app.js';
import { aMeetingStory, bodyOf, caseState, codeOf, errorsOf, invite, memberState, plan, slotIn, timelineTypes, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

/** Met, and the case is closed without a plan. */
async function closed(names: string[] = ['Joost']): Promise<MeetingStory> {
  const story = await aMeetingStory(test);
  await invite(story, ...names);
  const { id } = await plan(story, [slotIn(test, 0.25)]);
  await story.facilitator.post(`/v1/meetings/${id}/conclusion`, { outcome: 'no-plan', reason: 'no-agreement' }).expect(200);
  return story;
}
/** A session does not last for months. */
async function signIn(story: MeetingStory): Promise<void> {
  story.facilitator = await test.staff(`Noor ${story.mail('x').slice(2, -'@example.org'.length)}`, 'facilitator');
}
const reopen = (story: MeetingStory, body: object = {}) => story.facilitator.post(`/v1/cases/${story.id}/reopening`, body);

it('A closed case is taken up again within a year: the same circle, and a date can be planned', async () => {
  const story = await closed(['Joost', 'Karim']);
  await story.facilitator.post(`/v1/circle-members/${story.members.Karim!.id}/removal`, { reason: 'other' }).expect(200);
  test.clock.advance({ days: 100 });
  await signIn(story);
  const again = await reopen(story, { reason: 'relapse', remark: 'Weer ruzie thuis' }).expect(200);
  expect(again.body).toMatchObject({ state: 'preparing', endReason: null });
  expect(await timelineTypes(story)).toEqual(expect.arrayContaining(['reopened', 'reopened-because']));
  expect([await memberState(story, 'Joost'), await memberState(story, 'Karim')]).toEqual(['invited', 'removed']);
  const sanne = await atTheTable(test, story, story.resident.id);
  const timeline = await sanne.get(`/v1/cases/${story.id}/timeline`).expect(200);
  expect(timeline.text).toContain('reopened');
  expect(timeline.text).not.toContain('ruzie');
  expect(bodyOf(await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other' }, slots: [slotIn(test, 30)] }).expect(201)).state).toBe('fixed');
  expect(await caseState(story)).toBe('scheduled');
});

it('After a year a new referral is the way; a case that is open or was stopped is not reopened', async () => {
  const story = await closed();
  test.clock.set(new Date('2027-11-17T23:00:00Z'));
  await signIn(story);
  const late = await reopen(story).expect(409);
  expect([codeOf(late), (late.body as { state: string }).state]).toEqual(['closed-too-long', 'closed']);
  expect((late.body as { detail: string }).detail).toContain('nieuwe aanmelding');
  const open = await aMeetingStory(test);
  expect((await reopen(open).expect(409)).body).toMatchObject({ state: 'preparing', allowed: ['meeting-fixed', 'plan-carried', 'stopped'] });
  await open.facilitator.post(`/v1/cases/${open.id}/stop`, { reason: 'moved' }).expect(200);
  expect((await reopen(open).expect(409)).body).toMatchObject({ state: 'stopped', allowed: [] });
  expect(errorsOf(await reopen(open, { reason: 'whim' }).expect(400))).toEqual(['/reason one-of']);
  await (await aMeetingStory(test)).facilitator.post(`/v1/cases/${story.id}/reopening`).expect(404);
});

it('While a plan is carried people come together again; when that date is off, the plan goes on', async () => {
  const story = await aMeetingStory(test);
  await story.facilitator
    .put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Hier blijven wonen' }], commitments: [] })
    .set('If-Match', '*')
    .expect(200);
  const fixed = await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
  await story.facilitator.post(`/v1/plans/${(fixed.body as { id: string }).id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  expect(await caseState(story)).toBe('carrying-out');
  const first = await plan(story, [slotIn(test, 30)]);
  expect(await caseState(story)).toBe('scheduled');
  await story.facilitator.post(`/v1/meetings/${first.id}/cancellation`, { reason: 'illness' }).expect(200);
  expect(await caseState(story)).toBe('carrying-out');
  const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
  await story.facilitator.post(`/v1/meetings/${poll.id}/cancellation`, { reason: 'not-needed-anymore' }).expect(200);
  expect(await caseState(story)).toBe('carrying-out');
});

import { startApp, type TestApp } from './support/app.js';
import { mailTo } from './support/mailbox.js';
import { answering, aMeetingStory, bodyOf, caseState, codeOf, errorsOf, invite, plan, slotIn, timelineTypes, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { fixPlan, writeDraft } from './support/plans.js';
import { aCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const PLACE = { type: 'other', address: 'Buurthuis De Klok, Kerkstraat 1' };
const review = (story: { id: string; facilitator: MeetingStory['facilitator'] }, body: object) =>
  story.facilitator.post(`/v1/cases/${story.id}/reviews`, { place: PLACE, ...body });

/** A case that carries out a plan; Joost takes part. */
async function aCarriedPlan(): Promise<MeetingStory> {
  const story = await aMeetingStory(test);
  await invite(story, 'Joost');
  await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [{ memberId: story.members.Joost!.id, text: 'Mee naar de markt' }] });
  const { id } = await fixPlan(story);
  await story.facilitator.post(`/v1/plans/${id}/agreements`, { agrees: true }).expect(201);
  expect(await caseState(story)).toBe('carrying-out');
  await test.deliver();
  return story;
}

describe('A review', () => {
  it('is fixed at once for an hour, everyone hears of it as of a meeting, and the case stays where it is', async () => {
    const story = await aCarriedPlan();
    const answer = await review(story, { startsAt: '2027-03-28T11:00:00Z' }).expect(201);
    const fixed = bodyOf(answer);
    expect(answer.headers.location).toBe(`/v1/meetings/${fixed.id}`);
    expect(fixed).toMatchObject({ type: 'review', state: 'fixed', endsAt: '2027-03-28T12:00:00.000Z', startsLocal: '2027-03-28T13:00:00', place: PLACE });
    expect(await caseState(story)).toBe('carrying-out');
    await test.deliver();
    const mail = await mailTo(test.app, story.mail('Joost'));
    expect(mail.subject).toBe('De datum staat vast');
    expect(mail.text).toContain('De datum van de terugkombijeenkomst staat vast');
    expect(mail.text).toContain('zondag 28 maart 2027, 13.00 tot 14.00 uur');
    expect((await timelineTypes(story))[0]).toBe('review-fixed');
    expect(codeOf(await review(story, { startsAt: '2027-03-28T11:30:00Z' }).expect(409))).toBe('moment-not-possible');
    expect(await caseState(story)).toBe('carrying-out');
  });

  it('is answered, moved, attended and concluded like a meeting, without an outcome, and never moves or closes the case', async () => {
    const story = await aCarriedPlan();
    const fixed = bodyOf(await review(story, slotIn(test, 30)).expect(201));
    await story.facilitator.put(answering(fixed, story, 'Joost'), { answers: { [fixed.slotId!]: 'yes' } }).expect(200);
    const path = `/v1/meetings/${fixed.id}`;
    await story.facilitator.post(`${path}/move`, slotIn(test, 0.25)).expect(200);
    const items = [{ memberId: story.members.Joost!.id, presence: 'present' }];
    await story.facilitator.put(`${path}/attendance`, { items }).expect(200);
    const held = await story.facilitator.post(`${path}/conclusion`, { facilitatorHours: 1.5 }).expect(200);
    expect(held.body).toMatchObject({ type: 'review', state: 'held', outcome: 'continue' });
    expect(await timelineTypes(story)).toContain('review-held');
    test.clock.advance({ hours: 5 });
    const second = bodyOf(await review(story, slotIn(test, 0.25)).expect(201));
    await story.facilitator.post(`/v1/meetings/${second.id}/conclusion`, { outcome: 'no-plan', reason: 'no-agreement' }).expect(200);
    expect(await caseState(story)).toBe('carrying-out');
  });

  it('stands beside a meeting that is open, and called off leaves that and the case alone', async () => {
    const story = await aCarriedPlan();
    const first = bodyOf(await review(story, slotIn(test, 200)).expect(201));
    const meeting: MeetingBody = await plan(story, [slotIn(test, 250)]);
    expect(await caseState(story)).toBe('scheduled');
    await review(story, slotIn(test, 300)).expect(201);
    await story.facilitator.post(`/v1/meetings/${first.id}/cancellation`, { reason: 'illness' }).expect(200);
    expect(await caseState(story)).toBe('scheduled');
    const still = await story.facilitator.get(`/v1/meetings/${meeting.id}`).expect(200);
    expect(still.body).toMatchObject({ type: 'meeting', state: 'fixed' });
  });

  it('is refused where there is nothing to look back on, nobody meets, or the moment cannot be', async () => {
    const fresh = await aMeetingStory(test);
    expect(codeOf(await review(fresh, slotIn(test, 30)).expect(409))).toBe('nothing-to-review');
    const story = await aCarriedPlan();
    const wrong = async (body: object): Promise<string[]> => errorsOf(await review(story, body).expect(400));
    const { startsAt } = slotIn(test, 30);
    expect(await wrong({ startsAt: '2026-01-01T10:00:00Z' })).toEqual(['/startsAt in-the-past']);
    expect(await wrong({ startsAt, endsAt: startsAt })).toEqual(['/endsAt ends-before-start']);
    expect(await wrong({ startsAt, place: { type: 'public-place', publicPlaceId: '019a9f00-0000-7000-8000-0000000000ff' } })).toEqual(['/place/publicPlaceId unknown-place']);
    expect(await wrong({})).toEqual(['/startsAt required']);
    const alone = await aCase(test, { kind: 'netwerkplan' }, await test.staff('Nel Netwerk', 'facilitator'));
    expect(codeOf(await review(alone, slotIn(test, 30)).expect(409))).toBe('kind-without-meeting');
    await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
    expect(codeOf(await review(story, slotIn(test, 30)).expect(409))).toBe('case-ended');
  });

  it('a meeting itself still needs its outcome', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [slotIn(test, 0.25)]);
    expect(errorsOf(await story.facilitator.post(`/v1/meetings/${meeting.id}/conclusion`, {}).expect(400))).toEqual(['/outcome required']);
  });
});

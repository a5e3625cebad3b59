import { startApp, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, bodyOf, invite, plan as planMeeting, type MeetingStory } from './support/meetings.js';
import { elements, readPdf } from './support/pdf.js';
import { fixPlan, report, writeDraft, wrong, type PlanBody } from './support/plans.js';
import { asOwner } from './support/safety.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => {
  test = await startApp();
});
afterEach(() => test.stop());

const promiseOf = (story: MeetingStory, more: object = {}): { memberId: string; text: string } => ({ memberId: story.members.Ria!.id, text: 'Koken', ...more });

/** A plan without a meeting, fixed now. */
async function aPlan(more: object = {}): Promise<{ story: MeetingStory; plan: PlanBody }> {
  const story = await aMeetingStory(test);
  await invite(story);
  await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [promiseOf(story, more)] });
  return { story, plan: await fixPlan(story) };
}

it.each([
  ['in the first half hour of the year, which is last year in UTC', '2026-12-31T23:30:00Z', 'vrijdag 1 januari 2027', '2027-02-12', 'vrijdag 12 februari 2027'],
  ['in the hour that comes twice', '2027-10-31T00:30:00Z', 'zondag 31 oktober 2027', '2027-12-12', 'zondag 12 december 2027'],
  ['right after the hour that is skipped', '2027-03-28T01:00:00Z', 'zondag 28 maart 2027', '2027-05-09', 'zondag 9 mei 2027'],
])('A plan that is fixed %s says the local day, on paper too', async (_, instant, day, dueOn, dueDay) => {
  test.clock.set(new Date(instant));
  const { story, plan } = await aPlan();
  expect(plan.commitments[0]).toMatchObject({ dueOn });
  const answer = await story.facilitator.get(`/v1/plans/${plan.id}`).set('Accept', 'application/pdf').responseType('blob').expect(200);
  const pdf = await readPdf(answer.body as Buffer);
  expect(pdf.title).toBe(`Ons plan, versie 1, ${day}`);
  expect(elements(pdf.tags, 'LBody').map(({ text }) => text).join(' ')).toContain(dueDay);
});

it('Time of the circle by itself goes on past midnight and over the hour that is skipped; who writes writes on, and the plan waits for its end', async () => {
  test.clock.set(new Date('2027-03-27T20:00:00Z'));
  const story = await aMeetingStory(test, { kind: 'eigen-kracht' });
  await invite(story);
  const meeting = await planMeeting(story, [{ startsAt: '2027-03-27T21:30:00Z', endsAt: '2027-03-28T01:30:00Z' }]);
  const path = `/v1/meetings/${meeting.id}`;
  await story.facilitator.put(`${path}/scribe`, { memberId: story.members.Ria!.id }).expect(200);
  test.clock.set(new Date('2027-03-27T22:45:00Z'));
  const ria = await atTheTable(test, story, story.members.Ria!.id);
  await ria.post(`${path}/private-time`, { event: 'start' }).expect(200);
  // A quarter past three: an hour and a half later, though the clock says three hours and a half.
  test.clock.set(new Date('2027-03-28T01:15:00Z'));
  await ria.post(`/v1/cases/${story.id}/plan-draft/commitments`, promiseOf(story)).expect(201);
  await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(409);
  await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(409);
  expect(wrong(await ria.post(`${path}/private-time`, { event: 'end', at: '2027-03-28T03:14:00+02:00' }).expect(200))).toEqual([]);
  const { privateTime } = bodyOf(await ria.get(path).expect(200)) as unknown as { privateTime: { periods: object[] } };
  expect(privateTime.periods).toEqual([{ startedAt: '2027-03-27T22:45:00.000Z', endedAt: '2027-03-28T01:14:00.000Z' }]);
  await story.facilitator.post(`${path}/conclusion`, { outcome: 'plan' }).expect(200);
  expect((await fixPlan(story)).commitments[0]).toMatchObject({ dueOn: '2027-05-09' });
  // Who wrote does so until the end of that day at the latest, and no longer once it is concluded.
  await ria.get(`/v1/cases/${story.id}/plan-draft`).expect(404);
});

it('What repeats every day without an end stands in the outbox once, asks once a week, and ends with the six weeks', async () => {
  test.clock.advance({ minutes: 60 });
  const { story, plan } = await aPlan({ every: 'FREQ=DAILY' });
  const { id } = plan.commitments[0]!;
  await report(story.facilitator, id, 'promised', 'op hun woord, gebeld');
  await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  const waiting = (): Promise<unknown[]> => asOwner(test, `select 1 from platform_outbox where job = 'plans.check-in' and state = 'waiting'`, []);
  expect(await waiting()).toHaveLength(1);
  for (let day = 0; day < 70; day += 1) {
    test.clock.advance({ minutes: 24 * 60 });
    await test.deliver();
    expect((await waiting()).length).toBeLessThanOrEqual(1);
  }
  const asked = (await mailsTo(test.app, story.mail('Ria'))).filter(({ subject }) => subject === 'Hoe gaat het ermee?');
  expect(asked.map(({ sentAt }) => sentAt.slice(0, 10)).reverse()).toEqual(['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']);
  expect(await waiting()).toHaveLength(0);
});

it.each(['FREQ=SECONDLY', 'FREQ=DAILY;COUNT=1000000000', 'FREQ=DAILY;INTERVAL=0', 'FREQ=DAILY;BYSECOND=1', `FREQ=DAILY;EXDATE=${'20261201,'.repeat(500)}`, 'FREQ=MINUTELY;COUNT=2'])(
  'A rhythm that nobody can keep (%.40s) is refused wherever one is written',
  async (every) => {
    const { story, plan } = await aPlan();
    const { facilitator: noor, id } = story;
    const refusals = [
      await noor.put(`/v1/cases/${id}/plan-draft`, { goals: [], commitments: [promiseOf(story, { every })] }).set('If-Match', '*'),
      await noor.post(`/v1/cases/${id}/plan-draft/commitments`, promiseOf(story, { every })),
      await noor.patch(`/v1/commitments/${plan.commitments[0]!.id}`, { every }).set('If-Match', '*'),
      await (await atTheTable(test, story, story.members.Ria!.id)).post(`/v1/cases/${id}/contributions`, { text: 'Koken', every }),
    ];
    expect(refusals.map((answer) => [answer.status, ...wrong(answer)])).toEqual([
      [400, '/commitments/0/every recurrence'], [400, '/every recurrence'], [400, '/every recurrence'], [400, '/every recurrence'],
    ]);
  },
);

it('Two hundred promises that repeat as often as may be, to the last day that can be, are fixed and planned at once', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const commitments = Array.from({ length: 200 }, () => promiseOf(story, { every: 'FREQ=DAILY;COUNT=1000', dueOn: '2200-12-31' }));
  await writeDraft(story, { goals: [], commitments });
  const plan = await fixPlan(story);
  await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  await report(story.facilitator, plan.commitments[0]!.id, 'promised', 'op hun woord, gebeld');
  const more = [...commitments, promiseOf(story)];
  expect(wrong(await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [], commitments: more }).set('If-Match', '*'))).toEqual(['/commitments too-many']);
});

import { startApp, type TestApp } from './support/app.js';
import { linkToken, mailsTo } from './support/mailbox.js';
import { aMeetingStory, invite, type MeetingStory } from './support/meetings.js';
import { fixPlan, report, statementsDuring, writeDraft, type DraftBody, type PlanBody } from './support/plans.js';
import { atTheTable, byLink } from './support/stories.js';

let test: TestApp;
beforeEach(async () => {
  test = await startApp();
  // Half an hour after the hour at which people are asked.
  test.clock.advance({ minutes: 60 });
});
afterEach(() => test.stop());

const HOW = 'Hoe gaat het ermee?';
const ASKED = 'Zou jij iets willen doen?';

/** Days on which somebody got a message with this subject, oldest first. */
async function daysOf(story: MeetingStory, name: string, subject: string): Promise<string[]> {
  const mails = (await mailsTo(test.app, story.mail(name))).filter((mail) => mail.subject === subject);
  return mails.map(({ sentAt }) => sentAt.slice(0, 16)).reverse();
}
/** The service runs on until then, looking once a day. */
async function until(instant: string): Promise<void> {
  while (test.clock.now() < new Date(instant)) {
    test.clock.advance({ minutes: 24 * 60 });
    await test.deliver();
  }
}
const tagOf = (story: MeetingStory): string => story.mail('x').slice(2, -'@example.org'.length);
/** A session does not last for days. */
const signIn = async (story: MeetingStory): Promise<void> => void (story.facilitator = await test.staff(`Noor ${tagOf(story)}`, 'facilitator'));

/** A plan without a meeting; whoever is asked says yes through the facilitator. */
async function aPlan(story: MeetingStory, commitments: DraftBody['commitments'], { carried = true, yes = true } = {}): Promise<PlanBody> {
  await writeDraft(story, { goals: [{ text: 'Hier blijven wonen' }], commitments });
  const plan = await fixPlan(story);
  for (const { id, state } of yes ? plan.commitments : []) {
    if (state === 'asked') await story.facilitator.post(`/v1/commitments/${id}/progress`, { state: 'promised', note: 'op hun woord, gebeld' }).expect(200);
  }
  if (carried) await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  return plan;
}
const of = (story: MeetingStory, name: string, more: object = {}) => ({ memberId: story.members[name]!.id, text: `Iets van ${name}`, ...more });

it('Five promises are one message on a day, with a link to the page and not a word of what or whom', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const two = [of(story, 'Joost', { dueOn: '2026-12-12' }), of(story, 'Joost', { dueOn: '2026-12-12', text: 'Sanne ophalen' })];
  const three = [1, 2, 3].map(() => of(story, 'Joost', { every: 'FREQ=WEEKLY;BYDAY=TU', dueOn: '2026-12-08' }));
  await aPlan(story, [...two, ...three]);
  await until('2026-12-20T00:00:00Z');
  expect(await daysOf(story, 'Joost', HOW)).toEqual(['2026-11-25T09:30', '2026-12-02T09:30', '2026-12-09T09:30', '2026-12-13T09:30']);
  const [newest] = (await mailsTo(test.app, story.mail('Joost'))).filter(({ subject }) => subject === HOW);
  expect(newest!.text).not.toMatch(/Sanne|ophalen|Iets van/);
  expect(newest!.text).toContain('2 dingen');
  const joost = await byLink(test, linkToken(newest!));
  expect(((await joost.get('/v1/commitments').expect(200)).body as { items: unknown[] }).items).toHaveLength(5);
});

it('Nobody is asked before the plan is carried, nor who is ready, gave it back, is stuck or has not said yes', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const due = { dueOn: '2026-12-10' };
  const plan = await aPlan(story, [of(story, 'Ria', due), of(story, 'Joost', due), of(story, 'Karim', due), of(story, 'Sanne', due)], { carried: false });
  await until('2026-12-08T00:00:00Z');
  expect(await daysOf(story, 'Sanne', HOW)).toEqual([]);
  await signIn(story);
  await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  const idOf = (name: string): string => plan.commitments.find(({ memberId }) => memberId === story.members[name]!.id)!.id;
  expect((await report(story.facilitator, idOf('Ria'), 'done', 'op hun woord, gebeld')).status).toBe(200);
  expect((await report(story.facilitator, idOf('Joost'), 'given-back', 'op hun woord, geen tijd')).status).toBe(200);
  await until('2026-12-14T00:00:00Z');
  const asked = await Promise.all(['Ria', 'Joost', 'Karim', 'Sanne'].map((name) => daysOf(story, name, HOW)));
  expect(asked).toEqual([[], [], ['2026-12-11T09:30'], ['2026-12-11T09:30']]);
});

it('A date that moves takes the question along, who is removed hears nothing, and a case that stops asks nobody', async () => {
  const [story, stopped] = [await aMeetingStory(test), await aMeetingStory(test)];
  await invite(story);
  const plan = await aPlan(story, [of(story, 'Ria', { dueOn: '2026-12-10' }), of(story, 'Sanne', { dueOn: '2026-12-10' })]);
  await aPlan(stopped, [of(stopped, 'Sanne', { dueOn: '2026-12-10' })]);
  const sannes = plan.commitments.find(({ memberId }) => memberId === story.resident.id)!.id;
  await story.facilitator.patch(`/v1/commitments/${sannes}`, { dueOn: '2026-12-31' }).set('If-Match', '*').expect(200);
  await story.facilitator.post(`/v1/circle-members/${story.members.Ria!.id}/removal`, { reason: 'own-wish' }).expect(200);
  await stopped.facilitator.post(`/v1/cases/${stopped.id}/stop`, { reason: 'moved' }).expect(200);
  await until('2027-01-10T00:00:00Z');
  expect([await daysOf(story, 'Sanne', HOW), await daysOf(story, 'Ria', HOW), await daysOf(stopped, 'Sanne', HOW)]).toEqual([
    ['2026-12-28T09:30', '2027-01-01T09:30'],
    [],
    [],
  ]);
});

it('After a handover the message is of the new facilitator, also on the day itself', async () => {
  const story = await aMeetingStory(test);
  await aPlan(story, [of(story, 'Sanne')]);
  // Six weeks from 16 November: 28 December.
  await until('2026-12-27T00:00:00Z');
  await signIn(story);
  const next = await test.staff(`Samira ${tagOf(story)}`, 'facilitator');
  await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: next.id, reason: 'illness' }).expect(200);
  await until('2026-12-30T00:00:00Z');
  const mails = (await mailsTo(test.app, story.mail('Sanne'))).filter(({ subject }) => subject === HOW);
  expect(mails.map(({ text }) => [text.includes('Samira'), text.includes(`Noor ${tagOf(story)}`)])).toEqual([[true, false], [false, true]]);
});

it('At night nobody is asked, a worker that was away asks on the day that it is back, and a month later not at all', async () => {
  const [night, away] = [await aMeetingStory(test), await aMeetingStory(test)];
  await aPlan(night, [of(night, 'Sanne', { dueOn: '2026-12-10' })]);
  test.clock.set(new Date('2026-12-07T22:30:00Z'));
  await test.deliver();
  expect(await daysOf(night, 'Sanne', HOW)).toEqual([]);
  test.clock.set(new Date('2026-12-08T07:30:00Z'));
  await test.deliver();
  expect(await daysOf(night, 'Sanne', HOW)).toEqual(['2026-12-08T07:30']);
  await signIn(away);
  await aPlan(away, [of(away, 'Sanne', { dueOn: '2026-12-20' }), of(away, 'Sanne', { dueOn: '2027-02-10' })]);
  test.clock.set(new Date('2027-01-25T12:00:00Z'));
  await test.deliver();
  expect(await daysOf(away, 'Sanne', HOW)).toEqual([]);
  await until('2027-02-08T00:00:00Z');
  expect(await daysOf(away, 'Sanne', HOW)).toHaveLength(1);
});

it('Who was not there is asked once when the plan is fixed, and their own yes begins the questions', async () => {
  const story = await aMeetingStory(test);
  await invite(story, 'Joost');
  const plan = await aPlan(story, [of(story, 'Joost', { dueOn: '2026-12-10' }), of(story, 'Joost', { dueOn: '2026-12-10' }), of(story, 'Ria')], { yes: false });
  await test.deliver();
  expect(await daysOf(story, 'Joost', ASKED)).toHaveLength(1);
  // Nobody said that Ria may be asked.
  expect(await daysOf(story, 'Ria', ASKED)).toEqual([]);
  const joost = await atTheTable(test, story, story.members.Joost!.id);
  expect((await report(joost, plan.commitments[0]!.id, 'promised')).body).toMatchObject({ state: 'promised' });
  const no = await report(joost, plan.commitments[1]!.id, 'given-back', 'Liever niet');
  expect(no.body).toMatchObject({ state: 'given-back', note: 'Liever niet' });
  // What stays in the plan is not asked again with the next version.
  await signIn(story);
  const draft = { goals: [{ text: 'Iets anders' }], commitments: plan.commitments.map(({ id, memberId, text, dueOn }) => ({ id, memberId, text, dueOn })) };
  await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, draft).set('If-Match', '*').expect(200);
  await fixPlan(story);
  await until('2026-12-08T00:00:00Z');
  expect([await daysOf(story, 'Joost', ASKED), await daysOf(story, 'Joost', HOW)]).toEqual([[expect.any(String)], ['2026-12-07T09:30']]);
});

it('Two hundred promises of forty people are read in one statement, and each hears of theirs once', async () => {
  const circle = Array.from({ length: 39 }, (_, i) => ({ name: `Buur${i}`, relation: 'neighbour', email: `buur${i}@example.org` }));
  const story = await aMeetingStory(test, { circle });
  await invite(story);
  await test.deliver();
  const names = Object.keys(story.members);
  const plan = await aPlan(story, Array.from({ length: 200 }, (_, i) => of(story, names[i % 40]!, { dueOn: '2026-12-10' })), { yes: false });
  for (const { id } of plan.commitments.slice(0, 40)) await report(story.facilitator, id, 'promised', 'op hun woord, gebeld');
  test.clock.set(new Date('2026-12-07T09:30:00Z'));
  const seen = await statementsDuring(() => test.deliver());
  expect(seen.filter((name) => name === 'plans.checked-of-case')).toHaveLength(2);
  const heard = await Promise.all(['Buur0', 'Buur38'].map(async (name) => (await mailsTo(test.app, `${name.toLowerCase()}@example.org`)).filter(({ subject }) => subject === HOW)));
  expect(heard.map((mails) => mails.length)).toEqual([1, 1]);
});

import { startApp, START, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { caseState, codeOf, errorsOf } from './support/meetings.js';
import { commitmentOf, report, writeDraft } from './support/plans.js';
import { asOwner } from './support/safety.js';
import { aCarriedPlan, type LongStory } from './support/six-weeks.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const close = (story: LongStory, body: object = {}) => story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'partly', ...body });
interface Stand {
  memberName: string;
  state: string;
  note: string | null;
}
const stands = async (story: LongStory): Promise<Record<string, string>> => {
  const { items } = (await story.facilitator.get(`/v1/commitments?caseId=${story.id}`).expect(200)).body as { items: Stand[] };
  return Object.fromEntries(items.map(({ memberName, state, note }) => [memberName, note ? `${state}: ${note}` : state]));
};
/** Of all that was written since a moment: which messages, however they go. */
const saidSince = async (story: LongStory, since: Date): Promise<string[]> =>
  (await asOwner(test, 'select template from messages where case_id = $1 and created_at >= $2 order by template', [story.id, since])).map((row) => String(row.template));
/** Day by day at first, then week by week, until a year is over: what plans the next thing gets its turn. */
async function aYear(story: LongStory): Promise<void> {
  for (let day = 0; day < 14; day += 1) await story.later({ days: 1 });
  for (let week = 2; week < 50; week += 1) await story.later({ days: 7 });
}

describe('closing a case that carries out a plan', () => {
  it('asks for no more than what came of it: what is open stays with who promised it, and what was only asked is let go', async () => {
    const story = await aCarriedPlan(test);
    await report(story.facilitator, commitmentOf(story, story.plan, 'Ria').id, 'doing', 'Op hun woord');
    await asOwner(test, "update plans_commitments set state = 'asked' where id = $1", [commitmentOf(story, story.plan, 'Karim').id]);
    await close(story).expect(200);
    expect(await caseState(story)).toBe('closed');
    expect(await stands(story)).toMatchObject({ Ria: expect.stringMatching(/^doing/) as string, Joost: expect.stringMatching(/^promised/) as string, Karim: 'released: we ronden af, dit hoeft niet meer' });
    await test.deliver();
    const [ria, karim] = await Promise.all(['ria', 'karim'].map(async (name) => (await mailsTo(test.app, story.mail(name))).at(-1)!.text));
    expect(ria).toContain('Wat je nog zou doen, blijft van jou. We vragen er niet meer naar.');
    expect(ria).not.toContain('markt');
    expect(karim).toContain('Er is iets wat je zou doen en nu niet meer hoeft.');
    expect(karim).not.toContain('blijft van jou');
  });

  it('says of each promise what becomes of it, and everyone concerned hears so in the thanks', async () => {
    const story = await aCarriedPlan(test);
    const [ria, joost, karim] = ['Ria', 'Joost', 'Karim'].map((name) => commitmentOf(story, story.plan, name).id) as [string, string, string];
    await story.facilitator.post(`/v1/commitments/${joost}/obstacles`, { text: 'Wachtlijst', category: 'waiting-list', whoseMove: { organisation: 'De woonstichting' } }).expect(201);
    const commitments = [{ id: ria, outcome: 'done' }, { id: joost, outcome: 'stays' }, { id: karim, outcome: 'released', reason: 'School regelt het zelf' }];
    await close(story, { commitments }).expect(200);
    expect(await stands(story)).toEqual({ Ria: 'done: op hun woord: gedaan bij het afronden', Joost: 'blocked', Karim: 'released: School regelt het zelf' });
    await test.deliver();
    const thanks = async (name: string): Promise<string> => (await mailsTo(test.app, story.mail(name))).filter(({ subject }) => subject === 'Dank je wel').map(({ text }) => text).join();
    expect(await thanks('ria')).not.toMatch(/blijft van jou|niet meer hoeft/);
    expect(await thanks('joost')).toContain('blijft van jou');
    expect(await thanks('karim')).toContain('nu niet meer hoeft');
    const sanne = await atTheTable(test, story, story.resident.id);
    const timeline = JSON.stringify((await sanne.get(`/v1/cases/${story.id}/timeline`).expect(200)).body);
    expect(timeline).toContain('Afspraak van Karim: hoeft niet meer.');
    expect(timeline).toContain('Afspraak van Ria: gedaan.');
  });

  it('refuses what cannot be meant, and changes nothing then', async () => {
    const [story, other] = [await aCarriedPlan(test), await aCarriedPlan(test)];
    const [ria, joost] = ['Ria', 'Joost'].map((name) => commitmentOf(story, story.plan, name).id) as [string, string];
    const wrong = async (commitments: object): Promise<string[]> => errorsOf(await close(story, { commitments }).expect(400));
    expect(await wrong([{ id: ria, outcome: 'released' }])).toEqual(['/commitments/0/reason required']);
    expect(await wrong([{ id: ria, outcome: 'stays' }, { id: ria, outcome: 'done' }])).toEqual(['/commitments/1/id doubled-id']);
    expect(await wrong([{ id: commitmentOf(other, other.plan, 'Ria').id, outcome: 'done' }])).toEqual(['/commitments/0/id unknown-commitment']);
    expect((await wrong([{ id: ria, outcome: 'blocked' }]))[0]).toContain('/commitments/0/outcome');
    await asOwner(test, "update plans_commitments set state = 'asked' where id = $1", [joost]);
    expect((await close(story, { commitments: [{ id: ria, outcome: 'done' }, { id: joost, outcome: 'stays' }] }).expect(409)).body).toMatchObject({ state: 'asked', allowed: ['released'] });
    expect([await caseState(story), (await stands(story)).Ria]).toEqual(['carrying-out', 'promised: Op hun woord, aan tafel.']);
    // Somebody was ready while the form stood open.
    await report(story.facilitator, ria, 'done', 'Op hun woord');
    await close(story, { commitments: [{ id: ria, outcome: 'released', reason: 'Niet meer nodig' }] }).expect(200);
    expect((await stands(story)).Ria).toBe('done: Op hun woord');
  });

  it('ends all that was planned: a year goes by with no message but the marks', async () => {
    const story = await aCarriedPlan(test);
    const joost = commitmentOf(story, story.plan, 'Joost').id;
    await story.facilitator.post(`/v1/commitments/${joost}/obstacles`, { text: 'Wachtlijst', category: 'waiting-list', whoseMove: { organisation: 'De woonstichting' } }).expect(201);
    await writeDraft(story, { goals: [{ text: 'Verder' }], commitments: [{ memberId: story.members.Ria!.id, text: 'De was', every: 'week', dueOn: '2027-06-01' }] });
    await story.later({ days: 1 });
    const [stays, closed] = [await aCarriedPlan(test), test.clock.now()];
    await close(story).expect(200);
    await aYear(story);
    expect(await saidSince(story, closed)).toEqual(Array(4).fill('marks-asked'));
    // The other one shows that there was something to be silent about.
    expect(await saidSince(stays, closed)).toEqual(expect.arrayContaining(['check-in']));
    const waiting = await asOwner(test, "select job from platform_outbox where state = 'waiting' and payload->>'caseId' = $1", [story.id]);
    expect(waiting).toEqual([]);
  });

  it('Stopped, nobody hears anything of it for a year, and nobody is asked for marks', async () => {
    const story = await aCarriedPlan(test);
    await story.later({ minutes: 1 });
    const stopped = test.clock.now();
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    await aYear(story);
    expect(await saidSince(story, stopped)).toEqual([]);
  });
});

describe('a case that was closed', () => {
  it('is taken up again until the day is over on which it was closed a year ago', async () => {
    test.clock.set(new Date('2026-11-17T09:00:00Z'));
    const [story, late] = [await aCarriedPlan(test), await aCarriedPlan(test)];
    for (const one of [story, late]) await close(one).expect(200);
    await story.until('2027-11-17T22:59:59Z');
    await story.facilitator.post(`/v1/cases/${story.id}/reopening`).expect(200);
    await late.until('2027-11-17T23:00:00Z');
    const answer = await late.facilitator.post(`/v1/cases/${late.id}/reopening`).expect(409);
    expect([codeOf(answer), answer.body]).toMatchObject(['closed-too-long', { state: 'closed', allowed: [] }]);
  });

  it('Taken up again, nobody is asked after what was said to be theirs', async () => {
    const story = await aCarriedPlan(test);
    await close(story).expect(200);
    await story.later({ days: 1 });
    await story.facilitator.post(`/v1/cases/${story.id}/reopening`).expect(200);
    const again = test.clock.now();
    for (let week = 0; week < 8; week += 1) await story.later({ days: 7 });
    expect(await saidSince(story, again)).toEqual([]);
  });
});

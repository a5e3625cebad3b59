import type { Response } from 'supertest';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, invite } from './support/meetings.js';
import { apart, aPromisesStory, eachSomething, type PromisesStory } from './support/offers.js';
import { fixPlan, refusal, report, writeDraft, wrong, type CommitmentBody, type PlanBody } from './support/plans.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

interface OffersBody {
  passings: { commitmentId: string; text: string; state: string; askedOfMe: boolean; fromName: string | null; toName: string; note: string | null }[];
  help: { commitmentId: string; memberName: string; what: string; text: string | null; offers: { memberName: string; text: string | null }[] }[];
  contributions: { id: string; text: string | null; state: string }[];
}

const aStory = (changes: Record<string, unknown> = {}): Promise<PromisesStory> => aPromisesStory(test, changes);
const offers = async (caller: Caller): Promise<OffersBody> => (await caller.get('/v1/offers').expect(200)).body as OffersBody;
const mine = async (caller: Caller): Promise<CommitmentBody[]> => ((await caller.get('/v1/commitments').expect(200)).body as { items: CommitmentBody[] }).items;
const pass = (caller: Caller, id: string, memberId: string, note?: string): Promise<Response> =>
  caller.post(`/v1/commitments/${id}/passing-on`, { memberId, note }).then((answer) => answer);
const answer = (caller: Caller, id: string, yes: boolean): Promise<Response> => caller.post(`/v1/commitments/${id}/passing-on/answer`, { yes }).then((got) => got);

describe('passing a promise on', () => {
  it('leaves it with the first until the other says yes; then it is theirs and the fixed version stays', async () => {
    const { story, plan, idOf, who } = await aStory();
    const [joost, ria] = [await who('Joost'), await who('Ria')];
    expect((await pass(joost, idOf('Joost'), story.members.Ria!.id, 'Lukt mij niet meer')).body).toMatchObject({ state: 'asked', toName: 'Ria' });
    expect([(await mine(joost)).length, (await mine(ria)).length]).toEqual([1, 1]);
    expect((await offers(ria)).passings).toMatchObject([{ text: 'Iets van Joost', askedOfMe: true, fromName: 'Joost', note: 'Lukt mij niet meer' }]);
    await test.deliver();
    const [asked] = (await mailsTo(test.app, story.mail('Ria'))).filter(({ subject }) => subject === 'Zou jij iets willen doen?');
    expect(asked!.text).not.toMatch(/Joost|Lukt mij/);

    expect((await answer(ria, idOf('Joost'), true)).body).toMatchObject({ state: 'accepted' });
    expect([await mine(joost), (await mine(ria)).map(({ text, state }) => [text, state])]).toEqual([
      [],
      [['Iets van Ria', 'promised'], ['Iets van Joost', 'promised']],
    ]);
    const after = (await story.facilitator.get(`/v1/plans/${plan.id}`).expect(200)).body as PlanBody;
    expect(after.commitments.map(({ memberId }) => memberId)).toEqual(plan.commitments.map(({ memberId }) => memberId));
    const draft = (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as { commitments: { id: string; memberId: string }[] };
    expect(draft.commitments.find(({ id }) => id === idOf('Joost'))!.memberId).toBe(story.members.Ria!.id);
    const timeline = JSON.stringify((await story.facilitator.get(`/v1/cases/${story.id}/timeline`).expect(200)).body);
    expect(timeline).toContain('Een afspraak van Joost is doorgegeven.');
    expect(timeline).toContain('Ria neemt een afspraak over.');
  });

  it('keeps it with the first after a no, who sees that', async () => {
    const { story, idOf, who } = await aStory();
    const [joost, ria] = [await who('Joost'), await who('Ria')];
    await pass(joost, idOf('Joost'), story.members.Ria!.id);
    expect((await answer(ria, idOf('Joost'), false)).body).toMatchObject({ state: 'declined' });
    expect((await mine(joost)).map(({ text }) => text)).toEqual(['Iets van Joost']);
    expect([(await offers(joost)).passings.map(({ state }) => state), (await offers(ria)).passings]).toEqual([['declined'], []]);
    expect((await answer(ria, idOf('Joost'), true)).status).toBe(404);
  });

  it('is answered by the one who is asked or the facilitator, and by nobody else', async () => {
    const { story, idOf, who } = await aStory();
    const [joost, sanne] = [await who('Joost'), await who('Sanne')];
    await pass(joost, idOf('Joost'), story.members.Ria!.id);
    expect([(await answer(joost, idOf('Joost'), true)).status, (await answer(sanne, idOf('Joost'), true)).status]).toEqual([404, 404]);
    expect((await pass(sanne, idOf('Joost'), story.resident.id)).status).toBe(404);
    expect((await answer(story.facilitator, idOf('Joost'), true)).status).toBe(200);
  });

  it('refuses without a reason who left, an aide, oneself and who must not be known; the facilitator may keep two apart and yet pass on', async () => {
    const extra = (mail: string, name: string, relation: string): object => ({ name, relation, email: mail });
    const circle = ['Ria', 'Joost'].map((name) => extra(`${name}.apart@example.org`, name, 'neighbour'));
    const people = [...circle, extra('tolk.apart@example.org', 'Tolk', 'interpreter'), extra('weg.apart@example.org', 'Weg', 'friend')];
    const { story, idOf, who } = await aPromisesStory(test, { circle: people }, eachSomething('Sanne', 'Ria', 'Joost', 'Weg'));
    const { Ria, Joost, Tolk, Weg } = story.members;
    await story.facilitator.post(`/v1/circle-members/${Weg!.id}/removal`, { reason: 'own-wish' }).expect(200);
    await apart(story, 'Ria', 'Joost');
    const joost = await who('Joost');
    const refused = [];
    for (const { id } of [Weg!, Tolk!, Joost!, Ria!]) refused.push(await pass(joost, idOf('Joost'), id));
    expect(refused.map((got) => [got.status, refusal(got)])).toEqual(Array.from({ length: 4 }, () => [409, 'passing-not-possible']));
    expect(new Set(refused.map(({ body }) => (body as { detail: string }).detail)).size).toBe(1);
    const stranger = await aMeetingStory(test);
    expect(wrong(await pass(joost, idOf('Joost'), stranger.members.Ria!.id))).toEqual(['/memberId unknown-member']);

    expect((await pass(story.facilitator, idOf('Joost'), Ria!.id, 'Van Joost')).status).toBe(201);
    const ria = await who('Ria');
    expect((await offers(ria)).passings).toMatchObject([{ text: 'Iets van Joost', fromName: null, note: null }]);
    expect((await offers(joost)).passings).toEqual([]);
    // Nor in the answer to the answer.
    expect((await answer(ria, idOf('Joost'), true)).body).toMatchObject({ state: 'accepted', fromName: null, note: null });
  });

  it('is asked no longer once a new version gives it to another, it is done, or the case is over', async () => {
    const { story, plan, idOf, who } = await aStory();
    const [joost, ria] = [await who('Joost'), await who('Ria')];
    const open = async (): Promise<number[]> => Promise.all([ria, joost, story.facilitator].map(async (one) => (await offers(one)).passings.length));
    await pass(joost, idOf('Joost'), ria.id);
    expect(await open()).toEqual([1, 1, 1]);
    const lines = plan.commitments.map(({ id, memberId, text }) => ({ id, memberId: id === idOf('Joost') ? story.members.Karim!.id : memberId, text }));
    await writeDraft(story, { goals: plan.goals, commitments: lines });
    await fixPlan(story);
    expect(await open()).toEqual([0, 0, 0]);
    expect((await answer(ria, idOf('Joost'), true)).status).toBe(404);

    await pass(ria, idOf('Ria'), joost.id);
    await report(ria, idOf('Ria'), 'done');
    expect(await open()).toEqual([0, 0, 0]);

    const other = await aStory();
    const [theirs, hers] = [await other.who('Joost'), await other.who('Ria')];
    await pass(theirs, other.idOf('Joost'), hers.id);
    await theirs.post(`/v1/commitments/${other.idOf('Joost')}/help`, { share: true }).expect(200);
    await other.story.facilitator.post(`/v1/cases/${other.story.id}/closure`, { outcome: 'partly' }).expect(200);
    expect(await offers(hers)).toEqual({ passings: [], help: [], contributions: [] });
    expect(await offers(other.story.facilitator)).toEqual({ passings: [], help: [], contributions: [] });
  });

  it('asks once when it is asked twice in the same words', async () => {
    const { story, idOf, who } = await aStory();
    const joost = await who('Joost');
    const twice = await Promise.all(['Kan jij?', 'Kan jij?'].map((note) => pass(joost, idOf('Joost'), story.members.Ria!.id, note)));
    expect(new Set(twice.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    await test.deliver();
    // Once when the plan was fixed, and once now.
    expect((await mailsTo(test.app, story.mail('Ria'))).filter(({ subject }) => subject === 'Zou jij iets willen doen?')).toHaveLength(2);
  });

  it('goes once when two devices answer at once, and not when it is done by then', async () => {
    const { story, idOf, who } = await aStory();
    const [joost, ria] = [await who('Joost'), await who('Ria')];
    await pass(joost, idOf('Joost'), story.members.Ria!.id);
    const both = await Promise.all([answer(ria, idOf('Joost'), true), answer(story.facilitator, idOf('Joost'), false)]);
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    await pass(ria, idOf('Ria'), story.members.Joost!.id);
    await report(ria, idOf('Ria'), 'done');
    expect((await answer(joost, idOf('Ria'), true)).status).toBe(409);
  });
});

it('Two devices that say at once how it goes: one is written, the other hears so', async () => {
  const { idOf, who } = await aStory();
  const joost = await who('Joost');
  const both = await Promise.all([report(joost, idOf('Joost'), 'done'), report(joost, idOf('Joost'), 'given-back', 'Lukt niet')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it('Why something was given back is read by its person and the facilitator only', async () => {
  const { story, plan, idOf, who } = await aStory();
  const [joost, sanne, ria] = [await who('Joost'), await who('Sanne'), await who('Ria')];
  await report(joost, idOf('Joost'), 'given-back', 'zeekoeverhaal');
  const paths = [`/v1/plans/${plan.id}`, `/v1/cases/${story.id}/timeline`, `/v1/cases/${story.id}/plan-draft`, '/v1/commitments', '/v1/offers', '/v1/me/data', `/v1/cases/${story.id}/six-weeks`];
  for (const reader of [sanne, ria]) {
    for (const path of paths) expect(JSON.stringify((await reader.get(path)).body)).not.toContain('zeekoeverhaal');
  }
  expect(JSON.stringify((await story.facilitator.get(`/v1/commitments/${idOf('Joost')}`)).body)).toContain('zeekoeverhaal');
  expect(JSON.stringify(await mine(joost))).toContain('zeekoeverhaal');
  await report(ria, idOf('Ria'), 'released', 'We doen het anders');
  const seen = (await sanne.get(`/v1/plans/${plan.id}`).expect(200)).body as PlanBody;
  expect(seen.commitments.find(({ id }) => id === idOf('Ria'))).toMatchObject({ state: 'released', releasedBecause: 'We doen het anders' });
});

describe('help', () => {
  it('is asked of the facilitator only, unless its person shares it', async () => {
    const { story, idOf, who } = await aStory();
    const [joost, ria, sanne, karim] = [await who('Joost'), await who('Ria'), await who('Sanne'), await who('Karim')];
    await joost.post(`/v1/commitments/${idOf('Joost')}/help`, { text: 'Ik heb geen auto' }).expect(200);
    expect((await offers(story.facilitator)).help).toMatchObject([{ what: 'Iets van Joost', text: 'Ik heb geen auto' }]);
    expect([(await offers(ria)).help, (await offers(sanne)).help]).toEqual([[], []]);
    await ria.post(`/v1/commitments/${idOf('Joost')}/help/offers`, {}).expect(404);
    await joost.post(`/v1/commitments/${idOf('Joost')}/help`, { text: 'Ik heb geen auto', share: true }).expect(200);
    expect([(await offers(ria)).help.length, (await offers(sanne)).help.length, (await offers(karim)).help.length]).toEqual([1, 1, 0]);
    await ria.post(`/v1/commitments/${idOf('Joost')}/help/offers`, { text: 'Ik rijd wel' }).expect(200);
    await joost.post(`/v1/commitments/${idOf('Joost')}/help/offers`, {}).expect(404);
    expect((await offers(joost)).help[0]!.offers).toMatchObject([{ memberName: 'Ria', text: 'Ik rijd wel' }]);
    // Who else offers is between them.
    expect((await offers(sanne)).help[0]!.offers).toEqual([]);
    await report(joost, idOf('Joost'), 'done');
    expect([(await offers(joost)).help, (await offers(ria)).help]).toEqual([[], []]);
  });

  it('is not seen by who must not know of its person', async () => {
    const { story, idOf, who } = await aStory();
    await apart(story, 'Joost', 'Ria');
    await (await who('Joost')).post(`/v1/commitments/${idOf('Joost')}/help`, { share: true }).expect(200);
    const ria = await who('Ria');
    expect((await offers(ria)).help).toEqual([]);
    await ria.post(`/v1/commitments/${idOf('Joost')}/help/offers`, {}).expect(404);
  });
});

describe('contributions', () => {
  it('are a yes in one’s own words, a question in other words, and go into the draft', async () => {
    const story = await aMeetingStory(test, { kind: 'netwerkplan' });
    await invite(story);
    const [ria, joost, sanne] = await Promise.all(['Ria', 'Joost', 'Sanne'].map((name) => atTheTable(test, story, story.members[name]!.id)));
    await ria!.post(`/v1/cases/${story.id}/contributions`, { text: 'Elke dinsdag koken', every: 'FREQ=WEEKLY;BYDAY=TU' }).expect(201);
    await joost!.post(`/v1/cases/${story.id}/contributions`, { openOffer: true }).expect(201);
    expect(wrong(await joost!.post(`/v1/cases/${story.id}/contributions`, {}))).toEqual(['/text required']);
    // A second tap offers nothing more.
    const [again] = await Promise.all([joost!, joost!].map((who) => who.post(`/v1/cases/${story.id}/contributions`, { openOffer: true }).expect(201)));
    expect((again!.body as { id: string }).id).toBe((await offers(joost!)).contributions[0]!.id);
    expect([(await offers(ria!)).contributions.length, (await offers(story.facilitator)).contributions.length]).toEqual([1, 2]);
    const [own, open] = (await offers(sanne!)).contributions;
    await sanne!.post(`/v1/contributions/${own!.id}/answer`, { accept: true }).expect(200);
    expect(wrong(await sanne!.post(`/v1/contributions/${open!.id}/answer`, { accept: true }))).toEqual(['/text required']);
    await sanne!.post(`/v1/contributions/${open!.id}/answer`, { accept: true, text: 'De hond uitlaten' }).expect(200);
    expect((await sanne!.post(`/v1/contributions/${own!.id}/answer`, { accept: false })).status).toBe(409);
    const plan = await fixPlan(story);
    expect(plan.commitments.map(({ text, state }) => [text, state])).toEqual([['Elke dinsdag koken', 'promised'], ['De hond uitlaten', 'asked']]);
  });

  it('are for kinds where each says so for themself, and never of an aide', async () => {
    const { story, who } = await aStory();
    expect(refusal(await (await who('Ria')).post(`/v1/cases/${story.id}/contributions`, { text: 'Koken' }))).toBe('no-contributions');
  });
});

it('With a JIM the plan says whom a professional’s promise supports', async () => {
  const tag = 'jim';
  const circle = [{ name: 'Omar', relation: 'jim', email: `omar.${tag}@example.org` }, { name: 'Karim', relation: 'teacher', professional: true, email: `karim.${tag}@example.org` }];
  const story = await aMeetingStory(test, { kind: 'jim', circle });
  await writeDraft(story, { goals: [{ text: 'School' }], commitments: ['Omar', 'Karim'].map((name) => ({ memberId: story.members[name]!.id, text: `Iets van ${name}` })) });
  const plan = await fixPlan(story);
  expect(plan.commitments.map((one) => (one as unknown as { supports: string | null }).supports)).toEqual([null, story.members.Omar!.id]);
});

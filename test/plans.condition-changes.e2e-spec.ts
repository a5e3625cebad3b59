import { startApp, START, type Caller, type TestApp } from './support/app.js';
import { aPromise, aSafeCase, aSafePlan, CIRCLE, SAFE } from './support/safety.js';
import { auditOf, fixPlan, refusal, writeDraft, wrong } from './support/plans.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface Condition {
  id: string;
  text: string;
  reason: string | null;
  setByMemberId: string;
  deputyMemberId: string | null;
  metBy: string | null;
}
interface DraftAnswer {
  safetyConditions: Condition[];
  version: number;
}
const draftOf = async ({ facilitator, id }: StoryCase): Promise<DraftAnswer> => (await facilitator.get(`/v1/cases/${id}/plan-draft`).expect(200)).body as DraftAnswer;
const put = (story: StoryCase, safetyConditions: Partial<Condition>[] | undefined, by: Caller = story.facilitator) =>
  by.put(`/v1/cases/${story.id}/plan-draft`, { ...aPromise(story), ...(safetyConditions && { safetyConditions }) }).set('If-Match', '*');
const line = (story: StoryCase, { id }: { id: string }) => `/v1/cases/${story.id}/plan-draft/safety-conditions/${id}`;
const notes = async (story: StoryCase, by: Caller = story.facilitator): Promise<string[]> =>
  ((await by.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).body as { items: { type: string; text: string }[] }).items
    .filter(({ type }) => type.startsWith('condition-'))
    .map(({ text }) => text);

it('Before the meeting what must be safe is corrected and taken out, and everybody it concerns can read that it was', async () => {
  const story = await aCase(test, { circle: CIRCLE });
  const karim = story.members.Karim!.id;
  await writeDraft(story, { goals: [], commitments: [], safetyConditions: SAFE.map((text) => ({ text, reason: 'Er was vaak niemand', setByMemberId: karim })) });
  const [first, second] = (await draftOf(story)).safetyConditions as [Condition, Condition];
  await put(story, [{ ...first, text: 'Er is altijd iemand thuis' }, second]).expect(200);
  await story.facilitator.patch(line(story, second), { reason: 'Ze kwamen moe op school' }).set('If-Match', '*').expect(200);
  await story.facilitator.delete(line(story, second)).set('If-Match', '*').expect(200);
  expect((await draftOf(story)).safetyConditions).toMatchObject([{ id: first.id, text: 'Er is altijd iemand thuis' }]);
  const told = ['Wat veilig moet zijn volgens Karim Idrissi, is eruit gehaald.', ...Array<string>(2).fill('Wat veilig moet zijn volgens Karim Idrissi, is veranderd.')];
  expect(await notes(story)).toEqual(told);
  expect(await notes(story, await atTheTable(test, story, story.resident.id))).toEqual(told);
  const done = (await auditOf(test, story.id)).filter((action) => action.startsWith('plans.condition'));
  expect(done.sort()).toEqual(['plans.condition-changed', 'plans.condition-changed', 'plans.condition-removed']);
});

it('Once the meeting started nobody goes round who asked for it: not by the whole draft, and not by its line', async () => {
  const story = await aSafeCase(test);
  const { safetyConditions } = await draftOf(story);
  const [first, second] = safetyConditions as [Condition, Condition];
  const bas = story.members.Bas!.id;
  const around: Partial<Condition>[][] = [
    [],
    [first],
    [{ ...first, text: 'Soms is er iemand' }, second],
    [{ ...first, reason: 'Omdat het moest' }, second],
    [{ ...first, setByMemberId: bas }, second],
    [{ ...first, id: undefined }, second],
  ];
  for (const conditions of around) expect(refusal(await put(story, conditions).expect(409))).toBe('safety-condition-late');
  for (const change of [{ text: 'Soms' }, { reason: 'Omdat' }, { setByMemberId: bas }]) {
    expect(refusal(await story.facilitator.patch(line(story, first), change).set('If-Match', '*').expect(409))).toBe('safety-condition-late');
  }
  const late = await story.facilitator.delete(line(story, first)).set('If-Match', '*').expect(409);
  expect((late.body as { detail: string }).detail).toContain('Schrijf wel op hoe de kring ervoor zorgt');
  expect(wrong(await put(story, [second], await atTheTable(test, story, story.resident.id)).expect(400))).toEqual(['/safetyConditions condition-not-yours']);
  expect((await draftOf(story)).safetyConditions).toEqual(safetyConditions);
  expect(await notes(story)).toEqual([]);
});

it('Repeated or left out they stay, and who steps in and how it is met are still filled in', async () => {
  const story = await aSafeCase(test);
  const [first, second] = (await draftOf(story)).safetyConditions as [Condition, Condition];
  await put(story, [first, second]).expect(200);
  await put(story, undefined).expect(200);
  await put(story, [{ ...first, metBy: 'Oma is er' }, { ...second, deputyMemberId: story.members.Vera!.id }]).expect(200);
  await story.facilitator.patch(line(story, first), { metBy: 'Ria is er', deputyMemberId: story.members.Bas!.id }).set('If-Match', '*').expect(200);
  expect((await draftOf(story)).safetyConditions).toMatchObject([
    { id: first.id, metBy: 'Ria is er', deputyMemberId: story.members.Bas!.id },
    { id: second.id, deputyMemberId: story.members.Vera!.id },
  ]);
  expect(await fixPlan(story)).toMatchObject({ safetyConditions: [{ id: first.id }, { id: second.id }] });
});

it('What is not met is not left out of the next version, also in a kind that does not meet', async () => {
  const { story, plan, karim } = await aSafePlan(test);
  await karim.post(`/v1/safety-conditions/${plan.safetyConditions[0]!.id}/test`, { met: false, reason: 'Nog niemand' }).expect(200);
  expect(refusal(await put(story, []).expect(409))).toBe('safety-condition-late');
  const apart = await aCase(test, { kind: 'netwerkplan', circle: CIRCLE });
  await writeDraft(apart, aPromise(apart, { safetyConditions: [{ text: SAFE[0], reason: 'Er was niemand', setByMemberId: apart.members.Karim!.id }] }));
  await fixPlan(apart);
  expect(refusal(await put(apart, []).expect(409))).toBe('safety-condition-late');
});

it('When who asked for it left and nobody steps in, another professional may answer for it, and that is written down', async () => {
  const story = await aSafeCase(test);
  const [first, second] = (await draftOf(story)).safetyConditions as [Condition, Condition];
  await story.facilitator.post(`/v1/circle-members/${story.members.Karim!.id}/removal`, { reason: 'other' }).expect(200);
  const vera = story.members.Vera!.id;
  expect(refusal(await put(story, [{ ...second, setByMemberId: vera }]).expect(409))).toBe('safety-condition-late');
  await put(story, [{ ...first, setByMemberId: vera }, { ...second, setByMemberId: vera }]).expect(200);
  expect(await notes(story)).toHaveLength(2);
  expect(await fixPlan(story)).toMatchObject({ safetyConditions: [{ id: first.id }, { id: second.id }] });
});

it('Who asked for it writes it themself, as scribe at the meeting', async () => {
  const story = await aCase(test, { circle: CIRCLE }, await test.staff('Noor Schrijver', 'facilitator'));
  const karim = story.members.Karim!.id;
  await story.facilitator.post(`/v1/circle-members/${karim}/approval`, { by: 'main-person' }).expect(200);
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [karim] }).expect(202);
  await writeDraft(story, { goals: [], commitments: [], safetyConditions: [{ text: SAFE[0], reason: 'Er was niemand', setByMemberId: karim }] });
  const startsAt = new Date(test.clock.now().getTime() + 3_600_000);
  const slot = { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString() };
  const meeting = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other' }, slots: [slot] }).expect(201);
  test.clock.set(startsAt);
  await story.facilitator.put(`/v1/meetings/${(meeting.body as { id: string }).id}/scribe`, { memberId: karim }).expect(200);
  const owner = await atTheTable(test, story, karim);
  const [first] = (await draftOf(story)).safetyConditions as [Condition];
  await put(story, [{ ...first, text: 'Overdag is er iemand thuis' }], owner).expect(200);
  await owner.patch(line(story, first), { reason: 'Alleen overdag is het nodig' }).set('If-Match', '*').expect(200);
  expect((await draftOf(story)).safetyConditions).toMatchObject([{ text: 'Overdag is er iemand thuis', reason: 'Alleen overdag is het nodig' }]);
});

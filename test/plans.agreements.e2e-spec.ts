import { startApp, type TestApp } from './support/app.js';
import { aFixedPlan, aMetCase, auditOf, commitmentOf, fixPlan, writeDraft, wrong, type PlanBody } from './support/plans.js';
import { atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const couple = { otherMainPersons: [{ name: 'Piet de Wit', email: 'piet@example.org' }] };
const rest = { goals: [{ text: 'Rust' }], commitments: [] };

const read = async (story: StoryCase, id: string): Promise<PlanBody> =>
  (await story.facilitator.get(`/v1/plans/${id}`).expect(200)).body as PlanBody;
const caseState = async (story: StoryCase): Promise<string> =>
  ((await story.facilitator.get(`/v1/cases/${story.id}`).expect(200)).body as { state: string }).state;

describe('agreeing with a plan', () => {
  it('carries it when the last main person says yes, and the case carries it out', async () => {
    const { story, plan } = await aFixedPlan(test, couple);
    const resident = await atTheTable(test, story, story.resident.id);
    const first = await resident.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    expect(first.body).toMatchObject({ memberId: story.resident.id, agrees: true, state: 'fixed', carriedAt: null });
    expect(await caseState(story)).toBe('met');
    const second = await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.members.Piet!.id, agrees: true }).expect(201);
    expect(second.body).toMatchObject({ state: 'carried', carriedAt: test.clock.now().toISOString() });
    expect(await caseState(story)).toBe('carrying-out');
    expect(await read(story, plan.id)).toMatchObject({ state: 'carried', agreements: [{ agrees: true }, { agrees: true }] });
    const timeline = await story.facilitator.get(`/v1/cases/${story.id}/timeline`).expect(200);
    expect(JSON.stringify(timeline.body)).toContain('Het plan wordt gedragen.');
  });

  it('lets a no become a yes, and keeps the objection beside the plan', async () => {
    const { story, plan } = await aFixedPlan(test);
    const resident = await atTheTable(test, story, story.resident.id);
    const remark = 'Ik wil niet op maandag.';
    await resident.post(`/v1/plans/${plan.id}/agreements`, { agrees: false, remark }).expect(201);
    expect(await read(story, plan.id)).toMatchObject({ state: 'fixed', agreements: [{ agrees: false, remark }], objections: [{ remark }] });
    const yes = await resident.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    expect(yes.body).toMatchObject({ state: 'carried' });
    expect(await read(story, plan.id)).toMatchObject({ agreements: [{ agrees: true, remark: null }], objections: [{ remark }] });
  });

  it('is not taken back once the plan is carried, and may be said again', async () => {
    const { story, plan } = await aFixedPlan(test);
    const carried = await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    const { carriedAt } = carried.body as { carriedAt: string };
    test.clock.advance({ minutes: 5 });
    const again = await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    expect(again.body).toMatchObject({ state: 'carried', carriedAt });
    const no = await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: false }).expect(409);
    expect(no.body).toMatchObject({ state: 'carried', allowed: [] });
  });

  it('is about the newest version only', async () => {
    const { story, plan } = await aFixedPlan(test);
    await writeDraft(story, rest);
    const second = await fixPlan(story);
    const answer = await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(409);
    expect(answer.body).toMatchObject({ state: 'replaced' });
    await story.facilitator.post(`/v1/plans/${second.id}/agreements`, { agrees: true }).expect(201);
    await writeDraft(story, { ...rest, goals: [{ text: 'Nog meer rust' }] });
    const third = await fixPlan(story);
    expect(await read(story, second.id)).toMatchObject({ state: 'replaced', carriedAt: expect.any(String) as string });
    await story.facilitator.post(`/v1/plans/${third.id}/agreements`, { agrees: true }).expect(201);
    expect(await caseState(story)).toBe('carrying-out');
  });

  it('asks the facilitator whose answer it is when there are more, and only of those whose yes is needed', async () => {
    const { story, plan } = await aFixedPlan(test, couple);
    const agree = (body: object) => story.facilitator.post(`/v1/plans/${plan.id}/agreements`, body).expect(400);
    expect(wrong(await agree({ agrees: true }))).toEqual(['/memberId required']);
    expect(wrong(await agree({ agrees: true, memberId: story.members.Ria!.id }))).toEqual(['/memberId not-asked']);
    expect(wrong(await agree({ agrees: 'ja' }))).toEqual(['/agrees true-or-false']);
    const resident = await atTheTable(test, story, story.resident.id);
    await resident.post(`/v1/plans/${plan.id}/agreements`, { agrees: true, memberId: story.members.Piet!.id }).expect(403);
    expect((await read(story, plan.id)).agreements).toEqual([]);
  });

  it('needs the JIM too where the young person has one', async () => {
    const circle = [{ name: 'Joost Bakker', relation: 'jim', email: 'joost@example.org' }, { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' }];
    const story = await aMetCase(test, ['Sanne', 'Joost'], { kind: 'jim', circle });
    for (const name of ['Joost', 'Ria']) {
      await story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, { by: 'main-person' }).expect(200);
    }
    await writeDraft(story, rest);
    const plan = await fixPlan(story);
    const path = `/v1/plans/${plan.id}/agreements`;
    const yes = await story.facilitator.post(path, { memberId: story.resident.id, agrees: true }).expect(201);
    expect(yes.body).toMatchObject({ state: 'fixed' });
    const parent = await atTheTable(test, story, story.members.Ria!.id);
    await parent.post(path, { agrees: true }).expect(403);
    const jim = await atTheTable(test, story, story.members.Joost!.id);
    expect((await jim.post(path, { agrees: true }).expect(201)).body).toMatchObject({ state: 'carried' });
  });

  it('carries it once when both say their yes at the same moment', async () => {
    const { story, plan } = await aFixedPlan(test, couple);
    const yes = (memberId: string) =>
      story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId, agrees: true }).then(({ status }) => status);
    expect(await Promise.all([yes(story.resident.id), yes(story.members.Piet!.id)])).toEqual([201, 201]);
    expect(await read(story, plan.id)).toMatchObject({ state: 'carried' });
  });
});

describe('reading a plan', () => {
  async function aSharedPlan(): Promise<{ story: StoryCase; plan: PlanBody }> {
    const circle = [
      { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
      { name: 'Meester Karim', relation: 'teacher', professional: true, email: 'karim@deklimop.example' },
      { name: 'Tolk Amal', relation: 'interpreter', email: 'amal@example.org' },
    ];
    const story = await aMetCase(test, ['Sanne', 'Ria', 'Meester'], { circle });
    for (const name of ['Ria', 'Meester', 'Tolk']) {
      await story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, { by: 'main-person' }).expect(200);
    }
    await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, { want: 'a', can: 'b', need: 'c' }).expect(200);
    await writeDraft(story, {
      goals: [{ text: 'Rust' }],
      commitments: [
        { memberId: story.members.Ria!.id, text: 'Oppassen' },
        { memberId: story.members.Meester!.id, text: 'Huiswerk' },
      ],
    });
    return { story, plan: await fixPlan(story) };
  }

  it('is for the main person and the informal circle whole, and for a professional their own part', async () => {
    const { story, plan } = await aSharedPlan();
    const seenBy = async (memberId: string): Promise<PlanBody> =>
      (await (await atTheTable(test, story, memberId)).get(`/v1/plans/${plan.id}`).expect(200)).body as PlanBody;
    const texts = (seen: PlanBody): string[] => seen.commitments.map(({ text }) => text);
    const [sanne, ria, karim] = [await seenBy(story.resident.id), await seenBy(story.members.Ria!.id), await seenBy(story.members.Meester!.id)];
    expect([texts(sanne), texts(ria), texts(karim)]).toEqual([['Oppassen', 'Huiswerk'], ['Oppassen', 'Huiswerk'], ['Huiswerk']]);
    expect([sanne.statements.length, ria.statements.length]).toEqual([1, 1]);
    expect(karim.goals).toEqual([]);
    for (const kept of ['statements', 'preconditions', 'agreements', 'objections']) expect(karim).not.toHaveProperty(kept);
  });

  it('is not for an interpreter, another facilitator, a lead, a stranger or another organisation', async () => {
    const { story, plan } = await aSharedPlan();
    const path = `/v1/plans/${plan.id}`;
    await (await atTheTable(test, story, story.members.Tolk!.id)).get(path).expect(404);
    await (await test.staff('Bram Facilitator', 'facilitator')).get(path).expect(404);
    await (await test.staff('Lies Lead', 'lead')).get(path).expect(403);
    await (await test.staff('Rik Referrer', 'referrer')).get(path).expect(403);
    await test.as().get(path).expect(401);
    const other = await test.otherOrganisation(`zuid-${plan.id.slice(-6)}`);
    await (await other.staff('Noor Facilitator', 'facilitator')).get(path).expect(404);
    await story.facilitator.get('/v1/plans/niets').expect(404);
  });

  it('is on the audit log, as are the writes', async () => {
    const { story, plan } = await aFixedPlan(test);
    await read(story, plan.id);
    await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    await story.facilitator.post(`/v1/commitments/${commitmentOf(story, plan, 'Ria').id}/progress`, { state: 'doing' }).expect(200);
    const expected = ['plans.draft-written', 'plans.fixed', 'plans.read', 'plans.agreed', 'plans.carried', 'plans.commitment-moved'];
    expect(await auditOf(test, story.id)).toEqual(expect.arrayContaining(expected));
  });
});

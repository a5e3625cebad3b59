import { startApp, START, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { auditOf, fixPlan, refusal, writeDraft, wrong } from './support/plans.js';
import { aPromise, aSafeCase, aSafePlan, asOwner, ofKind, SAFE, type ConditionBody, type PlanWithConditions } from './support/safety.js';
import { aReferral, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const BECAUSE = 'Op woensdag is er nog niemand thuis.';
const look = (who: Caller, { id }: { id: string }, body: object) => who.post(`/v1/safety-conditions/${id}/test`, body);
const agree = (story: StoryCase, { id }: { id: string }) => story.facilitator.post(`/v1/plans/${id}/agreements`, { agrees: true });
const read = async (who: Caller, id: string): Promise<PlanWithConditions> => (await who.get(`/v1/plans/${id}`).expect(200)).body as PlanWithConditions;
const caseState = async ({ facilitator, id }: StoryCase): Promise<string> => ((await facilitator.get(`/v1/cases/${id}`).expect(200)).body as { state: string }).state;
const conditions = (plan: PlanWithConditions): [ConditionBody, ConditionBody] => plan.safetyConditions as [ConditionBody, ConditionBody];

describe('looking at what must be safe, one by one', () => {
  it('carries a plan that everybody agreed to when the last one is met, by its owner or the deputy', async () => {
    const { story, plan, karim } = await aSafePlan(test, { all: true });
    const [first, second] = conditions(plan);
    expect(first).toMatchObject({ met: null, testedAt: null, testedByName: null, notMetBecause: null });
    expect((await agree(story, plan).expect(201)).body).toMatchObject({ state: 'fixed', carriedAt: null });
    const vera = await atTheTable(test, story, story.members.Vera!.id);
    expect((await look(vera, first, { met: true }).expect(200)).body).toMatchObject({
      id: first.id, text: SAFE[0], met: true, testedByName: 'Vera Smit', notMetBecause: null, state: 'fixed', carriedAt: null,
    });
    const last = await look(karim, second, { met: true }).expect(200);
    expect(last.body).toMatchObject({ met: true, planId: plan.id, state: 'carried', carriedAt: test.clock.now().toISOString() });
    expect(await caseState(story)).toBe('carrying-out');
    expect(await read(story.facilitator, plan.id)).toMatchObject({ state: 'carried', safetyConditions: [{ met: true }, { met: true }] });
  });

  it('carries it with the last agreement when everything was met before', async () => {
    const { story, plan, karim } = await aSafePlan(test, { all: true });
    for (const one of conditions(plan)) expect((await look(karim, one, { met: true }).expect(200)).body).toMatchObject({ state: 'fixed' });
    expect(await caseState(story)).toBe('met');
    expect((await agree(story, plan).expect(201)).body).toMatchObject({ state: 'carried' });
  });

  it('carries it once when the last agreement and the last condition come at the same moment', async () => {
    const { story, plan, karim } = await aSafePlan(test, { all: true });
    const [first, second] = conditions(plan);
    await look(karim, first, { met: true }).expect(200);
    const both = await Promise.all([agree(story, plan), look(karim, second, { met: true })]);
    expect(both.map(({ status }) => status)).toEqual([201, 200]);
    expect(await read(story.facilitator, plan.id)).toMatchObject({ state: 'carried' });
    expect((await auditOf(test, story.id)).filter((action) => action === 'plans.carried')).toHaveLength(1);
  });

  it('does not keep a plan of another kind from being carried', async () => {
    const { story, plan, karim } = await aSafePlan(test);
    expect((await agree(story, plan).expect(201)).body).toMatchObject({ state: 'carried' });
    expect((await look(karim, conditions(plan)[0], { met: true }).expect(200)).body).toMatchObject({ state: 'carried' });
  });

  it('is on the audit log, and on the timeline without what was written', async () => {
    const { story, plan, karim } = await aSafePlan(test);
    await look(karim, conditions(plan)[0], { met: true }).expect(200);
    await look(karim, conditions(plan)[1], { met: false, reason: BECAUSE }).expect(200);
    expect(await auditOf(test, story.id)).toEqual(expect.arrayContaining(['plans.condition-met', 'plans.condition-not-met', 'plans.returned']));
    const sanne = await atTheTable(test, story, story.resident.id);
    const timeline = JSON.stringify((await sanne.get(`/v1/cases/${story.id}/timeline`).expect(200)).body);
    expect(timeline).toContain('Het plan komt terug bij de kring');
    expect(timeline).not.toContain(BECAUSE);
    const kept = await asOwner(test, `select count(*)::int as n from plans_conditions c where c::text || encode(c.sealed, 'escape') ilike '%woensdag%'`, []);
    expect(kept).toEqual([{ n: 0 }]);
  });
});

describe('what is not met', () => {
  it('returns the plan to the circle in the words of who asked it, and the next version is looked at anew', async () => {
    const { story, plan, karim } = await aSafePlan(test, { all: true });
    const [first, second] = conditions(plan);
    await agree(story, plan).expect(201);
    expect((await look(karim, first, { met: false, reason: BECAUSE }).expect(200)).body).toMatchObject({
      met: false, notMetBecause: BECAUSE, testedByName: 'Karim Idrissi', state: 'returned', carriedAt: null,
    });
    expect(await caseState(story)).toBe('met');
    const sanne = await atTheTable(test, story, story.resident.id);
    expect((await read(sanne, plan.id)).safetyConditions[0]).toMatchObject({ met: false, notMetBecause: BECAUSE });
    expect((await agree(story, plan).expect(409)).body).toMatchObject({ state: 'returned' });
    // The others are looked at too, so that the circle hears all of it at once; what is not met is mended first.
    expect((await look(karim, second, { met: true }).expect(200)).body).toMatchObject({ met: true, state: 'returned' });
    expect((await look(karim, first, { met: true }).expect(409)).body).toMatchObject({ state: 'not-met', allowed: ['not-met'] });

    await writeDraft(story, aPromise(story, { goals: [{ text: 'Ook op woensdag' }] }));
    await ofKind(test, story, 'netwerkberaad');
    const again = (await fixPlan(story)) as PlanWithConditions;
    await ofKind(test, story, 'eigen-kracht');
    expect(again.safetyConditions).toMatchObject([{ id: first.id, met: null, notMetBecause: null }, { id: second.id, met: null }]);
    await agree(story, again).expect(201);
    for (const one of conditions(again)) await look(karim, one, { met: true }).expect(200);
    expect(await read(story.facilitator, again.id)).toMatchObject({ state: 'carried' });
    expect(await read(story.facilitator, plan.id)).toMatchObject({ state: 'replaced', safetyConditions: [{ met: false, notMetBecause: BECAUSE }, { met: true }] });
  });

  it('returns a plan that is carried already, and the case stands where it was before', async () => {
    const { story, plan, karim } = await aSafePlan(test);
    await agree(story, plan).expect(201);
    await look(karim, conditions(plan)[0], { met: true }).expect(200);
    expect((await look(karim, conditions(plan)[0], { met: false, reason: BECAUSE }).expect(200)).body).toMatchObject({ state: 'returned', carriedAt: null });
    expect(await read(story.facilitator, plan.id)).toMatchObject({ state: 'returned', carriedAt: null });
    expect(await caseState(story)).toBe('met');
    await writeDraft(story, aPromise(story, { goals: [{ text: 'Anders' }] }));
    await agree(story, await fixPlan(story)).expect(201);
    expect(await caseState(story)).toBe('carrying-out');
  });

  it('is told to the main person and the informal circle once a version, and never what it is', async () => {
    const { plan, karim } = await aSafePlan(test, { resident: { name: 'Sanne de Wit', email: 'sanne.stil@example.org' } });
    await test.deliver();
    const told = async (address: string): Promise<string[]> =>
      (await mailsTo(test.app, address)).filter(({ subject }) => subject === 'We kijken samen nog een keer').map(({ text, html }) => `${text}${html}`);
    const before = (await told('ria@example.org')).length;
    for (const one of conditions(plan)) await look(karim, one, { met: false, reason: BECAUSE }).expect(200);
    await test.deliver();
    const [toSanne, toRia] = [await told('sanne.stil@example.org'), await told('ria@example.org')];
    expect([toSanne.length, toRia.length - before]).toEqual([1, 1]);
    for (const mail of [...toSanne, ...toRia]) {
      for (const word of ['woensdag', 'Karim', SAFE[0]]) expect(mail).not.toContain(word);
    }
    expect(await told('bas@wijkteam.example')).toEqual([]);
  });
});

describe('who looks at what must be safe', () => {
  it('is who asked it or the deputy: nobody says it for them, and who does not read it does not learn that it is there', async () => {
    const { story, plan } = await aSafePlan(test);
    const [first, second] = conditions(plan);
    const sat = async (name: string): Promise<Caller> => atTheTable(test, story, story.members[name]!.id);
    const [vera, bas, ria, sanne] = [await sat('Vera'), await sat('Bas'), await sat('Ria'), await sat('Sanne')];
    for (const body of [{ met: true }, { met: false, reason: BECAUSE }]) {
      await look(story.facilitator, first, body).expect(403);
      await look(sanne, first, body).expect(403);
      await look(ria, first, body).expect(403);
      await look(bas, first, body).expect(404);
      await look(vera, second, body).expect(404);
      await look(test.as(), first, body).expect(401);
    }
    const other = await aSafePlan(test);
    await look(other.karim, first, { met: true }).expect(404);
    expect((await read(story.facilitator, plan.id)).safetyConditions).toMatchObject([{ met: null }, { met: null }]);
    expect((await read(bas, plan.id)).safetyConditions).toEqual([]);
    expect((await read(vera, plan.id)).safetyConditions).toMatchObject([{ id: first.id }]);
  });

  it('needs a plan that is fixed, a case that is open, and words for what is not met', async () => {
    const story = await aSafeCase(test);
    const karim = await atTheTable(test, story, story.members.Karim!.id);
    const vera = await atTheTable(test, story, story.members.Vera!.id);
    const { safetyConditions } = (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as { safetyConditions: { id: string }[] };
    const [first, second] = safetyConditions as [{ id: string }, { id: string }];
    expect(refusal(await look(karim, first, { met: true }).expect(409))).toBe('condition-not-fixed');
    await look(vera, second, { met: true }).expect(404);
    expect(wrong(await look(karim, first, { met: false }).expect(400))).toEqual(['/reason required']);
    expect(wrong(await look(karim, first, { met: false, reason: '' }).expect(400)).map((one) => one.split(' ')[0])).toEqual(['/reason']);
    expect(wrong(await look(karim, first, { met: 'ja' }).expect(400))).toEqual(['/met true-or-false']);
    await writeDraft(story, aPromise(story));
    await fixPlan(story);
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect(refusal(await look(karim, first, { met: true }).expect(409))).toBe('case-ended');
  });

  it('is a professional who named it before the meeting: the draft takes none by others, and none later', async () => {
    const story = await aSafeCase(test);
    const put = (safetyConditions: object[]) =>
      story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [], commitments: [], safetyConditions }).set('If-Match', '*');
    const one = { text: 'Nieuw', reason: 'Toch', setByMemberId: story.members.Bas!.id };
    expect(refusal(await put([one]).expect(409))).toBe('safety-condition-late');
    expect(wrong(await put([{ ...one, setByMemberId: story.members.Ria!.id }]).expect(400))).toEqual(['/safetyConditions/0/setByMemberId not-professional']);
  });
});

describe('what a referrer wants to be safe', () => {
  it('is theirs to look at once they may be asked, and they see how it is met', async () => {
    const referrer = await test.staff('Fatma Verwijzer', 'referrer');
    const facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const body = aReferral({ circle: [], safety: { level: 'none', conditions: ['Niemand alleen thuis'] }, referrer: { name: 'Fatma Yıldız', email: 'fatma.veilig@wijkteam.example' } });
    const { id: referralId } = (await referrer.post('/v1/referrals', body).expect(201)).body as { id: string };
    const accepted = (await facilitator.post(`/v1/referrals/${referralId}/acceptance`, { facilitatorId: facilitator.id }).expect(201)).body as {
      id: string; reference: string; circle: { id: string; name: string; state: string }[];
    };
    const fatma = accepted.circle.find(({ name }) => name.startsWith('Fatma'))!;
    expect(fatma).toMatchObject({ state: 'proposed' });
    const { safetyConditions } = (await facilitator.get(`/v1/cases/${accepted.id}/plan-draft`).expect(200)).body as { safetyConditions: { id: string }[] };
    expect(safetyConditions).toMatchObject([{ text: 'Niemand alleen thuis', reason: null, setByMemberId: fatma.id }]);

    await facilitator.post(`/v1/circle-members/${fatma.id}/approval`, { by: 'main-person' }).expect(200);
    const story = { id: accepted.id, facilitator } as StoryCase;
    await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
    await fixPlan(story);
    const seen = async (): Promise<object[]> =>
      ((await referrer.get(`/v1/referrals/${referralId}`).expect(200)).body as { safetyConditions: object[] }).safetyConditions;
    expect(await seen()).toMatchObject([{ met: null }]);
    const owner = await atTheTable(test, story, fatma.id);
    await look(owner, safetyConditions[0]!, { met: true }).expect(200);
    expect(await seen()).toMatchObject([{ met: true }]);
  });
});

describe('two working days', () => {
  it('ask who answers for it at once, and the facilitator after a weekend that nobody looked', async () => {
    test.clock.set(new Date('2026-11-20T09:00:00Z'));
    const { story, plan, karim } = await aSafePlan(test);
    await test.deliver();
    const asked = async (address: string): Promise<number> =>
      (await mailsTo(test.app, address)).filter(({ subject }) => subject === 'Wil je iets bekijken?').length;
    const [toKarim, toVera, toBas] = [await asked('karim@jb.example'), await asked('vera@jb.example'), await asked('bas@wijkteam.example')];
    expect([toKarim > 0, toVera > 0, toBas]).toEqual([true, true, 0]);
    await look(karim, conditions(plan)[0], { met: true }).expect(200);
    const waiting = async (): Promise<unknown[]> =>
      (await asOwner(test, 'select overdue_at from plans_conditions where plan_id = $1 and overdue_at is not null', [plan.id])).map((row) => row.overdue_at);
    test.clock.set(new Date('2026-11-24T22:59:00Z'));
    await test.deliver();
    expect(await waiting()).toEqual([]);
    test.clock.set(new Date('2026-11-24T23:00:00Z'));
    await test.deliver();
    expect(await waiting()).toHaveLength(1);
    const noor = await test.staff('Noor Facilitator', 'facilitator');
    const tasks = async (): Promise<object[]> => ((await noor.get(`/v1/tasks?caseId=${story.id}`).expect(200)).body as { items: object[] }).items;
    expect(await tasks()).toMatchObject([{ task: 'ask-safety-test', memberId: story.members.Karim!.id, dueOn: '2026-11-25', late: false }]);
    await look(await atTheTable(test, { ...story, facilitator: noor }, karim.id), conditions(plan)[1], { met: true }).expect(200);
    expect(await tasks()).toEqual([]);
  });

  it('ask nobody after a version that was replaced or returned, nor in a case that has stopped', async () => {
    const [replaced, returned, stopped] = [await aSafePlan(test), await aSafePlan(test), await aSafePlan(test)];
    await writeDraft(replaced.story, aPromise(replaced.story, { goals: [{ text: 'Anders' }] }));
    const newer = await fixPlan(replaced.story);
    await look(returned.karim, conditions(returned.plan)[0], { met: false, reason: BECAUSE }).expect(200);
    await stopped.story.facilitator.post(`/v1/cases/${stopped.story.id}/stop`, { reason: 'moved' }).expect(200);
    test.clock.advance({ days: 7 });
    await test.deliver();
    const ids = [replaced.plan.id, newer.id, returned.plan.id, stopped.plan.id];
    const rows = await asOwner(test, 'select distinct plan_id from plans_conditions where overdue_at is not null and plan_id = any ($1)', [ids]);
    expect(rows).toEqual([{ plan_id: newer.id }]);
  });
});

it('tells the facilitator that somebody left who would do something, until the plan is fixed anew', async () => {
  const { story, plan } = await aSafePlan(test);
  await agree(story, plan).expect(201);
  const left = async (): Promise<object[]> =>
    ((await story.facilitator.get(`/v1/tasks?caseId=${story.id}`).expect(200)).body as { items: { task: string }[] }).items.filter(({ task }) => task === 'promise-left');
  expect(await left()).toEqual([]);
  await story.facilitator.post(`/v1/circle-members/${story.members.Ria!.id}/removal`).expect(200);
  expect(await left()).toMatchObject([{ memberId: null, name: null, late: false }]);
  await writeDraft(story, { goals: [{ text: 'Rust thuis' }], commitments: [{ memberId: story.resident.id, text: 'Elke avond thuis' }] });
  await fixPlan(story);
  expect(await left()).toEqual([]);
});

it('forgets what somebody wrote when they are erased, and keeps what they found', async () => {
  const { story, plan, karim } = await aSafePlan(test);
  await look(karim, conditions(plan)[0], { met: false, reason: BECAUSE }).expect(200);
  await karim.post(`/v1/circle-members/${karim.id}/removal`).expect(200);
  expect((await read(story.facilitator, plan.id)).safetyConditions[0]).toMatchObject({ met: false, notMetBecause: null });
});

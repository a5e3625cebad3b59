import { startApp, START, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { fixPlan, writeDraft, type PlanBody } from './support/plans.js';
import { aPromise, aSafeCase, aSafePlan, type SafePlan } from './support/safety.js';
import { aReferral, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let serial = 0;
beforeAll(async () => {
  test = await startApp();
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const mailOf = (name: string): string => `${name}.${serial}@example.org`;
const circle = (): object[] => {
  serial += 1;
  return [
    { name: 'Ria de Wit', relation: 'parent', email: mailOf('ria') },
    { name: 'Karim Idrissi', relation: 'youth-protection', professional: true, email: mailOf('karim') },
    { name: 'Vera Smit', relation: 'youth-protection', professional: true, email: mailOf('vera') },
    { name: 'Bas Bakker', relation: 'team-worker', professional: true, email: mailOf('bas') },
  ];
};

/** A plan that is carried out, with everything sent that was to be sent. */
async function running(changes: Record<string, unknown> = {}): Promise<SafePlan & { sanne: Caller }> {
  const made = await aSafePlan(test, { circle: circle(), ...changes });
  const { story, plan } = made;
  for (const { id, isMainPerson } of Object.values(story.members)) {
    if (isMainPerson) await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: id, agrees: true }).expect(201);
  }
  await test.deliver();
  return { ...made, sanne: await atTheTable(test, story, story.resident.id) };
}

async function takeBack(who: Caller, { resident }: StoryCase): Promise<void> {
  const { items } = (await who.get(`/v1/circle-members/${resident.id}/consents`).expect(200)).body as { items: { id: string; kind: string; state: string }[] };
  const yes = items.find(({ kind, state }) => kind === 'meeting' && state === 'standing')!;
  await who.post(`/v1/consents/${yes.id}/withdrawal`, { remark: 'Het wordt me te veel' }).expect(200);
}

const caseOf = async ({ facilitator, id }: StoryCase): Promise<{ state: string }> => (await facilitator.get(`/v1/cases/${id}`).expect(200)).body as { state: string };
const planOf = async (who: Caller, { id }: { id: string }): Promise<PlanBody> => (await who.get(`/v1/plans/${id}`).expect(200)).body as PlanBody;

describe('the only main person takes back that they want this, with a plan running', () => {
  it('stops the case and releases what people had not done; what was done stays done', async () => {
    const { story, plan, sanne } = await running();
    const { id } = plan.commitments[0]!;
    await takeBack(sanne, story);
    expect(await caseOf(story)).toMatchObject({ state: 'stopped' });
    expect((await story.facilitator.get(`/v1/commitments/${id}`).expect(200)).body).toMatchObject({ state: 'released', note: 'het plan is gestopt' });

    const kept = await running();
    await kept.story.facilitator.post(`/v1/commitments/${kept.plan.commitments[0]!.id}/progress`, { state: 'done', note: 'op hun woord: het is gelukt' }).expect(200);
    await takeBack(kept.story.facilitator, kept.story);
    expect((await kept.story.facilitator.get(`/v1/commitments/${kept.plan.commitments[0]!.id}`).expect(200)).body).toMatchObject({ state: 'done', note: expect.stringContaining('gelukt') as string });
  });

  it('leaves the plan with the main person to read, and with nobody else of the circle', async () => {
    const { story, plan, karim, sanne } = await running();
    const ria = await atTheTable(test, story, story.members.Ria!.id);
    await planOf(ria, plan);
    await takeBack(sanne, story);
    expect(await planOf(sanne, plan)).toMatchObject({ id: plan.id, goals: [{ text: 'Rust thuis' }] });
    await planOf(story.facilitator, plan);
    for (const who of [ria, karim]) await who.get(`/v1/plans/${plan.id}`).expect(404);
  });

  it('tells everyone who was invited in one message each, also with a date that is off, and never why', async () => {
    const { story, sanne } = await running();
    const startsAt = new Date(test.clock.now().getTime() + 10 * 86_400_000);
    const slot = { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString() };
    await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other', address: 'Buurthuis' }, slots: [slot] }).expect(201);
    await test.deliver();
    const counts = async (): Promise<number[]> => Promise.all(['ria', 'karim', 'vera', 'bas'].map(async (name) => (await mailsTo(test.app, mailOf(name))).length));
    const before = await counts();
    await takeBack(sanne, story);
    await test.deliver();
    expect(await counts()).toEqual(before.map((count) => count + 1));
    for (const name of ['ria', 'karim', 'vera', 'bas']) {
      const { text } = (await mailsTo(test.app, mailOf(name)))[0]!;
      expect(text).toContain('Het plan waaraan je meedeed, is gestopt.');
      expect(text).not.toMatch(/te veel|Sanne wil|nieuwe datum/);
    }
  });

  it('tells it by itself where no date stood, and asks nobody anything in the year after', async () => {
    const { story, sanne } = await running();
    await takeBack(sanne, story);
    await test.deliver();
    const all = async (): Promise<number> => (await mailsTo(test.app, mailOf('ria'))).length;
    expect((await mailsTo(test.app, mailOf('ria')))[0]!.subject).toBe('Het plan is gestopt');
    const told = await all();
    for (const days of [3, 42, 100, 300]) {
      test.clock.advance({ days });
      await test.deliver();
    }
    expect(await all()).toBe(told);
  });

  it('shows the referrer that it stopped, and not why', async () => {
    const referrer = await test.staff('Ruud Verwijst', 'referrer');
    const facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const { id: referralId } = (await referrer.post('/v1/referrals', aReferral({ circle: [] })).expect(201)).body as { id: string };
    const theCase = (await facilitator.post(`/v1/referrals/${referralId}/acceptance`, { facilitatorId: facilitator.id }).expect(201)).body as { id: string; circle: { id: string }[] };
    const story = { id: theCase.id, facilitator, resident: theCase.circle[0] } as StoryCase;
    await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
    await fixPlan(story);
    const seen = async (): Promise<object> => (await referrer.get(`/v1/referrals/${referralId}`).expect(200)).body as object;
    expect(await seen()).toMatchObject({ caseEnded: null });
    await takeBack(await atTheTable(test, story, story.resident.id), story);
    expect(await seen()).toMatchObject({ state: 'accepted', caseEnded: 'stopped', endReason: null });
    expect(JSON.stringify(await seen())).not.toMatch(/resident-stops|te veel/);
  });
});

describe('one of several main persons takes it back', () => {
  const couple = { otherMainPersons: [{ name: 'Piet de Wit', email: 'piet@example.org' }] };

  it('lets the case go on without them: no promise, no words in the next version, no yes that is waited for', async () => {
    const { story, plan, sanne } = await running(couple);
    await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, { want: 'Rust', can: 'Koken', need: 'Tijd' }).expect(200);
    const piet = story.members.Piet!.id;
    await story.facilitator.put(`/v1/cases/${story.id}/statements/${piet}`, { want: 'Werk', can: 'Klussen', need: 'Hulp' }).expect(200);
    const [promise] = plan.commitments;
    const commitments = [{ id: promise!.id, memberId: story.members.Ria!.id, text: 'Elke avond langs' }, { memberId: story.resident.id, text: 'De school bellen' }];
    await writeDraft(story, { goals: [{ text: 'Rust thuis' }], commitments });
    const second = await fixPlan(story);
    const own = second.commitments.find(({ memberId }) => memberId === story.resident.id)!;
    await takeBack(sanne, story);
    expect(await caseOf(story)).toMatchObject({ state: 'carrying-out' });
    expect((await sanne.get(`/v1/commitments/${own.id}`).expect(200)).body).toMatchObject({ state: 'released', note: 'doet niet meer mee' });
    expect((await story.facilitator.get(`/v1/commitments/${promise!.id}`).expect(200)).body).toMatchObject({ state: expect.stringMatching(/asked|promised/) as string });

    await writeDraft(story, { goals: [{ text: 'Zonder haar' }], commitments: [] });
    const third = await fixPlan(story);
    expect(third.statements.map(({ memberId }) => memberId)).toEqual([piet]);
    const yes = await story.facilitator.post(`/v1/plans/${third.id}/agreements`, { agrees: true }).expect(201);
    expect(yes.body).toMatchObject({ memberId: piet, state: 'carried' });
    expect(await planOf(sanne, third)).toMatchObject({ statements: [{ memberId: piet }] });
  });

  it('waits with the circle until the other one says that they want it; then that stands, and the last one who goes stops it', async () => {
    const { story, sanne } = await running(couple);
    const piet = await atTheTable(test, story, story.members.Piet!.id);
    await piet.post(`/v1/circle-members/${piet.id}/approval`, {}).expect(409);
    await takeBack(sanne, story);
    const consent = async (): Promise<unknown> => (await story.facilitator.get(`/v1/cases/${story.id}`).expect(200)).body as unknown;
    expect(await consent()).toMatchObject({ consentGiven: false });
    await piet.post(`/v1/circle-members/${piet.id}/approval`, {}).expect(200);
    expect(await consent()).toMatchObject({ consentGiven: true });
    // She can always come back, and go again: his yes stands.
    await sanne.post(`/v1/circle-members/${sanne.id}/approval`, {}).expect(200);
    await takeBack(sanne, story);
    expect(await consent()).toMatchObject({ consentGiven: true, state: 'carrying-out' });
    await takeBack(piet, { ...story, resident: story.members.Piet! });
    expect(await caseOf(story)).toMatchObject({ state: 'stopped' });
  });
});

it('before there is a plan nothing stops: the yes can be said again', async () => {
  const story = await aSafeCase(test, { circle: circle() });
  await writeDraft(story, aPromise(story));
  const sanne = await atTheTable(test, story, story.resident.id);
  await takeBack(sanne, story);
  expect(await caseOf(story)).toMatchObject({ state: 'met' });
  await sanne.post(`/v1/circle-members/${sanne.id}/approval`, {}).expect(200);
});

import { startApp, type TestApp } from './support/app.js';
import { aFixedPlan, fixPlan, refusal, writeDraft, wrong } from './support/plans.js';
import { atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const NOTIFIED = { themes: ['loneliness'], notifiedOn: '2026-11-12' };
const submit = (story: StoryCase, planId: string, on: string) => story.facilitator.post(`/v1/plans/${planId}/submission`, { on });
const today = (): string => test.clock.now().toISOString().slice(0, 10);

it('is a personal plan with its seven days where the municipality was notified, and its term ends when it is handed in', async () => {
  const { story, plan } = await aFixedPlan(test, NOTIFIED);
  const sanne = await atTheTable(test, story, story.resident.id);
  expect((await sanne.get(`/v1/plans/${plan.id}`).expect(200)).body).toMatchObject({
    legalForm: 'personal-plan',
    legalTitle: 'Persoonlijk plan',
    legalText: expect.stringContaining('2.3.2') as string,
    lawClock: { clock: 'personal-plan', startsOn: '2026-11-12', dueOn: '2026-11-19', doneOn: null },
    submittedOn: null,
  });
  const handedIn = await submit(story, plan.id, today()).expect(200);
  expect(handedIn.body).toMatchObject({ submittedOn: today(), lawClock: { state: 'done', doneOn: today() } });
  expect((await submit(story, plan.id, today()).expect(200)).body).toEqual(handedIn.body);
  expect((await sanne.get(`/v1/cases/${story.id}/legal-form`).expect(200)).body).toEqual(handedIn.body);
  const timeline = JSON.stringify((await sanne.get(`/v1/cases/${story.id}/timeline`).expect(200)).body);
  expect(timeline.split('is ingediend').length - 1).toBe(1);
});

it('is a family group plan in a family, and no form of law where no law asks for one, until the facilitator chooses', async () => {
  const family = await aFixedPlan(test, { themes: ['parenting'] });
  expect(family.plan).toMatchObject({ legalForm: 'family-group-plan', lawClock: { clock: 'family-group-plan', dueOn: null } });
  const { story, plan } = await aFixedPlan(test);
  expect(plan).toMatchObject({ legalForm: 'none', legalTitle: null, legalText: null, lawClock: null });
  expect(refusal(await submit(story, plan.id, today()).expect(409))).toBe('no-legal-form');
  const path = `/v1/cases/${story.id}/legal-form`;
  expect((await story.facilitator.put(path, { form: 'family-group-plan' }).expect(200)).body).toMatchObject({ legalTitle: 'Familiegroepsplan', lawClock: null });
  await submit(story, plan.id, today()).expect(200);
  expect(wrong(await story.facilitator.put(path, { form: 'zorgplan' }).expect(400))).toEqual(['/form one-of']);
  await (await test.staff('Iris Elders', 'facilitator')).put(path, { form: 'none' }).expect(404);
});

it('is handed in on a day that the plan was there, and the newest version only', async () => {
  const { story, plan } = await aFixedPlan(test, NOTIFIED);
  expect(wrong(await submit(story, plan.id, '2026-11-15').expect(400))).toEqual(['/on before-plan']);
  expect(wrong(await submit(story, plan.id, '2027-01-01').expect(400))).toEqual(['/on in-the-future']);
  await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
  const next = await fixPlan(story);
  expect((await submit(story, plan.id, today()).expect(409)).body).toMatchObject({ state: 'replaced' });
  expect((await submit(story, next.id, today()).expect(200)).body).toMatchObject({ submittedOn: today() });
  await (await test.staff('Iris Elders', 'facilitator')).post(`/v1/plans/${next.id}/submission`, { on: today() }).expect(404);
});

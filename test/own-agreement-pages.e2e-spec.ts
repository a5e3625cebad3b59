import { START, startApp, type TestApp } from './support/app.js';
import { visitorAtTheTable, type Visitor } from './support/browser.js';
import { aFixedPlan, aMetCase, commitmentOf, fixPlan, writeDraft, type PlanBody } from './support/plans.js';
import type { StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

/** Somebody of the circle on their own page, to whom the main person said yes. */
async function atHome(story: StoryCase, name: string): Promise<Visitor> {
  const { id } = story.members[name]!;
  await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  return visitorAtTheTable(test, story, id);
}

const planNow = async ({ facilitator }: StoryCase, { id }: PlanBody): Promise<PlanBody> => (await facilitator.get(`/v1/plans/${id}`).expect(200)).body as PlanBody;

it('A main person who said "not yet" says yes later; what they said first stays beside the plan', async () => {
  const { story, plan } = await aFixedPlan(test);
  const sanne = await visitorAtTheTable(test, story);
  await sanne.send('/mijn/plan', { agrees: 'false', remark: 'Te veel tegelijk' });
  expect(sanne.page.text).toContain('Je staat nog niet achter dit plan');
  expect(sanne.page.text).not.toContain('name="agrees" value="false"');
  await sanne.open('/mijn/plan');
  expect(sanne.page.text).toContain('Sta je er nu wel achter?');
  await sanne.send('/mijn/plan', { agrees: 'true' });
  expect(sanne.page.text).toContain('Je hebt ja gezegd tegen dit plan.');
  expect(sanne.page.text).not.toContain('Toch nog niet?');
  expect(await planNow(story, plan)).toMatchObject({ state: 'carried', objections: [{ remark: 'Te veel tegelijk' }] });
});

it('The JIM, whose yes the plan waits for, is asked on their own page; nobody else of the circle is', async () => {
  const circle = [{ name: 'Joost Bakker', relation: 'jim', email: 'joost@example.org' }, { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' }];
  const story = await aMetCase(test, ['Sanne', 'Joost', 'Ria'], { kind: 'jim', circle });
  await writeDraft(story, { goals: [{ text: 'Weer naar school' }], commitments: [{ memberId: story.members.Joost!.id, text: 'Elke ochtend bellen', every: 'day' }] });
  const plan = await fixPlan(story);
  const [joost, ria] = [await atHome(story, 'Joost'), await atHome(story, 'Ria')];
  expect(joost.page.text).toContain('Dit plan gaat pas door als jij ook ja zegt.');
  expect(ria.page.text).not.toContain('Sta je achter dit plan?');
  await ria.open('/kring/plan');
  expect(ria.page.text).not.toContain('name="agrees"');

  await joost.open('/kring/plan');
  await joost.send('/kring/plan', { agrees: '' });
  expect([joost.page.status, joost.page.text.includes('Dit klopt nog niet')]).toEqual([400, true]);
  await joost.send('/kring/plan', { agrees: 'true', remark: 'Ik bel elke dag' });
  expect(joost.url).toBe('/kring/plan?gedaan=agreement');
  expect(joost.page.text).toContain('Je hebt ja gezegd tegen dit plan.');
  await joost.open('/kring');
  expect(joost.page.text).not.toContain('Sta je achter dit plan?');
  await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  expect(await planNow(story, plan)).toMatchObject({ state: 'carried' });
});

it('An older version asks for nothing', async () => {
  const { story } = await aFixedPlan(test);
  await writeDraft(story, { goals: [{ text: 'Rust in huis' }], commitments: [] });
  await fixPlan(story);
  const sanne = await visitorAtTheTable(test, story);
  await sanne.open('/mijn/plan?versie=1');
  expect(sanne.page.text).not.toContain('Sta je achter dit plan?');
  await sanne.open('/mijn/plan?versie=2');
  expect(sanne.page.text).toContain('Sta je achter dit plan?');
});

it('Who comes to a page that is not theirs, or is not there, reads that kindly, finds the way back and can be called', async () => {
  const { story } = await aFixedPlan(test);
  const ria = await atHome(story, 'Ria');
  for (const [path, status, words] of [
    ['/mijn/aan-tafel', 403, 'Deze pagina is voor iemand anders.'],
    ['/kring/plan?versie=9', 404, 'Dit bestaat niet, of het is niet voor jou.'],
  ] as const) {
    const page = await ria.open(path);
    expect([page.status, page.text.includes(words), page.text.includes('href="/kring"'), page.text.includes('Snel weg')]).toEqual([status, true, true, true]);
  }
  await ria.send('/bel-mij-terug');
  expect(ria.url).toBe('/kring?gedaan=call-back');
});

it('A tap on what has changed meanwhile is told in words, not in codes of ours', async () => {
  const { story, plan } = await aFixedPlan(test);
  const { id } = commitmentOf(story, plan, 'Joost');
  const joost = await atHome(story, 'Joost');
  await joost.send(`/kring/afspraken/${id}`, { state: 'running' });
  expect(joost.page.status).toBe(409);
  expect(joost.page.text).toContain('Kijk hieronder hoe het nu staat.');
  expect(joost.page.text).not.toMatch(/‘(asked|promised)’/);
});

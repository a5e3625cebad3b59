import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { aSafePlan, SAFE, type SafePlan } from './support/safety.js';
import { aCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const sat = ({ story }: SafePlan, name: string): Promise<Visitor> => visitorAtTheTable(test, story, story.members[name]!.id);

async function facilitator(): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  return visitor;
}

it('asks whoever named it point by point, keeps what was typed, and shows the main person what is still needed', async () => {
  const made = await aSafePlan(test);
  const [first, second] = made.plan.safetyConditions.map(({ id }) => id) as [string, string];
  const karim = await sat(made, 'Karim');
  expect((await karim.open('/kring')).text).toContain('2 punten wachten op jou');
  const page = await karim.open('/kring/veilig');
  for (const words of SAFE) expect(page.text).toContain(words);
  expect(page.text).toContain('Er was vaak niemand');
  const refused = await karim.send(`/kring/veilig/${first}`, { met: 'false', reason: '' });
  expect([refused.status, refused.text.includes('reason')]).toEqual([400, true]);
  await karim.send(`/kring/veilig/${second}`, { met: 'true' });
  expect(karim.url).toBe('/kring/veilig?gedaan=condition-met');
  await karim.send(`/kring/veilig/${first}`, { met: 'false', reason: 'Op woensdag is er niemand' });
  expect(karim.page.text).toContain('De kring past het plan aan');
  const mine = (await (await sat(made, 'Sanne')).open('/mijn')).text;
  for (const words of ['Jullie plan komt nog een keer terug', 'Op woensdag is er niemand', 'Karim Idrissi']) expect(mine).toContain(words);
});

it('is nothing to look at for a professional who named nothing, and the page is not for the informal circle to answer on', async () => {
  const made = await aSafePlan(test);
  expect((await (await sat(made, 'Bas')).open('/kring')).text).not.toContain('/kring/veilig');
  const bas = await sat(made, 'Bas');
  expect((await bas.open('/kring/veilig')).text).toContain('Er is nu niets om te bekijken');
  expect((await (await sat(made, 'Ria')).open('/kring/veilig')).text).not.toContain(SAFE[0]);
});

it('lets the facilitator name one for a professional before the meeting, choose the form of law, and note when the plan was handed in', async () => {
  const early = await aCase(test);
  const noor = await facilitator();
  const path = `/werk/trajecten/${early.reference}`;
  await noor.open(path);
  await noor.send(`${path}/veilig`, { text: 'Iemand thuis', reason: 'Er was niemand', setByMemberId: early.members.Meester!.id });
  expect(noor.url).toBe(`${path}?gedaan=condition-added`);
  expect(noor.page.text).toContain('Gevraagd door Meester Karim');

  const { story, plan } = await aSafePlan(test);
  const late = `/werk/trajecten/${story.reference}`;
  await noor.open(late);
  expect(noor.page.text).not.toContain('Zet erbij wat veilig moet zijn');
  await noor.send(`${late}/vorm`, { form: 'personal-plan' });
  expect(noor.page.text).toContain('artikel 2.3.2');
  await noor.send(`${late}/plan/ingediend`, { planId: plan.id, on: '2026-11-16' });
  expect(noor.page.text).toContain('Ingediend op');
});

import { startApp, type TestApp } from './support/app.js';
import { mailsTo, type Mail } from './support/mailbox.js';
import { aSharedPlan, CIRCLE, type SharedPlan } from './support/plan-paper.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

let stories = 0;

/** A plan with mail addresses of its own for everyone: Sanne, Ria and Joost by name. */
async function aPlan(): Promise<SharedPlan & { mails: (name: string) => Promise<Mail[]> }> {
  stories += 1;
  const address = (name: string): string => `${name.toLowerCase()}.${stories}@example.org`;
  const circle = CIRCLE.map(({ phone: _, ...person }) => ({ ...person, email: address(person.name.split(' ')[0]!) }));
  const resident = { name: 'Sanne de Wit', email: address('Sanne') };
  const shared = await aSharedPlan(test, () => ({}), { circle, resident });
  return { ...shared, mails: async (name) => (await mailsTo(test.app, address(name))).filter(({ subject }) => subject === 'Wat we hebben afgesproken') };
}

it('tells main persons and who promised something that the plan is there, once, without what it says', async () => {
  const { story, path, mails } = await aPlan();
  await test.deliver();
  for (const name of ['Sanne', 'Ria']) expect(await mails(name)).toEqual([]);
  await story.facilitator.post(`${path}/agreements`, { agrees: true }).expect(201);
  await story.facilitator.post(`${path}/agreements`, { agrees: true }).expect(201);
  await test.deliver();
  const [sanne, ria] = [await mails('Sanne'), await mails('Ria')];
  expect([sanne.length, ria.length]).toEqual([1, 1]);
  expect(ria[0]!.text).toContain('/l/');
  expect(sanne[0]!.text).not.toContain('/l/');
  for (const { text, attachments } of [...sanne, ...ria]) {
    expect(attachments).toEqual([]);
    for (const said of ['markt', 'huurschuld', 'Rust in huis', 'Joost']) expect(text).not.toContain(said);
  }
  // Asked and not yet promised: that question is another message. Nothing to do in it, or no plan to read: no message.
  for (const name of ['Joost', 'Meester', 'Wil', 'Tolk']) expect(await mails(name)).toEqual([]);
});

it('does not tell it any more when the case was stopped in the meantime', async () => {
  const { story, path, mails } = await aPlan();
  await test.deliver();
  await story.facilitator.post(`${path}/agreements`, { agrees: true }).expect(201);
  await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'other' }).expect(200);
  await test.deliver();
  for (const name of ['Sanne', 'Ria']) expect(await mails(name)).toEqual([]);
});

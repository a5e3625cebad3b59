import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aCase, anInvitedCase, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

async function noor(): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  return visitor;
}
const id = (story: StoryCase, name: string): string => story.members[name]!.id;
const body = async (story: StoryCase, path: string): Promise<object> => (await story.facilitator.get(path).expect(200)).body as object;

it('the facilitator works through the morning on one page: a try, a talk, how somebody takes part', async () => {
  const story = await aCase(test);
  await story.facilitator.post(`/v1/circle-members/${id(story, 'Ria')}/approval`, {}).expect(200);
  const visitor = await noor();
  const page = `/werk/trajecten/${story.reference}/voorbereiding`;
  await visitor.open(`/werk/trajecten/${story.reference}`);
  expect(visitor.page.text).toContain(page);
  await visitor.open(page);
  expect(visitor.page.text).toContain('Neem contact op en vertel waar het over gaat');
  await visitor.send(`${page}/poging`, { memberId: id(story, 'Ria'), channel: 'call', outcome: 'not-reached' });
  expect(visitor.page.text).toContain('1 keer geprobeerd');
  await visitor.send(`${page}/gesprek`, { memberId: id(story, 'Ria'), by: 'phone', outcome: 'held', needs: 'Een rustige kamer' });
  expect(visitor.url).toBe(`${page}?gedaan=talk`);
  expect(await body(story, `/v1/circle-members/${id(story, 'Ria')}/preparation-talks`)).toMatchObject({ items: [{ needs: 'Een rustige kamer' }] });
  await visitor.send(`${page}/meedoen`, { memberId: id(story, 'Ria'), way: 'letter', letter: 'Lieve Sanne' });
  expect(visitor.page.text).toContain('schrijft een brief');
  const wrong = await visitor.send(`${page}/meedoen`, { memberId: id(story, 'Ria'), way: 'not' });
  expect(wrong.status).toBe(400);
  await visitor.open(page);
  await visitor.send(`${page}/onafhankelijk`, { ties: 'family', language: 'shared', wishesMet: 'true' });
  expect(visitor.page.text).toContain('Draag het over aan iemand anders');
});

it('who was asked says themself how they take part; a home is only for who comes there', async () => {
  const story = await anInvitedCase(test);
  const link = await story.facilitator.post(`/v1/circle-members/${id(story, 'Joost')}/links`, { via: 'show' }).expect(201);
  const joost = aVisitor(test);
  const path = new URL((link.body as { url: string }).url).pathname;
  await joost.open(path);
  await joost.send(path);
  expect(joost.page.text).toContain('Hoe wil je meedoen?');
  await joost.send('/kring/meedoen', { way: 'spokesperson', spokespersonId: id(story, 'Ria'), letter: 'Lieve Sanne' });
  expect(joost.url).toBe('/kring?gedaan=own-part');
  expect(await body(story, `/v1/circle-members/${id(story, 'Joost')}/participation`)).toMatchObject({ way: 'spokesperson', setBy: 'person', letter: null });
  expect((await joost.send('/kring/meedoen', { way: 'not' })).status).toBe(400);

  const place = { type: 'home', address: 'Zwanenkade 12' };
  const slots = [{ startsAt: '2026-11-25T18:00:00Z', endsAt: '2026-11-25T20:00:00Z' }];
  const meeting = (await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots }).expect(201)).body as { id: string; slots: { id: string }[] };
  await joost.send('/kring/meedoen', { way: 'there' });
  await joost.send('/kring/antwoord', { meetingId: meeting.id, answer: `${meeting.slots[0]!.id}:yes` });
  expect(joost.page.text).toContain('Zwanenkade 12');
  for (const way of ['remote', 'letter']) {
    await joost.send('/kring/meedoen', { way });
    expect(joost.page.text).not.toContain('Zwanenkade 12');
  }
});

it('a main person says on whom they count, nobody too, and is led to ask who is new', async () => {
  const story = await aCase(test);
  const link = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
  const path = new URL((link.body as { url: string }).url).pathname;
  const sanne = aVisitor(test);
  await sanne.open(path);
  await sanne.send(path);
  expect(sanne.page.text).toContain('/mijn/op-wie');
  await sanne.open('/mijn/op-wie');
  await sanne.send('/mijn/op-wie', { names: 'Ria\r\n Tante Bep \r\n\r\n', moment: 'referral' });
  expect(sanne.url).toBe('/mijn/op-wie?gedaan=counted-on');
  expect(sanne.page.text).toContain('Vraag Tante Bep erbij');
  expect(sanne.page.text).not.toContain('Vraag Ria erbij');
  await sanne.send('/mijn/op-wie', { names: '', moment: 'referral' });
  expect(await body(story, `/v1/cases/${story.id}/circle-answers/${story.resident.id}`)).toMatchObject({ items: [{ moment: 'referral', names: [] }] });
});

import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { aPromise, obstaclesOf, raise } from './support/obstacles.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

async function staff(name: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: `${name}@noord.example`, password: 'een lang wachtwoord' });
  return visitor;
}

it('the facilitator notes what is in the way, gives it to another, takes it away and brings it back', async () => {
  const { story, commitmentId } = await aPromise(test);
  const noor = await staff('noor.facilitator');
  const page = `/werk/trajecten/${story.reference}/belemmeringen`;
  await noor.open(`/werk/trajecten/${story.reference}`);
  expect(noor.page.text).toContain(page);
  await noor.open(page);
  expect(noor.page.text).toContain('Er zit niets in de weg.');
  const fields = { commitmentId, text: 'De <b>brief</b> komt niet', category: 'waiting-list' };
  const wrong = await noor.send(page, { ...fields, 'whoseMove.memberId': '', 'whoseMove.organisation': '' });
  expect([wrong.status, wrong.text.includes('De &lt;b>brief&lt;/b> komt niet')]).toEqual([400, true]);
  await noor.send(page, { ...fields, 'whoseMove.organisation': 'Woonstad' });
  expect(noor.url).toBe(`${page}?gedaan=noted`);
  expect(noor.page.text).toContain('Woonstad');
  const { id } = (await obstaclesOf(story.facilitator, `?caseId=${story.id}`))[0]!;
  await noor.open('/werk');
  expect(noor.page.text).toContain('Wat nu in de weg zit');
  await noor.open(page);
  await noor.send(`${page}/${id}/aan-zet`, { 'whoseMove.memberId': story.members.Meester!.id });
  expect(noor.page.text).toContain('Meester Karim (De Klimop)');
  await noor.send(`${page}/${id}/delen`);
  expect(noor.page.text).toContain('mag deze tekst ook lezen');
  expect((await noor.send(`${page}/${id}/weg`)).status).toBe(400);
  await noor.send(`${page}/${id}/weg`, { note: 'De brief kwam' });
  expect(noor.page.text).toContain('De brief kwam');
  await noor.send(`${page}/${id}/terug`);
  expect((await obstaclesOf(story.facilitator, `?caseId=${story.id}`)).map(({ state }) => state)).toEqual(['open']);
});

it('whose move it is reads that somebody waits, and not for what words', async () => {
  const { story, joost, commitmentId } = await aPromise(test);
  await raise(joost, commitmentId, { text: 'Ria belt nooit terug', whoseMove: { memberId: story.members.Ria!.id } });
  const ria = await visitorAtTheTable(test, story, story.members.Ria!.id);
  expect(ria.page.text).toContain('Jij bent aan zet');
  expect(ria.page.text).not.toContain('belt nooit terug');
});

it('the lead sees what stands, names a director and writes down what changed; the resident reads the mail and says ok', async () => {
  const { story, joost, commitmentId } = await aPromise(test);
  await test.staff('Lena van de Leiding', 'lead');
  await raise(joost, commitmentId, { text: 'Sanne durft niet te bellen', whoseMove: { organisation: 'Belkantoor' } });
  test.clock.advance({ days: 14 });
  await test.deliver();
  const lena = await staff('lena.van.de.leiding');
  await lena.open('/leiding');
  expect(lena.page.text).toContain('/leiding/belemmeringen');
  await lena.open('/leiding/belemmeringen');
  for (const word of [story.reference, 'Belkantoor', 'Er is nog geen directeur bekend']) expect(lena.page.text).toContain(word);
  for (const word of ['Sanne', 'Joost', 'durft']) expect(lena.page.text).not.toContain(word);
  const director = { 'items.0.organisation': 'belkantoor', 'items.0.name': 'Karin de Baas', 'items.0.email': 'karin@belkantoor.example' };
  const wrong = await lena.send('/leiding/belemmeringen/directeuren', { ...director, 'items.0.email': 'karin' });
  expect([wrong.status, wrong.text.includes('value="karin"')]).toEqual([400, true]);
  await lena.send('/leiding/belemmeringen/directeuren', director);
  await lena.send('/leiding/belemmeringen/geleerd', { category: 'agency', organisation: 'Belkantoor', text: 'Er is nu een vast nummer' });
  expect(lena.page.text).toContain('Er is nu een vast nummer');
  await test.deliver();

  const facilitator = await test.staff('Noor Facilitator', 'facilitator');
  const sanne = await visitorAtTheTable(test, { ...story, facilitator });
  expect(sanne.page.text).toContain('is Belkantoor aan zet');
  const { id } = (await obstaclesOf(facilitator, `?caseId=${story.id}`))[0]!;
  await sanne.send(`/mijn/directeur/${id}`, { agrees: 'false' });
  expect(sanne.page.text).toContain('Je zei: liever niet.');
  await sanne.send(`/mijn/directeur/${id}`, { agrees: 'true' });
  expect(sanne.page.text).not.toContain('Een tekst om te lezen');
  await test.deliver();
  const { body } = await test.as().get('/dev/mailbox.json').expect(200);
  expect((body as { to: string }[]).filter(({ to }) => to === 'karin@belkantoor.example')).toHaveLength(1);
});

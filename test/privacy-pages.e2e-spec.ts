import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { anInvitedCase, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
  test.clock.set(START);
});
afterAll(() => test.stop());

let counted = 0;
const password = 'een lang wachtwoord';

/** Someone at their own page, by the link that was shown at the table or came by mail. */
async function visitor(story: StoryCase, memberId: string): Promise<Visitor> {
  const { body } = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  const path = (body as { url: string }).url.replace('http://localhost:3000', '');
  const one = aVisitor(test);
  await one.open(path);
  await one.send(path);
  return one;
}

async function aStory(): Promise<StoryCase & { joost: string; email: string }> {
  counted += 1;
  const email = `joost${counted}@example.org`;
  const own = await test.staff(`Noor ${'abcdefg'[counted]}`, 'facilitator');
  const story = await anInvitedCase(test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email }] }, own);
  return { ...story, joost: story.members.Joost!.id, email };
}

async function signedIn(email: string): Promise<Visitor> {
  const one = aVisitor(test);
  await one.open('/inloggen');
  await one.send('/inloggen', { email, password });
  return one;
}

it('shows what is kept under plain headings, with the way to take it along, to put it right and to go', async () => {
  const story = await aStory();
  for (const [home, who] of [['/kring', story.joost], ['/mijn', story.resident.id]] as const) {
    const person = await visitor(story, who);
    await person.open(home);
    expect(person.page.text).toContain(`href="${home}/gegevens"`);
    const page = await person.open(`${home}/gegevens`);
    expect(page.status).toBe(200);
    for (const heading of ['Meenemen', 'Zelf verbeteren', 'Klopt er iets niet?', 'Weghalen', 'Van wie we dit hebben', 'Wat hier niet in staat, en waarom']) {
      expect(page.text).toContain(heading);
    }
    expect(page.text).toContain('Snel weg');
    expect(page.text.replace(/"[^"]*"/g, '')).not.toMatch(/dossier|cliënt|casus|traject/i);
    const file = await person.open(`${home}/gegevens/bestand/gegevens.html`);
    expect(file.headers['content-disposition']).toBe('attachment; filename="gegevens.html"');
    expect(file.text).toMatch(/^<!doctype html><html lang="nl">/);
    expect((await person.open(`${home}/gegevens/bestand/gegevens.json`)).body).toMatchObject({ memberId: who });
    expect((await person.open(`${home}/gegevens/bestand/anders`)).status).toBe(404);
  }
});

it('keeps what somebody puts right themself, and shows what to mend', async () => {
  const story = await aStory();
  const joost = await visitor(story, story.joost);
  await joost.open('/kring/gegevens');
  const wrong = await joost.send('/kring/gegevens', { name: 'Joost Bakker', email: 'geen mail' });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('aria-invalid="true"');
  await joost.open('/kring/gegevens');
  const page = await joost.send('/kring/gegevens', { name: 'Joost Bakkers', firstName: 'Joop', email: story.email, phone: '', address: 'Kade 1' });
  expect(page.status).toBe(200);
  expect(page.text).toContain('Het is bewaard.');
  expect(page.text).toContain('Joost Bakkers');
  expect((await story.facilitator.get(`/v1/circle-members/${story.joost}`)).body).toMatchObject({ firstName: 'Joop', address: 'Kade 1' });
});

it('brings a question to the facilitator, on the list of today and on the page of the case, and the answer back', async () => {
  const story = await aStory();
  const joost = await visitor(story, story.joost);
  await joost.open('/kring/gegevens');
  await joost.send('/kring/gegevens/klopt-niet', { subject: 'plan', text: 'Ik kom niet op dinsdag.' });
  expect(joost.page.text).toContain('Wacht op antwoord');
  const noor = await signedIn(`noor.${'abcdefg'[counted]}@noord.example`);
  expect((await noor.open('/werk')).text).toContain('Vragen om te verbeteren');
  const page = await noor.open(`/werk/trajecten/${story.reference}`);
  expect(page.text).toContain('Ik kom niet op dinsdag.');
  const action = /action="(\/werk\/trajecten\/[^"]+\/verbeteren\/[^"]+)"/.exec(page.text)![1]!;
  const done = await noor.send(action, { outcome: 'corrected', text: 'Het is woensdag geworden.' });
  expect(done.status).toBe(200);
  expect((await joost.open('/kring/gegevens')).text).toContain('Antwoord: Het is woensdag geworden.');
  expect((await noor.open('/werk')).text).not.toContain('Vragen om te verbeteren');
});

it('lets a main person ask to be erased after saying what happens; the lead decides by number, and reads why it cannot be', async () => {
  const story = await aStory();
  const sanne = await visitor(story, story.resident.id);
  const page = await sanne.open('/mijn/gegevens/wissen');
  expect(page.text).toContain('Dat kan niet terug.');
  await sanne.send('/mijn/gegevens/wissen', { stopContact: 'true', text: 'Alles weg' });
  expect(sanne.page.text).toContain('Je vroeg om alles te wissen');
  await test.staff('Lea Leiding', 'lead', 'admin');
  const lea = await signedIn('lea.leiding@noord.example');
  const list = await lea.open('/leiding/verwijderen');
  expect(list.text).toContain(story.reference);
  expect(list.text).not.toMatch(/Sanne|Alles weg/);
  const action = /action="(\/leiding\/verwijderen\/[^"]+)"/.exec(list.text)![1]!;
  expect((await lea.send(action, { outcome: 'kept-by-law' })).status).toBe(400);
  await lea.open('/leiding/verwijderen');
  await lea.send(action, { outcome: 'kept-by-law', ground: 'jeugdwet', remark: 'Tot 2046' });
  const told = await sanne.open('/mijn/gegevens');
  expect(told.text).toContain('Dat moet van de Jeugdwet.');
  expect(told.text).toContain('Tot 2046');
});

it('has these pages for nobody else: a stranger, somebody without a known device, another role', async () => {
  const story = await aStory();
  const stranger = aVisitor(test);
  expect((await stranger.open('/kring/gegevens')).status).toBe(401);
  const joost = await visitor(story, story.joost);
  expect((await joost.open('/mijn/gegevens')).status).toBe(403);
  const noor = await signedIn(`noor.${'abcdefg'[counted]}@noord.example`);
  expect((await noor.open('/leiding/verwijderen')).status).toBe(403);
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/contact-attempts`, { at: '2026-11-16T08:00:00Z', channel: 'call', outcome: 'reached' }).expect(201);
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const sanne = aVisitor(test);
  const path = `/l/${linkToken(await mailTo(test.app, 'sanne@example.org'))}`;
  await sanne.open(path);
  await sanne.send(path);
  // Led to making this device known, or refused: nothing of it is shown.
  expect((await sanne.open('/mijn/gegevens')).text).not.toContain('Van wie we dit hebben');
});

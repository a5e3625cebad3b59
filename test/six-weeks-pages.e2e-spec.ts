import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { caseState, timelineTypes } from './support/meetings.js';
import { commitmentOf, report } from './support/plans.js';
import { aCarriedPlan, type LongStory } from './support/six-weeks.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

/** The facilitator of a story at their own pages. */
async function atWork(story: LongStory): Promise<{ noor: Visitor; path: string }> {
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: story.email, password: 'een lang wachtwoord' });
  return { noor, path: `/werk/trajecten/${story.reference}/zes-weken` };
}

/** Somebody on their own page, on the device on which the facilitator showed them the link. */
async function atHome(story: LongStory, memberId: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  const shown = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  const link = new URL((shown.body as { url: string }).url).pathname;
  await visitor.open(link);
  await visitor.send(link);
  return visitor;
}

/** What of a page stands in one of its sections. */
const section = ({ page }: Visitor, id: string): string => page.text.split(`id="${id}"`)[1]!.split('</section>')[0]!;

it('The facilitator is asked on /werk after six weeks, sorts each promise with one click, and plans the review at a suggested moment', async () => {
  const story = await aCarriedPlan(test);
  await report(story.facilitator, commitmentOf(story, story.plan, 'Ria').id, 'done', 'Op hun woord');
  await story.later({ days: 42 });
  const { noor, path } = await atWork(story);
  await noor.open('/werk');
  expect(noor.page.text).toContain('zes weken: nog 2 afspraken');
  expect(noor.page.text).toContain('plan de terugkombijeenkomst (na zes weken: rond');
  await noor.open(path);
  expect(noor.page.text).toContain('1 van de 3 afspraken loopt of is klaar.');
  expect(section(noor, 'done')).toContain('Ria');
  expect(section(noor, 'open')).toContain('De brief nakijken');

  const joost = commitmentOf(story, story.plan, 'Joost').id;
  await noor.send(`${path}/${joost}/later`, { date: '2026-01-01', reason: 'De wachtlijst' });
  expect(noor.page.status).toBe(400);
  expect(noor.page.text).toContain('Kies een dag na vandaag.');
  expect(noor.page.text).toContain('De wachtlijst</textarea>');
  await noor.send(`${path}/${joost}/later`, { date: '2029-01-01', reason: 'De wachtlijst' });
  expect(noor.url).toBe(`${path}?gedaan=noted`);
  expect(section(noor, 'perspective')).toContain('De wachtlijst');
  await noor.send(`${path}/${commitmentOf(story, story.plan, 'Karim').id}`, { state: 'done', note: 'op hun woord' });
  expect(section(noor, 'done')).toContain('Karim');
  expect(section(noor, 'open')).toContain('Er is niets meer uit te zoeken.');

  const slot = /name="slot"[^>]*value="(\d{4}[^"]+)"/.exec(noor.page.text)![1]!;
  const plan = path.replace('zes-weken', 'terugkijken');
  await noor.send(plan, { slot: 'other', date: '2027-13-45', from: '10:00', 'place.type': 'home' });
  expect(noor.page.status).toBe(400);
  await noor.send(plan, { slot, 'place.type': 'home' });
  expect(noor.url).toBe(`${path}?gedaan=review`);
  expect(section(noor, 'terugkijken')).toContain('Staat vast');
  await noor.open('/werk');
  expect(noor.page.text).not.toContain('zes weken: nog');
  expect(noor.page.text).not.toContain('plan de terugkombijeenkomst');
});

it('Where nobody meets the facilitator calls round after three months, and says so with one click', async () => {
  const story = await aCarriedPlan(test, { kind: 'netwerkplan' });
  await story.later({ days: 60 });
  const early = await atWork(story);
  await early.noor.open(early.path);
  const button = early.path.replace('zes-weken', 'teruggekeken');
  expect(section(early.noor, 'terugkijken')).not.toContain('Ik heb rondgebeld');
  expect(section(early.noor, 'terugkijken')).toContain('Nog niet');

  await story.later({ days: 31 });
  const { noor, path } = await atWork(story);
  await noor.open('/werk');
  expect(noor.page.text).toContain('bel rond en kijk terug (na drie maanden: rond');
  await noor.open(path);
  expect(section(noor, 'terugkijken')).toContain('Nu bellen');
  expect(section(noor, 'terugkijken')).toContain(`action="${button}"`);
  const elsewhere = await atWork(story);
  await elsewhere.noor.open(path);
  for (const device of [noor, elsewhere.noor]) {
    await device.send(button, {});
    expect(device.url).toBe(`${path}?gedaan=noted`);
  }
  expect(section(noor, 'terugkijken')).toContain('Geweest');
  expect(section(noor, 'terugkijken')).not.toContain('Ik heb rondgebeld');
  expect((await timelineTypes(story)).filter((type) => type === 'looked-back')).toHaveLength(1);
  await noor.open('/werk');
  expect(noor.page.text).not.toContain('bel rond en kijk terug');
});

it('Of an MDO the facilitator is asked to look back again on what still stands in the way, and reads that this is why', async () => {
  const story = await aCarriedPlan(test, { kind: 'mdo' });
  const obstacle = { text: 'De ramen staan nog niet op de lijst', category: 'agency', whoseMove: { organisation: 'Woonstichting' } };
  await story.facilitator.post(`/v1/commitments/${commitmentOf(story, story.plan, 'Joost').id}/obstacles`, obstacle).expect(201);
  await story.later({ days: 69 });
  const before = await atWork(story);
  await before.noor.open('/werk');
  expect(before.noor.page.text).toContain('plan de terugkombijeenkomst (na zes weken: rond');
  await story.later({ days: 1 });
  const { noor, path } = await atWork(story);
  await noor.open('/werk');
  expect(noor.page.text).toContain('plan de terugkombijeenkomst (er zit nog iets in de weg: rond');
  await noor.open(path);
  expect(section(noor, 'terugkijken')).toMatch(/Na zes weken: .*Niet geweest.*Er zit nog iets in de weg: .*Nu plannen/s);
});

it('The facilitator notes there what is in the way of a promise; what was typed stays when something misses', async () => {
  const story = await aCarriedPlan(test);
  await story.later({ days: 42 });
  const { noor, path } = await atWork(story);
  await noor.open(path);
  const { id } = commitmentOf(story, story.plan, 'Joost');
  const action = `${path}/${id}/in-de-weg`;
  expect(section(noor, 'open').split(`action="${action}"`)).toHaveLength(2);
  const typed = { text: 'De brief komt maar niet', category: 'waiting-list' };
  await noor.send(action, { ...typed, 'whoseMove.memberId': '', 'whoseMove.organisation': '' });
  expect(noor.page.status).toBe(400);
  expect(noor.page.text).toContain('Wie is aan zet? Iemand uit de kring: dit moet je invullen.');
  expect(section(noor, 'open')).toContain('De brief komt maar niet</textarea>');
  expect(section(noor, 'open')).toMatch(/value="waiting-list" checked/);
  expect(section(noor, 'open').match(/<details open/g)).toHaveLength(1);
  await noor.send(action, { ...typed, 'whoseMove.memberId': '', 'whoseMove.organisation': 'Woonstad' });
  expect(noor.url).toBe(`${path}?gedaan=noted`);
  for (const words of ['Joost', 'een wachtlijst', 'De brief komt maar niet', 'Woonstad', `/werk/trajecten/${story.reference}/belemmeringen`]) {
    expect(section(noor, 'obstacle')).toContain(words);
  }
  expect(section(noor, 'open')).not.toContain(action);
});

it('A main person reads kindly how far the plan is, and that people will look back', async () => {
  const story = await aCarriedPlan(test);
  await report(story.facilitator, commitmentOf(story, story.plan, 'Ria').id, 'done', 'Op hun woord');
  await story.later({ days: 36 });
  const sanne = await atHome(story, story.resident.id);
  await sanne.open('/mijn');
  expect(sanne.page.text).toContain('1 van de 3 afspraken loopt of is klaar.');
  expect(sanne.page.text).toContain('kijken we samen terug');
});

it('Everyone finds the way to their marks, changes them, and the facilitator reads them without a name', async () => {
  const story = await aCarriedPlan(test);
  const joost = await atHome(story, story.members.Joost!.id);
  await joost.open('/kring');
  expect(joost.page.text).toContain('Geef je cijfers');
  await joost.open('/kring/cijfers');
  expect(joost.page.text).toContain('zinnen zonder naam');
  await joost.send('/kring/cijfers', {});
  expect(joost.page.status).toBe(400);
  await joost.send('/kring/cijfers', { meeting: '11' });
  expect(joost.page.status).toBe(400);
  await joost.send('/kring/cijfers', { meeting: '9', plan: '', sentence: 'Fijn dat opa er was', mayShare: 'true' });
  expect(joost.url).toBe('/kring/cijfers?gedaan=answer');
  expect(joost.page.text).toContain('Fijn dat opa er was');
  const { noor, path } = await atWork(story);
  await noor.open(path);
  expect(section(noor, 'cijfers')).toContain('Het samenzijn: gemiddeld 9, de middelste 9.');
  expect(section(noor, 'cijfers')).toContain('Fijn dat opa er was');
  expect(section(noor, 'cijfers')).not.toContain('Joost');
});

it('With one tap a main person begins again within a year of the end, and is called; later a new question is the way', async () => {
  const story = await aCarriedPlan(test);
  const sanne = await atHome(story, story.resident.id);
  await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
  await sanne.open('/mijn');
  expect(sanne.page.text).toContain('Tot een jaar na het afronden kun je met één tik opnieuw beginnen.');
  await sanne.send('/mijn/weer-bij-elkaar');
  expect(sanne.url).toBe('/mijn?gedaan=together-asked');
  expect(sanne.page.text).not.toContain('Ik wil weer bij elkaar komen');
  await story.later({ hours: 1 });
  expect(await caseState(story)).toBe('preparing');
  const { noor } = await atWork(story);
  await noor.open('/werk');
  expect(noor.page.text).toContain('Wil weer bij elkaar komen');
});

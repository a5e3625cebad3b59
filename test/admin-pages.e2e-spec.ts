import type { StaffRole } from '../src/platform/actor.js';
import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

/** Somebody who works here, signed in at the page. */
async function signedIn(name: string, ...roles: StaffRole[]): Promise<Visitor> {
  await test.staff(name, ...roles);
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: `${name.toLowerCase().replaceAll(' ', '.')}@noord.example`, password: 'een lang wachtwoord' });
  return visitor;
}

it.each([
  ['facilitator', '/werk'],
  ['lead', '/werk'],
  ['admin', '/beheer'],
  ['referrer', '/aanmeldingen'],
  ['analyst', '/mijn-account'],
] as const)('brings a %s after signing in to a page that is there for them', async (role, path) => {
  const visitor = await signedIn(`Zij ${role}`, role);
  expect({ url: visitor.url, status: visitor.page.status }).toEqual({ url: path, status: 200 });
});

it('shows /beheer to an admin only, and says to others in plain words that it is for someone else', async () => {
  const admin = await signedIn('Anna Admin', 'admin');
  expect((await admin.open('/beheer')).text).toContain('Medewerkers');
  const lead = await signedIn('Lena Lead', 'lead');
  const refused = await lead.open('/beheer');
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('href="/werk"');
  const stranger = aVisitor(test);
  await stranger.open('/beheer');
  expect(stranger.url).toBe('/inloggen?next=%2Fbeheer');
});

it('lets an admin invite somebody, change a role and close the account, all on the page', async () => {
  const admin = await signedIn('Anna Admin', 'admin');
  await admin.open('/beheer/medewerkers');
  const form = { name: 'Nina Nieuw', email: 'nina@noord.example', phone: '', roles: 'facilitator' };
  const wrong = await admin.send('/beheer/medewerkers', { ...form, roles: '', email: 'nina' });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('Dit klopt nog niet');
  await admin.send('/beheer/medewerkers', form);
  expect(admin.url).toBe('/beheer/medewerkers?gedaan=staff-invited');
  const path = /href="(\/beheer\/medewerkers\/[0-9a-f-]+)">Nina Nieuw/.exec(admin.page.text)![1]!;
  await admin.open(path);
  await admin.send(path, { ...form, roles: 'lead' });
  expect(admin.page.text).toContain('Bewaard. Een rol telt meteen.');
  expect(admin.page.text).toMatch(/value="lead" checked/);
  await admin.send(`${path}/sluiten`, { reason: 'leaving' });
  expect(admin.page.text).toContain('Gesloten op 16 november 2026');
  await admin.send(`${path}/openen`);
  expect(admin.page.text).toContain('Het account is weer open.');
});

it('asks who takes over before the account of a facilitator with cases is closed', async () => {
  const story = await aCase(test, {}, await test.staff('Gea Gever', 'facilitator'));
  const follower = await test.staff('Fem Volger', 'facilitator');
  const admin = await signedIn('Anna Admin', 'admin');
  const path = `/beheer/medewerkers/${story.facilitator.id}`;
  await admin.open(path);
  expect(admin.page.text).toContain('1 lopende trajecten en 0 diensten');
  const refused = await admin.send(`${path}/sluiten`, { reason: 'illness' });
  expect(refused.status).toBe(409);
  await admin.send(`${path}/sluiten`, { reason: 'illness', handOverTo: follower.id });
  expect(admin.url).toBe(`${path}?gedaan=staff-disabled`);
  await follower.get(`/v1/cases/${story.id}`).expect(200);
});

it('shows everyone where they are signed in, ends a session elsewhere, and changes a password', async () => {
  const [here, there] = [await signedIn('Roos Referrer', 'referrer'), await signedIn('Roos Referrer', 'referrer')];
  await here.open('/mijn-account');
  const ends = [...here.page.text.matchAll(/action="(\/mijn-account\/sessies\/[0-9a-f-]+\/einde)"/g)].map((match) => match[1]!);
  expect(ends.length).toBeGreaterThan(1);
  for (const end of ends) await here.send(end);
  expect(here.page.text).toContain('Die sessie is beëindigd.');
  await there.open('/mijn-account');
  expect(there.url).toContain('/inloggen');
  await here.send('/mijn-account/wachtwoord', { current: 'een lang wachtwoord', next: 'vier paarden zingen' });
  expect(here.page.text).toContain('Je wachtwoord is veranderd.');
});

it('says the same on the page to who forgot a password, whether there is an account or not', async () => {
  await test.staff('Vera Vergeet', 'referrer');
  const said: string[] = [];
  for (const email of ['vera.vergeet@noord.example', 'niemand@noord.example']) {
    const visitor = aVisitor(test);
    await visitor.open('/wachtwoord-vergeten');
    await visitor.send('/wachtwoord-vergeten', { email });
    said.push(visitor.page.text.replace(/value="[^"]+"/g, ''));
  }
  expect(said[0]).toContain('Is er een account met dat mailadres?');
  expect(said[1]).toBe(said[0]);
});

it('lets a lead fill the duty roster, and hand over all that somebody has', async () => {
  const giver = await test.staff('Gea Leiding', 'facilitator');
  const follower = await test.staff('Fem Leiding', 'facilitator');
  const story = await aCase(test, {}, giver);
  const lead = await signedIn('Lena Lead', 'lead');
  await lead.open('/leiding');
  const duty = { 'from.date': '2026-11-16', 'from.time': '08:00', 'to.date': '2026-11-17', 'to.time': '08:00', firstId: giver.id };
  await lead.send('/leiding/rooster', duty);
  expect(lead.url).toBe('/leiding?gedaan=duty-added');
  expect(lead.page.text).toContain('Heeft nu dienst');
  const again = await lead.send('/leiding/rooster', { ...duty, firstId: follower.id });
  expect(again.status).toBe(400);
  expect(again.text).toContain('In deze tijd heeft al iemand dienst');
  const path = `/leiding/gespreksleiders/${giver.id}/overdragen`;
  await lead.open(path);
  await lead.send(path, { facilitatorId: follower.id, reason: 'illness' });
  expect(lead.url).toBe('/leiding?gedaan=handed-over');
  await follower.get(`/v1/cases/${story.id}`).expect(200);
  const remove = /action="(\/leiding\/rooster\/[0-9a-f-]+\/weg)"/.exec(lead.page.text)![1]!;
  await lead.send(remove);
  expect(lead.page.text).toContain('De dienst is uit het rooster.');
});

it('lets a facilitator hand over one case from its page', async () => {
  const follower = await test.staff('Fem Ander', 'facilitator');
  const facilitator = await signedIn('Gea Traject', 'facilitator');
  const story = await aCase(test, {}, await test.staff('Gea Traject', 'facilitator'));
  const page = await facilitator.open(`/werk/trajecten/${story.reference}`);
  const path = `/werk/trajecten/${story.reference}/overdragen`;
  expect(page.text).toContain(`href="${path}"`);
  await facilitator.open(path);
  expect((await facilitator.send(path, {})).status).toBe(400);
  await facilitator.send(path, { facilitatorId: follower.id, reason: 'resident-wish' });
  expect(facilitator.url).toBe('/werk?gedaan=handed-over');
  expect((await facilitator.open(path)).status).toBe(404);
});

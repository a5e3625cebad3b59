import type { StaffRole } from '../src/platform/actor.js';
import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
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
  ['referrer', '/mijn-account'],
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

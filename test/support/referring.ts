import { Client } from 'pg';
import type { StaffRole } from '../../src/platform/actor.js';
import type { TestApp } from './app.js';
import { aVisitor, type Visitor } from './browser.js';

export type Fields = Record<string, string>;
/** Every question of who refers somebody, with an answer. */
export const OTHER: readonly (readonly [string, Fields])[] = [
  ['vraag', { question: 'Ik wil rust met geld.' }],
  ['themas', { themes: 'debt' }],
  ['veiligheid', { 'safety.level': 'none' }],
  ['toestemming', { 'consent.given': 'yes', 'consent.on': '2026-11-15', 'consent.how': 'conversation' }],
  ['wie', { 'resident.name': 'Sanne de Wit', 'resident.firstName': 'Sanne', 'resident.language': 'nl', 'resident.birthYear': '1988' }],
  ['bereiken', { 'resident.phone': '06 1234 5678', 'resident.contactPreference.channel': 'call', 'resident.contactPreference.note': 'Niet voor twaalf uur' }],
  ['anderen', { name: 'Tom de Wit', phone: '06 1234 5670', then: 'next' }],
  ['kring', { name: 'Ria de Wit', relation: 'parent', phone: '0612345679', then: 'add' }],
  ['kring', { name: 'Opa Jan', relation: 'grandparent', via: '2', then: 'add' }],
  ['kring', { then: 'next' }],
  ['buurt', { neighbourhoodCode: 'BU05990110' }],
  ['verwijzer', { 'referrer.name': 'Dr. Bos', source: 'gp', 'referrer.email': 'bos@praktijk.example', 'referrer.phone': '010 123 4567' }],
  ['voorwaarden', { 'safety.conditions': 'Niet alleen met oom Piet\nDeur op slot' }],
];
/** The same of who asks for themself. */
export const SELF: readonly (readonly [string, Fields])[] = [
  ['vraag', { question: 'Ik wil het niet meer alleen doen.' }],
  ['veiligheid', { 'safety.level': 'concern' }],
  ['wie', { 'resident.name': 'Ilse' }],
  ['bereiken', { 'resident.email': 'ilse@example.org' }],
  ['kring', { name: 'Tante Bep', relation: 'relative', then: 'add' }],
  ['kring', { name: 'Kees', then: 'next' }],
];

const at = (step: string): string => `/aanmelden/${step}`;

/** Somebody who has said for whom it is. */
export async function begun(test: TestApp, way: 'other' | 'self', visitor = aVisitor(test)): Promise<Visitor> {
  await visitor.open('/aanmelden');
  await visitor.send('/aanmelden', { way });
  return visitor;
}

/** Answers the questions up to this one, which is then on the page. */
export async function until(visitor: Visitor, steps: readonly (readonly [string, Fields])[], step: string): Promise<Visitor> {
  for (const [path, fields] of steps) {
    if (path === step) return visitor;
    if (visitor.url !== at(path)) throw new Error(`${visitor.url} is not ${path}`);
    const answer = await visitor.send(at(path), fields);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  }
  return visitor;
}

/** Somebody who works here and has signed in. */
export async function colleague(test: TestApp, name: string, ...roles: StaffRole[]): Promise<Visitor> {
  await test.staff(name, ...roles);
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: `${name.toLowerCase().replaceAll(' ', '.')}@noord.example`, password: 'een lang wachtwoord' });
  return visitor;
}

/** Rows of the test's organisation, as the owner of the database sees them. */
export async function rowsOf<Row>(test: TestApp, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.ownerUrl });
  await client.connect();
  try {
    await client.query(`set app.organisation_id = '${test.organisationId}'`);
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

import { DutiesService } from '../src/meetings/duties.service.js';
import { dutyErrors, takenOver, type Duty } from '../src/meetings/duties.rules.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { errorsOf } from './support/meetings.js';

let test: TestApp;
let lead: Caller;
let one: Caller;
let two: Caller;
beforeAll(async () => {
  test = await startApp();
  lead = await test.staff('Lena Lead', 'lead');
  one = await test.staff('Een Dienst', 'facilitator');
  two = await test.staff('Twee Dienst', 'facilitator');
});
afterAll(() => test.stop());

const HOUR_MS = 3_600_000;
const after = (hours: number): Date => new Date(START.getTime() + hours * HOUR_MS);
const at = (hours: number): string => after(hours).toISOString();
const duty = (from: number, to: number, changes: object = {}): Record<string, unknown> => {
  return { from: at(from), to: at(to), firstId: one.id, secondId: two.id, ...changes };
};
const put = (...items: object[]): ReturnType<Caller['put']> => lead.put('/v1/duty-roster', { items });

it('is put in place of the one before, earliest first, and read by facilitators', async () => {
  await put(duty(0, 8)).expect(200);
  await put(duty(24, 48), duty(0, 24, { secondId: null })).expect(200);
  expect((await one.get('/v1/duty-roster').expect(200)).body).toEqual({ items: [duty(0, 24, { secondId: null }), duty(24, 48)] });
  await one.put('/v1/duty-roster', { items: [] }).expect(403);
});

it.each([
  ['ends before it begins', () => [duty(0, 8), duty(9, 9)], ['/items/1/to ends-before-start']],
  ['is longer than a week', () => [duty(0, 169)], ['/items/0/to duty-too-long']],
  ['overlaps another, whatever their order', () => [duty(8, 16), duty(20, 24), duty(0, 9)], ['/items/0/from duties-overlap']],
  ['lies within a longer one', () => [duty(0, 40), duty(1, 2), duty(30, 50)], ['/items/1/from duties-overlap', '/items/2/from duties-overlap']],
  ['has one person twice', () => [duty(0, 8, { secondId: one.id })], ['/items/0/secondId same-person']],
  ['names somebody who is no facilitator', () => [duty(0, 8, { firstId: lead.id })], ['/items/0/firstId facilitator']],
])('refuses a duty that %s, and keeps the roster', async (_, items, errors) => {
  await put(duty(0, 8)).expect(200);
  expect(errorsOf(await put(...items()).expect(400))).toEqual(errors);
  expect((await lead.get('/v1/duty-roster').expect(200)).body).toEqual({ items: [duty(0, 8)] });
});

it('refuses whoever is closed or works elsewhere', async () => {
  const admin = await test.staff('Anna Admin', 'admin');
  const gone = await test.staff('Weg Gegaan', 'facilitator');
  await admin.post(`/v1/staff/${gone.id}/disabling`, { reason: 'leaving' }).expect(200);
  const elsewhere = await (await test.otherOrganisation('zuid')).staff('Zoë Zuid', 'facilitator', 'lead');
  for (const { id } of [gone, elsewhere]) {
    expect(errorsOf(await put(duty(0, 8, { secondId: id })).expect(400))).toEqual(['/items/0/secondId facilitator']);
  }
  await put(duty(0, 8)).expect(200);
  expect((await elsewhere.get('/v1/duty-roster').expect(200)).body).toEqual({ items: [] });
});

it('holds 400 duties and no more, and two leads at once leave one roster', async () => {
  const year = Array.from({ length: 400 }, (_, i) => duty(i * 12, i * 12 + 12));
  await put(...year).expect(200);
  await put(...year, duty(9000, 9001)).expect(400);
  const answers = await Promise.all([put(duty(0, 8)), put(duty(4, 12))]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(((await lead.get('/v1/duty-roster').expect(200)).body as { items: object[] }).items).toHaveLength(1);
});

it('says who is on duty at an instant', async () => {
  await put(duty(0, 8), duty(8, 16, { firstId: two.id, secondId: null })).expect(200);
  const onDuty = (hours: number): Promise<object | null> =>
    test.app.get(Database).view(systemContext(test.organisationId, 'test'), (tx) => test.app.get(DutiesService, { strict: false }).onDuty(tx, after(hours)));
  expect(await onDuty(-0.1)).toBeNull();
  expect(await onDuty(0)).toEqual({ firstId: one.id, secondId: two.id });
  expect(await onDuty(8)).toEqual({ firstId: two.id, secondId: null });
  expect(await onDuty(16)).toBeNull();
});

it('finds nothing wrong with duties that follow each other', () => {
  const row = (from: number, to: number): Duty => ({ from: after(from), to: after(to), firstId: 'a', secondId: 'b' });
  expect(dutyErrors([row(0, 8), row(8, 168), row(168, 336)])).toEqual([]);
});

describe('A duty that is handed over', () => {
  const row = (firstId: string, secondId: string | null, from = 1, to = 9): Duty => ({ from: after(from), to: after(to), firstId, secondId });
  it.each([
    ['a', 'b', 'c', 'c', 'b'],
    ['a', 'c', 'c', 'c', null],
    ['c', 'a', 'c', 'c', null],
    ['b', 'a', 'c', 'b', 'c'],
    ['a', null, 'c', 'c', null],
    ['b', 'd', 'c', 'b', 'd'],
  ])('first %s, second %s, from a to %s: first %s, second %s', (first, second, to, nextFirst, nextSecond) => {
    expect(takenOver(row(first, second), 'a', to, after(0))).toEqual([row(nextFirst, nextSecond)]);
  });

  it('stays with who had it as far as it is past', () => {
    expect(takenOver(row('a', null, -9, -1), 'a', 'c', after(0))).toEqual([row('a', null, -9, -1)]);
    expect(takenOver(row('a', 'b', -4, 4), 'a', 'c', after(0))).toEqual([row('a', 'b', -4, 0), row('c', 'b', 0, 4)]);
  });
});

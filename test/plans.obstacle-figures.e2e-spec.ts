import { startApp, type Caller, type TestApp } from './support/app.js';
import { aPromise, raise } from './support/obstacles.js';

let test: TestApp;
let lead: Caller;
beforeAll(async () => {
  test = await startApp();
  lead = await test.staff('Lena van de Leiding', 'lead');
});
afterAll(() => test.stop());

const NOTHING = { opened: 0, removed: 0, open: 0, medianDays: null };

it('the report counts by kind what came up, went away and stands, and knows the middle of the days', async () => {
  const people = [await aPromise(test), await aPromise(test), await aPromise(test)];
  // By hand: three of agency, removed after 0, 1 and 4 days; one of money stands; one of a rule lapses.
  const agency = [];
  for (const { joost, commitmentId } of people) agency.push({ joost, ...(await raise(joost, commitmentId, { whoseMove: { organisation: 'Woonstad' } })) });
  await raise(people[0]!.joost, people[0]!.commitmentId, { category: 'money' });
  await raise(people[1]!.joost, people[1]!.commitmentId, { category: 'rule' });
  const remove = ({ joost, id }: { joost: Caller; id: string }) => joost.post(`/v1/obstacles/${id}/removal`, { note: 'Gelukt' }).expect(200);
  await remove(agency[0]!);
  test.clock.advance({ days: 1 });
  await remove(agency[1]!);
  test.clock.advance({ days: 3 });
  await remove(agency[2]!);
  await people[1]!.joost.post(`/v1/commitments/${people[1]!.commitmentId}/progress`, { state: 'given-back', note: 'Het lukt niet' }).expect(200);
  lead = await test.staff('Lena van de Leiding', 'lead');

  const report = async (query: string) => ((await lead.get(`/v1/reports/obstacles?${query}`).expect(200)).body as { items: object[] }).items;
  expect(await report('from=2026-11&to=2026-11')).toEqual([
    { category: 'rule', ...NOTHING, opened: 1 },
    { category: 'money', ...NOTHING, opened: 1, open: 1 },
    { category: 'waiting-list', ...NOTHING },
    { category: 'agency', opened: 3, removed: 3, open: 0, medianDays: 1 },
    { category: 'information', ...NOTHING },
    { category: 'other', ...NOTHING },
  ]);
  expect(await report('from=2026-10&to=2026-10')).toEqual(expect.arrayContaining([{ category: 'agency', ...NOTHING }]));
  const csv = await lead.get('/v1/reports/obstacles?from=2026-11&to=2026-11').set('Accept', 'text/csv').expect(200);
  expect(csv.text.split('\r\n').slice(0, 3)).toEqual(['category,opened,removed,open,medianDays', 'rule,1,0,0,', 'money,1,0,1,']);

  // The same organisation in three cases comes back; what is in one case, or the move of somebody of a circle, never.
  const { recurring, recursFrom } = (await lead.get('/v1/obstacle-lessons').expect(200)).body as { recurring: object[]; recursFrom: number };
  expect([recurring, recursFrom]).toEqual([[{ category: 'agency', organisation: 'Woonstad', times: 3, cases: 3, open: 0, medianDays: 1, lessons: [] }], 3]);
  const written = await lead.post('/v1/obstacle-lessons', { category: 'agency', organisation: 'WOONSTAD', text: 'Er is nu een vast nummer' }).expect(201);
  await lead.post('/v1/obstacle-lessons', { category: 'money', text: 'Een noodpotje' }).expect(201);
  const after = (await lead.get('/v1/obstacle-lessons').expect(200)).body as { recurring: { lessons: object[] }[]; lessons: object[] };
  expect([after.recurring[0]!.lessons, after.lessons.length]).toEqual([[written.body], 2]);
});

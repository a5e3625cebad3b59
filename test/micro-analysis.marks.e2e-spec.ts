import { FiguresService } from '../src/micro-analysis/figures.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { asOwner } from './support/safety.js';
import { aCarriedPlan } from './support/six-weeks.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

/** The row of a moment in the table of marks. */
const rowOf = ({ page }: Visitor, moment: string): string[] => {
  const table = page.text.split('id="cijfers-van-mensen"')[1]!.split('</section>')[0]!;
  return [...table.split(moment)[1]!.split('</tr>')[0]!.matchAll(/<td[^>]*>([^<]*)</g)].map(([, text]) => text!);
};

it('A lead reads the middle of the marks of a period, once five people gave one, and it stays so after a case is erased', async () => {
  await test.staff('Lena Lead', 'lead');
  const lead = aVisitor(test);
  await lead.open('/inloggen');
  await lead.send('/inloggen', { email: 'lena.lead@noord.example', password: 'een lang wachtwoord' });
  const story = await aCarriedPlan(test);
  const people = [story.resident.id, ...['Ria', 'Joost', 'Karim'].map((name) => story.members[name]!.id)];
  const given = [{ meeting: 8, plan: 9 }, { meeting: 3, plan: 6 }, { meeting: 7 }, { meeting: 9 }];
  for (const [at, id] of people.entries()) await (await atTheTable(test, story, id)).post(`/v1/cases/${story.id}/marks`, given[at]).expect(201);
  await lead.open('/leiding/cijfers');
  expect(rowOf(lead, 'Na het gesprek')).toEqual(['minder dan vijf', 'minder dan vijf']);
  const other = await aCarriedPlan(test);
  await (await atTheTable(test, other, other.resident.id)).post(`/v1/cases/${other.id}/marks`, { meeting: 10 }).expect(201);
  await lead.open('/leiding/cijfers');
  expect(rowOf(lead, 'Na het gesprek')).toEqual(['8 (5 cijfers)', 'minder dan vijf']);
  expect(rowOf(lead, 'Bij het afronden')).toEqual(['minder dan vijf', 'minder dan vijf']);
  await lead.open('/leiding/cijfers?van=2025-01&tot=2025-12');
  expect(rowOf(lead, 'Na het gesprek')).toEqual(['minder dan vijf', 'minder dan vijf']);

  // As when a case is erased: what it says is kept as counts, without whose it was.
  const [row] = await asOwner(test, 'select organisation_id from cases where id = $1', [other.id]);
  const ctx = systemContext(String(row!.organisation_id), 'erasing');
  await test.app.get(Database).run(ctx, (tx) => test.app.get(FiguresService).keep(tx, other.id));
  await asOwner(test, 'delete from plans_marks where case_id = $1', [other.id]);
  await lead.open('/leiding/cijfers');
  expect(rowOf(lead, 'Na het gesprek')).toEqual(['8 (5 cijfers)', 'minder dan vijf']);
});

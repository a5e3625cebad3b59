import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aCase, atTheTable } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
let lead: Caller;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
  lead = await test.staff('Lea Lead', 'lead');
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface Clock {
  clock: string;
  dueOn: string | null;
  doneOn: string | null;
  state: string;
  caseId?: string;
}
const clocksOf = async (who: Caller, caseId: string): Promise<Clock[]> =>
  ((await who.get(`/v1/cases/${caseId}/law-clocks`).expect(200)).body as { items: Clock[] }).items;

it('starts the clocks of the law when a referral with a notification is taken on, and shows them to facilitator and main person', async () => {
  const story = await aCase(test, { notifiedOn: '2026-11-13' });
  const clocks = await clocksOf(facilitator, story.id);
  expect(clocks.map(({ clock, dueOn }) => [clock, dueOn])).toEqual([
    ['urgent-debt-talk', '2026-11-18'],
    ['personal-plan', '2026-11-20'],
    ['research', '2026-12-28'],
  ]);
  expect(await clocksOf(await atTheTable(test, story, story.resident.id), story.id)).toEqual(clocks);
  await (await test.staff('Iris Ander', 'facilitator')).get(`/v1/cases/${story.id}/law-clocks`).expect(404);
  expect(await clocksOf(facilitator, (await aCase(test)).id)).toEqual([]);
});

it('notes the day on which it was done, takes that back, and refuses a day that cannot be', async () => {
  const story = await aCase(test, { notifiedOn: '2026-11-13' });
  const path = `/v1/cases/${story.id}/law-clocks/personal-plan`;
  for (const doneOn of ['2026-11-17', '2026-11-12']) {
    const { body } = await facilitator.put(path, { doneOn }).expect(400);
    expect((body as { errors: { pointer: string }[] }).errors[0]!.pointer).toBe('/doneOn');
  }
  expect((await facilitator.put(path, { doneOn: '2026-11-16' }).expect(200)).body).toMatchObject({ doneOn: '2026-11-16', state: 'done' });
  expect((await facilitator.put(path, { doneOn: null }).expect(200)).body).toMatchObject({ doneOn: null, state: 'running' });
  await facilitator.put(`/v1/cases/${story.id}/law-clocks/debt-talk`, { doneOn: '2026-11-16' }).expect(404);
});

it('shows the lead what is late over all cases, the first to end first, without what a case is about', async () => {
  const story = await aCase(test, { notifiedOn: '2026-11-02' });
  test.clock.set(new Date('2026-11-20T09:00:00Z'));
  const own = await test.staff('Lea Lead', 'lead');
  const all: Clock[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await own.get(`/v1/law-clocks?limit=2${next ? `&after=${next}` : ''}`).expect(200);
    const page = body as { items: Clock[]; next: string | null };
    all.push(...page.items);
    next = page.next;
  }
  const dues = all.map(({ dueOn }) => dueOn ?? '9999-12-31');
  expect(dues).toEqual([...dues].sort());
  expect(new Set(all.map(({ caseId, clock }) => `${caseId} ${clock}`)).size).toBe(all.length);
  expect(all.filter(({ caseId }) => caseId === story.id).map(({ clock, state }) => [clock, state])).toEqual([
    ['urgent-debt-talk', 'late'],
    ['personal-plan', 'late'],
    ['research', 'running'],
  ]);
  expect(JSON.stringify(all)).not.toMatch(/Sanne|themes|debts?"/);
  const others = await test.staff('Iris Ander', 'facilitator');
  expect((await others.get('/v1/law-clocks').expect(200)).body).toEqual({ items: [], next: null });
});

it('runs only the laws that the organisation chose, in cases that are opened from then on', async () => {
  const before = await aCase(test, { notifiedOn: '2026-11-13' });
  await lead.put('/v1/law-settings', { laws: ['debt-help'] }).expect(200);
  expect((await facilitator.get('/v1/law-settings').expect(200)).body).toEqual({ laws: ['debt-help'] });
  const after = await aCase(test, { notifiedOn: '2026-11-13' });
  expect((await clocksOf(facilitator, before.id)).length).toBe(3);
  expect((await clocksOf(facilitator, after.id)).map(({ clock }) => clock)).toEqual(['urgent-debt-talk']);
  await lead.put('/v1/law-settings', { laws: ['zvw'] }).expect(400);
  await lead.put('/v1/law-settings', { laws: ['wmo', 'debt-help', 'jeugdwet'] }).expect(200);
});

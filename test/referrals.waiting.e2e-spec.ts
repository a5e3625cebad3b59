import { waitsTooLong, waitsUntil, type Waiting } from '../src/referrals/waiting.rules.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { colleague } from './support/referring.js';
import { aReferral } from './support/stories.js';

let test: TestApp;
let lead: Caller;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  lead = await test.staff('Lena Lead', 'lead');
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(() => test.clock.set(START));
// What still waits at the end of a test is told of then, not in the next one.
afterEach(async () => {
  test.clock.advance({ days: 10 });
  await test.deliver();
});
afterAll(() => test.stop());

/** How often the lead was told that somebody waits. */
async function told(): Promise<number> {
  await test.deliver();
  return (await mailsTo(test.app, 'lena.lead@noord.example')).filter(({ subject }) => subject === 'Iemand wacht te lang op ons').length;
}

async function refer(by = lead): Promise<string> {
  return ((await by.post('/v1/referrals', aReferral()).expect(201)).body as { id: string }).id;
}

it.each<[string, Waiting, string, string]>([
  ['from Monday to Wednesday', 'triage', '2026-11-16T08:30:00Z', '2026-11-18T08:30:00Z'],
  ['over the weekend', 'triage', '2026-11-20T16:00:00Z', '2026-11-24T16:00:00Z'],
  ['from Saturday on, as from Monday', 'referrer', '2026-11-21T10:00:00Z', '2026-11-24T10:00:00Z'],
  ['over Christmas', 'triage', '2026-12-24T10:00:00Z', '2026-12-29T10:00:00Z'],
  ['over the change of clocks, at the same time of day', 'referrer', '2026-10-23T08:30:00Z', '2026-10-27T09:30:00Z'],
])('two working days: %s', (_, what, since, until) => {
  expect(waitsUntil(what, new Date(since)).toISOString()).toBe(new Date(until).toISOString());
  expect(waitsTooLong(what, new Date(since), new Date(Date.parse(until) - 1))).toBe(false);
  expect(waitsTooLong(what, new Date(since), new Date(until))).toBe(true);
});

it('tells the leads of a referral that nobody looked at in two working days, once, and shows it on /leiding', async () => {
  const before = await told();
  await refer();
  test.clock.advance({ days: 1, hours: 23 });
  expect(await told()).toBe(before);
  const page = await colleague(test, 'Lena Lead', 'lead');
  expect((await page.open('/leiding')).text).not.toContain('Wacht te lang');
  test.clock.advance({ hours: 1, minutes: 1 });
  expect(await told()).toBe(before + 1);
  expect(await told()).toBe(before + 1);
  expect((await page.open('/leiding')).text).toContain('Wacht te lang');
  expect(page.page.text).not.toContain('Sanne');
});

it('tells nobody when it was looked at, and begins anew when what was asked is answered', async () => {
  const declined = await refer();
  const asked = await refer();
  const before = await told();
  await lead.post(`/v1/referrals/${declined}/refusal`, { reason: 'double' }).expect(200);
  await lead.post(`/v1/referrals/${asked}/information-request`, { reason: 'circle-unclear' }).expect(200);
  test.clock.advance({ days: 1 });
  const nextDay = await test.staff('Lena Lead', 'lead');
  await nextDay.post(`/v1/referrals/${asked}/information`, { text: 'Haar moeder.' }).expect(200);
  test.clock.advance({ days: 1, minutes: 5 });
  expect(await told()).toBe(before);
  test.clock.advance({ days: 1 });
  expect(await told()).toBe(before + 1);
});

it('tells the leads when a facilitator has not spoken to who referred in two working days, and not when they have', async () => {
  const cases = new Map<string, string>();
  for (const name of ['spoken', 'silent']) {
    const taken = await facilitator.post(`/v1/referrals/${await refer()}/acceptance`, { facilitatorId: facilitator.id }).expect(201);
    cases.set(name, (taken.body as { id: string }).id);
  }
  const before = await told();
  await facilitator.post(`/v1/cases/${cases.get('spoken')}/referrer-contact`, { at: START.toISOString(), channel: 'call' }).expect(200);
  test.clock.advance({ days: 2, minutes: 1 });
  expect(await told()).toBe(before + 1);
  const page = await colleague(test, 'Lena Lead', 'lead');
  expect((await page.open('/leiding')).text).toContain('Wie aanmeldde, op de gespreksleider');
});

it('asks nobody to call who took on what they referred themself', async () => {
  await facilitator.post(`/v1/referrals/${await refer(facilitator)}/acceptance`, { facilitatorId: facilitator.id }).expect(201);
  const before = await told();
  test.clock.advance({ days: 2, minutes: 1 });
  expect(await told()).toBe(before);
});

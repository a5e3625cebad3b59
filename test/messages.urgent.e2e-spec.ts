import { startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailbox, mailsTo } from './support/mailbox.js';
import { aReferral, byLink, type StoryMember } from './support/stories.js';

let test: TestApp;
let one: Caller;
let caseId: string;
let members: Record<string, StoryMember>;

const at = (time: string): string => new Date(`2026-11-20T${time}:00+01:00`).toISOString();
const RIA = { mail: 'ria@example.org', mobile: '+31612345679' };
const SANNE = { mail: 'sanne@example.org', mobile: '+31612345678' };

/** Friday 21:30, quiet hours: an acute case with a yes of the main person for everyone. */
beforeEach(async () => {
  test = await startApp();
  test.clock.set(new Date(at('21:30')));
  one = await test.staff('Een Dienst', 'facilitator');
  const lead = await test.staff('Lena Lead', 'lead');
  await lead.put('/v1/duty-roster', { items: [{ from: at('16:00'), to: at('23:59'), firstId: one.id, secondId: null }] }).expect(200);
  const circle = [
    { name: 'Ria de Wit', relation: 'parent', email: RIA.mail, phone: '0612345679' },
    { name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org', phone: '0612345680' },
    { name: 'Vaste Lijn', relation: 'friend', email: 'vast@example.org', phone: '0201234568' },
  ];
  const acute = { kind: 'unknown', safety: { level: 'acute' }, consent: { given: true }, circle };
  const resident = { name: 'Sanne de Wit', email: SANNE.mail, phone: '0612345678' };
  const referrer = await test.staff('Fatma Referrer', 'referrer');
  const { id } = (await referrer.post('/v1/referrals', aReferral({ ...acute, resident })).expect(201)).body as { id: string };
  ({ caseId } = (await one.get(`/v1/referrals/${id}`).expect(200)).body as { caseId: string });
  await one.post(`/v1/referrals/${id}/acknowledgement`).expect(200);
  const { circle: people } = (await one.get(`/v1/cases/${caseId}`).expect(200)).body as { circle: StoryMember[] };
  members = Object.fromEntries(people.map((member) => [member.name.split(' ')[0]!, member]));
  for (const { id: memberId } of people) await one.post(`/v1/circle-members/${memberId}/approval`, { by: 'main-person' });
  await one.patch(`/v1/circle-members/${members.Joost!.id}`, { contactPreference: { channel: 'mail' } }).set('If-Match', '*').expect(200);
  const safe = { directDanger: false, veiligThuis: 'consulted', spokenAlone: [members.Sanne!.id], together: 'yes' };
  await one.put(`/v1/cases/${caseId}/safety-check`, safe).expect(200);
  await test.deliver();
});
afterEach(() => test.stop());

/** How many came by mail and by text message. */
const count = async ({ mail, mobile }: typeof RIA): Promise<[number, number]> => [(await mailsTo(test.app, mail)).length, (await mailsTo(test.app, mobile)).length];
const invite = async (): Promise<{ memberId: string; messageId: string }[]> =>
  ((await one.post(`/v1/cases/${caseId}/invitations`).expect(202)).body as { items: { memberId: string; messageId: string }[] }).items;
const plan = async (...starts: string[]): Promise<{ id: string; slots: { id: string }[] }> => {
  const slots = starts.map((time) => ({ startsAt: new Date(`2026-11-21T${time}:00+01:00`).toISOString() }));
  const body = { place: { type: 'other', address: 'De Klomp' }, slots: slots.map(({ startsAt }) => ({ startsAt, endsAt: new Date(Date.parse(startsAt) + 5_400_000).toISOString() })) };
  return (await one.post(`/v1/cases/${caseId}/meetings`, body).expect(201)).body as { id: string; slots: { id: string }[] };
};

it('goes by mail and by text message at once, late in the evening too, and either link works', async () => {
  const items = await invite();
  expect(items).toHaveLength(3);
  await test.deliver();
  expect(await count(RIA)).toEqual([1, 1]);
  const [mail] = await mailsTo(test.app, RIA.mail);
  const [text] = await mailsTo(test.app, RIA.mobile);
  expect(text!.text).not.toMatch(/gevaar|spoed|veilig/i);
  expect((await byLink(test, linkToken(text!))).id).toBe(members.Ria!.id);
  expect((await byLink(test, linkToken(mail!))).id).toBe(members.Ria!.id);
});

it('never goes to a number when somebody named a safe channel, nor to a telephone that takes no text messages', async () => {
  await invite();
  await plan('10:00');
  await test.deliver();
  expect((await mailsTo(test.app, 'joost@example.org')).length).toBeGreaterThan(0);
  expect((await mailsTo(test.app, 'vast@example.org')).length).toBeGreaterThan(0);
  expect((await mailbox(test.app)).filter(({ to }) => to === '+31612345680' || to === '+31201234568')).toEqual([]);
});

it('tells a poll, the date, another date and that it is off by both, each once; only the mail brings the appointment', async () => {
  await invite();
  await test.deliver();
  const { id, slots } = await plan('10:00', '12:00');
  await test.deliver();
  expect([await count(RIA), await count(SANNE)]).toEqual([[2, 2], [1, 1]]);
  await one.post(`/v1/meetings/${id}/confirmation`, { slotId: slots[0]!.id }).expect(200);
  await test.deliver();
  expect([await count(RIA), await count(SANNE)]).toEqual([[3, 3], [2, 2]]);
  const [fixed] = await mailsTo(test.app, SANNE.mobile);
  expect([fixed!.attachments, (await mailsTo(test.app, SANNE.mail))[0]!.attachments.length]).toEqual([[], 1]);
  await test.deliver();
  await one.post(`/v1/meetings/${id}/cancellation`, { reason: 'other' }).expect(200);
  await test.deliver();
  expect([await count(RIA), await count(SANNE)]).toEqual([[4, 4], [3, 3]]);
});

it('says what is added to an invitation that has not gone yet in both, with no message more', async () => {
  await invite();
  await plan('10:00', '12:00');
  await test.deliver();
  expect(await count(RIA)).toEqual([1, 1]);
  expect((await mailsTo(test.app, RIA.mail))[0]!.text).toContain('12.00');
});

it('is one person in every count', async () => {
  await invite();
  await plan('10:00');
  await test.deliver();
  const log = (await one.get(`/v1/messages?caseId=${caseId}&memberId=${members.Ria!.id}`).expect(200)).body as { items: { channel: string; state: string }[] };
  expect(log.items.map(({ channel, state }) => `${channel} ${state}`).sort()).toEqual(['mail sent', 'mail sent', 'sms sent', 'sms sent']);
  const { items } = (await (await test.staff('Lies Leider', 'lead')).get('/v1/reports/reach?from=2026-11&to=2026-11').expect(200)).body as { items: { channel: string; approached: number }[] };
  expect(items.filter(({ channel }) => channel === 'sms').map(({ approached }) => approached)).toEqual([2]);
});

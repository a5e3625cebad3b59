import { startApp, type Caller, type TestApp } from './support/app.js';
import { confirmationToken, mailsTo, mailTo, type Mail } from './support/mailbox.js';
import { aReferral } from './support/stories.js';

let test: TestApp;
let lead: Caller;
let one: Caller;
let two: Caller;
let other: Caller;
let referrer: Caller;
beforeEach(async () => {
  test = await startApp();
  lead = await test.staff('Lena Lead', 'lead');
  one = await test.staff('Een Dienst', 'facilitator');
  two = await test.staff('Twee Dienst', 'facilitator');
  other = await test.staff('Ander Mens', 'facilitator');
  referrer = await test.staff('Fatma Referrer', 'referrer');
});
afterEach(() => test.stop());

const PHONE = '+31612345600';
const ACUTE = { kind: 'unknown', safety: { level: 'acute' }, consent: { given: false, ground: 'art. 7.1.4.1 Jeugdwet' } };
type Told = Record<'id' | 'state', string> & Record<'acknowledgedAt' | 'acknowledgedBy' | 'acknowledgedByName' | 'callInstead' | 'facilitatorName' | 'caseId', string | null>;

const onDuty = async (first = one, second: Caller | null = two): Promise<void> => {
  const from = new Date(test.clock.now().getTime() - 3_600_000).toISOString();
  const to = new Date(test.clock.now().getTime() + 86_400_000).toISOString();
  await lead.put('/v1/duty-roster', { items: [{ from, to, firstId: first.id, secondId: second?.id ?? null }] }).expect(200);
};
const refer = async (changes: object = {}, who = referrer): Promise<Told> =>
  (await who.post('/v1/referrals', aReferral({ ...ACUTE, ...changes })).expect(201)).body as Told;
const read = async (who: Caller, id: string): Promise<Told> => (await who.get(`/v1/referrals/${id}`).expect(200)).body as Told;
const acknowledge = (who: Caller, id: string): ReturnType<Caller['post']> => who.post(`/v1/referrals/${id}/acknowledgement`);
const address = (name: string): string => `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@noord.example`;
/** The subjects of the mails that somebody got, newest first. */
const mailsOf = async (name: string): Promise<string[]> => (await mailsTo(test.app, address(name))).map(({ subject }) => String(subject));
const texts = async (): Promise<string[]> => (await mailsTo(test.app, PHONE)).map(({ text }: Mail) => text);
const later = async (minutes: number): Promise<void> => {
  test.clock.advance({ minutes });
  await test.deliver();
};

const ALERT = 'Spoed: pak je dit op?';
const NOBODY = 'Spoed: nog niemand heeft dit opgepakt';

it('goes in the same command to who is on duty, as a netwerkberaad, and alerts them by mail and text message without a name', async () => {
  await onDuty();
  const made = await refer();
  expect(made).toMatchObject({ state: 'accepted', kind: 'netwerkberaad', facilitatorName: 'Een Dienst', acknowledgedAt: null, callInstead: '+31201234567' });
  expect((await one.get('/v1/cases').expect(200)).body).toMatchObject({ items: [{ urgent: true, facilitatorId: one.id }] });
  await test.deliver();
  expect(await mailsOf('Een Dienst')).toEqual([ALERT]);
  expect(await mailsOf('Twee Dienst')).toEqual([]);
  const said = (await texts()).filter((text) => text.startsWith('Spoed'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`/werk/spoed/aanmelding/${made.id}`);
  const mail = await mailTo(test.app, address('Een Dienst'));
  expect(`${said[0]} ${mail.subject} ${mail.text}`).not.toMatch(/Sanne|Fatma|Joost/);
});

it('asks the second after ten minutes and the leads after twenty, and tells the referrer then whom to call', async () => {
  await onDuty();
  await refer();
  await later(9);
  expect(await mailsOf('Twee Dienst')).toEqual([]);
  await later(1);
  expect(await mailsOf('Twee Dienst')).toEqual([ALERT]);
  expect(await mailsOf('Lena Lead')).toEqual([]);
  await later(10);
  expect(await mailsOf('Lena Lead')).toEqual([NOBODY]);
  expect(await mailsOf('Fatma Referrer')).toEqual(['Nog niemand pakte je aanmelding op', 'Je aanmelding is binnen']);
  expect((await mailTo(test.app, address('Fatma Referrer'))).text).toContain('020 123 4567');
  await later(600);
  expect(await mailsOf('Een Dienst')).toEqual([ALERT]);
  expect(await mailsOf('Lena Lead')).toEqual([NOBODY]);
});

it('asks nobody else once the first says that they have it; the referrer hears and sees who and when, and a repeat changes nothing', async () => {
  await onDuty();
  const { id } = await refer();
  await later(4);
  const first = (await acknowledge(one, id).expect(200)).body as Told;
  expect(first).toMatchObject({ acknowledgedAt: test.clock.now().toISOString(), acknowledgedBy: one.id });
  await later(60);
  expect([await mailsOf('Twee Dienst'), await mailsOf('Lena Lead')]).toEqual([[], []]);
  expect(await read(referrer, id)).toMatchObject({ acknowledgedAt: first.acknowledgedAt, acknowledgedBy: one.id, acknowledgedByName: 'Een Dienst', callInstead: null });
  const mail = await mailTo(test.app, address('Fatma Referrer'));
  expect(mail.text).toContain('Opgepakt door Een Dienst om 09.34 uur.');
  for (const who of [one, two, lead]) {
    expect((await acknowledge(who, id).expect(200)).body).toMatchObject({ acknowledgedAt: first.acknowledgedAt, acknowledgedBy: one.id });
  }
  expect((await read(referrer, id)).facilitatorName).toBe('Een Dienst');
});

it('becomes the case of the second when the second has it, and the first, who comes too late, is told so', async () => {
  await onDuty();
  const { id } = await refer();
  const { caseId } = await read(one, id);
  expect((await acknowledge(two, id).expect(200)).body).toMatchObject({ acknowledgedBy: two.id, caseId, question: expect.any(String) });
  await one.get(`/v1/cases/${caseId}`).expect(404);
  const timeline = (await two.get(`/v1/cases/${caseId}/timeline`).expect(200)).body as { items: { type: string }[] };
  expect(timeline.items.map(({ type }) => type)).toEqual(expect.arrayContaining(['handed-over', 'acknowledged', 'opened']));
  const late = (await acknowledge(one, id).expect(200)).body as object;
  expect(late).toMatchObject({ acknowledgedBy: two.id });
  expect(late).not.toHaveProperty('question');
  expect(await read(referrer, id)).toMatchObject({ facilitatorName: 'Twee Dienst', acknowledgedByName: 'Twee Dienst' });
});

it('stays with the first when a lead has it: a lead assigns, and does not become its facilitator', async () => {
  await onDuty();
  const { id } = await refer();
  const seen = (await acknowledge(lead, id).expect(200)).body as Told;
  expect(seen).toMatchObject({ acknowledgedBy: lead.id });
  expect(seen).not.toHaveProperty('question');
  await later(30);
  expect(await mailsOf('Twee Dienst')).toEqual([]);
  await lead.post(`/v1/cases/${seen.caseId}/handover`, { facilitatorId: other.id, reason: 'on-duty' }).expect(200);
  await test.deliver();
  expect(await mailsOf('Ander Mens')).toEqual([ALERT]);
});

it('never goes to somebody who left: their duty is not left behind, and who took it over is alerted', async () => {
  await onDuty();
  const admin = await test.staff('Anna Admin', 'admin');
  await admin.post(`/v1/staff/${one.id}/disabling`, { reason: 'leaving' }).expect(409);
  await admin.post(`/v1/staff/${one.id}/disabling`, { reason: 'leaving', handOverTo: other.id }).expect(200);
  expect(await refer()).toMatchObject({ state: 'accepted', facilitatorName: 'Ander Mens' });
  await later(9);
  expect((await mailsOf('Een Dienst')).filter((subject) => subject === ALERT)).toEqual([]);
  expect((await mailsOf('Ander Mens')).filter((subject) => subject === ALERT)).toEqual([ALERT]);
  expect(await mailsOf('Twee Dienst')).toEqual([]);
  await later(1);
  expect(await mailsOf('Twee Dienst')).toEqual([ALERT]);
});

it('is there for nobody else: another facilitator, an analyst, another organisation', async () => {
  await onDuty();
  const { id } = await refer();
  await acknowledge(other, id).expect(404);
  await acknowledge(referrer, id).expect(403);
  await acknowledge(await (await test.otherOrganisation('zuid')).staff('Zoë Zuid', 'facilitator', 'lead'), id).expect(404);
  expect((await read(referrer, id)).acknowledgedAt).toBeNull();
});

it('is refused for what is not acute or not in', async () => {
  const calm = await refer({ kind: 'netwerkberaad', safety: { level: 'none' }, consent: { given: true } });
  expect((await acknowledge(one, calm.id).expect(409)).body).toMatchObject({ type: expect.stringContaining('not-acute') });
  const asked = await refer();
  await lead.post(`/v1/referrals/${asked.id}/information-request`, { reason: 'safety-unclear' }).expect(200);
  expect((await acknowledge(lead, asked.id).expect(409)).body).toMatchObject({ state: 'more-information-needed', allowed: ['answer', 'withdraw'] });
});

describe('while nobody is on duty', () => {
  it('it waits, the leads hear it at once by mail and text message, and the referrer is told to call', async () => {
    const made = await refer();
    expect(made).toMatchObject({ state: 'received', callInstead: '+31201234567' });
    await test.deliver();
    expect(await mailsOf('Lena Lead')).toEqual([NOBODY]);
    expect((await texts()).filter((text) => text.startsWith('Spoed'))).toHaveLength(1);
    expect((await mailTo(test.app, address('Fatma Referrer'))).text).toMatch(/niemand dienst.*bel/s);
    await later(20);
    expect(await mailsOf('Lena Lead')).toEqual([NOBODY, NOBODY]);
    await later(300);
    expect(await mailsOf('Lena Lead')).toEqual([NOBODY, NOBODY]);
  });

  it('it goes to who comes on duty afterwards', async () => {
    const { id } = await refer();
    await later(20);
    await onDuty();
    await later(60);
    expect(await read(referrer, id)).toMatchObject({ state: 'accepted', facilitatorName: 'Een Dienst' });
    expect(await mailsOf('Een Dienst')).toEqual([ALERT]);
  });

  it('a facilitator who says that they have it takes it on; one to whom a lead gives it is alerted', async () => {
    const mine = await refer();
    expect((await acknowledge(other, mine.id).expect(200)).body).toMatchObject({ state: 'accepted', acknowledgedBy: other.id });
    const given = await refer();
    await lead.post(`/v1/referrals/${given.id}/acceptance`, { facilitatorId: one.id }).expect(201);
    await test.deliver();
    expect(await mailsOf('Een Dienst')).toEqual([ALERT]);
    await later(10);
    expect(await mailsOf('Lena Lead')).toContain(NOBODY);
    await acknowledge(one, given.id).expect(200);
  });
});

it('waits for the confirmation of a referrer without an account, and goes to who is on duty then', async () => {
  await onDuty();
  const sent = (await test.as().post('/v1/referrals', aReferral({ ...ACUTE, source: 'police' })).expect(201)).body as Told;
  expect(sent.state).toBe('awaiting-confirmation');
  await test.deliver();
  expect(await mailsOf('Een Dienst')).toEqual([]);
  const token = confirmationToken(await mailTo(test.app, 'f.yildiz@wijkteam.example'));
  expect((await test.as().post('/v1/referral-confirmations', { token }).expect(200)).body).toMatchObject({ state: 'accepted' });
  await test.deliver();
  expect(await mailsOf('Een Dienst')).toEqual([ALERT]);
});

it('goes to who is on duty when what was asked is answered', async () => {
  const { id } = await refer();
  await lead.post(`/v1/referrals/${id}/information-request`, { reason: 'safety-unclear' }).expect(200);
  await onDuty();
  expect((await referrer.post(`/v1/referrals/${id}/information`, { text: 'Hij staat voor de deur.' }).expect(200)).body).toMatchObject({
    state: 'accepted',
    facilitatorName: 'Een Dienst',
  });
});

it('asks nobody about a case that was stopped', async () => {
  await onDuty();
  const { id } = await refer();
  const { caseId } = await read(one, id);
  await one.post(`/v1/cases/${caseId}/stop`, { reason: 'no-contact' }).expect(200);
  await later(30);
  expect([await mailsOf('Twee Dienst'), await mailsOf('Lena Lead')]).toEqual([[], []]);
});

it('says to everyone, before they refer, whether somebody is on duty and whom to call', async () => {
  const nobody = { onDuty: false, callInstead: '+31201234567' };
  expect((await test.as().get('/v1/duty').expect(200)).body).toEqual(nobody);
  await one.put('/v1/duty-settings', { phone: '010 987 6543' }).expect(403);
  expect((await lead.put('/v1/duty-settings', { phone: '010 987 6543' }).expect(200)).body).toEqual({ phone: '+31109876543' });
  await onDuty();
  expect((await test.as().get('/v1/duty').expect(200)).body).toEqual({ onDuty: true, callInstead: '+31109876543' });
  await lead.put('/v1/duty-settings', { phone: null }).expect(200);
  await test.otherOrganisation('zuid');
  await test.as().get('/v1/duty').expect(400);
  expect((await test.as().get('/v1/duty?organisation=zuid').expect(200)).body).toEqual(nobody);
});

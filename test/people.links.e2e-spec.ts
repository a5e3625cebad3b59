import { Client } from 'pg';
import request from 'supertest';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { statementsDuring, refusal } from './support/plans.js';
import { linkToken, mailbox, mailsTo, mailTo } from './support/mailbox.js';
import { aCase, anInvitedCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
let people = 0;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(async () => {
  test.clock.set(START);
  await query('delete from platform_limits');
});
afterAll(() => test.stop());

async function query<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** An address and a number that nobody else in this spec has. */
const own = (): { email: string; phone: string } => {
  people += 1;
  return { email: `ria.${people}@example.org`, phone: `+316${String(20_000_000 + people)}` };
};
const reached = { at: '2026-11-16T08:00:00+01:00', channel: 'call', outcome: 'reached' };
const slot = (hours: number): object => {
  const at = (h: number): string => new Date(START.getTime() + h * 3_600_000).toISOString();
  return { startsAt: at(hours), endsAt: at(hours + 2) };
};
const place = { type: 'other', address: 'Buurthuis De Klok' };
const give = (id: string, via: string): ReturnType<Caller['post']> => facilitator.post(`/v1/circle-members/${id}/links`, { via });
const exchange = (token: string): ReturnType<Caller['post']> => test.as().post('/v1/participant-sessions', { linkToken: token });
const days = (n: number): string => new Date(START.getTime() + n * 86_400_000).toISOString();

/** A case with Ria, invited; she has mail and a mobile of her own. */
async function withRia(changes: object = {}): Promise<{ story: StoryCase; ria: string; email: string; phone: string }> {
  const reach = own();
  const story = await anInvitedCase(test, { circle: [{ name: 'Ria de Wit', relation: 'parent', ...reach, ...changes }] });
  return { story, ria: story.members.Ria!.id, ...reach };
}

describe('until when', () => {
  const linksOf = (member: string): Promise<{ purpose: string; expires: Date }[]> =>
    query(`select purpose, expires_at as expires from people_links where member_id = '${member}' and ended_at is null order by id`);

  it('is 90 days without a date, 14 days after the meeting with one, and 14 days when it is called off', async () => {
    const { story, ria, email } = await withRia();
    const session = await byLink(test, linkToken(await mailTo(test.app, email)));
    expect(await linksOf(ria)).toEqual([{ purpose: 'take-part', expires: new Date(days(90)) }]);
    await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(240)] }).expect(201);
    expect((await linksOf(ria))[0]!.expires.toISOString()).toBe('2026-12-10T10:30:00.000Z');
    const [opened] = await query<{ expires: Date }>(`select expires_at as expires from people_sessions where member_id = '${ria}'`);
    expect(opened!.expires.toISOString()).toBe('2026-12-10T10:30:00.000Z');
    await facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect((await linksOf(ria))[0]!.expires.toISOString()).toBe(days(14));
    test.clock.advance({ days: 14 });
    await session.get('/v1/me').expect(401);
    await exchange(linkToken(await mailTo(test.app, email))).expect(401);
  });

  it('is not longer for a link that was over before the date came', async () => {
    const { story, ria, email } = await withRia();
    test.clock.advance({ days: 91 });
    const at = (hours: number): string => new Date(test.clock.now().getTime() + hours * 3_600_000).toISOString();
    await facilitator.delete('/v1/sessions/current');
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [{ startsAt: at(48), endsAt: at(50) }] }).expect(201);
    expect((await linksOf(ria))[0]!.expires.toISOString()).toBe(days(90));
    await exchange(linkToken(await mailTo(test.app, email))).expect(401);
    test.clock.set(START);
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
  });

  it('says with a new link until when it works', async () => {
    const { ria } = await withRia();
    expect((await give(ria, 'mail').expect(201)).body).toEqual({ expiresAt: days(90) });
    expect((await give(ria, 'show').expect(201)).body).toMatchObject({ expiresAt: days(1) });
    expect((await linksOf(ria)).map(({ purpose }) => purpose)).toEqual(['show']);
  });
});

describe('a known device', () => {
  const knownOf = async (caller: Caller): Promise<unknown> => ((await caller.get('/v1/me').expect(200)).body as { deviceKnownUntil: unknown }).deviceKnownUntil;
  const bySms = async (ria: string, phone: string): Promise<Caller> => {
    await give(ria, 'sms').expect(201);
    await test.deliver();
    return byLink(test, linkToken(await mailTo(test.app, phone)));
  };

  it('comes of an SMS to a number that was verified in conversation, and of no other', async () => {
    const { ria, phone } = await withRia();
    expect(await knownOf(await bySms(ria, phone))).toBeNull();
    const verified = await facilitator.post(`/v1/circle-members/${ria}/phone-verification`).expect(200);
    expect(verified.body).toMatchObject({ phoneVerifiedAt: START.toISOString() });
    expect(await knownOf(await bySms(ria, phone))).toBe(days(30));
  });

  it('comes of an SMS after a call that reached them; a call that did not, and a mail, tell nothing', async () => {
    const { ria, phone } = await withRia();
    const attempt = (made: object): ReturnType<Caller['post']> => facilitator.post(`/v1/circle-members/${ria}/contact-attempts`, made).expect(201);
    await attempt({ ...reached, outcome: 'not-reached' });
    await attempt({ ...reached, channel: 'mail' });
    expect(await knownOf(await bySms(ria, phone))).toBeNull();
    await attempt(reached);
    expect(await knownOf(await bySms(ria, phone))).toBe(days(30));
  });

  it('is not made by another number than the one that was verified', async () => {
    const { ria } = await withRia();
    await facilitator.post(`/v1/circle-members/${ria}/phone-verification`).expect(200);
    const other = own().phone;
    const changed = await facilitator.patch(`/v1/circle-members/${ria}`, { phone: other }).set('If-Match', '*').expect(200);
    expect(changed.body).toMatchObject({ phoneVerifiedAt: null });
    expect(await knownOf(await bySms(ria, other))).toBeNull();
  });

  it('needs a number to verify', async () => {
    const { ria } = await withRia({ phone: undefined });
    expect(refusal(await facilitator.post(`/v1/circle-members/${ria}/phone-verification`).expect(409))).toBe('no-phone-number');
  });

  it('keeps what a mailed link may not show from a device that is not known', async () => {
    const { story, ria, email } = await withRia();
    const mailed = await byLink(test, linkToken(await mailTo(test.app, email)));
    await mailed.get('/v1/me').expect(200);
    await mailed.get(`/v1/circle-members/${ria}`).expect(200);
    await mailed.get('/v1/commitments').expect(200);
    await give(story.resident.id, 'mail').expect(201);
    await test.deliver();
    const sanne = await byLink(test, linkToken(await mailTo(test.app, 'sanne@example.org')));
    for (const path of [`/v1/cases/${story.id}`, `/v1/cases/${story.id}/circle-members`, `/v1/cases/${story.id}/plan-draft`, `/v1/cases/${story.id}/timeline`]) {
      expect(refusal(await sanne.get(path).expect(403))).toBe('step-up-required');
    }
  });
});

describe('ending', () => {
  it('ends every link and what it opened when they are revoked, and tells the audit log', async () => {
    const { story, ria, email } = await withRia();
    const token = linkToken(await mailTo(test.app, email));
    const session = await byLink(test, token);
    await facilitator.delete(`/v1/circle-members/${ria}/links`).expect(204);
    await session.get('/v1/me').expect(401);
    await exchange(token).expect(401);
    const audit = await query<{ action: string }>(`select action from audit_events where object_id = '${ria}' and action = 'circle.links-ended'`);
    expect(audit).toHaveLength(1);
    expect(JSON.stringify((await facilitator.get(`/v1/cases/${story.id}/timeline`)).body)).toContain('De links van Ria de Wit zijn gestopt.');
  });

  it('makes a lost phone one button: links, sessions and known devices end, and nothing goes out until the facilitator gives it', async () => {
    const { story, ria, email, phone } = await withRia();
    await facilitator.post(`/v1/circle-members/${ria}/phone-verification`).expect(200);
    const known = await atTheTable(test, story, ria);
    const before = linkToken(await mailTo(test.app, email));
    const lost = await facilitator.post(`/v1/circle-members/${ria}/lost-phone`).expect(200);
    expect(lost.body).toEqual({ linksEnded: 1, devicesEnded: 1 });
    await known.get('/v1/me').expect(401);
    await exchange(before).expect(401);
    expect((await facilitator.get(`/v1/circle-members/${ria}`)).body).toMatchObject({ phoneVerifiedAt: null });
    expect(JSON.stringify((await facilitator.get(`/v1/cases/${story.id}/timeline`)).body)).toContain('kijk het nummer na, geef een nieuwe link');

    // What goes out by itself comes without a link; asking for it brings nothing either.
    await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(240), slot(300)] }).expect(201);
    await test.as().post('/v1/link-requests', { contact: phone, organisation: 'noord' }).expect(202);
    await test.deliver();
    expect((await mailTo(test.app, email)).text).not.toContain('/l/');
    expect(await mailsTo(test.app, phone)).toEqual([]);

    await give(ria, 'sms').expect(201);
    await test.deliver();
    const again = await byLink(test, linkToken(await mailTo(test.app, phone)));
    expect((await again.get('/v1/me')).body).toMatchObject({ deviceKnownUntil: null });
  });

  it('takes back what was on its way to an address that is no longer theirs', async () => {
    const { ria, email } = await withRia();
    await give(ria, 'mail').expect(201);
    await facilitator.patch(`/v1/circle-members/${ria}`, { email: own().email }).set('If-Match', '*').expect(200);
    const seen = (await mailsTo(test.app, email)).length;
    await test.deliver();
    expect(await mailsTo(test.app, email)).toHaveLength(seen);
  });
});

describe('"send my link again"', () => {
  const ask = (contact: string): ReturnType<Caller['post']> => test.as().post('/v1/link-requests', { contact, organisation: 'noord' });

  it('brings a new link where it was asked, and the older one ends with it', async () => {
    const { email, phone } = await withRia();
    const old = linkToken(await mailTo(test.app, email));
    await ask(email.toUpperCase()).expect(202);
    await exchange(old).expect(201);
    await test.deliver();
    const fresh = linkToken(await mailTo(test.app, email));
    expect(fresh).not.toBe(old);
    await exchange(old).expect(401);
    await exchange(fresh).expect(201);
    await ask(phone.replace('+31', '0').replace(/(\d{2})(?=\d)/g, '$1 ')).expect(202);
    await test.deliver();
    await exchange(linkToken(await mailTo(test.app, phone))).expect(201);
  });

  it('answers known and unknown the same, with the same work', async () => {
    const { email } = await withRia();
    let known: unknown;
    let unknown: unknown;
    const first = await statementsDuring(async () => (known = (await ask(email).expect(202)).body));
    const second = await statementsDuring(async () => (unknown = (await ask(own().email).expect(202)).body));
    expect(known).toEqual({ status: 'taken' });
    expect(unknown).toEqual(known);
    // Waking the worker is one message for all that commit in the same instant.
    const itsOwn = (statements: string[]): string[] => statements.filter((name) => name !== 'platform.outbox-notify');
    expect(itsOwn(second)).toEqual(itsOwn(first));
    await test.deliver();
    expect(await query('select 1 from circle_link_requests')).toEqual([]);
  });

  it('keeps no address in what waits, and refuses what is none', async () => {
    const { email } = await withRia();
    await ask(email).expect(202);
    const waiting = JSON.stringify([await query(`select *, encode(contact_hash, 'escape') from circle_link_requests`), await query('select * from platform_outbox')]);
    expect(waiting).not.toContain(email);
    await test.deliver();
    expect((await ask('geen adres').expect(400)).body).toMatchObject({ errors: [{ pointer: '/contact', code: 'contact' }] });
  });

  it('is throttled for one address, known or not', async () => {
    const { email } = await withRia();
    for (const contact of [email, own().email]) {
      for (let i = 0; i < 3; i += 1) await ask(contact).expect(202);
      expect(Number((await ask(contact).expect(429)).headers['retry-after'])).toBeGreaterThan(0);
    }
    await test.deliver();
  });

  it('is throttled for one who asks for address after address', async () => {
    for (let i = 0; i < 20; i += 1) await ask(own().email).expect(202);
    await ask(own().email).expect(429);
    await test.deliver();
  });

  it('says nothing to who is not approved, has left, or whose case is over', async () => {
    const reach = [own(), own(), own()];
    const circle = reach.map((one, i) => ({ name: `${['Ada', 'Bo', 'Cas'][i]} Bakker`, relation: 'friend', ...one }));
    const story = await aCase(test, { circle });
    for (const name of ['Bo', 'Cas']) await facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, {}).expect(200);
    await facilitator.post(`/v1/circle-members/${story.members.Bo!.id}/refusal`).expect(200);
    const { story: over, email } = await withRia();
    await facilitator.post(`/v1/cases/${over.id}/stop`, { reason: 'moved' }).expect(200);
    await test.deliver();
    const before = (await mailbox(test.app)).length;
    for (const contact of [reach[0]!.email, reach[1]!.phone, email]) await ask(contact).expect(202);
    await test.deliver();
    expect(await mailbox(test.app)).toHaveLength(before);
    await ask(reach[2]!.email).expect(202);
    await test.deliver();
    expect(await mailbox(test.app)).toHaveLength(before + 1);
  });

  it('sends a main person nothing before contact, and to who asked for themself nothing before they were spoken to', async () => {
    const reach = own();
    const resident = { name: 'Sanne de Wit', ...reach };
    const referred = await aCase(test, { circle: [], resident });
    const before = async (): Promise<number> => (await mailsTo(test.app, reach.email)).filter(({ text }) => text.includes('/l/')).length;
    await ask(reach.email).expect(202);
    await test.deliver();
    expect(await before()).toBe(0);
    await facilitator.post(`/v1/circle-members/${referred.resident.id}/contact-attempts`, reached).expect(201);
    await ask(reach.email).expect(202);
    await test.deliver();
    expect(await before()).toBe(1);
  });

  it('keeps the safe channel and the safe hours of who is asked for', async () => {
    const channels = await withRia({ contactPreference: { channel: 'sms' } });
    await ask(channels.email).expect(202);
    await test.deliver();
    expect((await mailsTo(test.app, channels.phone)).map(({ text }) => text.includes('/l/'))).toContain(true);
    expect(await mailsTo(test.app, channels.email)).toEqual([]);
    expect(refusal(await give(channels.ria, 'mail').expect(409))).toBe('channel-not-safe');

    const evenings = await withRia({ contactPreference: { channel: 'mail', hours: "'s avonds" } });
    await ask(evenings.email).expect(202);
    await test.deliver();
    expect(await mailsTo(test.app, evenings.email)).toEqual([]);
    test.clock.set(new Date('2026-11-16T17:00:00Z'));
    await test.deliver();
    expect((await mailsTo(test.app, evenings.email)).length).toBeGreaterThanOrEqual(2);
  });

  it('makes a call of it when calling is the safe way, with hours and voicemail on the task', async () => {
    const preference = { channel: 'call', hours: 'tussen 9.00 en 11.00 uur', noVoicemail: true, note: 'Buurvrouw leest mee' };
    const { email } = await withRia({ contactPreference: preference });
    await ask(email).expect(202);
    await test.deliver();
    expect(await mailsTo(test.app, email)).toEqual([]);
    const tasks = await query(`select 1 from messages where template = 'personal-link' and state = 'by-hand' and channel = 'call'`);
    expect(tasks.length).toBeGreaterThan(0);
  });
});

it('gives who asked for themself no link by any way before the facilitator spoke to them, and the shown one at the table', async () => {
  const reach = own();
  const referral = { kind: 'netwerkberaad', source: 'resident', resident: { name: 'Mila', ...reach }, question: 'Help', themes: ['debt'], safety: { level: 'none' }, organisation: 'noord' };
  const { body } = await test.as().post('/v1/referrals', referral).expect(201);
  const { body: accepted } = await facilitator.post(`/v1/referrals/${(body as { id: string }).id}/acceptance`, { facilitatorId: facilitator.id }).expect(201);
  const [mila] = (accepted as { circle: { id: string }[] }).circle;
  for (const via of ['mail', 'sms']) expect(refusal(await give(mila!.id, via).expect(409))).toBe('speak-first');
  await give(mila!.id, 'show').expect(201);
  await test.as().post('/v1/link-requests', { contact: reach.phone, organisation: 'noord' }).expect(202);
  await facilitator.post(`/v1/cases/${(accepted as { id: string }).id}/meetings`, { place, slots: [slot(240), slot(300)] });
  await test.deliver();
  const all = [...(await mailsTo(test.app, reach.email)), ...(await mailsTo(test.app, reach.phone))];
  expect(all.filter(({ text }) => text.includes('/l/'))).toEqual([]);
  await facilitator.post(`/v1/circle-members/${mila!.id}/contact-attempts`, reached).expect(201);
  await give(mila!.id, 'mail').expect(201);
});

describe('refused', () => {
  let later = 0;
  /** Five minutes that no other test of this spec has been in, for its looks are counted together. */
  beforeEach(() => {
    later += 1;
    test.clock.set(new Date(START.getTime() + later * 3_600_000));
  });
  const refusals = (action: string): Promise<{ object_id: string | null; actor_kind: string; result: string }[]> =>
    query(`select object_id, actor_kind, result from audit_events where action = '${action}' and organisation_id = '${test.organisationId}'
      and at between '${hour(0)}' and '${hour(0.5)}' order by id`);
  const hour = (more: number): string => new Date(START.getTime() + (later + more) * 3_600_000).toISOString();

  it('is a guessed, an ended and a foreign link, and each is on the audit log once in five minutes', async () => {
    const { ria, email } = await withRia();
    const token = linkToken(await mailTo(test.app, email));
    await give(ria, 'mail').expect(201);
    for (let i = 0; i < 3; i += 1) expect(refusal(await exchange(token).expect(401))).toBe('link-ended');
    const { organisationId } = await test.otherOrganisation('verweg');
    await exchange(token.replace(test.organisationId, organisationId)).expect(401);
    await exchange(token.replace(test.organisationId, '019a9f00-0000-7000-8000-00000000dead')).expect(401);
    for (let i = 0; i < 3; i += 1) await exchange(`${token.slice(0, -3)}${i}AA`).expect(401);
    const after = await refusals('access.link-refused');
    expect(after).toEqual([
      { object_id: ria, actor_kind: 'anonymous', result: 'refused' },
      { object_id: null, actor_kind: 'anonymous', result: 'refused' },
    ]);
    const elsewhere = await query(`select 1 from audit_events where action = 'access.link-refused' and organisation_id = '${organisationId}'`);
    expect(elsewhere).toHaveLength(1);
    test.clock.advance({ minutes: 10 });
    await exchange(token).expect(401);
    expect(await refusals('access.link-refused')).toHaveLength(3);
  });

  it('is a guessed link to choose a password, a guessed confirmation, and a form from elsewhere; each is on the audit log', async () => {
    const guess = `${test.organisationId}.${'x'.repeat(43)}`;
    await test.as().get(`/welkom/${guess}`).expect(404);
    await test.as().get(`/welkom/${guess.replace(test.organisationId, '019a9f00-0000-7000-8000-00000000dead')}`).expect(404);
    expect(await refusals('access.password-link-refused')).toHaveLength(1);
    await test.as().get(`/bevestig/${guess}`).expect(404);
    expect(await refusals('access.confirmation-refused')).toHaveLength(1);
    test.clock.advance({ minutes: 5 });
    await test.as().post('/v1/referral-confirmations', { token: guess }).expect(404);
    expect(await refusals('access.confirmation-refused')).toHaveLength(2);
    const { token } = await test.staff('Noor Facilitator', 'facilitator');
    const form = request(test.server).post('/mijn-account/wachtwoord').type('form').set('Cookie', `session=${token}`);
    await form.set('Origin', 'https://evil.example').send({ current: 'x', next: 'y' }).expect(403);
    expect(await refusals('access.foreign-form')).toHaveLength(1);
  });

  it('is a token in an address and a link as a bearer, everywhere', async () => {
    const { email } = await withRia();
    const token = linkToken(await mailTo(test.app, email));
    await test.as().get(`/v1/me?token=${token}`).expect(401);
    await test.as().get(`/v1/commitments?linkToken=${token}`).expect(401);
    await test.as(token).get('/v1/me').expect(401);
    await test.as(token).get('/v1/cases').expect(401);
    expect(await refusals('access.token-in-address')).toHaveLength(1);
    expect(await refusals('access.session-refused')).toHaveLength(1);
  });
});

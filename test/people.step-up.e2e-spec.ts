import { Client } from 'pg';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailTo, mailsTo } from './support/mailbox.js';
import { refusal } from './support/plans.js';
import { anInvitedCase, byLink } from './support/stories.js';

let test: TestApp;
let people = 0;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface Someone {
  caller: Caller;
  email: string;
  phone: string;
  facilitator: Caller;
  token: string;
}

/** Someone who came by a mailed link: the device is not known. */
async function someone(changes: object = {}): Promise<Someone> {
  people += 1;
  const reach = { email: `joost.${people}@example.org`, phone: `+316${30_000_000 + people}` };
  const circle = [{ name: 'Joost Bakker', relation: 'neighbour', ...reach, ...changes }];
  const story = await anInvitedCase(test, { circle });
  const shown = await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/links`, { via: 'show' }).expect(201);
  await query(`update people_links set makes_known = false, purpose = 'take-part' where member_id = '${story.members.Joost!.id}'`);
  const token = (shown.body as { url: string }).url.split('/l/')[1]!;
  return { caller: await byLink(test, token), ...reach, facilitator: story.facilitator, token };
}

async function query<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const send = (caller: Caller, via = 'sms'): ReturnType<Caller['post']> => caller.post('/v1/participant-sessions/step-up', { via });
const type = (caller: Caller, code: string): ReturnType<Caller['post']> => caller.post('/v1/participant-sessions/step-up/confirmation', { code });

async function codeAt(address: string): Promise<string> {
  await test.deliver();
  return /\b\d{6}\b/.exec((await mailTo(test.app, address)).text)![0];
}
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const knownUntil = async (caller: Caller): Promise<unknown> =>
  ((await caller.get('/v1/me').expect(200)).body as { deviceKnownUntil: unknown }).deviceKnownUntil;
const DAY_30 = '2026-12-16T08:30:00.000Z';

it.each(['sms', 'mail'])('sends a code by %s that makes the device known for 30 days, with the same token', async (via) => {
  const { caller, email, phone } = await someone();
  const sent = await send(caller, via).expect(202);
  expect(sent.body).toEqual({ via, to: expect.stringContaining('…'), expiresAt: '2026-11-16T08:40:00.000Z' });
  expect(JSON.stringify(sent.body)).not.toContain(via === 'sms' ? phone : email);
  const code = await codeAt(via === 'sms' ? phone : email);
  expect((await type(caller, code).expect(200)).body).toEqual({ expiresAt: DAY_30 });
  expect(await knownUntil(caller)).toBe(DAY_30);
});

it('takes a code as it is pasted, and refuses what is no code as a wrong field, which costs no try', async () => {
  const { caller, phone } = await someone();
  await send(caller).expect(202);
  const code = await codeAt(phone);
  for (const typed of ['12345', '1234567', 'abcdef', '', '１２３４５６']) {
    expect((await type(caller, typed).expect(400)).body).toMatchObject({ errors: [{ pointer: '/code' }] });
  }
  await type(caller, ` ${code.slice(0, 3)} ${code.slice(3)} `).expect(200);
});

it('counts wrong codes down, and refuses the sixth, even when it is right', async () => {
  const { caller, phone } = await someone();
  await send(caller).expect(202);
  const code = await codeAt(phone);
  for (const triesLeft of [4, 3, 2, 1, 0]) {
    const wrong = await type(caller, otherThan(code)).expect(400);
    expect(wrong.body).toMatchObject({ triesLeft, type: expect.stringContaining('code-wrong') });
  }
  const sixth = await type(caller, code).expect(429);
  expect([refusal(sixth), Number(sixth.headers['retry-after'])]).toEqual(['code-used-up', 600]);
  expect(await knownUntil(caller)).toBeNull();
});

it('counts tries that come at once, one by one', async () => {
  const { caller, phone } = await someone();
  await send(caller).expect(202);
  const code = await codeAt(phone);
  const answers = await Promise.all(Array.from({ length: 8 }, () => type(caller, otherThan(code))));
  expect(answers.map(({ status }) => status).sort()).toEqual([400, 400, 400, 400, 400, 429, 429, 429]);
});

it('works for ten minutes, once', async () => {
  const { caller, phone } = await someone();
  await send(caller).expect(202);
  const late = await codeAt(phone);
  test.clock.advance({ minutes: 10 });
  expect(refusal(await type(caller, late).expect(400))).toBe('code-ended');
  await send(caller).expect(202);
  const code = await codeAt(phone);
  await type(caller, code).expect(200);
  expect(refusal(await type(caller, code).expect(400))).toBe('code-ended');
});

it('ends the older code with a new one, and is for the session that asked', async () => {
  const { caller, phone, token } = await someone();
  const other = await byLink(test, token);
  await send(caller).expect(202);
  const first = await codeAt(phone);
  await send(other).expect(202);
  const second = await codeAt(phone);
  if (first !== second) await type(caller, second).expect(400);
  await send(caller).expect(202);
  const third = await codeAt(phone);
  if (first !== third) expect(refusal(await type(caller, first).expect(400))).toBe('code-wrong');
  await type(caller, third).expect(200);
  expect(await knownUntil(other)).toBeNull();
});

it('is not sent to the same person without end', async () => {
  const { caller, token } = await someone();
  for (let i = 0; i < 5; i += 1) await send(caller).expect(202);
  expect(Number((await send(caller).expect(429)).headers['retry-after'])).toBe(3600);
  await send(await byLink(test, token)).expect(429);
  test.clock.advance({ hours: 1 });
  for (let i = 0; i < 5; i += 1) await send(caller).expect(202);
  test.clock.advance({ hours: 1 });
  await send(caller).expect(429);
});

it('goes out at any hour, for who waits for it', async () => {
  const { caller, phone } = await someone({ contactPreference: { hours: "'s ochtends" } });
  test.clock.set(new Date('2026-11-16T22:30:00Z'));
  await send(caller).expect(202);
  await type(caller, await codeAt(phone)).expect(200);
});

it('says when there is no address for it, or when that way is not safe', async () => {
  const { caller } = await someone({ phone: undefined, contactPreference: { channel: 'mail' } });
  expect(refusal(await send(caller, 'sms').expect(409))).toBe('no-phone-number');
  const safe = await someone({ contactPreference: { channel: 'sms' } });
  expect(refusal(await send(safe.caller, 'mail').expect(409))).toBe('channel-not-safe');
  await send(safe.caller, 'sms').expect(202);
});

it('stands nowhere but in the message: not in the database, not in the subject, not on the audit log', async () => {
  const { caller, email } = await someone();
  await send(caller, 'mail').expect(202);
  const code = await codeAt(email);
  expect((await mailTo(test.app, email)).subject).not.toContain(code);
  const dump = JSON.stringify([
    await query(`select session_id, encode(code_hash, 'escape'), tries_left from people_step_up_codes`),
    await query(`select to_masked, template, key, encode(sealed, 'escape') from messages where template = 'device-code'`),
    await query(`select action, object_id from audit_events where action like 'people.%'`),
    await query('select * from platform_outbox'),
  ]);
  expect(dump.match(new RegExp(`(?<![0-9a-f-])${code}(?![0-9a-f-])`))).toBeNull();
  await type(caller, otherThan(code)).expect(400);
  await type(caller, code).expect(200);
  const steps = await query(`select result from audit_events where action = 'people.step-up' and actor_id = '${caller.id}' order by id`);
  expect(steps).toEqual([{ result: 'refused' }, { result: 'done' }]);
});

it('opens what a mailed link does not, and is over after a lost phone', async () => {
  const { caller, phone, facilitator } = await someone();
  await send(caller).expect(202);
  await type(caller, await codeAt(phone)).expect(200);
  await facilitator.post(`/v1/circle-members/${caller.id}/lost-phone`).expect(200);
  await caller.get('/v1/me').expect(401);
  const mailed = await mailsTo(test.app, phone);
  expect(mailed.some(({ text }) => text.includes('/l/'))).toBe(false);
});

it('keeps the throttle of one person from another', async () => {
  const [one, other] = [await someone(), await someone()];
  for (let i = 0; i < 5; i += 1) await send(one.caller).expect(202);
  await send(one.caller).expect(429);
  await send(other.caller).expect(202);
  expect(linkToken(await mailTo(test.app, other.email))).toBeTruthy();
});

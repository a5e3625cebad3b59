import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request, { type Response } from 'supertest';
import { createApp } from '../src/app.js';
import { Readiness } from '../src/platform/http/health.controller.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailsTo, mailTo } from './support/mailbox.js';
import { aReferral, byLink, type StoryMember } from './support/stories.js';

let test: TestApp;
let lead: Caller;
let one: Caller;
let two: Caller;
let referrer: Caller;
let id: string;
let ref: string;
let caseId: string;
let members: Record<string, StoryMember>;

const FRIDAY_FIVE = new Date('2026-11-20T17:00:00+01:00');
const at = (time: string): Date => new Date(`2026-11-20T${time}:00+01:00`);
const ACUTE = { kind: 'unknown', safety: { level: 'acute' }, consent: { given: false, ground: 'art. 7.1.4.1 Jeugdwet' } };

/** Friday 17:00: an acute referral comes in while somebody is on duty. */
beforeEach(async () => {
  test = await startApp();
  test.clock.set(FRIDAY_FIVE);
  lead = await test.staff('Lena Lead', 'lead');
  one = await test.staff('Een Dienst', 'facilitator');
  two = await test.staff('Twee Dienst', 'facilitator');
  referrer = await test.staff('Fatma Referrer', 'referrer');
  const duty = { from: '2026-11-20T16:00:00+01:00', to: '2026-11-21T16:00:00+01:00', firstId: one.id, secondId: two.id };
  await lead.put('/v1/duty-roster', { items: [duty] }).expect(200);
  const circle = [
    { name: 'Ria de Wit', relation: 'parent', email: 'ria@example.org', phone: '0612345679' },
    { name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org' },
    { name: 'Meester Karim', relation: 'teacher', professional: true, phone: '0612345680' },
  ];
  id = ((await referrer.post('/v1/referrals', aReferral({ ...ACUTE, circle })).expect(201)).body as { id: string }).id;
  ({ caseId } = (await one.get(`/v1/referrals/${id}`).expect(200)).body as { caseId: string });
  const file = (await one.get(`/v1/cases/${caseId}`).expect(200)).body as { reference: string; circle: StoryMember[] };
  ref = file.reference;
  members = Object.fromEntries(file.circle.map((member) => [member.name.split(' ')[0]!, member]));
  await test.deliver();
});
afterEach(() => test.stop());

/** A page as somebody sees it. */
const page = (who: Caller, path: string): request.Test => request(test.server).get(path).set('Cookie', `session=${who.token}`);

/** Sends a form of a page: with the token that the page was given. */
async function send(who: Caller, from: string, path: string, fields: Record<string, string> = {}): Promise<Response> {
  const shown = await page(who, from).expect(200);
  const token = /name="_csrf" value="([^"]+)"/.exec(shown.text)![1]!;
  const cookies = [`session=${who.token}`, ...((shown.headers['set-cookie'] as unknown as string[] | undefined) ?? []).map((one_) => one_.split(';')[0]!)];
  return request(test.server).post(path).set('Cookie', cookies.join('; ')).type('form').send({ ...fields, _csrf: token });
}
const live = (): string => `/werk/spoed/${ref}`;
const does = async (path: string, fields: Record<string, string> = {}): Promise<void> => {
  const answer = await send(one, live(), `${live()}/${path}`, fields);
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${answer.text}`);
};
const summary = async (): Promise<string> => /role="status">([^<]+)</.exec((await page(one, live()).expect(200)).text)![1]!;
const memberId = (name: string): string => members[name]!.id;
const checkSafety = (): Promise<unknown> =>
  one
    .put(`/v1/cases/${caseId}/safety-check`, { directDanger: false, veiligThuis: 'consulted', spokenAlone: [memberId('Sanne')], together: 'yes' })
    .expect(200);

it('goes from a referral at 17:00 to a meeting at 20:00: each step as each one concerned sees it', async () => {
  // Who is on duty presses the button behind the alert.
  const alert = await mailTo(test.app, 'een.dienst@noord.example');
  const button = new URL(alert.text.match(/http\S+aanmelding\S+/)![0]).pathname;
  test.clock.set(at('17:04'));
  const asked = await page(one, button).expect(200);
  expect(asked.text).toContain('Ik pak dit op');
  expect(asked.text).not.toMatch(/Sanne|Ria/);
  const taken = await send(one, button, button);
  expect([taken.status, taken.headers.location]).toEqual([303, `${live()}?gedaan=taken`]);
  await test.deliver();
  expect((await mailTo(test.app, 'fatma.referrer@noord.example')).text).toContain('Opgepakt door Een Dienst om 17.04 uur.');
  expect((await page(one, '/werk').expect(200)).text).toContain(live());

  // Without a yes only the main person is on the list, and nobody of the circle may be contacted.
  expect(await summary()).toBe('0 bereikt, 0 komen, 1 te bellen');
  const first = (await page(one, live()).expect(200)).text;
  expect(first).toContain('tel:+31612345678');
  expect(first).not.toContain('tel:+31612345679');
  expect(first).not.toMatch(/ checked/);
  await one.post(`/v1/cases/${caseId}/invitations`).expect(409);
  await does(`bellen/${memberId('Sanne')}`, { outcome: 'not-reached' });
  await does(`bellen/${memberId('Sanne')}`, { outcome: 'reached' });
  await does(`ja/${memberId('Sanne')}`);
  expect(await summary()).toBe('1 bereikt, 0 komen, 0 te bellen');

  // Each of the circle by itself.
  await does(`ja/${memberId('Ria')}`);
  await does(`ja/${memberId('Meester')}`);
  expect(await summary()).toBe('1 bereikt, 0 komen, 2 te bellen');
  const list = (await page(one, live()).expect(200)).text;
  expect(list.indexOf('tel:+31612345679')).toBeLessThan(list.indexOf('tel:+31612345680'));
  expect(list).not.toContain('joost');
  await does(`bellen/${memberId('Ria')}`, { outcome: 'reached' });

  // No moment before the safety check; then from two hours on, and one tap plans.
  expect(list).not.toContain('name="slot"');
  await checkSafety();
  test.clock.set(at('17:40'));
  const offered = (await page(one, live()).expect(200)).text;
  expect(offered).toContain('om 20.00 uur');
  await does('plannen', { 'place.address': 'Buurthuis De Klomp', slot: `${at('20:00').toISOString()}/${at('21:30').toISOString()}` });
  await does('uitnodigen');
  await test.deliver();
  expect((await mailTo(test.app, 'ria@example.org')).text).toContain('20.00');

  // Ria answers from her mail, the teacher on the phone.
  const invitation = (await mailsTo(test.app, 'ria@example.org')).find(({ text }) => text.includes('/l/'))!;
  const ria = await byLink(test, linkToken(invitation));
  const [planned] = ((await one.get(`/v1/cases/${caseId}`).expect(200)).body as { meetings: { id: string }[] }).meetings;
  const meeting = (await one.get(`/v1/meetings/${planned!.id}`).expect(200)).body as { id: string; slotId: string; startsAt: string };
  expect(meeting.startsAt).toBe(at('20:00').toISOString());
  await ria.put(`/v1/meetings/${meeting.id}/responses/${ria.id}`, { answers: { [meeting.slotId]: 'yes' } }).expect(200);
  await does(`antwoord/${memberId('Meester')}`, { meetingId: meeting.id, [`answers.${meeting.slotId}`]: 'yes' });
  expect(await summary()).toBe('3 bereikt, 2 komen, 0 te bellen');
  expect((await referrer.get(`/v1/referrals/${id}`).expect(200)).body).toMatchObject({
    facilitatorName: 'Een Dienst', acknowledgedByName: 'Een Dienst', meetingStartsAt: at('20:00').toISOString(),
  });

  // Held: at midnight nobody is told anything.
  test.clock.set(at('20:10'));
  await one.post(`/v1/meetings/${meeting.id}/conclusion`, { outcome: 'plan', facilitatorHours: 5 }).expect(200);
  test.clock.set(new Date('2026-11-21T00:00:00+01:00'));
  await test.deliver();
  expect(await mailsTo(test.app, 'lena.lead@noord.example')).toEqual([]);
});

it('asks before a night who is there, and keeps what was said sealed', async () => {
  await one.post(`/v1/referrals/${id}/acknowledgement`).expect(200);
  await one.post(`/v1/circle-members/${memberId('Sanne')}/approval`, { by: 'main-person' }).expect(200);
  await checkSafety();
  test.clock.set(at('20:30'));
  const slot = '2026-11-21T07:00:00.000Z/2026-11-21T08:30:00.000Z';
  expect((await page(one, live()).expect(200)).text).toContain(slot);
  const refused = await send(one, live(), `${live()}/plannen`, { 'place.address': 'Buurthuis', slot });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('Dit moet je invullen.');
  await does('plannen', { 'place.address': 'Buurthuis', slot, who: 'Oma Truus blijft slapen' });
  expect((await page(one, live()).expect(200)).text).toContain('Oma Truus blijft slapen');
});

it('not held by midnight: the lead hears it, with when it is planned; the reason follows when the facilitator says it', async () => {
  await one.post(`/v1/referrals/${id}/acknowledgement`).expect(200);
  test.clock.set(new Date('2026-11-20T23:59:00+01:00'));
  await test.deliver();
  expect(await mailsTo(test.app, 'lena.lead@noord.example')).toEqual([]);
  test.clock.set(new Date('2026-11-21T00:00:00+01:00'));
  await test.deliver();
  const told = async (): Promise<string> => (await mailTo(test.app, 'lena.lead@noord.example')).text;
  expect(await told()).toContain(`Het spoedgesprek van ${ref} ging niet dezelfde dag door.`);
  expect(await told()).toContain('schreef nog niet waarom');
  await does('niet-vandaag', { reason: 'not-safe', remark: 'Vader is boos' });
  await test.deliver();
  expect(await told()).toContain('samen is niet veilig');
  expect(await told()).not.toContain('boos');
});

it('stands on the work page from midnight on until the reason is there, held later or not', async () => {
  await one.post(`/v1/referrals/${id}/acknowledgement`).expect(200);
  const asked = async (who: Caller): Promise<boolean> => (await page(who, '/werk').expect(200)).text.includes(`${live()}#niet-vandaag`);
  test.clock.set(at('23:59'));
  expect(await asked(one)).toBe(false);
  test.clock.set(new Date('2026-11-21T00:00:00+01:00'));
  expect([await asked(one), await asked(two)]).toEqual([true, false]);
  expect((await page(one, live()).expect(200)).text).toContain('id="niet-vandaag"');
  await does('niet-vandaag', { reason: 'people-cannot-come' });
  expect(await asked(one)).toBe(false);
});

it('tells the lead only once when the facilitator said why the same day', async () => {
  await one.post(`/v1/referrals/${id}/acknowledgement`).expect(200);
  await one.post(`/v1/cases/${caseId}/not-held`, { reason: 'people-cannot-come' }).expect(200);
  test.clock.set(new Date('2026-11-21T00:00:00+01:00'));
  await test.deliver();
  expect(await mailsTo(test.app, 'lena.lead@noord.example')).toHaveLength(1);
});

it('stands on top for the lead and for both on duty until somebody has it, and its page is of its facilitator only', async () => {
  const button = `/werk/spoed/aanmelding/${id}`;
  for (const [who, path] of [[lead, '/leiding'], [one, '/werk'], [two, '/werk']] as const) {
    expect((await page(who, path).expect(200)).text).toContain(button);
  }
  await page(two, live()).expect(404);
  await page(await test.staff('Ander Mens', 'facilitator'), button).expect(404);
  const taken = await send(two, button, button);
  expect(taken.headers.location).toBe(`${live()}?gedaan=taken`);
  for (const [who, path] of [[lead, '/leiding'], [one, '/werk'], [two, '/werk']] as const) {
    expect((await page(who, path).expect(200)).text).not.toContain(button);
  }
  await page(one, live()).expect(404);
  expect((await page(one, button).expect(200)).text).toContain('Opgepakt door Twee Dienst');
});

describe('the stream', () => {
  let other: NestFastifyApplication;
  beforeEach(async () => {
    await one.post(`/v1/referrals/${id}/acknowledgement`).expect(200);
    other = await createApp(test.settings, { clock: test.clock });
    await other.listen(0, '127.0.0.1');
    other.get(Readiness).become('ready');
  });
  afterEach(() => other.close());

  const open = async (who: Caller): Promise<{ status: number; type: string | null; next: () => Promise<string> }> => {
    const { port } = (other.getHttpServer() as { address(): AddressInfo }).address();
    const answer = await fetch(`http://127.0.0.1:${port}${live()}/stroom`, { headers: { cookie: `session=${who.token}`, accept: 'text/event-stream' } });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const next = async (): Promise<string> => {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          if (event.startsWith('event:')) return event.split('\n')[0]!.slice(7);
          continue;
        }
        const { value, done } = await reader.read();
        if (done) return 'end';
        text += value;
      }
    };
    return { status: answer.status, type: answer.headers.get('content-type'), next };
  };

  it('says what another process changed, and looking at the page is one look on the log', async () => {
    const stream = await open(one);
    expect([stream.status, stream.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(await stream.next()).toBe('changed');
    await one.post(`/v1/circle-members/${memberId('Sanne')}/contact-attempts`, { at: test.clock.now().toISOString(), channel: 'call', outcome: 'reached' }).expect(201);
    expect(await stream.next()).toBe('changed');
    await page(one, live()).expect(200);
    await page(one, `${live()}/stand`).expect(200);
    const admin = await test.staff('Anna Admin', 'admin');
    const log = (await admin.get(`/v1/audit-events?caseId=${caseId}&action=cases.read`).expect(200)).body as { items: object[] };
    expect(log.items).toHaveLength(1);
  });

  it('ends when the case goes to somebody else, is not there for others, and does not hold up the end of the service', async () => {
    expect((await open(two)).status).toBe(404);
    const stream = await open(one);
    expect(await stream.next()).toBe('changed');
    await lead.post(`/v1/cases/${caseId}/handover`, { facilitatorId: two.id, reason: 'on-duty' }).expect(200);
    expect(await stream.next()).toBe('over');
    const another = await open(two);
    expect(await another.next()).toBe('changed');
    await other.close();
    expect(['over', 'end']).toContain(await another.next());
    other = await createApp(test.settings, { clock: test.clock });
  });

  it.each([
    ['signs out', async () => void (await one.delete('/v1/sessions/current').expect(204))],
    ['was away for a month', () => Promise.resolve(test.clock.advance({ days: 30 }))],
    [
      'leaves the organisation',
      async () => {
        const admin = await test.staff('Anna Admin', 'admin');
        await admin.post(`/v1/staff/${one.id}/disabling`, { reason: 'leaving', handOverTo: two.id }).expect(200);
      },
    ],
  ])('ends when its reader %s, and does not open again', async (_, leaves) => {
    const stream = await open(one);
    expect(await stream.next()).toBe('changed');
    await leaves();
    let said = await stream.next();
    if (said === 'changed') said = await stream.next();
    expect(said).toBe('over');
    expect((await open(one)).type).not.toContain('event-stream');
  });

  it('takes six of one person and no more', async () => {
    for (let i = 0; i < 6; i += 1) expect((await open(one)).status).toBe(200);
    expect((await open(one)).status).toBe(429);
  });
});

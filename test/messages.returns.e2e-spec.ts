import request from 'supertest';
import { smsGateway } from '../src/platform/config/sms.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { SmsOffice } from './support/notifynl.js';
import { PostOffice } from './support/post-office.js';
import { drain } from './support/queue.js';
import { aComplaint, aReturn } from './support/returns.js';
import { aCase, type StoryCase } from './support/stories.js';

const TOKEN = 'a-token-of-the-mail-server-that-nobody-guesses';
const DOMAIN = 'post.beraad.example';

let test: TestApp;
let facilitator: Caller;
let office: PostOffice;
let gateway: SmsOffice;
let serial = 0;

beforeAll(async () => {
  office = await PostOffice.open();
  gateway = await SmsOffice.open();
  test = await startApp({ smtpUrl: office.url, smsUrl: smsGateway(gateway.url), mailReturnDomain: DOMAIN, deliveryToken: TOKEN });
  gateway.now = () => Math.floor(test.clock.now().getTime() / 1000);
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(async () => {
  await test.stop();
  await office.close();
  await gateway.close();
});

const address = (): string => `joost.${serial}@example.org`;

/** Someone who was invited; `contact` as they gave it. */
async function anInvited(contact: object = {}): Promise<{ story: StoryCase; memberId: string }> {
  serial += 1;
  const story = await aCase(test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email: address(), ...contact }] });
  const memberId = story.members.Joost!.id;
  await facilitator.post(`/v1/circle-members/${memberId}/approval`, { by: 'main-person' }).expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await drain(test.app, { failures: 'expected' });
  return { story, memberId };
}

const deliver = (): Promise<unknown> => drain(test.app, { failures: 'expected' });
const sentTo = (to: string) => office.received.filter(({ envelope }) => envelope.to[0] === to);
const mailTo = (to: string) => sentTo(to).at(-1)!;
const link = (memberId: string): Promise<unknown> => facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'mail' });

const handIn = (mail: string, { token = TOKEN, query = '' } = {}) =>
  request(test.server).post(`/v1/delivery-reports/mail${query}`).set('Authorization', `Bearer ${token}`).set('Content-Type', 'message/rfc822').send(mail);
const smsReport = (reference: string, status: string) =>
  test.as(TOKEN).post('/v1/delivery-reports/sms', {
    id: '740e5834-3a29-46b4-9a6f-16142fde533a', reference, to: '+31612345679', status, created_at: '2026-11-20T12:15:30.000000Z',
    completed_at: null, sent_at: null, notification_type: 'sms', template_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a', template_version: 1,
  });

interface LogItem {
  id: string;
  template: string;
  channel: string;
  state: string;
}
const log = async (memberId: string): Promise<LogItem[]> =>
  ((await facilitator.get(`/v1/messages?memberId=${memberId}`).expect(200)).body as { items: LogItem[] }).items;
const states = async (memberId: string): Promise<string[]> => (await log(memberId)).map(({ channel, state }) => `${channel} ${state}`);
const timeline = async (story: StoryCase): Promise<string[]> =>
  ((await facilitator.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).body as { items: { text: string }[] }).items.map(({ text }) => text);

/** A returned mail about the newest mail to this address, as the receiving server sends it. */
const returned = (action: string, status: string): string => {
  const { envelope, messageId } = mailTo(address());
  return aReturn({ messageId: messageId!, to: envelope.from, recipient: address(), action, status });
};

describe('A mail that comes back', () => {
  it('goes out with a return address of its own', async () => {
    await anInvited();
    expect(mailTo(address()).envelope.from).toMatch(new RegExp(`^bounces\\+[0-9a-f]{32}\\.[0-9a-f]{20}@${DOMAIN}$`));
    expect(mailTo(address()).from!.value[0]!.address).toBe('netwerkberaad@localhost');
  });

  it('because the address takes nothing is a task by hand, and nothing goes there again', async () => {
    const { story, memberId } = await anInvited();
    expect((await handIn(returned('failed', '5.1.1')).expect(200)).body).toEqual({ outcome: 'bounced' });
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail bounced']);
    expect(await timeline(story)).toContain('Een bericht aan Joost kwam niet aan. Bel liever, en vraag wat wel klopt.'.replace('Joost', 'Joost Bakker'));
    const before = sentTo(address()).length;
    await link(memberId);
    await deliver();
    expect(sentTo(address())).toHaveLength(before);
    expect((await states(memberId))[0]).toMatch(/by-hand$/);
  });

  it('handed in twice is one task', async () => {
    const { memberId } = await anInvited();
    const mail = returned('failed', '5.1.1');
    await handIn(mail).expect(200);
    expect((await handIn(mail).expect(200)).body).toEqual({ outcome: 'unknown' });
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail bounced']);
  });

  it('lets the next message take the next safe way', async () => {
    const { memberId } = await anInvited({ phone: '06 8765 4311' });
    await handIn(returned('failed', '5.1.1')).expect(200);
    expect(await states(memberId)).toEqual(['call by-hand', 'mail bounced']);
    const said = { at: test.clock.now().toISOString(), channel: 'call', outcome: 'reached' };
    await facilitator.post(`/v1/circle-members/${memberId}/contact-attempts`, said).expect(201);
    const slots = [48, 72].map((h) => ({ startsAt: at(h), endsAt: at(h + 2) }));
    await facilitator.post(`/v1/cases/${(await memberOf(memberId)).caseId}/meetings`, { place: { type: 'other', address: 'Buurthuis' }, slots }).expect(201);
    await deliver();
    expect((await log(memberId)).find(({ template }) => template === 'meeting-poll')).toMatchObject({ channel: 'sms', state: 'sent' });
  });

  it('goes by mail again once the address was corrected', async () => {
    const { memberId } = await anInvited();
    await handIn(returned('failed', '5.1.1')).expect(200);
    const { version } = await memberOf(memberId);
    await facilitator.patch(`/v1/circle-members/${memberId}`, { email: `right.${address()}` }).set('If-Match', `"${version}"`).expect(200);
    await link(memberId);
    await deliver();
    expect(sentTo(`right.${address()}`)).toHaveLength(1);
  });

  it('because it is delayed is noted, and nothing else', async () => {
    const { memberId } = await anInvited();
    expect((await handIn(returned('delayed', '4.2.2')).expect(200)).body).toEqual({ outcome: 'noted' });
    expect(await states(memberId)).toEqual(['mail sent']);
    await link(memberId);
    await deliver();
    expect((await states(memberId))[0]).toBe('mail sent');
  });

  it('because the mailbox stayed full is a task by hand, and the address stays good', async () => {
    const { memberId } = await anInvited();
    expect((await handIn(returned('failed', '4.2.2')).expect(200)).body).toEqual({ outcome: 'undelivered' });
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail bounced']);
    await link(memberId);
    await deliver();
    expect((await states(memberId))[0]).toBe('mail sent');
  });

  it('is found by its Message-ID when the return address is lost, if it names the right recipient', async () => {
    const { memberId } = await anInvited();
    const { messageId } = mailTo(address());
    const made = (recipient: string) => aReturn({ messageId: messageId!, to: 'post@beraad.example', recipient, action: 'failed', status: '5.1.1' });
    expect((await handIn(made('someone@elsewhere.example')).expect(200)).body).toEqual({ outcome: 'unknown' });
    expect(await states(memberId)).toEqual(['mail sent']);
    expect((await handIn(made(address())).expect(200)).body).toEqual({ outcome: 'bounced' });
  });

  it('with a return address that we did not make changes nothing', async () => {
    const { memberId } = await anInvited();
    const { envelope } = mailTo(address());
    const forged = envelope.from.replace(/\.[0-9a-f]{20}@/, `.${'0'.repeat(20)}@`);
    const mail = aReturn({ messageId: '<x@y.nl>', to: forged, recipient: address(), action: 'failed', status: '5.1.1' });
    expect((await handIn(mail).expect(200)).body).toEqual({ outcome: 'unknown' });
    expect(await states(memberId)).toEqual(['mail sent']);
  });

  it('may be told by the mail server where it came back to', async () => {
    await anInvited();
    const { envelope } = mailTo(address());
    const mail = aReturn({ messageId: '<x@y.nl>', to: 'undisclosed', recipient: address(), action: 'failed', status: '5.1.1' });
    expect((await handIn(mail, { query: `?recipient=${encodeURIComponent(envelope.from)}` }).expect(200)).body).toEqual({ outcome: 'bounced' });
  });
});

describe('A server that refuses the recipient', () => {
  it.each([
    ['550 5.1.1 no such user', 'mail bounced'],
    ['550 5.7.1 relaying denied', 'mail dead'],
    ['552 5.2.2 mailbox full', 'mail dead'],
  ])('with %s leaves the message %s and a task by hand', async (said, state) => {
    office.refusing.set(`joost.${serial + 1}@example.org`, said);
    const { memberId } = await anInvited();
    expect(await states(memberId)).toEqual(['visit by-hand', state]);
  });

  it('as having no such user gets nothing that waited for them either', async () => {
    office.refusing.set(`joost.${serial + 1}@example.org`, '550 5.1.1 no such user');
    const { memberId } = await anInvited();
    office.refusing.clear();
    await link(memberId);
    await deliver();
    expect(sentTo(address())).toEqual([]);
  });
});

describe('A complaint', () => {
  it('ends mail to that person, whatever the address, and tells the facilitator without a word of blame', async () => {
    const { story, memberId } = await anInvited();
    const { envelope, messageId } = mailTo(address());
    const mail = aComplaint({ messageId: messageId!, to: envelope.from, recipient: address() });
    expect((await handIn(mail).expect(200)).body).toEqual({ outcome: 'complaint' });
    await handIn(mail).expect(200);
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail sent']);
    const said = (await timeline(story)).find((text) => text.includes('liever geen mail'))!;
    expect(said).not.toMatch(/spam|klacht|misbruik/i);
    const { version } = await memberOf(memberId);
    await facilitator.patch(`/v1/circle-members/${memberId}`, { email: `other.${address()}` }).set('If-Match', `"${version}"`).expect(200);
    await link(memberId);
    await deliver();
    expect(sentTo(`other.${address()}`)).toEqual([]);
  });
});

describe('A receipt of a text message', () => {
  const invitedBySms = async () => {
    const { memberId, story } = await anInvited({ email: undefined, phone: `06 8765 4${400 + serial}` });
    const [sms] = await log(memberId);
    return { memberId, story, id: sms!.id };
  };

  it('that it was delivered changes nothing, however often', async () => {
    const { memberId, id } = await invitedBySms();
    for (let i = 0; i < 2; i++) expect((await smsReport(id, 'delivered').expect(200)).body).toEqual({ outcome: 'delivered' });
    expect(await states(memberId)).toEqual(['sms sent']);
  });

  it('that the number takes nothing is a task by hand, and no text goes there again', async () => {
    const { memberId, id } = await invitedBySms();
    expect((await smsReport(id, 'permanent-failure').expect(200)).body).toEqual({ outcome: 'bounced' });
    expect((await smsReport(id, 'permanent-failure').expect(200)).body).toEqual({ outcome: 'unknown' });
    expect(await states(memberId)).toEqual(['call by-hand', 'sms bounced']);
    const taken = gateway.taken.length;
    await facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'sms' });
    await deliver();
    expect(gateway.taken).toHaveLength(taken);
  });

  it.each(['temporary-failure', 'technical-failure'])('of %s is a task by hand, and the number stays good', async (status) => {
    const { memberId, id } = await invitedBySms();
    expect((await smsReport(id, status).expect(200)).body).toEqual({ outcome: 'undelivered' });
    expect(await states(memberId)).toEqual(['call by-hand', 'sms bounced']);
    const taken = gateway.taken.length;
    await facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'sms' });
    await deliver();
    expect(gateway.taken).toHaveLength(taken + 1);
  });

  it('about a mail or about nothing changes nothing', async () => {
    const { memberId } = await anInvited();
    const [mail] = await log(memberId);
    for (const reference of [mail!.id, '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000', 'x']) {
      expect((await smsReport(reference, 'permanent-failure').expect(200)).body).toEqual({ outcome: 'unknown' });
    }
    expect(await states(memberId)).toEqual(['mail sent']);
  });
});

describe('Somebody who was invited before', () => {
  const again = (story: StoryCase, memberId: string) => facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [memberId] });

  it('is reminded with a new link, at most once a day, and never by default', async () => {
    const { story, memberId } = await anInvited();
    const refused = await again(story, memberId).expect(409);
    expect((refused.body as { detail: string }).detail).toMatch(/Opnieuw kan vanaf .*\d\d\.\d\d uur/);
    expect((await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202)).body).toMatchObject({ items: [] });
    test.clock.advance({ hours: 24 });
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const both = await Promise.all([again(story, memberId), again(story, memberId)]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    await deliver();
    expect(sentTo(address()).map(({ subject }) => subject)).toEqual(['Uitnodiging voor een gesprek', 'We horen graag of je erbij bent']);
    expect(mailTo(address()).text).toContain('We vroegen je eerder of je wilt meedenken met Sanne');
    const links = sentTo(address()).map(({ text }) => /\/l\/[\w.-]+/.exec(text!)![0]);
    expect(new Set(links).size).toBe(2);
  });

  it('and whose mail came back is invited again at once where the address was corrected', async () => {
    const { story, memberId } = await anInvited();
    await handIn(returned('failed', '5.1.1')).expect(200);
    const { version } = await memberOf(memberId);
    await facilitator.patch(`/v1/circle-members/${memberId}`, { email: `right.${address()}` }).set('If-Match', `"${version}"`).expect(200);
    await again(story, memberId).expect(202);
    await deliver();
    expect(sentTo(`right.${address()}`)).toHaveLength(1);
    // The call that stood in its place is no longer asked for.
    expect(await states(memberId)).toEqual(['mail sent', 'visit cancelled', 'mail bounced']);
    await again(story, memberId).expect(409);
  });
});

describe('The way in', () => {
  it('is for who has the token', async () => {
    const mail = 'From: x\r\n\r\n';
    await handIn(mail, { token: 'wrong' }).expect(401);
    await handIn(mail, { token: facilitator.token }).expect(401);
    await request(test.server).post('/v1/delivery-reports/mail').set('Content-Type', 'message/rfc822').send(mail).expect(401);
    await test.as().post('/v1/delivery-reports/sms', { id: 'x', reference: null, status: 'delivered' }).expect(401);
    expect((await handIn(mail).expect(200)).body).toEqual({ outcome: 'unknown' });
  });

  it('takes a mail as it is, and at no other address', async () => {
    await request(test.server).post('/v1/delivery-reports/sms').set('Authorization', `Bearer ${TOKEN}`).set('Content-Type', 'message/rfc822').send('x').expect(415);
    await handIn(`From: x\r\n\r\n${'x'.repeat(300_000)}`).expect(413);
    await handIn('From: \u0007tab\tand more\r\n\r\n').expect(200);
  });
});

const at = (hours: number): string => new Date(test.clock.now().getTime() + (serial * 168 + hours) * 3_600_000).toISOString();
const memberOf = async (memberId: string): Promise<{ version: number; caseId: string }> =>
  (await facilitator.get(`/v1/circle-members/${memberId}`).expect(200)).body as { version: number; caseId: string };

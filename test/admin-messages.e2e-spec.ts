import { failureKind } from '../src/desk/admin-messages.rules.js';
import { TEMPLATES } from '../src/messages/templates.rules.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { PostOffice } from './support/post-office.js';
import { drain } from './support/queue.js';
import { aCase } from './support/stories.js';

let test: TestApp;
let office: PostOffice;
let admin: Visitor;
let facilitator: Caller;
beforeAll(async () => {
  office = await PostOffice.open();
  test = await startApp({ smtpUrl: office.url });
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
  admin = await signedIn('Anna Admin', 'admin');
});
afterAll(async () => {
  await test.stop();
  await office.close();
});

async function signedIn(name: string, role: 'admin' | 'lead'): Promise<Visitor> {
  await test.staff(name, role);
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: `${name.toLowerCase().replaceAll(' ', '.')}@noord.example`, password: 'een lang wachtwoord' });
  return visitor;
}

async function anInvited(email: string, says: string): Promise<void> {
  office.refusing.set(email, says);
  const story = await aCase(test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email }] }, facilitator);
  await facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/approval`, { by: 'main-person' }).expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await drain(test.app, { failures: 'expected' });
  office.refusing.clear();
}

it('An admin sees what did not arrive and why, without a name or an address, and sends it again with one button', async () => {
  await anInvited('full@example.org', '552 5.2.2 mailbox full');
  const page = await admin.open('/beheer/berichten');
  expect(page.text).toContain('bijvoorbeeld omdat de mailbox vol is');
  expect(page.text).toContain('f…l@e…e.org');
  expect(page.text).not.toMatch(/Joost|Sanne|full@example|Netwerk.*NB-/);
  const path = /action="(\/beheer\/berichten\/[0-9a-f-]+\/opnieuw)"/.exec(page.text)![1]!;
  await admin.send(path);
  expect(admin.page.text).toContain('Het bericht gaat opnieuw.');
  await drain(test.app);
  expect(office.received.filter(({ envelope }) => envelope.to[0] === 'full@example.org')).toHaveLength(1);
  expect((await admin.open('/beheer/berichten')).text).not.toContain('f…l@e…e.org');
});

it('What cannot go again says what to do on the same page', async () => {
  await anInvited('nobody@example.org', '550 5.1.1 no such user');
  const page = await admin.open('/beheer/berichten');
  expect(page.text).toContain('Dit adres of nummer bestaat niet.');
  const path = /action="(\/beheer\/berichten\/[0-9a-f-]+\/opnieuw)"/.exec(page.text)![1]!;
  const refused = await admin.send(path);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('Verbeter eerst het mailadres of het nummer, of bel.');
});

it.each([
  ['dead', 'smtp-552', 'full'],
  ['failed', 'smtp-452', 'full'],
  ['dead', 'smtp-550', 'refused'],
  ['bounced', 'smtp-550', 'bad-address'],
  ['bounced', 'returned-5.1.1', 'bad-address'],
  ['bounced', 'returned-4.2.2', 'full'],
  ['bounced', 'sms-permanent-failure', 'bad-address'],
  ['dead', 'sms-403', 'ours'],
  ['failed', 'eauth', 'ours'],
  ['failed', 'econnection', 'away'],
  ['failed', 'sms-503', 'away'],
  ['dead', 'outcome-unknown', 'unknown'],
  ['dead', 'not-rendered', 'other'],
  ['dead', null, 'other'],
])('%s with %s is told as %s', (state, code, kind) => {
  expect(failureKind(state, code)).toBe(kind);
});

it('An admin reads every message with made-up names, in each language and form', async () => {
  const all = await admin.open('/beheer/teksten');
  for (const template of TEMPLATES) {
    expect(all.text).toContain(`href="/beheer/teksten/${template}"`);
    const one = await admin.open(`/beheer/teksten/${template}`);
    expect(one.status).toBe(200);
    expect(one.text).not.toMatch(/undefined|\[object/);
  }
  const turkish = await admin.open('/beheer/teksten/invitation?taal=tr&soort=mdo&rol=young&eerste=ja');
  expect(turkish.text).toContain('lang="tr"');
  expect(turkish.text).toContain('Merhaba Joost Voorbeeld');
  expect((await admin.open('/beheer/teksten/onzin')).status).toBe(404);
});

it('The mail itself is a page that may show its own style and nothing else', async () => {
  const mail = await admin.open('/beheer/teksten/invitation/mail?taal=ar');
  expect(mail.text).toContain('<html lang="ar" dir="rtl">');
  const policy = String(mail.headers['content-security-policy']);
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /);
  expect(policy).not.toContain('unsafe');
});

it('is for an admin only', async () => {
  const lead = await signedIn('Lena Lead', 'lead');
  for (const path of ['/beheer/berichten', '/beheer/teksten', '/beheer/teksten/invitation', '/beheer/teksten/invitation/mail']) {
    expect((await lead.open(path)).status).toBe(403);
  }
});

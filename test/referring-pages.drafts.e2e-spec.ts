import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor } from './support/browser.js';
import { mailbox } from './support/mailbox.js';
import { begun, colleague, OTHER, rowsOf, SELF, until } from './support/referring.js';

let test: TestApp;
let lead: Caller;
beforeAll(async () => {
  test = await startApp();
  lead = await test.staff('Lena Lead', 'lead');
});
beforeEach(async () => {
  test.clock.set(START);
  // Every visitor here has the same address.
  await rows('delete from platform_limits');
});
afterAll(() => test.stop());

const rows = <Row>(text: string, values?: unknown[]): Promise<Row[]> => rowsOf<Row>(test, text, values);

const referrals = async (): Promise<{ id: string; residentName: string; state: string }[]> =>
  ((await lead.get('/v1/referrals?limit=100')).body as { items: { id: string; residentName: string; state: string }[] }).items;

it('is nothing yet: no referral, no mail, and nothing readable in the database', async () => {
  await test.deliver();
  const before = [(await referrals()).length, (await mailbox(test.app)).length];
  const visitor = await begun(test, 'self');
  await until(visitor, SELF, 'controle');
  await test.deliver();
  expect([(await referrals()).length, (await mailbox(test.app)).length]).toEqual(before);
  const [row] = await rows<Record<string, unknown>>('select * from referrals_drafts order by created_at desc, id desc limit 1');
  expect(JSON.stringify(row)).not.toContain('Ilse');
  expect((row!.sealed as Buffer).toString('latin1')).not.toContain('Ilse');
  expect((row!.token_hash as Buffer).length).toBe(32);
});

it('is there in the same browser for a week, and gone after it, at night from the database too', async () => {
  const visitor = await begun(test, 'self');
  await until(visitor, SELF, 'wie');
  test.clock.advance({ days: 6 });
  expect((await visitor.open('/aanmelden')).text).toContain('href="/aanmelden/wie"');
  expect((await visitor.open('/aanmelden/vraag')).text).toContain('Ik wil het niet meer alleen doen.');
  test.clock.advance({ days: 1, minutes: 1 });
  const gone = await visitor.open('/aanmelden/wie');
  expect(visitor.url).toBe('/aanmelden?weg');
  expect(gone.text).toContain('Er is geen aanmelding die je kunt afmaken');
  test.clock.advance({ days: 1 });
  await test.deliver();
  expect(await rows('select id from referrals_drafts where sent_at is null and touched_at < $1', [START])).toEqual([]);
});

it('is the visitor\'s own: another browser has none, and one who begins anew has nothing left', async () => {
  const visitor = await begun(test, 'self');
  await until(visitor, SELF, 'wie');
  const other = aVisitor(test);
  await other.open('/aanmelden/vraag');
  expect(other.url).toBe('/aanmelden?weg');
  await visitor.open('/aanmelden');
  const count = async (): Promise<number> => (await rows<{ n: number }>('select count(*)::int as n from referrals_drafts'))[0]!.n;
  const before = await count();
  await visitor.send('/aanmelden/opnieuw');
  expect(await count()).toBe(before - 1);
  expect(visitor.page.text).toContain('Ik vraag het voor mezelf');
});

it('goes with a colleague to another device, and to nobody else', async () => {
  const here = await colleague(test, 'Karim Collega', 'referrer');
  await begun(test, 'other', here);
  await until(here, OTHER, 'themas');
  const there = await colleague(test, 'Karim Collega', 'referrer');
  expect((await there.open('/aanmelden')).text).toContain('href="/aanmelden/themas"');
  await there.send('/aanmelden/opnieuw');
  const another = await colleague(test, 'Anja Ander', 'referrer');
  expect((await another.open('/aanmelden')).text).not.toContain('Je was al begonnen');
});

it('goes along when somebody signs in, and stays with them', async () => {
  const visitor = await begun(test, 'other');
  await until(visitor, OTHER, 'themas');
  await test.staff('Laat Ingelogd', 'referrer');
  await visitor.open('/inloggen?next=/aanmelden');
  await visitor.send('/inloggen', { email: 'laat.ingelogd@noord.example', password: 'een lang wachtwoord' });
  expect(visitor.page.text).toContain('href="/aanmelden/themas"');
  await visitor.open('/aanmelden/themas');
  await visitor.send('/aanmelden/themas', { themes: 'debt' });
  await visitor.open('/mijn-account');
  await visitor.send('/uitloggen');
  expect((await visitor.open('/aanmelden')).text).not.toContain('Je was al begonnen');
});

it('is sent once, however often the button is pressed', async () => {
  const visitor = await begun(test, 'self');
  await until(visitor, SELF, 'controle');
  const csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.page.text)![1]!;
  const before = (await referrals()).length;
  const answers = await Promise.all([1, 2, 3].map(() => visitor.post('/aanmelden/controle', { _csrf: csrf })));
  expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(Array(3).fill([303, '/aanmelden/dank-je-wel']));
  expect((await referrals()).length).toBe(before + 1);
  // Nothing of what was typed is left in the draft, and the page says the same when it is opened again.
  expect((await visitor.open('/aanmelden/dank-je-wel')).text).toContain('Dank je wel');
  await visitor.open('/aanmelden/vraag');
  expect(visitor.url).toBe('/aanmelden/dank-je-wel');
  expect((await visitor.open('/aanmelden')).text).toContain('Ik vraag het voor mezelf');
});

it('says the same for somebody who is known', async () => {
  const said: string[] = [];
  for (let i = 0; i < 2; i += 1) {
    const visitor = await begun(test, 'self');
    await until(visitor, SELF.map(([step, fields]) => [step, step === 'bereiken' ? { 'resident.email': 'dubbel@example.org' } : fields]), 'controle');
    said.push((await visitor.send('/aanmelden/controle')).text.replace(/value="[^"]+"/g, ''));
  }
  expect(said[0]).toBe(said[1]);
});

it('needs the page\'s own form', async () => {
  const visitor = aVisitor(test);
  expect((await visitor.post('/aanmelden', { way: 'self' })).status).toBe(403);
});

import { DateTime } from 'luxon';
import type { Letter } from '../src/desk/letters.dto.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aCase, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
beforeAll(async () => (test = await startApp()));
beforeEach(async () => {
  test.clock.set(START);
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(() => test.stop());

/** Somebody without mail or telephone, who was invited; and who has dates to choose from. */
async function aLetterWriter({ language = 'nl', dates = 0 } = {}): Promise<{ story: StoryCase; memberId: string; messageId: string }> {
  const truus = { name: 'Truus de Boer', relation: 'relative', reach: 'letter', address: 'Kade 12, 1234 AB Waterstad', language };
  const story = await aCase(test, { circle: [truus] }, facilitator);
  const memberId = story.members.Truus!.id;
  await facilitator.post(`/v1/circle-members/${memberId}/approval`, { by: 'main-person' }).expect(200);
  if (dates > 0) {
    const from = DateTime.fromJSDate(test.clock.now()).plus({ days: 10 });
    const slots = Array.from({ length: dates }, (_, i) => ({ startsAt: from.plus({ days: i }).toISO()!, endsAt: from.plus({ days: i, hours: 2 }).toISO()! }));
    await facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other', address: 'Buurthuis' }, slots }).expect(201);
  }
  const { items } = (await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202)).body as { items: { memberId: string; messageId: string }[] };
  return { story, memberId, messageId: items.find((one) => one.memberId === memberId)!.messageId };
}
const letterOf = async (messageId: string): Promise<Letter> => (await facilitator.get(`/v1/messages/${messageId}/letter`).expect(200)).body as Letter;
async function atWork(): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  return visitor;
}

it('A letter has the address, the words of the mail, what there is to tick, whom to call and the notice of first contact', async () => {
  const { messageId } = await aLetterWriter();
  expect(await letterOf(messageId)).toMatchObject({
    to: ['Truus de Boer', 'Kade 12', '1234 AB Waterstad'],
    date: '16 november 2026',
    subject: 'Uitnodiging voor een gesprek',
    hello: expect.stringContaining('Truus') as string,
    choices: ['Ik doe mee', 'Ik doe liever niet mee'],
    call: expect.stringMatching(/^Vragen\? Bel .*06 12345600/) as string,
    signed: ['Groet,', 'Noor Facilitator', 'Netwerkberaad Noord'],
  });
  expect((await letterOf(messageId)).notice.join(' ')).toMatch(/naam/);
});

it('Dates stand on it each with a box, and none of them too, in the language of who reads it', async () => {
  const { messageId } = await aLetterWriter({ language: 'tr', dates: 3 });
  const letter = await letterOf(messageId);
  expect(letter).toMatchObject({ language: 'tr', direction: 'ltr' });
  expect(letter.choices.map((choice) => choice.split(':')[0])).toEqual([
    'Şu zaman gelebilirim', 'Şu zaman gelebilirim', 'Şu zaman gelebilirim', 'Bu günlerin hiçbirinde gelemem', 'Katılmamayı tercih ederim',
  ]);
  expect(letter.choices[0]).toMatch(/26 Kasım 2026/);
});

it('Opening it is on the audit log of its case, each time', async () => {
  const { story, messageId } = await aLetterWriter();
  await letterOf(messageId);
  await letterOf(messageId);
  const admin = await test.staff('Ali Admin', 'admin');
  const { items } = (await admin.get(`/v1/audit-events?caseId=${story.id}&action=messages.letter-read`).expect(200)).body as { items: { objectId: string }[] };
  expect(items.map(({ objectId }) => objectId)).toEqual([messageId, messageId]);
});

it('It is not there for another facilitator, and not any more once it was sent', async () => {
  const { messageId } = await aLetterWriter();
  const other = await test.staff('Omar Facilitator', 'facilitator');
  await other.get(`/v1/messages/${messageId}/letter`).expect(404);
  const visitor = await atWork();
  await visitor.open('/werk');
  await visitor.send(`/werk/berichten/${messageId}/gedaan`);
  expect((await facilitator.get(`/v1/messages/${messageId}/letter`).expect(409)).body).toMatchObject({ state: 'sent' });
});

it('The work page says what to say, and leads to the sheet to print', async () => {
  const { story, messageId } = await aLetterWriter();
  const visitor = await atWork();
  const work = await visitor.open('/werk');
  expect(work.text).toContain('Wat je kunt zeggen');
  expect(work.text).toContain('wil met een paar mensen om tafel');
  const path = `/werk/trajecten/${story.reference}/brief/${messageId}`;
  expect(work.text).toContain(`href="${path}"`);
  const sheet = await visitor.open(path);
  expect(sheet.text).toMatch(/<address><span dir="auto">Truus de Boer<\/span><span dir="auto">Kade 12<\/span><span dir="auto">1234 AB Waterstad<\/span><\/address>/);
  expect(sheet.text).toContain('Knip deze strook af');
  expect((await visitor.open(path.replace(story.reference, 'NB-2026-999999'))).status).toBe(404);
});

it('A code for a device is never said or written by somebody else', async () => {
  const { canBeSaid } = await import('../src/desk/letters.rules.js');
  expect((['device-code', 'personal-link', 'password-link', 'invitation'] as const).map(canBeSaid)).toEqual([false, false, false, true]);
});

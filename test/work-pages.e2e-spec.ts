import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { anInvitedCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const DAY_MS = 24 * 60 * 60 * 1000;

/** The facilitator at work, in a browser. */
async function noorAtWork(): Promise<Visitor> {
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  return noor;
}

/** One list of the page, by its heading. */
const list = (page: string, title: string): string => page.split(`>${title}`)[1]?.split('</section>')[0] ?? '';

it('shows who did not answer for three days, with a number to call and when that is safe', async () => {
  const preference = { hours: 'na 17 uur', noVoicemail: true };
  const story = await anInvitedCase(test, {
    circle: [
      { name: 'Joost Bakker', relation: 'neighbour', email: 'joost.stil@example.org', phone: '06 1234 5681', contactPreference: preference },
      { name: 'Ria de Wit', relation: 'parent', email: 'ria.zegt.ja@example.org' },
    ],
  });
  const made = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, {
    place: { type: 'other', address: 'De Klomp' },
    slots: ['26', '27'].map((day) => ({ startsAt: `2026-11-${day}T19:00:00+01:00`, endsAt: `2026-11-${day}T21:00:00+01:00` })),
  }).expect(201);
  const { id, slots } = made.body as { id: string; slots: { id: string }[] };
  await story.facilitator.put(`/v1/meetings/${id}/responses/${story.members.Ria!.id}`, { answers: { [slots[0]!.id]: 'yes' } }).expect(200);

  expect((await noorAtWork()).page.text).not.toContain('0612345681');
  test.clock.set(new Date(START.getTime() + 3 * DAY_MS + 1000));
  const silent = list((await noorAtWork()).page.text, 'Nog geen antwoord');
  expect(silent).toContain('Joost Bakker');
  expect(silent).toContain('href="tel:+31612345681"');
  expect(silent).toContain('na 17 uur');
  expect(silent).toContain('geen voicemail');
  expect(silent).not.toContain('Ria');
});

import { startApp, type TestApp } from './support/app.js';
import { aMeetingStory, plan } from './support/meetings.js';
import { aVisitor } from './support/browser.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const THURSDAY = { startsAt: '2027-01-07T13:00:00Z', endsAt: '2027-01-07T15:00:00Z' };

/** A facilitator on the page about their own agenda. */
async function atAgenda(name: string) {
  const caller = await test.staff(name, 'facilitator');
  const visitor = aVisitor(test);
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@noord.example`;
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email, password: 'een lang wachtwoord' });
  return { caller, visitor };
}

it('keeps the hours that were typed, by day, and says which day is wrong', async () => {
  const { caller, visitor } = await atAgenda('Agnes Agenda');
  await visitor.open('/werk/agenda');
  const saved = await visitor.send('/werk/agenda/werktijden', { 'from.1': '09:00', 'until.1': '17:00', 'from.3': '10:30', 'until.3': '12:00' });
  expect(saved.text).toContain('Je werktijden zijn bewaard.');
  expect((await caller.get('/v1/me/availability')).body).toEqual({ hours: [{ weekday: 1, from: 540, until: 1020 }, { weekday: 3, from: 630, until: 720 }] });
  const page = await visitor.open('/werk/agenda');
  expect(page.text).toContain('value="10:30"');
  const wrong = await visitor.send('/werk/agenda/werktijden', { 'from.1': '17:00', 'until.1': '09:00' });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('Het einde moet na het begin liggen.');
});

it('notes an absence, names the meetings in it with a way to hand them over, and takes it back', async () => {
  const { caller, visitor } = await atAgenda('Bea Beraad');
  const story = await aMeetingStory(test, {}, caller);
  await plan(story, [THURSDAY]);
  await visitor.open('/werk/agenda');
  await visitor.send('/werk/agenda/afwezig', { kind: 'leave', from: '2027-01-04', to: '2027-01-08' });
  expect(visitor.url).toBe('/werk/agenda?gedaan=absence-added');
  const page = await visitor.open('/werk/agenda');
  expect(page.text).toContain(`/werk/trajecten/${story.reference}/overdragen`);
  const path = /action="(\/werk\/agenda\/afwezig\/[0-9a-f-]{36}\/weg)"/.exec(page.text)![1]!;
  await visitor.send(path);
  expect((await caller.get('/v1/me/absences')).body).toEqual({ items: [] });
});

it('shows the secret address once, and a free moment that is nobody’s yet', async () => {
  const { visitor } = await atAgenda('Cor Calender');
  const before = await visitor.open('/werk/agenda');
  expect(before.text).toContain('dinsdag 17 november');
  const made = await visitor.send('/werk/agenda/adres');
  const url = /http:\/\/localhost:3000(\/agenda\/[\w.-]+\.ics)/.exec(made.text)![1]!;
  expect(made.headers['cache-control']).toBe('no-store');
  await test.as().get(url).expect(200);
  const after = await visitor.open('/werk/agenda');
  expect(after.text).not.toContain(url);
  await visitor.send('/werk/agenda/adres/stoppen');
  await test.as().get(url).expect(404);
});

import { CircleService } from '../src/circle/circle.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { channelsOfChanged, answerBefore, erasedOn } from '../src/privacy/rights.rules.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { anInvitedCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

let counted = 0;
/** Joost, who came in by the link in his mail. */
async function joostOf(): Promise<{ story: StoryCase; joost: Caller; token: string }> {
  const email = `joost${(counted += 1)}@example.org`;
  const story = await anInvitedCase(test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email }] }, facilitator);
  const token = linkToken(await mailTo(test.app, email));
  return { story, token, joost: await byLink(test, token) };
}

/** Their device becomes known by the code in a mail to the address that we have. */
async function makeKnown(joost: Caller): Promise<void> {
  await joost.post('/v1/participant-sessions/step-up', { via: 'mail' }).expect(202);
  await test.deliver();
  const [code] = /\b\d{6}\b/.exec((await mailTo(test.app, `joost${counted}@example.org`)).text)!;
  await joost.post('/v1/participant-sessions/step-up/confirmation', { code }).expect(200);
}

it('changes at once what somebody says about themself; the facilitator reads it on the timeline', async () => {
  const { story, joost } = await joostOf();
  await makeKnown(joost);
  const changes = { firstName: 'Joop', phone: '06 1111 2222', address: 'Kade 1', language: 'en', contactPreference: { channel: 'sms', note: 'na zessen' } };
  const changed = await joost.patch('/v1/me/data', changes).expect(200);
  expect(changed.body).toMatchObject({ ...changes, phone: '+31611112222', name: 'Joost Bakker', email: `joost${counted}@example.org` });
  const seen = await facilitator.get(`/v1/circle-members/${joost.id}`).expect(200);
  expect(seen.body).toMatchObject({ firstName: 'Joop', phone: '+31611112222', contactPreference: { note: 'na zessen' } });
  expect((await facilitator.get(`/v1/cases/${story.id}/timeline`)).text).toContain('De gegevens van Joop zijn aangepast.');
});

it('ends the links that went to the old address, and keeps this device in', async () => {
  const { joost, token } = await joostOf();
  await makeKnown(joost);
  await test.as().post('/v1/participant-sessions', { linkToken: token }).expect(201);
  await joost.patch('/v1/me/data', { email: 'nieuw@example.org' }).expect(200);
  await test.as().post('/v1/participant-sessions', { linkToken: token }).expect(401);
  await joost.get('/v1/me').expect(200);
});

it('no longer takes a number for verified when it is another one', async () => {
  const { joost } = await joostOf();
  await makeKnown(joost);
  await joost.patch('/v1/me/data', { phone: '0611112222' }).expect(200);
  const client = test.app.get(Database);
  const verified = (): Promise<boolean> =>
    client.view(systemContext(test.organisationId, 'test'), async (tx) => (await test.app.get(CircleService).member(tx, joost.id)).phoneVerifiedAt !== null);
  await client.run(systemContext(test.organisationId, 'test'), async (tx) => {
    const circle = test.app.get(CircleService);
    await circle.change(tx, await circle.member(tx, joost.id), { phoneVerifiedAt: tx.now });
  });
  await joost.patch('/v1/me/data', { name: 'Joost B' }).expect(200);
  expect(await verified()).toBe(true);
  await joost.patch('/v1/me/data', { phone: '0611113333' }).expect(200);
  expect(await verified()).toBe(false);
});

it.each([{ phone: '0611112222' }, { email: 'een.ander@example.org' }, { email: null, phone: '0611112222' }])(
  'takes no address for a code from a device that is not known: %j',
  async (changes) => {
    const { joost } = await joostOf();
    expect(((await joost.patch('/v1/me/data', changes).expect(403)).body as { type: string }).type).toMatch(/step-up-required$/);
    // What leads nowhere is their own to say at once; the address that we have may be among it.
    await joost.patch('/v1/me/data', { firstName: 'Joop', email: `joost${counted}@example.org` }).expect(200);
    await joost.post('/v1/participant-sessions/step-up', { via: 'sms' }).expect(409);
    expect((await facilitator.get(`/v1/circle-members/${joost.id}`).expect(200)).body).not.toHaveProperty('phone');
  },
);

it('keeps links when no address changed, and refuses to leave no way to reach somebody', async () => {
  const { joost, token } = await joostOf();
  await joost.patch('/v1/me/data', { name: 'Joost de Bakker' }).expect(200);
  await test.as().post('/v1/participant-sessions', { linkToken: token }).expect(201);
  await makeKnown(joost);
  const refused = await joost.patch('/v1/me/data', { email: null }).expect(400);
  expect(refused.body).toMatchObject({ errors: [{ code: 'unreachable' }] });
  await joost.patch('/v1/me/data', { name: 'Te laat' }).set('If-Match', '"1"').expect(412);
  await joost.patch('/v1/me/data', { state: 'coming' }).expect(400);
});

it('asks a main person for a device that is known before an address changes, and calls the case by the new name', async () => {
  const { story } = await joostOf();
  const sanne = await atTheTable(test, story, story.resident.id);
  await sanne.patch('/v1/me/data', { name: 'Sanne Nieuwenhuis' }).expect(200);
  const cases = (await facilitator.get('/v1/cases').expect(200)).body as { items: { id: string; residentName: string }[] };
  expect(cases.items.find(({ id }) => id === story.id)!.residentName).toBe('Sanne Nieuwenhuis');
  await facilitator.post(`/v1/circle-members/${sanne.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const byMail = await byLink(test, linkToken(await mailTo(test.app, 'sanne@example.org')));
  expect(((await byMail.patch('/v1/me/data', { phone: '0611112222' }).expect(403)).body as { type: string }).type).toMatch(/step-up-required$/);
});

it('answers a request to put something right, once, within a month, in words that only the asker and the facilitator read', async () => {
  const { story, joost } = await joostOf();
  const asked = await joost.post('/v1/me/corrections', { subject: 'plan', text: 'Ik doe de post niet op dinsdag.' }).expect(201);
  expect(asked.body).toMatchObject({ state: 'open', dueOn: '2026-12-16', answer: null, memberName: 'Joost Bakker' });
  const { id } = asked.body as { id: string };
  const list = await facilitator.get(`/v1/cases/${story.id}/corrections`).expect(200);
  expect(list.body).toMatchObject({ items: [{ id, text: 'Ik doe de post niet op dinsdag.', subject: 'plan' }] });
  const other = await test.staff('Els Elders', 'facilitator');
  await other.get(`/v1/cases/${story.id}/corrections`).expect(404);
  await other.post(`/v1/corrections/${id}/answer`, { outcome: 'noted', text: 'x' }).expect(404);
  const sanne = await atTheTable(test, story, story.resident.id);
  expect((await sanne.get('/v1/me/corrections').expect(200)).body).toEqual({ items: [] });
  await facilitator.post(`/v1/corrections/${id}/answer`, { outcome: 'corrected', text: 'Het is woensdag geworden.' }).expect(200);
  const again = await facilitator.post(`/v1/corrections/${id}/answer`, { outcome: 'declined', text: 'Toch niet.' }).expect(409);
  expect(again.body).toMatchObject({ state: 'corrected' });
  expect((await joost.get('/v1/me/corrections').expect(200)).body).toMatchObject({ items: [{ state: 'corrected', answer: 'Het is woensdag geworden.' }] });
});

it.each([
  ['2026-11-16T08:30:00Z', '2026-12-16'],
  ['2026-01-31T12:00:00Z', '2026-02-28'],
  ['2026-11-30T23:30:00Z', '2027-01-01'],
])('asked at %s is to be answered before %s', (asked, due) => {
  expect(answerBefore(new Date(asked))).toBe(due);
});

it.each([
  ['2026-12-16', '2026-11-20', '2026-12-16'],
  ['2026-12-16', '2026-12-12', '2026-12-19'],
  ['2027-01-01', '2026-12-31', '2027-01-07'],
])('to be answered before %s and decided on %s, what is of others too goes on %s', (dueOn, today, goesOn) => {
  expect(erasedOn(dueOn, today)).toBe(goesOn);
});

it.each([
  [{ email: 'a@b.nl' }, { email: 'a@b.nl' }, []],
  [{ email: 'a@b.nl' }, { email: 'c@b.nl' }, ['mail']],
  [{ phone: '+31611112222' }, {}, ['sms']],
  [{}, { email: 'c@b.nl', phone: '+31611112222' }, ['mail', 'sms']],
])('from %j to %j the links by %j end', (before, after, channels) => {
  expect(channelsOfChanged(before, after)).toEqual(channels);
});

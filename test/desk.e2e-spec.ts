import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { confirmationToken, linkToken, mailTo } from './support/mailbox.js';
import { aMetCase, fixPlan, writeDraft } from './support/plans.js';
import { aReferral, anInvitedCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const slots = [
  { startsAt: '2026-11-24T19:00:00+01:00', endsAt: '2026-11-24T21:00:00+01:00' },
  { startsAt: '2026-11-25T14:00:00+01:00', endsAt: '2026-11-25T16:00:00+01:00' },
];
const place = { type: 'other', address: 'Buurthuis De Klomp' };

/** Joost, who opened the link in his mail. */
async function joostAtHome(): Promise<Visitor> {
  const visitor = aVisitor(test);
  const path = `/l/${linkToken(await mailTo(test.app, 'joost@example.org'))}`;
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

/** Sanne, on the device on which the facilitator showed the link. */
async function sanneAtTheTable(story: StoryCase): Promise<Visitor> {
  const link = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
  const visitor = aVisitor(test);
  const path = new URL((link.body as { url: string }).url).pathname;
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

it('says on the start page what this is, to everyone', async () => {
  const visitor = aVisitor(test);
  const page = await visitor.open('/');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Sta er niet alleen voor');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.headers['referrer-policy']).toBe('strict-origin');
});

it('signs staff in on the page and brings them where they wanted to be', async () => {
  await test.staff('Noor Facilitator', 'facilitator');
  const visitor = aVisitor(test);
  await visitor.open('/werk');
  expect(visitor.url).toBe('/inloggen?next=%2Fwerk');
  const wrong = await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'fout' });
  expect(wrong.status).toBe(401);
  expect(wrong.text).toContain('horen niet bij elkaar');
  expect(wrong.text).not.toContain('fout"');
  await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  expect(visitor.url).toBe('/werk');
});

it('never goes to another site after signing in', async () => {
  await test.staff('Noor Facilitator', 'facilitator');
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
    const visitor = aVisitor(test);
    await visitor.open('/inloggen');
    await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord', next });
    expect(visitor.url).toBe('/werk');
  }
});

it('opens no session when a link is only followed, as mail scanners do, and one when its button is pressed', async () => {
  await anInvitedCase(test);
  const path = `/l/${linkToken(await mailTo(test.app, 'joost@example.org'))}`;
  const visitor = aVisitor(test);
  for (let i = 0; i < 3; i += 1) {
    const page = await visitor.open(path);
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(String(page.headers['set-cookie'] ?? '')).not.toContain('session=');
  }
  await visitor.send(path);
  expect(visitor.url).toBe('/kring');
  expect(visitor.page.text).toContain('Joost');
  expect(visitor.page.text).not.toContain('Ria de Wit');
});

it('shows the same page for a link that ended and one that never was', async () => {
  const visitor = aVisitor(test);
  const page = await visitor.open(`/l/${test.organisationId}.${'x'.repeat(43)}`);
  expect(page.status).toBe(404);
  expect((await visitor.open('/l/onzin')).text).toBe(page.text);
});

it('refuses a form that does not come from our own page', async () => {
  await anInvitedCase(test);
  const joost = await joostAtHome();
  expect((await joost.post('/kring/haal-mij-weg', { x: '1' })).status).toBe(403);
  const path = '/kring/haal-mij-weg';
  await joost.open(path);
  const token = /name="_csrf" value="([^"]+)"/.exec(joost.page.text)![1]!;
  expect((await joost.post(path, { _csrf: token }, { Origin: 'https://evil.example' })).status).toBe(403);
  expect((await joost.open('/kring')).status).toBe(200);
});

it('answers a date with one tap, shows it again, and keeps it', async () => {
  const story = await anInvitedCase(test);
  const poll = (await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots }).expect(201)).body as { id: string; slots: { id: string }[] };
  const joost = await joostAtHome();
  expect(joost.page.text).toContain('19.00');
  await joost.send('/kring/antwoord', { answer: `${poll.slots[0]!.id}:yes` });
  expect(joost.url).toBe('/kring?gedaan=answer');
  expect(joost.page.text).toContain('Je antwoord is bewaard');
  const seen = (await story.facilitator.get(`/v1/meetings/${poll.id}`)).body as { responses: { memberId: string; answers: object }[] };
  expect(seen.responses).toEqual([expect.objectContaining({ memberId: story.members.Joost!.id, answers: { [poll.slots[0]!.id]: 'yes' } })]);
});

it('shows only one’s own promises and ticks them off with a thank-you', async () => {
  const story = await aMetCase(test, ['Sanne', 'Joost', 'Ria']);
  await writeDraft(story, {
    goals: [],
    commitments: [
      { memberId: story.members.Joost!.id, text: 'Dinsdag de post doen.' },
      { memberId: story.members.Ria!.id, text: 'Kinderen halen.' },
    ],
  });
  const plan = await fixPlan(story);
  const joost = await joostAtHome();
  expect(joost.page.text).toContain('Dinsdag de post doen.');
  expect(joost.page.text).not.toContain('Kinderen halen.');
  const own = (plan as { commitments: { id: string; memberId: string }[] }).commitments.find(({ memberId }) => memberId === story.members.Joost!.id)!;
  await joost.send(`/kring/afspraken/${own.id}`, { state: 'given-back' });
  expect(joost.page.status).toBe(400);
  await joost.open('/kring');
  await joost.send(`/kring/afspraken/${own.id}`, { state: 'done' });
  expect(joost.page.text).toContain('Dank je wel');
  expect((await story.facilitator.get(`/v1/commitments/${own.id}`)).body).toMatchObject({ state: 'done' });
});

it('takes someone out of the circle with one tap and a question, and then knows them no more', async () => {
  const story = await anInvitedCase(test);
  const joost = await joostAtHome();
  await joost.open('/kring/haal-mij-weg');
  expect((await story.facilitator.get(`/v1/circle-members/${story.members.Joost!.id}`)).body).toMatchObject({ state: 'invited' });
  await joost.send('/kring/haal-mij-weg');
  expect(joost.page.status).toBe(200);
  expect((await story.facilitator.get(`/v1/circle-members/${story.members.Joost!.id}`)).body).toMatchObject({ state: 'removed' });
  expect((await joost.open('/kring')).status).toBe(401);
});

it('puts a call on the facilitator’s list once, however often it is asked', async () => {
  const story = await anInvitedCase(test);
  const joost = await joostAtHome();
  await joost.send('/bel-mij-terug');
  expect(joost.page.text).toContain('bellen je zo snel mogelijk terug');
  const page = await joost.open('/kring');
  expect(page.text).not.toContain('action="/bel-mij-terug"');
  const log = (await story.facilitator.get(`/v1/messages?memberId=${story.members.Joost!.id}&state=by-hand`)).body as { items: { template: string }[] };
  expect(log.items.map(({ template }) => template)).toEqual(['call-back']);
});

it('lets the resident say yes and liever niet on their own page, on a device that is known', async () => {
  const story = await anInvitedCase(test);
  const added = await story.facilitator.post(`/v1/cases/${story.id}/circle-members`, { name: 'Tante Bep', relation: 'relative', phone: '0612345699' }).expect(201);
  const bep = (added.body as { id: string }).id;
  const sanne = await sanneAtTheTable(story);
  expect(sanne.url).toBe('/mijn');
  await sanne.send(`/mijn/kring/${bep}/ja`);
  expect((await story.facilitator.get(`/v1/circle-members/${bep}`)).body).toMatchObject({ state: 'approved' });
  await sanne.send('/mijn/zinnen', { want: 'Hier blijven wonen.', can: 'Bellen.', need: 'Iemand voor de post.' });
  expect(sanne.page.text).toContain('Hier blijven wonen.');
});

it('shows a main person only dates and own promises on a device that is not known', async () => {
  const story = await anInvitedCase(test);
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const path = `/l/${linkToken(await mailTo(test.app, 'sanne@example.org'))}`;
  const sanne = aVisitor(test);
  await sanne.open(path);
  await sanne.send(path);
  expect(sanne.url).toBe('/mijn');
  expect(sanne.page.text).not.toContain('Ria de Wit');
  expect((await sanne.post(`/mijn/kring/${story.members.Ria!.id}/ja`, { x: '1' })).status).toBe(403);
});

it('confirms a referral with a button', async () => {
  const email = 'wijkagent@politie.example';
  await test.as().post('/v1/referrals', aReferral({ source: 'police', referrer: { name: 'Bo', email } })).expect(201);
  await test.deliver();
  const path = `/bevestig/${confirmationToken(await mailTo(test.app, email))}`;
  const visitor = aVisitor(test);
  await visitor.open(path);
  const lead = await test.staff('Lena Lead', 'lead');
  const waiting = async (): Promise<number> => ((await lead.get('/v1/referrals?state=awaiting-confirmation')).body as { items: object[] }).items.length;
  expect(await waiting()).toBe(1);
  await visitor.send(path);
  expect(await waiting()).toBe(0);
});

it('keeps participants out of the pages of staff', async () => {
  const story = await anInvitedCase(test);
  const ria = await atTheTable(test, story, story.members.Ria!.id);
  expect(ria.id).toBe(story.members.Ria!.id);
  const joost = await joostAtHome();
  expect((await joost.open('/werk')).status).toBe(403);
});

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

let stories = 0;

/** A story with a neighbour of its own, so that mails of one story are not read in another. */
function withJoost(): { joost: string; changes: Record<string, unknown> } {
  stories += 1;
  const joost = `joost.${stories}@example.org`;
  const circle = [
    { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
    { name: 'Joost Bakker', relation: 'neighbour', email: joost },
  ];
  const resident = { name: 'Sanne de Wit', email: `sanne.${stories}@example.org`, phone: '06 1234 5678' };
  return { joost, changes: { circle, resident } };
}

async function invited(): Promise<StoryCase & { joost: string }> {
  const { joost, changes } = withJoost();
  return { ...(await anInvitedCase(test, changes)), joost };
}

/** Joost, who opened the link in his mail. */
async function atHome(joost: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  const path = `/l/${linkToken(await mailTo(test.app, joost))}`;
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

/** Someone on the device on which the facilitator showed the link. */
async function onKnownDevice(story: StoryCase, memberId: string): Promise<Visitor> {
  const link = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
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
  const { joost } = await invited();
  const path = `/l/${linkToken(await mailTo(test.app, joost))}`;
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
  const story = await invited();
  const joost = await atHome(story.joost);
  expect((await joost.post('/kring/haal-mij-weg', { x: '1' })).status).toBe(403);
  const path = '/kring/haal-mij-weg';
  await joost.open(path);
  const token = /name="_csrf" value="([^"]+)"/.exec(joost.page.text)![1]!;
  expect((await joost.post(path, { _csrf: token }, { Origin: 'https://evil.example' })).status).toBe(403);
  expect((await joost.open('/kring')).status).toBe(200);
});

it('answers a date with one tap, shows it again, and keeps it', async () => {
  const story = await invited();
  const poll = (await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots }).expect(201)).body as { id: string; slots: { id: string }[] };
  const joost = await atHome(story.joost);
  expect(joost.page.text).toContain('19.00');
  await joost.send('/kring/antwoord', { answer: `${poll.slots[0]!.id}:yes` });
  expect(joost.url).toBe('/kring?gedaan=answer');
  expect(joost.page.text).toContain('Je antwoord is bewaard');
  const seen = (await story.facilitator.get(`/v1/meetings/${poll.id}`)).body as { responses: { memberId: string; answers: object }[] };
  expect(seen.responses).toEqual([expect.objectContaining({ memberId: story.members.Joost!.id, answers: { [poll.slots[0]!.id]: 'yes' } })]);
});

it('shows only one’s own promises and ticks them off with a thank-you', async () => {
  const story = await aMetCase(test, ['Sanne', 'Joost', 'Ria']);
  await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/approval`, { by: 'main-person' }).expect(200);
  await writeDraft(story, {
    goals: [],
    commitments: [
      { memberId: story.members.Joost!.id, text: 'Dinsdag de post doen.' },
      { memberId: story.members.Ria!.id, text: 'Kinderen halen.' },
    ],
  });
  const plan = await fixPlan(story);
  const joost = await onKnownDevice(story, story.members.Joost!.id);
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

it('says “ik loop vast” with who can take it away, and “liever niet” to what was asked, each on one’s own page', async () => {
  const story = await aMetCase(test, ['Sanne', 'Joost']);
  const { Joost, Ria } = story.members;
  for (const { id } of [Joost!, Ria!]) await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  const texts = ['De woningbouw bellen.', 'De post doen.'];
  const commitments = [...texts.map((text) => ({ memberId: Joost!.id, text })), { memberId: Ria!.id, text: 'Kinderen halen.' }];
  await writeDraft(story, { goals: [], commitments });
  const [call, post, asked] = (await fixPlan(story)).commitments;
  const joost = await onKnownDevice(story, Joost!.id);
  const stuck = (id: string): string => `/kring/afspraken/${id}/vast`;
  await joost.send(stuck(call!.id), { text: 'Er is een wachtlijst.' });
  expect([joost.page.status, joost.page.text.includes('Er is een wachtlijst.')]).toEqual([400, true]);
  await joost.open('/kring');
  await joost.send(stuck(call!.id), { text: 'Er is een wachtlijst.', category: 'waiting-list', 'whoseMove.organisation': 'Woonstichting' });
  await joost.send(stuck(post!.id), { text: 'Ik snap de brief niet.', category: 'information' });
  const { items } = (await story.facilitator.get(`/v1/obstacles?caseId=${story.id}`).expect(200)).body as { items: { category: string; whoseMove: object }[] };
  expect(items.map(({ category, whoseMove }) => [category, whoseMove])).toEqual(expect.arrayContaining([
    ['waiting-list', expect.objectContaining({ organisation: 'Woonstichting' })],
    ['information', expect.objectContaining({ memberId: Joost!.id })],
  ]));
  expect((await story.facilitator.get(`/v1/commitments/${call!.id}`)).body).toMatchObject({ state: 'blocked' });
  const ria = await onKnownDevice(story, Ria!.id);
  expect(ria.page.text).toContain('Ja, dat doe ik');
  await ria.send(`/kring/afspraken/${asked!.id}`, { state: 'given-back', note: 'Liever niet' });
  expect((await story.facilitator.get(`/v1/commitments/${asked!.id}`)).body).toMatchObject({ state: 'given-back' });
});

it('asks who is to take a promise over, with one tap for yes', async () => {
  const story = await aMetCase(test, ['Sanne', 'Joost', 'Ria']);
  const { Joost, Ria } = story.members;
  for (const { id } of [Joost!, Ria!]) await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  await writeDraft(story, { goals: [], commitments: [Joost!, Ria!].map(({ id, name }) => ({ memberId: id, text: `Taak van ${name}` })) });
  const [own] = (await fixPlan(story)).commitments;
  await story.facilitator.post(`/v1/commitments/${own!.id}/passing-on`, { memberId: Ria!.id, note: 'Kan jij dit?' }).expect(201);
  const ria = await onKnownDevice(story, Ria!.id);
  expect(ria.page.text).toContain('Wil jij dit overnemen?');
  expect(ria.page.text).toContain('Kan jij dit?');
  await ria.send(`/kring/afspraken/${own!.id}/overnemen`, { yes: 'true' });
  expect(ria.page.text).not.toContain('Wil jij dit overnemen?');
  expect((await story.facilitator.get(`/v1/commitments/${own!.id}`)).body).toMatchObject({ memberId: Ria!.id, state: 'promised' });
});

it('takes someone out of the circle with one tap and a question, and then knows them no more', async () => {
  const story = await invited();
  const joost = await atHome(story.joost);
  await joost.open('/kring/haal-mij-weg');
  expect((await story.facilitator.get(`/v1/circle-members/${story.members.Joost!.id}`)).body).toMatchObject({ state: 'invited' });
  await joost.send('/kring/haal-mij-weg');
  expect(joost.page.status).toBe(200);
  expect((await story.facilitator.get(`/v1/circle-members/${story.members.Joost!.id}`)).body).toMatchObject({ state: 'removed' });
  expect((await joost.open('/kring')).status).toBe(401);
});

it('puts a call on the facilitator’s list once, however often it is asked', async () => {
  const story = await invited();
  const joost = await atHome(story.joost);
  await joost.send('/bel-mij-terug');
  expect(joost.page.text).toContain('bellen je zo snel mogelijk terug');
  const page = await joost.open('/kring');
  expect(page.text).not.toContain('action="/bel-mij-terug"');
  const log = (await story.facilitator.get(`/v1/messages?memberId=${story.members.Joost!.id}&state=by-hand`)).body as { items: { template: string }[] };
  expect(log.items.map(({ template }) => template)).toEqual(['call-back']);
});

it('lets the resident say yes and liever niet on their own page, on a device that is known', async () => {
  const story = await invited();
  const added = await story.facilitator.post(`/v1/cases/${story.id}/circle-members`, { name: 'Tante Bep', relation: 'relative', phone: '0612345699' }).expect(201);
  const bep = (added.body as { id: string }).id;
  const sanne = await onKnownDevice(story, story.resident.id);
  expect(sanne.url).toBe('/mijn');
  await sanne.send(`/mijn/kring/${bep}/ja`);
  expect((await story.facilitator.get(`/v1/circle-members/${bep}`)).body).toMatchObject({ state: 'approved' });
  expect(sanne.url).toBe('/mijn/kring?gedaan=approved');
  await sanne.open('/mijn');
  await sanne.send('/mijn/zinnen', { want: 'Hier blijven wonen.', can: 'Bellen.', need: 'Iemand voor de post.' });
  expect(sanne.page.text).toContain('Hier blijven wonen.');
});

it('shows a main person only dates and own promises on a device that is not known', async () => {
  const story = await invited();
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const path = `/l/${linkToken(await mailTo(test.app, story.joost.replace('joost', 'sanne')))}`;
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
  const story = await invited();
  const ria = await atTheTable(test, story, story.members.Ria!.id);
  expect(ria.id).toBe(story.members.Ria!.id);
  const joost = await atHome(story.joost);
  expect((await joost.open('/werk')).status).toBe(403);
});

/** The facilitator at work, in a browser. */
async function noorAtWork(): Promise<Visitor> {
  await test.staff('Noor Facilitator', 'facilitator');
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  return noor;
}

it('does the main job on the pages: from taking a referral to a plan that is carried', async () => {
  const referrer = await test.staff('Rosa Referrer', 'referrer');
  const { joost, changes } = withJoost();
  const referral = await referrer.post('/v1/referrals', aReferral({ ...changes, question: 'Een heel eigen vraag.' })).expect(201);
  const noor = await noorAtWork();
  expect(noor.page.text).toContain('Een heel eigen vraag.');
  const facilitator = await test.staff('Noor Facilitator', 'facilitator');
  await noor.send(`/werk/aanmeldingen/${(referral.body as { id: string }).id}/oppakken`, { facilitatorId: facilitator.id });
  const ref = /^\/werk\/trajecten\/(NB-2026-\d{6})/.exec(noor.url)![1]!;
  const at = (path: string): string => `/werk/trajecten/${ref}/${path}`;
  const cases = (await facilitator.get('/v1/cases?limit=100')).body as { items: { id: string; reference: string }[] };
  const caseId = cases.items.find(({ reference }) => reference === ref)!.id;
  const file = async (): Promise<{ state: string; circle: { id: string; name: string; state: string }[]; meetings: { id: string }[]; currentPlan: { id: string } }> =>
    (await facilitator.get(`/v1/cases/${caseId}`)).body as never;
  const { circle } = await file();
  const [sanne, ria, neighbour] = ['Sanne', 'Ria', 'Joost'].map((name) => circle.find((member) => member.name.startsWith(name))!.id) as [string, string, string];

  for (const id of [ria, neighbour]) await approve(noor, at(`kring/${id}/goedkeuring`));
  await noor.send(at('contact'), { memberId: ria, channel: 'call', outcome: 'reached' });
  await noor.send(at('uitnodigingen'));
  await test.deliver();
  expect((await mailTo(test.app, joost)).subject).toBe('Uitnodiging voor een gesprek');

  const bad = await noor.send(at('beraden'), { 'place.type': 'other', 'place.address': 'De Klomp', 'slots.0.date': '2026-11-01', 'slots.0.from': '19:00', 'slots.0.to': '21:00' });
  expect(bad.status).toBe(400);
  expect(bad.text).toContain('verleden');
  expect(bad.text).toContain('De Klomp');
  await noor.send(at('beraden'), { 'place.type': 'other', 'place.address': 'De Klomp', 'slots.0.date': '2026-11-16', 'slots.0.from': '09:45', 'slots.0.to': '11:00' });
  expect(noor.url).toContain('gedaan=meeting');
  const [meeting] = (await file()).meetings;
  await noor.send(at(`beraden/${meeting!.id}/aanwezigheid`), { 'items.0.presence': 'present', 'items.1.presence': 'present', 'items.2.presence': 'present' });
  await noor.send(at(`beraden/${meeting!.id}/afronden`), { outcome: 'plan', facilitatorHours: '6,5' });
  await noor.send(at('zinnen'), { memberId: sanne, want: 'Hier blijven.', can: 'Bellen.', need: 'Hulp met post.' });
  await noor.send(at('voorwaarden'), { home: 'attention', money: 'missing', relations: 'fine', days: 'fine' });
  await noor.send(at('welbevinden'), { memberId: sanne, instrument: 'cbs-happiness', moment: 'before', 'answers.q1': '4' });
  await noor.open(at('plan/schrijven'));
  const line = { do: 'save', lineId: 'nieuw', version: '' };
  await noor.send(at('plan/schrijven'), { ...line, kind: 'goals', text: 'Geen schuld meer.' });
  await noor.send(at('plan/schrijven'), { ...line, kind: 'commitments', memberId: neighbour, text: 'Samen de post doen.', dueOn: '2026-12-01' });
  await noor.open(`/werk/trajecten/${ref}`);
  expect(noor.page.text).toContain('Geen schuld meer.');
  await noor.send(at('plan/vastleggen'));
  expect(noor.page.text).toContain('Samen de post doen.');
  await noor.send(at('plan/akkoord'), { planId: (await file()).currentPlan.id, memberId: sanne, agrees: 'true' });
  await noor.send(at('kosten'), { side: 'before', itemId: 'gp-consult', quantity: '2', per: 'month', basis: 'reported' });
  expect(noor.page.status).toBe(200);
  expect(noor.page.text).toContain('Huisarts: consult');
  expect((await file()).state).toBe('carrying-out');
  await noor.send(at('afronden'), { outcome: 'goals-met' });
  expect((await file()).state).toBe('closed');
});

/** Presses a button of the circle's table: one form carries them all. */
async function approve(noor: Visitor, action: string): Promise<void> {
  const token = /name="_csrf" value="([^"]+)"/.exec(noor.page.text)![1]!;
  expect((await noor.post(action, { _csrf: token })).status).toBe(303);
  await noor.open(noor.url);
}

it('shows a link at the table on a page of its own', async () => {
  const story = await invited();
  const noor = await noorAtWork();
  await noor.open(`/werk/trajecten/${story.reference}`);
  const token = /name="_csrf" value="([^"]+)"/.exec(noor.page.text)![1]!;
  const shown = await noor.post(`/werk/trajecten/${story.reference}/kring/${story.resident.id}/link`, { _csrf: token, via: 'show' });
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('/l/');
});

it('does not know the page of a case of another facilitator, nor one that is not there', async () => {
  const story = await invited();
  await test.staff('Omar Facilitator', 'facilitator');
  const omar = aVisitor(test);
  await omar.open('/inloggen');
  await omar.send('/inloggen', { email: 'omar.facilitator@noord.example', password: 'een lang wachtwoord' });
  expect((await omar.open(`/werk/trajecten/${story.reference}`)).status).toBe(404);
  expect((await omar.open('/werk/trajecten/NB-2026-999999')).status).toBe(404);
  expect((await omar.open('/werk')).text).not.toContain(story.reference);
});

it('shows a lead whose case it is, and not whom it is about', async () => {
  const story = await invited();
  await test.staff('Lena Lead', 'lead');
  const lena = aVisitor(test);
  await lena.open('/inloggen');
  await lena.send('/inloggen', { email: 'lena.lead@noord.example', password: 'een lang wachtwoord' });
  expect(lena.url).toBe('/werk');
  expect(lena.page.text).toContain(story.reference);
  expect(lena.page.text).not.toContain(`href="/werk/trajecten/${story.reference}"`);
});

it('says which field is wrong, leads to it, and keeps what was typed', async () => {
  const noor = await noorAtWork();
  const story = await invited();
  const path = `/werk/trajecten/${story.reference}`;
  await noor.open(path);
  const typed = { 'place.type': 'home', 'slots.0.date': '2026-11-01', 'slots.0.from': '19:00', 'slots.0.to': '21:00' };
  const past = await noor.send(`${path}/beraden`, typed);
  expect(past.status).toBe(400);
  const [, id] = /<a href="#([^"]+)">Dag 1: dit ligt in het verleden/.exec(past.text)!;
  expect(past.text).toMatch(new RegExp(`<input type="date" id="${id}"[^>]*value="2026-11-01"[^>]*aria-invalid="true"`));
  await noor.open(path);
  const empty = await noor.send(`${path}/welbevinden`);
  const links = [...empty.text.matchAll(/<li><a href="#([^"]+)">[^<]+: dit moet je invullen/g)].map((found) => found[1]!);
  expect(links.length).toBeGreaterThan(1);
  for (const link of links) expect(empty.text).toContain(`id="${link}"`);
});

it('tells who came by a link to open it again, and never to sign in', async () => {
  const stranger = aVisitor(test);
  const page = await stranger.open('/kring');
  expect(page.status).toBe(401);
  expect(page.text).toContain('Open de link in je nieuwste mail');
  expect(page.text).not.toContain('/inloggen');
});

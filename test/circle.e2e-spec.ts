import { linkToken, mailTo, mailsTo } from './support/mailbox.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { statementsDuring } from './support/plans.js';
import { aCase, anInvitedCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const member = (story: StoryCase, name: string): string => story.members[name]!.id;
const approve = (story: StoryCase, name: string): ReturnType<Caller['post']> =>
  story.facilitator.post(`/v1/circle-members/${member(story, name)}/approval`, { by: 'main-person' });
const stateOf = async (story: StoryCase, name: string): Promise<string> =>
  ((await story.facilitator.get(`/v1/circle-members/${member(story, name)}`)).body as { state: string }).state;
const reached = { at: '2026-11-16T08:00:00+01:00', channel: 'call', outcome: 'reached' };

it('invites nobody who is not approved: one of them refuses all, and nothing is sent', async () => {
  const story = await aCase(test);
  await approve(story, 'Joost').expect(200);
  const refused = await facilitator
    .post(`/v1/cases/${story.id}/invitations`, { memberIds: [member(story, 'Joost'), member(story, 'Ria')] })
    .expect(409);
  expect(refused.body).toMatchObject({ state: 'proposed', allowed: ['approve', 'refuse', 'remove'] });
  expect(await stateOf(story, 'Joost')).toBe('approved');
  expect((await facilitator.get(`/v1/messages?caseId=${story.id}`)).body).toEqual({ items: [], next: null });
});

it('invites everyone who may be and is not yet, once each, with a message in every case', async () => {
  const story = await aCase(test);
  for (const name of ['Ria', 'Joost', 'Meester']) await approve(story, name).expect(200);
  const first = await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  const items = (first.body as { items: { memberId: string; messageId: string }[] }).items;
  expect(items.map(({ memberId }) => memberId).sort()).toEqual(['Ria', 'Joost', 'Meester'].map((name) => member(story, name)).sort());
  expect(items.every(({ messageId }) => /^[0-9a-f-]{36}$/.test(messageId))).toBe(true);
  expect((await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202)).body).toMatchObject({ items: [] });
  expect(await stateOf(story, 'Ria')).toBe('invited');
});

it('invites twenty people with as many statements as one', async () => {
  const statements = async (size: number): Promise<number> => {
    const story = await aCase(test, { circle: Array.from({ length: size }, (_, i) => ({ name: `Mens${i} Vriend`, relation: 'friend', email: `mens.${i}@example.org` })) });
    for (let i = 0; i < size; i += 1) await approve(story, `Mens${i}`).expect(200);
    return (await statementsDuring(() => facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202))).length;
  };
  expect(await statements(20)).toBe(await statements(1));
});

it('brings the invitation as a mail with a personal link and the notice of first contact, and as an SMS without mail', async () => {
  const joost = `joost.${Date.parse('2026-11-16')}@example.org`;
  const circle = [
    { name: 'Joost Bakker', relation: 'neighbour', email: joost },
    { name: 'Ria de Wit', relation: 'parent', phone: '06 8765 4321' },
  ];
  await anInvitedCase(test, { circle });
  const mail = await mailTo(test.app, joost);
  expect(mail.text).toContain('haal mij weg');
  expect(mail.text).toContain('gaf ons je naam');
  expect(linkToken(mail)).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/);
  expect((await mailTo(test.app, '+31687654321')).text).toContain('/l/');
});

it('points at a member of another case', async () => {
  const [one, other] = [await aCase(test), await aCase(test)];
  const refused = await facilitator.post(`/v1/cases/${one.id}/invitations`, { memberIds: [member(other, 'Ria')] }).expect(400);
  expect(refused.body).toMatchObject({ errors: [{ pointer: '/memberIds/0', code: 'unknown-member' }] });
});

it('notes a contact only with who may be contacted; reached makes an approved member approached', async () => {
  const story = await aCase(test);
  await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/contact-attempts`, reached).expect(409);
  await approve(story, 'Ria').expect(200);
  await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/contact-attempts`, { ...reached, outcome: 'not-reached' }).expect(201);
  expect(await stateOf(story, 'Ria')).toBe('approved');
  const noted = await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/contact-attempts`, reached).expect(201);
  expect(noted.body).toMatchObject({ outcome: 'reached', memberState: 'approached', at: '2026-11-16T07:00:00.000Z' });
  await facilitator.post(`/v1/circle-members/${story.resident.id}/contact-attempts`, reached).expect(201);
  expect((await facilitator.get(`/v1/circle-members/${story.resident.id}`)).body).toMatchObject({ state: 'approved' });
  const later = { ...reached, at: '2026-11-17T08:00:00Z' };
  await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/contact-attempts`, later).expect(400);
});

it('lets a main person say yes on a device that is known, and not on another', async () => {
  const story = await aCase(test);
  const known = await atTheTable(test, story, story.resident.id);
  await facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const unknown = await byLink(test, linkToken(await mailTo(test.app, 'sanne@example.org')));
  const path = `/v1/circle-members/${member(story, 'Ria')}/approval`;
  const refused = await unknown.post(path, {}).expect(403);
  expect(refused.body).toMatchObject({ type: expect.stringMatching(/step-up-required$/) });
  expect((await known.post(path, {}).expect(200)).body).toMatchObject({ state: 'approved' });
  expect((await known.post(path, {}).expect(409)).body).toMatchObject({ state: 'approved', allowed: ['disapprove', 'reach', 'invite', 'refuse', 'remove', 'lose-touch'] });
});

it('contacts nobody of the circle in an acute case before the main person says yes', async () => {
  const story = await aCase(test, { safety: { level: 'acute' }, consent: { given: false, ground: 'Jeugdwet 7.1.4.1' } });
  await approve(story, 'Ria').expect(200);
  await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/contact-attempts`, reached).expect(409);
  const refused = await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(409);
  expect(refused.body).toMatchObject({ type: expect.stringContaining('consent-missing') });
  await facilitator.post(`/v1/circle-members/${story.resident.id}/contact-attempts`, reached).expect(201);
  await facilitator.post(`/v1/circle-members/${story.resident.id}/approval`, { by: 'main-person' }).expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
});

it('takes the yes to the meeting from the first main person only, and lets nobody say it for another', async () => {
  const otherMainPersons = [{ name: 'Mark de Wit', phone: '0612345600' }];
  const story = await aCase(test, { safety: { level: 'acute' }, consent: { given: false, ground: 'Jeugdwet 7.1.4.1' }, otherMainPersons });
  const [sanne, mark] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, member(story, 'Mark'))];
  const approval = (id: string): string => `/v1/circle-members/${id}/approval`;
  await mark.post(approval(sanne.id)).expect(403);
  await mark.post(approval(mark.id)).expect(409);
  await facilitator.post(approval(mark.id), { by: 'main-person' }).expect(409);
  await approve(story, 'Ria').expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(409);
  await sanne.post(approval(sanne.id)).expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
});

it('changes a member only against the version that was read', async () => {
  const story = await aCase(test);
  const path = `/v1/circle-members/${member(story, 'Ria')}`;
  const tag = (await facilitator.get(path).expect(200)).headers.etag!;
  await facilitator.patch(path, { phone: '0611111111' }).expect(428);
  const changed = await facilitator.patch(path, { phone: '0611111111' }).set('If-Match', tag).expect(200);
  expect(changed.body).toMatchObject({ phone: '+31611111111', name: 'Ria de Wit' });
  await facilitator.patch(path, { phone: '0622222222' }).set('If-Match', tag).expect(412);
  await facilitator.patch(path, { state: 'approved' }).set('If-Match', changed.headers.etag!).expect(400);
});

it('honours If-Match at actions too, where it need not be sent', async () => {
  const story = await aCase(test);
  const path = `/v1/circle-members/${member(story, 'Ria')}`;
  const old = (await facilitator.get(path).expect(200)).headers.etag!;
  await facilitator.post(`${path}/approval`).set('If-Match', '"99"').expect(412);
  const approved = await facilitator.post(`${path}/approval`).set('If-Match', old).expect(200);
  for (const action of ['contact-attempts', 'refusal', 'removal']) {
    await facilitator.post(`${path}/${action}`, action === 'contact-attempts' ? reached : {}).set('If-Match', old).expect(412);
  }
  await facilitator.post(`${path}/contact-attempts`, reached).set('If-Match', approved.headers.etag!).expect(201);
});

it('lets one of two changes at the same time through', async () => {
  const story = await aCase(test);
  const path = `/v1/circle-members/${member(story, 'Ria')}`;
  const tag = (await facilitator.get(path)).headers.etag!;
  const answers = await Promise.all(['0611111111', '0622222222'].map((phone) => facilitator.patch(path, { phone }).set('If-Match', tag)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

it('shows a circle member only themself, and the case not at all', async () => {
  const story = await anInvitedCase(test);
  const joost = await atTheTable(test, story, member(story, 'Joost'));
  await joost.get(`/v1/cases/${story.id}`).expect(404);
  await joost.get(`/v1/cases/${story.id}/circle-members`).expect(403);
  await joost.get(`/v1/circle-members/${member(story, 'Ria')}`).expect(404);
  expect((await joost.get(`/v1/circle-members/${member(story, 'Joost')}`).expect(200)).body).toMatchObject({ email: 'joost@example.org' });
});

it('shows a main person on a device that is not known themself, and nobody else', async () => {
  const story = await aCase(test);
  await facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const sanne = await byLink(test, linkToken(await mailTo(test.app, 'sanne@example.org')));
  await sanne.get(`/v1/circle-members/${sanne.id}`).expect(200);
  const refused = await sanne.get(`/v1/circle-members/${member(story, 'Ria')}`).expect(403);
  expect(refused.body).toMatchObject({ type: expect.stringMatching(/step-up-required$/) });
});

it('shows a main person the circle without the contact details of others', async () => {
  const story = await aCase(test);
  const sanne = await atTheTable(test, story, story.resident.id);
  const file = (await sanne.get(`/v1/cases/${story.id}`).expect(200)).body as { circle: { name: string }[] };
  const ria = file.circle.find(({ name }) => name === 'Ria de Wit')!;
  expect(ria).toMatchObject({ relation: 'parent', state: 'proposed' });
  expect(ria).not.toHaveProperty('phone');
  expect(file.circle.find(({ name }) => name === 'Sanne de Wit')).toMatchObject({ phone: '+31612345678' });
});

it('lets a member take themself out: links and sessions end at once, and waiting mails are taken back', async () => {
  const story = await aCase(test);
  await approve(story, 'Joost').expect(200);
  const joost = await atTheTable(test, story, member(story, 'Joost'));
  const link = await facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/links`, { via: 'show' }).expect(201);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await joost.post(`/v1/circle-members/${member(story, 'Joost')}/removal`).expect(200);
  await joost.get('/v1/me').expect(401);
  const token = (link.body as { url: string }).url.split('/l/')[1]!;
  await test.as().post('/v1/participant-sessions', { linkToken: token }).expect(401);
  const log = (await facilitator.get(`/v1/messages?memberId=${member(story, 'Joost')}`)).body as { items: { state: string }[] };
  expect(log.items.map(({ state }) => state)).toEqual(['cancelled']);
});

it('lets a member take themself out after the case has ended too', async () => {
  const story = await anInvitedCase(test);
  const joost = await atTheTable(test, story, member(story, 'Joost'));
  await facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'other' }).expect(200);
  expect((await joost.post(`/v1/circle-members/${joost.id}/removal`).expect(200)).body).toMatchObject({ state: 'removed' });
  await joost.get('/v1/me').expect(401);
});

it('does not let a member take out another, nor anybody the main person', async () => {
  const story = await anInvitedCase(test);
  const joost = await atTheTable(test, story, member(story, 'Joost'));
  await joost.post(`/v1/circle-members/${member(story, 'Ria')}/removal`).expect(404);
  await facilitator.post(`/v1/circle-members/${story.resident.id}/removal`).expect(409);
});

it('ends older links with a new one, and opens no link of a main person by itself', async () => {
  const story = await anInvitedCase(test);
  const show = async (): Promise<string> => {
    const link = await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/links`, { via: 'show' }).expect(201);
    return (link.body as { url: string }).url.split('/l/')[1]!;
  };
  const [first, second] = [await show(), await show()];
  await test.as().post('/v1/participant-sessions', { linkToken: first }).expect(401);
  await test.as().post('/v1/participant-sessions', { linkToken: second }).expect(201);
  await test.as().post('/v1/participant-sessions', { linkToken: second }).expect(201);
  expect((await mailsTo(test.app, 'sanne@example.org')).filter(({ text }) => text.includes(`/l/`) && text.includes(story.id))).toEqual([]);
});

it('sends someone who asked for themself no link before the facilitator has spoken to them', async () => {
  const referral = await test.as()
    .post('/v1/referrals', {
      kind: 'netwerkberaad',
      source: 'resident',
      organisation: 'noord',
      resident: { name: 'Ilse', email: 'ilse@example.org' },
      question: 'Ik wil het niet meer alleen doen.',
      themes: ['loneliness'],
      safety: { level: 'none' },
    })
    .expect(201);
  const accepted = await facilitator
    .post(`/v1/referrals/${(referral.body as { id: string }).id}/acceptance`, { facilitatorId: facilitator.id })
    .expect(201);
  const { resident } = accepted.body as { resident: { id: string } };
  const refused = await facilitator.post(`/v1/circle-members/${resident.id}/links`, { via: 'mail' }).expect(409);
  expect(refused.body).toMatchObject({ type: expect.stringContaining('speak-first') });
  await facilitator.post(`/v1/circle-members/${resident.id}/contact-attempts`, reached).expect(201);
  await facilitator.post(`/v1/circle-members/${resident.id}/links`, { via: 'mail' }).expect(201);
});

it('proposes someone who can be reached, and says what is missing of someone who cannot', async () => {
  const story = await aCase(test);
  const path = `/v1/cases/${story.id}/circle-members`;
  const added = await facilitator.post(path, { name: 'Tante Bep', relation: 'relative', reach: 'letter', address: 'Dorpsstraat 1' }).expect(201);
  expect(added.body).toMatchObject({ state: 'proposed', professional: false, version: 1, circleKind: 'informal' });
  expect((await facilitator.post(path, { name: 'Kees', relation: 'friend' }).expect(400)).body).toMatchObject({ errors: [{ pointer: '', code: 'unreachable' }] });
  await facilitator.post(path, { name: 'Kees', relation: 'friend', reach: 'letter' }).expect(400);
  await facilitator.post(path, { name: 'Kees', relation: 'vriend', phone: '0612345678' }).expect(400);
});

it('does not exist for another facilitator, nor for another organisation', async () => {
  const story = await aCase(test);
  const elsewhere = await (await test.otherOrganisation(`o${story.id.slice(-12)}`)).staff('Zoë', 'facilitator');
  const colleague = await test.staff('Omar Facilitator', 'facilitator');
  for (const stranger of [elsewhere, colleague]) {
    await stranger.get(`/v1/circle-members/${member(story, 'Ria')}`).expect(404);
    await stranger.get(`/v1/cases/${story.id}`).expect(404);
    await stranger.post(`/v1/cases/${story.id}/invitations`).expect(404);
    await stranger.post(`/v1/circle-members/${member(story, 'Ria')}/approval`, { by: 'facilitator' }).expect(404);
  }
  expect(await stateOf(story, 'Ria')).toBe('proposed');
});

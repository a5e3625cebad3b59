import { Client } from 'pg';
import { START, startApp, type TestApp } from './support/app.js';
import { anInvitedCase, atTheTable, byLink } from './support/stories.js';
import { linkToken, mailTo } from './support/mailbox.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

async function query<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

it('signs staff in and says who they are', async () => {
  const lead = await test.staff('Lena Lead', 'lead', 'facilitator');
  expect((await lead.get('/v1/me').expect(200)).body).toMatchObject({ kind: 'staff', name: 'Lena Lead', roles: ['lead', 'facilitator'] });
});

it('answers a wrong password and an unknown address alike', async () => {
  await test.staff('Rosa Referrer', 'referrer');
  const wrong = await test.as().post('/v1/sessions', { email: 'rosa.referrer@noord.example', password: 'fout' }).expect(401);
  const unknown = await test.as().post('/v1/sessions', { email: 'niemand@noord.example', password: 'fout' }).expect(401);
  expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
});

it('stops after ten wrong passwords for one account, and lets the right one in again after a quarter of an hour', async () => {
  await test.staff('Anna Admin', 'admin');
  const email = 'anna.admin@noord.example';
  const signIn = (password: string): ReturnType<ReturnType<TestApp['as']>['post']> => test.as().post('/v1/sessions', { email, password });
  for (let i = 0; i < 10; i += 1) await signIn(`fout ${i}`).expect(401);
  const refused = await signIn('een lang wachtwoord').expect(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  test.clock.advance({ minutes: 15 });
  await signIn('een lang wachtwoord').expect(201);
});

it('does not count a right password as a try', async () => {
  await test.staff('Olaf Often', 'referrer');
  for (let i = 0; i < 12; i += 1) {
    await test.as().post('/v1/sessions', { email: 'olaf.often@noord.example', password: 'een lang wachtwoord' }).expect(201);
  }
});

it('ends a session for staff and participants at once', async () => {
  const referrer = await test.staff('Ruud Referrer', 'referrer');
  await referrer.delete('/v1/sessions/current').expect(204);
  const refused = await referrer.get('/v1/me').expect(401);
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  const story = await anInvitedCase(test);
  const ria = await atTheTable(test, story, story.members.Ria!.id);
  await ria.delete('/v1/sessions/current').expect(204);
  await ria.get('/v1/me').expect(401);
});

it('lets a session of staff end by itself after twelve hours', async () => {
  const referrer = await test.staff('Roos Referrer', 'referrer');
  test.clock.advance({ hours: 12 });
  await referrer.get('/v1/me').expect(401);
});

it('keeps only hashes of tokens and passwords', async () => {
  const story = await anInvitedCase(test);
  const token = linkToken(await mailTo(test.app, 'joost@example.org'));
  const joost = await byLink(test, token);
  const dump = JSON.stringify([
    await query('select *, encode(hash, \'escape\') from people_links'),
    await query('select *, encode(hash, \'escape\') from people_sessions'),
    await query('select password_hash from people_staff'),
  ]);
  for (const secret of [token.split('.')[1]!, joost.token.split('.')[1]!, 'een lang wachtwoord']) expect(dump).not.toContain(secret);
  expect(story.id).toBeTruthy();
});

it('seals contact details and free text, so that the database alone does not tell them', async () => {
  await anInvitedCase(test);
  const dump = JSON.stringify([
    await query('select r.*, encode(sealed, \'escape\') from referrals r'),
    await query('select m.*, encode(sealed, \'escape\') from circle_members m'),
  ]);
  for (const secret of ['joost@example.org', '+31612345679', 'in dit huis blijven wonen']) expect(dump).not.toContain(secret);
});

it('exchanges a link on more than one device, and refuses a forged, an expired and a foreign one alike', async () => {
  await anInvitedCase(test);
  const token = linkToken(await mailTo(test.app, 'joost@example.org'));
  await byLink(test, token);
  await byLink(test, token);
  const forged = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
  const { organisationId } = await test.otherOrganisation('elders');
  const foreign = token.replace(test.organisationId, organisationId);
  for (const linkTokenOf of [forged, foreign, 'x', `${token}x`]) {
    await test.as().post('/v1/participant-sessions', { linkToken: linkTokenOf }).expect(401);
  }
  test.clock.advance({ days: 91 });
  await test.as().post('/v1/participant-sessions', { linkToken: token }).expect(401);
});

it('makes a device known only by the link that the facilitator shows', async () => {
  const story = await anInvitedCase(test);
  const shown = await atTheTable(test, story, story.resident.id);
  expect((await shown.get('/v1/me')).body).toMatchObject({ member: { isResident: true }, deviceKnownUntil: expect.any(String) });
  const mailed = await byLink(test, linkToken(await mailTo(test.app, 'joost@example.org')));
  expect((await mailed.get('/v1/me')).body).toMatchObject({ member: { isResident: false, firstName: 'Joost Bakker' }, deviceKnownUntil: null });
  test.clock.advance({ days: 31 });
  expect((await shown.get(`/v1/cases/${story.id}`).expect(403)).body).toMatchObject({ type: expect.stringContaining('step-up-required') });
});

it('takes a personal link nowhere but where links are exchanged', async () => {
  await anInvitedCase(test);
  const token = linkToken(await mailTo(test.app, 'joost@example.org'));
  await test.as(token).get('/v1/me').expect(401);
  await test.as().get(`/v1/me?token=${token}`).expect(401);
});

it('keeps one tenant from signing in at another, or reading with its token there', async () => {
  const other = await test.otherOrganisation('oost');
  const stranger = await other.staff('Zoë Zuid', 'facilitator', 'lead', 'admin');
  const story = await anInvitedCase(test);
  await stranger.get(`/v1/cases/${story.id}`).expect(404);
  await stranger.get(`/v1/referrals/${story.referralId}`).expect(404);
  expect((await stranger.get('/v1/cases').expect(200)).body).toEqual({ items: [], next: null });
  expect((await stranger.get('/v1/messages').expect(200)).body).toEqual({ items: [], next: null });
  const swapped = stranger.token.replace(other.organisationId, test.organisationId);
  await test.as(swapped).get('/v1/me').expect(401);
});

it('writes on the audit log who asked for what is not theirs, by role, by object and by device', async () => {
  const story = await anInvitedCase(test);
  const colleague = await test.staff('Omar Facilitator', 'facilitator');
  const referrer = await test.staff('Rosa Referrer', 'referrer');
  const joost = await byLink(test, linkToken(await mailTo(test.app, 'joost@example.org')));
  await colleague.get(`/v1/cases/${story.id}`).expect(404);
  await colleague.post(`/v1/circle-members/${story.members.Ria!.id}/approval`).expect(404);
  await referrer.get(`/v1/cases/${story.id}`).expect(403);
  await referrer.get('/v1/cases').expect(403);
  await joost.get(`/v1/circle-members/${story.members.Ria!.id}`).expect(404);
  const refused = await query<{ action: string; actor_id: string; object_kind: string | null; object_id: string | null }>(
    `select action, actor_id, object_kind, object_id from audit_events where action like 'access.%'
     and actor_id in ('${colleague.id}', '${referrer.id}', '${joost.id}') order by id`,
  );
  const theCase = { object_kind: 'case', object_id: story.id };
  const ria = { object_kind: 'circle-member', object_id: story.members.Ria!.id };
  expect(refused).toEqual([
    { action: 'access.not-found', actor_id: colleague.id, ...theCase },
    { action: 'access.not-found', actor_id: colleague.id, ...ria },
    { action: 'access.forbidden', actor_id: referrer.id, ...theCase },
    { action: 'access.forbidden', actor_id: referrer.id, object_kind: null, object_id: null },
    { action: 'access.not-found', actor_id: joost.id, ...ria },
  ]);
});

it('writes a look at the messages of each case apart', async () => {
  const [one, other] = [await anInvitedCase(test), await anInvitedCase(test)];
  const admin = await test.staff('Anna Admin', 'admin');
  for (const { id } of [one, other, one]) await admin.get(`/v1/messages?caseId=${id}`).expect(200);
  const looks = await query<{ case_id: string }>(
    `select case_id from audit_events where action = 'messages.listed' and actor_id = '${admin.id}' order by id`,
  );
  expect(looks.map((look) => look.case_id)).toEqual([one.id, other.id]);
});

it('writes sign-ins, refusals and looks on the audit log, one look of a session within five minutes once', async () => {
  const story = await anInvitedCase(test);
  const looks = (): Promise<{ action: string }[]> =>
    query(`select action from audit_events where case_id = '${story.id}' and action = 'cases.read'`);
  const before = (await looks()).length;
  for (let i = 0; i < 3; i += 1) await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
  expect((await looks()).length).toBe(before + 1);
  test.clock.advance({ minutes: 6 });
  await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
  expect((await looks()).length).toBe(before + 2);
  await test.as().post('/v1/sessions', { email: 'noor.facilitator@noord.example', password: 'fout' }).expect(401);
  const refusals = await query(`select 1 from audit_events where action = 'people.sign-in' and result = 'refused'`);
  expect(refusals.length).toBeGreaterThan(0);
});

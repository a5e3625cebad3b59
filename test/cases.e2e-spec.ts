import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aCase, anInvitedCase, atTheTable } from './support/stories.js';
import { mailsTo } from './support/mailbox.js';

let test: TestApp;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const inAnHour = { startsAt: '2026-11-16T14:00:00+01:00', endsAt: '2026-11-16T16:00:00+01:00' };
const place = { type: 'other', address: 'Buurthuis De Klomp' };
const safe = { directDanger: false, veiligThuis: 'not-needed', together: 'yes' };

it('numbers the cases of an organisation through the year', async () => {
  const [one, two] = [await aCase(test), await aCase(test)];
  const [first, second] = [one, two].map(({ reference }) => Number(/^NB-2026-(\d{6})$/.exec(reference)![1]));
  expect(second).toBe(first! + 1);
});

it('plans no meeting before the safety check when there is a concern, and none together when that is not safe', async () => {
  const story = await aCase(test, { safety: { level: 'concern' } });
  const path = `/v1/cases/${story.id}`;
  const refused = await facilitator.post(`${path}/meetings`, { place, slots: [inAnHour] }).expect(409);
  expect(refused.body).toMatchObject({ type: expect.stringContaining('safety-check-needed') });
  const spokenAlone = [story.resident.id];
  for (const check of [
    { ...safe, spokenAlone: [] },
    { ...safe, spokenAlone, directDanger: true },
    { ...safe, spokenAlone, veiligThuis: 'not-yet' },
    { ...safe, spokenAlone, together: 'no' },
    { ...safe, spokenAlone, together: 'apart' },
  ]) {
    expect((await facilitator.put(`${path}/safety-check`, check).expect(200)).body).toMatchObject({ meetingPossible: false });
    await facilitator.post(`${path}/meetings`, { place, slots: [inAnHour] }).expect(409);
  }
  await facilitator.put(`${path}/safety-check`, { ...safe, spokenAlone: [story.members.Ria!.id] }).expect(400);
  expect((await facilitator.put(`${path}/safety-check`, { ...safe, spokenAlone }).expect(200)).body).toMatchObject({ meetingPossible: true });
  await facilitator.post(`${path}/meetings`, { place, slots: [inAnHour] }).expect(201);
});

it('records, stops and closes only against the version that was read, where one is sent', async () => {
  const story = await aCase(test);
  const path = `/v1/cases/${story.id}`;
  const check = { ...safe, spokenAlone: [story.resident.id] };
  const old = (await facilitator.get(path).expect(200)).headers.etag!;
  const checked = await facilitator.put(`${path}/safety-check`, check).set('If-Match', old).expect(200);
  await facilitator.put(`${path}/safety-check`, check).set('If-Match', old).expect(412);
  await facilitator.post(`${path}/closure`, { outcome: 'other' }).set('If-Match', old).expect(412);
  await facilitator.post(`${path}/stop`, { reason: 'other' }).set('If-Match', old).expect(412);
  await facilitator.post(`${path}/stop`, { reason: 'other' }).set('If-Match', checked.headers.etag!).expect(200);
});

it('asks for the safety check with domestic violence too, whatever the level', async () => {
  const story = await aCase(test, { themes: ['domestic-violence'] });
  await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [inAnHour] }).expect(409);
});

it('stops a case with its reason: the date is called off, mails are taken back, and nothing more can be done', async () => {
  const resident = { name: 'Stop', email: 'stop@example.org' };
  const story = await anInvitedCase(test, { resident });
  const path = `/v1/cases/${story.id}`;
  const meeting = await facilitator.post(`${path}/meetings`, { place, slots: [{ startsAt: '2026-12-01T14:00:00+01:00', endsAt: '2026-12-01T16:00:00+01:00' }] }).expect(201);
  await test.deliver();
  await facilitator.post(`${path}/stop`, { reason: 'geen zin' }).expect(400);
  expect((await facilitator.post(`${path}/stop`, { reason: 'resident-stops', remark: 'Sanne wil niet meer.' }).expect(200)).body).toMatchObject({ state: 'stopped', endReason: 'resident-stops' });
  const called = await facilitator.get(`/v1/meetings/${(meeting.body as { id: string }).id}`).expect(200);
  expect(called.body).toMatchObject({ state: 'cancelled' });
  await test.deliver();
  expect((await mailsTo(test.app, 'stop@example.org'))[0]!.subject).toBe('De afspraak gaat niet door');
  expect((await facilitator.post(`${path}/stop`, { reason: 'other' }).expect(409)).body).toMatchObject({ state: 'stopped', allowed: [] });
  await facilitator.post(`${path}/circle-members`, { name: 'X', relation: 'friend', phone: '0612345678' }).expect(409);
});

it('takes back an invitation that has not gone when the case stops', async () => {
  const story = await aCase(test);
  await facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/approval`, { by: 'main-person' }).expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
  const log = (await facilitator.get(`/v1/messages?caseId=${story.id}`)).body as { items: { state: string }[] };
  expect(log.items.map(({ state }) => state)).toEqual(['cancelled']);
});

it('is not closed before the circle has met or carries a plan', async () => {
  const story = await aCase(test);
  const refused = await facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(409);
  expect(refused.body).toMatchObject({ state: 'preparing', allowed: ['meeting-fixed', 'plan-carried', 'stopped'] });
});

it('lists a facilitator their own cases and a lead everyone’s, without the name of the resident', async () => {
  const lead = await test.staff('Lena Lead', 'lead');
  const colleague = await test.staff('Omar Facilitator', 'facilitator');
  const mine = await aCase(test);
  const theirs = await aCase(test, {}, colleague);
  const list = async (caller: Caller, query = ''): Promise<{ id: string; residentName?: string }[]> =>
    ((await caller.get(`/v1/cases?limit=100${query}`).expect(200)).body as { items: { id: string; residentName?: string }[] }).items;
  const own = await list(colleague);
  expect(own.map(({ id }) => id)).toContain(theirs.id);
  expect(own.map(({ id }) => id)).not.toContain(mine.id);
  expect(own.every(({ residentName }) => residentName)).toBe(true);
  expect(await list(colleague, `&facilitatorId=${facilitator.id}`)).toEqual([]);
  const all = await list(lead);
  expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([mine.id, theirs.id]));
  expect(all.some((item) => 'residentName' in item)).toBe(false);
  expect((await list(lead, `&facilitatorId=${colleague.id}`)).map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  expect(await list(lead, '&state=closed')).toEqual([]);
  expect((await list(colleague, '&kind=netwerkberaad&urgent=false&neighbourhoodCode=BU05990110&state=preparing')).length).toBe(own.length);
});

it('pages through the caseload newest first, each case once', async () => {
  const worker = await test.staff('Pien Facilitator', 'facilitator');
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    test.clock.advance({ minutes: 1 });
    ids.unshift((await aCase(test, {}, worker)).id);
  }
  const seen: string[] = [];
  let after = '';
  do {
    const page = (await worker.get(`/v1/cases?limit=2${after}`).expect(200)).body as { items: { id: string }[]; next: string | null };
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ? `&after=${page.next}` : '';
  } while (after);
  expect(seen).toEqual(ids);
});

it('shows the facilitator the whole timeline, and a main person their part', async () => {
  const story = await anInvitedCase(test);
  await facilitator
    .post(`/v1/circle-members/${story.resident.id}/contact-attempts`, { at: START.toISOString(), channel: 'call', outcome: 'reached' })
    .expect(201);
  const types = async (caller: Caller): Promise<string[]> =>
    ((await caller.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).body as { items: { type: string }[] }).items.map(({ type }) => type);
  const sanne = await atTheTable(test, story, story.resident.id);
  expect(await types(facilitator)).toEqual(expect.arrayContaining(['opened', 'contact-reached', 'member-approved', 'member-invited', 'link-sent']));
  expect(await types(sanne)).toEqual(expect.arrayContaining(['opened', 'member-approved', 'member-invited']));
  expect(await types(sanne)).not.toContain('contact-reached');
});

it('keeps why a case stopped to the facilitator: it may be about one of the main persons', async () => {
  const story = await aCase(test, { otherMainPersons: [{ name: 'Mark de Wit', phone: '0612345600' }] });
  const mark = await atTheTable(test, story, story.members.Mark!.id);
  await facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'not-safe', remark: 'Sanne is bang.' }).expect(200);
  const texts = async (caller: Caller): Promise<string> =>
    JSON.stringify(((await caller.get(`/v1/cases/${story.id}/timeline`).expect(200)).body as { items: { text: string }[] }).items.map(({ text }) => text));
  expect(await texts(facilitator)).toContain('Reden: het is niet veilig genoeg. Sanne is bang.');
  const seen = await texts(mark);
  expect(seen).toContain('Gestopt.');
  for (const hidden of ['bang', 'veilig']) expect(seen).not.toContain(hidden);
});

it('answers every single resource with a tag, and a list without', async () => {
  const story = await aCase(test);
  const before = (await facilitator.get(`/v1/cases/${story.id}`)).headers.etag!;
  expect(before).toMatch(/^"1\.[\w-]+"$/);
  await facilitator.post(`/v1/circle-members/${story.members.Ria!.id}/approval`, { by: 'main-person' }).expect(200);
  const after = (await facilitator.get(`/v1/cases/${story.id}`)).headers.etag!;
  expect(after).not.toBe(before);
  await facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).set('If-Match', after).expect(200);
  expect((await facilitator.get('/v1/me')).headers.etag).toMatch(/^".+"$/);
  expect((await facilitator.get('/v1/cases')).headers.etag).toBeUndefined();
});

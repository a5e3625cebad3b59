import { startApp, START, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, codeOf, errorsOf, type MeetingStory } from './support/meetings.js';
import { statementsDuring } from './support/plans.js';
import { aCase, aReferral, atTheTable } from './support/stories.js';

let test: TestApp;
let serial = 0;
beforeAll(async () => {
  test = await startApp();
});
beforeEach(() => {
  test.clock.set(START);
});
afterAll(() => test.stop());

interface Item {
  task: string;
  name: string | null;
  isMainPerson: boolean;
  memberId: string | null;
  caseId: string;
  dueOn: string | null;
  late: boolean;
  channel: string | null;
  phone: string | null;
  missed: number;
  safeNow: boolean | null;
  preference: { noVoicemail?: boolean; note?: string } | null;
}
interface Page {
  items: Item[];
  next: string | null;
}

/** A facilitator of one's own, signed in at the moment of asking. */
const facilitator = (): Promise<Caller> => test.staff(`Noor ${'abcdefghijklmnop'[(serial += 1)]}`, 'facilitator');
const tasks = async (who: Caller, query = ''): Promise<Page> => (await who.get(`/v1/tasks${query}`).expect(200)).body as Page;
const now = (): string => test.clock.now().toISOString();
const memberPath = (story: MeetingStory, name: string, what: string): string => `/v1/circle-members/${story.members[name]!.id}/${what}`;
const taskOf = async (story: MeetingStory, name: string): Promise<string | null> =>
  (await tasks(story.facilitator, `?caseId=${story.id}&limit=100`)).items.find((item) => item.name === name)?.task ?? null;

it('leads one person from name to invitation, one step at a time', async () => {
  const story = await aMeetingStory(test, {}, await facilitator());
  const step = async (method: 'post' | 'put', what: string, body: object): Promise<string | null> => {
    const answer = await story.facilitator[method](memberPath(story, 'Joost', what), body);
    expect(answer.status).toBeLessThan(300);
    return taskOf(story, 'Joost');
  };
  expect(await taskOf(story, 'Joost')).toBe('ask-approval');
  expect(await step('post', 'approval', { by: 'main-person' })).toBe('reach');
  const missed = { at: now(), channel: 'call', outcome: 'not-reached' };
  expect(await step('post', 'contact-attempts', missed)).toBe('reach');
  expect(await step('post', 'contact-attempts', missed)).toBe('reach');
  expect(await step('post', 'contact-attempts', missed)).toBe('reach-otherwise');
  test.clock.advance({ minutes: 1 });
  expect(await step('post', 'contact-attempts', { at: now(), channel: 'call', outcome: 'wrong-address' })).toBe('correct-address');
  test.clock.advance({ minutes: 1 });
  const { version } = (await story.facilitator.get(memberPath(story, 'Joost', '').slice(0, -1))).body as { version: number };
  await story.facilitator.patch(memberPath(story, 'Joost', '').slice(0, -1), { phone: '0612345699' }).set('If-Match', `"${version}"`).expect(200);
  expect(await taskOf(story, 'Joost')).toBe('reach-otherwise');
  expect(await step('post', 'contact-attempts', { at: now(), channel: 'call', outcome: 'reached' })).toBe('talk');
  expect(await step('post', 'preparation-talks', { at: now(), by: 'phone', outcome: 'held' })).toBe('note-participation');
  const spokesperson = { way: 'spokesperson', spokespersonId: story.resident.id };
  expect(await step('put', 'participation', spokesperson)).toBe('ask-spokesperson');
  test.clock.advance({ minutes: 1 });
  await story.facilitator.post(memberPath(story, 'Sanne', 'preparation-talks'), { at: now(), by: 'visit', outcome: 'held' }).expect(201);
  expect(await taskOf(story, 'Joost')).toBe('invite');
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  expect(await taskOf(story, 'Joost')).toBeNull();
});

it('is the call list of the morning: what is late first, with how each is reached and what is safe', async () => {
  const noor = await facilitator();
  const preference = { channel: 'call', hours: 'alleen na 18:00', noVoicemail: true, note: 'Mijn man leest mee' };
  const circle = [
    { name: 'Ria', relation: 'parent', phone: '0612345671', contactPreference: preference },
    { name: 'Piet', relation: 'friend', phone: '0612345672', contactPreference: { channel: 'call', hours: 'ochtend' } },
    { name: 'Opa', relation: 'grandparent', reach: 'letter', address: 'Dorpsstraat 1' },
  ];
  const story = await aMeetingStory(test, { circle }, noor);
  for (const name of ['Ria', 'Piet', 'Opa']) {
    await noor.post(memberPath(story, name, 'approval'), { by: 'main-person' }).expect(200);
    test.clock.advance({ hours: 3 });
  }
  const { items } = await tasks(noor);
  expect(items[0]).toMatchObject({ task: 'reach', name: 'Sanne', isMainPerson: true, dueOn: '2026-11-18', late: false });
  const of = (name: string): Item => items.find((item) => item.name === name)!;
  expect(of('Ria')).toMatchObject({ task: 'reach', channel: 'call', phone: '+31612345671', safeNow: true, preference: { noVoicemail: true, note: 'Mijn man leest mee' } });
  expect(of('Piet')).toMatchObject({ safeNow: false });
  expect(of('Opa')).toMatchObject({ channel: 'letter', phone: null, safeNow: null, preference: null });
  test.clock.set(new Date('2026-11-19T08:00:00Z'));
  const again = await test.staff(`Noor ${'abcdefghijklmnop'[serial]}`, 'facilitator');
  expect((await tasks(again)).items.filter(({ late }) => late).map(({ name }) => name)).toEqual(['Sanne', 'Ria', 'Piet', 'Opa']);
});

it('of twelve people in ten minutes each leaves the list as it is done, and the list takes as many statements as that of one', async () => {
  const noor = await facilitator();
  const aCircle = (size: number): object[] => Array.from({ length: size }, (_, i) => ({ name: `Mens ${i}`, relation: 'friend', phone: `06123456${10 + i}` }));
  const small = await aMeetingStory(test, { circle: aCircle(1) }, noor);
  await noor.post(`/v1/circle-members/${small.members.Mens!.id}/approval`, {}).expect(200);
  const few = await statementsDuring(() => tasks(noor, '?limit=100'));
  const big = await aCase(test, { circle: aCircle(12) }, noor);
  const { items: members } = (await noor.get(`/v1/cases/${big.id}/circle-members`)).body as { items: { id: string; isMainPerson: boolean }[] };
  const people = members.filter(({ isMainPerson }) => !isMainPerson);
  for (const { id } of people) await noor.post(`/v1/circle-members/${id}/approval`, {}).expect(200);
  const many = await statementsDuring(() => tasks(noor, '?limit=100'));
  expect(many.length).toBe(few.length);
  const toReach = async (): Promise<number> => (await tasks(noor, `?caseId=${big.id}&limit=100`)).items.filter(({ task, memberId }) => task === 'reach' && memberId !== big.resident.id).length;
  expect(await toReach()).toBe(12);
  for (const [i, { id }] of people.entries()) {
    await noor.post(`/v1/circle-members/${id}/contact-attempts`, { at: now(), channel: 'call', outcome: 'reached' }).expect(201);
    test.clock.advance({ seconds: 50 });
    expect(await toReach()).toBe(11 - i);
  }
});

it('comes page by page without a gap or a double, also while it changes', async () => {
  const noor = await facilitator();
  const story = await aMeetingStory(test, {}, noor);
  for (const name of ['Ria', 'Joost', 'Karim']) await noor.post(memberPath(story, name, 'approval'), {}).expect(200);
  const whole = (await tasks(noor, '?limit=100')).items.map(({ name, task }) => [name, task]);
  const seen: unknown[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const { items, next }: Page = await tasks(noor, `?limit=2${after ? `&after=${after}` : ''}`);
    seen.push(...items.map(({ name, task }) => [name, task]));
    after = next;
  }
  expect(seen).toEqual(whole);
  expect(whole).toHaveLength(4);
  expect(errorsOf(await noor.get('/v1/tasks?after=onzin').expect(400))).toEqual(['/after cursor']);
});

it('is one’s own: not of a colleague’s case, nor of a case that has ended', async () => {
  const noor = await facilitator();
  const story = await aMeetingStory(test, {}, noor);
  const kees = await facilitator();
  expect((await tasks(kees)).items).toEqual([]);
  await kees.get(`/v1/tasks?caseId=${story.id}`).expect(404);
  await (await atTheTable(test, story, story.resident.id)).get('/v1/tasks').expect(403);
  await noor.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
  expect((await tasks(noor)).items).toEqual([]);
});

it('the referrer is off the list once reached; a facilitator who referred themself is not on it', async () => {
  const noor = await facilitator();
  const referrer = await test.staff('Fatma Referrer', 'referrer');
  await aCase(test, {}, noor);
  expect((await tasks(noor, '?limit=100')).items.some(({ task }) => task === 'reach-referrer')).toBe(false);
  const referral = (await referrer.post('/v1/referrals', aReferral()).expect(201)).body as { id: string };
  const story = (await noor.post(`/v1/referrals/${referral.id}/acceptance`, { facilitatorId: noor.id }).expect(201)).body as { id: string };
  expect((await tasks(noor, `?caseId=${story.id}`)).items[0]).toMatchObject({ task: 'reach-referrer', name: null, memberId: null, dueOn: '2026-11-18', channel: null });
  const referrerTask = async (): Promise<boolean> => (await tasks(noor, '?limit=100')).items.some(({ task }) => task === 'reach-referrer');
  expect(await referrerTask()).toBe(true);
  const reached = await noor.post(`/v1/cases/${story.id}/referrer-contact`, { at: now(), channel: 'call' }).expect(200);
  expect(reached.body).toMatchObject({ reachedAt: now() });
  test.clock.advance({ hours: 1 });
  // The first time is the one that counts.
  expect((await noor.post(`/v1/cases/${story.id}/referrer-contact`, { at: now(), channel: 'mail' }).expect(200)).body).toMatchObject({ reachedAt: START.toISOString() });
  expect(await referrerTask()).toBe(false);
  const later = new Date(test.clock.now().getTime() + 86_400_000).toISOString();
  expect(errorsOf(await noor.post(`/v1/cases/${story.id}/referrer-contact`, { at: later, channel: 'call' }).expect(400))).toEqual(['/at in-the-future']);
  await noor.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
  expect(codeOf(await noor.post(`/v1/cases/${story.id}/referrer-contact`, { at: now(), channel: 'call' }).expect(409))).toBe('case-ended');
});

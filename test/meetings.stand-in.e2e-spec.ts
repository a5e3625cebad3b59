import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor } from './support/browser.js';
import { aMeetingStory, invite, plan, slotIn, type MeetingBody, type MeetingStory } from './support/meetings.js';

let test: TestApp;
let count = 0;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface StoodIn {
  story: MeetingStory;
  meeting: MeetingBody;
  /** Whose case it is now. */
  follower: Caller;
  standIn: Caller;
  email: string;
}

/** A case that was handed over while the follower is elsewhere: a third one leads its meeting. */
async function aStandIn(): Promise<StoodIn> {
  const names = ['Gea Gever', 'Fem Volger', 'Ina Inval'].map((name) => `${name} ${'abcdefghij'[count]}`);
  count += 1;
  const [giver, follower, standIn] = (await Promise.all(names.map((name) => test.staff(name, 'facilitator')))) as [Caller, Caller, Caller];
  const story = await aMeetingStory(test, { kind: 'mdo' }, giver);
  await invite(story);
  const meeting = await plan(story, [slotIn(test, 50)]);
  const order = { facilitatorId: follower.id, reason: 'illness', standIns: [{ meetingId: meeting.id, facilitatorId: standIn.id }] };
  await giver.post(`/v1/cases/${story.id}/handover`, order).expect(200);
  return { story, meeting, follower, standIn, email: `${names[2]!.toLowerCase().replaceAll(' ', '.')}@noord.example` };
}

it('Who stands in reads when and where they lead, and the script; nobody of the circle, and nothing else of the case', async () => {
  const { story, meeting, standIn, follower } = await aStandIn();
  await follower.put(`/v1/meetings/${meeting.id}/chair`, { memberId: story.members.Joost!.id }).expect(200);
  const { body } = await standIn.get(`/v1/meetings/${meeting.id}`).expect(200);
  expect(body).toMatchObject({ id: meeting.id, startsAt: meeting.startsAt, state: 'fixed', responses: [], scribeId: null });
  for (const part of ['ranking', 'mustAttend', 'attendance', 'note', 'parts', 'facilitatorHours']) expect(body).not.toHaveProperty(part);
  const script = (await standIn.get(`/v1/meetings/${meeting.id}/script`).expect(200)).body as { phases: unknown[]; chairMemberId: string | null };
  expect([script.phases.length > 3, script.chairMemberId]).toEqual([true, null]);
  for (const { id } of Object.values(story.members)) expect(JSON.stringify([body, script])).not.toContain(id);

  const [member, at] = [story.members.Ria!.id, `/v1/cases/${story.id}`];
  const hidden = [at, ...['circle-members', 'timeline', 'plan-draft', 'plans', 'preconditions', 'consents', 'contact-restrictions', 'cost-lines', 'micro-analysis', 'six-weeks', 'marks'].map((part) => `${at}/${part}`)];
  hidden.push(`/v1/circle-members/${member}`, `/v1/circle-members/${member}/contact-attempts`, `${at}/statements/${story.resident.id}`, `/v1/meetings/${meeting.id}/calendar.ics`);
  for (const path of hidden) expect([path, (await standIn.get(path)).status]).toEqual([path, 404]);
  const meetingPath = `/v1/meetings/${meeting.id}`;
  await standIn.put(`${meetingPath}/chair`, { memberId: member }).expect(404);
  await standIn.put(`${meetingPath}/scribe`, { memberId: member }).expect(404);
  await standIn.put(`${meetingPath}/responses/${member}`, { answers: {} }).expect(404);
  await standIn.post(`${meetingPath}/cancellation`, { reason: 'illness' }).expect(404);
  await standIn.post(`${meetingPath}/move`, slotIn(test, 60)).expect(404);
});

it('It is theirs from the handover until the meeting is over or off, and no other colleague’s', async () => {
  const { story, meeting, standIn, follower } = await aStandIn();
  const colleague = await test.staff('Kees Collega', 'facilitator');
  for (const path of ['', '/script']) await colleague.get(`/v1/meetings/${meeting.id}${path}`).expect(404);
  await follower.post(`/v1/meetings/${meeting.id}/cancellation`, { reason: 'illness' }).expect(200);
  for (const path of ['', '/script']) await standIn.get(`/v1/meetings/${meeting.id}${path}`).expect(404);
  await follower.get(`/v1/meetings/${meeting.id}`).expect(200);
  await standIn.get(`/v1/cases/${story.id}`).expect(404);
});

it('They find it on their list and in their agenda: the script on one page, with whom to ask the rest', async () => {
  const { story, meeting, email } = await aStandIn();
  test.clock.set(new Date(new Date(meeting.startsAt!).getTime() - 26 * 3_600_000));
  const ina = aVisitor(test);
  await ina.open('/inloggen');
  await ina.send('/inloggen', { email, password: 'een lang wachtwoord' });
  const page = `/werk/beraden/${meeting.id}/draaiboek`;
  for (const path of ['/werk', '/werk/agenda']) {
    await ina.open(path);
    expect(ina.page.text).toContain(`href="${page}"`);
    expect(ina.page.text).not.toContain(`href="/werk/trajecten/${story.reference}"`);
  }
  await ina.open(page);
  for (const words of ['Je valt in bij dit gesprek', 'Fem Volger', 'Sanne', 'Draaiboek voor het gesprek']) expect(ina.page.text).toContain(words);
  for (const words of ['Joost', 'Ria', 'Karim', story.reference]) expect(ina.page.text).not.toContain(words);
  expect((await ina.open(`/werk/trajecten/${story.reference}`)).status).toBe(404);
  expect((await ina.open(`/werk/beraden/${story.id}/draaiboek`)).status).toBe(404);
  // Whose case it is stands in for nobody.
  const fem = aVisitor(test);
  await fem.open('/inloggen');
  await fem.send('/inloggen', { email: email.replace('ina.inval', 'fem.volger'), password: 'een lang wachtwoord' });
  expect([(await fem.open(`/werk/trajecten/${story.reference}`)).status, (await fem.open(page)).status]).toEqual([200, 404]);
});

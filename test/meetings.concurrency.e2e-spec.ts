import { Client } from 'pg';
import type { Response } from 'supertest';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { mailbox } from './support/mailbox.js';
import { aMeetingStory, bodyOf, codeOf, invite, memberState, plan, slotIn, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { aReferral } from './support/stories.js';
import { twinOf, type Twin } from './support/twin.js';

// Two processes of the service on one database, and people who do things at the same moment. What must hold is kept by the
// database: one of them gets it, the others are told so in words, and nobody sees an error.

let test: TestApp;
let twin: Twin;
let rows: Client;

beforeAll(async () => {
  test = await startApp();
  await test.app.listen(0, '127.0.0.1');
  twin = await twinOf(test);
  rows = new Client(test.database.superuserUrl);
  await rows.connect();
}, 60_000);
beforeEach(() => test.clock.set(START));
afterAll(async () => {
  await rows.end();
  await twin.stop();
  await test.stop();
});

const ROUNDS = 4;
const PLACE = { type: 'other', address: 'Buurthuis' };

/** By turns at one process and the other. */
const at = (caller: Caller, nth: number): Caller => (nth % 2 === 0 ? caller : twin.as(caller));
const together = <T>(count: number, does: (nth: number) => PromiseLike<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, nth) => does(nth)));
const statuses = (answers: readonly Response[]): number[] => answers.map(({ status }) => status).sort();
const refusals = (answers: readonly Response[]): string[] => [...new Set(answers.filter(({ status }) => status >= 400).map(codeOf))];

const count = async (sql: string, values: unknown[]): Promise<number> => Number((await rows.query<{ n: string }>(`select count(*) as n ${sql}`, values)).rows[0]!.n);

it('twenty who choose overlapping dates at once: the facilitator is at one place, and each of the others may take another date', async () => {
  const facilitator = await test.staff('Druk Bezet', 'facilitator');
  const stories: MeetingStory[] = [];
  for (let i = 0; i < 20; i += 1) stories.push(await aMeetingStory(test, { circle: [] }, facilitator));
  const polls: MeetingBody[] = [];
  // All overlap within two hours, and each has a free hour of its own.
  for (const [i, story] of stories.entries()) polls.push(await plan(story, [slotIn(test, 30 + (i % 4) * 0.5), slotIn(test, 60 + i * 3)]));
  const answers = await together(20, (nth) => at(facilitator, nth).post(`/v1/meetings/${polls[nth]!.id}/confirmation`, { slotId: polls[nth]!.slots[0]!.id }));
  expect(statuses(answers)).toEqual([200, ...Array<number>(19).fill(409)]);
  expect(refusals(answers)).toEqual(['moment-not-possible']);
  const losers = polls.filter((_, i) => answers[i]!.status === 409);
  const again = await together(19, (nth) => at(facilitator, nth).post(`/v1/meetings/${losers[nth]!.id}/confirmation`, { slotId: losers[nth]!.slots[1]!.id }));
  expect(statuses(again)).toEqual(Array<number>(19).fill(200));
  const overlapping = `from meetings a join meetings b on a.id < b.id and a.facilitator_id = b.facilitator_id and a.busy && b.busy
    where a.state = 'fixed' and b.state = 'fixed' and a.facilitator_id = $1`;
  expect(await count(overlapping, [facilitator.id])).toBe(0);
}, 120_000);

it('a room goes to one of those who book it for the same hour, whoever leads', async () => {
  const lead = await test.staff('Lena Lead', 'lead');
  const made = await lead.post('/v1/public-places', { name: 'De Schakel', address: 'Molenplein 1', rooms: [{ name: 'Boven', capacity: 12 }] }).expect(201);
  const { id: publicPlaceId, rooms } = made.body as { id: string; rooms: { id: string }[] };
  const place = { type: 'public-place', publicPlaceId, roomId: rooms[0]!.id };
  const stories: MeetingStory[] = [];
  for (let i = 0; i < 6; i += 1) stories.push(await aMeetingStory(test, { circle: [] }));
  const answers = await together(6, (nth) => at(stories[nth]!.facilitator, nth).post(`/v1/cases/${stories[nth]!.id}/meetings`, { place, slots: [slotIn(test, 30 + nth * 0.25)] }));
  expect(statuses(answers)).toEqual([201, 409, 409, 409, 409, 409]);
  expect(refusals(answers)).toEqual(['room-taken']);
});

it('a case has one open meeting, however often it is planned at once', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const story = await aMeetingStory(test, { circle: [] });
    const answers = await together(5, (nth) =>
      at(story.facilitator, nth).post(`/v1/cases/${story.id}/meetings`, { place: PLACE, slots: [slotIn(test, 30 + nth * 24), slotIn(test, 35 + nth * 24)] }),
    );
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409]);
    expect(refusals(answers)).toEqual(['meeting-open']);
    expect(await count('from meetings where case_id = $1', [story.id])).toBe(1);
  }
});

it('the same date of a poll that is taken by several at once is fixed once, and announced once', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
  const answers = await together(4, (nth) => at(story.facilitator, nth).post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[0]!.id }));
  expect(statuses(answers)).toEqual([200, 409, 409, 409]);
  await twin.deliver();
  const dated = (await mailbox(test.app)).filter(({ to, attachments }) => to === story.mail('Joost') && attachments.length > 0);
  expect(dated).toHaveLength(1);
});

it('a meeting that is moved and one that is fixed do not both get the hour', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const facilitator = await test.staff(`Schuif Rond ${'abcd'[round]}`, 'facilitator');
    const moved = await aMeetingStory(test, { circle: [] }, facilitator);
    const fresh = await aMeetingStory(test, { circle: [] }, facilitator);
    const meeting = await plan(moved, [slotIn(test, 30)]);
    const hour = slotIn(test, 80);
    const answers = await Promise.all([
      facilitator.post(`/v1/meetings/${meeting.id}/move`, hour),
      twin.as(facilitator).post(`/v1/cases/${fresh.id}/meetings`, { place: PLACE, slots: [hour] }),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(refusals(answers)).toEqual(['moment-not-possible']);
  }
});

it('moved and called off at once, it ends as one of the two, and everyone hears how it ended', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const story = await aMeetingStory(test);
    await invite(story);
    const meeting = await plan(story, [slotIn(test, 200)]);
    await test.deliver();
    const [moved, off] = await Promise.all([
      story.facilitator.post(`/v1/meetings/${meeting.id}/move`, slotIn(test, 230)),
      twin.as(story.facilitator).post(`/v1/meetings/${meeting.id}/cancellation`, { reason: 'other' }),
    ]);
    expect(off.status).toBe(200);
    expect([200, 409]).toContain(moved.status);
    await twin.deliver();
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`)).state).toBe('cancelled');
    const [last] = (await mailbox(test.app)).filter(({ to }) => to === story.mail('Joost'));
    expect(Buffer.from(last!.attachments[0]!.content, 'base64').toString()).toContain('METHOD:CANCEL');
  }
});

it('invitations that are clicked many times, in two processes, invite each one once', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const story = await aMeetingStory(test);
    const circle = Object.values(story.members).filter(({ isMainPerson }) => !isMainPerson);
    for (const { id } of circle) await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
    const answers = await together(6, (nth) => at(story.facilitator, nth).post(`/v1/cases/${story.id}/invitations`));
    expect(statuses(answers)).toEqual(Array<number>(6).fill(202));
    const invited = answers.flatMap(({ body }) => (body as { items: { memberId: string }[] }).items.map(({ memberId }) => memberId));
    expect(invited.sort()).toEqual(circle.map(({ id }) => id).sort());
    await twin.deliver();
    for (const name of ['Ria', 'Joost', 'Karim']) expect((await mailbox(test.app)).filter(({ to }) => to === story.mail(name))).toHaveLength(1);
  }
});

it('who is invited and taken out at the same moment is out, and hears nothing', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const story = await aMeetingStory(test);
    const joost = story.members.Joost!.id;
    await story.facilitator.post(`/v1/circle-members/${joost}/approval`, { by: 'main-person' }).expect(200);
    const [invited, removed] = await Promise.all([
      story.facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [joost] }),
      twin.as(story.facilitator).post(`/v1/circle-members/${joost}/removal`, { reason: 'own-wish' }),
    ]);
    expect(removed.status).toBe(200);
    expect([202, 409]).toContain(invited.status);
    await twin.deliver();
    expect(await memberState(story, 'Joost')).toBe('removed');
    expect((await mailbox(test.app)).filter(({ to }) => to === story.mail('Joost'))).toEqual([]);
  }
});

it('a referral that several take at once is one case, of one of them', async () => {
  const takers = await Promise.all(['Een', 'Twee', 'Drie', 'Vier'].map((name) => test.staff(`${name} Pakt`, 'facilitator')));
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id } = (await takers[0]!.post('/v1/referrals', aReferral()).expect(201)).body as { id: string };
    const answers = await together(4, (nth) => at(takers[nth]!, nth).post(`/v1/referrals/${id}/acceptance`, { facilitatorId: takers[nth]!.id }));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    // Who comes after it was taken does not see it any more, or reads that it was.
    for (const { status } of answers) expect([201, 404, 409]).toContain(status);
    expect(await count('from cases where referral_id = $1', [id])).toBe(1);
  }
});

it('a case that changes hands while it is planned: its meeting is led by who has the case', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const story = await aMeetingStory(test, { circle: [] });
    const follower = await test.staff(`Volgt Op ${'abcd'[round]}`, 'facilitator');
    const lead = await test.staff('Lena Lead', 'lead');
    const [planned, given] = await Promise.all([
      story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: PLACE, slots: [slotIn(test, 30)] }),
      twin.as(lead).post(`/v1/cases/${story.id}/handover`, { facilitatorId: follower.id, reason: 'illness' }),
    ]);
    expect(given.status).toBe(200);
    expect([201, 404]).toContain(planned.status);
    expect(await count('from meetings t join cases c on c.id = t.case_id where c.id = $1 and t.facilitator_id <> c.facilitator_id', [story.id])).toBe(0);
    expect((await follower.get(`/v1/cases/${story.id}`)).status).toBe(200);
  }
});

it('one duty at a time, whoever writes the roster', async () => {
  const first = await test.staff('Dienst Een', 'facilitator');
  const leads = await Promise.all(['Een', 'Twee'].map((name) => test.staff(`Leidt ${name}`, 'lead')));
  const day = 24 * 3_600_000;
  const item = (from: number) => ({ from: new Date(START.getTime() + from * day).toISOString(), to: new Date(START.getTime() + (from + 2) * day).toISOString(), firstId: first.id });
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await together(6, (nth) => at(leads[nth % 2]!, nth).put('/v1/duty-roster', { items: [item(1 + nth), item(3 + nth)] }));
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(await count('from meetings_duties a join meetings_duties b on a.id < b.id and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)', [])).toBe(0);
    expect(await count('from meetings_duties', [])).toBe(2);
  }
});

it('what is due is done once, also when two processes take from the queue', async () => {
  const stories: MeetingStory[] = [];
  for (let i = 0; i < 3; i += 1) {
    const story = await aMeetingStory(test);
    await invite(story);
    stories.push(story);
  }
  await twin.deliver();
  const all = await mailbox(test.app);
  for (const story of stories) for (const name of ['Ria', 'Joost', 'Karim']) expect(all.filter(({ to }) => to === story.mail(name))).toHaveLength(1);
});

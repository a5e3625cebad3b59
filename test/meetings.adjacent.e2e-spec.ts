import { Client } from 'pg';
import type { Response } from 'supertest';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, codeOf, plan, slotIn, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { twinOf, type Twin } from './support/twin.js';

// One facilitator, one room, and meetings that touch; and what happens to an hour that is taken and left at the same moment.

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
const VIDEO = { type: 'video', url: 'https://beeld.example/een' };
const MINUTE = 1 / 60;

let met = 0;
/** Somebody whose agenda is empty: a name is one person. */
const someFacilitator = (): Promise<Caller> => test.staff(`Vera ${'abcdefghijklmnopqrstuvwxyz'[met++]}`, 'facilitator');

/** Two cases of one facilitator. */
async function twoCases(): Promise<{ facilitator: Caller; first: MeetingStory; second: MeetingStory }> {
  const facilitator = await someFacilitator();
  return { facilitator, first: await aMeetingStory(test, { circle: [] }, facilitator), second: await aMeetingStory(test, { circle: [] }, facilitator) };
}

const ask = (story: MeetingStory, slot: object, place: object = PLACE) => story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot] });
const count = async (sql: string, values: unknown[]): Promise<number> => Number((await rows.query<{ n: string }>(`select count(*) as n ${sql}`, values)).rows[0]!.n);
const clashes = (facilitatorId: string): Promise<number> =>
  count(
    `from meetings a join meetings b on a.id < b.id and a.facilitator_id = b.facilitator_id and a.busy && b.busy
     where a.state = 'fixed' and b.state = 'fixed' and a.facilitator_id = $1`,
    [facilitatorId],
  );
const statuses = (...answers: Response[]): number[] => answers.map(({ status }) => status);

describe('Meetings that follow each other', () => {
  it('are possible with half an hour in between, and not with 29 minutes', async () => {
    const { first, second } = await twoCases();
    await plan(first, [slotIn(test, 48)]);
    expect(codeOf(await ask(second, slotIn(test, 50 + 29 * MINUTE)).expect(409))).toBe('moment-not-possible');
    await ask(second, slotIn(test, 50 + 30 * MINUTE)).expect(201);
  });

  it('before one that stands already count the same way: who comes from there needs the half hour', async () => {
    const { first, second } = await twoCases();
    await plan(first, [slotIn(test, 48)]);
    expect(codeOf(await ask(second, slotIn(test, 46 - 29 * MINUTE)).expect(409))).toBe('moment-not-possible');
    await ask(second, slotIn(test, 46 - 30 * MINUTE)).expect(201);
  });

  it('at a screen need no way there: one may begin where the other ends', async () => {
    const { first, second } = await twoCases();
    await plan(first, [slotIn(test, 48)]);
    expect(codeOf(await ask(second, slotIn(test, 50 - MINUTE), VIDEO).expect(409))).toBe('moment-not-possible');
    await ask(second, slotIn(test, 50), VIDEO).expect(201);
  });

  it('at a screen, after which one travels: the half hour is of the meeting that asks for it', async () => {
    const { first, second } = await twoCases();
    await plan(first, [slotIn(test, 48)], { place: VIDEO });
    expect(codeOf(await ask(second, slotIn(test, 50)).expect(409))).toBe('moment-not-possible');
    await ask(second, slotIn(test, 50.5)).expect(201);
  });

  it('moved from a place to a screen gives the half hour back', async () => {
    const { first, second } = await twoCases();
    const later = await plan(first, [slotIn(test, 50.5)]);
    expect(codeOf(await ask(second, slotIn(test, 48.25)).expect(409))).toBe('moment-not-possible');
    await first.facilitator.post(`/v1/meetings/${later.id}/move`, { ...slotIn(test, 50.5), place: VIDEO }).expect(200);
    await ask(second, slotIn(test, 48.25)).expect(201);
  });

  it('in one room follow each other at once, led by two people, and do not share a minute', async () => {
    const first = await aMeetingStory(test, { circle: [] });
    const second = await aMeetingStory(test, { circle: [] });
    const made = await first.facilitator.post('/v1/public-places', { name: 'De Schakel', address: 'Molenplein 1', rooms: [{ name: 'Boven', capacity: 12 }] }).expect(201);
    const { id: publicPlaceId, rooms } = made.body as { id: string; rooms: { id: string }[] };
    const room = { type: 'public-place', publicPlaceId, roomId: rooms[0]!.id };
    await plan(first, [slotIn(test, 48)], { place: room });
    expect(codeOf(await ask(second, slotIn(test, 50 - MINUTE), room).expect(409))).toBe('room-taken');
    await ask(second, slotIn(test, 50), room).expect(201);
  });
});

describe('At the same moment', () => {
  it('a case is handed over and a date is fixed in it: it is led by one, who is at one place', async () => {
    const lead = await test.staff('Lena Lead', 'lead');
    for (let round = 0; round < ROUNDS; round += 1) {
      const story = await aMeetingStory(test, { circle: [] });
      const follower = await someFacilitator();
      const own = await aMeetingStory(test, { circle: [] }, follower);
      const hour = slotIn(test, 48);
      const poll = await plan(story, [hour, slotIn(test, 72)]);
      await plan(own, [hour]);
      const [given, fixed] = await Promise.all([
        twin.as(lead).post(`/v1/cases/${story.id}/handover`, { facilitatorId: follower.id, reason: 'illness' }),
        story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[0]!.id }),
      ]);
      // Fixed first, the follower cannot be there too and it stays; handed over first, it is no longer the other's to fix.
      expect([[409, 200], [200, 404]]).toContainEqual(statuses(given, fixed));
      expect(await clashes(follower.id)).toBe(0);
      expect(await count('from meetings t join cases c on c.id = t.case_id where c.id = $1 and t.facilitator_id <> c.facilitator_id', [story.id])).toBe(0);
    }
  });

  it('one meeting moves to the hour that another is fixed at: one of them gets it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { facilitator, first, second } = await twoCases();
      const hour = slotIn(test, 48);
      const moving: MeetingBody = await plan(first, [slotIn(test, 96)]);
      const poll: MeetingBody = await plan(second, [hour, slotIn(test, 120)]);
      const answers = await Promise.all([
        facilitator.post(`/v1/meetings/${moving.id}/move`, hour),
        twin.as(facilitator).post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[0]!.id }),
      ]);
      expect(statuses(...answers).sort()).toEqual([200, 409]);
      expect(codeOf(answers.find(({ status }) => status === 409)!)).toBe('moment-not-possible');
      expect(await clashes(facilitator.id)).toBe(0);
    }
  });

  it('somebody says that they are away and a date is planned then: it is refused, or the absence names it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const story = await aMeetingStory(test, { circle: [] });
      const slot = { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' };
      const [away, planned] = await Promise.all([
        twin.as(story.facilitator).post('/v1/me/absences', { kind: 'leave', from: '2027-01-14', to: '2027-01-14' }),
        ask(story, slot),
      ]);
      expect(away.status).toBe(201);
      expect([201, 409]).toContain(planned.status);
      const { items } = (await story.facilitator.get('/v1/me/absences').expect(200)).body as { items: { meetings: { caseId: string }[] }[] };
      expect(items[0]!.meetings.map(({ caseId }) => caseId)).toEqual(planned.status === 201 ? [story.id] : []);
    }
  });
});

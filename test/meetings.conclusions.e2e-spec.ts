import { randomUUID } from 'node:crypto';
import { ConclusionsService } from '../src/meetings/conclusions.service.js';
import type { Conclusion } from '../src/meetings/meetings.events.js';
import { startApp, type TestApp } from './support/app.js';
import {
  aMeetingStory,
  answering,
  bodyOf,
  caseState,
  codeOf,
  errorsOf,
  plan,
  slotIn,
  timelineTypes,
  type MeetingBody,
  type MeetingStory,
} from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
const concluded: Conclusion[] = [];
let refuseNext = false;

beforeAll(async () => {
  test = await startApp();
  test.app.get(ConclusionsService).onConcluded({
    concluded: (_, conclusion) => {
      if (refuseNext) return Promise.reject(new Error('the cost line cannot be written'));
      concluded.push(conclusion);
      return Promise.resolve();
    },
  });
});
afterAll(() => test.stop());

/** A meeting of a new case that has just begun. */
async function aMeetingThatBegan(): Promise<{ story: MeetingStory; meeting: MeetingBody; path: string }> {
  const story = await aMeetingStory(test);
  const meeting = await plan(story, [slotIn(test, 0.25)]);
  return { story, meeting, path: `/v1/meetings/${meeting.id}` };
}

describe('Who was there', () => {
  it('is noted from half an hour before the start, and again when it was noted wrongly', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [slotIn(test, 0.75)]);
    const path = `/v1/meetings/${meeting.id}/attendance`;
    const { Sanne, Joost, Karim } = story.members;
    const items = [
      { memberId: Sanne!.id, presence: 'present' },
      { memberId: Joost!.id, presence: 'absent' },
    ];
    const early = await story.facilitator.put(path, { items }).expect(409);
    expect(codeOf(early)).toBe('meeting-not-begun');
    test.clock.advance({ minutes: 15 });
    expect(bodyOf(await story.facilitator.put(path, { items }).expect(200)).attendance).toEqual(expect.arrayContaining(items));
    const better = [
      { memberId: Sanne!.id, presence: 'present' },
      { memberId: Karim!.id, presence: 'remote' },
    ];
    const noted = bodyOf(await story.facilitator.put(path, { items: better }).set('If-Match', '"2"').expect(200));
    expect(noted.attendance).toHaveLength(2);
    expect(noted.attendance).toEqual(expect.arrayContaining(better));
    await story.facilitator.put(path, { items }).set('If-Match', '"2"').expect(412);
    await story.facilitator.post(`/v1/meetings/${meeting.id}/conclusion`, { outcome: 'plan' }).expect(200);
    await story.facilitator.put(path, { items }).expect(200);
    expect(await timelineTypes(story)).toContain('attendance-noted');
  });

  it('names people of this case, each once', async () => {
    const { story, path } = await aMeetingThatBegan();
    const stranger = (await aMeetingStory(test)).resident.id;
    const present = (memberId: string) => ({ memberId, presence: 'present' });
    const { id } = story.resident;
    const put = (items: unknown) => story.facilitator.put(`${path}/attendance`, { items });
    expect(errorsOf(await put([present(id), present(stranger)]).expect(400))).toEqual(['/items/1/memberId unknown-member']);
    expect(errorsOf(await put([present(id), present(id)]).expect(400))).toEqual(['/items/1/memberId double']);
    expect(errorsOf(await put([{ memberId: id, presence: 'asleep' }]).expect(400))).toEqual(['/items/0/presence one-of']);
    expect(errorsOf(await put('everyone').expect(400))).toEqual(['/items list']);
  });
});

describe('What came of it', () => {
  it('is concluded from half an hour before the start: the meeting is held and the case has met', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [slotIn(test, 0.75)]);
    const path = `/v1/meetings/${meeting.id}/conclusion`;
    const body = { outcome: 'plan', facilitatorHours: 6.5, note: 'Ria las de zinnen voor.' };
    expect(codeOf(await story.facilitator.post(path, body).expect(409))).toBe('meeting-not-begun');
    test.clock.advance({ minutes: 15 });
    const held = await story.facilitator.post(path, body).expect(200);
    expect(held.body).toMatchObject({ state: 'held', outcome: 'plan', facilitatorHours: '6.5', note: 'Ria las de zinnen voor.' });
    expect(await caseState(story)).toBe('met');
    expect(concluded.filter(({ caseId }) => caseId === story.id)).toEqual([
      { caseId: story.id, meetingId: meeting.id, outcome: 'plan', facilitatorHours: '6.5' },
    ]);
    const sanne = await atTheTable(test, story, story.resident.id);
    const seen = await sanne.get(`/v1/meetings/${meeting.id}`).expect(200);
    expect(seen.body).toMatchObject({ state: 'held', outcome: 'plan' });
    for (const hidden of ['note', 'reason', 'facilitatorHours']) expect(seen.body).not.toHaveProperty(hidden);

    const again = await story.facilitator.post(path, body).expect(409);
    expect(again.body).toMatchObject({ state: 'held', allowed: ['note-attendance'] });
    const answers = { answers: { [meeting.slotId!]: 'yes' } };
    await story.facilitator.put(answering(meeting, story, 'Sanne'), answers).expect(409);
  });

  it('may be no plan: that needs a reason, and closes the case', async () => {
    const { story, path } = await aMeetingThatBegan();
    const conclude = (body: object) => story.facilitator.post(`${path}/conclusion`, body);
    expect(errorsOf(await conclude({ outcome: 'no-plan' }).expect(400))).toEqual(['/reason required']);
    expect(errorsOf(await conclude({ outcome: 'no-plan', reason: 'rain' }).expect(400))).toEqual(['/reason one-of']);
    const held = await conclude({ outcome: 'no-plan', reason: 'other-help' }).expect(200);
    expect(held.body).toMatchObject({ state: 'held', outcome: 'no-plan', reason: 'other-help', facilitatorHours: null });
    expect(await caseState(story)).toBe('closed');
    expect((await timelineTypes(story)).slice(0, 3)).toEqual(['ended-because', 'closed', 'meeting-held']);
  });

  it('may be that people go on another day: then a new date can be found', async () => {
    const { story, path } = await aMeetingThatBegan();
    await story.facilitator.post(`${path}/conclusion`, { outcome: 'continue', reason: 'more-time-needed' }).expect(200);
    expect(await caseState(story)).toBe('preparing');
    await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
  });

  it('is not concluded for a poll, by a stranger, or with hours that are none', async () => {
    const story = await aMeetingStory(test);
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
    const path = `/v1/meetings/${poll.id}/conclusion`;
    const refused = await story.facilitator.post(path, { outcome: 'plan' }).expect(409);
    expect(refused.body).toMatchObject({ state: 'polling', allowed: ['answer', 'confirm', 'cancel', 'choose-chair'] });
    await (await aMeetingStory(test)).facilitator.post(path, { outcome: 'plan' }).expect(404);
    await story.facilitator.post(`/v1/meetings/${randomUUID()}/conclusion`, { outcome: 'plan' }).expect(404);
    for (const facilitatorHours of [-1, 1e21, '1,5', 'veel', 1.23456, true]) {
      const wrong = await story.facilitator.post(path, { outcome: 'plan', facilitatorHours }).expect(400);
      expect(errorsOf(wrong)).toEqual(['/facilitatorHours hours']);
    }
  });

  it('leaves nothing half done when what belongs to it fails', async () => {
    const { story, path } = await aMeetingThatBegan();
    refuseNext = true;
    await story.facilitator.post(`${path}/conclusion`, { outcome: 'plan', facilitatorHours: 2 }).expect(500);
    refuseNext = false;
    expect(bodyOf(await story.facilitator.get(path)).state).toBe('fixed');
    expect(await caseState(story)).toBe('scheduled');
    await story.facilitator.post(`${path}/conclusion`, { outcome: 'plan', facilitatorHours: '2' }).expect(200);
  });
});

import { LeavingService } from '../src/circle/leaving.service.js';
import type { CircleMember } from '../src/circle/circle.service.js';
import { START, startApp, type TestApp } from './support/app.js';
import { bodyOf, aMeetingStory, answering, invite, memberState, plan, slotIn, timelineTypes } from './support/meetings.js';
import { mailsTo } from './support/mailbox.js';
import { ask, countOf, ran } from './support/retention.js';
import { aCase, atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => {
  test = await startApp();
});
afterEach(() => test.stop());

const member = (story: { members: Record<string, { id: string }> }, name: string): string => story.members[name]!.id;

describe('somebody who cannot be reached', () => {
  it('is waited for no longer: links and messages end, their answer counts no more, and the facilitator alone reads why', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Ria', 'Joost');
    const poll = await plan(story, [slotIn(test, 48), slotIn(test, 72)], { mustAttend: [member(story, 'Ria'), member(story, 'Joost')] });
    const [first] = poll.slots;
    for (const name of ['Sanne', 'Ria', 'Joost']) {
      await story.facilitator.put(answering(poll, story, name), { answers: { [first!.id]: name === 'Ria' ? 'no' : 'yes' } }).expect(200);
    }
    const ria = await atTheTable(test, story, member(story, 'Ria'));
    const note = 'Het nummer is van iemand anders';
    const path = `/v1/circle-members/${member(story, 'Ria')}/unreachable`;
    const gone = await story.facilitator.post(path, { note }).expect(200);
    expect(gone.body).toMatchObject({ state: 'unreachable' });
    await ria.get('/v1/me').expect(401);
    await test.deliver();
    expect(await mailsTo(test.app, story.mail('Ria'))).toEqual([]);
    const after = bodyOf(await story.facilitator.get(`/v1/meetings/${poll.id}`).expect(200));
    expect(after.ranking!.find(({ slotId }) => slotId === first!.id)).toMatchObject({ keepsAll: true, yes: 2, no: 0 });
    await story.facilitator.put(answering(poll, story, 'Ria'), { answers: { [first!.id]: 'yes' } }).expect(409);
    const sanne = await atTheTable(test, story, story.resident.id);
    const seen = (await sanne.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).text;
    expect(seen).toContain('niet te bereiken');
    expect(seen).not.toContain(note);
  });

  it('is an end: nothing moves them any more, and they may be proposed anew', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Ria');
    const path = `/v1/circle-members/${member(story, 'Ria')}`;
    await story.facilitator.post(`${path}/unreachable`).expect(200);
    for (const action of ['unreachable', 'approval', 'removal', 'refusal']) {
      const refused = await story.facilitator.post(`${path}/${action}`).expect(409);
      expect(refused.body).toMatchObject({ state: 'unreachable', allowed: [] });
    }
    await story.facilitator.post(`${path}/links`, { via: 'show' }).expect(409);
    const again = { name: 'Ria', relation: 'parent', phone: '0612345670' };
    await story.facilitator.post(`/v1/cases/${story.id}/circle-members`, again).expect(201);
  });

  it('was somebody who may be contacted: not one who is only proposed, a main person, or of another facilitator', async () => {
    const story = await aMeetingStory(test);
    const path = (name: string): string => `/v1/circle-members/${member(story, name)}/unreachable`;
    expect((await story.facilitator.post(path('Ria')).expect(409)).body).toMatchObject({ state: 'proposed' });
    expect((await story.facilitator.post(path('Sanne')).expect(409)).body).toMatchObject({ type: expect.stringContaining('main-person-stays') });
    await (await test.staff('Kees', 'facilitator')).post(path('Ria')).expect(404);
    expect(await memberState(story, 'Ria')).toBe('proposed');
    expect(await timelineTypes(story)).not.toContain('member-unreachable');
  });
});

describe('the ways to reach people go', () => {
  it('the night after somebody refused or could not be reached, and at once from who was taken out; a count stays', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/unreachable`, { note: 'Verhuisd' }).expect(200);
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/refusal`).expect(200);
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Karim')}/removal`).expect(200);
    const names = async (): Promise<string[]> =>
      (await ask<{ name: string }>(test, 'select name from circle_members where case_id = $1 and not is_main_person order by id', [story.id])).map(({ name }) => name);
    expect(await names()).toEqual(['Ria', 'Joost', 'iemand']);
    test.clock.advance({ days: 1 });
    const run = await ran(test, await test.staff('Ad Beheer', 'admin'), { dryRun: false });
    expect(countOf(run, 'circle-contact', 'circle_members')).toBe(2);
    expect(await names()).toEqual(['iemand', 'iemand', 'iemand']);
    const left = await ask<{ state: string }>(test, 'select state from circle_members where case_id = $1 and not is_main_person order by id', [story.id]);
    expect(left.map(({ state }) => state)).toEqual(['unreachable', 'refused', 'removed']);
    const lookups = await ask(test, `select from platform_lookups where object_id = any ($1)`, [['Ria', 'Joost', 'Karim'].map((name) => member(story, name))]);
    expect(lookups).toEqual([]);
  });

  it('by the night in which 28 days without contact have passed, not before, and not of who was spoken to', async () => {
    const story = await aCase(test);
    const attempt = { at: START.toISOString(), channel: 'call' };
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/approval`, { by: 'main-person' }).expect(200);
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Meester')}/approval`, { by: 'main-person' }).expect(200);
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/contact-attempts`, { ...attempt, outcome: 'reached' }).expect(201);
    await story.facilitator.post(`/v1/circle-members/${member(story, 'Meester')}/contact-attempts`, { ...attempt, outcome: 'not-reached' }).expect(201);
    const run = async (): Promise<number> => countOf(await ran(test, await test.staff('Ad Beheer', 'admin'), { dryRun: false }), 'circle-contact', 'circle_members');
    test.clock.advance({ days: 27 });
    expect(await run()).toBe(0);
    test.clock.advance({ days: 2 });
    expect(await run()).toBe(2);
    const rows = await ask<{ name: string }>(test, 'select name from circle_members where case_id = $1 and not is_main_person order by id', [story.id]);
    expect(rows.map(({ name }) => name)).toEqual(['iemand', 'Joost Bakker', 'iemand']);
  });
});

it('tells who listens that somebody left, with how they were reached, after everything of theirs was taken back', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const heard: Pick<CircleMember, 'name' | 'email' | 'state'>[] = [];
  test.app.get(LeavingService).onLeft({ left: async (_tx, _case, { name, email, state }) => void heard.push({ name, email, state }) });
  for (const [name, action] of [['Ria', 'unreachable'], ['Joost', 'refusal'], ['Karim', 'removal']] as const) {
    await story.facilitator.post(`/v1/circle-members/${member(story, name)}/${action}`).expect(200);
  }
  expect(heard).toEqual(['Ria', 'Joost', 'Karim'].map((name) => ({ name, email: story.mail(name), state: 'invited' })));
});

import { Client } from 'pg';
import { GrowthService } from '../src/circle/growth.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, codeOf, invite, plan, slotIn, timelineTypes, type MeetingStory } from './support/meetings.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

interface Growth {
  moment: string;
  informal: number;
  professional: number;
  countedOn: number | null;
}

/** A story whose facilitator can be signed in again: a session does not last for weeks. */
async function aStory(changes: Record<string, unknown> = {}): Promise<MeetingStory & { later(duration: Parameters<TestApp['clock']['advance']>[0]): Promise<void> }> {
  const name = `Noor ${String.fromCharCode(97 + (stories += 1))}`;
  const story = await aMeetingStory(test, changes, await test.staff(name, 'facilitator'));
  return Object.assign(story, {
    later: async (duration: Parameters<TestApp['clock']['advance']>[0]) => {
      test.clock.advance(duration);
      await test.deliver();
      story.facilitator = await test.staff(name, 'facilitator');
    },
  });
}
let stories = -1;

async function query(text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: test.database.ownerUrl });
  await client.connect();
  try {
    await client.query(`select set_config('app.organisation_id', $1, false)`, [test.organisationId]);
    return (await client.query(text, values)).rows as unknown[];
  } finally {
    await client.end();
  }
}

/** The moments of a case, as the figures read them. */
async function growthOf(story: StoryCase): Promise<Growth[]> {
  const rows = await test.app.get(Database).view(systemContext(test.organisationId, 'test'), (tx) => test.app.get(GrowthService).ofCase(tx, story.id));
  return rows.map(({ moment, informal, professional, countedOn }) => ({ moment, informal, professional, countedOn }));
}
const at = (moment: string, informal: number, professional: number, countedOn: number | null = null): Growth => ({ moment, informal, professional, countedOn });

interface Answers {
  moment: string;
  items: { moment: string; names: { name: string; memberId: string | null }[] }[];
}
const answering = (story: StoryCase, memberId = story.resident.id): string => `/v1/cases/${story.id}/circle-answers/${memberId}`;
const answer = async (who: Caller, story: StoryCase, names: string[], memberId?: string): Promise<Answers> =>
  (await who.put(answering(story, memberId), { names }).expect(200)).body as Answers;

/** A meeting that began just now, with these people there. */
async function held(story: MeetingStory, there: string[], attendance: 'before' | 'after' | 'never' = 'before'): Promise<string> {
  const meeting = await plan(story, [slotIn(test, 0.25)]);
  const items = there.map((name) => ({ memberId: story.members[name]!.id, presence: name === 'Karim' ? 'remote' : 'present' }));
  const note = (): Promise<unknown> => story.facilitator.put(`/v1/meetings/${meeting.id}/attendance`, { items }).expect(200);
  if (attendance === 'before') await note();
  await story.facilitator.post(`/v1/meetings/${meeting.id}/conclusion`, { outcome: 'plan' }).expect(200);
  if (attendance === 'after') await note();
  return meeting.id;
}

/** A plan in which these people do something. */
async function fixPlan(story: MeetingStory, who: string[]): Promise<void> {
  const commitments = who.map((name) => ({ memberId: story.members[name]!.id, text: `Taak van ${name}` }));
  await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Rust' }], commitments }).set('If-Match', '*').expect(200);
  await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
}

/** Somebody who was asked while they were not there says that they will do it. */
async function saysYes(story: MeetingStory, name: string): Promise<void> {
  const { items } = (await story.facilitator.get(`/v1/commitments?caseId=${story.id}&state=asked`)).body as { items: { id: string; memberId: string }[] };
  const { id } = items.find(({ memberId }) => memberId === story.members[name]!.id)!;
  await story.facilitator.post(`/v1/commitments/${id}/progress`, { state: 'promised', note: 'Op hun woord, aan de telefoon.' }).expect(200);
}

it('counts everyone who was named when the case begins, interpreters and support persons aside', async () => {
  const named = [
    { name: 'Ria', relation: 'parent', phone: '0612345679' },
    { name: 'Joost', relation: 'neighbour', email: 'joost@example.org' },
    { name: 'Karim', relation: 'teacher', professional: true, email: 'karim@example.org' },
    { name: 'Leyla', relation: 'interpreter', email: 'leyla@example.org' },
    { name: 'Vera', relation: 'support-person', email: 'vera@example.org' },
  ];
  const story = await aCase(test, { circle: named, otherMainPersons: [{ name: 'Mark', email: 'mark@example.org' }] });
  expect(await growthOf(story)).toEqual([at('referral', 2, 1)]);
  // Who comes in later is counted at the next moment, not at this one.
  await story.facilitator.post(`/v1/cases/${story.id}/circle-members`, { name: 'Bep', relation: 'relative', phone: '0612345670' }).expect(201);
  expect(await growthOf(story)).toEqual([at('referral', 2, 1)]);
});

it('counts at the meeting who took part, also at a distance, and puts it right when that was noted wrongly or late', async () => {
  const story = await aStory();
  await invite(story);
  const id = await held(story, ['Sanne', 'Joost', 'Karim']);
  expect((await growthOf(story)).at(-1)).toEqual(at('meeting', 1, 1));
  const all = ['Sanne', 'Joost', 'Ria'].map((name) => ({ memberId: story.members[name]!.id, presence: 'present' }));
  await story.facilitator.put(`/v1/meetings/${id}/attendance`, { items: all }).expect(200);
  expect((await growthOf(story)).at(-1)).toEqual(at('meeting', 2, 0));

  const late = await aStory();
  await invite(late);
  await held(late, ['Karim'], 'after');
  expect((await growthOf(late)).at(-1)).toEqual(at('meeting', 0, 1));
});

it('counts a meeting once: a further meeting is no other moment', async () => {
  const story = await aStory();
  await invite(story);
  await held(story, ['Joost']);
  await story.later({ days: 7 });
  await held(story, ['Joost', 'Ria']);
  expect(await growthOf(story)).toEqual([at('referral', 2, 1), at('meeting', 1, 0)]);
});

it('counts on the review days of the kind when nobody meets then, with who still has a part, and not twice', async () => {
  const story = await aStory();
  await invite(story);
  await held(story, ['Joost', 'Karim']);
  await fixPlan(story, ['Joost', 'Ria']);
  await saysYes(story, 'Ria');
  await story.later({ days: 41 });
  expect(await growthOf(story)).toHaveLength(2);
  await story.later({ days: 1, hours: 12 });
  expect((await growthOf(story)).at(-1)).toEqual(at('first-review', 2, 1));
  await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'own-wish' }).expect(200);
  await fixPlan(story, ['Ria']);
  await saysYes(story, 'Ria');
  await story.later({ days: 49 });
  expect(await growthOf(story)).toEqual([at('referral', 2, 1), at('meeting', 1, 1), at('first-review', 2, 1), at('last-review', 1, 1)]);
});

it('waits for a review that has a date, and counts when it is held', async () => {
  const story = await aStory();
  await invite(story);
  await held(story, ['Joost']);
  await fixPlan(story, ['Joost']);
  await story.later({ days: 41 });
  const review = await plan(story, [slotIn(test, 96)]);
  await query(`update meetings set type = 'review' where id = $1`, [review.id]);
  await story.later({ days: 3 });
  expect(await growthOf(story)).toHaveLength(2);
  await story.later({ days: 1 });
  const there = [{ memberId: story.members.Joost!.id, presence: 'present' }, { memberId: story.members.Ria!.id, presence: 'part' }];
  await story.facilitator.put(`/v1/meetings/${review.id}/attendance`, { items: there }).expect(200);
  await story.facilitator.post(`/v1/meetings/${review.id}/conclusion`, { outcome: 'plan' }).expect(200);
  expect((await growthOf(story)).at(-1)).toEqual(at('first-review', 2, 0));
  await story.later({ days: 30 });
  expect(await growthOf(story)).toHaveLength(3);
});

it('does not look back in a case that has ended', async () => {
  const story = await aStory();
  await invite(story);
  await held(story, ['Joost']);
  await fixPlan(story, ['Joost']);
  await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
  await story.later({ days: 100 });
  expect(await growthOf(story)).toHaveLength(2);
});

describe('op wie kun je nu rekenen?', () => {
  it('is asked at each moment: free names, some of the circle, changed as often as one likes until the next moment', async () => {
    const story = await aStory();
    await invite(story);
    const sanne = await atTheTable(test, story, story.resident.id);
    expect((await sanne.get(answering(story)).expect(200)).body).toMatchObject({ moment: 'referral', items: [] });
    await answer(sanne, story, ['Joost', 'Tante Bep']);
    const said = await answer(sanne, story, ['joost', 'Tante Bep', 'Ome Jan']);
    expect(said.items).toHaveLength(1);
    expect(said.items[0]!.names).toEqual([
      { name: 'joost', memberId: story.members.Joost!.id },
      { name: 'Tante Bep', memberId: null },
      { name: 'Ome Jan', memberId: null },
    ]);
    expect((await growthOf(story))[0]).toMatchObject({ countedOn: 3 });
    expect(await timelineTypes(story)).toContain('circle-answered');

    await held(story, ['Joost']);
    const passed = await sanne.put(answering(story), { names: ['Ria'], moment: 'referral' }).expect(409);
    expect([codeOf(passed), (passed.body as { state: string }).state]).toEqual(['moment-passed', 'meeting']);
    const now = await answer(sanne, story, ['Ria']);
    expect(now.items.map(({ moment, names }) => [moment, names.length])).toEqual([['referral', 3], ['meeting', 1]]);
    expect((await growthOf(story)).map(({ countedOn }) => countedOn)).toEqual([3, 1]);
  });

  it('is answered by each main person for themself; the same name of two counts once; nobody reads the other one’s', async () => {
    const story = await aStory({ otherMainPersons: [{ name: 'Mark Verhoeven', email: 'mark@example.org' }] });
    await invite(story);
    const [sanne, mark] = await Promise.all(['Sanne', 'Mark'].map((name) => atTheTable(test, story, story.members[name]!.id)));
    await answer(sanne!, story, ['Joost', 'Ria']);
    await answer(mark!, story, ['JOOST', 'Mijn broer'], story.members.Mark!.id);
    expect((await growthOf(story))[0]).toMatchObject({ countedOn: 3 });
    await mark!.get(answering(story)).expect(404);
    await mark!.put(answering(story), { names: [] }).expect(404);
    await story.facilitator.get(answering(story, story.members.Joost!.id)).expect(404);
    expect((await story.facilitator.get(answering(story)).expect(200)).text).toContain('Joost');
    const colleague = await test.staff('Bo Collega', 'facilitator');
    await colleague.get(answering(story)).expect(404);
    // Nobody is an answer too.
    await answer(sanne!, story, []);
    expect((await growthOf(story))[0]).toMatchObject({ countedOn: 2 });
  });

  it('is sealed, is in what the person is given, and forgets who asks to be forgotten', async () => {
    const story = await aStory();
    await invite(story);
    const sanne = await atTheTable(test, story, story.resident.id);
    await answer(sanne, story, ['Joost', 'Tante Zonderling']);
    const rows = await query(`select count(*) from circle_answers a where a::text || encode(a.sealed, 'escape') ilike '%zonderling%'`);
    expect(rows).toEqual([{ count: '0' }]);
    expect((await sanne.get('/v1/me/data').expect(200)).text).toContain('Tante Zonderling');

    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.post(`/v1/circle-members/${joost.id}/removal`, { reason: 'own-wish' }).expect(200);
    await test.deliver();
    const after = (await sanne.get(answering(story)).expect(200)).body as Answers;
    expect(after.items[0]!.names.map(({ name }) => name)).toEqual(['iemand', 'Tante Zonderling']);
    expect((await growthOf(story))[0]).toMatchObject({ countedOn: 2 });
  });

  it('is not asked in a case that has ended', async () => {
    const story = await aStory();
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect(codeOf(await story.facilitator.put(answering(story), { names: ['Ria'] }).expect(409))).toBe('case-ended');
  });
});

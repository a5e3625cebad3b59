import { v7 } from 'uuid';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aBegunMeeting, aMetCase, fixPlan, refusal, writeDraft, wrong } from './support/plans.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

interface Line {
  id: string;
  text: string;
  memberId?: string;
  goalId?: string | null;
  metBy?: string | null;
  version: number;
  changedAt: string | null;
  changedBy: string | null;
}
interface DraftAnswer {
  goals: Line[];
  commitments: Line[];
  safetyConditions: Line[];
  lines: { id: string; version: number; changedBy: string | null }[];
  version: number;
}
type Kind = 'goals' | 'commitments' | 'safety-conditions';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const at = (story: StoryCase, kind: Kind, id = ''): string => `/v1/cases/${story.id}/plan-draft/${kind}${id && `/${id}`}`;
const draftOf = async (story: StoryCase): Promise<DraftAnswer> =>
  (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as DraftAnswer;
const add = async (story: StoryCase, kind: Kind, body: object, by: Caller = story.facilitator): Promise<Line> =>
  (await by.post(at(story, kind), body).expect(201)).body as Line;
const change = (story: StoryCase, kind: Kind, { id, version }: Pick<Line, 'id' | 'version'>, body: object, by: Caller = story.facilitator) =>
  by.patch(at(story, kind, id), body).set('If-Match', `"${version}"`);

describe('lines of the draft', () => {
  it('are added, changed and taken out one by one, and the draft counts along', async () => {
    const story = await aCase(test);
    const id = v7();
    const goal = await add(story, 'goals', { id, text: 'Rust in huis' });
    expect(goal).toEqual({ id, text: 'Rust in huis', version: 1, changedAt: test.clock.now().toISOString(), changedBy: 'Noor Facilitator' });
    const promise = await add(story, 'commitments', { memberId: story.members.Ria!.id, text: 'Oppassen', goalId: id });
    expect(promise.id).toMatch(/^[0-9a-f-]{14}7/);
    const changed = await change(story, 'commitments', promise, { text: 'Oppassen op dinsdag', dueOn: '2026-12-24' }).expect(200).expect('ETag', '"2"');
    expect(changed.body).toMatchObject({ text: 'Oppassen op dinsdag', dueOn: '2026-12-24', goalId: id, version: 2 });
    expect(await draftOf(story)).toMatchObject({ version: 3, goals: [{ id }], lines: [{ id, version: 1 }, { id: promise.id, version: 2 }] });
    // What was for a goal that goes is for none: that line changed too.
    await story.facilitator.delete(at(story, 'goals', id)).set('If-Match', '"1"').expect(200);
    expect(await draftOf(story)).toMatchObject({ version: 4, goals: [], commitments: [{ goalId: null }], lines: [{ id: promise.id, version: 3 }] });
  });

  it('are written together with the whole draft, which refuses what it did not see', async () => {
    const story = await aCase(test);
    const goal = await add(story, 'goals', { text: 'Rust' });
    const { goals, version } = await draftOf(story);
    const other = await add(story, 'goals', { text: 'Ruimte' });
    const put = (seen: number, texts: object[]) => story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: texts, commitments: [] }).set('If-Match', `"${seen}"`);
    await put(version, goals).expect(412);
    await put(version + 1, [...goals, { id: other.id, text: 'Veel ruimte' }]).expect(200);
    // Only the line that differs was changed.
    expect((await draftOf(story)).lines).toMatchObject([{ id: goal.id, version: 1 }, { id: other.id, version: 2 }]);
    await change(story, 'goals', other, { text: 'Anders' }).expect(412);
  });

  it('say what stands there now and who put it there, when one comes too late', async () => {
    const story = await aCase(test);
    const goal = await add(story, 'goals', { text: 'Rust' });
    const resident = await atTheTable(test, story, story.resident.id);
    await change(story, 'goals', goal, { text: 'Rust in de avond' }, resident).expect(200);
    const late = await change(story, 'goals', goal, { text: 'Stilte' }).expect(412);
    expect(refusal(late)).toBe('line-changed');
    expect(late.body).toMatchObject({
      detail: expect.stringMatching(/^Sanne de Wit veranderde deze regel om \d\d:\d\d: "Rust in de avond"/) as string,
      current: { id: goal.id, text: 'Rust in de avond', version: 2, changedBy: 'Sanne de Wit' },
    });
    await change(story, 'goals', { ...goal, version: 2 }, { text: 'Stilte in de avond' }).expect(200);
    await story.facilitator.delete(at(story, 'goals', goal.id)).set('If-Match', '"2"').expect(412);
    await story.facilitator.delete(at(story, 'goals', goal.id)).set('If-Match', '"3"').expect(200);
    const gone = await change(story, 'goals', { ...goal, version: 3 }, { text: 'Toch' }, resident).expect(412);
    expect(gone.body).toMatchObject({ detail: expect.stringMatching(/^Noor Facilitator haalde deze regel om/) as string, current: null });
    // It may come back, and who saw it before it went still does not write over it.
    expect(await add(story, 'goals', { id: goal.id, text: 'Toch stilte' })).toMatchObject({ version: 5 });
    await story.facilitator.patch(at(story, 'goals', v7()), { text: 'x' }).set('If-Match', '"1"').expect(404);
    await story.facilitator.patch(at(story, 'goals', goal.id), { text: 'x' }).expect(428);
  });

  it('refuse what cannot be meant, at the line itself, and leave others out of it', async () => {
    const story = await aCase(test);
    const ria = story.members.Ria!.id;
    const first = await add(story, 'commitments', { memberId: ria, text: 'Rijden' });
    const refused = async (body: object): Promise<string[]> => wrong(await story.facilitator.post(at(story, 'commitments'), body).expect(400));
    expect(await refused({ memberId: v7(), text: 'x' })).toEqual(['/memberId unknown-member']);
    expect(await refused({ memberId: ria, text: 'x', goalId: v7(), dueOn: '2020-01-01' })).toEqual(['/goalId unknown-goal', '/dueOn before-case']);
    expect(await refused({ id: first.id, memberId: ria, text: 'x' })).toEqual(['/id doubled-id']);
    expect(await refused({ memberId: ria })).toEqual(['/text required']);
    expect(wrong(await change(story, 'commitments', first, { memberId: v7() }).expect(400))).toEqual(['/memberId unknown-member']);
  });

  it('of somebody who left an hour ago are refused by name', async () => {
    const story = await aCase(test);
    const joost = story.members.Joost!.id;
    const line = await add(story, 'commitments', { memberId: joost, text: 'Rijden' });
    await story.facilitator.post(`/v1/circle-members/${joost}/removal`, { reason: 'other' }).expect(200);
    test.clock.advance({ minutes: 60 });
    const late = await story.facilitator.post(at(story, 'commitments'), { memberId: joost, text: 'Rijden' }).expect(400);
    expect(late.body).toMatchObject({ errors: [{ pointer: '/memberId', message: expect.stringContaining('doet niet meer mee') as string }] });
    expect((await change(story, 'commitments', line, { text: 'Fietsen' }).expect(412)).body).toMatchObject({ current: null });
  });

  it('of safety are set by the facilitator before the meeting; at the table one says how they are met', async () => {
    const story = await aCase(test);
    const resident = await atTheTable(test, story, story.resident.id);
    const body = { text: 'Er is altijd iemand bij', reason: 'De kinderen zijn klein', setByMemberId: story.members.Meester!.id };
    await resident.post(at(story, 'safety-conditions'), body).expect(403);
    const line = await add(story, 'safety-conditions', body);
    await change(story, 'safety-conditions', line, { text: 'Niets' }, resident).expect(403);
    const met = await change(story, 'safety-conditions', line, { metBy: 'Ria slaapt er' }, resident).expect(200);
    expect(met.body).toMatchObject({ ...body, metBy: 'Ria slaapt er', version: 2 });
    const begun = await aBegunMeeting(test);
    const late = { ...body, setByMemberId: begun.members.Meester!.id };
    expect(refusal(await begun.facilitator.post(at(begun, 'safety-conditions'), late).expect(409))).toBe('safety-condition-late');
  });
});

describe('writing together', () => {
  it('twelve on a line of their own each lose nothing, and two on the same line one of both', async () => {
    const story = await aMetCase(test, ['Ria']);
    const resident = await atTheTable(test, story, story.resident.id);
    const lines: Line[] = [];
    for (const text of 'abcdefghijkl') lines.push(await add(story, 'goals', { text }));
    const writers = [story.facilitator, resident];
    const answers = await Promise.all(lines.map((line, n) => change(story, 'goals', line, { text: `${line.text} van ${n}` }, writers[n % 2])));
    expect(answers.map(({ status }) => status)).toEqual(lines.map(() => 200));
    expect((await draftOf(story)).goals.map(({ text }) => text)).toEqual(lines.map(({ text }, n) => `${text} van ${n}`));
    const same = { ...lines[0]!, version: 2 };
    const both = await Promise.all(writers.map((by, n) => change(story, 'goals', same, { text: `door ${n}` }, by).then((answer) => answer)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const lost = both.find(({ status }) => status === 412)!;
    const won = both.find(({ status }) => status === 200)!.body as Line;
    expect(lost.body).toMatchObject({ current: { text: won.text, version: 3 } });
  });

  it('adds all that twelve add at once', async () => {
    const story = await aCase(test);
    await Promise.all([...'abcdefghijkl'].map((text) => add(story, 'goals', { text })));
    expect((await draftOf(story)).goals.map(({ text }) => text).sort()).toEqual([...'abcdefghijkl']);
  });

  it('lets either the whole draft or the lines through, never one over the other', async () => {
    const story = await aCase(test);
    const line = await add(story, 'goals', { text: 'Rust' });
    const { version } = await draftOf(story);
    const whole = { goals: [{ id: line.id, text: 'Geheel' }], commitments: [] };
    const [put, patch] = await Promise.all([
      story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, whole).set('If-Match', `"${version}"`).then(({ status }) => status),
      change(story, 'goals', line, { text: 'Regel' }).then(({ status }) => status),
    ]);
    expect([put, patch].sort()).toEqual([200, 412]);
    expect((await draftOf(story)).goals[0]!.text).toBe(put === 200 ? 'Geheel' : 'Regel');
  });

  it('does not make a plan differ that says the same', async () => {
    const story = await aMetCase(test, ['Ria']);
    await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
    await fixPlan(story);
    const [goal] = (await draftOf(story)).goals;
    await change(story, 'goals', { id: goal!.id, version: 1 }, { text: 'Anders' }).expect(200);
    await change(story, 'goals', { id: goal!.id, version: 2 }, { text: 'Rust' }).expect(200);
    expect(refusal(await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(409))).toBe('draft-unchanged');
  });
});

import { startApp, type Caller, type TestApp } from './support/app.js';
import { aPromise, inTheWay, obstaclesOf, raise, type ObstacleBody, type Promised } from './support/obstacles.js';
import { auditOf, refusal, report, statementsDuring, wrong } from './support/plans.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
/** Refused only. */
let untouched: Promised;
beforeAll(async () => {
  test = await startApp();
  untouched = await aPromise(test);
});
afterAll(() => test.stop());

const remove = (who: Caller, id: string, note: string | undefined = 'De brief kwam') => who.post(`/v1/obstacles/${id}/removal`, { note });
const reopen = (who: Caller, id: string, note?: string) => who.post(`/v1/obstacles/${id}/reopening`, { note });
const stateOf = async (who: Caller, id: string): Promise<string> => ((await who.get(`/v1/commitments/${id}`).expect(200)).body as { state: string }).state;

describe('what is in the way of a promise', () => {
  it('blocks it, says whose move it is, and is seen by who promised and the facilitator in full', async () => {
    const { story, commitmentId, joost } = await aPromise(test);
    const answer = await joost.post(`/v1/commitments/${commitmentId}/obstacles`, inTheWay).expect(201);
    const body = answer.body as ObstacleBody;
    expect(body).toMatchObject({
      caseId: story.id,
      commitmentId,
      memberName: 'Joost Bakker',
      text: inTheWay.text,
      category: 'agency',
      state: 'open',
      workingDays: 0,
      whoseMove: { memberId: null, memberName: null, organisation: 'Woonstad' },
      escalatedAt: null,
      shareText: false,
    });
    expect(await stateOf(joost, commitmentId)).toBe('blocked');
    for (const who of [joost, story.facilitator]) expect((await who.get(`/v1/obstacles/${body.id}`).expect(200)).body).toEqual(body);
    expect(await auditOf(test, story.id)).toContain('plans.obstacle-raised');
  });

  it('goes away with a note: the promise goes on when nothing else is in its way', async () => {
    const { commitmentId, joost, story } = await aPromise(test);
    const [first, second] = [await raise(joost, commitmentId), await raise(story.facilitator, commitmentId, { category: 'money' })];
    expect((await remove(joost, first.id).expect(200)).body).toMatchObject({ state: 'removed', note: 'De brief kwam' });
    expect(await stateOf(joost, commitmentId)).toBe('blocked');
    await remove(story.facilitator, second.id).expect(200);
    expect(await stateOf(joost, commitmentId)).toBe('doing');
    expect(refusal(await remove(joost, second.id).expect(409))).toBe('state-conflict');
  });

  it('comes back with its history, unless the promise is done', async () => {
    const { commitmentId, joost } = await aPromise(test);
    const { id } = await raise(joost, commitmentId);
    await remove(joost, id).expect(200);
    const back = (await reopen(joost, id, 'Toch niet').expect(200)).body as ObstacleBody;
    expect(back.history.map(({ what, note }) => [what, note])).toEqual([['raised', null], ['removed', 'De brief kwam'], ['reopened', 'Toch niet']]);
    expect(await stateOf(joost, commitmentId)).toBe('blocked');
    expect(refusal(await reopen(joost, id).expect(409))).toBe('state-conflict');
    await remove(joost, id).expect(200);
    await report(joost, commitmentId, 'done');
    expect(refusal(await reopen(joost, id).expect(409))).toBe('state-conflict');
  });

  it('lapses when the promise is given back or the case ends', async () => {
    const [given, stopped] = [await aPromise(test), await aPromise(test)];
    for (const { joost, commitmentId } of [given, stopped]) await raise(joost, commitmentId);
    await report(given.joost, given.commitmentId, 'given-back', 'Het lukt niet');
    await stopped.story.facilitator.post(`/v1/cases/${stopped.story.id}/stop`, { reason: 'moved' }).expect(200);
    for (const { story } of [given, stopped]) expect((await obstaclesOf(story.facilitator, `?caseId=${story.id}`)).map(({ state }) => state)).toEqual(['lapsed']);
    expect(refusal(await reopen(given.joost, (await obstaclesOf(given.joost))[0]!.id).expect(409))).toBe('state-conflict');
  });

  it('lapses when a new version of the plan leaves the promise out', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    await raise(joost, commitmentId);
    await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Iets anders' }], commitments: [] }).set('If-Match', '*').expect(200);
    await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
    expect((await obstaclesOf(joost)).map(({ state }) => state)).toEqual(['lapsed']);
  });

  it('can become another one’s move; the clock goes on and the history says so', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const { id, openSince } = await raise(joost, commitmentId);
    test.clock.advance({ minutes: 20 });
    const change = (body: object, version = 1) => story.facilitator.patch(`/v1/obstacles/${id}`, body).set('If-Match', `"${version}"`);
    const moved = (await change({ whoseMove: { memberId: story.members.Meester!.id } }).expect(200)).body as ObstacleBody;
    expect(moved).toMatchObject({ openSince, version: 2, whoseMove: { memberName: 'Meester Karim', organisation: 'De Klimop' } });
    expect(moved.history.map(({ whoseMove }) => whoseMove.organisation)).toEqual(['Woonstad', 'De Klimop']);
    await change({ shareText: true }).expect(412);
    expect((await change({ shareText: true }, 2).expect(200)).body).toMatchObject({ shareText: true, whoseMove: { memberName: 'Meester Karim' } });
    const own = await joost.patch(`/v1/obstacles/${id}`, { shareText: true }).set('If-Match', '"3"').expect(400);
    expect(wrong(own)).toEqual(['/shareText facilitator-only']);
  });

  it('is removed once when two say so at the same moment', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const { id } = await raise(joost, commitmentId);
    const answers = await Promise.all([remove(joost, id), remove(story.facilitator, id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await stateOf(joost, commitmentId)).toBe('doing');
  });

  it('leaves the promise blocked exactly as long as one stands, also when the last two go at the same moment', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const [one, two] = [await raise(joost, commitmentId), await raise(joost, commitmentId)];
    const answers = await Promise.all([remove(joost, one.id), remove(story.facilitator, two.id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await stateOf(joost, commitmentId)).toBe('doing');
  });

  it('waits for the promise: what was only asked has nothing in its way', async () => {
    const { story, plan, joost } = await aPromise(test, { promised: false });
    const asked = plan.commitments.find(({ memberId }) => memberId === joost.id)!;
    expect(refusal(await joost.post(`/v1/commitments/${asked.id}/obstacles`, inTheWay).expect(409))).toBe('state-conflict');
    expect(await obstaclesOf(story.facilitator, `?caseId=${story.id}`)).toEqual([]);
  });
});

describe('who sees it', () => {
  it('a main person and whose move it is see that it is there, without the words; others nothing at all', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const { id } = await raise(joost, commitmentId, { whoseMove: { memberId: story.members.Ria!.id } });
    const [sanne, ria, karim] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, story.members.Ria!.id), await atTheTable(test, story, story.members.Meester!.id)];
    const facts = { id, caseId: story.id, category: 'agency', state: 'open', workingDays: 0 };
    const read = async (who: Caller): Promise<object> => (await who.get(`/v1/obstacles/${id}`).expect(200)).body as object;
    expect(await read(sanne)).toEqual({ ...facts, yourMove: false, directorMail: null, raisedAt: expect.any(String), openSince: expect.any(String) });
    expect(await read(ria)).toMatchObject({ ...facts, yourMove: true });
    await karim.get(`/v1/obstacles/${id}`).expect(404);
    expect([await obstaclesOf(sanne), await obstaclesOf(ria), await obstaclesOf(karim)].map(({ length }) => length)).toEqual([1, 1, 0]);
    for (const who of [sanne, ria, karim]) {
      await remove(who, id).expect(404);
      await who.patch(`/v1/obstacles/${id}`, { whoseMove: { organisation: 'x' } }).set('If-Match', '*').expect(404);
    }
    const [colleague, lead] = [await test.staff('Kees van Elders', 'facilitator'), await test.staff('Lena van Elders', 'lead')];
    for (const who of [colleague, lead]) await who.get(`/v1/obstacles/${id}`).expect(404);
  });

  it('stands beside the promise, each reading as much of it as they may', async () => {
    const { story, plan, joost, commitmentId } = await aPromise(test);
    await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
    const ria = story.members.Ria!.id;
    const { id, openSince } = await raise(joost, commitmentId, { whoseMove: { memberId: ria } });
    const facts = { id, category: 'agency', openSince, workingDays: 0 };
    const whole = { ...facts, yourMove: false, text: inTheWay.text, whoseMove: { memberId: ria, memberName: 'Ria de Wit', organisation: null } };
    const own = async (who: Caller): Promise<unknown> => ((await who.get(`/v1/commitments/${commitmentId}`).expect(200)).body as { obstacles: unknown }).obstacles;
    for (const who of [joost, story.facilitator]) expect(await own(who)).toEqual([whole]);
    const listed = (await joost.get('/v1/commitments').expect(200)).body as { items: { id: string; obstacles: unknown[] }[] };
    expect(listed.items.find((one) => one.id === commitmentId)!.obstacles).toEqual([whole]);

    const inPlan = async (who: Caller): Promise<unknown> => {
      const { commitments } = (await who.get(`/v1/plans/${plan.id}`).expect(200)).body as { commitments: { id: string; obstacles: unknown[] }[] };
      expect(commitments.filter((one) => one.id !== commitmentId).flatMap(({ obstacles }) => obstacles)).toEqual([]);
      return commitments.find((one) => one.id === commitmentId)?.obstacles;
    };
    expect(await inPlan(story.facilitator)).toEqual([whole]);
    expect(await inPlan(joost)).toEqual([whole]);
    const [sanne, mover] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, ria)];
    expect(await inPlan(sanne)).toEqual([{ ...facts, yourMove: false, text: null, whoseMove: null }]);
    expect(await inPlan(mover)).toEqual([{ ...facts, yourMove: true, text: null, whoseMove: null }]);
    const { groups } = (await sanne.get(`/v1/cases/${story.id}/six-weeks`).expect(200)).body as { groups: { obstacle: { obstacles: unknown[] }[] } };
    expect(groups.obstacle).toMatchObject([{ obstacles: [{ id, text: null, whoseMove: null }] }]);

    await remove(joost, id).expect(200);
    for (const who of [story.facilitator, sanne]) expect(await inPlan(who)).toEqual([]);
  });

  it('is read beside a whole page of promises in one statement more', async () => {
    const { story, commitmentId } = await aPromise(test);
    const count = async (): Promise<number> => {
      const seen = await statementsDuring(() => story.facilitator.get(`/v1/commitments?caseId=${story.id}`).expect(200));
      return seen.slice(seen.findIndex((text) => text.startsWith('begin')) + 1, seen.indexOf('commit')).length;
    };
    expect(await count()).toBe(1);
    await raise(story.facilitator, commitmentId);
    const one = await count();
    for (const category of ['money', 'rule', 'other']) await raise(story.facilitator, commitmentId, { category, whoseMove: { memberId: story.members.Ria!.id } });
    expect([one, await count()]).toEqual([2, 2]);
  });

  it('nobody sees or points at one from whom they are kept apart', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const apart = { memberIds: [joost.id, story.members.Ria!.id], reason: 'Ruzie', mode: 'never-together' };
    const { id } = await raise(joost, commitmentId, { whoseMove: { memberId: story.members.Ria!.id } });
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, apart).expect(201);
    const ria = await atTheTable(test, story, story.members.Ria!.id);
    await ria.get(`/v1/obstacles/${id}`).expect(404);
    expect((await joost.get(`/v1/obstacles/${id}`).expect(200)).body).toMatchObject({ whoseMove: { memberId: null, memberName: null, organisation: null } });
    const body = { ...inTheWay, whoseMove: { memberId: story.members.Ria!.id } };
    expect(wrong(await joost.post(`/v1/commitments/${commitmentId}/obstacles`, body).expect(400))).toEqual(['/whoseMove/memberId unknown-member']);
  });
});

describe('the list', () => {
  it('comes oldest first in pages, and by case, state, category and whose move', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const raised = [
      await raise(joost, commitmentId),
      await raise(joost, commitmentId, { category: 'money' }),
      await raise(joost, commitmentId, { whoseMove: { memberId: story.members.Ria!.id } }),
    ];
    await remove(joost, raised[1]!.id).expect(200);
    const list = async (query: string): Promise<number[]> => (await obstaclesOf(story.facilitator, `?caseId=${story.id}${query}`)).map(({ id }) => raised.findIndex((one) => one.id === id));
    expect(await list('')).toEqual([0, 1, 2]);
    expect(await list('&state=removed')).toEqual([1]);
    expect(await list('&category=agency')).toEqual([0, 2]);
    expect(await list('&whoseMove=member')).toEqual([2]);
    expect(await list('&whoseMove=organisation')).toEqual([0, 1]);
    expect(await list('&escalated=true')).toEqual([]);
    const first = (await story.facilitator.get(`/v1/obstacles?caseId=${story.id}&limit=2`).expect(200)).body as { items: ObstacleBody[]; next: string };
    expect(await list(`&after=${first.next}`)).toEqual([2]);
  });

  it.each([
    ['?state=weg', '/state one-of'],
    ['?category=geld', '/category one-of'],
    ['?escalated=ja', '/escalated one-of'],
    ['?whoseMove=Ria', '/whoseMove one-of'],
    ['?caseId=1', '/caseId id'],
    ['?after=zomaar', '/after cursor'],
    ['?sort=text', '/sort unknown-field'],
  ])('refuses %s', async (query, expected) => {
    const facilitator = await test.staff('Bram van Lijst', 'facilitator');
    expect(wrong(await facilitator.get(`/v1/obstacles${query}`).expect(400))).toEqual([expected]);
  });
});

it.each([
  [{ text: '' }, ['/text empty']],
  [{ category: 'geld' }, ['/category one-of']],
  [{ whoseMove: {} }, ['/whoseMove one-mover']],
  [{ whoseMove: { memberId: '0193a000-0000-7000-8000-000000000000', organisation: 'Woonstad' } }, ['/whoseMove one-mover']],
  [{ whoseMove: { memberId: '0193a000-0000-7000-8000-000000000000' } }, ['/whoseMove/memberId unknown-member']],
  [{ whoseMove: { organisation: '' } }, ['/whoseMove/organisation empty']],
  [{ whoseMove: 'Woonstad' }, ['/whoseMove object']],
  [{ shareText: true }, ['/shareText unknown-field']],
])('raising refuses %j', async (changes, expected) => {
  const { joost, commitmentId } = untouched;
  expect(wrong(await joost.post(`/v1/commitments/${commitmentId}/obstacles`, { ...inTheWay, ...changes }).expect(400))).toEqual(expected);
  expect(await stateOf(joost, commitmentId)).toBe('promised');
});

it('removal asks how it went', async () => {
  const { joost, commitmentId } = await aPromise(test);
  const { id } = await raise(joost, commitmentId);
  expect(wrong(await joost.post(`/v1/obstacles/${id}/removal`, {}).expect(400))).toEqual(['/note required']);
});

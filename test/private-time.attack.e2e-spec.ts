import { startApp, type Caller, type TestApp } from './support/app.js';
import { visitorAtTheTable } from './support/browser.js';
import { everyPage, leaksOf, type SeenPage } from './support/crawl.js';
import { codeOf } from './support/meetings.js';
import { aTable, atTheCase, type TableStory } from './support/private-time.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const SECRET = 'Kluisgeheim';

/** The circle of an Eigen Kracht-conferentie by itself, having written in every place where it can. */
async function behindTheDoor(): Promise<{ story: TableStory; sanne: Caller; lines: { goal: string; promise: string } }> {
  const story = await aTable(test);
  const sanne = await story.as('Sanne');
  await sanne.post(`${story.path}/private-time`, { event: 'start' }).expect(200);
  const words = { want: `${SECRET} wil`, can: `${SECRET} kan`, need: `${SECRET} nodig` };
  await sanne.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, words).expect(200);
  const levels = { home: 'fine', money: 'fine', relations: 'fine', days: 'fine' };
  await sanne.put(`/v1/cases/${story.id}/preconditions`, { ...levels, words: { home: `${SECRET} thuis` } }).expect(200);
  const add = async (kind: string, line: object): Promise<string> =>
    ((await sanne.post(`/v1/cases/${story.id}/plan-draft/${kind}`, line).expect(201)).body as { id: string }).id;
  const goal = await add('goals', { text: `${SECRET} doel` });
  const promise = await add('commitments', { memberId: story.members.Karim!.id, text: `${SECRET} voor Karim`, goalId: goal });
  return { story, sanne, lines: { goal, promise } };
}

const leaks = (pages: readonly SeenPage[]): string[] => leaksOf(pages, [SECRET]);

describe('while the circle is by itself, what it writes', () => {
  it('stands on no page that the facilitator can come to, and on all of them again once it is over', async () => {
    const { story, sanne } = await behindTheDoor();
    const { noor, path } = await atTheCase(test, story);
    const starts = [path, '/werk'];
    const within = new RegExp(`^${path}(/|\\?|$)`);
    const during = await everyPage(noor, starts, within);
    expect(during.length).toBeGreaterThan(5);
    expect(leaks(during)).toEqual([]);
    await sanne.post(`${story.path}/private-time`, { event: 'end' }).expect(200);
    expect(leaks(await everyPage(noor, starts, within)).length).toBeGreaterThan(0);
  });

  it('is in no answer to the facilitator, not even in one that says what is newer', async () => {
    const { story, lines } = await behindTheDoor();
    const { facilitator: noor, id, resident } = story;
    const draft = `/v1/cases/${id}/plan-draft`;
    const asked = [
      () => noor.get(draft), () => noor.put(draft, { goals: [], commitments: [] }).set('If-Match', '*'), () => noor.put(draft, { goals: [], commitments: [] }).set('If-Match', '"1"'),
      () => noor.patch(`${draft}/goals/${lines.goal}`, { text: 'x' }).set('If-Match', '"7"'), () => noor.delete(`${draft}/goals/${lines.goal}`).set('If-Match', '"7"'),
      () => noor.patch(`${draft}/commitments/${lines.promise}`, { text: 'x' }).set('If-Match', '*'), () => noor.post(`${draft}/goals`, { id: lines.goal, text: 'x' }),
      () => noor.get(`/v1/cases/${id}/statements/${resident.id}`), () => noor.get(`/v1/cases/${id}/statements/${resident.id}/history`),
      () => noor.get(`/v1/cases/${id}/preconditions`), () => noor.get(`/v1/cases/${id}/preconditions/history`), () => noor.get(`/v1/circle-members/${resident.id}/data?to=person&how=paper`),
    ];
    const answers = [];
    for (const ask of asked) answers.push(await ask());
    expect(answers.map((answer) => (answer.status === 409 ? codeOf(answer) : answer.status))).toEqual(asked.map(() => 'private-time-running'));
    const open = [`/v1/cases/${id}`, `/v1/cases/${id}/timeline?limit=100`, `/v1/cases/${id}/plans`, `/v1/commitments?caseId=${id}`, `/v1/offers?caseId=${id}`, story.path, `${story.path}/script`, '/v1/audit-events'];
    for (const path of open) answers.push(await noor.get(path));
    expect(answers.filter(({ text }) => text.includes(SECRET)).map(({ text }) => text)).toEqual([]);
  });

  it('is not for a professional either, not even what it means to ask them, until it calls them in', async () => {
    const { story, sanne } = await behindTheDoor();
    const karim = await story.as('Karim');
    const visitor = await visitorAtTheTable(test, story, karim.id);
    expect(leaks(await everyPage(visitor, ['/kring', '/kring/aan-tafel'], /^\/kring/))).toEqual([]);
    const found = async (): Promise<boolean> => (await karim.get('/v1/me/data').expect(200)).text.includes(SECRET);
    expect(await found()).toBe(false);
    await sanne.post(`${story.path}/private-time/calls`, { who: karim.id }).expect(200);
    expect(await found()).toBe(true);
    await sanne.post(`${story.path}/private-time`, { event: 'end' }).expect(200);
    expect(await found()).toBe(true);
  });
});

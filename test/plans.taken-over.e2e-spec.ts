import { startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor } from './support/browser.js';
import { apart, aPromisesStory } from './support/offers.js';
import { writeDraft, fixPlan, type PlanBody } from './support/plans.js';
import { aMeetingStory, invite } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

interface Line {
  memberName: string;
  text: string;
  takenOverBy: { memberName: string } | null;
  supportsName: string | null;
}
const linesOf = async (who: Caller, id: string): Promise<Line[]> => ((await who.get(`/v1/plans/${id}`).expect(200)).body as { commitments: Line[] }).commitments;
const textOf = async (who: Caller, id: string): Promise<string[]> => (await who.get(`/v1/plans/${id}`).set('Accept', 'text/plain').expect(200)).text.split('\n');

describe('a promise that somebody took over', () => {
  /** Joost's goes to another; the version that was fixed keeps his name. */
  async function takenOver(to: string): ReturnType<typeof aPromisesStory> {
    const promises = await aPromisesStory(test);
    const { story, idOf, who } = promises;
    await story.facilitator.post(`/v1/commitments/${idOf('Joost')}/passing-on`, { memberId: story.members[to]!.id }).expect(201);
    await (await who(to)).post(`/v1/commitments/${idOf('Joost')}/passing-on/answer`, { yes: true }).expect(200);
    return promises;
  }

  it('says beside the name of the first whose it is now: in the plan, on paper, and who does what on the page of the main person', async () => {
    const { story, plan, idOf, who } = await takenOver('Ria');
    const sanne = await who('Sanne');
    const moved = (lines: Line[]): Line => lines.find(({ text }) => text === 'Iets van Joost')!;
    expect(moved(await linesOf(sanne, plan.id))).toMatchObject({ memberName: 'Joost', takenOverBy: { memberName: 'Ria' } });
    expect((await linesOf(sanne, plan.id)).filter(({ takenOverBy }) => takenOverBy)).toHaveLength(1);
    expect((await textOf(sanne, plan.id)).find((line) => line.includes('Iets van Joost'))).toMatch(/Overgenomen door Ria\.$/);

    const shown = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
    const visitor = aVisitor(test);
    const link = new URL((shown.body as { url: string }).url).pathname;
    await visitor.open(link);
    await visitor.send(link);
    await visitor.open('/mijn');
    const row = /<tr>(?:(?!<\/tr>).)*Iets van Joost(?:(?!<\/tr>).)*<\/tr>/s.exec(visitor.page.text)![0];
    expect(row).toContain('>Ria<');
    expect(row).not.toContain('>Joost<');

    // In a new version it is theirs, and the old one is as it was.
    await story.facilitator.post(`/v1/cases/${story.id}/plan-draft/goals`, { text: 'Nog iets' }).expect(201);
    const next = (await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(201)).body as PlanBody;
    expect(moved(await linesOf(sanne, next.id))).toMatchObject({ memberName: 'Ria', takenOverBy: null });
    expect(moved(await linesOf(sanne, plan.id))).toMatchObject({ memberName: 'Joost', takenOverBy: null });
    expect(idOf('Joost')).toBeDefined();
  });

  it('is read by a professional who took it over as their own, and no more by the one who had it', async () => {
    const { plan, who } = await takenOver('Karim');
    const lines = await linesOf(await who('Karim'), plan.id);
    expect(lines.map(({ memberName, text, takenOverBy }) => [memberName, text, takenOverBy])).toEqual([
      ['Karim', 'Iets van Joost', null],
      ['Karim', 'Iets van Karim', null],
    ]);
  });

  it('does not say by whom to somebody who must not hear of them', async () => {
    const { story, plan, who } = await takenOver('Ria');
    await apart(story, 'Ria', 'Sanne');
    const sanne = await who('Sanne');
    expect((await linesOf(sanne, plan.id)).find(({ text }) => text === 'Iets van Joost')!.takenOverBy).toBeNull();
    expect((await textOf(sanne, plan.id)).join('\n')).not.toContain('Ria');
  });
});

it('With a JIM the young person reads on the plan whom a professional supports, unless they must not hear of each other', async () => {
  const circle = [
    { name: 'Omar', relation: 'jim', email: 'omar.steunt@example.org' },
    { name: 'Karim', relation: 'teacher', professional: true, email: 'karim.steunt@example.org' },
  ];
  const story = await aMeetingStory(test, { kind: 'jim', circle });
  await invite(story);
  await writeDraft(story, { goals: [{ text: 'School' }], commitments: ['Omar', 'Karim'].map((name) => ({ memberId: story.members[name]!.id, text: `Iets van ${name}` })) });
  const { id } = await fixPlan(story);
  const young = await atTheTable(test, story, story.resident.id);
  expect((await linesOf(young, id)).map(({ supportsName }) => supportsName)).toEqual([null, 'Omar']);
  const lines = await textOf(young, id);
  expect(lines.find((line) => line.includes('Iets van Karim'))).toMatch(/Steunt Omar\.$/);
  expect(lines.find((line) => line.includes('Iets van Omar'))).not.toContain('Steunt');
  await apart(story, 'Omar', 'Karim');
  expect(JSON.stringify(await linesOf(await atTheTable(test, story, story.members.Karim!.id), id))).not.toContain('Omar');
});

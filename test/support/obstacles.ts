import type { Caller, TestApp } from './app.js';
import { aFixedPlan, commitmentOf, report, type PlanBody } from './plans.js';
import { atTheTable, type StoryCase } from './stories.js';

export interface ObstacleBody {
  id: string;
  openSince: string;
  state: string;
  version: number;
  history: { what: string; note: string | null; whoseMove: { organisation: string | null } }[];
}

export const inTheWay = { text: 'De corporatie belt niet terug', category: 'agency', whoseMove: { organisation: 'Woonstad' } };

export interface Promised {
  story: StoryCase;
  plan: PlanBody;
  joost: Caller;
  commitmentId: string;
}

/** A fixed plan in which Joost, who has a device of his own, has promised something. */
export async function aPromise(test: TestApp, { promised = true } = {}): Promise<Promised> {
  const { story, plan } = await aFixedPlan(test);
  for (const name of ['Ria', 'Joost', 'Meester']) await story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, { by: 'main-person' }).expect(200);
  const joost = await atTheTable(test, story, story.members.Joost!.id);
  const { id } = commitmentOf(story, plan, 'Joost');
  if (promised) await report(joost, id, 'promised');
  return { story, plan, joost, commitmentId: id };
}

/** Something in the way of it. */
export async function raise(who: Caller, commitmentId: string, changes: object = {}): Promise<ObstacleBody> {
  return (await who.post(`/v1/commitments/${commitmentId}/obstacles`, { ...inTheWay, ...changes }).expect(201)).body as ObstacleBody;
}

export async function obstaclesOf(who: Caller, query = ''): Promise<ObstacleBody[]> {
  return ((await who.get(`/v1/obstacles${query}`).expect(200)).body as { items: ObstacleBody[] }).items;
}

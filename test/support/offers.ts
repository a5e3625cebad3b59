import type { Caller, TestApp } from './app.js';
import { aMeetingStory, invite, type MeetingStory } from './meetings.js';
import { fixPlan, report, writeDraft, type PlanBody } from './plans.js';
import { atTheTable } from './stories.js';

export interface PromisesStory {
  story: MeetingStory;
  plan: PlanBody;
  /** What this person promised. */
  idOf: (name: string) => string;
  who: (name: string) => Promise<Caller>;
}

/** Who promised what: each something. */
export const eachSomething = (...names: string[]): [name: string, text: string][] => names.map((name) => [name, `Iets van ${name}`]);

/** Sanne, Ria, Joost and Karim (a teacher), each with a promise in a carried plan unless said otherwise; everyone of the circle invited. */
export async function aPromisesStory(test: TestApp, changes: Record<string, unknown> = {}, promises = eachSomething('Sanne', 'Ria', 'Joost', 'Karim')): Promise<PromisesStory> {
  const story = await aMeetingStory(test, changes);
  await invite(story);
  await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: promises.map(([name, text]) => ({ memberId: story.members[name]!.id, text })) });
  const plan = await fixPlan(story);
  for (const { id } of plan.commitments) await report(story.facilitator, id, 'promised', 'op hun woord, gebeld');
  await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  const idOf = (name: string): string => plan.commitments.find(({ memberId }) => memberId === story.members[name]!.id)!.id;
  return { story, plan, idOf, who: (name) => atTheTable(test, story, story.members[name]!.id) };
}

/** Two people of whom neither may hear of the other. */
export async function apart({ facilitator, id, members }: MeetingStory, ...names: [string, string]): Promise<void> {
  const memberIds = names.map((name) => members[name]!.id);
  await facilitator.post(`/v1/cases/${id}/contact-restrictions`, { memberIds, reason: 'Straatverbod', mode: 'never-together' }).expect(201);
}

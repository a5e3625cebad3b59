import { Client } from 'pg';
import type { TestApp } from './app.js';
import { fixPlan, writeDraft, type DraftBody, type PlanBody } from './plans.js';
import { aCase, atTheTable, type StoryCase } from './stories.js';
import type { Caller } from './app.js';

const MINUTE_MS = 60_000;

export interface ConditionBody {
  id: string;
  text: string;
  met: boolean | null;
  testedAt: string | null;
  testedByName: string | null;
  notMetBecause: string | null;
}

export type PlanWithConditions = PlanBody & { safetyConditions: ConditionBody[] };

export const CIRCLE = [
  { name: 'Ria de Wit', relation: 'parent', email: 'ria@example.org' },
  { name: 'Karim Idrissi', relation: 'youth-protection', professional: true, email: 'karim@jb.example' },
  { name: 'Vera Smit', relation: 'youth-protection', professional: true, email: 'vera@jb.example' },
  { name: 'Bas Bakker', relation: 'team-worker', professional: true, email: 'bas@wijkteam.example' },
];

export const SAFE = ['Er is altijd een volwassene thuis', 'De kinderen slapen op tijd'] as const;

/** A case with two conditions of Karim, with Vera as his deputy for the first, set before the meeting that was just concluded. */
export async function aSafeCase(test: TestApp, changes: Record<string, unknown> = {}): Promise<StoryCase> {
  const story = await aCase(test, { circle: CIRCLE, ...changes });
  const { facilitator, members } = story;
  for (const { name } of CIRCLE) {
    await facilitator.post(`/v1/circle-members/${members[name.split(' ')[0]!]!.id}/approval`, { by: 'main-person' }).expect(200);
  }
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  const setByMemberId = members.Karim!.id;
  const safetyConditions = [
    { text: SAFE[0], reason: 'Er was vaak niemand', setByMemberId, deputyMemberId: members.Vera!.id },
    { text: SAFE[1], reason: 'Ze kwamen moe op school', setByMemberId },
  ];
  await writeDraft(story, { goals: [], commitments: [], safetyConditions });
  const startsAt = new Date(test.clock.now().getTime() + 120 * MINUTE_MS);
  const slot = { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 90 * MINUTE_MS).toISOString() };
  const place = { type: 'other', address: 'Buurthuis De Linde' };
  const meeting = await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot] }).expect(201);
  const path = `/v1/meetings/${(meeting.body as { id: string }).id}`;
  test.clock.set(startsAt);
  const items = ['Sanne', 'Ria', 'Karim'].map((name) => ({ memberId: members[name]!.id, presence: 'present' }));
  await facilitator.put(`${path}/attendance`, { items }).expect(200);
  await facilitator.post(`${path}/conclusion`, { outcome: 'plan' }).expect(200);
  return story;
}

export const aPromise = (story: StoryCase, changes: Partial<DraftBody> = {}): DraftBody => ({
  goals: [{ text: 'Rust thuis' }],
  commitments: [{ memberId: story.members.Ria!.id, text: 'Elke avond langs' }],
  ...changes,
});

export interface SafePlan {
  story: StoryCase;
  plan: PlanWithConditions;
  karim: Caller;
}

/** The same with its plan fixed, of a kind that has to have everything safe (`all`) or of any other. */
export async function aSafePlan(test: TestApp, { all = false, ...changes }: { all?: boolean } & Record<string, unknown> = {}): Promise<SafePlan> {
  const story = await aSafeCase(test, changes);
  await writeDraft(story, aPromise(story));
  const plan = (await fixPlan(story)) as PlanWithConditions;
  // The circle's time by itself is another story's: here the kind only says what carries the plan.
  if (all) await ofKind(test, story, 'eigen-kracht');
  return { story, plan, karim: await atTheTable(test, story, story.members.Karim!.id) };
}

export const ofKind = async (test: TestApp, { id }: StoryCase, kind: string): Promise<void> => {
  await asOwner(test, 'update cases set kind = $2 where id = $1', [id, kind]);
};

export async function asOwner(test: TestApp, text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

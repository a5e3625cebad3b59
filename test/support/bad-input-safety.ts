import type { Caller, TestApp } from './app.js';
import type { StoryCase } from './stories.js';
import { aCase, atTheTable } from './stories.js';

/** A plan with something that must be safe, and who asked it. */
export interface SafetyStage {
  condition: { id: string; owner: Caller };
}

interface Stage extends SafetyStage {
  plan: { id: string };
  cases: Record<'gate' | 'draft', StoryCase>;
}

interface Entry {
  who?: Pick<Caller, 'token'>;
  ids?: string[];
  body?: Record<string, unknown>;
  gives: [number, number];
}

export async function setSafety(test: TestApp, facilitator: Caller): Promise<SafetyStage> {
  const circle = [{ name: 'Karim Idrissi', relation: 'youth-protection', professional: true, email: 'karim@jb.example' }];
  const story = await aCase(test, { circle }, facilitator);
  const { id: setByMemberId } = story.members.Karim!;
  await facilitator.post(`/v1/circle-members/${setByMemberId}/approval`, { by: 'main-person' }).expect(200);
  const draft = { goals: [{ text: 'Rust' }], commitments: [], safetyConditions: [{ text: 'Iemand thuis', reason: 'Er was niemand', setByMemberId }] };
  await facilitator.put(`/v1/cases/${story.id}/plan-draft`, draft).set('If-Match', '*').expect(200);
  const fixed = await facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
  const [condition] = (fixed.body as { safetyConditions: { id: string }[] }).safetyConditions;
  return { condition: { id: condition!.id, owner: await atTheTable(test, story, setByMemberId) } };
}

/** What a plan is under the law, and what must be safe. */
export const SAFETY_ROWS: Record<string, (stage: Stage) => Entry> = {
  'PUT /v1/cases/{id}/law-clocks/{clock}': ({ cases: { gate } }) => ({
    ids: [gate.id, 'research'],
    body: { doneOn: '2026-11-16' },
    gives: [200, 200],
  }),
  'PUT /v1/cases/{id}/legal-form': ({ cases: { draft } }) => ({ ids: [draft.id], body: { form: 'family-group-plan' }, gives: [200, 200] }),
  'POST /v1/plans/{id}/submission': ({ plan }) => ({ ids: [plan.id], body: { on: '2026-11-16' }, gives: [200, 200] }),
  'POST /v1/safety-conditions/{id}/test': ({ condition: { id, owner } }) => {
    return { who: owner, ids: [id], body: { met: false, reason: 'Op woensdag is er niemand' }, gives: [200, 200] };
  },
};

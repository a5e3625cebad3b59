import type { Caller } from './app.js';
import type { Entry, Stage } from './bad-input-stage.js';
import type { StoryCase } from './stories.js';

const id = (last: string): string => `019a9f00-0000-7000-8000-0000000000${last}`;
/** Lines of the draft for one row each. */
const [GOAL, GOAL_OUT, PROMISE, PROMISE_OUT, CONDITION, CONDITION_OUT] = ['b1', 'b2', 'b3', 'b4', 'b5', 'b6'].map(id) as [string, string, string, string, string, string];

/** Writes the lines that are changed and taken out. */
export async function setDraftLines(facilitator: Caller, { id: caseId, members }: StoryCase): Promise<void> {
  const promise = { memberId: members.Ada!.id, text: 'Samen koken' };
  const condition = { text: 'De deur blijft open', reason: 'Voor de rust', setByMemberId: members.Gijs!.id, deputyMemberId: members.Gijs!.id };
  const body = {
    goals: [{ id: GOAL, text: 'Rust' }, { id: GOAL_OUT, text: 'Ruimte' }],
    commitments: [{ id: PROMISE, ...promise }, { id: PROMISE_OUT, ...promise }],
    safetyConditions: [{ id: CONDITION, ...condition }, { id: CONDITION_OUT, ...condition }],
  };
  await facilitator.put(`/v1/cases/${caseId}/plan-draft`, body).set('If-Match', '*').expect(200);
}

/** All of it as it stands, but for how it is met: the rest is not for everyone to change. */
const condition = ({ members }: StoryCase): Record<string, unknown> => {
  return { text: 'De deur blijft open', reason: 'Voor de rust', setByMemberId: members.Gijs!.id, deputyMemberId: members.Gijs!.id, metBy: 'Ria kijkt' };
};
const removed = (plan: StoryCase, line: string): Entry => ({ ids: [plan.id, line], gives: [200, 412], ifMatch: 'needed', tag: '"1"' });

export const DRAFT_ROWS: Record<string, (stage: Stage) => Entry> = {
  'PUT /v1/cases/{id}/statements/{memberId}': ({ cases: { draft } }) => {
    const body = { want: 'Hier wonen', can: 'Koken', need: 'Rust' };
    return { ids: [draft.id, draft.resident.id], body, gives: [200, 200], ifMatch: 'taken' };
  },
  'PUT /v1/cases/{id}/preconditions': ({ cases: { draft } }) => {
    const words = { home: 'Het is hier fijn', money: 'Er zijn brieven', relations: 'Ria komt vaak', days: 'Ik kook graag' };
    const body = { home: 'fine', money: 'attention', relations: 'missing', days: 'fine', words };
    return { ids: [draft.id], body, gives: [200, 200], ifMatch: 'taken', tag: '"0"' };
  },
  'PUT /v1/cases/{id}/plan-draft': ({ cases: { draft } }) => {
    const goal = { id: '019a9f00-0000-7000-8000-0000000000a1', text: 'Hier blijven wonen' };
    const promise = { text: 'Mee naar de markt', goalId: goal.id, dueOn: '2026-12-24', every: 'week' };
    const commitments = [{ memberId: draft.members.Ada!.id, ...promise }];
    const body = { goals: [goal], commitments, safetyConditions: [] };
    return { ids: [draft.id], body, gives: [200, 412], ifMatch: 'needed' };
  },
  'POST /v1/cases/{id}/plan-draft/goals': ({ cases: { plan } }) => ({ ids: [plan.id], body: { id: id('c1'), text: 'Hier wonen' }, gives: [201, 400] }),
  'PATCH /v1/cases/{id}/plan-draft/goals/{lineId}': ({ cases: { plan } }) => {
    return { ids: [plan.id, GOAL], body: { text: 'Meer rust' }, gives: [200, 412], ifMatch: 'needed', tag: '"1"' };
  },
  'DELETE /v1/cases/{id}/plan-draft/goals/{lineId}': ({ cases: { plan } }) => removed(plan, GOAL_OUT),
  'POST /v1/cases/{id}/plan-draft/commitments': ({ cases: { plan } }) => {
    const body = { id: id('c2'), memberId: plan.members.Ada!.id, text: 'Naar de markt', goalId: GOAL, dueOn: '2026-12-24', every: 'week' };
    return { ids: [plan.id], body, gives: [201, 400] };
  },
  'PATCH /v1/cases/{id}/plan-draft/commitments/{lineId}': ({ cases: { plan } }) => {
    const body = { memberId: plan.members.Bo!.id, text: 'Naar de bakker', goalId: GOAL, dueOn: '2026-12-24', every: 'week' };
    return { ids: [plan.id, PROMISE], body, gives: [200, 412], ifMatch: 'needed', tag: '"1"' };
  },
  'DELETE /v1/cases/{id}/plan-draft/commitments/{lineId}': ({ cases: { plan } }) => removed(plan, PROMISE_OUT),
  'POST /v1/cases/{id}/plan-draft/safety-conditions': ({ cases: { plan } }) => ({ ids: [plan.id], body: { id: id('c3'), ...condition(plan) }, gives: [201, 400] }),
  'PATCH /v1/cases/{id}/plan-draft/safety-conditions/{lineId}': ({ cases: { plan } }) => {
    return { ids: [plan.id, CONDITION], body: condition(plan), gives: [200, 412], ifMatch: 'needed', tag: '"1"' };
  },
  'DELETE /v1/cases/{id}/plan-draft/safety-conditions/{lineId}': ({ cases: { plan } }) => removed(plan, CONDITION_OUT),
};

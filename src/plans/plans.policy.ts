import { mayReach } from '../cases/cases.policy.js';
import { hasRole, type Actor } from '../platform/actor.js';
import { notFound } from '../platform/http/problem.js';
import type { PlanPerson } from './plan-people.rules.js';

/** How much of a plan someone reads: all of it, or what they do themself. */
export type PlanPart = 'whole' | 'own';

/**
 * The facilitator, main persons and the informal circle read the whole plan; a professional reads their own part. An aide
 * (interpreter, support person) has no plan: 404. The case itself was checked before.
 */
export function planPartFor(actor: Actor, people: readonly PlanPerson[]): PlanPart {
  if (actor.kind !== 'participant') return 'whole';
  const reader = people.find(({ id }) => id === actor.memberId);
  if (!reader || (reader.circleKind === 'aide' && !reader.isMainPerson)) throw notFound();
  return reader.isMainPerson || reader.circleKind === 'informal' ? 'whole' : 'own';
}

interface Owned {
  caseId: string;
  memberId: string;
  facilitatorId: string;
}

/** A commitment is its own person's and the facilitator's; for everyone else it does not exist. */
export function mayReachCommitment(actor: Actor, { caseId, memberId, facilitatorId }: Owned): boolean {
  if (!mayReach(actor, { id: caseId, facilitatorId }, 'circle')) return false;
  return actor.kind !== 'participant' || actor.memberId === memberId;
}

/** Whether someone speaks for another: the facilitator, about what a member does. */
export const speaksForAnother = (actor: Actor): boolean => hasRole(actor, 'facilitator');

import { hasRole, type Actor } from '../platform/actor.js';

/**
 * How one comes to a case. `facilitator`: the case's own facilitator. `main-person`: also its main persons. `circle`: also
 * everyone else of its circle. The service itself always.
 */
export type CaseReader = 'facilitator' | 'main-person' | 'circle';

/** Whether this actor may reach this case in that way; if not, it does not exist for them. */
export function mayReach(actor: Actor, theCase: { id: string; facilitatorId: string }, by: CaseReader): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'staff') return hasRole(actor, 'facilitator') && actor.staffId === theCase.facilitatorId;
  if (actor.kind !== 'participant' || by === 'facilitator' || actor.caseId !== theCase.id) return false;
  return by === 'circle' || actor.isMainPerson;
}

/**
 * Whether a colleague leads a meeting (`leaderId`) in the place of the case's own facilitator. They have that meeting and its script
 * until it is over; of the case nothing more, so `mayReach` stays false.
 */
export function standsIn(actor: Actor, theCase: { facilitatorId: string }, leaderId: string | null): boolean {
  return actor.kind === 'staff' && hasRole(actor, 'facilitator') && actor.staffId === leaderId && leaderId !== theCase.facilitatorId;
}

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

import { KINDS, type CaseKind } from '../cases/kinds.rules.js';
import { mayReach } from '../cases/cases.policy.js';
import { THE_FACILITATOR } from '../meetings/private-time.queries.js';
import type { AtTheTable } from '../meetings/private-time.service.js';
import type { Actor } from '../platform/actor.js';
import { takesPart, type PlanPerson } from './plan-people.rules.js';

/** `none`: for this reader there is no draft. `closed`: not now, the circle is by itself. */
export type DraftAccessAnswer = 'open' | 'closed' | 'none';
export type DraftUse = 'read' | 'write';

interface Surroundings {
  theCase: { id: string; facilitatorId: string; kind: CaseKind };
  table: AtTheTable;
  people: readonly PlanPerson[];
}

/**
 * Who may read and write the plan in the making: its facilitator, the main persons, who writes at the meeting (from being named
 * until the meeting is over), and to read who the circle called in. While the circle is by itself, whoever is not of it only
 * when called in; the facilitator where the kind says so. An aide has no plan.
 */
export function draftAccess(actor: Actor, use: DraftUse, { theCase, table, people }: Surroundings): DraftAccessAnswer {
  const closedTo = KINDS[theCase.kind].privateTimeClosedTo;
  if (actor.kind !== 'participant') {
    if (!mayReach(actor, theCase, 'facilitator')) return 'none';
    const isOut = actor.kind === 'staff' && table.running && closedTo.includes('facilitator') && !table.calledIn.includes(THE_FACILITATOR);
    return isOut ? 'closed' : 'open';
  }
  const reader = people.find(({ id }) => id === actor.memberId);
  if (!mayReach(actor, theCase, 'circle') || !reader || !takesPart(reader)) return 'none';
  if (reader.isMainPerson) return 'open';
  if (reader.circleKind === 'aide') return 'none';
  const isCalled = table.running && table.calledIn.includes(reader.id);
  if (!table.scribeIds.includes(reader.id)) return isCalled && use === 'read' ? 'open' : 'none';
  const isOut = table.running && reader.circleKind === 'professional' && closedTo.includes('professionals') && !isCalled;
  return isOut ? 'closed' : 'open';
}

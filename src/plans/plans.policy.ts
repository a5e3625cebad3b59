import { mayReach } from '../cases/cases.policy.js';
import { isKnown } from '../circle/circle.policy.js';
import { hasRole, type Actor, type ParticipantActor } from '../platform/actor.js';
import { invalidField, notFound } from '../platform/http/problem.js';
import type { PlanPerson } from './plan-people.rules.js';

/** How much of a plan someone reads: all of it, or what they do themself. */
export type PlanPart = 'whole' | 'own';

/**
 * The facilitator reads the whole plan. Of the people of the case, main persons and the informal circle do too; a professional
 * reads their own part. An aide (interpreter, support person) has no plan: 404. One that stopped is the main persons' again, and
 * nobody else's. The case itself was checked before.
 */
export function planPartOf(readerId: string, people: readonly Reader[], { stopped }: Standing = { stopped: false }): PlanPart {
  const reader = people.find(({ id }) => id === readerId);
  if (!reader || !mayReadPlan(reader, { stopped })) throw notFound();
  return reader.isMainPerson || reader.circleKind === 'informal' ? 'whole' : 'own';
}

/** Whether what was agreed goes on: not when the case was stopped. */
interface Standing {
  stopped: boolean;
}

type Reader = Pick<PlanPerson, 'id' | 'circleKind' | 'isMainPerson'>;

/** Whether a person of the case has a plan to read at all. */
export const mayReadPlan = ({ circleKind, isMainPerson }: Reader, { stopped }: Standing): boolean => isMainPerson || (circleKind !== 'aide' && !stopped);

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

/** How much of an obstacle someone sees: all of it, what concerns the circle, or what the lead sees of one that stands long. */
export type ObstaclePart = 'whole' | 'circle' | 'lead';

interface ObstacleOf extends Owned {
  moverId: string | null;
  leadSince: Date | null;
}

/**
 * Null: for them it does not exist. A lead who is the facilitator too sees all of their own; a main person sees on a known device
 * what is in the way of others.
 */
export function obstaclePartFor(actor: Actor, obstacle: ObstacleOf, now: Date): ObstaclePart | null {
  if (mayReachCommitment(actor, obstacle)) return 'whole';
  if (actor.kind === 'participant' && actor.caseId === obstacle.caseId) return obstaclePartOf(readerIn(actor, now), obstacle);
  return hasRole(actor, 'lead') && obstacle.leadSince ? 'lead' : null;
}

export const isKnownMainPerson = (actor: ParticipantActor, now: Date): boolean => actor.isMainPerson && isKnown(actor, now);

/** Who reads something of a case: one of its people, or null for its facilitator. */
export type CaseReader = { id: string; isMainPerson: boolean } | null;

/** The one who asks as a reader of the case that was checked before; on a device that is not known a main person reads as anybody. */
export const readerIn = (actor: Actor, now: Date): CaseReader =>
  actor.kind === 'participant' ? { id: actor.memberId, isMainPerson: isKnownMainPerson(actor, now) } : null;

/** How much of an obstacle a reader of its case sees: the one who promised and the facilitator all of it. */
export function obstaclePartOf(reader: CaseReader, { memberId, moverId }: Pick<ObstacleOf, 'memberId' | 'moverId'>): 'whole' | 'circle' | null {
  if (reader === null || reader.id === memberId) return 'whole';
  return reader.isMainPerson || reader.id === moverId ? 'circle' : null;
}

/** Whose words these are: one's own, or those of somebody (`asked`) who told them to the facilitator. */
export function whoseWords(actor: Actor, asked: string | null | undefined, people: readonly PlanPerson[]): PlanPerson {
  if (actor.kind === 'participant' && asked && asked !== actor.memberId) throw invalidField('/memberId', 'unknown-member');
  const id = actor.kind === 'participant' ? actor.memberId : asked;
  if (!id) throw invalidField('/memberId', 'required');
  const person = people.find((one) => one.id === id);
  if (!person) throw invalidField('/memberId', 'unknown-member');
  return person;
}

import type { CaseEntity } from '../cases/case.entity.js';
import type { Actor, ParticipantActor } from '../platform/actor.js';
import { stateConflict, conflict, Problem } from '../platform/http/problem.js';
import type { Member, MemberForParticipants } from './circle.dto.js';
import { CONTACTABLE_STATES, MEMBER_TRANSITIONS } from './circle.rules.js';
import type { CircleMember } from './circle.service.js';

/** Nobody is contacted before a main person wants the meeting, and before somebody said that this person may be asked. */
export function assertMayBeContacted(theCase: CaseEntity, member: CircleMember): void {
  if (member.isMainPerson) return;
  if (!theCase.consentGiven) throw conflict('consent-missing');
  if (!CONTACTABLE_STATES.includes(member.state)) {
    throw stateConflict(member.state, Object.keys(MEMBER_TRANSITIONS[member.state]));
  }
}

/** Whether messages may go to this person now: main persons always, the circle as long as the yes to the meeting stands. */
export function mayHear(theCase: Pick<CaseEntity, 'consentGiven'>, member: Pick<CircleMember, 'isMainPerson'>): boolean {
  return member.isMainPerson || theCase.consentGiven;
}

/** Deciding about others needs a device that is known; about oneself it does not. */
export function assertDeviceForOthers(actor: Actor, memberId: string, now: Date): void {
  if (actor.kind === 'participant' && actor.memberId !== memberId) assertDeviceKnown(actor, now);
}

/** A link by mail may have been sent on: what it must not open or decide asks for a device that is known. */
export function assertDeviceKnown(actor: Actor, now: Date): void {
  if (actor.kind === 'participant' && !isKnown(actor, now)) throw new Problem(403, 'step-up-required');
}

/** Whether the device is known on which somebody is here. */
export const isKnown = ({ knownUntil }: Pick<ParticipantActor, 'knownUntil'>, now: Date): boolean => knownUntil !== null && knownUntil > now;

/** What everyone of the circle may know of one another. */
export function forParticipants(member: CircleMember): MemberForParticipants {
  return {
    id: member.id,
    name: member.name,
    firstName: member.firstName,
    relation: member.relation,
    isMainPerson: member.isMainPerson,
    professional: member.circleKind === 'professional',
    state: member.state,
    version: member.version,
  };
}

/** Everything about a member but what is for the file only: for the facilitator and the member themself. */
export function inFull(member: CircleMember): Member {
  const { email, phone, reach, address, organisation, language, guardians, contactPreference } = member;
  return {
    ...forParticipants(member),
    caseId: member.caseId,
    circleKind: member.circleKind,
    ageBand: member.ageBand,
    viaMemberId: member.viaMemberId,
    email,
    phone,
    reach,
    address,
    organisation,
    language,
    guardians,
    contactPreference,
    approvedAt: member.approvedAt?.toISOString() ?? null,
    invitedAt: member.invitedAt?.toISOString() ?? null,
    phoneVerifiedAt: member.phoneVerifiedAt?.toISOString() ?? null,
  };
}

/** A member as this actor may see them. */
export function memberFor(
  actor: Actor,
  member: CircleMember,
  hidden: ReadonlySet<string> = new Set(),
): Member | MemberForParticipants {
  const self = actor.kind === 'participant' && actor.memberId === member.id;
  if (actor.kind !== 'staff' && actor.kind !== 'system' && !self) return forParticipants(member);
  // Through whom they are reached may be somebody of whom they must not hear.
  return hidden.has(member.viaMemberId ?? '') ? { ...inFull(member), viaMemberId: null } : inFull(member);
}

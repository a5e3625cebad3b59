import { actorId, hasRole, type Actor } from '../platform/actor.js';
import type { EndedReferral, Referral, ReferralForReferrer, ReferralReceipt } from './referrals.dto.js';
import type { OpenReferral } from './referral-store.service.js';
import type { ReferrerPart } from './referrer-part.service.js';
import { OPEN_REFERRAL_STATES } from './referrals.rules.js';

/** For whom a referral exists: a lead every one, a facilitator the open ones and those that they picked up. */
export function takesOn(actor: Actor, referral: OpenReferral): boolean {
  return hasRole(actor, 'lead') || readsInFull(actor, referral);
}

/** Who reads what it says: while it is open everyone who takes referrals on, then only the facilitator who picked it up. */
export function readsInFull(actor: Actor, referral: OpenReferral): boolean {
  if (actor.kind === 'system') return true;
  if (OPEN_REFERRAL_STATES.includes(referral.state)) return hasRole(actor, 'lead', 'facilitator');
  return hasRole(actor, 'facilitator') && referral.acceptedBy === actorId(actor);
}

/** Whether this is the member of staff who made the referral. */
export function isReferrer(actor: Actor, referral: OpenReferral): boolean {
  return actor.kind === 'staff' && referral.referrerStaffId === actor.staffId;
}

/** Acute, and nobody has said yet that they have it. */
export function waitsForSomebody({ safetyLevel, state, acknowledgedAt }: OpenReferral): boolean {
  return safetyLevel === 'acute' && acknowledgedAt === null && (state === 'received' || state === 'accepted');
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

export function receipt(referral: OpenReferral): ReferralReceipt {
  return { id: referral.id, state: referral.state, createdAt: referral.createdAt.toISOString() };
}

/** What the referrer sees: who picked it up, when, the date, and their own part. */
export function forReferrer(
  referral: OpenReferral,
  picked: { facilitatorName: string | null; acknowledgedByName: string | null; meetingStartsAt: Date | null; callInstead: string | null },
  part: ReferrerPart,
): ReferralForReferrer {
  return {
    ...receipt(referral),
    kind: referral.kind,
    residentName: referral.residentName,
    receivedAt: instant(referral.receivedAt),
    acceptedAt: instant(referral.acceptedAt),
    facilitatorName: picked.facilitatorName,
    acknowledgedAt: instant(referral.acknowledgedAt),
    acknowledgedByName: picked.acknowledgedByName,
    meetingStartsAt: instant(picked.meetingStartsAt),
    endReason: referral.endReason,
    version: referral.version,
    acknowledgedBy: referral.acknowledgedBy,
    callInstead: picked.callInstead,
    caseEnded: part.caseEnded,
    commitments: part.commitments,
    safetyConditions: part.safetyConditions,
  };
}

/** Nothing of what it says: for a lead, once it has been picked up, declined or withdrawn. */
export function ended(referral: OpenReferral): EndedReferral {
  return {
    ...receipt(referral),
    kind: referral.kind,
    source: referral.source,
    themes: referral.themes,
    safetyLevel: referral.safetyLevel,
    residentName: referral.residentName,
    receivedAt: instant(referral.receivedAt),
    acceptedAt: instant(referral.acceptedAt),
    caseId: referral.caseId,
    neighbourhoodCode: referral.neighbourhoodCode,
    reason: referral.endReason,
    acknowledgedAt: instant(referral.acknowledgedAt),
    acknowledgedBy: referral.acknowledgedBy,
    version: referral.version,
  };
}

/** Everything, for those who take it on. */
export function inFull(referral: OpenReferral, possibleDoubles: string[]): Referral {
  const { content } = referral;
  return {
    ...ended(referral),
    referrer: content.referrer,
    resident: content.resident,
    otherMainPersons: content.otherMainPersons,
    question: content.question,
    safety: content.safety,
    consent: content.consent,
    notifiedOn: content.notifiedOn,
    circle: content.circle,
    information: content.information,
    remark: content.remark,
    possibleDoubles,
  };
}

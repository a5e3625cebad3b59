import { actorId, hasRole, type Actor } from '../platform/actor.js';
import type { Referral, ReferralForReferrer, ReferralReceipt } from './referrals.dto.js';
import type { OpenReferral } from './referral-store.service.js';
import { OPEN_REFERRAL_STATES } from './referrals.rules.js';

/** Who takes referrals on: a lead every one, a facilitator the open ones and those that they picked up. */
export function readsInFull(actor: Actor, referral: OpenReferral): boolean {
  if (actor.kind === 'system' || hasRole(actor, 'lead')) return true;
  return hasRole(actor, 'facilitator') && (OPEN_REFERRAL_STATES.includes(referral.state) || referral.acceptedBy === actorId(actor));
}

/** Whether this is the member of staff who made the referral. */
export function isReferrer(actor: Actor, referral: OpenReferral): boolean {
  return actor.kind === 'staff' && referral.referrerStaffId === actor.staffId;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

export function receipt(referral: OpenReferral): ReferralReceipt {
  return { id: referral.id, state: referral.state, createdAt: referral.createdAt.toISOString() };
}

/** What the referrer sees: who picked it up, when, and the date. */
export function forReferrer(
  referral: OpenReferral,
  picked: { facilitatorName: string | null; meetingStartsAt: Date | null },
): ReferralForReferrer {
  return {
    ...receipt(referral),
    kind: referral.kind,
    residentName: referral.residentName,
    receivedAt: instant(referral.receivedAt),
    acceptedAt: instant(referral.acceptedAt),
    facilitatorName: picked.facilitatorName,
    meetingStartsAt: instant(picked.meetingStartsAt),
    endReason: referral.endReason,
    version: referral.version,
  };
}

/** Everything, for those who take it on. */
export function inFull(referral: OpenReferral, possibleDoubles: string[]): Referral {
  const { content } = referral;
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
    referrer: content.referrer,
    resident: content.resident,
    otherMainPersons: content.otherMainPersons,
    question: content.question,
    safety: content.safety,
    consent: content.consent,
    neighbourhoodCode: referral.neighbourhoodCode,
    notifiedOn: content.notifiedOn,
    circle: content.circle,
    information: content.information,
    reason: referral.endReason,
    remark: content.remark,
    possibleDoubles,
    version: referral.version,
  };
}

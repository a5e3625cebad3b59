import type { GivenConsent, ConsentForParticipants } from './consents.dto.js';
import { consentState } from './consents.rules.js';
import type { OpenConsent } from './consent-records.service.js';

/** A yes as the circle's own people see it: that it was said, never who wrote it down or why it was taken back. */
export function consentForParticipants(consent: OpenConsent, today: string): ConsentForParticipants {
  const { id, memberId, kind, given, givenBy, on, how, subject, until, professionalMemberId, takenBackAt } = consent;
  return {
    id,
    memberId,
    kind,
    given,
    state: consentState(consent, today),
    givenBy,
    on,
    how,
    subject: subject ?? null,
    until,
    professionalMemberId,
    takenBackAt: takenBackAt?.toISOString() ?? null,
  };
}

/** The same with everything, for the facilitator. */
export function consentInFull(consent: OpenConsent, today: string): GivenConsent {
  return {
    ...consentForParticipants(consent, today),
    caseId: consent.caseId,
    notedAt: consent.createdAt.toISOString(),
    takenBackBy: consent.takenBackBy,
    reason: consent.reason,
    remark: consent.remark ?? null,
  };
}

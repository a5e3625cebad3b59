import type { MemberState } from './circle.rules.js';

/**
 * The kinds of yes: to this meeting; to a professional who may speak about one subject until a date; that
 * this person may be asked; to joining the micro-analysis.
 */
export const CONSENT_KINDS = ['meeting', 'release', 'approval', 'micro-analysis'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** Who said it: the person themself, a main person about somebody else, or the facilitator who noted it. */
export const GIVEN_BY = ['person', 'main-person', 'facilitator'] as const;
export type GivenBy = (typeof GIVEN_BY)[number];

export const CONSENT_STATES = ['standing', 'ended', 'taken-back'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export const WITHDRAWAL_REASONS = ['own-wish', 'changed', 'not-safe', 'mistake', 'other'] as const;

/** A release is for a time that one can oversee; after it, it is asked again. */
export const RELEASE_AT_MOST_DAYS = 366;

/** Where a yes stands on a day: taken back, past its date, or standing. The last day still counts. */
export function consentState(consent: { takenBackAt: Date | null; until: string | null }, today: string): ConsentState {
  if (consent.takenBackAt) return 'taken-back';
  return consent.until !== null && consent.until < today ? 'ended' : 'standing';
}

/** Who may take a yes back, beside the facilitator who notes it. `person`: whose yes it is. */
export const TAKEN_BACK_BY: Readonly<Record<ConsentKind, 'person' | 'main-person'>> = {
  meeting: 'person',
  release: 'person',
  approval: 'main-person',
  'micro-analysis': 'person',
};

/** Members whose approval can be taken back: no invitation went. Afterwards removal is the way. */
export const APPROVAL_CAN_GO_BACK: readonly MemberState[] = ['approved', 'approached'];

/** What is wrong with the last day of a release, or null. Both are `YYYY-MM-DD`. */
export function untilProblem(until: string, today: string, latest: string): 'not-in-future' | 'too-far' | null {
  if (until <= today) return 'not-in-future';
  return until > latest ? 'too-far' : null;
}

import type { Actor } from '../platform/actor.js';
import { hasRole } from '../platform/actor.js';
import type { ReferralState } from './referrals.rules.js';

/** How long the first on duty has to say that they have it; then the second hears of it. */
export const SECOND_AFTER_MINUTES = 10;
/** How long until the leads hear that nobody has it. */
export const LEADS_AFTER_MINUTES = 20;
/** While nobody was on duty: how long until the leads hear it once more, and how often it is looked at afterwards. */
export const AGAIN_AFTER_MINUTES = 20;
export const LOOK_EVERY_MINUTES = 60;
export const MOST_LOOKS = 48;

const MINUTE_MS = 60_000;

/** What happens when nobody says that they have it. `again`: nobody was on duty when it came in. */
export type EscalationStep = 'second' | 'leads' | 'again';

export interface Escalation {
  step: EscalationStep;
  at: Date;
}

/** Who hears next and when, of a referral that somebody was alerted for: without a second the leads follow at once. */
export function escalationsFrom(now: Date, hasSecond: boolean): Escalation[] {
  const after = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
  if (!hasSecond) return [{ step: 'leads', at: after(SECOND_AFTER_MINUTES) }];
  return [
    { step: 'second', at: after(SECOND_AFTER_MINUTES) },
    { step: 'leads', at: after(LEADS_AFTER_MINUTES) },
  ];
}

/** When it is looked at next while nobody is on duty: the first time soon, then once an hour; null when that was often enough. */
export function nextLook(now: Date, looks: number): Date | null {
  if (looks >= MOST_LOOKS) return null;
  return new Date(now.getTime() + (looks === 0 ? AGAIN_AFTER_MINUTES : LOOK_EVERY_MINUTES) * MINUTE_MS);
}

/** What somebody is to an acute referral: the one it went to, the one who follows, a lead, or anyone who may take it on. */
export type Part = 'first' | 'second' | 'lead' | 'taker';

interface Alerted {
  state: ReferralState;
  acceptedBy: string | null;
  firstOnDuty: string | null;
  secondOnDuty: string | null;
}

/** Null for whom it does not exist. Who may take on referrals may also take one that nobody was on duty for. */
export function partIn(actor: Actor, { state, acceptedBy, firstOnDuty, secondOnDuty }: Alerted): Part | null {
  if (actor.kind !== 'staff') return null;
  const { staffId } = actor;
  if (hasRole(actor, 'facilitator')) {
    if (state === 'received') return 'taker';
    if (acceptedBy === staffId || firstOnDuty === staffId) return 'first';
    if (secondOnDuty === staffId) return 'second';
  }
  return hasRole(actor, 'lead') ? 'lead' : null;
}

import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';
import { plusDays } from '../platform/working-days.js';

export const CORRECTION_SUBJECTS = ['name', 'contact', 'plan', 'timeline', 'answers', 'referral', 'other'] as const;
export const CORRECTION_OUTCOMES = ['corrected', 'noted', 'declined'] as const;
export const CORRECTION_STATES = ['open', ...CORRECTION_OUTCOMES] as const;

export const ERASURE_OUTCOMES = ['erased', 'kept-by-law'] as const;
export const ERASURE_STATES = ['open', 'erasing', 'erased', 'kept-by-law'] as const;
/** Why something must stay (article 17, third paragraph, of the AVG, and the laws it points at). */
export const ERASURE_GROUNDS = ['jeugdwet', 'wmo', 'legal-claim', 'other-law'] as const;


/** The AVG gives one month to answer: the same day of the next month, or its last when there is none. */
export function answerBefore(asked: Date): string {
  return DateTime.fromJSDate(asked, { zone: ZONE }).plus({ months: 1 }).toISODate()!;
}

/** So long at least before the plan of others goes with it they hear of it; else it waits until the month of the AVG is over. */
const OTHERS_KEEP_DAYS = 7;

/** The day on which a case is erased that has a plan of somebody else too: they can keep it first. */
export function erasedOn(dueOn: string, today: string): string {
  return [dueOn, plusDays(today, OTHERS_KEEP_DAYS)].sort().at(-1)!;
}

/** Which links no longer lead to who they were for, when an address changed. */
export function channelsOfChanged(before: { email?: string; phone?: string }, after: { email?: string; phone?: string }): ('mail' | 'sms')[] {
  return [...(before.email !== after.email ? (['mail'] as const) : []), ...(before.phone !== after.phone ? (['sms'] as const) : [])];
}

/** Why a case may not be erased although it was asked; null when it may. */
export function keptBecause({ rule, held }: { rule: string; held: boolean }): 'legal-hold' | 'kept-by-law' | null {
  if (held) return 'legal-hold';
  return rule === 'default' ? null : 'kept-by-law';
}

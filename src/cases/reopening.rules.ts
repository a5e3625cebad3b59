import { DateTime } from 'luxon';
import { localDay, ZONE } from '../platform/local-day.js';
import type { CaseState } from './cases.rules.js';

const WITHIN = { years: 1 };

/** The last local day on which a case that was closed is taken up again: the same day a year later, until it is over. */
export const lastDayToReopen = (closedAt: Date): string => DateTime.fromJSDate(closedAt, { zone: ZONE }).plus(WITHIN).toISODate()!;

export const mayReopen = (closedAt: Date, now: Date): boolean => localDay(now) <= lastDayToReopen(closedAt);

/** How people come together again: on the plan that they carry out, by taking up what was closed, or no more in this case. */
export type Together = 'plan' | 'reopen' | 'too-late';

/** The same for a case as it stands; null while something else is going on, and for what was stopped. */
export function howTogether({ state, closedAt }: { state: CaseState; closedAt: Date | null }, now: Date): Together | null {
  if (state === 'carrying-out') return 'plan';
  if (state !== 'closed' || !closedAt) return null;
  return mayReopen(closedAt, now) ? 'reopen' : 'too-late';
}

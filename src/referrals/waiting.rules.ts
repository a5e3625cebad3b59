import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';
import { plusWorkingDays } from '../platform/working-days.js';
import { REACH_WORKING_DAYS, TRIAGE_WORKING_DAYS } from './referrals.rules.js';

/** What a referral can wait for: somebody who looks at it, then the facilitator who speaks to the referrer. */
export type Waiting = 'triage' | 'referrer';

const WORKING_DAYS: Readonly<Record<Waiting, number>> = { triage: TRIAGE_WORKING_DAYS, referrer: REACH_WORKING_DAYS };

/** Until when it may wait: the same time of day, so many Dutch working days later. In a weekend the days begin on Monday. */
export function waitsUntil(what: Waiting, since: Date): Date {
  const local = DateTime.fromJSDate(since, { zone: ZONE });
  const [year, month, day] = plusWorkingDays(local.toISODate()!, WORKING_DAYS[what]).split('-').map(Number);
  return local.set({ year, month, day }).toJSDate();
}

/** Whether it has waited for longer than was said. */
export const waitsTooLong = (what: Waiting, since: Date, now: Date): boolean => waitsUntil(what, since) <= now;

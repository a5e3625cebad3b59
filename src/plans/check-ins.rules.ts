import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';
import type { CommitmentState } from './commitments.rules.js';
import { occurrences } from './occurrences.rules.js';

/** So many days before it is to be done people are asked how it goes, and once more on the day after. */
const DAYS_BEFORE = 3;
/** What repeats is asked after once in so many days at most, however often it comes back. */
const AT_MOST_EVERY_DAYS = 7;
/** So many days late a question is still of use; later it is not asked any more. */
const STILL_HELPS_DAYS = 3;
/** The hour of the local day at which people are asked. */
const HOUR = 10;

/** Of these somebody is asked how it goes. Who was asked, who is stuck and who is ready is not. */
export const CHECKED_STATES: readonly CommitmentState[] = ['promised', 'doing', 'running'];

export interface Checked {
  dueOn: string;
  every: string | null;
  /** The local day on which it was agreed: where the repeating begins. */
  startsOn: string;
}

/**
 * The local days on which its person is asked how it goes, in order. Once: a few days before it is due and on the day after.
 * Repeating: on the day after it came back, once a week at most, until it is due; then the circle looks back together.
 */
export function checkInDays({ dueOn, every, startsOn }: Checked): string[] {
  if (every === null) return [plusDays(dueOn, -DAYS_BEFORE), plusDays(dueOn, 1)].filter((day) => day > startsOn);
  const days: string[] = [];
  let last = startsOn;
  for (const day of occurrences(every, { startsOn, from: startsOn, until: dueOn })) {
    const after = plusDays(day, 1);
    if (after < plusDays(last, AT_MOST_EVERY_DAYS)) continue;
    days.push(after);
    last = after;
  }
  return days;
}

/** Whether somebody is to be asked about it today, by a job that was planned for `planned`: what was missed before is asked today. */
export function isAskedAfter(commitment: Checked, { planned, today }: { planned: string; today: string }): boolean {
  const since = [planned, plusDays(today, -STILL_HELPS_DAYS)].sort().at(-1)!;
  return checkInDays(commitment).some((day) => day >= since && day <= today);
}

/** The first day after this one on which anybody is asked; null when nobody is any more. */
export function nextCheckIn(commitments: readonly Checked[], after: string): string | null {
  return commitments.flatMap((commitment) => checkInDays(commitment).find((day) => day > after) ?? []).sort()[0] ?? null;
}

/** When people are asked on a local day: the same hour in summer and winter. */
export const checkInMoment = (day: string): Date => DateTime.fromISO(day, { zone: ZONE }).set({ hour: HOUR }).toJSDate();

const plusDays = (day: string, days: number): string => DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate()!;

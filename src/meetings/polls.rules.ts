import { DateTime } from 'luxon';
import { afterQuietHours } from '../messages/messages.rules.js';
import type { FieldError } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { plusWorkingDays } from '../platform/working-days.js';
import { MEETING_ZONE } from './calendar.rules.js';
import { firstState, type Slot } from './meetings.rules.js';

const HOUR_MS = 3_600_000;
const WORKING_DAYS = 3;
/** At the end of that day people have had their evening. */
const UNTIL_HOUR = 20;
const HOURS_BEFORE_FIRST = 24;
const URGENT_HOURS = 2;
/** Who was asked less long ago than this is not reminded yet. */
const PATIENCE_HOURS = 12;
const URGENT_PATIENCE_HOURS = 0.25;

const plus = (instant: Date, hours: number): Date => new Date(instant.getTime() + hours * HOUR_MS);
const halfway = (from: Date, to: Date): Date => new Date((from.getTime() + to.getTime()) / 2);
const earliest = (...instants: Date[]): Date => new Date(Math.min(...instants.map(Number)));
const firstOf = (slots: readonly Slot[]): Date => earliest(...slots.map(({ startsAt }) => startsAt));

/**
 * Until when a poll is open when nobody says: 20:00 of the third working day, a day before the first date at the latest, or half
 * the time to it when that is too soon; of an urgent case two hours.
 */
export function answerByOf(slots: readonly Slot[], now: Date, urgent: boolean): Date {
  const first = firstOf(slots);
  const half = halfway(now, first);
  if (urgent) return earliest(plus(now, URGENT_HOURS), half);
  const [year, month, day] = plusWorkingDays(localDay(now), WORKING_DAYS).split('-').map(Number);
  const usual = DateTime.fromObject({ year, month, day, hour: UNTIL_HOUR }, { zone: MEETING_ZONE }).toJSDate();
  const dayBefore = plus(first, -HOURS_BEFORE_FIRST);
  return earliest(usual, dayBefore > half ? dayBefore : half);
}

/** What is wrong with a moment that was given: only a poll has one, it is still to come, and lies before the first date. */
export function answerByErrors(answerBy: Date | undefined, slots: readonly Slot[], now: Date): FieldError[] {
  if (answerBy === undefined || slots.length === 0) return [];
  const pointer = '/answerBy';
  if (firstState(slots) === 'fixed') return [{ pointer, code: 'only-for-a-poll' }];
  if (answerBy <= now) return [{ pointer, code: 'in-the-past' }];
  return answerBy >= firstOf(slots) ? [{ pointer, code: 'after-the-first-date' }] : [];
}

/** When those who are silent are reminded: a day before the end, and halfway when that lies well before; within a day halfway only. */
export function pollRemindersOf(from: Date, answerBy: Date, urgent: boolean): Date[] {
  const half = halfway(from, answerBy);
  const dayBefore = plus(answerBy, -HOURS_BEFORE_FIRST);
  const moments = dayBefore <= plus(from, PATIENCE_HOURS) ? [half] : plus(half, HOURS_BEFORE_FIRST) <= dayBefore ? [half, dayBefore] : [dayBefore];
  return moments.map((moment) => (urgent ? moment : afterQuietHours(moment))).filter((moment) => moment > from && moment < answerBy);
}

/** Whether somebody was asked long enough ago to be reminded. */
export function hadTime(asked: Date, now: Date, urgent: boolean): boolean {
  return plus(asked, urgent ? URGENT_PATIENCE_HOURS : PATIENCE_HOURS) <= now;
}

import { DateTime } from 'luxon';
import { afterQuietHours } from '../messages/messages.rules.js';
import { MEETING_ZONE } from './calendar.rules.js';

/** Each reminder: so many days before the start, and no longer of use within so many hours of it. */
export const REMINDERS = { week: { days: 7, uselessHours: 72 }, day: { days: 1, uselessHours: 0 } } as const;
export type Reminder = keyof typeof REMINDERS;
export const REMINDER_NAMES = Object.keys(REMINDERS) as Reminder[];

/** Nobody is reminded between these hours, in local time. */
const LATEST_HOUR = 20;
const EARLIEST_HOUR = 8;
const QUIET_FROM_HOUR = 21;
const HOUR_MS = 3_600_000;

/**
 * When people are reminded of a meeting: at its own hour, a week and a day before on the calendar, whatever the clocks do in
 * between; of a late or early meeting at 20:00 or 08:00 of that day, unless the case is urgent. None in the past.
 */
export function remindersOf(startsAt: Date, now: Date, urgent: boolean): { which: Reminder; runAt: Date }[] {
  return REMINDER_NAMES.map((which) => ({ which, runAt: decent(before(startsAt, REMINDERS[which].days), urgent) })).filter(({ runAt }) => runAt > now);
}

/** Whether a reminder still helps: a week's notice on the last days says nothing that the day's does not. */
export function stillHelps(which: Reminder, startsAt: Date, now: Date): boolean {
  return startsAt.getTime() - now.getTime() > REMINDERS[which].uselessHours * HOUR_MS;
}

/** The first moment at or after this one at which somebody may be reminded. */
export function mayRemindFrom(now: Date, urgent: boolean): Date {
  return urgent ? now : afterQuietHours(now);
}

const before = (startsAt: Date, days: number): DateTime => DateTime.fromJSDate(startsAt, { zone: MEETING_ZONE }).minus({ days });

function decent(moment: DateTime, urgent: boolean): Date {
  if (urgent || (moment.hour >= EARLIEST_HOUR && moment.hour < QUIET_FROM_HOUR)) return moment.toJSDate();
  return moment.startOf('day').set({ hour: moment.hour < EARLIEST_HOUR ? EARLIEST_HOUR : LATEST_HOUR }).toJSDate();
}

import { DateTime } from 'luxon';
import { MEETING_ZONE } from './calendar.rules.js';
import type { Slot } from './meetings.rules.js';

/** So long people get to come. */
const NOTICE_HOURS = 2;
/** No urgent meeting begins later in the evening, or earlier in the morning. */
const LAST_START_HOUR = 22;
const FIRST_START_HOUR = 8;
const HALF_HOUR = 30;
/** How long an urgent meeting is reckoned to last. */
const LASTS_MINUTES = 90;
const MOST_OFFERED = 5;

const local = (instant: Date): DateTime => DateTime.fromJSDate(instant, { zone: MEETING_ZONE });

/** The first moment that is offered: two hours from now on the half hour; late in the evening and at night 08:00. */
function firstStart(now: Date): DateTime {
  const soonest = local(now).plus({ hours: NOTICE_HOURS });
  const past = soonest.minute % HALF_HOUR === 0 && soonest.second === 0 && soonest.millisecond === 0 ? 0 : HALF_HOUR - (soonest.minute % HALF_HOUR);
  const rounded = soonest.startOf('minute').plus({ minutes: past });
  const today = local(now).startOf('day');
  if (rounded > today.set({ hour: LAST_START_HOUR })) return today.plus({ days: 1 }).set({ hour: FIRST_START_HOUR });
  const morning = today.set({ hour: FIRST_START_HOUR });
  return rounded < morning ? morning : rounded;
}

/** The moments that an urgent meeting is offered at: from two hours from now until 22:00, an hour apart; after 20:00 tomorrow from 08:00. */
export function urgentSlots(now: Date): Slot[] {
  const first = firstStart(now);
  const last = first.startOf('day').set({ hour: LAST_START_HOUR });
  return Array.from({ length: MOST_OFFERED }, (_, i) => first.plus({ hours: i }))
    .filter((start) => start <= last)
    .map((start) => ({ startsAt: start.toJSDate(), endsAt: start.plus({ minutes: LASTS_MINUTES }).toJSDate() }));
}

/** Whether a night comes before this moment, so that somebody has to be there tonight: "wie is er vannacht bij?" */
export function asksWhoIsThere(now: Date, startsAt: Date): boolean {
  const evening = local(now);
  // Before six in the morning the night is not over.
  return !local(startsAt).hasSame(evening, 'day') || evening.hour < FIRST_START_HOUR - NOTICE_HOURS;
}

/** The last midnight here. */
export const midnightBefore = (now: Date): Date => local(now).startOf('day').toJSDate();

/** The coming midnight here. */
export const midnightAfter = (now: Date): Date => local(now).plus({ days: 1 }).startOf('day').toJSDate();

/** The beginning of the evening that the night of `now` belongs to: before six in the morning that is yesterday's. */
export const nightSince = (now: Date): Date => local(now).minus({ hours: FIRST_START_HOUR - NOTICE_HOURS }).startOf('day').toJSDate();

/** Why an urgent meeting was not held the same day. */
export const NOT_HELD_REASONS = ['not-reached', 'not-safe', 'people-cannot-come', 'resident-does-not-want', 'already-calm', 'other'] as const;
export type NotHeldReason = (typeof NOT_HELD_REASONS)[number];

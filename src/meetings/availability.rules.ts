import { DateTime } from 'luxon';
import type { FieldError } from '../platform/http/problem.js';
import { isHoliday, plusDays } from '../platform/working-days.js';
import { MEETING_ZONE } from './calendar.rules.js';
import { instantAt, type Slot } from './meetings.rules.js';

export const ABSENCE_KINDS = ['leave', 'illness', 'course', 'other'] as const;
export type AbsenceKind = (typeof ABSENCE_KINDS)[number];

/** A part of a weekday on which somebody works; 1 is Monday, minutes of the local day. */
export interface Hours {
  weekday: number;
  from: number;
  until: number;
}

export const MINUTES_A_DAY = 1440;
export const MOST_HOURS = 21;
const LONGEST_ABSENCE_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is worth a second look when a date is planned; none of it forbids. */
export const WARNINGS = ['outside-hours', 'holiday', 'room-too-small'] as const;
export type WarningCode = (typeof WARNINGS)[number];

/** What is wrong with somebody's week: a part that ends before it begins, or meets another. */
export function hoursErrors(hours: readonly Hours[]): FieldError[] {
  return hours.flatMap(({ weekday, from, until }, i): FieldError[] => {
    if (until <= from) return [{ pointer: `/hours/${i}/until`, code: 'ends-before-start' }];
    const meets = hours.slice(0, i).some((other) => other.weekday === weekday && from < other.until && other.from < until);
    return meets ? [{ pointer: `/hours/${i}/from`, code: 'hours-overlap' }] : [];
  });
}

/** The first and the last day of an absence as people say it; with times of day where it is not the whole of those days. */
export interface AbsenceDays {
  from: string;
  to: string;
  fromTime?: string;
  toTime?: string;
}

/** The instants of an absence, or what is wrong with it: it ends before it begins or before `now`, or lasts over a year. */
export function absenceSpan({ from, to, fromTime = '00:00', toTime }: AbsenceDays, now: Date): Slot | FieldError[] {
  const startsAt = instantAt(from, fromTime);
  const endsAt = toTime === undefined ? instantAt(plusDays(to, 1), '00:00') : instantAt(to, toTime);
  if (!startsAt) return [{ pointer: '/fromTime', code: 'no-such-time' }];
  if (!endsAt) return [{ pointer: '/toTime', code: 'no-such-time' }];
  if (endsAt <= startsAt) return [{ pointer: '/to', code: 'ends-before-start' }];
  if (endsAt <= now) return [{ pointer: '/to', code: 'in-the-past' }];
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_ABSENCE_DAYS * DAY_MS) return [{ pointer: '/to', code: 'absence-too-long' }];
  return { startsAt, endsAt };
}

/** Whether two spans of time share a moment; where one ends the other may begin. */
export const overlap = (one: Slot, other: Slot): boolean => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

const minuteOf = (local: DateTime): number => local.hour * 60 + local.minute;

/** Whether a meeting lies wholly within the hours that somebody works; without hours everything does. */
export function withinHours({ startsAt, endsAt }: Slot, hours: readonly Hours[]): boolean {
  if (hours.length === 0) return true;
  const start = DateTime.fromJSDate(startsAt, { zone: MEETING_ZONE });
  const end = DateTime.fromJSDate(endsAt, { zone: MEETING_ZONE });
  if (!start.hasSame(end, 'day')) return false;
  return hours.some(({ weekday, from, until }) => weekday === start.weekday && from <= minuteOf(start) && minuteOf(end) <= until);
}

export interface PlannedSlot extends Slot {
  id: string;
}

/** What to look at twice: a date outside somebody's hours or on a Dutch holiday; a room for fewer than who are asked. */
export function warningsFor(
  slots: readonly PlannedSlot[],
  { hours, capacity, people }: { hours: readonly Hours[]; capacity: number | null; people: number },
): { code: WarningCode; slotId: string | null }[] {
  const ofSlots = slots.flatMap((slot) => {
    const codes: WarningCode[] = [];
    if (!withinHours(slot, hours)) codes.push('outside-hours');
    if (isHoliday(DateTime.fromJSDate(slot.startsAt, { zone: MEETING_ZONE }).toISODate()!)) codes.push('holiday');
    return codes.map((code) => ({ code, slotId: slot.id }));
  });
  return capacity !== null && capacity < people ? [...ofSlots, { code: 'room-too-small', slotId: null }] : ofSlots;
}

const SUGGEST_DAYS = 14;
const SUGGESTED_MINUTES = 120;
const STEP_MINUTES = 30;
/** Without hours of their own people are asked for a meeting in these. */
const USUAL_HOURS: readonly Hours[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 9 * 60, until: 17 * 60 }));

/**
 * Moments of two hours in the coming two weeks, from tomorrow on, at which somebody works and is nowhere else: the first of each
 * day. `taken`: absences and meetings, the way there included; the way to the suggested one is kept free too (`travelMinutes`).
 */
export function suggestedMoments(
  now: Date,
  { hours, taken, most, travelMinutes }: { hours: readonly Hours[]; taken: readonly Slot[]; most: number; travelMinutes: number },
): Slot[] {
  const today = DateTime.fromJSDate(now, { zone: MEETING_ZONE }).startOf('day');
  const days = Array.from({ length: SUGGEST_DAYS }, (_, i) => today.plus({ days: i + 1 })).filter((day) => !isHoliday(day.toISODate()!));
  const week = hours.length > 0 ? hours : USUAL_HOURS;
  return days
    .flatMap((day) => {
      const parts = week.filter(({ weekday }) => weekday === day.weekday).sort((a, b) => a.from - b.from);
      const starts = parts.flatMap(({ from, until }) => steps(Math.ceil(from / STEP_MINUTES) * STEP_MINUTES, until - SUGGESTED_MINUTES));
      const fits = (slot: Slot): boolean => withinHours(slot, week) && !taken.some((busy) => overlap(onTheWay(slot, travelMinutes), busy));
      const free = starts.flatMap((minute) => moment(day, minute)).find(fits);
      return free ? [free] : [];
    })
    .slice(0, most);
}

const steps = (from: number, until: number): number[] =>
  until < from ? [] : Array.from({ length: Math.floor((until - from) / STEP_MINUTES) + 1 }, (_, i) => from + i * STEP_MINUTES);

const clockTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function moment(day: DateTime, minute: number): Slot[] {
  const startsAt = instantAt(day.toISODate()!, clockTime(minute));
  return startsAt ? [{ startsAt, endsAt: new Date(startsAt.getTime() + SUGGESTED_MINUTES * 60_000) }] : [];
}

const onTheWay = ({ startsAt, endsAt }: Slot, minutes: number): Slot => ({ startsAt: new Date(startsAt.getTime() - minutes * 60_000), endsAt });

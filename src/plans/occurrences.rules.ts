import { DateTime } from 'luxon';
import rrule, { type Options } from 'rrule';
import { localDay } from '../platform/local-day.js';
import { RHYTHMS } from './recurrence.rules.js';

const { Frequency, RRule } = rrule;

/** A rule is followed for two years at most: longer than any plan stands. */
const LONGEST_DAYS = 730;
const DAY_MS = 24 * 60 * 60 * 1000;

const RHYTHM_RULES: Readonly<Record<(typeof RHYTHMS)[number], Partial<Options>>> = {
  day: { freq: Frequency.DAILY },
  week: { freq: Frequency.WEEKLY },
  'two-weeks': { freq: Frequency.WEEKLY, interval: 2 },
  month: { freq: Frequency.MONTHLY },
};

export interface Window {
  /** Where the repeating begins: the day from which weeks and months are counted. */
  startsOn: string;
  /** First and last day that is asked for, both included. */
  from: string;
  until: string;
}

/**
 * The days on which something that repeats comes back, as local dates in order. Days have no hours here, so that no change of
 * the clock moves them. What comes back "every month" on a day that a month does not have, comes on its last day.
 */
export function occurrences(every: string, { startsOn, from, until }: Window): string[] {
  const start = utcDay(startsOn);
  const shift = shiftOf(start);
  const last = Math.min(utcDay(until).getTime(), start.getTime() + LONGEST_DAYS * DAY_MS);
  const first = Math.max(utcDay(from).getTime(), start.getTime());
  if (first > last) return [];
  const rule = ruleOf(every, startsOn);
  const moved = (day: Date | number): Date => new Date(Number(day) + shift);
  const followed = new RRule({ ...rule, dtstart: moved(start), until: rule.until ? moved(rule.until) : null }, true);
  return followed.between(moved(first), moved(last), true).map((day) => new Date(day.getTime() - shift).toISOString().slice(0, 10));
}

function ruleOf(every: string, startsOn: string): Partial<Options> {
  if (isRhythm(every)) return every === 'month' ? { ...RHYTHM_RULES.month, ...onDayOfMonth(startsOn) } : RHYTHM_RULES[every];
  const typed = every.toUpperCase();
  const rule = RRule.parseString(typed);
  const isInstant = /UNTIL=\d{8}T\d{6}Z/.test(typed);
  return rule.until && isInstant ? { ...rule, until: utcDay(localDay(rule.until)) } : rule;
}

/** The last of the days up to this one that the month has. */
function onDayOfMonth(startsOn: string): Partial<Options> {
  const day = Number(startsOn.slice(8));
  if (day <= 28) return {};
  return { bymonthday: Array.from({ length: day - 27 }, (_, i) => 28 + i), bysetpos: -1 };
}

/**
 * So far the start is moved before the library counts: to the newest year before 9998 with the same days of the week and the same
 * leap years around it. The library looks on until the year 9999 for a rule that never comes (30 February): seconds, when it
 * starts in our time.
 */
function shiftOf(start: Date): number {
  const year = start.getUTCFullYear();
  const twin = TWINS.find((candidate) => candidate % 4 === year % 4 && new Date(Date.UTC(candidate, 0, 1)).getUTCDay() === new Date(Date.UTC(year, 0, 1)).getUTCDay());
  return Date.UTC(twin!, 0, 1) - Date.UTC(year, 0, 1);
}

/** Within 28 years every kind of year comes, with what follows it. */
const TWINS = Array.from({ length: 28 }, (_, i) => 9997 - i);

const isRhythm = (every: string): every is (typeof RHYTHMS)[number] => (RHYTHMS as readonly string[]).includes(every);

const utcDay = (day: string): Date => DateTime.fromISO(day, { zone: 'utc' }).toJSDate();

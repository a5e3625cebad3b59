import Holidays from 'date-holidays';
import { DateTime } from 'luxon';

const dutch = new Holidays('NL');
/** Not days off for everyone, yet holidays for terms of law: Good Friday and Liberation Day (Algemene termijnenwet, art. 3). */
const HOLIDAYS_OF_LAW: readonly string[] = ['easter -2', '05-05'];

const ofYear = new Map<number, ReadonlySet<string>>();

/** The holidays of a year; kept, since the library works them out anew each time. */
function holidaysOf(year: number): ReadonlySet<string> {
  const known = ofYear.get(year);
  if (known) return known;
  const found = dutch.getHolidays(year).filter(({ type, rule }) => type === 'public' || HOLIDAYS_OF_LAW.includes(rule));
  const dates = new Set(found.map(({ date }) => date.slice(0, 10)));
  ofYear.set(year, dates);
  return dates;
}

/** Whether people work on this date (`YYYY-MM-DD`) in the Netherlands: no weekend, no holiday of the Algemene termijnenwet. */
export function isWorkingDay(date: string): boolean {
  const { weekday, year } = DateTime.fromISO(date, { zone: 'utc' });
  return weekday <= 5 && !holidaysOf(year).has(date);
}

/** Whether this date is a Dutch holiday, or one of those for terms of law. */
export const isHoliday = (date: string): boolean => holidaysOf(DateTime.fromISO(date, { zone: 'utc' }).year).has(date);

/** The date itself when people work then, else the first working day after it. */
export function workingDayFrom(date: string): string {
  return isWorkingDay(date) ? date : workingDayFrom(plusDays(date, 1));
}

/** So many working days later. */
export function plusWorkingDays(date: string, days: number): string {
  return days === 0 ? date : plusWorkingDays(workingDayFrom(plusDays(date, 1)), days - 1);
}

/** How many working days lie after `from`, up to and including `until`. */
export function workingDaysBetween(from: string, until: string): number {
  let count = 0;
  for (let date = plusDays(from, 1); date <= until; date = plusDays(date, 1)) if (isWorkingDay(date)) count += 1;
  return count;
}

/** So many days later on the calendar. */
export const plusDays = (date: string, days: number): string => DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!;

import { DateTime } from 'luxon';

const ZONE = 'Europe/Amsterdam';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** What is going to happen, earliest first; of the same moment in the order in which it was written down. */
export class Agenda {
  private readonly entries: { at: number; nth: number; what: () => Promise<void> }[] = [];
  private nth = 0;

  add(at: Date, what: () => Promise<void>): void {
    const entry = { at: at.getTime(), nth: (this.nth += 1), what };
    let place = this.entries.length;
    while (place > 0 && this.entries[place - 1]!.at > entry.at) place -= 1;
    this.entries.splice(place, 0, entry);
  }

  get next(): Date | null {
    return this.entries.length === 0 ? null : new Date(this.entries[0]!.at);
  }

  take(now: Date): (() => Promise<void>) | null {
    if (this.entries.length === 0 || this.entries[0]!.at > now.getTime()) return null;
    return this.entries.shift()!.what;
  }
}

/** The instant of a time of day in the town, so many days after the one on which `from` falls. */
export function dayAt(from: Date, days: number, hour: number, minute = 0): Date {
  return local(from).startOf('day').plus({ days }).set({ hour, minute }).toJSDate();
}

export const isWorkingDay = (instant: Date): boolean => local(instant).weekday <= 5;
export const weekday = (instant: Date): number => local(instant).weekday;

export const hourOf = (instant: Date): number => local(instant).hour;

/** People read their mail between seven and half past ten in the evening; what comes at night waits for breakfast. */
export function awake(instant: Date): Date {
  const at = local(instant);
  if (at.hour < 7) return at.startOf('day').set({ hour: 7, minute: at.minute }).toJSDate();
  if (at.hour < 22) return instant;
  return at.startOf('day').plus({ days: 1 }).set({ hour: 7, minute: at.minute }).toJSDate();
}

function local(instant: Date): DateTime {
  return DateTime.fromJSDate(instant, { zone: ZONE });
}

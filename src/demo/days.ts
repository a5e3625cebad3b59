import { DateTime } from 'luxon';

const ZONE = 'Europe/Amsterdam';
const SATURDAY = 6;

/**
 * The working days around now: -1 is the last one before today, 0 the first one after it. Today itself has no number, so that
 * what is told lies in the past or in the future whenever it is told.
 */
export class WorkingDays {
  private readonly known = new Map<number, DateTime>();
  private readonly today: DateTime;

  constructor(private readonly now: Date) {
    this.today = DateTime.fromJSDate(now, { zone: ZONE }).startOf('day');
  }

  /** The instant at a time of day (`14:30`) in the Netherlands. */
  at(day: number, time: string): Date {
    const [hour, minute] = time.split(':').map(Number);
    return this.day(day).set({ hour: hour!, minute: minute! }).toJSDate();
  }

  /** The calendar date, `2026-11-18`. */
  date(day: number): string {
    return this.day(day).toISODate()!;
  }

  hoursAgo(hours: number): Date {
    return new Date(this.now.getTime() - hours * 60 * 60 * 1000);
  }

  private day(day: number): DateTime {
    const known = this.known.get(day);
    if (known) return known;
    const step = day < 0 ? -1 : 1;
    let found = day === 0 || day === -1 ? this.today : this.day(day - step);
    do found = found.plus({ days: step });
    while (found.weekday >= SATURDAY);
    this.known.set(day, found);
    return found;
  }
}

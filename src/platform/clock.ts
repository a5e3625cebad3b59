import { Injectable } from '@nestjs/common';

/** The only source of "now": no SQL and no rule reads the time itself. */
export abstract class Clock {
  abstract now(): Date;

  /** How far this clock is ahead of the machine's, for a library that reads the machine's. */
  skewSeconds(): number {
    return Math.round((this.now().getTime() - Date.now()) / 1000);
  }
}

/** The machine's time, shifted by `CLOCK_OFFSET_SECONDS` (tests and demo only). */
@Injectable()
export class SystemClock extends Clock {
  constructor(private readonly offsetSeconds = 0) {
    super();
  }

  now(): Date {
    return new Date(Date.now() + this.offsetSeconds * 1000);
  }
}

/** A clock that stands still until it is moved: the demo and the tests live through weeks with it. */
export class MovableClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date): void {
    this.instant = instant;
  }

  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const seconds = (((by.days ?? 0) * 24 + (by.hours ?? 0)) * 60 + (by.minutes ?? 0)) * 60 + (by.seconds ?? 0);
    this.instant = new Date(this.instant.getTime() + seconds * 1000);
  }
}

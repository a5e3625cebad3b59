import { DateTime } from 'luxon';

/** Where everyone who works with the service lives: their days begin and end at its midnight. */
export const ZONE = 'Europe/Amsterdam';

/** The day of an instant there, as `YYYY-MM-DD`. */
export const localDay = (instant: Date): string => DateTime.fromJSDate(instant, { zone: ZONE }).toISODate()!;

/** The time of day of an instant there, as `HH:mm`. */
export const localTime = (instant: Date): string => DateTime.fromJSDate(instant, { zone: ZONE }).toFormat('HH:mm');

import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { ZONE } from '../platform/local-day.js';

/** An instant as it comes: a Date, or RFC 3339. */
export type Instant = Date | string;

const DAY = new Intl.DateTimeFormat('nl-NL', { weekday: 'long', day: 'numeric', month: 'long', timeZone: ZONE });
const DAY_OF_YEAR = new Intl.DateTimeFormat('nl-NL', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE });
const SHORT_DAY = new Intl.DateTimeFormat('nl-NL', { weekday: 'short', day: 'numeric', month: 'short', timeZone: ZONE });
const TIME = new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE });
const EURO = new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR' });
const WHOLE_EURO = new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

/** A date without a time is read at noon, so that no zone moves it to another day. */
const toDate = (value: Instant): Date =>
  value instanceof Date ? value : new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T12:00:00Z` : value);

const formatted = (format: Intl.DateTimeFormat, value: Instant): string => {
  const date = toDate(value);
  return Number.isNaN(date.getTime()) ? '' : format.format(date);
};

/** "dinsdag 24 november" */
export const day = (value: Instant): string => formatted(DAY, value);
/** "24 november 2026" */
export const dayOfYear = (value: Instant): string => formatted(DAY_OF_YEAR, value);
/** "di 24 nov" */
export const shortDay = (value: Instant): string => formatted(SHORT_DAY, value);
/** "14.00" in the Netherlands, whatever the server's zone. */
export const time = (value: Instant): string => formatted(TIME, value).replace(':', '.');
/** What `<time datetime>` holds. */
export const machineDate = (value: Instant): string => (value instanceof Date ? value.toISOString() : value);

/** "€ 1.234,56" from cents */
export const euros = (cents: number): string => EURO.format(cents / 100);
/** "€ 1.235": for sums that are estimates anyway. */
export const wholeEuros = (cents: number): string => WHOLE_EURO.format(cents / 100);

/** A telephone number as a `tel:` address. */
export const telephone = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** A telephone number as people here write it: "06 12345678". */
export function readable(phone: string): string {
  const number = parsePhoneNumberFromString(phone, 'NL');
  return number ? (number.country === 'NL' ? number.formatNational() : number.formatInternational()) : phone;
}

import { Decimal } from 'decimal.js';
import { invalidField } from '../platform/http/problem.js';
import { priceIndex } from './cpi.rules.js';

/** Whole cents, as a range around the middle. In every amount low ≤ middle ≤ high. */
export interface Amount {
  lowCents: number;
  middleCents: number;
  highCents: number;
}

export const PERS = ['day', 'week', 'month', 'year', 'window', 'once'] as const;
export type Per = (typeof PERS)[number];

/** What one cost line says about quantity and price. Quantities are decimal strings with at most 4 decimals. */
export interface Priced {
  quantity: string;
  quantityLow: string | null;
  quantityHigh: string | null;
  per: Per;
  unitPriceCents: number;
  priceYear: number;
}

/** The months before first contact that are compared with as many months from the meeting. */
export const WINDOW_MONTHS = 12;

/** More than one billion euro on one line is a typing error; below it every sum stays an exact integer. */
export const MAX_LINE_CENTS = 100_000_000_000;

// Wide enough for every product of one line, so that the only rounding is the last one, to cents.
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

/** How many periods go into a year, as a fraction: [times, divided by]. */
const yearlyFactor = (per: Per, windowMonths: number): readonly [number, number] =>
  ({ day: [365, 1], week: [52, 1], month: [12, 1], year: [1, 1], window: [12, windowMonths], once: [1, 1] } as const)[per];

/** The index of a year; 400 at `/priceYear` when the table does not have it: a missing year is never taken for 1. */
export function requirePriceIndex(year: number): Decimal {
  const index = priceIndex(year);
  if (!index) throw invalidField('/priceYear', 'no-price-index');
  return index;
}

/**
 * The yearly amount of a line (or the amount itself when `per` is `once`) in the prices of `reportYear`: exact, and
 * rounded half-even to cents at the very end. Refuses a year without an index (400).
 */
export function lineAmount(line: Priced, reportYear: number, windowMonths: number = WINDOW_MONTHS): Amount {
  const [times, dividedBy] = yearlyFactor(line.per, windowMonths);
  const to = requirePriceIndex(reportYear);
  const by = requirePriceIndex(line.priceYear).times(dividedBy);
  const cents = (quantity: string): number =>
    new Exact(quantity).times(times).times(line.unitPriceCents).times(to).div(by).toDecimalPlaces(0).toNumber();
  return {
    lowCents: cents(line.quantityLow ?? line.quantity),
    middleCents: cents(line.quantity),
    highCents: cents(line.quantityHigh ?? line.quantity),
  };
}

export const NOTHING: Readonly<Amount> = { lowCents: 0, middleCents: 0, highCents: 0 };

/** The sum of amounts that are already rounded, so that a total always equals its parts. */
export function sum(amounts: readonly Amount[]): Amount {
  return amounts.reduce<Amount>(
    (total, each) => ({
      lowCents: total.lowCents + each.lowCents,
      middleCents: total.middleCents + each.middleCents,
      highCents: total.highCents + each.highCents,
    }),
    { ...NOTHING },
  );
}

/** `from` − `less`, as wide as both are unsure: the lowest outcome takes the highest of what is subtracted. */
export function minus(from: Amount, less: Amount): Amount {
  return {
    lowCents: from.lowCents - less.highCents,
    middleCents: from.middleCents - less.middleCents,
    highCents: from.highCents - less.lowCents,
  };
}

export type PaybackReason = 'difference-not-positive' | 'no-one-off';

/** After how many months the one-off costs are earned back (one decimal, half-even), or why that cannot be said. */
export function payback(oneOff: Amount, difference: Amount): { months: number | null; reason: PaybackReason | null } {
  if (difference.middleCents <= 0) return { months: null, reason: 'difference-not-positive' };
  if (oneOff.middleCents <= 0) return { months: null, reason: 'no-one-off' };
  const months = new Exact(oneOff.middleCents).times(12).div(difference.middleCents).toDecimalPlaces(1).toNumber();
  return { months, reason: null };
}

import { Decimal } from 'decimal.js';

/** Where the index figures come from. */
export const CPI_SOURCE = 'CBS, consumentenprijsindex (2022 = 1)';

/** Price level per year. A year that is not here cannot be used: it is never taken for 1. */
const CPI: Readonly<Record<number, string>> = {
  2013: '0.8103',
  2015: '0.8235',
  2022: '1',
  2023: '1.038',
  2024: '1.073',
};

/** The years that can be indexed, oldest first. */
export const INDEXED_YEARS: readonly number[] = Object.keys(CPI).map(Number).sort((a, b) => a - b);

/** The year in which amounts are shown unless another is asked: the newest one with an index. */
export const DEFAULT_REPORT_YEAR = INDEXED_YEARS.at(-1)!;

/** The index of a year, or null when there is none. */
export function priceIndex(year: number): Decimal | null {
  const index = CPI[year];
  return index === undefined ? null : new Decimal(index);
}

import fc from 'fast-check';
import { type Amount, lineAmount, minus, payback, PERS, type Priced, sum } from '../src/micro-analysis/amounts.rules.js';
import { COST_CLASSES, type CostItem, PAYERS } from '../src/micro-analysis/catalogue.rules.js';
import { CatalogueService } from '../src/micro-analysis/catalogue.service.js';
import type { CostLine } from '../src/micro-analysis/cost-lines.rules.js';
import { DEFAULT_REPORT_YEAR, INDEXED_YEARS, priceIndex } from '../src/micro-analysis/cpi.rules.js';
import { analyse, limitsOf, LIMIT_CODES } from '../src/micro-analysis/result.rules.js';
import { changesOf } from '../src/micro-analysis/wellbeing.rules.js';
import { Problem } from '../src/platform/http/problem.js';
import { microAnalysis as texts } from '../src/texts/nl/micro-analysis.js';

const catalogue = new CatalogueService();
const find = (id: string): CostItem | undefined => catalogue.find(id);

/** The wrong fields of a refusal, as `pointer code`. */
function refusal(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return (error.extra.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  throw new Error('was not refused');
}

const priced = (given: Partial<Priced>): Priced => ({
  quantity: '1', quantityLow: null, quantityHigh: null, per: 'year', unitPriceCents: 100, priceYear: 2024, ...given,
});
const flat = (cents: number): Amount => ({ lowCents: cents, middleCents: cents, highCents: cents });
const range = (lowCents: number, middleCents: number, highCents: number): Amount => ({ lowCents, middleCents, highCents });

describe('the amount of a cost line', () => {
  // Calculated by hand; the third column shows how.
  const hour = { per: 'week', unitPriceCents: 3_276, priceYear: 2022 } as const;
  const day = { per: 'day', unitPriceCents: 12_223, priceYear: 2023 } as const;
  const eviction = { per: 'once', unitPriceCents: 1_000_000, priceYear: 2013 } as const;
  const half = { quantity: '2', quantityLow: '1', quantityHigh: '4', unitPriceCents: 8_329 };
  it.each<[string, Partial<Priced>, number, Amount]>([
    ['two hours of help a week: 2 × 52 × 3276 × 1.073 = 365,575.392', { quantity: '2', ...hour }, 2024, flat(365_575)],
    ['the same in its own year: 2 × 52 × 3276', { quantity: '2', ...hour }, 2022, flat(340_704)],
    ['a day price: 365 × 12223 × 1.073 / 1.038 = 4,611,827.394', day, 2024, flat(4_611_827)],
    ['a month price: 12 × 70900', { per: 'month', unitPriceCents: 70_900 }, 2024, flat(850_800)],
    ['an old price: 1000000 × 1.073 / 0.8103 = 1,324,200.913', eviction, 2024, flat(1_324_201)],
    ['back in time: 10000000 × 1 / 1.073 = 9,319,664.492', { unitPriceCents: 10_000_000 }, 2022, flat(9_319_664)],
    ['a range: 1, 2 and 4 half-days', half, 2024, range(8_329, 16_658, 33_316)],
    ['four decimals: 0.3333 × 7500 = 2499.75', { quantity: '0.3333', unitPriceCents: 7_500 }, 2024, flat(2_500)],
    ['half a cent goes to the even side: 0.5 × 1', { quantity: '0.5', unitPriceCents: 1 }, 2024, flat(0)],
    ['half a cent goes to the even side: 1.5 × 1', { quantity: '1.5', unitPriceCents: 1 }, 2024, flat(2)],
    ['half a cent goes to the even side: 2.5 × 1', { quantity: '2.5', unitPriceCents: 1 }, 2024, flat(2)],
    ['just above half a cent: 2.5001 × 1', { quantity: '2.5001', unitPriceCents: 1 }, 2024, flat(3)],
    ['nothing', { quantity: '0', unitPriceCents: 500 }, 2024, flat(0)],
  ])('is exact: %s', (_, line, year, expected) => {
    expect(lineAmount(priced(line), year)).toEqual(expected);
  });

  it.each([[12, 300], [6, 600], [7, 514], [24, 150]])('makes a year of a window of %i months', (windowMonths, cents) => {
    expect(lineAmount(priced({ quantity: '3', per: 'window' }), 2024, windowMonths)).toEqual(flat(cents));
  });

  it('refuses a year without a price index, on both sides, and never takes 1 for it', () => {
    expect(refusal(() => lineAmount(priced({ priceYear: 2014 }), 2024))).toEqual(['/priceYear no-price-index']);
    expect(refusal(() => lineAmount(priced({}), 2026))).toEqual(['/priceYear no-price-index']);
    expect(priceIndex(2026)).toBeNull();
  });

  it('shows amounts in the newest indexed year unless asked otherwise', () => {
    expect(DEFAULT_REPORT_YEAR).toBe(2024);
  });
});

describe('sums and differences', () => {
  it('subtracts so that the lowest outcome takes the highest cost', () => {
    expect(minus(range(100, 200, 300), range(10, 20, 40))).toEqual(range(60, 180, 290));
  });

  it('adds nothing up to nothing', () => {
    expect(sum([])).toEqual(flat(0));
  });

  it.each<[string, Amount, Amount, { months: number | null; reason: string | null }]>([
    ['three months: 250 × 12 / 1000', flat(250), flat(1000), { months: 3, reason: null }],
    ['one decimal: 333 × 12 / 1000 = 3.996', flat(333), flat(1000), { months: 4, reason: null }],
    ['half goes to the even side: 1 × 12 / 240 = 0.05', flat(1), flat(240), { months: 0, reason: null }],
    ['half goes to the even side: 3 × 12 / 240 = 0.15', flat(3), flat(240), { months: 0.2, reason: null }],
    ['the middle counts', range(0, 100, 900), range(-50, 600, 900), { months: 2, reason: null }],
    ['no difference', flat(100), flat(0), { months: null, reason: 'difference-not-positive' }],
    ['costs that rose', flat(100), flat(-5), { months: null, reason: 'difference-not-positive' }],
    ['no one-off costs', flat(0), flat(100), { months: null, reason: 'no-one-off' }],
    ['neither', flat(0), flat(0), { months: null, reason: 'difference-not-positive' }],
  ])('says after how long it is earned back, or why not: %s', (_, oneOff, difference, expected) => {
    expect(payback(oneOff, difference)).toEqual(expected);
  });
});

const line = (given: Partial<CostLine> & { id?: string }): CostLine & { id: string } => ({
  id: 'line', side: 'before', status: null, itemId: null, text: 'x', payer: 'wmo', class: 'fiscal', unit: null,
  basis: 'registered', memberId: null, ...priced({}), ...given,
});

describe('the micro-analysis of a case', () => {
  const lines = [
    line({ id: 'a', side: 'before', payer: 'wmo', quantity: '100', quantityLow: '80', quantityHigh: '120' }),
    line({ id: 'b', side: 'before', payer: 'zvw', quantity: '40' }),
    line({ id: 'c', side: 'after', status: 'forecast', payer: 'wmo', quantity: '30', quantityLow: '20', quantityHigh: '50' }),
    line({ id: 'd', side: 'after', status: 'forecast', payer: 'jeugdwet', quantity: '10' }),
    line({ id: 'e', side: 'one-off', per: 'once', payer: 'organiser', quantity: '25' }),
    line({ id: 'f', side: 'before', payer: 'participatiewet', class: 'transfer', quantity: '7' }),
    line({ id: 'g', side: 'after', status: 'forecast', payer: 'network', class: 'informal', quantity: '9' }),
  ];

  it('adds fiscal lines, keeps a row per payer and sets the other classes beside', () => {
    const result = analyse(lines, { priceYear: 2024 });
    expect(result).toMatchObject({
      priceYear: 2024, windowMonths: 12, status: 'forecast',
      before: range(12_000, 14_000, 16_000),
      after: range(3_000, 4_000, 6_000),
      oneOff: flat(2_500),
      difference: range(6_000, 10_000, 13_000),
      netFirstYear: range(3_500, 7_500, 10_500),
      paybackMonths: 3, paybackReason: null,
    });
    expect(result.byPayer).toEqual([
      { payer: 'jeugdwet', before: flat(0), after: flat(1_000), oneOff: flat(0), difference: flat(-1_000) },
      { payer: 'organiser', before: flat(0), after: flat(0), oneOff: flat(2_500), difference: flat(0) },
      {
        payer: 'wmo', before: range(8_000, 10_000, 12_000), after: range(2_000, 3_000, 5_000), oneOff: flat(0),
        difference: range(3_000, 7_000, 10_000),
      },
      { payer: 'zvw', before: flat(4_000), after: flat(0), oneOff: flat(0), difference: flat(4_000) },
    ]);
    expect(result.beside).toEqual([
      { class: 'informal', before: flat(0), after: flat(900), oneOff: flat(0), difference: flat(-900) },
      { class: 'transfer', before: flat(700), after: flat(0), oneOff: flat(0), difference: flat(700) },
    ]);
  });

  it('takes what was measured as soon as there is any, and the forecast when asked', () => {
    const measured = [...lines, line({ id: 'h', side: 'after', status: 'measured', quantity: '60' })];
    expect(analyse(measured, { priceYear: 2024 })).toMatchObject({
      status: 'measured', after: flat(6_000), difference: range(6_000, 8_000, 10_000),
    });
    expect(analyse(measured, { priceYear: 2024, status: 'forecast' })).toMatchObject({
      status: 'forecast', after: range(3_000, 4_000, 6_000),
    });
  });

  it('of nothing is nothing, without a payback', () => {
    expect(analyse([], { priceYear: 2024 })).toEqual({
      priceYear: 2024, windowMonths: 12, status: 'forecast',
      before: flat(0), after: flat(0), oneOff: flat(0), difference: flat(0), netFirstYear: flat(0),
      paybackMonths: null, paybackReason: 'difference-not-positive', byPayer: [], beside: [], lines: [],
    });
  });

  it('rounds per line before it adds: three lines of a third of a cent are nothing', () => {
    const thirds = ['a', 'b', 'c'].map((id) => line({ id, quantity: '0.3333', unitPriceCents: 1 }));
    expect(analyse(thirds, { priceYear: 2024 }).before).toEqual(flat(0));
  });

  const quantity = fc.integer({ min: 0, max: 99_999_999 }).map((tenThousandths) => (tenThousandths / 10_000).toFixed(4));
  const anyLine = fc
    .record({
      id: fc.uuid(),
      kind: fc.constantFrom('before', 'forecast', 'measured', 'one-off'),
      payer: fc.constantFrom(...PAYERS),
      class: fc.constantFrom(...COST_CLASSES),
      per: fc.constantFrom(...PERS),
      quantities: fc.tuple(quantity, quantity, quantity).map((three) => three.sort((a, b) => Number(a) - Number(b))),
      unitPriceCents: fc.integer({ min: 0, max: 10_000_000 }),
      priceYear: fc.constantFrom(...INDEXED_YEARS),
    })
    .map(({ kind, per, quantities, ...rest }) =>
      line({
        ...rest,
        side: kind === 'before' ? 'before' : kind === 'one-off' ? 'one-off' : 'after',
        status: kind === 'forecast' || kind === 'measured' ? kind : null,
        per: kind === 'one-off' ? 'once' : per === 'once' ? 'year' : per,
        quantityLow: quantities[0], quantity: quantities[1], quantityHigh: quantities[2],
      }),
    );
  const anyLines = fc.array(anyLine, { maxLength: 25 });
  const anyYear = fc.constantFrom(...INDEXED_YEARS);
  const SIDES = ['before', 'after', 'oneOff', 'difference'] as const;

  it('always has totals that equal their parts, and low ≤ middle ≤ high', () => {
    fc.assert(
      fc.property(anyLines, anyYear, fc.integer({ min: 1, max: 36 }), (some, priceYear, windowMonths) => {
        const result = analyse(some, { priceYear, windowMonths });
        const fiscal = result.lines.filter((each) => each.class === 'fiscal');
        for (const side of SIDES) expect(result[side]).toEqual(sum(result.byPayer.map((row) => row[side])));
        expect(result.before).toEqual(sum(fiscal.filter((each) => each.side === 'before').map((each) => each.amount)));
        for (const row of result.beside) {
          const own = result.lines.filter((each) => each.class === row.class);
          expect(row.after).toEqual(sum(own.filter((each) => each.side === 'after').map((each) => each.amount)));
        }
        expect(result.difference.middleCents).toBe(result.before.middleCents - result.after.middleCents);
        expect(result.netFirstYear).toEqual(minus(result.difference, result.oneOff));
        const rows = [result, ...result.byPayer, ...result.beside].flatMap((row) => SIDES.map((side) => row[side]));
        for (const amount of [result.netFirstYear, ...rows, ...result.lines.map((each) => each.amount)]) {
          expect(Number.isSafeInteger(amount.lowCents)).toBe(true);
          expect(amount.lowCents).toBeLessThanOrEqual(amount.middleCents);
          expect(amount.middleCents).toBeLessThanOrEqual(amount.highCents);
        }
        if (result.paybackMonths !== null) expect(result.paybackReason).toBeNull();
        else expect(result.paybackReason).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(anyLines, (some) => {
        const { lines: _, ...forward } = analyse(some, { priceYear: 2024 });
        const { lines: __, ...backward } = analyse([...some].reverse(), { priceYear: 2024 });
        expect(backward).toEqual(forward);
      }),
      { numRuns: 50 },
    );
  });

  it('says what it cannot show, what is unsure and what is missing', () => {
    const codes = (facts: Partial<Parameters<typeof limitsOf>[0]>): string[] =>
      limitsOf({ lines: [], status: 'forecast', find, leftOut: 0, wellbeing: [], ...facts }).map((limit) => limit.code);
    expect(codes({})).toEqual([
      'one-case', 'regression-to-the-mean', 'nothing-before', 'nothing-after', 'no-one-off', 'no-wellbeing',
    ]);
    const weak = line({ itemId: 'eviction-landlord', unitPriceCents: 1_000_000, priceYear: 2013 });
    const unsure = [...lines, line({ basis: 'estimated' }), weak];
    expect(codes({ lines: unsure, leftOut: 1 })).toEqual([
      'one-case', 'regression-to-the-mean', 'forecast', 'estimates', 'weak-prices', 'others-left-out', 'no-wellbeing',
    ]);
    const wellbeing = changesOf([
      { memberId: 'm', instrument: 'cbs-happiness', moment: 'before', on: '2026-11-01', score: 5, wording: 'own' },
      { memberId: 'm', instrument: 'cbs-happiness', moment: 'after', on: '2026-12-01', score: 7, wording: 'own' },
    ]);
    expect(codes({ lines, wellbeing })).toEqual([
      'one-case', 'regression-to-the-mean', 'forecast', 'own-wording', 'threshold-not-published',
    ]);
  });

  it('has a sentence for every limit', () => {
    for (const code of LIMIT_CODES) expect(texts.limits[code](2)).toMatch(/\.$/);
    expect(Object.keys(texts.limits).sort()).toEqual([...LIMIT_CODES].sort());
  });
});

import { readFileSync } from 'node:fs';
import { type Amount, lineAmount } from '../src/micro-analysis/amounts.rules.js';
import { COST_CLASSES, type CostItem, PAYERS, readCatalogue } from '../src/micro-analysis/catalogue.rules.js';
import { CatalogueService } from '../src/micro-analysis/catalogue.service.js';
import {
  changeLine, completeLine, type CostLine, type CostLineInput, FACILITATOR_HOUR, priceSource, readQuantity,
} from '../src/micro-analysis/cost-lines.rules.js';
import { DEFAULT_REPORT_YEAR, INDEXED_YEARS } from '../src/micro-analysis/cpi.rules.js';
import { Problem } from '../src/platform/http/problem.js';

const catalogue = new CatalogueService();
const find = (id: string): CostItem | undefined => catalogue.find(id);
const flat = (cents: number): Amount => ({ lowCents: cents, middleCents: cents, highCents: cents });

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

describe('the catalogue', () => {
  it('is the published one, whole and with a source for every item', () => {
    expect(catalogue.items).toHaveLength(52);
    for (const item of catalogue.items) {
      expect(item.label).not.toBe('');
      expect(item.source).not.toMatch(/^(idem)?$/);
    }
  });

  it.each(catalogue.items.filter((item) => item.unitPriceCents !== null))('prices $id', (item) => {
    const line = completeLine({ side: 'one-off', per: 'once', quantity: 1, basis: 'registered', itemId: item.id }, find);
    const { middleCents } = lineAmount(line, DEFAULT_REPORT_YEAR);
    expect(middleCents).toBeGreaterThanOrEqual(item.unitPriceCents!);
    expect(lineAmount(line, item.priceYear!)).toEqual(flat(item.unitPriceCents!));
  });

  it.each(catalogue.items.filter((item) => item.unitPriceCents === null))('asks for a local price of $id', (item) => {
    const input: CostLineInput = { side: 'before', per: 'year', quantity: 1, basis: 'registered', itemId: item.id };
    expect(refusal(() => completeLine(input, find))).toEqual(['/unitPriceCents local-price-needed', '/priceYear required']);
    const local = completeLine({ ...input, unitPriceCents: 15_000, priceYear: 2024 }, find);
    expect(local).toMatchObject({ payer: item.payer, unit: item.unit, unitPriceCents: 15_000 });
  });

  it('knows the payers and classes of its items, and the payers that only text lines have', () => {
    const needed = [...catalogue.items.map((item) => item.payer), 'municipality', 'organiser', 'household'];
    expect(PAYERS).toEqual(expect.arrayContaining(needed));
    expect(COST_CLASSES).toEqual(expect.arrayContaining(catalogue.items.map((item) => item.class)));
  });

  it('does not start with a row that cannot be calculated', () => {
    const head = 'id,label,unit,priceCents,priceYear,payer,class,overlaps,grade,source,note\n';
    expect(() => readCatalogue(`${head}a,A,day,12.5,2022,wmo,fiscal,,A,s,`)).toThrow('priceCents');
    expect(() => readCatalogue(`${head}a,A,day,12,2022,nobody,fiscal,,A,s,`)).toThrow('payer');
    expect(() => readCatalogue(`${head}a,A,day,12,2022,wmo,fiscal,,A,s,\na,A,day,12,2022,wmo,fiscal,,A,s,`)).toThrow('twice');
  });

  it('lies beside the code that reads it, and every price year in it has an index', () => {
    expect(readFileSync(new URL('../src/micro-analysis/unit-costs.csv', import.meta.url), 'utf8')).toContain('gp-consult');
    for (const item of catalogue.items) if (item.priceYear !== null) expect(INDEXED_YEARS).toContain(item.priceYear);
  });
});

describe('filling in a cost line', () => {
  const input: CostLineInput = { side: 'before', itemId: 'guidance-hour', quantity: 2, per: 'week', basis: 'reported' };
  const own: CostLineInput = {
    side: 'one-off', text: 'Zaalhuur', quantity: '1.50', per: 'once', basis: 'registered', payer: 'organiser', class: 'fiscal',
    unitPriceCents: 7_500, priceYear: 2024,
  };

  it('takes price, price year, unit, payer and class from the item', () => {
    expect(completeLine(input, find)).toEqual({
      side: 'before', status: null, itemId: 'guidance-hour', text: null, payer: 'wmo', class: 'fiscal', quantity: '2',
      quantityLow: null, quantityHigh: null, unit: 'hour', per: 'week', unitPriceCents: 6_400, priceYear: 2022, basis: 'reported',
      memberId: null,
    });
  });

  it('lets somebody fill in another price and payer than the item has', () => {
    expect(completeLine({ ...input, unitPriceCents: 5_000, priceYear: 2024, payer: 'wlz' }, find)).toMatchObject({
      unitPriceCents: 5_000, priceYear: 2024, payer: 'wlz', class: 'fiscal',
    });
  });

  it('takes a text line that says everything itself', () => {
    expect(completeLine(own, find)).toMatchObject({ itemId: null, text: 'Zaalhuur', quantity: '1.5', unit: null });
  });

  it('calls an after line a forecast unless it was measured', () => {
    expect(completeLine({ ...input, side: 'after' }, find).status).toBe('forecast');
    expect(completeLine({ ...input, side: 'after', status: 'measured' }, find).status).toBe('measured');
  });

  it.each<[string, CostLineInput, string[]]>([
    ['an item that is not in the catalogue', { ...input, itemId: 'nothing' }, ['/itemId unknown-item']],
    ['an item and a text', { ...input, text: 'Hulp' }, ['/text item-or-text']],
    ['neither item nor text', { ...own, text: undefined }, ['/itemId item-or-text']],
    ['a text line without its price', { ...own, payer: null, class: null, unitPriceCents: null, priceYear: null },
      ['/unitPriceCents required', '/priceYear required', '/payer required', '/class required']],
    ['a status before', { ...input, status: 'forecast' }, ['/status only-after']],
    ['a status on a one-off', { ...own, status: 'measured' }, ['/status only-after']],
    ['a one-off per month', { ...own, per: 'month' }, ['/per one-off-is-once']],
    ['costs before that are once', { ...input, per: 'once' }, ['/per once-is-one-off']],
    ['five decimals', { ...input, quantity: '0.33333' }, ['/quantity quantity']],
    ['a number with five decimals', { ...input, quantity: 0.1 + 0.2 }, ['/quantity quantity']],
    ['a negative quantity', { ...input, quantity: -1 }, ['/quantity quantity']],
    ['no quantity', { ...input, quantity: null }, ['/quantity required']],
    ['a low above the middle', { ...input, quantityLow: 3 }, ['/quantityLow low-above-middle']],
    ['a high below the middle', { ...input, quantityHigh: '1.9999' }, ['/quantityHigh high-below-middle']],
    ['a price year without an index', { ...input, unitPriceCents: 5_000, priceYear: 2026 }, ['/priceYear no-price-index']],
    ['more than a billion euro', { ...input, per: 'day', quantity: 9_999_999 }, ['/quantity too-large']],
  ])('refuses %s', (_, wrong, expected) => {
    expect(refusal(() => completeLine(wrong, find))).toEqual(expected);
  });

  it.each<[unknown, string | null]>([
    [2, '2'], ['2', '2'], ['2.50', '2.5'], ['2.0000', '2'], [0, '0'], ['007.1', '7.1'], ['0.0001', '0.0001'],
    [1e-7, null], ['1e3', null], ['1,5', null], ['', null], [' 1', null], ['+1', null], ['-0', null], [NaN, null],
    [Infinity, null], ['12345678', null], [true, null], [['1'], null], ['.5', null], ['5.', null],
  ])('reads the quantity %j as %j', (typed, expected) => {
    expect(readQuantity(typed)).toBe(expected);
  });

  it('prices an hour of the facilitator like the item that its rate comes from', () => {
    expect(FACILITATOR_HOUR).toEqual({
      itemId: 'guidance-hour', unit: 'hour', unitPriceCents: find('guidance-hour')!.unitPriceCents, priceYear: 2022,
    });
  });

  it('shows where the price was found, as long as it is the price of the catalogue', () => {
    const item = find('guidance-hour');
    expect(priceSource(completeLine(input, find), item)).toEqual({ grade: 'B', source: item!.source });
    expect(priceSource(completeLine({ ...input, unitPriceCents: 1 }, find), item)).toEqual({ grade: null, source: null });
    expect(priceSource(completeLine(own, find), undefined)).toEqual({ grade: null, source: null });
  });

  const kept = completeLine({ ...input, side: 'after', status: 'measured', quantityLow: 1 }, find);

  it.each<[string, CostLineInput, Partial<CostLine>]>([
    ['leaves what is not named', { quantity: '3' }, { ...kept, quantity: '3' }],
    ['empties what is null', { quantityLow: null }, { ...kept, quantityLow: null }],
    ['goes back to the price of the item', { unitPriceCents: null }, { unitPriceCents: 6_400 }],
    ['takes everything from another item', { itemId: 'gp-consult' },
      { itemId: 'gp-consult', unit: 'consult', payer: 'zvw', unitPriceCents: 3_087 }],
    ['puts a text in the place of the item, with its price', { text: 'Maatje' },
      { itemId: null, text: 'Maatje', unitPriceCents: 6_400, payer: 'wmo' }],
    ['drops the status on another side', { side: 'before' }, { side: 'before', status: null }],
  ])('a change %s', (_, change, expected) => {
    expect(changeLine(kept, change, find)).toMatchObject(expected);
  });

  it('a change is refused like a new line', () => {
    expect(refusal(() => changeLine(kept, { side: 'one-off' }, find))).toEqual(['/per one-off-is-once']);
    expect(refusal(() => changeLine(kept, { quantity: null }, find))).toEqual(['/quantity required']);
    expect(refusal(() => changeLine(kept, { itemId: 'police-callout' }, find))).toEqual([
      '/unitPriceCents local-price-needed', '/priceYear required',
    ]);
  });
});

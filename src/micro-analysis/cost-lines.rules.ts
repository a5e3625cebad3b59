import { type FieldError, invalid, invalidField } from '../platform/http/problem.js';
import { lineAmount, MAX_LINE_CENTS, type Priced } from './amounts.rules.js';
import type { CostClass, CostItem, Grade, Payer } from './catalogue.rules.js';
import { DEFAULT_REPORT_YEAR, priceIndex } from './cpi.rules.js';

export const SIDES = ['before', 'after', 'one-off'] as const;
export type Side = (typeof SIDES)[number];

/** Of the after side only: agreed (a forecast) or seen (measured). */
export const STATUSES = ['forecast', 'measured'] as const;
export type Status = (typeof STATUSES)[number];

export const BASES = ['registered', 'reported', 'estimated'] as const;
export type Basis = (typeof BASES)[number];

/** A cost line with everything filled in, as it is kept. `unit` is what the price is for. */
export interface CostLine extends Priced {
  side: Side;
  status: Status | null;
  itemId: string | null;
  text: string | null;
  payer: Payer;
  class: CostClass;
  unit: string | null;
  basis: Basis;
  memberId: string | null;
}

export type Quantity = string | number;

/** A cost line as somebody types it: what is left out comes from the catalogue item. */
export type CostLineInput = {
  [Field in keyof CostLine]?: (Field extends 'quantity' | 'quantityLow' | 'quantityHigh' ? Quantity : CostLine[Field]) | null;
};

/** What an hour of the facilitator costs, until an organisation has a rate of its own: that of guidance at home. */
export const FACILITATOR_HOUR = { itemId: 'guidance-hour', unit: 'hour', unitPriceCents: 6_400, priceYear: 2022 } as const;

const QUANTITY = /^\d{1,7}(\.\d{1,4})?$/;

/** A quantity as decimal text without needless zeros; null when it is no number, negative, or has over 7 digits or 4 decimals. */
export function readQuantity(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !QUANTITY.test(text)) return null;
  const [whole, decimals = ''] = text.split('.') as [string, string?];
  const kept = decimals.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (kept && `.${kept}`);
}

/** Fills in a line from its catalogue item and refuses what cannot be calculated: 400 with one entry per wrong field. */
export function completeLine(input: CostLineInput, find: (itemId: string) => CostItem | undefined): CostLine {
  const errors: FieldError[] = [];
  const wrong = (field: keyof CostLine, code: string): void => void errors.push({ pointer: `/${field}`, code });
  const item = input.itemId ? find(input.itemId) : undefined;
  if (input.itemId && !item) wrong('itemId', 'unknown-item');
  if (input.itemId && input.text) wrong('text', 'item-or-text');
  if (!input.itemId && !input.text) wrong('itemId', 'item-or-text');

  const need = <Value>(field: keyof CostLine, given: Value | null | undefined, code = 'required'): Value => {
    if ((given === undefined || given === null) && (item || !input.itemId)) wrong(field, code);
    return given as Value;
  };
  const side = need('side', input.side);
  const unitPriceCents = need('unitPriceCents', input.unitPriceCents ?? item?.unitPriceCents, item && 'local-price-needed');
  const priceYear = need('priceYear', input.priceYear ?? item?.priceYear);
  const line: CostLine = {
    side,
    status: side === 'after' ? (input.status ?? 'forecast') : null,
    itemId: input.itemId ?? null,
    text: input.text ?? null,
    payer: need('payer', input.payer ?? item?.payer),
    class: need('class', input.class ?? item?.class),
    unit: input.unit ?? item?.unit ?? null,
    per: need('per', input.per),
    unitPriceCents,
    priceYear,
    basis: need('basis', input.basis),
    memberId: input.memberId ?? null,
    ...quantities(input, wrong),
  };
  if (input.status && side !== 'after') wrong('status', 'only-after');
  if (side === 'one-off' && line.per !== 'once') wrong('per', 'one-off-is-once');
  if (side !== 'one-off' && line.per === 'once') wrong('per', 'once-is-one-off');
  if (priceYear && !priceIndex(priceYear)) wrong('priceYear', 'no-price-index');
  if (errors.length) throw invalid(errors);
  if (lineAmount(line, DEFAULT_REPORT_YEAR).highCents > MAX_LINE_CENTS) throw invalidField('/quantity', 'too-large');
  return line;
}

/**
 * A kept line with changes. Left out: stays. `null`: back to what the item says, or empty. Another item brings its own
 * price, unit, payer and class; a text takes the place of the item.
 */
export function changeLine(line: CostLine, change: CostLineInput, find: (itemId: string) => CostItem | undefined): CostLine {
  const base: CostLineInput = { ...line };
  if (change.itemId && change.itemId !== line.itemId) {
    for (const field of ['text', 'payer', 'class', 'unit', 'unitPriceCents', 'priceYear'] as const) base[field] = null;
  }
  if (change.text) base.itemId = null;
  if (change.side && change.side !== 'after') base.status = null;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return completeLine({ ...base, ...given }, find);
}

/** How good a line's price is and where it was found: null when it is not the catalogue's own. */
export function priceSource(line: CostLine, item: CostItem | undefined): { grade: Grade | null; source: string | null } {
  const own = item && line.unitPriceCents === item.unitPriceCents && line.priceYear === item.priceYear;
  return own ? { grade: item.grade, source: item.source } : { grade: null, source: null };
}

function quantities(
  input: CostLineInput,
  wrong: (field: keyof CostLine, code: string) => void,
): Pick<CostLine, 'quantity' | 'quantityLow' | 'quantityHigh'> {
  const read = (field: 'quantity' | 'quantityLow' | 'quantityHigh'): string | null => {
    const given = input[field];
    if (given === undefined || given === null) return null;
    const quantity = readQuantity(given);
    if (quantity === null) wrong(field, 'quantity');
    return quantity;
  };
  const [quantity, quantityLow, quantityHigh] = [read('quantity'), read('quantityLow'), read('quantityHigh')];
  if (input.quantity === undefined || input.quantity === null) wrong('quantity', 'required');
  // Seven digits and four decimals are exact enough in a double to compare; an unread middle compares with nothing.
  const middle = quantity === null ? NaN : Number(quantity);
  if (quantityLow !== null && Number(quantityLow) > middle) wrong('quantityLow', 'low-above-middle');
  if (quantityHigh !== null && Number(quantityHigh) < middle) wrong('quantityHigh', 'high-below-middle');
  return { quantity: quantity ?? '', quantityLow, quantityHigh };
}

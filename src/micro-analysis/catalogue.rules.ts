import { parse } from 'csv-parse/sync';

/** `fiscal` adds up in totals; the others stand beside them. */
export const COST_CLASSES = ['fiscal', 'transfer', 'society', 'informal'] as const;
export type CostClass = (typeof COST_CLASSES)[number];

/** Who pays: the payers of the catalogue, and three that only text lines know. */
export const PAYERS = [
  'zvw', 'wmo', 'jeugdwet', 'wlz', 'participatiewet', 'ocw', 'justice', 'housing-corporation', 'municipality', 'organiser',
  'household', 'network', 'society',
] as const;
export type Payer = (typeof PAYERS)[number];

/** A: read in an official publication; B: a second-hand copy of an official table; C: a weak or interested source. */
export const GRADES = ['A', 'B', 'C'] as const;
export type Grade = (typeof GRADES)[number];

/** One unit cost. Without a price (null) nobody knows a national one, and a local price is asked. */
export interface CostItem {
  id: string;
  label: string;
  unit: string;
  unitPriceCents: number | null;
  priceYear: number | null;
  payer: Payer;
  class: CostClass;
  grade: Grade | null;
  source: string;
  note: string | null;
}

type Row = Record<'id' | 'label' | 'unit' | 'priceCents' | 'priceYear' | 'payer' | 'class' | 'grade' | 'source' | 'note', string>;

/** Reads the catalogue; "idem" becomes the source it points back to. Throws on a row that the service cannot calculate with. */
export function readCatalogue(csv: string): CostItem[] {
  const rows = parse<Row>(csv, { columns: true, skip_empty_lines: true, trim: true });
  const seen = new Set<string>();
  let source = '';
  return rows.map((row) => {
    if (row.source !== 'idem') source = row.source;
    if (!row.id || seen.has(row.id)) throw new Error(`unit-costs.csv: id "${row.id}" is missing or there twice`);
    seen.add(row.id);
    return {
      id: row.id,
      label: row.label,
      unit: row.unit,
      unitPriceCents: whole(row, 'priceCents'),
      priceYear: whole(row, 'priceYear'),
      payer: oneOf(PAYERS, row, 'payer'),
      class: oneOf(COST_CLASSES, row, 'class'),
      grade: row.grade ? oneOf(GRADES, row, 'grade') : null,
      source,
      note: row.note || null,
    };
  });
}

function whole(row: Row, field: 'priceCents' | 'priceYear'): number | null {
  if (row[field] === '') return null;
  if (!/^\d+$/.test(row[field])) throw new Error(`unit-costs.csv: ${field} of ${row.id} is not a whole number`);
  return Number(row[field]);
}

function oneOf<Value extends string>(values: readonly Value[], row: Row, field: 'payer' | 'class' | 'grade'): Value {
  const value = values.find((known) => known === row[field]);
  if (value === undefined) throw new Error(`unit-costs.csv: ${field} "${row[field]}" of ${row.id} is not known`);
  return value;
}

import {
  type Amount, lineAmount, minus, payback, type PaybackReason, requirePriceIndex, sum, WINDOW_MONTHS,
} from './amounts.rules.js';
import type { CostClass, CostItem, Payer } from './catalogue.rules.js';
import { type CostLine, priceSource, type Side, type Status } from './cost-lines.rules.js';
import type { Change } from './wellbeing.rules.js';

/** The four amounts of a payer, a class, or the whole. `difference` is before − after; costs may rightly rise. */
export interface Sides {
  before: Amount;
  after: Amount;
  oneOff: Amount;
  difference: Amount;
}

export interface CountedLine {
  id: string;
  side: Side;
  payer: Payer;
  class: CostClass;
  amount: Amount;
}

/** Costs before and after of one case, in the prices of one year. Totals and `byPayer` hold fiscal lines only. */
export interface Result extends Sides {
  priceYear: number;
  windowMonths: number;
  status: Status;
  netFirstYear: Amount;
  paybackMonths: number | null;
  paybackReason: PaybackReason | null;
  byPayer: (Sides & { payer: Payer })[];
  beside: (Sides & { class: CostClass })[];
  lines: CountedLine[];
}

export interface ResultRequest {
  priceYear: number;
  /** Which after lines count; when not asked: measured when there is any. */
  status?: Status;
  windowMonths?: number;
}

type KeptLine = CostLine & { id: string };

/** Which after lines count. */
export function countedStatus(lines: readonly CostLine[], asked?: Status): Status {
  return asked ?? (lines.some((line) => line.status === 'measured') ? 'measured' : 'forecast');
}

/** The micro-analysis of one case. Every sum is the sum of lines that are rounded already. */
export function analyse(lines: readonly KeptLine[], { priceYear, status, windowMonths = WINDOW_MONTHS }: ResultRequest): Result {
  requirePriceIndex(priceYear);
  const counting = countedStatus(lines, status);
  const counted: CountedLine[] = lines
    .filter((line) => line.status === null || line.status === counting)
    .map((line) => ({
      id: line.id,
      side: line.side,
      payer: line.payer,
      class: line.class,
      amount: lineAmount(line, priceYear, windowMonths),
    }));
  const fiscal = counted.filter((line) => line.class === 'fiscal');
  const total = sides(fiscal);
  const { months, reason } = payback(total.oneOff, total.difference);
  return {
    priceYear,
    windowMonths,
    status: counting,
    ...total,
    netFirstYear: minus(total.difference, total.oneOff),
    paybackMonths: months,
    paybackReason: reason,
    byPayer: groups(fiscal, (line) => line.payer).map(([payer, own]) => ({ payer, ...sides(own) })),
    beside: groups(
      counted.filter((line) => line.class !== 'fiscal'),
      (line) => line.class,
    ).map(([costClass, own]) => ({ class: costClass, ...sides(own) })),
    lines: counted,
  };
}

function sides(lines: readonly CountedLine[]): Sides {
  const of = (side: Side): Amount => sum(lines.filter((line) => line.side === side).map((line) => line.amount));
  const [before, after] = [of('before'), of('after')];
  return { before, after, oneOff: of('one-off'), difference: minus(before, after) };
}

function groups<Key extends string>(lines: readonly CountedLine[], keyOf: (line: CountedLine) => Key): [Key, CountedLine[]][] {
  return [...new Set(lines.map(keyOf))].sort().map((key) => [key, lines.filter((line) => keyOf(line) === key)]);
}

/** What must be said beside the figures. The sentences stand in the texts, by code. */
export const LIMIT_CODES = [
  'one-case', 'regression-to-the-mean', 'forecast', 'measured', 'estimates', 'weak-prices', 'nothing-before', 'nothing-after',
  'no-one-off', 'others-left-out', 'no-wellbeing', 'wellbeing-incomplete', 'own-wording', 'threshold-not-published',
] as const;
export type LimitCode = (typeof LIMIT_CODES)[number];

export interface Limit {
  code: LimitCode;
  /** How many lines it is about, where that is said. */
  count: number;
}

/** The limits of one analysis: what it can never show, and what is unsure or missing in this one. */
export function limitsOf(facts: {
  lines: readonly CostLine[];
  status: Status;
  find: (itemId: string) => CostItem | undefined;
  /** Lines about another main person, which this reader does not see. */
  leftOut: number;
  wellbeing: readonly Change[];
}): Limit[] {
  const counted = facts.lines.filter((line) => line.status === null || line.status === facts.status);
  const on = (side: Side): number => counted.filter((line) => line.side === side).length;
  const estimates = counted.filter((line) => line.basis === 'estimated').length;
  const weak = counted.filter((line) => line.itemId && priceSource(line, facts.find(line.itemId)).grade === 'C').length;
  const incomplete = facts.wellbeing.filter((each) => each.change === null).length;
  const candidates: readonly [LimitCode, boolean, number?][] = [
    ['one-case', true],
    ['regression-to-the-mean', true],
    [facts.status, on('after') > 0],
    ['estimates', estimates > 0, estimates],
    ['weak-prices', weak > 0, weak],
    ['nothing-before', on('before') === 0],
    ['nothing-after', on('after') === 0],
    ['no-one-off', on('one-off') === 0],
    ['others-left-out', facts.leftOut > 0],
    ['no-wellbeing', facts.wellbeing.length === 0],
    ['wellbeing-incomplete', incomplete > 0, incomplete],
    ['own-wording', facts.wellbeing.some((each) => each.wording === 'own')],
    ['threshold-not-published', facts.wellbeing.some((each) => each.change !== null && !each.thresholdPublished)],
  ];
  return candidates.filter(([, holds]) => holds).map(([code, , count = 0]) => ({ code, count }));
}

import { DateTime } from 'luxon';
import { type FieldError, invalid } from '../platform/http/problem.js';
import { ZONE } from '../platform/local-day.js';

/** Months begin and end at Dutch midnight. */

/** Shown when no `from` is given: this month and the eleven before it. */
const DEFAULT_MONTHS = 12;
/** Ten years is more than anyone reads. */
export const MAX_MONTHS = 120;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The months of a report as `YYYY-MM`, first and last included. */
export interface MonthRange {
  first: string;
  last: string;
  months: string[];
}

/** Reads `from` and `to` (a month, or a date that stands for its whole month): 400 when one is neither, or from > to. */
export function readMonths(query: { from?: string; to?: string }, now: Date): MonthRange {
  const errors: FieldError[] = [];
  const read = (field: 'from' | 'to'): DateTime | undefined => {
    const typed = query[field];
    if (typed === undefined) return undefined;
    const parsed = MONTH.test(typed) || DATE.test(typed) ? DateTime.fromISO(typed, { zone: 'utc' }) : undefined;
    if (!parsed?.isValid) errors.push({ pointer: `/${field}`, code: 'month-or-date' });
    return parsed?.startOf('month');
  };
  const [from, to] = [read('from'), read('to')];
  if (errors.length === 0 && isAfter(query.from, query.to)) errors.push({ pointer: '/from', code: 'from-after-to' });
  if (errors.length) throw invalid(errors);
  const thisMonth = DateTime.fromJSDate(now, { zone: ZONE }).setZone('utc', { keepLocalTime: true }).startOf('month');
  const last = to ?? (from && from > thisMonth ? from : thisMonth);
  const first = from ?? last.minus({ months: DEFAULT_MONTHS - 1 });
  const count = Math.round(last.diff(first, 'months').months) + 1;
  if (count > MAX_MONTHS) throw invalid([{ pointer: '/from', code: 'period-too-long' }]);
  const months = Array.from({ length: count }, (_, i) => first.plus({ months: i }).toFormat('yyyy-MM'));
  return { first: months[0]!, last: months.at(-1)!, months };
}

/** A month and a date are compared by month: over as many characters as both have. */
function isAfter(from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  const shared = Math.min(from.length, to.length);
  return from.slice(0, shared) > to.slice(0, shared);
}

/** The instants between which a range lies: from the first Dutch midnight up to, not including, the last. */
export function instantsOf(range: MonthRange): { start: Date; end: Date } {
  const at = (month: string): DateTime => DateTime.fromISO(`${month}-01`, { zone: ZONE });
  return { start: at(range.first).toJSDate(), end: at(range.last).plus({ months: 1 }).toJSDate() };
}

/** The columns of each report as a file. */
export const REPORT_COLUMNS = {
  'monthly-figures': [
    'month', 'referrals', 'accepted', 'declined', 'withdrawn', 'casesStarted', 'meetingsHeld', 'urgentMeetings', 'plansCarried',
    'plansWithoutMeeting', 'noPlan', 'stopped', 'commitments', 'commitmentsRealised', 'circleInformal', 'circleProfessional',
    'medianDaysToMeeting',
  ],
  'lead-times': ['step', 'n', 'median', 'q1', 'q3', 'p90'],
  'circle-growth': ['moment', 'cases', 'informalMedian', 'professionalMedian'],
  obstacles: ['category', 'opened', 'removed', 'open', 'medianDays'],
  reach: ['channel', 'approached', 'reached', 'answered', 'undelivered', 'byHand'],
  'drop-off': ['of', 'step', 'came', 'stopped', 'code', 'reason', 'n'],
} as const;
export type ReportName = keyof typeof REPORT_COLUMNS;

type CsvCell = string | number | null;

const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** Rows as RFC 4180 text. A text that a spreadsheet would calculate gets an apostrophe before it; numbers stay numbers. */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, CsvCell>>[]): string {
  const cell = (value: CsvCell | undefined): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return String(value);
    const safe = FORMULA.test(value) ? `'${value}` : value;
    return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((values) => `${values.map(cell).join(',')}\r\n`).join('');
}

/** A report as a file: a line for each row, or for each reason in it; a row without reasons has one line too. */
export function reportCsv(name: ReportName, rows: readonly object[]): string {
  const lines = rows.flatMap((row): object[] => {
    const { reasons, ...rest } = row as { reasons?: object[] };
    return reasons && reasons.length > 0 ? reasons.map((reason) => ({ ...rest, ...reason })) : [rest];
  });
  return toCsv(REPORT_COLUMNS[name], lines as Record<string, CsvCell>[]);
}

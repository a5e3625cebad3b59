import rrule from 'rrule';
import { sheetWords, type SheetWords } from '../texts/plan-paper.js';

/** How often something comes back, in parts that every language has words for. */
export interface Rhythm {
  unit: 'day' | 'week' | 'month' | 'year';
  /** Every so many of them. */
  interval: number;
  /** 0 is Monday; only with weeks. */
  weekdays: readonly number[];
}

const SIMPLE: Readonly<Record<string, Rhythm>> = {
  day: { unit: 'day', interval: 1, weekdays: [] },
  week: { unit: 'week', interval: 1, weekdays: [] },
  'two-weeks': { unit: 'week', interval: 2, weekdays: [] },
  month: { unit: 'month', interval: 1, weekdays: [] },
};
const UNITS: Readonly<Record<number, Rhythm['unit']>> = { 0: 'year', 1: 'month', 2: 'week', 3: 'day' };

/** What one says of a commitment's `every`; null of a rule that takes more words than people want to read. How long it lasts is not said. */
export function rhythmOf(every: string): Rhythm | null {
  const simple = SIMPLE[every];
  if (simple) return simple;
  try {
    const { freq, interval, byweekday, until: _, count: __, wkst: ___, ...rest } = rrule.RRule.parseString(every.toUpperCase());
    const unit = UNITS[freq ?? -1];
    const weekdays = [byweekday ?? []].flat().map((day) => (typeof day === 'object' && !day.n ? day.weekday : -1));
    if (!unit || Object.keys(rest).length > 0 || weekdays.includes(-1) || (weekdays.length > 0 && unit !== 'week')) return null;
    return { unit, interval: interval ?? 1, weekdays: [...new Set(weekdays)].sort() };
  } catch {
    return null;
  }
}

/** How often something is done, in words. */
export function rhythmWords(every: string, { texts: { rhythm: t }, weekdays }: Pick<SheetWords, 'texts' | 'weekdays'>): string {
  const rhythm = rhythmOf(every);
  if (!rhythm) return t.other;
  return rhythm.weekdays.length > 0 ? t.on(rhythm.interval, weekdays(rhythm.weekdays)) : t[rhythm.unit](rhythm.interval);
}

const DUTCH = sheetWords('nl');

/** The same on pages, in the words that the sheet on paper has: "elke maandag en donderdag". */
export const howOften = (every: string): string => rhythmWords(every, DUTCH);

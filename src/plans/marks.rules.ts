import { DateTime } from 'luxon';
import type { CaseState } from '../cases/cases.rules.js';
import type { FieldError } from '../platform/http/problem.js';
import { ZONE } from '../platform/local-day.js';

/** When everyone is asked: the day after the meeting, and when the case is closed. */
export const MARK_MOMENTS = ['meeting', 'closure'] as const;
export type MarkMoment = (typeof MARK_MOMENTS)[number];

export const LOWEST_MARK = 1;
export const HIGHEST_MARK = 10;

/** What marks that are given now are about; null where nothing is marked any more. */
export function momentOf(caseState: CaseState): MarkMoment | null {
  if (caseState === 'stopped') return null;
  return caseState === 'closed' ? 'closure' : 'meeting';
}

/** A mark or a sentence at least. */
export function marksError({ meeting, plan, sentence }: { meeting?: number; plan?: number; sentence?: string }): FieldError | null {
  return meeting === undefined && plan === undefined && sentence === undefined ? { pointer: '/meeting', code: 'required' } : null;
}

/** At what time of the next day people are asked. */
const ASK_HOUR = 10;

/** The morning after something, whatever the clocks do in the night. */
export const askAt = (instant: Date): Date => DateTime.fromJSDate(instant, { zone: ZONE }).plus({ days: 1 }).startOf('day').set({ hour: ASK_HOUR }).toJSDate();

/** The middle one, of an even number half way between two; null of none. */
export function median(marks: readonly number[]): number | null {
  if (marks.length === 0) return null;
  const sorted = [...marks].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Rounded to one decimal; null of none. */
export const average = (marks: readonly number[]): number | null =>
  marks.length === 0 ? null : Math.round((marks.reduce((sum, mark) => sum + mark, 0) / marks.length) * 10) / 10;

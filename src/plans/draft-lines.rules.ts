import type { FieldError } from '../platform/http/problem.js';
import type { Draft, DraftCommitment, DraftGoal, SafetyCondition } from './drafts.rules.js';

/** The kinds of line of a draft, as they stand in addresses, with the list that holds them. */
export const LINE_LISTS = { goals: 'goals', commitments: 'commitments', 'safety-conditions': 'safetyConditions' } as const;
export type LineKind = keyof typeof LINE_LISTS;
export type ListOf<Kind extends LineKind> = (typeof LINE_LISTS)[Kind];
export type LineOf<Kind extends LineKind> = Draft[ListOf<Kind>][number];
export type DraftLine = DraftGoal | DraftCommitment | SafetyCondition;

/** As many lines of each kind as the whole draft takes. */
export const MOST_LINES: Readonly<Record<LineKind, number>> = { goals: 50, commitments: 200, 'safety-conditions': 50 };

/** Who changed a line last, when, and how often it was changed. */
export interface LineMark {
  version: number;
  /** An instant; null for lines from before lines were counted. */
  at: string | null;
  /** A member or one of the staff; null for the service itself. */
  by: string | null;
  removed?: true;
}

export type LineMarks = Readonly<Record<string, LineMark>>;

/** Removed lines are remembered for as long as somebody may still have them before them. */
const MOST_REMOVED = 100;
const UNMARKED: LineMark = { version: 1, at: null, by: null };

export const markOf = (marks: LineMarks, id: string): LineMark => marks[id] ?? UNMARKED;

const linesOf = (draft: Draft): Map<string, DraftLine> =>
  new Map(Object.values(LINE_LISTS).flatMap((list) => draft[list].map((line): [string, DraftLine] => [line.id, line])));

/** The marks after a draft was replaced by another: only lines that differ were changed, and by this one. */
export function marksAfter(marks: LineMarks, before: Draft, after: Draft, who: { by: string | null; at: string }): LineMarks {
  const [were, are] = [linesOf(before), linesOf(after)];
  const bumped = (id: string): LineMark => ({ version: id in marks || were.has(id) ? markOf(marks, id).version + 1 : 1, ...who });
  const live = [...are].map(([id, line]): [string, LineMark] => {
    const was = were.get(id);
    return [id, was && sameLine(was, line) ? markOf(marks, id) : bumped(id)];
  });
  const goneNow = [...were.keys()].filter((id) => !are.has(id)).map((id): [string, LineMark] => [id, { ...bumped(id), removed: true }]);
  const goneBefore = Object.entries(marks).filter(([id, { removed }]) => removed && !are.has(id));
  return Object.fromEntries([...live, ...[...goneBefore, ...goneNow].slice(-MOST_REMOVED)]);
}

/** Fields of the same line always stand in the same order. */
export const sameLine = (one: DraftLine, other: DraftLine): boolean => JSON.stringify(one) === JSON.stringify(other);

export const lineIn = <Kind extends LineKind>(draft: Draft, kind: Kind, id: string): LineOf<Kind> | undefined =>
  (draft[LINE_LISTS[kind]] as LineOf<Kind>[]).find((line) => line.id === id);

/** The draft with a line more at the end, or this one in the place of the one with its id. */
export function withLine<Kind extends LineKind>(draft: Draft, kind: Kind, line: LineOf<Kind>): Draft {
  const list = LINE_LISTS[kind];
  const lines = draft[list] as LineOf<Kind>[];
  const there = lines.some(({ id }) => id === line.id);
  return { ...draft, [list]: there ? lines.map((one) => (one.id === line.id ? line : one)) : [...lines, line] };
}

/** The draft with a line one place higher in its list; the first stays first. */
export function withHigher(draft: Draft, kind: LineKind, id: string): Draft {
  const list = LINE_LISTS[kind];
  const lines: DraftLine[] = [...draft[list]];
  const at = lines.findIndex((line) => line.id === id);
  if (at > 0) lines.splice(at - 1, 0, ...lines.splice(at, 1));
  return { ...draft, [list]: lines };
}

/** The draft without a line; what was for a goal that goes is for none. */
export function withoutLine(draft: Draft, kind: LineKind, id: string): Draft {
  const list = LINE_LISTS[kind];
  const left = { ...draft, [list]: draft[list].filter((line) => line.id !== id) };
  if (kind !== 'goals') return left;
  return { ...left, commitments: left.commitments.map((one) => (one.goalId === id ? { ...one, goalId: null } : one)) };
}

/** What was wrong with one line of a draft, pointing into the line itself. */
export function problemsOfLine(errors: readonly FieldError[], draft: Draft, kind: LineKind, id: string): FieldError[] {
  const list = LINE_LISTS[kind];
  const start = `/${list}/${draft[list].findIndex((line) => line.id === id)}/`;
  return errors.filter(({ pointer }) => pointer.startsWith(start)).map((error) => ({ ...error, pointer: `/${error.pointer.slice(start.length)}` }));
}

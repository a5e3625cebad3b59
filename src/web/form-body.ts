import { CSRF_FIELD } from './components/form.js';

type Value = string | number | boolean | Value[] | { [name: string]: Value };
type Fields = Readonly<Record<string, unknown>>;

export interface FormShape {
  /** Names of fields that are whole or decimal numbers; `*` stands for one part: `answers.*`. */
  numbers?: readonly string[];
  /** Names of fields that are yes or no (`true`, `false`, `on`). */
  flags?: readonly string[];
  /** Names of fields that are lists, also when one value came. */
  lists?: readonly string[];
  /** Lists of rows, with the field without which a row counts as left empty: `{ goals: 'text' }`. */
  rows?: Readonly<Record<string, string>>;
}

const MAX_INDEX = 99;

/**
 * A posted form as the body that the API takes: `place.type` becomes `{ place: { type } }`, `slots.0.date` a list. What
 * was left empty is left out, and so is the CSRF token. What is no number stays as typed, for the check that follows.
 */
export function formBody(fields: Fields, shape: FormShape = {}): Record<string, Value> {
  const body: { [name: string]: Value } = {};
  for (const [name, raw] of Object.entries(fields)) {
    if (name === CSRF_FIELD) continue;
    const value = read(name, raw, shape);
    if (value !== undefined) place(body, name.split('.'), value);
  }
  const made = lists(body) as Record<string, Value>;
  for (const [list, field] of Object.entries(shape.rows ?? {})) made[list] = filled(made[list], field);
  return made;
}

function read(name: string, raw: unknown, shape: FormShape): Value | undefined {
  const all = [raw].flat().filter((one): one is string => typeof one === 'string' && one.trim() !== '');
  if (all.length === 0) return undefined;
  if (names(shape.lists, name)) return all;
  const last = all.at(-1)!;
  if (names(shape.numbers, name)) {
    const number = Number(last.trim().replace(',', '.'));
    return Number.isFinite(number) ? number : last;
  }
  if (names(shape.flags, name)) return last === 'true' || last === 'on' ? true : last === 'false' ? false : last;
  return last;
}

const names = (patterns: readonly string[] = [], name: string): boolean =>
  patterns.some((pattern) => {
    const parts = pattern.split('.');
    const given = name.split('.');
    return parts.length === given.length && parts.every((part, index) => part === '*' || part === given[index]);
  });

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function place(target: { [name: string]: Value }, path: string[], value: Value): void {
  if (path.some((part) => FORBIDDEN.has(part))) return;
  const [head, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = target[head];
  const next = typeof inner === 'object' && !Array.isArray(inner) ? inner : {};
  target[head] = next;
  place(next, rest, value);
}

const filled = (rows: Value | undefined, field: string): Value[] =>
  Array.isArray(rows) ? rows.filter((row) => typeof row === 'object' && !Array.isArray(row) && row[field] !== undefined) : [];

/** Objects whose names are all numbers become lists, in that order; gaps (rows left empty) close. */
function lists(value: Value): Value {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, lists(inner)] as const);
  const numbered = entries.length > 0 && entries.every(([name]) => /^\d{1,2}$/.test(name) && Number(name) <= MAX_INDEX);
  if (!numbered) return Object.fromEntries(entries);
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
}

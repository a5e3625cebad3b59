import { nl } from './texts.js';

interface Refusals {
  problems?: Record<string, string>;
  fields?: Record<string, string>;
}

const sources: Refusals[] = Object.values(nl);
const problems: Record<string, string> = Object.assign({}, ...sources.map((source) => source.problems ?? {}));
const fields: Record<string, string> = Object.assign({}, ...sources.map((source) => source.fields ?? {}));

/** Whether a code has its sentence; a test asks this of every code in the source. */
export const hasProblemText = (code: string): boolean => code in problems;
export const hasFieldText = (code: string): boolean => code in fields;

/** Every problem code, as the OpenAPI document publishes them. */
export const PROBLEM_CODES: readonly string[] = Object.keys(problems).sort();

/** The sentence of a problem code, placeholders filled in. */
export function problemText(code: string, values: Record<string, string | number> = {}): string {
  const sentence = problems[code] ?? problems.unexpected!;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The sentence of a field's error code. */
export const fieldText = (code: string): string => fields[code] ?? fields.format!;

const { onPages }: { onPages: { problems: Record<string, string>; fields: Record<string, string> } } = nl.problems;

/** The same two for who reads a page. */
export const problemOnPage = (code: string, values: Record<string, string | number> = {}): string => onPages.problems[code] ?? problemText(code, values);
export const fieldOnPage = (code: string): string => onPages.fields[code] ?? fieldText(code);

/** The title that goes with a status. */
export const problemTitle = (status: number): string => (nl.problems.titles as Record<number, string>)[status] ?? nl.problems.titles[500];

/** A refusal with its stable code. The code is the last segment of the problem's `type` and the key of its Dutch text. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly extra: {
      /** Values for the placeholders in the text. */
      values?: Record<string, string | number>;
      errors?: FieldError[];
      state?: string;
      allowed?: readonly string[];
      triesLeft?: number;
      retryAfterSeconds?: number;
      /** What stands there now, in place of what one saw; null when it was taken away. */
      current?: object | null;
      /** Meetings for which somebody else has to be found. */
      meetings?: { id: string; caseId: string; startsAt: string; endsAt: string }[];
    } = {},
  ) {
    super(code);
  }
}

/** What is wrong with one field: a JSON Pointer, a stable code, and a sentence (filled in from the texts when left out). */
export interface FieldError {
  pointer: string;
  code: string;
  message?: string;
}

export const invalid = (errors: FieldError[]): Problem => new Problem(400, 'invalid', { errors: errors.slice(0, MOST_ERRORS) });
/** Of a long list of wrong fields the first ones are enough to know. */
const MOST_ERRORS = 100;
/** One wrong field. `invalidField('/slots/0/startsAt', 'in-the-past')` */
export const invalidField = (pointer: string, code: string): Problem => invalid([{ pointer, code }]);
export const notFound = (): Problem => new Problem(404, 'not-found');
export const forbidden = (code = 'forbidden'): Problem => new Problem(403, code);
/** A state conflict: names the state and the events that are possible there. */
export const stateConflict = (state: string, allowed: readonly string[], code = 'state-conflict'): Problem =>
  new Problem(409, code, { state, allowed });
export const conflict = (code: string, values?: Record<string, string | number>): Problem => new Problem(409, code, { values });
export const stale = (): Problem => new Problem(412, 'stale-version');
/** Refuses with 412 when If-Match was given (not null) and names another version. */
export function assertCurrent(seen: number | null, version: number): void {
  if (seen !== null && seen !== version) throw stale();
}

import type { FieldError } from '../platform/http/problem.js';
import type { Transitions } from '../platform/transitions.js';

export const COMMITMENT_STATES = ['asked', 'promised', 'doing', 'running', 'done', 'blocked', 'given-back', 'released'] as const;
export type CommitmentState = (typeof COMMITMENT_STATES)[number];

/** What someone can report about a commitment. */
export const PROGRESS_STATES = ['promised', 'doing', 'running', 'done', 'given-back', 'released'] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

export type CommitmentEvent = ProgressState | 'obstacle' | 'obstacle-removed';

const ENDS = { 'given-back': 'given-back', released: 'released' } as const;

/** What moves a commitment that is done once. One that repeated and no longer does may be `running`. */
export const ONCE: Transitions<CommitmentState, CommitmentEvent> = {
  asked: { promised: 'promised', ...ENDS },
  promised: { doing: 'doing', done: 'done', obstacle: 'blocked', ...ENDS },
  doing: { done: 'done', obstacle: 'blocked', ...ENDS },
  running: { done: 'done', obstacle: 'blocked', ...ENDS },
  blocked: { obstacle: 'blocked', 'obstacle-removed': 'doing', ...ENDS },
  done: {},
  'given-back': {},
  released: {},
};

/** What moves one that comes back every so often: it becomes `running`, which counts as realised. */
export const REPEATING: Transitions<CommitmentState, CommitmentEvent> = {
  ...ONCE,
  promised: { ...ONCE.promised, running: 'running' },
  doing: { ...ONCE.doing, running: 'running' },
};

export const transitionsOf = (every: string | null): typeof ONCE => (every === null ? ONCE : REPEATING);

/** The states that can be reported now: the buttons of the page. */
export function movesOf(state: CommitmentState, every: string | null): ProgressState[] {
  return PROGRESS_STATES.filter((report) => transitionsOf(every)[state][report] !== undefined);
}

/** Not kept yet, and not in anyone's way to be: these can have perspective. */
export const UNKEPT_STATES: readonly CommitmentState[] = ['asked', 'promised', 'doing', 'blocked'];

/** Nothing moves it any more. */
export const isOver = (state: CommitmentState): boolean => Object.keys(ONCE[state]).length === 0;

/** Who was there, or offered it, has promised; who was not is asked first. */
export const firstState = (saidYes: boolean): CommitmentState => (saidYes ? 'promised' : 'asked');

const WITH_REASON: readonly ProgressState[] = ['given-back', 'released'];

export interface Report {
  state: ProgressState;
  note: string | undefined;
  /** The facilitator, about someone else's commitment. */
  forAnother: boolean;
  /** The person could have said it through an own link. */
  hasLink: boolean;
}

/**
 * What is wrong with the note of a report, or null. A reason goes with giving back and releasing; speaking for one who has an
 * own link begins with the words that say so.
 */
export function noteProblem({ state, note, forAnother, hasLink }: Report, onTheirWord: string): FieldError | null {
  if (forAnother && hasLink && !note?.toLowerCase().startsWith(onTheirWord)) return { pointer: '/note', code: 'on-their-word' };
  if (WITH_REASON.includes(state) && !note) return { pointer: '/note', code: 'required' };
  return null;
}

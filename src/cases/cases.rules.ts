import type { Transitions } from '../platform/transitions.js';

export const CASE_STATES = ['preparing', 'scheduled', 'met', 'carrying-out', 'closed', 'stopped'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type CaseEvent =
  | 'meeting-fixed'
  | 'meeting-cancelled'
  | 'meeting-cancelled-with-plan'
  | 'concluded-plan'
  | 'concluded-no-plan'
  | 'concluded-continue'
  | 'plan-carried'
  | 'plan-returned'
  | 'plan-returned-without-meeting'
  | 'closed'
  | 'stopped'
  | 'reopened';

/** What moves a case. Reviews never do. */
export const CASE_TRANSITIONS: Transitions<CaseState, CaseEvent> = {
  preparing: { 'meeting-fixed': 'scheduled', 'plan-carried': 'carrying-out', stopped: 'stopped' },
  scheduled: {
    'meeting-fixed': 'scheduled',
    'meeting-cancelled': 'preparing',
    'meeting-cancelled-with-plan': 'carrying-out',
    'concluded-plan': 'met',
    'concluded-no-plan': 'met',
    'concluded-continue': 'preparing',
    stopped: 'stopped',
  },
  met: { 'meeting-fixed': 'scheduled', 'plan-carried': 'carrying-out', closed: 'closed', stopped: 'stopped' },
  'carrying-out': {
    'meeting-fixed': 'scheduled',
    'plan-carried': 'carrying-out',
    'plan-returned': 'met',
    'plan-returned-without-meeting': 'preparing',
    closed: 'closed',
    stopped: 'stopped',
  },
  closed: { reopened: 'preparing' },
  stopped: {},
};

export const OPEN_STATES: readonly CaseState[] = ['preparing', 'scheduled', 'met', 'carrying-out'];

export const THEMES = [
  'divorce',
  'parenting',
  'youth-crime',
  'domestic-violence',
  'nuisance',
  'eviction',
  'debt',
  'care-avoidance',
  'loneliness',
  'mental-health',
  'addiction',
  'disability',
  'informal-care',
  'other',
] as const;
export type Theme = (typeof THEMES)[number];

export const SAFETY_LEVELS = ['none', 'concern', 'acute'] as const;
export type SafetyLevel = (typeof SAFETY_LEVELS)[number];

export const STOP_REASONS = ['resident-stops', 'no-contact', 'moved', 'other-help', 'not-safe', 'passed-away', 'other'] as const;
/** Why people come together again. */
export const REOPENING_REASONS = ['relapse', 'plan-does-not-work', 'new-question', 'other'] as const;
export const CLOSURE_OUTCOMES = ['goals-met', 'partly', 'no-plan', 'other'] as const;
/** What becomes of an open promise when a case is closed: theirs as it is and no longer asked after, done, or let go with a reason. */
export const PROMISE_ENDS = ['stays', 'done', 'released'] as const;
export type PromiseEnd = (typeof PROMISE_ENDS)[number];

/** Where the safety gate stands: closed (`waiting`, `not-together`) no meeting is planned. */
export type SafetyGate = 'not-needed' | 'waiting' | 'together' | 'not-together';

export interface SafetyCheck {
  directDanger: boolean;
  veiligThuis: 'consulted' | 'not-needed' | 'not-yet';
  /** The main persons who were spoken to alone. */
  spokenAlone: string[];
  together: 'yes' | 'no' | 'apart';
  note?: string;
}

/** Whether the gate is there at all: domestic violence, a concern, or acute. */
export function needsSafetyCheck(themes: readonly string[], level: SafetyLevel): boolean {
  return level !== 'none' || themes.includes('domestic-violence');
}

/** What keeps the gate closed. `direct-danger`: 112 first, nothing else counts. */
export const SAFETY_GAPS = ['not-checked', 'direct-danger', 'veilig-thuis', 'spoken-alone'] as const;
export type SafetyGap = (typeof SAFETY_GAPS)[number];

/** What is still missing before anything is planned, of a check or of none. */
export function safetyGaps(check: SafetyCheck | null, mainPersonIds: readonly string[]): SafetyGap[] {
  if (!check) return ['not-checked'];
  if (check.directDanger) return ['direct-danger'];
  const everyoneAlone = mainPersonIds.every((id) => check.spokenAlone.includes(id));
  return [...(check.veiligThuis === 'not-yet' ? (['veilig-thuis'] as const) : []), ...(everyoneAlone ? [] : (['spoken-alone'] as const))];
}

/** Where the gate stands after a check: nothing missing, then together or not. */
export function gateAfter(check: SafetyCheck, mainPersonIds: readonly string[]): SafetyGate {
  if (safetyGaps(check, mainPersonIds).length > 0) return 'waiting';
  return check.together === 'yes' ? 'together' : 'not-together';
}

/** `NB-2026-000123`. */
export function referenceOf(year: number, number: number): string {
  return `NB-${year}-${String(number).padStart(6, '0')}`;
}

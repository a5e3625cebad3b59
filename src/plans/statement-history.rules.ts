import type { CaseState } from '../cases/cases.rules.js';

/** When something was said: before people met, while they were together, or after. */
export const SAID_MOMENTS = ['before', 'during', 'after'] as const;
export type SaidMoment = (typeof SAID_MOMENTS)[number];

const OF_STATE: Readonly<Record<CaseState, SaidMoment>> = {
  preparing: 'before',
  scheduled: 'before',
  met: 'after',
  'carrying-out': 'after',
  closed: 'after',
  stopped: 'after',
};

/** The moment of what is said now: `isMeeting` as long as a meeting that began is not concluded. */
export const momentOf = (state: CaseState, isMeeting: boolean): SaidMoment => (isMeeting ? 'during' : OF_STATE[state]);

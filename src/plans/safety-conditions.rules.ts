import { DateTime } from 'luxon';
import { localDay, ZONE } from '../platform/local-day.js';
import type { Transitions } from '../platform/transitions.js';
import { plusDays, plusWorkingDays } from '../platform/working-days.js';
import type { PlanState } from './plans.rules.js';

/** What must be safe is looked at in the meeting, or within so many working days after the plan was fixed. */
export const TEST_WITHIN_WORKING_DAYS = 2;

export const CONDITION_STATES = ['untested', 'met', 'not-met'] as const;
export type ConditionState = (typeof CONDITION_STATES)[number];
/** What its owner or deputy finds. */
export type Finding = Exclude<ConditionState, 'untested'>;

/** What moves a condition within one version. Not met is mended by the circle: the next version is looked at anew. */
export const CONDITION_TRANSITIONS: Transitions<ConditionState, Finding> = {
  untested: { met: 'met', 'not-met': 'not-met' },
  met: { met: 'met', 'not-met': 'not-met' },
  'not-met': { 'not-met': 'not-met' },
};

/** What a finding does to the version that it is about. The others go on in a returned one: the circle hears all of it at once. */
export const PLAN_AFTER_FINDING: Transitions<PlanState, Finding> = {
  fixed: { met: 'fixed', 'not-met': 'returned' },
  carried: { met: 'carried', 'not-met': 'returned' },
  returned: { met: 'returned', 'not-met': 'returned' },
  replaced: {},
};

export const conditionState = (met: boolean | null): ConditionState => (met === null ? 'untested' : met ? 'met' : 'not-met');

/** The last day to look at the conditions of a plan that was fixed at this moment. */
export const testByOf = (fixedAt: Date): string => plusWorkingDays(localDay(fixedAt), TEST_WITHIN_WORKING_DAYS);

/** The moment after that day: what was not looked at by then is the facilitator's to ask after. */
export const overdueFrom = (testBy: string): Date => DateTime.fromISO(plusDays(testBy, 1), { zone: ZONE }).toJSDate();

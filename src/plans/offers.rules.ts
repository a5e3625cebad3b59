import { CONTACTABLE_STATES } from '../circle/circle.rules.js';
import type { Transitions } from '../platform/transitions.js';
import type { CommitmentState } from './commitments.rules.js';
import type { PlanPerson } from './plan-people.rules.js';

export const PASSING_STATES = ['asked', 'accepted', 'declined', 'withdrawn'] as const;
export type PassingState = (typeof PASSING_STATES)[number];

/** What moves the question whether somebody takes a promise over. */
export const PASSING_TRANSITIONS: Transitions<PassingState, 'yes' | 'no' | 'withdrawn'> = {
  asked: { yes: 'accepted', no: 'declined', withdrawn: 'withdrawn' },
  accepted: {},
  declined: {},
  withdrawn: {},
};

export const CONTRIBUTION_STATES = ['offered', 'accepted', 'declined'] as const;
export type ContributionState = (typeof CONTRIBUTION_STATES)[number];

/** What moves something that somebody offers to do. */
export const CONTRIBUTION_TRANSITIONS: Transitions<ContributionState, 'yes' | 'no'> = {
  offered: { yes: 'accepted', no: 'declined' },
  accepted: {},
  declined: {},
};

/** What somebody does, and may ask another to do. */
export const PASSABLE_STATES: readonly CommitmentState[] = ['promised', 'doing', 'running', 'blocked'];

/** Whether somebody may be asked to take a promise over: they take part, may be written to, and do things in a plan. */
export function mayTakeOver({ state, circleKind, isMainPerson }: PlanPerson): boolean {
  const takesPart = isMainPerson ? state !== 'removed' : (CONTACTABLE_STATES as readonly string[]).includes(state);
  return takesPart && doesThings({ circleKind, isMainPerson });
}

/** An interpreter or a support person comes along with somebody and does nothing in the plan. */
const doesThings = ({ circleKind, isMainPerson }: Pick<PlanPerson, 'circleKind' | 'isMainPerson'>): boolean => isMainPerson || circleKind !== 'aide';

/** Who may help another and reads that help is asked: main persons and the informal circle. */
export const isNear = ({ circleKind, isMainPerson }: Pick<PlanPerson, 'circleKind' | 'isMainPerson'>): boolean => isMainPerson || circleKind === 'informal';

interface Asker {
  id: string;
  /** Who does something in the plan that holds. */
  inPlan: ReadonlySet<string>;
  hidden: ReadonlySet<string>;
}

/**
 * Whom somebody may ask themself: of the people who may take over, those whom they know of. The near ones read the whole plan;
 * a professional knows the main persons.
 */
export function askableBy({ id, inPlan, hidden }: Asker, people: readonly PlanPerson[]): PlanPerson[] {
  const asker = people.find((person) => person.id === id);
  if (!asker) return [];
  const knows = (person: PlanPerson): boolean => person.isMainPerson || (isNear(asker) && inPlan.has(person.id));
  return people.filter((person) => person.id !== id && !hidden.has(person.id) && mayTakeOver(person) && knows(person));
}

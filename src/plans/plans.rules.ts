import { DateTime } from 'luxon';
import type { CarriedBy } from '../cases/kinds.rules.js';
import { ZONE } from '../platform/local-day.js';
import type { Transitions } from '../platform/transitions.js';
import { firstState, isOver, type CommitmentState } from './commitments.rules.js';
import type { Draft, DraftGoal, SafetyCondition } from './drafts.rules.js';
import { stillWants, type PlanPerson } from './plan-people.rules.js';

/** Six weeks from the day that a plan was fixed. */
export const REALISE_WITHIN_DAYS = 42;

export const PLAN_STATES = ['fixed', 'carried', 'returned', 'replaced'] as const;
export type PlanState = (typeof PLAN_STATES)[number];
export type PlanEvent = 'carried' | 'returned' | 'replaced';

/** What moves a fixed version. Only the newest of a case is not `replaced`. */
export const PLAN_TRANSITIONS: Transitions<PlanState, PlanEvent> = {
  fixed: { carried: 'carried', returned: 'returned', replaced: 'replaced' },
  carried: { returned: 'returned', replaced: 'replaced' },
  returned: { replaced: 'replaced' },
  replaced: {},
};

/** Which versions can be handed in: the newest, as long as the circle does not have it back. */
export const MAY_BE_SUBMITTED: readonly PlanState[] = ['fixed', 'carried'];

/** When a commitment without a date is due: six weeks on the calendar after the day on which the plan was fixed. */
export function dueOnOf(fixedAt: Date): string {
  return DateTime.fromJSDate(fixedAt, { zone: ZONE }).plus({ days: REALISE_WITHIN_DAYS }).toISODate()!;
}

interface Carrying {
  people: readonly PlanPerson[];
  /** The newest answer of each person. */
  answers: ReadonlyMap<string, boolean>;
  conditions: readonly { met: boolean | null }[];
}

const ASKED: Readonly<Record<CarriedBy, (person: PlanPerson) => boolean>> = {
  'main-persons': (person) => person.isMainPerson,
  jim: (person) => person.relation === 'jim',
  'safety-conditions': () => false,
};

/** Whose yes a plan of this kind needs. */
export function decidersOf(carriedBy: readonly CarriedBy[], people: readonly PlanPerson[]): PlanPerson[] {
  return people.filter((person) => stillWants(person) && carriedBy.some((part) => ASKED[part](person)));
}

const everyoneSaidYes = (part: CarriedBy, { people, answers }: Carrying): boolean => {
  const deciders = decidersOf([part], people);
  return deciders.length > 0 && deciders.every(({ id }) => answers.get(id) === true);
};

const IS_THERE: Readonly<Record<CarriedBy, (facts: Carrying) => boolean>> = {
  'main-persons': (facts) => everyoneSaidYes('main-persons', facts),
  jim: (facts) => everyoneSaidYes('jim', facts),
  'safety-conditions': ({ conditions }) => conditions.every(({ met }) => met === true),
};

/** Whether everything is there that this kind of plan needs to be carried. */
export function isCarried(carriedBy: readonly CarriedBy[], facts: Carrying): boolean {
  return carriedBy.every((part) => IS_THERE[part](facts));
}

/** A commitment as it stands in a fixed version. */
export interface FixedCommitment {
  id: string;
  memberId: string;
  text: string;
  goalId: string | null;
  dueOn: string;
  every: string | null;
}

export interface Statement {
  memberId: string;
  want: string;
  can: string;
  need: string;
}

export const PRECONDITION_LEVELS = ['fine', 'attention', 'missing'] as const;
export type PreconditionLevel = (typeof PRECONDITION_LEVELS)[number];
export type Preconditions = Record<'home' | 'money' | 'relations' | 'days', PreconditionLevel>;

/** What a fixed version holds; never changed. */
export interface PlanContent {
  /** The draft as it was fixed: the same again is no new version. */
  draft: Draft;
  goals: DraftGoal[];
  commitments: FixedCommitment[];
  safetyConditions: SafetyCondition[];
  statements: Statement[];
  preconditions: Preconditions | null;
}

/** A commitment of an earlier version, as it is now. */
export interface KeptCommitment {
  id: string;
  planId: string;
  memberId: string;
  dueOn: string;
  state: CommitmentState;
}

export interface VersionCommitments {
  fixed: FixedCommitment[];
  /** New ones, and ids that start again: someone else's now, or left out of the version before. */
  starting: { commitment: FixedCommitment; state: CommitmentState; exists: boolean }[];
  /** The same id and person as in the version before: the state goes along. */
  carriedOver: FixedCommitment[];
  /** Open and no longer in the plan: released. */
  leftOut: KeptCommitment[];
}

/** What a new version does with the commitments: who starts as what, what goes along, what ends. */
export function commitmentsOfVersion(
  draft: Draft,
  before: { planId: string | null; kept: readonly KeptCommitment[] },
  meeting: { fixedAt: Date; present: ReadonlySet<string>; offered?: ReadonlySet<string> },
): VersionCommitments {
  const keptById = new Map(before.kept.map((kept) => [kept.id, kept]));
  const result: VersionCommitments = { fixed: [], starting: [], carriedOver: [], leftOut: [] };
  for (const { dueOn, ...rest } of draft.commitments) {
    const kept = keptById.get(rest.id);
    const goesOn = kept !== undefined && kept.planId === before.planId && kept.memberId === rest.memberId;
    const commitment = { ...rest, dueOn: dueOn ?? (goesOn ? kept.dueOn : dueOnOf(meeting.fixedAt)) };
    result.fixed.push(commitment);
    if (goesOn) result.carriedOver.push(commitment);
    else {
      const state = firstState(meeting.present.has(rest.memberId) || meeting.offered?.has(rest.id) === true);
      result.starting.push({ commitment, state, exists: kept !== undefined });
    }
  }
  const inDraft = new Set(draft.commitments.map(({ id }) => id));
  result.leftOut = before.kept.filter((kept) => !inDraft.has(kept.id) && !isOver(kept.state));
  return result;
}

export type PlanWarning = 'no-informal-commitment' | 'no-professional-commitment';

/** What makes one ask "weet je het zeker?". Main persons and aides are counted with neither side. */
export function warningsOf(commitments: readonly { memberId: string }[], people: readonly PlanPerson[]): PlanWarning[] {
  const commits = (kind: PlanPerson['circleKind']): boolean =>
    people.some((person) => !person.isMainPerson && person.circleKind === kind && commitments.some(({ memberId }) => memberId === person.id));
  const warnings: PlanWarning[] = [];
  if (!commits('informal')) warnings.push('no-informal-commitment');
  if (!commits('professional')) warnings.push('no-professional-commitment');
  return warnings;
}

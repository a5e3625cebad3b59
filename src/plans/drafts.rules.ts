import type { FieldError } from '../platform/http/problem.js';
import { stillWants, type PlanPerson } from './plan-people.rules.js';

export interface DraftGoal {
  id: string;
  text: string;
}

export interface DraftCommitment {
  id: string;
  memberId: string;
  text: string;
  goalId: string | null;
  /** Null: six weeks after the plan is fixed. */
  dueOn: string | null;
  every: string | null;
}

export interface SafetyCondition {
  id: string;
  text: string;
  /** Null when it came with the referral. */
  reason: string | null;
  setByMemberId: string;
  deputyMemberId: string | null;
  /** How it is met, in the circle's words. */
  metBy: string | null;
}

/** The plan in the making. */
export interface Draft {
  goals: DraftGoal[];
  commitments: DraftCommitment[];
  safetyConditions: SafetyCondition[];
}

export const EMPTY_DRAFT: Draft = { goals: [], commitments: [], safetyConditions: [] };

type Loose<Item, Kept extends keyof Item> = Pick<Item, Kept> & { [Key in Exclude<keyof Item, Kept>]?: Item[Key] | null };

/** A draft as it was sent: ids may be left out, safety conditions too (then those that are there stay). */
export interface DraftInput {
  goals: Loose<DraftGoal, 'text'>[];
  commitments: Loose<DraftCommitment, 'memberId' | 'text'>[];
  safetyConditions?: Loose<SafetyCondition, 'text' | 'setByMemberId'>[] | null;
}

/** The draft with every field filled in and an id for everything. */
export function completeDraft(input: DraftInput, before: Draft, makeId: () => string): Draft {
  return {
    goals: input.goals.map(({ id, text }) => ({ id: id ?? makeId(), text })),
    commitments: input.commitments.map((commitment) => ({
      id: commitment.id ?? makeId(),
      memberId: commitment.memberId,
      text: commitment.text,
      goalId: commitment.goalId ?? null,
      dueOn: commitment.dueOn ?? null,
      every: commitment.every ?? null,
    })),
    safetyConditions:
      input.safetyConditions?.map((condition) => ({
        id: condition.id ?? makeId(),
        text: condition.text,
        reason: condition.reason ?? null,
        setByMemberId: condition.setByMemberId,
        deputyMemberId: condition.deputyMemberId ?? null,
        metBy: condition.metBy ?? null,
      })) ?? before.safetyConditions,
  };
}

export interface DraftSurroundings {
  people: readonly PlanPerson[];
  /** The local day on which the case was opened: nothing was promised before. */
  openedOn: string;
  before: Draft;
  /** The local day of the last meeting; null when there was none. What is promised is for after it. */
  heldOn: string | null;
  /** What is said of one who takes part no more. */
  leftWords: (name: string) => string;
  /** Ids of commitments that belong to other cases. */
  takenIds: ReadonlySet<string>;
}

/** Everything in a draft that cannot be meant, each at its field. */
export function draftProblems(draft: Draft, around: DraftSurroundings): FieldError[] {
  const here = new Map(around.people.filter(stillWants).map((person) => [person.id, person]));
  const goals = new Set(draft.goals.map(({ id }) => id));
  const before = new Map(around.before.safetyConditions.map((condition) => [condition.id, condition]));
  const found: FieldError[] = doubledIds(draft);
  const refuse = (wrong: boolean, pointer: string, code: string, message?: string): void => {
    if (wrong) found.push({ pointer, code, ...(message && { message }) });
  };
  draft.commitments.forEach((commitment, at) => {
    const place = `/commitments/${at}`;
    refuse(around.takenIds.has(commitment.id), `${place}/id`, 'doubled-id');
    const gone = here.has(commitment.memberId) ? undefined : around.people.find(({ id }) => id === commitment.memberId);
    refuse(!here.has(commitment.memberId), `${place}/memberId`, 'unknown-member', gone && around.leftWords(gone.name));
    refuse(commitment.goalId !== null && !goals.has(commitment.goalId), `${place}/goalId`, 'unknown-goal');
    refuse(commitment.dueOn !== null && commitment.dueOn < around.openedOn, `${place}/dueOn`, 'before-case');
    // A day that stood there already stays: the plan may have been made before another meeting.
    const dueBefore = around.before.commitments.find(({ id }) => id === commitment.id)?.dueOn;
    const isBeforeMeeting = commitment.dueOn !== null && commitment.dueOn >= around.openedOn && commitment.dueOn < (around.heldOn ?? '');
    refuse(isBeforeMeeting && dueBefore !== commitment.dueOn, `${place}/dueOn`, 'before-meeting');
  });
  draft.safetyConditions.forEach((condition, at) => {
    const place = `/safetyConditions/${at}`;
    const isProfessional = (id: string): boolean => here.get(id)?.circleKind === 'professional';
    const reasonWasLeftOut = before.has(condition.id) && before.get(condition.id)!.reason === null;
    refuse(!isProfessional(condition.setByMemberId), `${place}/setByMemberId`, 'not-professional');
    refuse(condition.deputyMemberId !== null && !isProfessional(condition.deputyMemberId), `${place}/deputyMemberId`, 'not-professional');
    refuse(condition.reason === null && !reasonWasLeftOut, `${place}/reason`, 'required');
  });
  return found;
}

function doubledIds(draft: Draft): FieldError[] {
  const seen = new Set<string>();
  const lists = { goals: draft.goals, commitments: draft.commitments, safetyConditions: draft.safetyConditions };
  return Object.entries(lists).flatMap(([name, items]) =>
    items.flatMap(({ id }, at) => {
      if (seen.has(id)) return [{ pointer: `/${name}/${at}/id`, code: 'doubled-id' }];
      seen.add(id);
      return [];
    }),
  );
}

/** Nothing that a plan could hold. */
export const isEmptyDraft = (draft: Draft): boolean => draft.goals.length === 0 && draft.commitments.length === 0;

/** Whether two drafts say the same; both are complete, so their fields stand in the same order. */
export const sameDraft = (one: Draft, other: Draft): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether a safety condition is there that was not there before: none is set after the meeting started. */
export function hasNewCondition(draft: Draft, before: Draft): boolean {
  return draft.safetyConditions.some(({ id }) => !before.safetyConditions.some((condition) => condition.id === id));
}

/** A safety condition of before that is gone, or asks something else: other words, another reason, another owner. */
export interface AlteredCondition {
  was: SafetyCondition;
  /** Null when it was taken out. */
  now: SafetyCondition | null;
}

/** What became of the safety conditions that were there. Who steps in and how it is met may be filled in at any time. */
export function alteredConditions(draft: Draft, before: Draft): AlteredCondition[] {
  const now = new Map(draft.safetyConditions.map((condition) => [condition.id, condition]));
  return before.safetyConditions
    .map((was): AlteredCondition => ({ was, now: now.get(was.id) ?? null }))
    .filter(({ was, now }) => now === null || !asksTheSame(was, now) || was.setByMemberId !== now.setByMemberId);
}

/**
 * Whether somebody may still alter a condition once the meeting started: its owner and deputy; anyone when neither is there any
 * more to answer for it; and when only its owner left, it may become the deputy's as it is.
 */
export function mayAlterLate({ was, now }: AlteredCondition, writerId: string | null, here: ReadonlySet<string>): boolean {
  if (answersFor(was, writerId)) return true;
  if (![...here].some((id) => answersFor(was, id))) return true;
  return now !== null && asksTheSame(was, now) && !here.has(was.setByMemberId) && now.setByMemberId === was.deputyMemberId;
}

/** Who asked for it, and who steps in for them. */
export const answersFor = ({ setByMemberId, deputyMemberId }: SafetyCondition, memberId: string | null): boolean =>
  memberId !== null && (memberId === setByMemberId || memberId === deputyMemberId);

/** A form may send the ends of lines in another way than they are kept. */
const asksTheSame = (one: SafetyCondition, other: SafetyCondition): boolean =>
  words(one.text) === words(other.text) && words(one.reason ?? '') === words(other.reason ?? '');
const words = (text: string): string => text.split(/\s+/u).join(' ').trim();

/** What changed in a commitment; whose it is only when it went to somebody else. */
export type ChangedCommitment = Omit<DraftCommitment, 'memberId'> & { memberId?: string };

/** The draft with what the facilitator changed in a commitment; a goal that is no longer there is left out. */
export function draftWith(draft: Draft, changed: ChangedCommitment): Draft | null {
  if (!draft.commitments.some(({ id }) => id === changed.id)) return null;
  const goalId = draft.goals.some(({ id }) => id === changed.goalId) ? changed.goalId : null;
  const commitments = draft.commitments.map((one) => (one.id === changed.id ? { ...one, ...changed, goalId } : one));
  return { ...draft, commitments };
}

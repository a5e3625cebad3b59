import type { FieldError } from '../platform/http/problem.js';
import { answersFor, type Draft, type SafetyCondition } from './drafts.rules.js';
import { conditionsWithout } from './plan-answer.policy.js';

/** A draft without what is of people of whom the reader must not see anything. */
export function draftWithout(draft: Draft, hidden: ReadonlySet<string>): Draft {
  return {
    ...draft,
    commitments: draft.commitments.filter(({ memberId }) => !hidden.has(memberId)),
    safetyConditions: conditionsWithout(draft.safetyConditions, hidden),
  };
}

/** What such a reader wrote, with what they could not see kept as it was. */
export function draftRejoined(written: Draft, before: Draft, hidden: ReadonlySet<string>): Draft {
  if (hidden.size === 0) return written;
  const goals = new Set(written.goals.map(({ id }) => id));
  const keptCommitments = before.commitments
    .filter(({ memberId }) => hidden.has(memberId))
    .map((one) => (one.goalId !== null && !goals.has(one.goalId) ? { ...one, goalId: null } : one));
  const conditions = new Map(before.safetyConditions.map((condition) => [condition.id, condition]));
  const deputyOf = ({ id, deputyMemberId }: SafetyCondition): string | null => {
    const earlier = conditions.get(id)?.deputyMemberId ?? null;
    return deputyMemberId === null && earlier !== null && hidden.has(earlier) ? earlier : deputyMemberId;
  };
  return {
    goals: written.goals,
    commitments: [...written.commitments, ...keptCommitments],
    safetyConditions: [
      ...written.safetyConditions.map((condition) => ({ ...condition, deputyMemberId: deputyOf(condition) })),
      ...before.safetyConditions.filter(({ setByMemberId }) => hidden.has(setByMemberId)),
    ],
  };
}

/** The ids in a draft that belong to what a reader does not see. */
export function hiddenIds(draft: Draft, hidden: ReadonlySet<string>): string[] {
  const commitments = draft.commitments.filter(({ memberId }) => hidden.has(memberId));
  const conditions = draft.safetyConditions.filter(({ setByMemberId }) => hidden.has(setByMemberId));
  return [...commitments, ...conditions].map(({ id }) => id);
}

/** What one of the circle changed in what must be safe: how it is met is theirs to write, the rest is of who asks for it. */
export function conditionErrors(written: Draft, before: Draft, writerId: string): FieldError[] {
  const own = new Set(before.safetyConditions.filter((condition) => answersFor(condition, writerId)).map(({ id }) => id));
  const asked = (conditions: readonly SafetyCondition[]): Map<string, string> =>
    new Map(conditions.map(({ metBy: _metBy, ...rest }) => [rest.id, JSON.stringify(rest)]));
  const earlier = asked(before.safetyConditions);
  const now = asked(written.safetyConditions);
  const changed = written.safetyConditions.flatMap(({ id }, at): FieldError[] =>
    own.has(id) || now.get(id) === earlier.get(id) ? [] : [{ pointer: `/safetyConditions/${at}`, code: 'condition-not-yours' }],
  );
  const isGone = before.safetyConditions.some(({ id }) => !own.has(id) && !now.has(id));
  return isGone ? [...changed, { pointer: '/safetyConditions', code: 'condition-not-yours' }] : changed;
}

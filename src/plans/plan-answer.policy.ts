import type { CaseKind } from '../cases/kinds.rules.js';
import type { CommitmentState } from './commitments.rules.js';
import type { LegalView } from './legal-forms.service.js';
import type { StandingObstacle } from './obstacles.dto.js';
import type { PlanEntity } from './plan.entity.js';
import { supportedBy, type PlanPerson } from './plan-people.rules.js';
import type { ConditionStand } from './condition-records.service.js';
import type { SafetyCondition } from './drafts.rules.js';
import type { PlanAgreement, PlanAnswer, PlanCommitment, PlanCondition, PlanForProfessional, PlanObjection } from './plans.dto.js';
import type { FixedCommitment, PlanContent } from './plans.rules.js';

/** Where a commitment stands now; the reason only of one that was released, other notes are not for everyone. */
export interface CommitmentStand {
  /** Whose it is now; null in a version before the newest that it stands in. */
  doneBy: string | null;
  state: CommitmentState;
  releasedBecause: string | null;
  /** What stands in its way, as the reader may know it. */
  obstacles: StandingObstacle[];
}

interface Parts {
  plan: PlanEntity;
  content: PlanContent;
  stands: ReadonlyMap<string, CommitmentStand>;
  /** All answers, oldest first. */
  agreements: readonly { id: string; memberId: string; agrees: boolean; remark: string | null; at: Date }[];
  /** How the conditions stand, by their id. */
  tests: ReadonlyMap<string, ConditionStand>;
  people: readonly PlanPerson[];
  kind: CaseKind;
  legal: LegalView;
}

/** A plan as those read it who may read all of it. */
export function planAnswer({ plan, content, stands, agreements, tests, people, kind, legal }: Parts): PlanAnswer {
  const supports = supportedBy(kind, people);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const memberName = (id: string): string => names.get(id) ?? '';
  const commitmentAnswer = (commitment: FixedCommitment): PlanCommitment => {
    const { doneBy: now, ...stand } = stands.get(commitment.id)!;
    const doneBy = now ?? commitment.memberId;
    const supported = supports(doneBy);
    return {
      ...commitment,
      memberName: memberName(commitment.memberId),
      ...stand,
      supports: supported,
      supportsName: supported && memberName(supported),
      takenOverBy: doneBy === commitment.memberId ? null : { memberId: doneBy, memberName: memberName(doneBy) },
    };
  };
  const newest = new Map<string, PlanAgreement>();
  const objections: PlanObjection[] = [];
  for (const { id, memberId, agrees, remark, at } of agreements) {
    const answer = { id, memberId, memberName: memberName(memberId), agrees, remark, at: at.toISOString() };
    newest.set(memberId, answer);
    if (!agrees && remark !== null) objections.push({ memberId, memberName: answer.memberName, remark, at: answer.at });
  }
  return {
    id: plan.id,
    caseId: plan.caseId,
    version: plan.version,
    state: plan.state,
    fixedAt: plan.fixedAt.toISOString(),
    carriedAt: plan.carriedAt?.toISOString() ?? null,
    ...legal,
    submittedOn: plan.submittedOn,
    statements: content.statements.map((statement) => ({ ...statement, memberName: memberName(statement.memberId) })),
    preconditions: content.preconditions,
    goals: content.goals,
    commitments: content.commitments.map(commitmentAnswer),
    safetyConditions: content.safetyConditions.map((condition) => conditionAnswer(condition, tests.get(condition.id), names)),
    agreements: [...newest.values()],
    objections,
  };
}

/** A condition with what came of looking at it. */
export function conditionAnswer(condition: SafetyCondition, stand: ConditionStand | undefined, names: ReadonlyMap<string, string>): PlanCondition {
  const { met = null, testedAt, testedById: testedByMemberId = null, notMetBecause = null } = stand ?? {};
  const testedByName = testedByMemberId && (names.get(testedByMemberId) ?? '');
  return { ...condition, met, testedAt: testedAt?.toISOString() ?? null, testedByMemberId, testedByName, notMetBecause };
}

/** What is left out when a hidden deputy looked: whether it is met stays. */
const UNSAID = { testedByMemberId: null, testedByName: null, notMetBecause: null };

/** The same without what is of people of whom the reader must not see anything: not their words, promises, answers or conditions. */
export function planWithout(whole: PlanAnswer, hidden: ReadonlySet<string>): PlanAnswer {
  if (hidden.size === 0) return whole;
  const seen = <Item extends { memberId: string }>(items: Item[]): Item[] => items.filter(({ memberId }) => !hidden.has(memberId));
  return {
    ...whole,
    statements: seen(whole.statements),
    commitments: seen(whole.commitments).map((one) => ({
      ...one,
      ...(hidden.has(one.supports ?? '') ? { supports: null, supportsName: null } : {}),
      ...(hidden.has(one.takenOverBy?.memberId ?? '') ? { takenOverBy: null } : {}),
    })),
    safetyConditions: conditionsWithout(whole.safetyConditions, hidden).map((one) => (hidden.has(one.testedByMemberId ?? '') ? { ...one, ...UNSAID } : one)),
    agreements: seen(whole.agreements),
    objections: seen(whole.objections),
  };
}

/** Conditions without those that a hidden person set; a hidden deputy is not named. */
export function conditionsWithout<Condition extends { setByMemberId: string; deputyMemberId: string | null }>(
  conditions: readonly Condition[],
  hidden: ReadonlySet<string>,
): Condition[] {
  return conditions
    .filter(({ setByMemberId }) => !hidden.has(setByMemberId))
    .map((condition) => (hidden.has(condition.deputyMemberId ?? '') ? { ...condition, deputyMemberId: null } : condition));
}

/** A plan as a professional reads it: what they do now, also in place of somebody, for which goals, and the conditions that they set. */
export function ownPart(whole: PlanAnswer, memberId: string): PlanForProfessional {
  const { id, caseId, version, state, fixedAt, carriedAt } = whole;
  const commitments = whole.commitments
    .filter((commitment) => (commitment.takenOverBy ?? commitment).memberId === memberId)
    .map(({ takenOverBy, ...commitment }) => ({ ...commitment, ...takenOverBy, takenOverBy: null }));
  const owns = (condition: { setByMemberId: string; deputyMemberId: string | null }): boolean =>
    condition.setByMemberId === memberId || condition.deputyMemberId === memberId;
  return {
    id,
    caseId,
    version,
    state,
    fixedAt,
    carriedAt,
    goals: whole.goals.filter((goal) => commitments.some(({ goalId }) => goalId === goal.id)),
    commitments,
    safetyConditions: whole.safetyConditions.filter(owns),
  };
}

import { ApiProperty } from '@nestjs/swagger';
import { LawClockAnswer } from '../cases/law-clocks.dto.js';
import { LEGAL_FORMS, type LegalForm } from '../cases/legal-forms.rules.js';
import { Flag, Id, Optional, Text } from '../platform/http/fields.js';
import { COMMITMENT_STATES, type CommitmentState } from './commitments.rules.js';
import { GoalAnswer, SafetyConditionAnswer } from './drafts.dto.js';
import { StandingObstacle } from './obstacles.dto.js';
import { PLAN_STATES, type PlanState } from './plans.rules.js';
import { PreconditionLevels } from './preconditions.dto.js';

/** Who does something now that was fixed with somebody else. */
export class TakenOver {
  memberId: string;
  memberName: string;
}

/** A commitment as it was fixed, and where it stands now. */
export class PlanCommitment {
  id: string;
  memberId: string;
  memberName: string;
  text: string;
  @ApiProperty({ type: String, nullable: true })
  goalId: string | null;
  @ApiProperty({ format: 'date' })
  dueOn: string;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
  @ApiProperty({ enum: COMMITMENT_STATES })
  state: CommitmentState;
  /** Why it was released; null in every other state. */
  @ApiProperty({ type: String, nullable: true })
  releasedBecause: string | null;
  /** Who it supports: where there is a JIM, what professionals do supports them. */
  @ApiProperty({ type: String, nullable: true })
  supports: string | null;
  /** The same by name. */
  @ApiProperty({ type: String, nullable: true })
  supportsName: string | null;
  /** Who took it over since this version was fixed; null while it is theirs with whom it was fixed. */
  @ApiProperty({ type: TakenOver, nullable: true })
  takenOverBy: TakenOver | null;
  /** What stands in its way now: all of it for who promised and the facilitator, that it is there for main persons and whose move it is. */
  @ApiProperty({ type: [StandingObstacle] })
  obstacles: StandingObstacle[];
}

export class PlanStatement {
  memberId: string;
  memberName: string;
  want: string;
  can: string;
  need: string;
}

export class PlanCondition extends SafetyConditionAnswer {
  /** Null as long as it was not tested. */
  @ApiProperty({ type: Boolean, nullable: true })
  met: boolean | null;
  @ApiProperty({ type: String, nullable: true })
  testedAt: string | null;
  /** Who looked at it: who set it, or their deputy. */
  @ApiProperty({ type: String, nullable: true })
  testedByMemberId: string | null;
  @ApiProperty({ type: String, nullable: true })
  testedByName: string | null;
  /** What is not safe yet, in their words; null unless it is not met. */
  @ApiProperty({ type: String, nullable: true })
  notMetBecause: string | null;
}

/** The newest answer of one person. */
export class PlanAgreement {
  id: string;
  memberId: string;
  memberName: string;
  agrees: boolean;
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
  at: string;
}

/** A no with its remark; it stays beside the plan, also when it became a yes. */
export class PlanObjection {
  memberId: string;
  memberName: string;
  remark: string;
  at: string;
}

/** A plan as a professional of the circle reads it: what they do, for which goals, and the conditions that they answer for. */
export class PlanForProfessional {
  id: string;
  caseId: string;
  version: number;
  @ApiProperty({ enum: PLAN_STATES })
  state: PlanState;
  fixedAt: string;
  @ApiProperty({ type: String, nullable: true })
  carriedAt: string | null;
  @ApiProperty({ type: [GoalAnswer] })
  goals: GoalAnswer[];
  @ApiProperty({ type: [PlanCommitment] })
  commitments: PlanCommitment[];
  @ApiProperty({ type: [PlanCondition] })
  safetyConditions: PlanCondition[];
}

/** A plan as its facilitator, the main persons and the informal circle read it. */
export class PlanAnswer extends PlanForProfessional {
  @ApiProperty({ enum: LEGAL_FORMS })
  legalForm: LegalForm;
  /** What it is called under the law; null without a form of law. */
  @ApiProperty({ type: String, nullable: true })
  legalTitle: string | null;
  /** What the law says about it, in plain Dutch. */
  @ApiProperty({ type: String, nullable: true })
  legalText: string | null;
  /** The term that goes with it; null where none runs. */
  @ApiProperty({ type: LawClockAnswer, nullable: true })
  lawClock: LawClockAnswer | null;
  /** When this version was handed in. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  submittedOn: string | null;
  @ApiProperty({ type: [PlanStatement] })
  statements: PlanStatement[];
  @ApiProperty({ type: PreconditionLevels, nullable: true })
  preconditions: PreconditionLevels | null;
  @ApiProperty({ type: [PlanAgreement] })
  agreements: PlanAgreement[];
  @ApiProperty({ type: [PlanObjection] })
  objections: PlanObjection[];
}

/** "Weet je het zeker?" Allowed all the same. */
export class PlanWarningAnswer {
  @ApiProperty({ enum: ['no-informal-commitment', 'no-professional-commitment'] })
  code: string;
  text: string;
}

export class FixedPlanAnswer extends PlanAnswer {
  @ApiProperty({ type: [PlanWarningAnswer] })
  warnings: PlanWarningAnswer[];
}

export class AgreementRequest {
  /** Whose answer it is; the facilitator says so, everyone else answers for themself. */
  @Optional()
  @Id()
  memberId?: string | null;

  @Flag()
  agrees: boolean;

  @Optional()
  @Text()
  remark?: string | null;
}

export class AgreementAnswer extends PlanAgreement {
  planId: string;
  /** The plan after this answer. */
  @ApiProperty({ enum: PLAN_STATES })
  state: PlanState;
  @ApiProperty({ type: String, nullable: true })
  carriedAt: string | null;
}

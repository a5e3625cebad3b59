import { ApiProperty } from '@nestjs/swagger';
import { Flag, Id, Optional, Text } from '../platform/http/fields.js';
import { COMMITMENT_STATES, type CommitmentState } from './commitments.rules.js';
import { GoalAnswer, SafetyConditionAnswer } from './drafts.dto.js';
import { PLAN_STATES, type PlanState } from './plans.rules.js';
import { PreconditionsRequest } from './statements.dto.js';

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
  @ApiProperty({ type: [PlanStatement] })
  statements: PlanStatement[];
  @ApiProperty({ type: PreconditionsRequest, nullable: true })
  preconditions: PreconditionsRequest | null;
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

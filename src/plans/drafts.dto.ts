import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID, ValidateBy } from 'class-validator';
import { Id, LocalDate, NestedList, Optional, Text } from '../platform/http/fields.js';
import { MOST_LINES } from './draft-lines.rules.js';
import { isRecurrence, RECURRENCE_LENGTH } from './recurrence.rules.js';

const { goals: MAX_GOALS, commitments: MAX_COMMITMENTS, 'safety-conditions': MAX_CONDITIONS } = MOST_LINES;

/** An id that the client makes itself. */
export const OwnId = (): PropertyDecorator => applyDecorators(Optional(), Id(), IsUUID('7'));

/** `day`, `week`, `two-weeks`, `month` or an RRULE in days or longer. */
export const Every = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, maxLength: RECURRENCE_LENGTH, example: 'FREQ=WEEKLY;BYDAY=MO' }),
    ValidateBy({ name: 'recurrence', validator: { validate: isRecurrence } }),
  );

export class DraftGoalRequest {
  @OwnId()
  id?: string;

  @Text()
  text: string;
}

export class DraftCommitmentRequest {
  @OwnId()
  id?: string;

  @Id()
  memberId: string;

  @Text()
  text: string;

  /** A goal of this draft. */
  @Optional()
  @Id()
  goalId?: string | null;

  /** Six weeks after the plan is fixed when left out. */
  @Optional()
  @LocalDate()
  dueOn?: string | null;

  @Optional()
  @Every()
  every?: string | null;
}

export class SafetyConditionRequest {
  @OwnId()
  id?: string;

  @Text()
  text: string;

  @Optional()
  @Text()
  reason?: string | null;

  @Id()
  setByMemberId: string;

  @Optional()
  @Id()
  deputyMemberId?: string | null;

  @Optional()
  @Text()
  metBy?: string | null;
}

export class PlanDraftRequest {
  @NestedList(() => DraftGoalRequest, { max: MAX_GOALS })
  goals: DraftGoalRequest[];

  @NestedList(() => DraftCommitmentRequest, { max: MAX_COMMITMENTS })
  commitments: DraftCommitmentRequest[];

  /** Those that are there stay when this is left out. */
  @Optional()
  @NestedList(() => SafetyConditionRequest, { max: MAX_CONDITIONS })
  safetyConditions?: SafetyConditionRequest[] | null;
}

export class GoalAnswer {
  id: string;
  text: string;
}

export class DraftCommitmentAnswer {
  id: string;
  memberId: string;
  text: string;
  @ApiProperty({ type: String, nullable: true })
  goalId: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
}

export class SafetyConditionAnswer {
  id: string;
  text: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  setByMemberId: string;
  @ApiProperty({ type: String, nullable: true })
  deputyMemberId: string | null;
  @ApiProperty({ type: String, nullable: true })
  metBy: string | null;
}

/** How often a line was changed, and by whom last. */
export class LineState {
  id: string;
  version: number;
  @ApiProperty({ type: String, nullable: true })
  changedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  changedBy: string | null;
}

export class PlanDraftAnswer {
  caseId: string;
  @ApiProperty({ type: [GoalAnswer] })
  goals: GoalAnswer[];
  @ApiProperty({ type: [DraftCommitmentAnswer] })
  commitments: DraftCommitmentAnswer[];
  @ApiProperty({ type: [SafetyConditionAnswer] })
  safetyConditions: SafetyConditionAnswer[];
  /** Of every line: the version that a change of that line names. */
  @ApiProperty({ type: [LineState] })
  lines: LineState[];
  @ApiProperty({ type: String, nullable: true })
  updatedAt: string | null;
  /** 0 as long as nothing was written. */
  version: number;
}

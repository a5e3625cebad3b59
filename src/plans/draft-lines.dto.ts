import { ApiProperty } from '@nestjs/swagger';
import { Id, LocalDate, Nullable, Optional, Text } from '../platform/http/fields.js';
import { DraftCommitmentAnswer, Every, GoalAnswer, SafetyConditionAnswer } from './drafts.dto.js';

/** What is left out stays, in each of these. */
export class GoalLineChange {
  @Optional()
  @Text()
  text?: string | null;
}

/** Null takes the goal, the date or the repeating away. */
export class CommitmentLineChange {
  @Optional()
  @Id()
  memberId?: string | null;

  @Optional()
  @Text()
  text?: string | null;

  /** A goal of this draft. */
  @Nullable()
  @Id()
  goalId?: string | null;

  @Nullable()
  @LocalDate()
  dueOn?: string | null;

  @Nullable()
  @Every()
  every?: string | null;
}

/** The circle and the scribe change how it is met; the rest is the facilitator's. */
export class ConditionLineChange {
  @Optional()
  @Text()
  text?: string | null;

  @Optional()
  @Text()
  reason?: string | null;

  @Optional()
  @Id()
  setByMemberId?: string | null;

  @Nullable()
  @Id()
  deputyMemberId?: string | null;

  @Nullable()
  @Text()
  metBy?: string | null;
}

export class GoalLine extends GoalAnswer {
  version: number;
  @ApiProperty({ type: String, nullable: true })
  changedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  changedBy: string | null;
}

export class CommitmentLine extends DraftCommitmentAnswer {
  version: number;
  @ApiProperty({ type: String, nullable: true })
  changedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  changedBy: string | null;
}

export class ConditionLine extends SafetyConditionAnswer {
  version: number;
  @ApiProperty({ type: String, nullable: true })
  changedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  changedBy: string | null;
}

/** The draft after a line was taken out. */
export class LineRemoved {
  caseId: string;
  /** Of the whole draft. */
  version: number;
}

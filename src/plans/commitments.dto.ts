import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '../platform/http/cursor.js';
import { Id, LocalDate, Nullable, OneOf, Optional, Text } from '../platform/http/fields.js';
import { COMMITMENT_STATES, PROGRESS_STATES, type CommitmentState, type ProgressState } from './commitments.rules.js';
import { Every } from './drafts.dto.js';
import { StandingObstacle } from './obstacles.dto.js';

export class CommitmentQuery extends PageQuery {
  @Optional()
  @Id()
  caseId?: string;

  @Optional()
  @Id()
  memberId?: string;

  @Optional()
  @OneOf(COMMITMENT_STATES)
  state?: CommitmentState;

  /** Due before this day. */
  @Optional()
  @LocalDate()
  dueBefore?: string;
}

/** What is left out stays; null takes the goal or the repeating away. */
export class CommitmentChange {
  @Optional()
  @Text()
  text?: string | null;

  @Optional()
  @LocalDate()
  dueOn?: string | null;

  @Nullable()
  @Every()
  every?: string | null;

  /** A goal of the plan. */
  @Nullable()
  @Id()
  goalId?: string | null;
}

export class ProgressRequest {
  @OneOf(PROGRESS_STATES)
  state: ProgressState;

  /** Needed with `given-back` and `released`, and when speaking for one who has an own link ("op hun woord …"). */
  @Optional()
  @Text()
  note?: string | null;
}

/** Not kept yet, with a day on which it will be. */
export class Perspective {
  @ApiProperty({ format: 'date' })
  date: string;
  reason: string;
}

export class PerspectiveRequest {
  /** A day after today. */
  @LocalDate()
  date: string;

  @Text()
  reason: string;
}

export class CommitmentAnswer {
  id: string;
  caseId: string;
  planId: string;
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
  stateSince: string;
  /** What was said with the newest state. */
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  /** When it will be kept and why not yet; null when nobody said so. */
  @ApiProperty({ type: Perspective, nullable: true })
  perspective: Perspective | null;
  /** What stands in its way now, oldest first. */
  @ApiProperty({ type: [StandingObstacle] })
  obstacles: StandingObstacle[];
  /** The states that can be reported now. */
  @ApiProperty({ enum: PROGRESS_STATES, isArray: true })
  moves: ProgressState[];
  version: number;
}

export class CommitmentList {
  @ApiProperty({ type: [CommitmentAnswer] })
  items: CommitmentAnswer[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

import { ApiProperty } from '@nestjs/swagger';
import { Flag, Id, LocalDate, Name, OneOf, Optional, Text } from '../platform/http/fields.js';
import { HOLD_REASONS, PHASES, RETENTION_RULES, type HoldReason, type Phase, type RetentionRule } from './retention.rules.js';

export class RetentionPolicyRequest {
  @OneOf(RETENTION_RULES)
  rule: RetentionRule;

  /** On which law, and which article of it, this rests. */
  @Text({ max: 1000 })
  ground: string;

  /** From which day; today when left out. */
  @Optional()
  @LocalDate()
  effectiveFrom?: string;

  /** A trial run of today with this rule: needed when files are to be kept for a shorter time than now. */
  @Optional()
  @Id()
  dryRunId?: string;
}

class RetentionChoice {
  @ApiProperty({ enum: RETENTION_RULES })
  rule: RetentionRule;
  @ApiProperty({ type: 'integer' })
  years: number;
  /** Null for the default, which nobody chose. */
  @ApiProperty({ type: String, nullable: true })
  ground: string | null;
  @ApiProperty({ type: String, nullable: true })
  effectiveFrom: string | null;
  @ApiProperty({ type: String, nullable: true })
  setAt: string | null;
}

export class RetentionPolicy extends RetentionChoice {
  /** What was chosen for a day to come. */
  @ApiProperty({ type: () => RetentionChoice, nullable: true })
  coming: RetentionChoice | null;
}

export class LegalHoldRequest {
  @OneOf(HOLD_REASONS)
  reason: HoldReason;

  @Optional()
  @Text({ max: 1000 })
  remark?: string;

  /** Through which day it stands; until it is ended when left out. */
  @Optional()
  @LocalDate()
  until?: string;
}

/** On the page a case is named by its number. */
export class LegalHoldForm extends LegalHoldRequest {
  @Name(40)
  reference: string;
}

export class LegalHold {
  caseId: string;
  reference: string;
  @ApiProperty({ enum: HOLD_REASONS })
  reason: HoldReason;
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
  @ApiProperty({ type: String, nullable: true })
  until: string | null;
  setAt: string;
}

export class LegalHolds {
  items: LegalHold[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class RetentionRunRequest {
  /** True: says what would go, and erases nothing. */
  @Flag()
  dryRun: boolean;

  /** As if it were that day; only for a trial. */
  @Optional()
  @LocalDate()
  on?: string;

  /** As if that rule were in force; only for a trial. */
  @Optional()
  @OneOf(RETENTION_RULES)
  rule?: RetentionRule;
}

export class RetentionRunItem {
  id: string;
  dryRun: boolean;
  on: string;
  @ApiProperty({ enum: RETENTION_RULES })
  rule: RetentionRule;
  @ApiProperty({ enum: ['waiting', 'running', 'done'] })
  state: 'waiting' | 'running' | 'done';
  /** What it is at. */
  @ApiProperty({ enum: PHASES })
  phase: Phase;
  /** How many cases that ended it has looked at. */
  @ApiProperty({ type: 'integer' })
  casesSeen: number;
  /** Of the staff; null for the nightly run. */
  @ApiProperty({ type: String, nullable: true })
  askedBy: string | null;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  endedAt: string | null;
}

export class CaseOutcomes {
  @ApiProperty({ type: 'integer' })
  erased: number;
  /** Their main persons hear now that the plan goes. */
  @ApiProperty({ type: 'integer' })
  told: number;
  /** Past their term, and held. */
  @ApiProperty({ type: 'integer' })
  held: number;
  @ApiProperty({ type: 'integer' })
  failed: number;
}

export class RetentionCount {
  rule: string;
  table: string;
  @ApiProperty({ type: 'integer' })
  count: number;
}

export class RetentionRun extends RetentionRunItem {
  cases: CaseOutcomes;
  /** Rows per rule and table that went, or would go. */
  counts: RetentionCount[];
}

export class RetentionRuns {
  items: RetentionRunItem[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class RetentionCase {
  caseId: string;
  reference: string;
  @ApiProperty({ enum: ['erased', 'told', 'held', 'failed'] })
  outcome: string;
  @ApiProperty({ type: 'integer' })
  rows: number;
  @ApiProperty({ type: String, nullable: true })
  errorCode: string | null;
}

export class RetentionCases {
  items: RetentionCase[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

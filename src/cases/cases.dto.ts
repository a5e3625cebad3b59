import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';
import { anyOf } from '../platform/http/answers.js';
import { PageQuery } from '../platform/http/cursor.js';
import { Flag, Id, IdList, NestedList, OneOf, Optional, Text } from '../platform/http/fields.js';
import { CASE_STATES, CLOSURE_OUTCOMES, PROMISE_ENDS, SAFETY_GAPS, STOP_REASONS, type CaseState, type PromiseEnd, type SafetyGap } from './cases.rules.js';
import { CASE_KINDS, type CaseKind } from './kinds.rules.js';

/** CBS codes of a district (`WK…`) or a neighbourhood (`BU…`). */
const NEIGHBOURHOOD_CODE = /^(WK\d{6}|BU\d{8})$/;

export const NeighbourhoodCode = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, pattern: NEIGHBOURHOOD_CODE.source }), Matches(NEIGHBOURHOOD_CODE));

export class CaseQuery extends PageQuery {
  @Optional()
  @OneOf(CASE_STATES)
  state?: CaseState;

  @Optional()
  @Id()
  facilitatorId?: string;

  @Optional()
  @OneOf(CASE_KINDS)
  kind?: CaseKind;

  @Optional()
  @NeighbourhoodCode()
  neighbourhoodCode?: string;

  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @Flag()
  urgent?: boolean;
}

export class StopRequest {
  @OneOf(STOP_REASONS)
  reason: (typeof STOP_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

/** What becomes of one open promise. One that is over by now stays as it is. */
export class PromiseAtClosure {
  @Id()
  id: string;

  /** `stays`: theirs as it is, no longer asked after. `done`: on their word. Of what was only asked: `released`. */
  @OneOf(PROMISE_ENDS)
  outcome: PromiseEnd;

  /** Required with `released`; whoever reads the plan reads it. */
  @Optional()
  @Text()
  reason?: string;
}

export class ClosureRequest {
  @OneOf(CLOSURE_OUTCOMES)
  outcome: (typeof CLOSURE_OUTCOMES)[number];

  @Optional()
  @Text()
  remark?: string;

  /** What is left out stays as it is, theirs and without check-ins; what was only asked of somebody is released. */
  @Optional()
  @NestedList(() => PromiseAtClosure, { max: 200 })
  commitments?: PromiseAtClosure[];
}

export class SafetyCheckRequest {
  @Flag()
  directDanger: boolean;

  @OneOf(['consulted', 'not-needed', 'not-yet'])
  veiligThuis: 'consulted' | 'not-needed' | 'not-yet';

  /** The main persons who were spoken to alone. */
  @IdList()
  spokenAlone: string[];

  @OneOf(['yes', 'no', 'apart'])
  together: 'yes' | 'no' | 'apart';

  @Optional()
  @Text()
  note?: string;
}

export class SafetyCheckAnswer extends SafetyCheckRequest {
  caseId: string;
  /** Whether a meeting for everyone together may be planned now. */
  meetingPossible: boolean;
  /** What must still be there before anything is planned; with `direct-danger` call 112, nothing else. */
  @ApiProperty({ enum: SAFETY_GAPS, isArray: true })
  missing: SafetyGap[];
  version: number;
}

/** A case without its contents. */
export class CaseSummary {
  id: string;
  reference: string;
  @ApiProperty({ enum: CASE_STATES })
  state: CaseState;
  @ApiProperty({ enum: CASE_KINDS })
  kind: CaseKind;
  urgent: boolean;
  facilitatorId: string;
  @ApiProperty({ type: String, nullable: true })
  neighbourhoodCode: string | null;
  openedAt: string;
  stateSince: string;
  @ApiProperty({ type: String, nullable: true })
  endReason: string | null;
  version: number;
}

/** A case in its own facilitator's list. */
export class CaseListItem extends CaseSummary {
  residentName: string;
}

@ApiExtraModels(CaseListItem, CaseSummary)
export class CaseList {
  /** Without a name for a lead. */
  @ApiProperty({ type: 'array', items: anyOf(CaseListItem, CaseSummary) })
  items: (CaseListItem | CaseSummary)[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class TimelineActor {
  @ApiProperty({ enum: ['staff', 'participant', 'anonymous', 'system'] })
  kind: string;
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  name: string;
}

export class TimelineEntry {
  id: string;
  at: string;
  type: string;
  actor: TimelineActor;
  text: string;
  @ApiProperty({ enum: ['facilitator', 'circle', 'main-persons', 'member'] })
  audience: string;
}

export class Timeline {
  items: TimelineEntry[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

import { ApiProperty } from '@nestjs/swagger';
import { Flag, Optional, Text } from '../platform/http/fields.js';
import { PlanCondition } from './plans.dto.js';
import { PLAN_STATES, type PlanState } from './plans.rules.js';

export class ConditionTestRequest {
  /** Whether it is safe as the plan says. */
  @Flag()
  met: boolean;

  /** In plain words, for the circle to read; needed with "not met", and nothing is kept of it with "met". */
  @Optional()
  @Text()
  reason?: string | null;
}

/** The condition after it was looked at, and what that did to the plan. */
export class TestedCondition extends PlanCondition {
  planId: string;
  @ApiProperty({ enum: PLAN_STATES })
  state: PlanState;
  @ApiProperty({ type: String, nullable: true })
  carriedAt: string | null;
}

import { ApiProperty } from '@nestjs/swagger';
import { OneOf, Optional, Text } from '../platform/http/fields.js';
import { NOT_HELD_REASONS, type NotHeldReason } from './urgent.rules.js';

export class TonightRequest {
  /** Who is there tonight, in the facilitator's words. */
  @Text({ max: 500 })
  who: string;
}

export class TonightAnswer {
  caseId: string;
  who: string;
}

export class NotHeldRequest {
  @OneOf(NOT_HELD_REASONS)
  reason: NotHeldReason;

  @Optional()
  @Text({ max: 1000 })
  remark?: string;
}

export class NotHeldAnswer {
  caseId: string;
  @ApiProperty({ enum: NOT_HELD_REASONS })
  reason: NotHeldReason;
}

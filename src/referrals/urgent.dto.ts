import { ApiProperty } from '@nestjs/swagger';
import { Name, Optional } from '../platform/http/fields.js';

export class DutyQuery {
  /** Slug, only where the host name does not say which organisation. */
  @Optional()
  @Name(63)
  organisation?: string;
}

/** Whether an acute referral would find somebody now, and whom to call when it would not. */
export class DutyNow {
  onDuty: boolean;
  /** E.164; null when no number is known. */
  @ApiProperty({ type: String, nullable: true })
  callInstead: string | null;
}

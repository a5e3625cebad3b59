import { ApiProperty } from '@nestjs/swagger';
import { Id, Instant, NestedList, Nullable } from '../platform/http/fields.js';
import { MOST_DUTIES } from './duties.rules.js';

export class DutyRequest {
  @Instant()
  from: Date;

  /** At most 7 days later. */
  @Instant()
  to: Date;

  /** The facilitator who is on duty. */
  @Id()
  firstId: string;

  /** Who follows when the first does not answer. */
  @Nullable()
  @Id()
  secondId?: string | null;
}

export class RosterRequest {
  @NestedList(() => DutyRequest, { max: MOST_DUTIES })
  items: DutyRequest[];
}

export class DutyItem {
  from: string;
  to: string;
  firstId: string;
  @ApiProperty({ type: String, nullable: true })
  secondId: string | null;
}

/** The whole roster, earliest first. */
export class Roster {
  items: DutyItem[];
}

import { ApiProperty } from '@nestjs/swagger';
import { Id, Instant, NestedList, Nullable, Phone } from '../platform/http/fields.js';
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

/** Somebody who is away for a part of a duty; the roster is kept all the same. */
export class RosterWarning {
  @ApiProperty({ enum: ['absent'] })
  code: 'absent';
  text: string;
  from: string;
  facilitatorId: string;
}

/** The whole roster, earliest first. */
export class Roster {
  items: DutyItem[];
  /** Only when it was just written: who is away during a duty. */
  @ApiProperty({ type: () => [RosterWarning], required: false })
  warnings?: RosterWarning[];
}

export class DutySettingsRequest {
  /** Whom to call when nobody is on duty; null stands for the organisation's own number. */
  @Nullable()
  @Phone()
  phone?: string | null;
}

export class DutySettingsAnswer {
  /** E.164; null when the organisation's own number is meant. */
  @ApiProperty({ type: String, nullable: true })
  phone: string | null;
}

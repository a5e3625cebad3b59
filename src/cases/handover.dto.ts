import { ApiProperty } from '@nestjs/swagger';
import { Id, NestedList, OneOf, Optional, Text } from '../platform/http/fields.js';
import { MOST_STAND_INS, StandInRequest } from '../people/staff.dto.js';
import { HANDOVER_REASONS, type HandoverReason } from '../people/staff.rules.js';

export class HandoverRequest {
  /** Who takes over: a facilitator of this organisation. */
  @Id()
  facilitatorId: string;

  @OneOf(HANDOVER_REASONS)
  reason: HandoverReason;

  /** For the one who takes over; nobody else reads it. */
  @Optional()
  @Text()
  remark?: string;

  /** For meetings at which the one who takes over is elsewhere. */
  @Optional()
  @NestedList(() => StandInRequest, { max: MOST_STAND_INS })
  standIns?: StandInRequest[];
}

export class MovedCase {
  id: string;
  reference: string;
}

/** What went to somebody else in one step. */
export class MovedCaseload {
  facilitatorId: string;
  @ApiProperty({ type: [MovedCase] })
  cases: MovedCase[];
  /** Meetings ahead, those of stand-ins included. */
  meetings: number;
  duties: number;
  /** How many people hear who follows. */
  told: number;
}

/** A facilitator with how much they carry. */
export class Facilitator {
  id: string;
  name: string;
  openCases: number;
  /** On duty at this moment, first or second. */
  onDuty: boolean;
  /** Away at this moment, until then; null when they are there. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  absentUntil: string | null;
  @ApiProperty({ type: [String] })
  neighbourhoodCodes: string[];
}

export class FacilitatorList {
  items: Facilitator[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

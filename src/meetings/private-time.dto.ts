import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Id, Instant, Nullable, OneOf, Optional } from '../platform/http/fields.js';
import { PRIVATE_TIME_EVENTS, PRIVATE_TIME_STATES, type PrivateTimeEvent, type PrivateTimeState } from './private-time.rules.js';

const WHO = /^(facilitator|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

export class PrivateTimeRequest {
  @OneOf(PRIVATE_TIME_EVENTS)
  event: PrivateTimeEvent;

  /** When it was, if not now: within the meeting, not in the future. */
  @Optional()
  @Instant()
  at?: Date;
}

export class CallRequest {
  /** `facilitator`, or the id of somebody from outside the circle. */
  @ApiProperty({ type: String, pattern: WHO.source })
  @Matches(WHO)
  who: string;

  /** When it was, if not now: while the circle is by itself, not in the future. */
  @Optional()
  @Instant()
  at?: Date;
}

export class ScribeRequest {
  /** Null: nobody writes for the others. */
  @Nullable()
  @Id()
  memberId?: string | null;
}

export class PrivatePeriod {
  startedAt: string;
  @ApiProperty({ type: String, nullable: true })
  endedAt: string | null;
}

/** Time of the circle by itself at a meeting. */
export class PrivateTimeAnswer {
  @ApiProperty({ enum: PRIVATE_TIME_STATES })
  state: PrivateTimeState;
  /** Oldest first. */
  @ApiProperty({ type: [PrivatePeriod] })
  periods: PrivatePeriod[];
  /** Who is in with the circle now, as far as the reader may know: ids, and `facilitator`. */
  @ApiProperty({ type: [String] })
  calledIn: string[];
}

import { Instant, Nested, OneOf, Optional, Text } from '../platform/http/fields.js';
import { PlaceRequest } from './meetings.dto.js';
import { CALL_OFF_REASONS, type CallOffReason } from './meetings.rules.js';

export class MoveRequest {
  @Instant()
  startsAt: Date;

  @Instant()
  endsAt: Date;

  /** Left out, it stays where it was. */
  @Optional()
  @Nested(() => PlaceRequest)
  place?: PlaceRequest;

  /** For the facilitator only. */
  @Optional()
  @OneOf(CALL_OFF_REASONS)
  reason?: CallOffReason;

  @Optional()
  @Text()
  remark?: string;
}

export class CancellationRequest {
  /** For the facilitator only: the circle is not told why. */
  @OneOf(CALL_OFF_REASONS)
  reason: CallOffReason;

  @Optional()
  @Text()
  remark?: string;
}

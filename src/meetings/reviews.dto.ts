import { Instant, Nested, Optional } from '../platform/http/fields.js';
import { PlaceRequest } from './meetings.dto.js';

export class ReviewRequest {
  @Instant()
  startsAt: Date;

  /** An hour after the start when it is left out. */
  @Optional()
  @Instant()
  endsAt?: Date;

  @Nested(() => PlaceRequest)
  place: PlaceRequest;
}

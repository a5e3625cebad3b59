import { OneOf, Optional, Text } from '../platform/http/fields.js';
import { REOPENING_REASONS } from './cases.rules.js';

export class ReopeningRequest {
  @Optional()
  @OneOf(REOPENING_REASONS)
  reason?: (typeof REOPENING_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

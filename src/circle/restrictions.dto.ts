import { ApiProperty } from '@nestjs/swagger';
import { IdList, OneOf, Optional, Text } from '../platform/http/fields.js';
import { RESTRICTION_MODES, type RestrictionMode } from './restrictions.rules.js';

export class ContactRestrictionRequest {
  /** Two people of the case. */
  @IdList({ min: 2, max: 2 })
  memberIds: string[];

  /** In the facilitator's own words; nobody else reads it. */
  @Text()
  reason: string;

  @OneOf(RESTRICTION_MODES)
  mode: RestrictionMode;
}

export class RestrictionEndRequest {
  @Optional()
  @Text()
  remark?: string;
}

/** For facilitators only: nobody else learns that it is there. */
export class ContactRestriction {
  id: string;
  caseId: string;
  memberIds: string[];
  @ApiProperty({ enum: RESTRICTION_MODES })
  mode: RestrictionMode;
  reason: string;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  endedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
}

export class ContactRestrictionList {
  items: ContactRestriction[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

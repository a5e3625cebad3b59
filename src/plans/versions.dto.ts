import { ApiProperty } from '@nestjs/swagger';
import { Id, Optional } from '../platform/http/fields.js';
import { DIFFERENCE_PARTS, LINE_CHANGES, type DifferencePart, type LineChange } from './difference.rules.js';
import { PLAN_STATES, type PlanState } from './plans.rules.js';

export class PlanVersion {
  id: string;
  version: number;
  @ApiProperty({ enum: PLAN_STATES })
  state: PlanState;
  fixedAt: string;
  @ApiProperty({ type: String, nullable: true })
  carriedAt: string | null;
}

/** Newest first. */
export class PlanVersions {
  @ApiProperty({ type: [PlanVersion] })
  items: PlanVersion[];
}

export class DifferenceQuery {
  /** The version to compare with; the one before when left out. */
  @Optional()
  @Id()
  with?: string;
}

export class DifferenceField {
  name: string;
  @ApiProperty({ type: String, nullable: true })
  before: string | null;
  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

export class DifferenceLine {
  @ApiProperty({ enum: DIFFERENCE_PARTS })
  part: DifferencePart;
  id: string;
  @ApiProperty({ enum: LINE_CHANGES })
  change: LineChange;
  @ApiProperty({ type: String, nullable: true })
  memberName: string | null;
  text: string;
  /** What differs, of a line that is in both; goals and people by their words. */
  @ApiProperty({ type: [DifferenceField] })
  fields: DifferenceField[];
  /** The same in Dutch. */
  sentence: string;
}

export class PlanDifference {
  caseId: string;
  newer: PlanVersion;
  /** Null of the first version: then everything is new. */
  @ApiProperty({ type: PlanVersion, nullable: true })
  older: PlanVersion | null;
  @ApiProperty({ type: [DifferenceLine] })
  lines: DifferenceLine[];
}

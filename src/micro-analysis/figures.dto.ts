import { ApiProperty } from '@nestjs/swagger';
import { Name, Optional } from '../platform/http/fields.js';
import { GROWTH_MOMENTS, type GrowthMoment } from '../circle/growth.rules.js';
import { CHANNELS, type Channel } from '../circle/circle.rules.js';
import { OBSTACLE_CATEGORIES, type ObstacleCategory } from '../plans/obstacles.rules.js';
import { DROP_OFF_CODES, DROP_OFF_STEPS, type DropOff } from './drop-off.queries.js';
import { LEAD_TIME_STEPS, type LeadTime } from './lead-times.queries.js';

/** A month (`2026-11`) or a date, which stands for its whole month. */
export class MonthsQuery {
  /** First month; a year before the last when left out. */
  @Optional()
  @Name(10)
  from?: string;

  /** Last month; this month when left out. */
  @Optional()
  @Name(10)
  to?: string;
}

export class MonthlyFiguresRow {
  month: string;
  referrals: number;
  accepted: number;
  declined: number;
  withdrawn: number;
  casesStarted: number;
  meetingsHeld: number;
  urgentMeetings: number;
  plansCarried: number;
  plansWithoutMeeting: number;
  /** Meetings that ended without a plan. */
  noPlan: number;
  stopped: number;
  /** Promised in this month. */
  commitments: number;
  /** Became done or running in this month. */
  commitmentsRealised: number;
  /** Informal people around the cases that met in this month. */
  circleInformal: number;
  circleProfessional: number;
  /** From the receipt of the referral to the first meeting; null without one. */
  @ApiProperty({ type: Number, nullable: true })
  medianDaysToMeeting: number | null;
}

export class MonthlyFiguresAnswer {
  items: MonthlyFiguresRow[];
}

/** In whole days; null when no step ended in these months. */
export class LeadTimeRow {
  @ApiProperty({ enum: LEAD_TIME_STEPS })
  step: LeadTime['step'];

  n: number;

  @ApiProperty({ type: Number, nullable: true })
  median: number | null;

  @ApiProperty({ type: Number, nullable: true })
  q1: number | null;

  @ApiProperty({ type: Number, nullable: true })
  q3: number | null;

  /** Nine in ten took no longer. */
  @ApiProperty({ type: Number, nullable: true })
  p90: number | null;
}

export class LeadTimesAnswer {
  items: LeadTimeRow[];
}

export class CircleGrowthRow {
  @ApiProperty({ enum: GROWTH_MOMENTS })
  moment: GrowthMoment;

  cases: number;

  @ApiProperty({ type: Number, nullable: true })
  informalMedian: number | null;

  @ApiProperty({ type: Number, nullable: true })
  professionalMedian: number | null;
}

export class CircleGrowthAnswer {
  items: CircleGrowthRow[];
}

/** Different people: main persons and circle. */
export class ReachRow {
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;

  approached: number;
  /** Spoken to this way, or answered what came this way. */
  reached: number;
  /** Said by themself when they can come; by call and visit: it was noted for them. */
  answered: number;
  undelivered: number;
  byHand: number;
}

export class ReachAnswer {
  items: ReachRow[];
}

export class DropOffReason {
  @ApiProperty({ enum: DROP_OFF_CODES })
  code: DropOff['reasons'][number]['code'];

  /** The published code that was given with it. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  n: number;
}

export class DropOffRow {
  @ApiProperty({ enum: Object.keys(DROP_OFF_STEPS) })
  of: DropOff['of'];

  @ApiProperty({ enum: Object.values(DROP_OFF_STEPS).flat() })
  step: string;

  came: number;
  /** Came here, and will come no further; who did neither is on the way. */
  stopped: number;
  reasons: DropOffReason[];
}

export class DropOffAnswer {
  items: DropOffRow[];
}

/** Opened and removed in these months, open at the end of them. */
export class ObstaclesRow {
  @ApiProperty({ enum: OBSTACLE_CATEGORIES })
  category: ObstacleCategory;

  opened: number;
  removed: number;
  open: number;

  /** Calendar days from when it came up until it went away, of what was removed; null when nothing was. */
  @ApiProperty({ type: Number, nullable: true })
  medianDays: number | null;
}

export class ObstaclesAnswer {
  items: ObstaclesRow[];
}

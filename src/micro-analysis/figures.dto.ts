import { ApiProperty } from '@nestjs/swagger';
import { Name, Optional } from '../platform/http/fields.js';

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

import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CHANNELS } from '../circle/circle.rules.js';
import { GROWTH_MOMENTS } from '../circle/growth.rules.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, type Statement, type Tx } from '../platform/database/tx.js';
import { MARK_MOMENTS } from '../plans/marks.rules.js';
import { OBSTACLE_CATEGORIES } from '../plans/obstacles.rules.js';
import { CIRCLE_GROWTH, KEEP_CIRCLE_GROWTH, type CircleGrowth } from './circle-growth.queries.js';
import { DROP_OFF, KEEP_DROP_OFF, type DropOff } from './drop-off.queries.js';
import { KEEP_MONTHLY_FIGURES, MONTHLY_FIGURES, type MonthlyFigures } from './figures.queries.js';
import { instantsOf, readMonths } from './figures.rules.js';
import { KEEP_LEAD_TIMES, LEAD_TIME_STEPS, LEAD_TIMES, type LeadTime } from './lead-times.queries.js';
import { KEEP_MARKS, LEAST_MARKS, MARKS_FIGURES, type MarksFigures } from './marks-figures.queries.js';
import { KEEP_OBSTACLES, OBSTACLES, type ObstacleFigures } from './obstacles.queries.js';
import { REACH, type Reach } from './reach.queries.js';

/** Per report what adds a case to its kept cells. A report that is to say the same after erasing has its line here. */
const KEEPERS: readonly Statement[] = [KEEP_MONTHLY_FIGURES, KEEP_LEAD_TIMES, KEEP_CIRCLE_GROWTH, KEEP_DROP_OFF, KEEP_OBSTACLES, KEEP_MARKS];

type Months = Parameters<typeof readMonths>[0];

/** An organisation's own counts. They are not suppressed: only leads see them, and no contents. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One row per month, also for months in which nothing happened. */
  async monthly(ctx: Ctx, query: Months): Promise<MonthlyFigures[]> {
    return this.report(ctx, query, MONTHLY_FIGURES, [], 'micro-analysis.monthly-figures-read');
  }

  /** How long each step took, of those that ended in these months; every step has a row. */
  async leadTimes(ctx: Ctx, query: Months): Promise<LeadTime[]> {
    return this.report(ctx, query, LEAD_TIMES, [LEAD_TIME_STEPS], 'reports.lead-times-read');
  }

  /** How large circles were at the moments that were counted in these months; every moment has a row. */
  async circleGrowth(ctx: Ctx, query: Months): Promise<CircleGrowth[]> {
    return this.report(ctx, query, CIRCLE_GROWTH, [GROWTH_MOMENTS], 'reports.circle-growth-read');
  }

  /** How many people each channel reached; every channel has a row. */
  async reach(ctx: Ctx, query: Months): Promise<Reach[]> {
    return this.report(ctx, query, REACH, [CHANNELS], 'reports.reach-read');
  }

  /** How far the referrals and people of these months came, and why no further; every step has a row. */
  async dropOff(ctx: Ctx, query: Months): Promise<DropOff[]> {
    return this.report(ctx, query, DROP_OFF, [], 'reports.drop-off-read');
  }

  /** What was in the way in these months; every kind has a row. */
  async obstacles(ctx: Ctx, query: Months): Promise<ObstacleFigures[]> {
    return this.report(ctx, query, OBSTACLES, [OBSTACLE_CATEGORIES], 'reports.obstacles-read');
  }

  /** The marks in the middle, after the meeting and at the end; every moment has a row, and fewer than five say nothing. */
  async marks(ctx: Ctx, query: Months): Promise<MarksFigures[]> {
    return this.report(ctx, query, MARKS_FIGURES, [MARK_MOMENTS, LEAST_MARKS], 'reports.marks-read');
  }

  /**
   * Before a case, or a referral that never became one, is erased: its part in the figures is added to cells that hold nothing
   * but a month and a count. In the same transaction, or it would count twice, or never.
   */
  async keep(tx: Tx, caseOrReferralId: string): Promise<void> {
    for (const keeper of KEEPERS) await named(tx, keeper, [tx.organisationId, caseOrReferralId]);
  }

  /** One statement over the asked months, and a line on the audit log. `more` are its parameters after the months' instants. */
  private async report<Row extends object>(
    ctx: Ctx,
    query: Months,
    report: Statement,
    more: readonly unknown[],
    action: string,
  ): Promise<Row[]> {
    const range = readMonths(query, this.clock.now());
    const { start, end } = instantsOf(range);
    const values = [range.months, start, end, ...more];
    const rows = await this.database.view(ctx, (tx) => named<Row>(tx, report, [tx.organisationId, ...values]));
    await this.audit.read(ctx, { action, object: null });
    return rows;
  }
}

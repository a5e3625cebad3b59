import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, type Statement, type Tx } from '../platform/database/tx.js';
import { KEEP_MONTHLY_FIGURES, MONTHLY_FIGURES, type MonthlyFigures } from './figures.queries.js';
import { instantsOf, readMonths } from './figures.rules.js';

/** Per report what adds a case to its kept cells. A report that is to say the same after erasing has its line here. */
const KEEPERS: readonly Statement[] = [KEEP_MONTHLY_FIGURES];

/** An organisation's own counts. They are not suppressed: only leads see them, and no contents. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One row per month, also for months in which nothing happened. */
  async monthly(ctx: Ctx, query: { from?: string; to?: string }): Promise<MonthlyFigures[]> {
    const range = readMonths(query, this.clock.now());
    const { start, end } = instantsOf(range);
    const rows = await this.database.view(ctx, (tx) =>
      named<MonthlyFigures>(tx, MONTHLY_FIGURES, [tx.organisationId, range.months, start, end]),
    );
    await this.audit.read(ctx, { action: 'micro-analysis.monthly-figures-read', object: null });
    return rows;
  }

  /**
   * Before a case, or a referral that never became one, is erased: its part in the figures is added to cells that hold nothing
   * but a month and a count. In the same transaction, or it would count twice, or never.
   */
  async keep(tx: Tx, caseOrReferralId: string): Promise<void> {
    for (const keeper of KEEPERS) await named(tx, keeper, [tx.organisationId, caseOrReferralId]);
  }
}

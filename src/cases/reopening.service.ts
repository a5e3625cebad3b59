import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { assertCurrent, stateConflict } from '../platform/http/problem.js';
import { ZONE } from '../platform/local-day.js';
import { next } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import type { CaseSummary } from './cases.dto.js';
import { CASE_TRANSITIONS } from './cases.rules.js';
import { CasesService, summaryOf } from './cases.service.js';
import type { ReopeningRequest } from './reopening.dto.js';

const WITHIN = { years: 1 };

/** Weer bij elkaar: a case that was closed is taken up again. */
@Injectable()
export class ReopeningService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Takes up a case that was closed less than a year ago, with the circle as it is: who left stays away, and whose contact data
   * were erased is proposed anew. Its term of keeping begins again when it is closed again. Nobody hears of it by itself: the
   * facilitator speaks the main persons first. 409 for a case that is open or was stopped, and after a year, when a new referral
   * is the way.
   */
  async reopen(ctx: Ctx, caseId: string, { reason, remark = '' }: ReopeningRequest, seen: number | null = null): Promise<CaseSummary> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lock(tx, caseId, 'main-person');
      assertCurrent(seen, theCase.version);
      next(CASE_TRANSITIONS, theCase.state, 'reopened');
      const until = DateTime.fromJSDate(theCase.closedAt!, { zone: ZONE }).plus(WITHIN).toJSDate();
      if (until < tx.now) throw stateConflict(theCase.state, [], 'closed-too-long');
      await this.cases.advance(tx, theCase, 'reopened', { closedAt: null, endReason: null });
      await this.links.redate(tx, caseId);
      await this.cases.note(tx, { caseId, type: 'reopened', audience: 'main-persons' });
      if (reason || remark) {
        const values = { reason: reason ? textsFor('nl').cases.reopeningReasons[reason] : '', remark };
        await this.cases.note(tx, { caseId, type: 'reopened-because', audience: 'facilitator', values });
      }
      await this.audit.record(tx, { action: 'cases.reopened', object: { kind: 'case', id: caseId }, caseId });
      return summaryOf(theCase);
    });
  }
}

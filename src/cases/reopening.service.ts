import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent, stateConflict } from '../platform/http/problem.js';
import { next } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import type { CaseEntity } from './case.entity.js';
import type { CaseSummary } from './cases.dto.js';
import { CASE_TRANSITIONS } from './cases.rules.js';
import { CasesService, summaryOf } from './cases.service.js';
import type { ReopeningRequest } from './reopening.dto.js';
import { howTogether, mayReopen, type Together } from './reopening.rules.js';

/** Weer bij elkaar: a case that was closed is taken up again, or people meet while they carry out their plan. */
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
  async reopen(ctx: Ctx, caseId: string, request: ReopeningRequest, seen: number | null = null): Promise<CaseSummary> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lock(tx, caseId, 'main-person');
      assertCurrent(seen, theCase.version);
      await this.takeUp(tx, theCase, request);
      return summaryOf(theCase);
    });
  }

  /**
   * The same, also while a plan is carried out: relapse brings people together again. Then the plan goes on as it is, why is written
   * down, and the facilitator finds a date. Returns which of the two it was; 409 in every other state.
   */
  async comeTogether(ctx: Ctx, caseId: string, request: ReopeningRequest): Promise<Together> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lock(tx, caseId, 'main-person');
      if (howTogether(theCase, tx.now) !== 'plan') {
        await this.takeUp(tx, theCase, request);
        return 'reopen';
      }
      const { actor } = tx;
      const values = { reason: textsFor('nl').cases.reopeningReasons[request.reason ?? 'relapse'], remark: request.remark ?? '' };
      if (actor.kind === 'participant') {
        // What goes badly for one main person is not for another to read.
        const { memberId, name } = actor;
        await this.cases.note(tx, { caseId, type: 'together-asked', audience: 'member', memberId, aboutId: memberId, values: { ...values, name } });
      } else await this.cases.note(tx, { caseId, type: 'together-because', audience: 'facilitator', values });
      await this.audit.record(tx, { action: 'cases.together-asked', object: { kind: 'case', id: caseId }, caseId });
      return 'plan';
    });
  }

  private async takeUp(tx: Tx, theCase: CaseEntity, { reason, remark = '' }: ReopeningRequest): Promise<void> {
    const caseId = theCase.id;
    next(CASE_TRANSITIONS, theCase.state, 'reopened');
    if (!mayReopen(theCase.closedAt!, tx.now)) throw stateConflict(theCase.state, [], 'closed-too-long');
    await this.cases.advance(tx, theCase, 'reopened', { closedAt: null, endReason: null });
    await this.links.redate(tx, caseId);
    await this.cases.note(tx, { caseId, type: 'reopened', audience: 'main-persons' });
    if (reason || remark) {
      const values = { reason: reason ? textsFor('nl').cases.reopeningReasons[reason] : '', remark };
      await this.cases.note(tx, { caseId, type: 'reopened-because', audience: 'facilitator', values });
    }
    await this.audit.record(tx, { action: 'cases.reopened', object: { kind: 'case', id: caseId }, caseId });
  }
}

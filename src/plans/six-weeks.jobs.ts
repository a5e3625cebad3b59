import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { PLAN_OF_CASE, type RunningPlan } from './six-weeks.queries.js';
import { PROPOSE_REVIEW, SixWeeksService, SORT } from './six-weeks.service.js';

/** Day 42 and the weeks before a review: said on the timeline once, while `/werk` shows it until it is done. */
@Injectable()
export class SixWeeksJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly sixWeeks: SixWeeksService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(SORT, (run, { caseId, planId }) =>
      this.database.run(run.ctx, async (tx) => {
        if (!(await this.stillCarried(tx, caseId, planId))) return 'skipped';
        const open = (await this.sixWeeks.openIn(tx, [caseId])).get(caseId)!;
        if (open === 0) return 'skipped';
        await this.cases.note(tx, { caseId, type: 'six-weeks', audience: 'facilitator', values: { open } });
        return 'done';
      }),
    );
    this.jobs.handle(PROPOSE_REVIEW, (run, { caseId, planId, after }) =>
      this.database.run(run.ctx, async (tx) => {
        const plan = await this.stillCarried(tx, caseId, planId);
        const asked = plan && this.sixWeeks.reviews(tx, plan).some((review) => review.after === after && review.state === 'asked');
        if (!asked) return 'skipped';
        await this.cases.note(tx, { caseId, type: 'review-proposed', audience: 'main-persons' });
        return 'done';
      }),
    );
  }

  /** The case, locked, still carries out this version; null when it does not, or is erased by now. */
  private async stillCarried(tx: Tx, caseId: string, planId: string): Promise<RunningPlan | null> {
    const where = { organisationId: tx.organisationId, id: caseId };
    const theCase = await tx.em.findOne(CaseEntity, { where, lock: { mode: 'for_no_key_update' } });
    if (!theCase || !OPEN_STATES.includes(theCase.state)) return null;
    const [plan] = await named<RunningPlan>(tx, PLAN_OF_CASE, [tx.organisationId, caseId]);
    return plan && plan.id === planId && plan.carriedAt ? plan : null;
  }
}

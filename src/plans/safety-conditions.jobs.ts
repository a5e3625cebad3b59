import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { Database } from '../platform/database/database.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { ASK_AFTER_TESTS, ConditionRecords } from './condition-records.service.js';
import { PlanEntity } from './plan.entity.js';

/** After two working days the facilitator asks after what nobody looked at; not of a plan that was replaced, nor in a case that has ended. */
@Injectable()
export class ConditionJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly records: ConditionRecords,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(ASK_AFTER_TESTS, (run, { caseId, planId }) =>
      this.database.run(run.ctx, async (tx) => {
        const { organisationId } = tx;
        const theCase = await tx.em.findOne(CaseEntity, { where: { organisationId, id: caseId }, lock: { mode: 'for_no_key_update' } });
        const plan = theCase && (await tx.em.findOneBy(PlanEntity, { organisationId, id: planId }));
        const stands = plan && OPEN_STATES.includes(theCase.state) && (plan.state === 'fixed' || plan.state === 'carried');
        return stands && (await this.records.overdue(tx, planId)) > 0 ? 'done' : 'skipped';
      }),
    );
  }
}

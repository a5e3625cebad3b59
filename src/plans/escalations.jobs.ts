import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { Database } from '../platform/database/database.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { DirectorMails } from './director-mails.service.js';
import { ESCALATE_OBSTACLE } from './escalations.service.js';

/** The clock of what is in the way, as it strikes; in a case that ended it does not. */
@Injectable()
export class EscalationJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly mails: DirectorMails,
    private readonly messages: MessagesService,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded({
      ended: async (tx, { id }) => {
        await this.messages.cancel(tx, { caseId: id, templates: ['obstacle-open', 'obstacle-director', 'director-text'] });
      },
    });
    this.jobs.handle(ESCALATE_OBSTACLE, (run, { caseId, obstacleId, step, openSince }) =>
      this.database.run(run.ctx, async (tx) => {
        const where = { organisationId: tx.organisationId, id: caseId };
        const theCase = await tx.em.findOne(CaseEntity, { where, lock: { mode: 'for_no_key_update' } });
        return theCase ? this.mails.escalate(tx, theCase, obstacleId, { step, openSince }) : 'skipped';
      }),
    );
  }
}

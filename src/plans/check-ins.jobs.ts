import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { afterQuietHours } from '../messages/messages.rules.js';
import { MessagesService } from '../messages/messages.service.js';
import { Database } from '../platform/database/database.js';
import { localDay } from '../platform/local-day.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { CheckInMessages } from './check-ins.messages.js';
import { isAskedAfter } from './check-ins.rules.js';
import { CHECK_IN, CheckInsService } from './check-ins.service.js';

/** Asks people on the day how it goes with what they promised; not in a case that has ended. */
@Injectable()
export class CheckInJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly checkIns: CheckInsService,
    private readonly says: CheckInMessages,
    private readonly messages: MessagesService,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded({
      ended: async (tx, { id }) => {
        await this.messages.cancel(tx, { caseId: id, templates: ['check-in', 'promise-asked'] });
        // Taken up again within a year, nobody is asked after what was said to be theirs.
        await this.outbox.cancel(tx, CHECK_IN, { prefix: `${id} ` });
      },
    });
    this.jobs.handle(CHECK_IN, (run, { caseId, on }) =>
      this.database.run(run.ctx, async (tx) => {
        // Before what anybody does in the case, or after it.
        const where = { organisationId: tx.organisationId, id: caseId };
        const theCase = await tx.em.findOne(CaseEntity, { where, lock: { mode: 'for_no_key_update' } });
        if (!theCase || !OPEN_STATES.includes(theCase.state)) return 'skipped';
        const from = afterQuietHours(tx.now);
        if (from > tx.now) {
          await this.outbox.add(tx, CHECK_IN, { key: `${caseId} ${on} ${from.toISOString()}`, payload: { caseId, on }, runAt: from });
          return 'skipped';
        }
        const today = localDay(tx.now);
        const counts = new Map<string, number>();
        for (const { memberId, ...checked } of await this.checkIns.checked(tx, caseId)) {
          if (isAskedAfter(checked, { planned: on, today })) counts.set(memberId, (counts.get(memberId) ?? 0) + 1);
        }
        await this.checkIns.plan(tx, caseId);
        return (await this.says.ask(tx, theCase, counts, today)) > 0 ? 'done' : 'skipped';
      }),
    );
  }
}

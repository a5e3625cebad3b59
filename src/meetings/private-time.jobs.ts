import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { mayHear } from '../circle/circle.policy.js';
import { CircleService } from '../circle/circle.service.js';
import { afterQuietHours } from '../messages/messages.rules.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import { Database } from '../platform/database/database.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { ASK_IF_DONE } from './private-time.service.js';
import { MeetingRecords } from './records.service.js';

/** Time of the circle by itself that was left open: main persons are asked once whether they are done. Nothing ends it but they. */
@Injectable()
export class PrivateTimeJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly circle: CircleService,
    private readonly records: MeetingRecords,
    private readonly messages: MessagesService,
    private readonly staff: StaffService,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(ASK_IF_DONE, (run, { caseId, meetingId, periodId }) =>
      this.database.run(run.ctx, async (tx) => {
        const where = { organisationId: tx.organisationId, id: caseId };
        const theCase = await tx.em.findOne(CaseEntity, { where, lock: { mode: 'for_no_key_update' } });
        if (!theCase || !OPEN_STATES.includes(theCase.state)) return 'skipped';
        const meeting = (await this.records.ofCase(tx, caseId)).find(({ id }) => id === meetingId);
        if (!meeting?.privateTimes.some(({ id, endedAt }) => id === periodId && endedAt === null)) return 'skipped';
        const from = afterQuietHours(tx.now);
        if (from > tx.now) {
          await this.outbox.add(tx, ASK_IF_DONE, { key: `${periodId} ${from.toISOString()}`, payload: { caseId, meetingId, periodId }, runAt: from });
          return 'skipped';
        }
        const facilitator = await this.staff.find(tx, theCase.facilitatorId);
        const people = (await this.circle.mainPersons(tx, caseId)).filter((member) => mayHear(theCase, member));
        for (const member of people) {
          await this.messages.queue(tx, {
            ...this.circle.recipient(member),
            template: 'private-time-open',
            values: { facilitator: facilitator?.name, phone: facilitator?.phone },
            caseId,
            meetingId,
            key: `private-time-open ${periodId} ${member.id}`,
          });
        }
        return people.length > 0 ? 'done' : 'skipped';
      }),
    );
  }
}

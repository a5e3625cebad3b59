import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { CircleService } from '../circle/circle.service.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { JobRegistry, type JobOutcome } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { ReminderMessages } from './reminders.messages.js';
import { isDated, MeetingRecords, type MeetingRecord } from './records.service.js';
import { mayRemindFrom, stillHelps } from './reminders.rules.js';
import { REMIND } from './reminders.service.js';
import { PollsService, POLL_ENDS, REMIND_OF_POLL } from './polls.service.js';

interface Of {
  caseId: string;
  meetingId: string;
}

/** What happens around a date by itself: reminders of it, reminders of a poll, and its end. */
@Injectable()
export class RemindersJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly circle: CircleService,
    private readonly records: MeetingRecords,
    private readonly messages: ReminderMessages,
    private readonly polls: PollsService,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(REMIND, (run, payload) =>
      this.database.run(run.ctx, async (tx) => {
        const { which, sequence } = payload;
        const { theCase, meeting } = await this.find(tx, payload);
        const stands = theCase && meeting && isDated(meeting) && meeting.state === 'fixed' && meeting.sequence === sequence;
        if (!stands || !stillHelps(which, meeting.startsAt, tx.now)) return 'skipped';
        const from = mayRemindFrom(tx.now, theCase.urgent);
        if (from > tx.now) {
          await this.outbox.add(tx, REMIND, { key: `${meeting.id} ${sequence} ${which} ${from.toISOString()}`, payload, runAt: from });
          return 'skipped';
        }
        return outcome(await this.messages.ofDate(tx, theCase, meeting, await this.circle.members(tx, theCase.id), which));
      }),
    );
    this.jobs.handle(REMIND_OF_POLL, (run, payload) =>
      this.database.run(run.ctx, async (tx) => {
        const { theCase, meeting } = await this.find(tx, payload);
        const open = theCase && meeting?.state === 'polling' && meeting.answerBy && meeting.answerBy > tx.now;
        if (!open || mayRemindFrom(tx.now, theCase.urgent) > tx.now) return 'skipped';
        const silent = this.polls.silent(theCase, meeting, await this.circle.members(tx, theCase.id), tx.now);
        return outcome(await this.messages.ofPoll(tx, theCase, meeting, silent, payload.number));
      }),
    );
    this.jobs.handle(POLL_ENDS, (run, payload) =>
      this.database.run(run.ctx, async (tx) => {
        const { theCase, meeting } = await this.find(tx, payload);
        if (!theCase || meeting?.state !== 'polling') return 'skipped';
        return (await this.polls.ended(tx, theCase, meeting)) ? 'done' : 'skipped';
      }),
    );
  }

  /** The case, locked, and its meeting; null when they are erased by now. */
  private async find(tx: Tx, { caseId, meetingId }: Of): Promise<{ theCase: CaseEntity | null; meeting: MeetingRecord | null }> {
    const where = { organisationId: tx.organisationId, id: caseId };
    const theCase = await tx.em.findOne(CaseEntity, { where, lock: { mode: 'for_no_key_update' } });
    const meeting = theCase && (await this.records.ofCase(tx, caseId)).find(({ id }) => id === meetingId);
    return { theCase, meeting: meeting ?? null };
  }
}

const outcome = (said: number): JobOutcome => (said > 0 ? 'done' : 'skipped');

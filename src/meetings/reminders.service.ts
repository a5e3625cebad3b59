import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { Tx } from '../platform/database/tx.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { remindersOf, type Reminder } from './reminders.rules.js';
import type { DatedMeeting } from './records.service.js';

export const REMIND = defineJob<{ caseId: string; meetingId: string; sequence: number; which: Reminder }>('meetings.reminder', { queue: 'messages' });

/** The reminders of a date, written with it. One row reminds everybody: who comes is asked when it runs, so that nobody is left out. */
@Injectable()
export class RemindersService {
  constructor(private readonly outbox: Outbox) {}

  /** Plans the reminders of the date that stands now; those of an earlier date are gone. */
  async plan(tx: Tx, { urgent }: CaseEntity, { id: meetingId, caseId, sequence, startsAt }: DatedMeeting): Promise<void> {
    await this.drop(tx, meetingId);
    const items = remindersOf(startsAt, tx.now, urgent).map(({ which, runAt }) => ({
      key: `${meetingId} ${sequence} ${which}`,
      payload: { caseId, meetingId, sequence, which },
      runAt,
      urgent,
    }));
    await this.outbox.addAll(tx, REMIND, items);
  }

  /** There is no date to be reminded of any more. */
  async drop(tx: Tx, meetingId: string): Promise<void> {
    await this.outbox.cancel(tx, REMIND, { prefix: `${meetingId} ` });
  }
}

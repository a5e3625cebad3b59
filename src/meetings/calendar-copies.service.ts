import { Injectable } from '@nestjs/common';
import type { Template } from '../messages/templates.rules.js';
import { named, type Tx } from '../platform/database/tx.js';
import { COPY, PUT_COPY, STANDING_OF_MEMBER, TAKE_COPY, WENT } from './calendar-copies.queries.js';
import type { DatedMeeting, MeetingRecord } from './records.service.js';

/** In whose calendar a meeting stands. Each person's copy has a sequence of its own, that grows when they come and go. */
@Injectable()
export class CalendarCopies {
  /** It is put in this person's calendar, or put right there. Returns how often it was taken out and put back. */
  async put(tx: Tx, meeting: DatedMeeting, memberId: string): Promise<number> {
    const [copy] = await named<{ changes: number }>(tx, PUT_COPY, [tx.organisationId, meeting.id, memberId, tx.now]);
    return copy!.changes;
  }

  /** It goes out of this person's calendar; null when it did not stand there, so that nobody is told twice. */
  async take(tx: Tx, meeting: MeetingRecord, memberId: string): Promise<number | null> {
    // A meeting that is off has a higher sequence already.
    const step = meeting.state === 'cancelled' ? 0 : 1;
    const [copy] = await named<{ changes: number }>(tx, TAKE_COPY, [tx.organisationId, meeting.id, memberId, tx.now, step]);
    return copy?.changes ?? null;
  }

  /** What is added to the meeting's sequence for this person. */
  async changes(tx: Tx, meetingId: string, memberId: string): Promise<number> {
    const [copy] = await named<{ changes: number }>(tx, COPY, [tx.organisationId, meetingId, memberId]);
    return copy?.changes ?? 0;
  }

  /** The meetings still to come that stand in this person's calendar. */
  async standing(tx: Tx, memberId: string): Promise<string[]> {
    const rows = await named<{ meetingId: string }>(tx, STANDING_OF_MEMBER, [tx.organisationId, memberId, tx.now]);
    return rows.map(({ meetingId }) => meetingId);
  }

  /** Whether a message has gone, or may have; `key` when it is one of them that counts. */
  async went(tx: Tx, meetingId: string, memberId: string, template: Template, key: string | null = null): Promise<boolean> {
    return (await named(tx, WENT, [tx.organisationId, meetingId, memberId, template, key])).length > 0;
  }
}

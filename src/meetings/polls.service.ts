import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import type { Tx } from '../platform/database/tx.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { responseOf } from './meetings.policy.js';
import { hadTime, pollRemindersOf } from './polls.rules.js';
import type { MeetingRecord } from './records.service.js';
import { ReminderMessages } from './reminders.messages.js';
import { takesPart } from './responses.rules.js';

export const REMIND_OF_POLL = defineJob<{ caseId: string; meetingId: string; number: number }>('meetings.poll-reminder', { queue: 'messages' });
export const POLL_ENDS = defineJob<{ caseId: string; meetingId: string }>('meetings.poll-ends', { queue: 'messages' });

/** A poll from its dates to its end: who is silent, who is reminded, and when its facilitator hears how it stands. */
@Injectable()
export class PollsService {
  constructor(
    private readonly circle: CircleService,
    private readonly messages: ReminderMessages,
    private readonly outbox: Outbox,
  ) {}

  /** Plans the reminders and the end of a poll, in the transaction that opens it. They are for who is invited later too. */
  async opened(tx: Tx, { urgent }: CaseEntity, { id: meetingId, caseId, answerBy }: MeetingRecord): Promise<void> {
    const moments = pollRemindersOf(tx.now, answerBy!, urgent);
    const reminders = moments.map((runAt, number) => ({ key: `${meetingId} ${number}`, payload: { caseId, meetingId, number }, runAt, urgent }));
    await this.outbox.addAll(tx, REMIND_OF_POLL, reminders);
    await this.outbox.add(tx, POLL_ENDS, { key: meetingId, payload: { caseId, meetingId }, runAt: answerBy!, urgent });
  }

  /** A date was chosen, or there will be none: nobody is reminded, and its end is no news. */
  async over(tx: Tx, meetingId: string): Promise<void> {
    await this.outbox.cancel(tx, REMIND_OF_POLL, { prefix: `${meetingId} ` });
    await this.outbox.cancel(tx, POLL_ENDS, [meetingId]);
  }

  /** Who may answer, was asked long enough ago, and said nothing at all. */
  silent(theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[], now: Date): CircleMember[] {
    const asked = ({ invitedAt }: CircleMember): Date => (invitedAt && invitedAt > meeting.createdAt ? invitedAt : meeting.createdAt);
    return askedOf(theCase, people).filter((member) => saidOf(meeting, member) === 0 && hadTime(asked(member), now, theCase.urgent));
  }

  /** Somebody answered: once everybody has, about every date, the facilitator hears so; again only when more people are asked since. */
  async answered(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<void> {
    const asked = askedOf(theCase, people);
    if (meeting.state !== 'polling' || !asked.every((member) => saidOf(meeting, member) === meeting.slots.length)) return;
    await this.messages.ofAnswers(tx, theCase, meeting, { answered: asked.length, asked: asked.length }, `everyone ${asked.length}`);
  }

  /** Somebody left who had not answered: perhaps nobody is waited for now, and then the facilitator hears so. */
  async left(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, person: CircleMember): Promise<void> {
    if (saidOf(meeting, person) === meeting.slots.length || askedOf(theCase, [person]).length === 0) return;
    await this.answered(tx, theCase, meeting, await this.circle.members(tx, theCase.id));
  }

  /** The poll has ended: its facilitator hears how many answered, unless everybody had. */
  async ended(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord): Promise<boolean> {
    const asked = askedOf(theCase, await this.circle.members(tx, theCase.id));
    if (asked.every((member) => saidOf(meeting, member) === meeting.slots.length)) return false;
    const answered = asked.filter((member) => saidOf(meeting, member) > 0).length;
    await this.messages.ofAnswers(tx, theCase, meeting, { answered, asked: asked.length }, 'end');
    return true;
  }
}

const askedOf = (theCase: CaseEntity, people: readonly CircleMember[]): CircleMember[] =>
  people.filter((member) => takesPart(member) && mayHear(theCase, member));

/** About how many of the dates somebody said something. */
function saidOf(meeting: MeetingRecord, { id }: CircleMember): number {
  const answers = responseOf(meeting, id)?.answers ?? {};
  return meeting.slots.filter((slot) => answers[slot.id] !== undefined).length;
}

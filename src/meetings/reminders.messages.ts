import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import type { CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { CalendarService } from './calendar.service.js';
import { comers, MeetingMessages, resident } from './meetings.messages.js';
import { forReader } from './parts.rules.js';
import type { DatedMeeting, MeetingRecord } from './records.service.js';
import type { Reminder } from './reminders.rules.js';

/** What people hear of a date that comes near, and of dates that they have not answered. Each of these is said to somebody once. */
@Injectable()
export class ReminderMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly meetings: MeetingMessages,
    private readonly restrictions: RestrictionsService,
    private readonly calendar: CalendarService,
    private readonly staff: StaffService,
  ) {}

  /** Reminds everyone who comes, or may: not who said no. Returns how many. */
  async ofDate(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, people: readonly CircleMember[], which: Reminder): Promise<number> {
    const context = await this.meetings.context(tx, theCase, meeting);
    const receivers = comers(meeting, people).filter((member) => mayHear(theCase, member));
    for (const member of receivers) {
      await this.messages.queue(tx, {
        ...this.meetings.toMember(theCase, meeting, member),
        template: 'meeting-reminder',
        values: {
          facilitator: context.facilitator?.name,
          phone: context.facilitator?.phone,
          isMainPerson: member.isMainPerson,
          startsAt: forReader(meeting, member.id).startsAt.toISOString(),
          endsAt: forReader(meeting, member.id).endsAt.toISOString(),
          place: this.calendar.where(context, member),
        },
        key: `meeting-reminder ${meeting.id} ${meeting.sequence} ${which} ${member.id}`,
      });
    }
    return receivers.length;
  }

  /** Asks who was silent once more. Returns how many. */
  async ofPoll(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, silent: readonly CircleMember[], number: number): Promise<number> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const asker = await this.restrictions.askers(tx, theCase);
    for (const member of silent) {
      await this.messages.queue(tx, {
        ...this.meetings.toMember(theCase, meeting, member),
        template: 'poll-reminder',
        values: {
          resident: resident(asker, member, facilitator),
          facilitator: facilitator?.name,
          phone: facilitator?.phone,
          slots: forReader(meeting, member.id).slots.map(({ startsAt, endsAt }) => ({ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() })),
          answerBy: meeting.answerBy!.toISOString(),
        },
        key: `poll-reminder ${meeting.id} ${number} ${member.id}`,
      });
    }
    return silent.length;
  }

  /** Tells the facilitator how a poll stands: once per `key`. Says no name, for it may be read on an open screen. */
  async ofAnswers(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, count: { answered: number; asked: number }, key: string): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    if (!facilitator?.email) return;
    await this.messages.queue(tx, {
      template: 'poll-answers',
      channel: 'mail',
      to: { address: facilitator.email, name: facilitator.name },
      values: { reference: theCase.reference, ...count },
      staffId: facilitator.id,
      caseId: theCase.id,
      meetingId: meeting.id,
      urgent: theCase.urgent,
      key: `poll-answers ${meeting.id} ${key}`,
    });
  }
}

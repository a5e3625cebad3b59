import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import type { Template } from '../messages/templates.rules.js';
import { StaffService, type Staff } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { CalendarService, type MeetingContext } from './calendar.service.js';
import { responseOf } from './meetings.policy.js';
import type { Slot } from './meetings.rules.js';
import { isDated, type DatedMeeting, type MeetingRecord } from './records.service.js';
import { mayCome, takesPart } from './responses.rules.js';

/** What people hear about a meeting. Each message is written for one reader; the same meeting and moment is told once. */
@Injectable()
export class MeetingMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly staff: StaffService,
    private readonly calendar: CalendarService,
  ) {}

  /** Asks everyone who takes part for their dates; an invitation that has not gone yet brings them, with no second message. */
  async poll(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const slots = meeting.slots.map(inJson);
    const asker = await this.restrictions.askers(tx, theCase);
    for (const member of people.filter((person) => takesPart(person) && mayHear(theCase, person))) {
      const amended = await this.messages.amend(tx, { memberId: member.id, template: 'invitation', values: { slots } });
      if (amended !== null) continue;
      await this.messages.queue(tx, {
        ...this.toMember(theCase, meeting, member),
        template: 'meeting-poll',
        values: { resident: resident(asker, member, facilitator), facilitator: facilitator?.name, phone: facilitator?.phone, slots },
        key: `meeting-poll ${meeting.id} ${member.id}`,
      });
    }
  }

  /**
   * Tells the date to everyone who takes part and did not say no to it, with the calendar invitation. Polls that have not
   * gone are taken back, and an invitation that has not gone says the date in place of the choice.
   */
  async fixed(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, people: readonly CircleMember[]): Promise<void> {
    await this.messages.cancel(tx, { meetingId: meeting.id, templates: ['meeting-poll'] });
    const context = await this.context(tx, theCase, meeting);
    const { startsAt, endsAt } = inJson(meeting);
    for (const member of comers(meeting, people).filter((person) => mayHear(theCase, person))) {
      await this.messages.amend(tx, { memberId: member.id, template: 'invitation', values: { slots: [], startsAt, endsAt } });
      const message = this.toMember(theCase, meeting, member);
      await this.messages.queue(tx, {
        ...message,
        template: 'meeting-fixed',
        values: {
          resident: resident(context.asker, member, context.facilitator),
          facilitator: context.facilitator?.name,
          phone: context.facilitator?.phone,
          startsAt,
          endsAt,
          place: this.calendar.where(context, member),
        },
        attachments: message.channel === 'mail' ? [await this.calendar.attachment(tx, context, member, 'REQUEST')] : [],
        key: `meeting-fixed ${meeting.id} ${meeting.sequence} ${member.id}`,
      });
    }
  }

  /** Takes back what has not gone yet, and tells everyone who was told the date that it is off. */
  async cancelled(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<void> {
    await this.messages.cancel(tx, { meetingId: meeting.id });
    if (!isDated(meeting)) return;
    const context = await this.context(tx, theCase, meeting);
    for (const member of comers(meeting, people)) {
      const message = this.toMember(theCase, meeting, member);
      await this.messages.queue(tx, {
        ...message,
        template: 'meeting-cancelled',
        values: {
          resident: resident(context.asker, member, context.facilitator),
          facilitator: context.facilitator?.name,
          phone: context.facilitator?.phone,
          startsAt: meeting.startsAt.toISOString(),
        },
        attachments: message.channel === 'mail' ? [await this.calendar.attachment(tx, context, member, 'CANCEL')] : [],
        key: `meeting-cancelled ${meeting.id} ${meeting.sequence} ${member.id}`,
      });
    }
  }

  /** A meeting with who leads its case, for calendars and messages. */
  async context(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting): Promise<MeetingContext> {
    const asker = await this.restrictions.askers(tx, theCase);
    return { theCase, meeting, asker, facilitator: await this.staff.find(tx, theCase.facilitatorId) };
  }

  /** To whom, how, and with a link of their own: a main person gets none by itself. */
  private toMember(
    theCase: CaseEntity,
    meeting: MeetingRecord,
    member: CircleMember,
  ): Omit<NewMessage<Template>, 'template' | 'values' | 'key'> {
    const { channel, to, memberId, linkMakesKnown, safeHours } = this.circle.recipient(member);
    return {
      channel,
      to,
      memberId,
      linkMakesKnown,
      safeHours,
      caseId: theCase.id,
      meetingId: meeting.id,
      withLink: !member.isMainPerson && (channel === 'mail' || channel === 'sms'),
      urgent: theCase.urgent,
    };
  }
}

/** Who asks, for a reader who is not that person: somebody of whom they may hear, else the facilitator. */
function resident(asker: MeetingContext['asker'], reader: CircleMember, facilitator: Staff | null): string | null {
  return reader.isMainPerson ? null : (asker(reader.id) ?? facilitator?.name ?? '');
}

/** As the message keeps them until it goes. */
const inJson = ({ startsAt, endsAt }: Slot): { startsAt: string; endsAt: string } => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

function comers(meeting: DatedMeeting, people: readonly CircleMember[]): CircleMember[] {
  return people.filter((member) => takesPart(member) && mayCome(responseOf(meeting, member.id)?.answers, meeting.slotId));
}

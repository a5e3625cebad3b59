import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import type { Template } from '../messages/templates.rules.js';
import { StaffService, type Staff } from '../people/staff.service.js';
import { named, type Tx } from '../platform/database/tx.js';
import { CalendarCopies } from './calendar-copies.service.js';
import { CalendarService, type MeetingContext } from './calendar.service.js';
import { responseOf } from './meetings.policy.js';
import { HEARD } from './meetings.queries.js';
import { hasBegun, type Slot } from './meetings.rules.js';
import { forReader } from './parts.rules.js';
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
    private readonly copies: CalendarCopies,
  ) {}

  /** Asks everyone who takes part for their dates; an invitation that has not gone yet brings them, with no second message. */
  async poll(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const answerBy = meeting.answerBy?.toISOString();
    const asker = await this.restrictions.askers(tx, theCase);
    for (const member of people.filter((person) => takesPart(person) && mayHear(theCase, person))) {
      const slots = forReader(meeting, member.id).slots.map(inJson);
      const amended = await this.messages.amend(tx, { memberId: member.id, template: 'invitation', values: { slots, answerBy } });
      if (amended !== null) continue;
      await this.messages.queue(tx, {
        ...this.toMember(theCase, meeting, member),
        template: 'meeting-poll',
        values: { resident: resident(asker, member, facilitator), facilitator: facilitator?.name, phone: facilitator?.phone, slots, answerBy },
        key: pollKey(meeting) + member.id,
      });
    }
  }

  /**
   * Tells the date to everyone who takes part and did not say no to it, with the calendar invitation. Polls that have not
   * gone are taken back, and an invitation that has not gone says the date in place of the choice. Moved (`was`: as it stood
   * before), everyone who takes part hears of it, whatever they said of the date that is left; what was still to go about that
   * date does not, and who had not heard of it hears of the new one only; who is still to be asked to lead it, is for the new one.
   */
  async fixed(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, people: readonly CircleMember[], was: DatedMeeting | null = null): Promise<void> {
    await this.messages.cancel(tx, { meetingId: meeting.id, templates: was ? ABOUT_DATES : ['meeting-poll', 'poll-reminder'] });
    const chair = people.find(({ id }) => id === meeting.chairMemberId);
    if (chair) await this.messages.amend(tx, { memberId: chair.id, template: 'chair-asked', values: { startsAt: inJson(forReader(meeting, chair.id)).startsAt } });
    const heard = was ? await this.heard(tx, was, fixedKey(was), was.movedAt ?? was.fixedAt!) : null;
    const context = await this.context(tx, theCase, meeting);
    // Another place is nothing to who said no to the date.
    const receivers = was && was.slotId !== meeting.slotId ? people.filter(takesPart) : comers(meeting, people);
    for (const member of receivers.filter((person) => mayHear(theCase, person))) {
      const { startsAt, endsAt } = inJson(forReader(meeting, member.id));
      await this.messages.amend(tx, { memberId: member.id, template: 'invitation', values: { slots: [], startsAt, endsAt, answerBy: null } });
      const message = this.toMember(theCase, meeting, member);
      const changes = message.channel === 'mail' ? await this.copies.put(tx, meeting, member.id) : 0;
      if (!was && changes > 0 && (await this.keptAfterAll(tx, meeting, member.id, changes))) continue;
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
          review: meeting.type === 'review',
          movedFrom: heard && was && heard(member) ? forReader(was, member.id).startsAt.toISOString() : null,
        },
        attachments: message.channel === 'mail' ? [await this.calendar.attachment(tx, context, member, 'REQUEST')] : [],
        key: [fixedKey(meeting) + member.id, ...(changes > 0 ? [changes] : [])].join(' '),
      });
    }
  }

  /** These people come at other times of the same date: what still has to go with the old ones does not, and they hear the new. */
  async timesChanged(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, people: readonly CircleMember[]): Promise<void> {
    for (const { id: memberId } of people) await this.messages.cancel(tx, { memberId, meetingId: meeting.id, templates: ABOUT_DATES });
    await this.fixed(tx, theCase, meeting, people);
  }

  /**
   * Takes back what has not gone yet, and tells everyone who heard of the date that it is off; of a poll, everyone who was asked
   * to choose. An invitation that has not gone says no date.
   */
  async cancelled(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<void> {
    await this.messages.cancel(tx, { meetingId: meeting.id });
    for (const { id } of people.filter(takesPart)) {
      await this.messages.amend(tx, { memberId: id, template: 'invitation', values: { slots: [], startsAt: null, endsAt: null, answerBy: null } });
    }
    const asked = await this.heard(tx, meeting, pollKey(meeting), meeting.createdAt);
    const told = isDated(meeting) ? await this.heard(tx, meeting, fixedKey(meeting, ''), meeting.fixedAt!) : null;
    const context = isDated(meeting) ? await this.context(tx, theCase, meeting) : null;
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const asker = await this.restrictions.askers(tx, theCase);
    for (const member of people.filter(takesPart)) {
      const message = this.toMember(theCase, meeting, member);
      const stood = message.channel === 'mail' && (await this.copies.take(tx, meeting, member.id)) !== null;
      const knewDate = told?.(member) ?? false;
      if (!knewDate && !asked(member)) continue;
      // Who said no to the date is not waiting for it.
      if (isDated(meeting) && !stood && !mayCome(responseOf(meeting, member.id)?.answers, meeting.slotId)) continue;
      await this.messages.queue(tx, {
        ...message,
        template: 'meeting-cancelled',
        values: {
          resident: resident(asker, member, facilitator),
          facilitator: facilitator?.name,
          phone: facilitator?.phone,
          startsAt: knewDate ? forReader(meeting, member.id).startsAt!.toISOString() : null,
        },
        attachments: stood && knewDate ? [await this.calendar.attachment(tx, context!, member, 'CANCEL')] : [],
        key: `meeting-cancelled ${meeting.id} ${meeting.sequence} ${member.id}`,
      });
    }
  }

  /**
   * Takes the date out of one person's calendar: somebody who says no to it after all, or left (`left`: their links and contact
   * data end in this command, so the message stands apart from them and the meeting, and the log does not show to whom it went).
   * Once for each time that it stood there; nothing when the invitation never went.
   */
  async withdrawn(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, member: CircleMember, { left }: { left: boolean }): Promise<void> {
    const changes = await this.copies.take(tx, meeting, member.id);
    if (changes === null) return;
    await this.messages.cancel(tx, { memberId: member.id, meetingId: meeting.id, templates: ['meeting-fixed'] });
    if (!(await this.copies.went(tx, meeting.id, member.id, 'meeting-fixed'))) return;
    const context = await this.context(tx, theCase, meeting);
    const { memberId, meetingId, withLink, ...message } = this.toMember(theCase, meeting, member);
    if (message.channel !== 'mail') return;
    await this.messages.queue(tx, {
      ...message,
      // Only what stands in a calendar can go out of it.
      textTo: null,
      ...(left ? { isFarewell: true } : { memberId, meetingId, withLink }),
      template: 'meeting-left',
      values: { facilitator: context.facilitator?.name, phone: context.facilitator?.phone, startsAt: forReader(meeting, member.id).startsAt.toISOString(), left },
      attachments: [await this.calendar.attachment(tx, context, member, 'CANCEL')],
      key: leftKey(meeting, member.id, changes),
    });
  }

  /** Somebody comes again before they were told that it left their calendar: what waited is taken back, and nothing is to be said. */
  private async keptAfterAll(tx: Tx, meeting: DatedMeeting, memberId: string, changes: number): Promise<boolean> {
    const taken = await this.messages.cancel(tx, { memberId, meetingId: meeting.id, templates: ['meeting-left'] });
    return taken > 0 && !(await this.copies.went(tx, meeting.id, memberId, 'meeting-left', leftKey(meeting, memberId, changes - 1)));
  }

  /** Tells who leads the meeting in place of the case's facilitator that its date (`was`) is another, or off (`startsAt` null). */
  async toStandIn(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, was: Date, startsAt: Date | null): Promise<void> {
    const leader = meeting.facilitatorId === theCase.facilitatorId ? null : await this.staff.find(tx, meeting.facilitatorId);
    if (!leader?.email) return;
    await this.messages.queue(tx, {
      template: 'stand-in-date',
      channel: 'mail',
      to: { address: leader.email, name: leader.name },
      values: { reference: theCase.reference, was: was.toISOString(), startsAt: startsAt?.toISOString() ?? null },
      staffId: leader.id,
      caseId: theCase.id,
      meetingId: meeting.id,
      urgent: theCase.urgent,
      key: `stand-in-date ${meeting.id} ${meeting.sequence} ${startsAt ? 'moved' : 'off'}`,
    });
  }

  /** Asks somebody to lead the meeting, days ahead; what was not sent yet to another whom they asked before is taken back. */
  async chairAsked(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, asked: CircleMember | null): Promise<void> {
    await this.messages.cancel(tx, { meetingId: meeting.id, templates: ['chair-asked'] });
    if (!asked || !isDated(meeting) || hasBegun(meeting.startsAt, tx.now) || !mayHear(theCase, asked)) return;
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    await this.messages.queue(tx, {
      ...this.toMember(theCase, meeting, asked),
      template: 'chair-asked',
      values: {
        resident: resident(await this.restrictions.askers(tx, theCase), asked, facilitator),
        facilitator: facilitator?.name,
        phone: facilitator?.phone,
        startsAt: forReader(meeting, asked.id).startsAt.toISOString(),
      },
      key: `chair-asked ${meeting.id} ${meeting.version} ${asked.id}`,
    });
  }

  /** Somebody does not come: they are not reminded. */
  async unremind(tx: Tx, meetingId: string, memberId: string): Promise<void> {
    await this.messages.cancel(tx, { memberId, meetingId, templates: ['meeting-reminder'] });
  }

  /** A meeting with who leads its case, for calendars and messages. */
  async context(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting): Promise<MeetingContext> {
    const asker = await this.restrictions.askers(tx, theCase);
    return { theCase, meeting, asker, facilitator: await this.staff.find(tx, theCase.facilitatorId) };
  }

  /** Whether somebody heard of a date or a poll, by the message log; where it says nothing, of a date whether they may come to it. */
  private async heard(tx: Tx, meeting: MeetingRecord, key: string, since: Date): Promise<(member: CircleMember) => boolean> {
    const rows = await named<{ memberId: string; heard: boolean }>(tx, HEARD, [tx.organisationId, meeting.caseId, meeting.id, key, since]);
    const known = new Map(rows.map(({ memberId, heard }) => [memberId, heard]));
    const isDate = key !== pollKey(meeting);
    return ({ id }) => known.get(id) ?? (isDate && mayCome(responseOf(meeting, id)?.answers, meeting.slotId));
  }

  /**
   * To whom, how, and with a link of their own: a main person gets none by itself. A cancellation too goes to the address that
   * stands now: who reads the one before we do not know, and what went to it is kept nowhere.
   */
  toMember(
    theCase: CaseEntity,
    meeting: MeetingRecord,
    member: CircleMember,
  ): Omit<NewMessage<Template>, 'template' | 'values' | 'key'> {
    const { channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours } = this.circle.recipient(member);
    return {
      channel,
      to,
      otherwise,
      textTo,
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

/** The same for each time that somebody goes: `changes` is how often the date left their calendar and came back. */
const leftKey = ({ id }: MeetingRecord, memberId: string, changes: number): string => `meeting-left ${id} ${memberId} ${changes}`;
/** What is said of a date that stands: when another takes its place, none of it goes any more. */
const ABOUT_DATES: readonly Template[] = ['meeting-poll', 'poll-reminder', 'meeting-fixed', 'meeting-reminder', 'meeting-left'];

/** The beginning of the keys: each poll, and each date and place of a meeting, is said to somebody once. */
const pollKey = ({ id }: MeetingRecord): string => `meeting-poll ${id} `;
const fixedKey = ({ id, sequence }: MeetingRecord, of = `${sequence} `): string => `meeting-fixed ${id} ${of}`;

/** Who asks, for a reader who is not that person: somebody of whom they may hear, else the facilitator. */
export function resident(asker: MeetingContext['asker'], reader: CircleMember, facilitator: Staff | null): string | null {
  return reader.isMainPerson ? null : (asker(reader.id) ?? facilitator?.name ?? '');
}

/** As the message keeps them until it goes. */
const inJson = ({ startsAt, endsAt }: Slot): { startsAt: string; endsAt: string } => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

export function comers(meeting: DatedMeeting, people: readonly CircleMember[]): CircleMember[] {
  return people.filter((member) => takesPart(member) && mayCome(responseOf(meeting, member.id)?.answers, meeting.slotId));
}

import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { bareAddress } from '../messages/messages.jobs.js';
import type { Attachment } from '../messages/templates.rules.js';
import type { Staff } from '../people/staff.service.js';
import { InjectSettings } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { named, type Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { textsFor } from '../texts/texts.js';
import { day, time } from '../web/format.js';
import { renderInvitation, type CalendarInvitation } from './calendar.rules.js';
import type { Place } from './meetings.rules.js';
import { forReader } from './parts.rules.js';
import { CalendarCopies } from './calendar-copies.service.js';
import { placeFor, responseOf } from './meetings.policy.js';
import { ORGANISATION } from './meetings.queries.js';
import type { DatedMeeting } from './records.service.js';

/** Who asks for the date: one of the people, or the facilitator (null), who sees everything and is invited by nobody. */
export type Reader = CircleMember | null;

/** A fixed meeting with the people around it, as messages and calendars need it. */
export interface MeetingContext {
  theCase: CaseEntity;
  meeting: DatedMeeting;
  facilitator: Staff | null;
  /** Who asks, in what this reader may hear of. */
  asker: (readerId: string) => string | null;
}

/** The calendar entry of a meeting, rendered per reader: one ATTENDEE, and a home address only for those who come. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly publicUrl: PublicUrl,
    private readonly copies: CalendarCopies,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** As an attachment of a mail: the MIME type says the same METHOD as the text. */
  async attachment(tx: Tx, context: MeetingContext, reader: CircleMember, method: 'REQUEST' | 'CANCEL'): Promise<Attachment> {
    const { filename } = textsFor(reader.language ?? 'nl').meetings.calendar;
    return { filename, contentType: contentType(method), content: await this.render(tx, context, reader, method) };
  }

  /** As a file for the one who asks: an invitation for who has a mail address, else a publication. */
  async file(tx: Tx, context: MeetingContext, reader: Reader): Promise<Attachment> {
    const method = context.meeting.state === 'cancelled' ? 'CANCEL' : reader?.email ? 'REQUEST' : 'PUBLISH';
    const { filename } = textsFor(reader?.language ?? 'nl').meetings.calendar;
    return { filename, contentType: contentType(method), content: await this.render(tx, context, reader, method) };
  }

  /** Where it is, in words that this reader may read. */
  where({ theCase, meeting, asker }: Pick<MeetingContext, 'theCase' | 'meeting' | 'asker'>, reader: Reader): string {
    const place = whereFor(meeting, reader);
    const language = reader?.language ?? 'nl';
    const host = reader && !reader.isMainPerson ? asker(reader.id) : theCase.residentName;
    // Whose home it is may be what this reader must not hear.
    if (host === null && place.type === 'home') return textsFor(language).meetings.placesToCome.other;
    return placeInWords(place, reader?.isMainPerson ? null : host, language);
  }

  private async render(tx: Tx, context: MeetingContext, reader: Reader, method: CalendarInvitation['method']): Promise<string> {
    const { facilitator } = context;
    const meeting = reader ? forReader(context.meeting, reader.id) : context.meeting;
    const [organisation] = await named<{ name: string; phone: string | null }>(tx, ORGANISATION, [tx.organisationId]);
    const texts = textsFor(reader?.language ?? 'nl').meetings.calendar;
    return renderInvitation({
      uid: `${meeting.id}@${this.publicUrl.host}`,
      sequence: meeting.sequence + (reader ? await this.copies.changes(tx, meeting.id, reader.id) : 0),
      method,
      now: tx.now,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      summary: texts.summary,
      description: texts.description(facilitator?.name ?? organisation!.name, facilitator?.phone ?? organisation!.phone),
      // Who is not coming need not know where.
      location: method === 'CANCEL' ? null : this.where(context, reader),
      organiser: { name: organisation!.name, email: bareAddress(this.settings.mailFrom) },
      attendee: reader?.email ? { name: shownName(reader), email: reader.email, said: responseOf(meeting, reader.id)?.answers[meeting.slotId] } : null,
    });
  }
}

/** Who takes part at a distance gets where to join, and not the address of somebody's home. */
function whereFor(meeting: DatedMeeting, reader: Reader): Place {
  if (!reader) return meeting.place;
  return reader.takesPart === 'remote' ? { type: 'video', url: meeting.place.url } : placeFor(meeting, reader);
}

/** When it is, as everyone of the circle reads it on the timeline: the day alone where each comes at a time of their own. */
export function momentFor({ startsAt, parts }: DatedMeeting): string {
  return parts.length > 0 ? day(startsAt) : textsFor('nl').web.dates.at(day(startsAt), time(startsAt));
}

/** A place in one line; `resident` is whose home it is, null for themself. */
export function placeInWords(place: Place, resident: string | null, language: string): string {
  const { places, placesToCome } = textsFor(language).meetings;
  const details = [place.address, place.url].filter((detail) => detail !== undefined);
  if (place.type === 'home' || place.type === 'video') return [places[place.type](resident), ...details].join(', ');
  return details.length > 0 ? details.join(', ') : placesToCome[place.type];
}

function contentType(method: string): string {
  return `text/calendar; charset=utf-8; method=${method}`;
}

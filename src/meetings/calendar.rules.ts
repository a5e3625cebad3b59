import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { line, lines } from '../messages/plain.rules.js';

/** People see this zone; 14:00 stays 14:00 when the clocks change. */
export const MEETING_ZONE = 'Europe/Amsterdam';

/** The zone's rules since 1996, for calendars that do not know it by name (RFC 5545 wants them with every TZID). */
const ZONE_RULES = `BEGIN:VTIMEZONE
TZID:${MEETING_ZONE}
X-LIC-LOCATION:${MEETING_ZONE}
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`;

const METHODS = {
  REQUEST: { method: ICalCalendarMethod.REQUEST, status: ICalEventStatus.CONFIRMED },
  // RFC 5546 leaves STATUS out when one of many is taken off. Here each copy has one attendee, so for its reader the whole event is off;
  // Google and Exchange say the same, and Gmail keeps an entry without it.
  CANCEL: { method: ICalCalendarMethod.CANCEL, status: ICalEventStatus.CANCELLED },
  PUBLISH: { method: ICalCalendarMethod.PUBLISH, status: ICalEventStatus.CONFIRMED },
} as const;

/** What the reader said about the date, so that no calendar asks again what we know. */
const ANSWERED = {
  yes: ICalAttendeeStatus.ACCEPTED,
  'if-need-be': ICalAttendeeStatus.TENTATIVE,
  no: ICalAttendeeStatus.DECLINED,
} as const;

export interface CalendarInvitation {
  /** The same for every message about this meeting: calendars recognise it by this. */
  uid: string;
  /** Grows on every change of time or place, and on cancel. */
  sequence: number;
  /** `PUBLISH` is for a calendar that invites nobody: a feed, or a file without a reader. */
  method: keyof typeof METHODS;
  /** The instant of the command (DTSTAMP). */
  now: Date;
  startsAt: Date;
  endsAt: Date;
  /** Neutral: other people see this calendar. */
  summary: string;
  description?: string | null;
  location?: string | null;
  /** The service's address: an invitation outlives a change of facilitator. */
  organiser: { name: string; email: string };
  /** The one reader of this invitation; nobody sees who else is invited. */
  attendee?: { name: string; email: string; said?: keyof typeof ANSWERED } | null;
}

/**
 * One meeting as an iCalendar text (RFC 5545, iTIP RFC 5546) for one reader. It says `method` in its METHOD: the MIME type
 * that carries it must say the same. Nobody is asked to reply by mail (RSVP=FALSE): a reply would go to the service's address, where
 * nobody reads it, and an answer by mail shows whoever has the calendar. Answers come in over the personal page.
 */
export function renderInvitation(invitation: CalendarInvitation): string {
  const { method, status } = METHODS[invitation.method];
  const isOff = invitation.method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'Netwerkberaad', product: 'Netwerkberaad', language: 'NL' },
    method,
    // Without a name the instants of the calendar itself, such as DTSTAMP, stay in UTC.
    timezone: { name: null, generator: () => ZONE_RULES },
  });
  const event = calendar.createEvent({
    id: line(invitation.uid, 200),
    sequence: invitation.sequence,
    stamp: invitation.now,
    start: inZone(invitation.startsAt),
    end: inZone(invitation.endsAt),
    timezone: MEETING_ZONE,
    summary: line(invitation.summary, 200),
    status,
    class: ICalEventClass.PRIVATE,
    // Outlook reads its own property and not TRANSP.
    transparency: isOff ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    busystatus: isOff ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    organizer: { name: calendarName(invitation.organiser.name), email: calendarAddress(invitation.organiser.email) },
  });
  if (invitation.description) event.description(lines(invitation.description));
  if (invitation.location) event.location(line(invitation.location, 500));
  if (invitation.attendee) {
    event.createAttendee({
      name: calendarName(invitation.attendee.name),
      email: calendarAddress(invitation.attendee.email),
      role: ICalAttendeeRole.REQ,
      type: ICalAttendeeType.INDIVIDUAL,
      status: invitation.attendee.said ? ANSWERED[invitation.attendee.said] : ICalAttendeeStatus.NEEDSACTION,
      rsvp: false,
    });
  }
  return `${calendar.toString()}\r\n`;
}

export interface FeedEntry {
  uid: string;
  sequence: number;
  /** When it last changed (DTSTAMP): the same feed is the same text. */
  stamp: Date;
  startsAt: Date;
  endsAt: Date;
  /** Neutral: the feed lies at whoever keeps the reader's calendar. */
  summary: string;
  location: string;
  url: string;
  /** Only offered, in a poll: it takes no time yet. */
  tentative: boolean;
}

/** A feed asks to be read again so often. */
const FEED_SECONDS = 3600;

/** A facilitator's agenda as one calendar that is published (RFC 5546 PUBLISH): what is no longer in it is no longer on. */
export function renderFeed(name: string, entries: readonly FeedEntry[], organiser: { name: string; email: string }): string {
  const calendar = ical({
    prodId: { company: 'Netwerkberaad', product: 'Netwerkberaad', language: 'NL' },
    method: ICalCalendarMethod.PUBLISH,
    name: line(name, 200),
    ttl: FEED_SECONDS,
    timezone: { name: null, generator: () => ZONE_RULES },
  });
  for (const entry of entries) {
    const event = calendar.createEvent({
      id: line(entry.uid, 200),
      sequence: entry.sequence,
      stamp: entry.stamp,
      start: inZone(entry.startsAt),
      end: inZone(entry.endsAt),
      timezone: MEETING_ZONE,
      summary: line(entry.summary, 200),
      location: line(entry.location, 200),
      status: entry.tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      class: ICalEventClass.PRIVATE,
      transparency: entry.tentative ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      busystatus: entry.tentative ? ICalEventBusyStatus.TENTATIVE : ICalEventBusyStatus.BUSY,
      organizer: { name: calendarName(organiser.name), email: calendarAddress(organiser.email) },
    });
    event.url(entry.url);
  }
  return `${calendar.toString()}\r\n`;
}

function inZone(instant: Date): DateTime {
  return DateTime.fromJSDate(instant, { zone: MEETING_ZONE });
}

/** A CN parameter is a quoted string: it cannot hold the quote itself (RFC 5545 3.2), and a backslash means something in it. */
function calendarName(name: string): string {
  return line(name.replaceAll('"', "'").replaceAll('\\', ' '), 200) || '-';
}

/** The address as part of a mailto URI (RFC 6068): what could end the property or the URI is percent-encoded. */
function calendarAddress(email: string): string {
  return line(email, 254).replace(/[^\p{L}\p{N}.!#$&'*+/=^_`{|}~@-]/gu, (sign) => encodeURIComponent(sign));
}

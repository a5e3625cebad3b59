import ICAL from 'ical.js';
import { renderInvitation, type CalendarInvitation } from '../src/meetings/calendar.rules.js';

const meeting: CalendarInvitation = {
  uid: '019aa3d0-0000-7000-8000-000000000001@kring.example',
  sequence: 0,
  method: 'REQUEST',
  now: new Date('2026-11-20T09:15:00Z'),
  startsAt: new Date('2026-12-03T13:00:00Z'),
  endsAt: new Date('2026-12-03T15:00:00Z'),
  summary: 'Afspraak',
  description: 'Bel Fatma als je niet kunt.\nTot dan!',
  location: 'Buurthuis De Klok, Kerkstraat 1; zaal 2',
  organiser: { name: 'Netwerkberaad Voorbeeldstad', email: 'post@kring.example' },
  attendee: { name: 'Joost Bakker', email: 'joost@example.org' },
};

const hostile = [
  '<script>alert(1)</script>',
  'Ria\r\nATTENDEE:mailto:someone@else.example\r\nX-EVIL:1',
  'Ria\nEND:VEVENT',
  'Jan "Bolle" Jansen; de \\, tweede: ja',
  "=cmd|' /C calc'!A0",
  '\u202Egnp.exe\u2066 omgekeerd',
  'a'.repeat(5000),
  '👩‍👩‍👧‍👦'.repeat(400),
  'Yıldız ياسمين \u0000\u0007\u2028\ud800',
];

const parsed = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[] as never);
  const events = calendar.getAllSubcomponents('vevent');
  return { calendar, events, event: new ICAL.Event(events[0]), component: events[0]! };
};

describe('The calendar invitation', () => {
  it('says the same to a calendar as it says to a person', () => {
    const { calendar, event, component } = parsed(renderInvitation(meeting));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(event.uid).toBe(meeting.uid);
    expect(event.summary).toBe('Afspraak');
    expect(event.description).toBe(meeting.description);
    expect(event.location).toBe(meeting.location);
    expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(component.getFirstPropertyValue('class')).toBe('PRIVATE');
    expect(String(component.getFirstPropertyValue('organizer'))).toBe('mailto:post@kring.example');
  });

  it('has exactly one attendee, the reader, who is not asked to answer by mail', () => {
    const { component } = parsed(renderInvitation(meeting));
    const attendees = component.getAllProperties('attendee');
    expect(attendees).toHaveLength(1);
    expect(String(attendees[0]!.getFirstValue()).toLowerCase()).toBe('mailto:joost@example.org');
    expect(attendees[0]!.getParameter('cn')).toBe('Joost Bakker');
    expect(attendees[0]!.getParameter('rsvp')).toBe('FALSE');
  });

  it('has no attendee when there is no reader to name', () => {
    expect(
      parsed(renderInvitation({ ...meeting, method: 'PUBLISH', attendee: null })).component.getAllProperties('attendee'),
    ).toEqual([]);
  });

  it('takes DTSTAMP from the given instant, in UTC', () => {
    expect(renderInvitation(meeting)).toContain('\r\nDTSTAMP:20261120T091500Z\r\n');
  });

  it('keeps 14:00 at 14:00 in winter and in summer, with the rules of the zone in the file', () => {
    const summer = { ...meeting, startsAt: new Date('2027-06-03T12:00:00Z'), endsAt: new Date('2027-06-03T14:00:00Z') };
    for (const [invitation, utc] of [
      [meeting, '2026-12-03T13:00:00Z'],
      [summer, '2027-06-03T12:00:00Z'],
    ] as const) {
      const text = renderInvitation(invitation);
      expect(text).toMatch(/DTSTART;TZID=Europe\/Amsterdam:\d{8}T140000\r\n/);
      const { calendar, event } = parsed(text);
      const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!);
      expect(zone.tzid).toBe('Europe/Amsterdam');
      event.startDate.zone = zone;
      expect(event.startDate.toJSDate().toISOString()).toBe(new Date(utc).toISOString());
    }
  });

  it('knows the hour that the clocks change', () => {
    const night = { startsAt: new Date('2026-10-25T00:30:00Z'), endsAt: new Date('2026-10-25T01:30:00Z') };
    const { calendar } = parsed(renderInvitation({ ...meeting, ...night }));
    const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!);
    const offsetAt = (local: string) => zone.utcOffset(ICAL.Time.fromDateTimeString(local)) / 3600;
    expect([offsetAt('2026-10-25T01:59:00'), offsetAt('2026-10-25T03:30:00')]).toEqual([2, 1]);
    expect([offsetAt('2027-03-28T01:59:00'), offsetAt('2027-03-28T03:30:00')]).toEqual([1, 2]);
  });

  it('cancels what it invited to: same UID, higher SEQUENCE, METHOD and STATUS of a cancellation', () => {
    const { calendar, event, component } = parsed(renderInvitation({ ...meeting, method: 'CANCEL', sequence: 3 }));
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(event.uid).toBe(meeting.uid);
    expect(event.sequence).toBe(3);
    expect(component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('is the same text for the same input', () => {
    expect(renderInvitation(meeting)).toBe(renderInvitation(meeting));
  });

  it.each(hostile.map((text) => [text.slice(0, 30), text]))('stays one harmless event with %j in every field', (_, text) => {
    const ics = renderInvitation({
      ...meeting,
      summary: text,
      description: text,
      location: text,
      organiser: { name: text, email: 'post@kring.example' },
      attendee: { name: text, email: `x;y:"${text.slice(0, 40)}"@example.org` },
    });
    for (const row of ics.split('\r\n')) {
      expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75);
      // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
      expect(row).not.toMatch(/[\u0000-\u001f\u007f\u2028\u202a-\u202e\u2066-\u2069]/);
    }
    const { events, component } = parsed(ics);
    expect(events).toHaveLength(1);
    expect(component.getAllProperties('attendee')).toHaveLength(1);
    expect(component.getAllProperties('x-evil')).toHaveLength(0);
  });
});

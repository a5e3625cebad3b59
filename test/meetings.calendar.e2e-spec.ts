import ICAL from 'ical.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, answering, invite, plan, type MeetingStory } from './support/meetings.js';
import { PostOffice } from './support/post-office.js';
import { atTheTable } from './support/stories.js';

let office: PostOffice;
let test: TestApp;

beforeAll(async () => {
  office = await PostOffice.open();
  test = await startApp({ smtpUrl: office.url, mailFrom: 'Netwerkberaad <beraad@noord.example>' });
});
afterAll(async () => {
  await test.stop();
  await office.close();
});

type Received = PostOffice['received'][number];

/** One part of a mail as it went over the line. */
interface Part {
  type: string;
  encoding: string;
  disposition: string;
  body: string;
}

/** The leaves of a MIME message, in order, taken from the raw text. */
function parts(raw: string): Part[] {
  const [head, ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const headers = head!.replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
  const type = header('Content-Type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!boundary) return [{ type, encoding: header('Content-Transfer-Encoding'), disposition: header('Content-Disposition'), body }];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((part) => parts(part.replace(/^\r\n/, '')));
}

/** A calendar as an independent parser reads it. */
function calendarIn(mail: Received) {
  const found = parts(mail.raw).filter(({ type }) => type.startsWith('text/calendar'));
  const text = Buffer.from(found[0]!.body, 'base64').toString();
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[] as never);
  const events = calendar.getAllSubcomponents('vevent');
  const event = events[0]!;
  const value = (name: string): string => String(event.getFirstPropertyValue(name) ?? '');
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!);
  const start = event.getFirstPropertyValue('dtstart') as unknown as ICAL.Time;
  const stamp = value('dtstamp');
  start.zone = zone;
  return {
    parts: found,
    text,
    events,
    method: String(calendar.getFirstPropertyValue('method')),
    status: value('status'),
    uid: value('uid'),
    sequence: Number(value('sequence')),
    stamp,
    start: start.toJSDate().toISOString(),
    summary: value('summary'),
    location: value('location'),
    transp: value('transp'),
    busy: value('x-microsoft-cdo-busystatus'),
    organizer: value('organizer').toLowerCase(),
    attendees: event.getAllProperties('attendee').map((attendee) => ({
      address: String(attendee.getFirstValue()).toLowerCase(),
      rsvp: attendee.getParameter('rsvp'),
      partstat: attendee.getParameter('partstat'),
    })),
    zones: calendar.getAllSubcomponents('vtimezone'),
    alarms: event.getAllSubcomponents('valarm').length,
  };
}

const hasCalendar = ({ raw }: Received): boolean => raw.includes('text/calendar');
/** Everything with an appointment that one person got, oldest first. */
const appointmentsTo = (story: MeetingStory, name: string) =>
  office.received.filter((mail) => mail.envelope.to[0] === story.mail(name) && hasCalendar(mail)).map(calendarIn);
const outline = (story: MeetingStory, name: string): string[] =>
  appointmentsTo(story, name).map(({ method, sequence }) => `${method} ${sequence}`);

const SLOT = { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' };
const HOME = { place: { type: 'home', address: 'Lindelaan 4, Noord' } };

async function fixedMeeting(changes: Record<string, unknown> = {}) {
  const story = await aMeetingStory(test);
  await invite(story, 'Ria', 'Joost');
  const meeting = await plan(story, [SLOT], { ...HOME, ...changes });
  await test.deliver();
  const ria = await atTheTable(test, story, story.members.Ria!.id);
  const say = (who: Caller, name: string, answer: string) =>
    who.put(answering(meeting, story, name), { answers: { [meeting.slotId!]: answer } }).expect(200);
  return { story, meeting, ria, say };
}

describe('From invitation to cancellation, as a mail server receives it', () => {
  let story: MeetingStory;
  let meetingId: string;
  let ria: Received[];
  let all: Received[];

  beforeAll(async () => {
    const before = office.received.length;
    const fixed = await fixedMeeting();
    ({ story } = fixed);
    meetingId = fixed.meeting.id;
    test.clock.advance({ minutes: 5 });
    await fixed.say(fixed.ria, 'Ria', 'no');
    await test.deliver();
    test.clock.advance({ minutes: 5 });
    await fixed.say(fixed.ria, 'Ria', 'yes');
    await test.deliver();
    test.clock.advance({ minutes: 5 });
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'resident-stops' }).expect(200);
    await test.deliver();
    all = office.received.slice(before).filter(hasCalendar);
    ria = all.filter(({ envelope }) => envelope.to[0] === story.mail('Ria'));
  });

  it('Outlook: METHOD in the calendar equals method in the MIME type, in both parts, with a charset', () => {
    expect(all.length).toBeGreaterThanOrEqual(8);
    for (const mail of all) {
      const { parts: found, method } = calendarIn(mail);
      expect(found).toHaveLength(2);
      for (const { type } of found) expect(type.toLowerCase()).toMatch(new RegExp(`method=${method.toLowerCase()}\\b`));
      for (const { type } of found) expect(type.toLowerCase()).toContain('charset=utf-8');
    }
  });

  it('Outlook: a copy is found again by the same UID, and each message has a SEQUENCE that is not lower than the last', () => {
    const messages = ria.map(calendarIn);
    expect(messages.map(({ method, sequence }) => `${method} ${sequence}`)).toEqual(['REQUEST 0', 'CANCEL 1', 'REQUEST 2', 'CANCEL 3']);
    expect(new Set(messages.map(({ uid }) => uid))).toEqual(new Set([`${meetingId}@localhost`]));
    expect([...messages.map(({ stamp }) => stamp)].sort()).toEqual(messages.map(({ stamp }) => stamp));
    expect(new Set(messages.map(({ stamp }) => stamp)).size).toBe(4);
  });

  it('Outlook: the organiser is another than the attendee, and the sender of the mail', () => {
    for (const mail of all) {
      const { organizer, attendees } = calendarIn(mail);
      expect(organizer).toBe('mailto:beraad@noord.example');
      expect(mail.from!.value[0]!.address).toBe('beraad@noord.example');
      expect(attendees.map(({ address }) => address)).not.toContain(organizer);
    }
  });

  it('Outlook: free or busy stands in its own property, and an appointment that is off leaves the time free', () => {
    for (const { method, busy, transp } of all.map(calendarIn)) {
      expect([method, busy, transp]).toEqual(method === 'CANCEL' ? ['CANCEL', 'FREE', 'TRANSPARENT'] : ['REQUEST', 'BUSY', 'OPAQUE']);
    }
  });

  it('Outlook: the time zone has a name with its rules in the file, one for both instants', () => {
    for (const { zones, text } of all.map(calendarIn)) {
      expect(zones.map((zone) => zone.getFirstPropertyValue('tzid'))).toEqual(['Europe/Amsterdam']);
      expect(text).toMatch(/DTSTART;TZID=Europe\/Amsterdam:20270114T140000\r\nDTEND;TZID=Europe\/Amsterdam:20270114T160000\r\n/);
    }
  });

  it('Outlook and servers on the way: base64, so that no line is broken or joined, and CRLF inside', () => {
    for (const { parts: found, text } of all.map(calendarIn)) {
      expect(found.map(({ encoding }) => encoding)).toEqual(['base64', 'base64']);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const row of text.split('\r\n')) expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75);
    }
  });

  it('Gmail: the calendar is the last alternative beside text and HTML, and an .ics file is attached too', () => {
    for (const mail of all) {
      const types = parts(mail.raw).map(({ type, disposition }) => `${type.split(';')[0]} ${disposition.split(';')[0]}`.trim());
      expect(types).toEqual(['text/plain', 'text/html', 'text/calendar', 'text/calendar attachment']);
      expect(mail.raw).toMatch(/multipart\/alternative/);
      expect(parts(mail.raw).at(-1)!.disposition).toMatch(/filename="?[\w-]+\.ics"?/);
    }
  });

  it('Gmail: an appointment goes only with STATUS:CANCELLED, also when it goes for one', () => {
    for (const { method, status } of all.map(calendarIn)) expect(status).toBe(method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
  });

  it('Gmail: one attendee in each mail, the reader, so that nobody learns who else is asked', () => {
    for (const mail of all) {
      const { attendees, text } = calendarIn(mail);
      expect(attendees.map(({ address }) => address)).toEqual([`mailto:${mail.envelope.to[0]}`]);
      const others = ['Sanne', 'Ria', 'Joost'].map((name) => story.mail(name)).filter((address) => address !== mail.envelope.to[0]);
      const unfolded = text.replaceAll('\r\n ', '').toLowerCase();
      for (const other of others) expect(unfolded).not.toContain(other);
    }
  });

  it('Gmail and Apple: nobody is asked to answer by mail, and what somebody said on their page is not asked again', () => {
    for (const { attendees } of all.map(calendarIn)) expect(attendees[0]!.rsvp).toBe('FALSE');
    expect(ria.map((mail) => calendarIn(mail).attendees[0]!.partstat)).toEqual(['NEEDS-ACTION', 'DECLINED', 'ACCEPTED', 'ACCEPTED']);
  });

  it('Apple: the zone in the file is used as it is given, and says 14:00 in winter time', () => {
    for (const { start } of all.map(calendarIn)) expect(start).toBe('2027-01-14T13:00:00.000Z');
  });

  it('Apple: no alarm of ours beside the reminders that people get', () => {
    for (const { alarms } of all.map(calendarIn)) expect(alarms).toBe(0);
  });

  it('everyone: a neutral title, DTSTAMP in UTC, and no place in a cancellation', () => {
    for (const { summary, stamp, method, location } of all.map(calendarIn)) {
      expect(summary).toBe('Afspraak');
      expect(stamp).toMatch(/Z$/);
      if (method === 'CANCEL') expect(location).toBe('');
      else expect(location).toContain('Lindelaan 4');
    }
  });

  it('who never said no hears of the cancellation once', () => {
    expect(outline(story, 'Joost')).toEqual(['REQUEST 0', 'CANCEL 1']);
    expect(outline(story, 'Sanne')).toEqual(['REQUEST 0', 'CANCEL 1']);
  });
});

describe('For one', () => {
  it('who says no gets it out of their calendar once, however often they say it', async () => {
    const { story, ria, say } = await fixedMeeting();
    await say(ria, 'Ria', 'no');
    await say(ria, 'Ria', 'no');
    await test.deliver();
    await say(story.facilitator, 'Ria', 'no');
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'CANCEL 1']);
    expect(outline(story, 'Joost')).toEqual(['REQUEST 0']);
    const said = office.received.findLast(({ envelope }) => envelope.to[0] === story.mail('Ria'))!;
    expect(said.subject).toBe('De afspraak gaat uit je agenda');
    expect(said.text).toContain('donderdag 14 januari 2027 om 14.00 uur');
    expect(said.text).not.toContain('Lindelaan');
  });

  it('who changes their mind before the mail went hears nothing of it', async () => {
    const { story, ria, say } = await fixedMeeting();
    await say(ria, 'Ria', 'no');
    await say(ria, 'Ria', 'yes');
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0']);
    await say(ria, 'Ria', 'no');
    await test.deliver();
    await say(ria, 'Ria', 'if-need-be');
    await test.deliver();
    const [, cancel, again] = appointmentsTo(story, 'Ria');
    expect([cancel!.method, again!.method]).toEqual(['CANCEL', 'REQUEST']);
    expect(again!.sequence).toBeGreaterThan(cancel!.sequence);
    expect(again!.attendees[0]!.partstat).toBe('TENTATIVE');
  });

  it('who says no before the invitation went never hears of it', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Ria');
    const meeting = await plan(story, [SLOT], HOME);
    await story.facilitator.put(answering(meeting, story, 'Ria'), { answers: { [meeting.slotId!]: 'no' } }).expect(200);
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual([]);
  });

  it.each(['removal', 'refusal', 'unreachable'])('who leaves (%s) loses the date and not the others; the log does not show to whom it went', async (way) => {
    const { story, meeting } = await fixedMeeting();
    const { id } = story.members.Ria!;
    await story.facilitator.post(`/v1/circle-members/${id}/${way}`, way === 'unreachable' ? {} : { reason: 'other' }).expect(200);
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'resident-stops' }).expect(200);
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'CANCEL 1']);
    expect(outline(story, 'Joost')).toEqual(['REQUEST 0', 'CANCEL 1']);
    const log = await story.facilitator.get(`/v1/messages?caseId=${story.id}&limit=100`).expect(200);
    const items = (log.body as { items: { template: string; to: string; state: string }[] }).items;
    expect(items.filter(({ template }) => template === 'meeting-left')).toMatchObject([{ to: '…', state: 'sent' }]);
    expect(meeting.state).toBe('fixed');
  });

  it('who takes themself out gets the date out of their calendar, without a link to come back', async () => {
    const { story, ria } = await fixedMeeting();
    await ria.post(`/v1/circle-members/${story.members.Ria!.id}/removal`, {}).expect(200);
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'CANCEL 1']);
    const last = office.received.findLast(({ envelope }) => envelope.to[0] === story.mail('Ria'))!;
    expect(last.text).not.toContain('/l/');
  });

  it('who has another mail address by then hears it there, and nothing goes to the address before', async () => {
    const { story } = await fixedMeeting();
    const email = `nieuw.${story.mail('Ria')}`;
    await story.facilitator.patch(`/v1/circle-members/${story.members.Ria!.id}`, { email }).set('If-Match', '*').expect(200);
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'resident-stops' }).expect(200);
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0']);
    const elsewhere = office.received.filter((mail) => mail.envelope.to[0] === email && hasCalendar(mail)).map(calendarIn);
    expect(elsewhere.map(({ method, sequence }) => `${method} ${sequence}`)).toEqual(['CANCEL 1']);
    expect(elsewhere[0]!.attendees[0]!.address).toBe(`mailto:${email}`);
  });

  it('who has said no gets no second cancellation when the meeting is off for all', async () => {
    const { story, ria, say } = await fixedMeeting();
    await say(ria, 'Ria', 'no');
    await test.deliver();
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'resident-stops' }).expect(200);
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'CANCEL 1']);
  });

  it('a handover breaks no invitation: nothing is sent, and the organiser stays the service', async () => {
    const { story } = await fixedMeeting();
    const next = await test.staff('Olga Opvolger', 'facilitator');
    const count = appointmentsTo(story, 'Joost').length;
    await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: next.id, reason: 'leave' }).expect(200);
    await test.deliver();
    expect(appointmentsTo(story, 'Joost')).toHaveLength(count);
    await next.post(`/v1/cases/${story.id}/stop`, { reason: 'resident-stops' }).expect(200);
    await test.deliver();
    const [request, cancel] = appointmentsTo(story, 'Joost');
    expect(cancel!.organizer).toBe(request!.organizer);
    expect(cancel!.uid).toBe(request!.uid);
  });
});

describe('Moved', () => {
  const move = (story: MeetingStory, id: string, body: object) => story.facilitator.post(`/v1/meetings/${id}/move`, body).expect(200);
  const LATER = { startsAt: '2027-01-21T18:30:00Z', endsAt: '2027-01-21T20:30:00Z' };

  it('in time: an update of the same appointment with a higher SEQUENCE, at the new time', async () => {
    const { story, meeting } = await fixedMeeting();
    await move(story, meeting.id, LATER);
    await test.deliver();
    for (const name of ['Sanne', 'Ria', 'Joost']) {
      const [before, after, ...more] = appointmentsTo(story, name);
      expect(more).toEqual([]);
      expect([before!.method, after!.method, after!.status]).toEqual(['REQUEST', 'REQUEST', 'CONFIRMED']);
      expect(after!.uid).toBe(before!.uid);
      expect([before!.sequence, after!.sequence]).toEqual([0, 1]);
      expect(after!.start).toBe('2027-01-21T18:30:00.000Z');
    }
  });

  it('in place only: an update for who comes, nothing for who said no, and the home address for neither of those who do not come', async () => {
    const { story, meeting, ria, say } = await fixedMeeting({ place: { type: 'other', address: 'Buurthuis De Klok' } });
    await say(ria, 'Ria', 'no');
    await test.deliver();
    await move(story, meeting.id, { ...SLOT, ...HOME });
    await test.deliver();
    expect(outline(story, 'Joost')).toEqual(['REQUEST 0', 'REQUEST 1']);
    expect(appointmentsTo(story, 'Joost').at(-1)!.location).toContain('Lindelaan 4');
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'CANCEL 1']);
    const all = office.received.filter(({ envelope }) => envelope.to[0] === story.mail('Ria'));
    for (const { text, raw } of all) expect(`${text} ${raw}`).not.toContain('Lindelaan');
  });

  it('to another day, who had said no is asked again: their copy comes back newer than it went', async () => {
    const { story, meeting, ria, say } = await fixedMeeting();
    await say(ria, 'Ria', 'no');
    await test.deliver();
    await move(story, meeting.id, LATER);
    await test.deliver();
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'CANCEL 1', 'REQUEST 3']);
    expect(appointmentsTo(story, 'Ria').at(-1)!.attendees[0]!.partstat).toBe('NEEDS-ACTION');
  });

  it('over the day on which the clocks change, 14:00 stays 14:00', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [{ startsAt: '2027-03-27T13:00:00Z', endsAt: '2027-03-27T15:00:00Z' }]);
    await test.deliver();
    await move(story, meeting.id, { startsAt: '2027-03-28T12:00:00Z', endsAt: '2027-03-28T14:00:00Z' });
    await test.deliver();
    const [before, after] = appointmentsTo(story, 'Sanne');
    expect([before!.text, after!.text].map((text) => /DTSTART;TZID=Europe\/Amsterdam:(\w+)/.exec(text)![1])).toEqual([
      '20270327T140000',
      '20270328T140000',
    ]);
    expect([before!.start, after!.start]).toEqual(['2027-03-27T13:00:00.000Z', '2027-03-28T12:00:00.000Z']);
    const mails = office.received.filter(({ envelope }) => envelope.to[0] === story.mail('Sanne'));
    expect(mails.every(({ text }) => text!.includes('14.00'))).toBe(true);
  });

  it('and then called off: one cancellation, newer than all that went before', async () => {
    const { story, meeting, ria } = await fixedMeeting();
    await move(story, meeting.id, LATER);
    await test.deliver();
    const moved = (await ria.get(`/v1/meetings/${meeting.id}`).expect(200)).body as { slotId: string };
    await ria.put(answering(meeting, story, 'Ria'), { answers: { [moved.slotId]: 'no' } }).expect(200);
    await test.deliver();
    await story.facilitator.post(`/v1/meetings/${meeting.id}/cancellation`, { reason: 'illness' }).expect(200);
    await test.deliver();
    expect(outline(story, 'Joost')).toEqual(['REQUEST 0', 'REQUEST 1', 'CANCEL 2']);
    expect(outline(story, 'Ria')).toEqual(['REQUEST 0', 'REQUEST 1', 'CANCEL 2']);
  });
});

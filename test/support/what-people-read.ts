import { afterQuietHours, withinSafeHours } from '../../src/messages/messages.rules.js';
import { render } from '../../src/messages/templates.rules.js';
import { absenceSpan, suggestedMoments, warningsFor } from '../../src/meetings/availability.rules.js';
import { renderFeed, renderInvitation } from '../../src/meetings/calendar.rules.js';
import { instantAt, localTime } from '../../src/meetings/meetings.rules.js';
import { answerByOf } from '../../src/meetings/polls.rules.js';
import { remindersOf } from '../../src/meetings/reminders.rules.js';
import { localDay } from '../../src/platform/local-day.js';
import { isHoliday, plusDays, plusWorkingDays } from '../../src/platform/working-days.js';
import { MESSAGE_LANGUAGES } from '../../src/texts/message-languages.js';
import { day, dayOfYear, shortDay, time } from '../../src/web/format.js';

// Prints everything about a few dates that depends on a zone, so that two servers in different zones can be compared.

const HOUR_MS = 3_600_000;
const ORGANISER = { name: 'Netwerkberaad', email: 'post@kring.example' };
const NOW = new Date('2026-10-20T21:30:00Z');
/** Winter, summer, both nights that the clocks change, and evenings on which it is another day elsewhere. */
const STARTS = ['2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-12-03T13:00:00Z', '2026-12-31T23:15:00Z', '2027-03-28T00:30:00Z', '2027-03-28T01:00:00Z', '2027-06-10T21:45:00Z'];

const atDates = STARTS.map((start) => {
  const startsAt = new Date(start);
  const endsAt = new Date(startsAt.getTime() + 2 * HOUR_MS);
  const invitation = { uid: 'een@kring.example', sequence: 0, method: 'REQUEST', now: NOW, startsAt, endsAt, summary: 'Afspraak', organiser: ORGANISER } as const;
  const feed = renderFeed('Beraden', [{ uid: 'een@kring.example', sequence: 0, stamp: NOW, startsAt, endsAt, summary: 'Afspraak', location: '', url: 'https://kring.example/', tentative: false }], ORGANISER);
  const about = { organisation: 'Noord', link: 'https://kring.example/a', linkEndsAt: endsAt, site: 'https://kring.example', hasCalendar: true, phone: null };
  const mails = MESSAGE_LANGUAGES.map((language) => render('meeting-fixed', { name: 'Joost', language, values: { resident: 'Sanne', startsAt, endsAt, place: 'Buurthuis', movedFrom: NOW } }, about));
  return {
    start,
    invitation: renderInvitation(invitation),
    feed,
    mails,
    page: [day(start), dayOfYear(start), shortDay(start), time(start), localTime(startsAt), localDay(startsAt)],
    reminders: remindersOf(startsAt, NOW, false),
    answerBy: answerByOf([{ startsAt, endsAt }], NOW, false),
    mayRing: [afterQuietHours(startsAt), withinSafeHours(startsAt, { from: 600, until: 720 })],
    warnings: warningsFor([{ id: start, startsAt, endsAt }], { hours: [{ weekday: 4, from: 540, until: 1440 }], capacity: null, people: 1 }),
  };
});

const DAYS = Array.from({ length: 800 }, (_, nth) => plusDays('2026-10-01', nth));

process.stdout.write(
  JSON.stringify({
    ranIn: new Date(STARTS[0]!).getTimezoneOffset(),
    atDates,
    typed: ['2026-10-25T02:30', '2027-03-28T02:30', '2027-03-28T03:00', '2026-12-03T14:00'].map((typed) => instantAt(typed.slice(0, 10), typed.slice(11))),
    away: absenceSpan({ from: '2027-03-28', to: '2027-03-28' }, NOW),
    free: suggestedMoments(NOW, { hours: [], taken: [], most: 20, travelMinutes: 30 }),
    holidays: DAYS.filter(isHoliday),
    termEnds: plusWorkingDays('2026-12-23', 5),
  }),
);

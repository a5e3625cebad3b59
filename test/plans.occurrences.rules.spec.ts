import { occurrences } from '../src/plans/occurrences.rules.js';

const days = (every: string, startsOn: string, until: string, from = startsOn): string => occurrences(every, { startsOn, from, until }).join(' ');

it.each<[what: string, every: string, startsOn: string, until: string, expected: string]>([
  ['every day over the change to winter time', 'day', '2026-10-24', '2026-10-27', '2026-10-24 2026-10-25 2026-10-26 2026-10-27'],
  ['every day over the change to summer time', 'day', '2027-03-27', '2027-03-29', '2027-03-27 2027-03-28 2027-03-29'],
  ['every week over both sides of winter time', 'week', '2026-10-19', '2026-11-02', '2026-10-19 2026-10-26 2026-11-02'],
  ['every week over summer time', 'FREQ=WEEKLY;BYDAY=MO', '2027-03-20', '2027-04-05', '2027-03-22 2027-03-29 2027-04-05'],
  ['every other week over New Year', 'two-weeks', '2026-12-17', '2027-01-31', '2026-12-17 2026-12-31 2027-01-14 2027-01-28'],
  ['every other week on two days', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', '2026-12-21', '2027-01-10', '2026-12-21 2026-12-24 2027-01-04 2027-01-07'],
  ['the week begins on Sunday where it is said', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU', '2026-12-24', '2027-01-31', '2027-01-03 2027-01-17 2027-01-31'],
  ['weekdays', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-12-31', '2027-01-05', '2026-12-31 2027-01-01 2027-01-04 2027-01-05'],
  ['every month from the last day of the longest', 'month', '2027-12-31', '2028-04-30', '2027-12-31 2028-01-31 2028-02-29 2028-03-31 2028-04-30'],
  ['every month from the 30th in a year without a leap day', 'month', '2027-01-30', '2027-03-31', '2027-01-30 2027-02-28 2027-03-30'],
  ['every day over a leap day', 'day', '2028-02-28', '2028-03-01', '2028-02-28 2028-02-29 2028-03-01'],
  ['29 February each year comes in a leap year only', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2027-06-01', '2029-05-01', '2028-02-29'],
  ['the last Friday of the month', 'FREQ=MONTHLY;BYDAY=-1FR', '2026-11-21', '2027-01-31', '2026-11-27 2026-12-25 2027-01-29'],
  ['so many times', 'FREQ=DAILY;COUNT=2', '2026-12-31', '2027-06-01', '2026-12-31 2027-01-01'],
  ['until a day, that day too', 'FREQ=WEEKLY;UNTIL=20270107', '2026-12-31', '2027-06-01', '2026-12-31 2027-01-07'],
  ['until an instant that is the next day here', 'FREQ=DAILY;UNTIL=20261231T230000Z', '2026-12-30', '2027-06-01', '2026-12-30 2026-12-31 2027-01-01'],
  ['an RRULE with its name before it, in small letters', 'rrule:freq=weekly;count=1', '2026-12-31', '2027-06-01', '2026-12-31'],
  ['nothing that began after it', 'week', '2027-01-01', '2026-12-31', ''],
])('%s', (_, every, startsOn, until, expected) => {
  expect(days(every, startsOn, until)).toBe(expected);
});

it('Counts from the start, whatever part of it is asked for', () => {
  expect(days('two-weeks', '2026-11-05', '2027-01-01', '2026-12-04')).toBe('2026-12-17 2026-12-31');
  expect(days('FREQ=DAILY;COUNT=3', '2026-11-05', '2027-01-01', '2026-11-07')).toBe('2026-11-07');
});

it('A rule without an end gives what is asked for, of two years at most', () => {
  expect(occurrences('day', { startsOn: '2026-11-21', from: '2026-11-21', until: '2100-01-01' })).toHaveLength(731);
});

it.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2', 'FREQ=DAILY;BYSETPOS=2', 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31'])(
  '%s never comes, and nobody waits for it',
  (every) => {
    for (const year of [2026, 2027, 2028]) expect(days(every, `${year}-11-21`, `${year + 1}-11-21`)).toBe('');
  },
);

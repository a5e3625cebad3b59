import { mayRemindFrom, remindersOf, stillHelps } from '../src/meetings/reminders.rules.js';

const at = (instant: string): Date => new Date(`${instant}:00Z`);
const planned = (startsAt: string, now: string, urgent = false): string[] =>
  remindersOf(at(startsAt), at(now), urgent).map(({ which, runAt }) => `${which} ${runAt.toISOString().slice(0, 16)}`);

it.each([
  ['an afternoon: its own hour', '2026-12-10T13:00', '2026-11-16T08:30', ['week 2026-12-03T13:00', 'day 2026-12-09T13:00']],
  ['the first day of summer time: its own hour the day before', '2027-03-28T12:00', '2027-03-01T08:30', ['week 2027-03-21T13:00', 'day 2027-03-27T13:00']],
  ['the day after: in summer', '2027-03-29T12:00', '2027-03-01T08:30', ['week 2027-03-22T13:00', 'day 2027-03-28T12:00']],
  ['the first day of winter time', '2026-10-25T13:00', '2026-10-01T08:30', ['week 2026-10-18T12:00', 'day 2026-10-24T12:00']],
  ['an hour that does not exist the day before: in the morning', '2027-03-29T00:30', '2027-03-01T08:30', ['week 2027-03-22T07:00', 'day 2027-03-28T06:00']],
  ['half past nine in the evening: at eight', '2026-11-26T20:30', '2026-11-01T08:30', ['week 2026-11-19T19:00', 'day 2026-11-25T19:00']],
  ['nine in the evening: at eight', '2026-11-26T20:00', '2026-11-01T08:30', ['week 2026-11-19T19:00', 'day 2026-11-25T19:00']],
  ['a minute before nine: its own hour', '2026-11-26T19:59', '2026-11-01T08:30', ['week 2026-11-19T19:59', 'day 2026-11-25T19:59']],
  ['seven in the morning: at eight', '2026-11-26T06:00', '2026-11-01T08:30', ['week 2026-11-19T07:00', 'day 2026-11-25T07:00']],
  ['eight in the morning: its own hour', '2026-11-26T07:00', '2026-11-01T08:30', ['week 2026-11-19T07:00', 'day 2026-11-25T07:00']],
  ['within a week: the day before only', '2026-11-20T13:00', '2026-11-16T08:30', ['day 2026-11-19T13:00']],
  ['a week ahead to the minute: the day before only', '2026-11-23T13:00', '2026-11-16T13:00', ['day 2026-11-22T13:00']],
  ['today', '2026-11-16T13:00', '2026-11-16T08:30', []],
  ['tomorrow, earlier than now', '2026-11-17T07:30', '2026-11-16T08:30', []],
])('people are reminded of %s', (_, startsAt, now, moments) => {
  expect(planned(startsAt, now)).toEqual(moments);
});

it('an urgent meeting has its reminder at its own hour, also at night', () => {
  expect(planned('2026-11-18T22:30', '2026-11-16T08:30', true)).toEqual(['day 2026-11-17T22:30']);
});

it.each([
  ['week', '2026-11-19T12:59', true],
  ['week', '2026-11-19T13:00', false],
  ['day', '2026-11-22T12:59', true],
  ['day', '2026-11-22T13:00', false],
  ['day', '2026-11-23T13:00', false],
] as const)('a reminder of the %s helps at %s: %s', (which, now, helps) => {
  expect(stillHelps(which, at('2026-11-22T13:00'), at(now))).toBe(helps);
});

it.each([
  ['in the day', '2026-11-16T12:00', false, '2026-11-16T12:00'],
  ['at eight', '2026-11-16T07:00', false, '2026-11-16T07:00'],
  ['a minute before eight', '2026-11-16T06:59', false, '2026-11-16T07:00'],
  ['a minute before nine in the evening', '2026-11-16T19:59', false, '2026-11-16T19:59'],
  ['at nine in the evening', '2026-11-16T20:00', false, '2026-11-17T07:00'],
  ['past midnight', '2026-11-16T23:30', false, '2026-11-17T07:00'],
  ['in the night on which summer begins', '2027-03-27T22:00', false, '2027-03-28T06:00'],
  ['in the night on which summer ends', '2026-10-24T21:00', false, '2026-10-25T07:00'],
  ['at night when it is urgent', '2026-11-16T23:30', true, '2026-11-16T23:30'],
])('a reminder that runs %s goes', (_, now, urgent, from) => {
  expect(mayRemindFrom(at(now), urgent)).toEqual(at(from));
});

import { answerByErrors, answerByOf, hadTime, pollRemindersOf } from '../src/meetings/polls.rules.js';

const at = (instant: string): Date => new Date(instant);
const slot = (startsAt: string): { startsAt: Date; endsAt: Date } => ({ startsAt: at(startsAt), endsAt: new Date(at(startsAt).getTime() + 7_200_000) });
const words = (instants: Date[]): string[] => instants.map((instant) => instant.toISOString().slice(0, 16));

it.each([
  ['on a Monday: Thursday, 20:00', '2026-11-16T08:30', '2026-12-10T13:00', false, '2026-11-19T19:00'],
  ['on a Wednesday: the weekend does not count', '2026-11-18T08:30', '2026-12-10T13:00', false, '2026-11-23T19:00'],
  ['on a Friday', '2026-11-20T08:30', '2026-12-10T13:00', false, '2026-11-25T19:00'],
  ['on a Saturday', '2026-11-21T08:30', '2026-12-10T13:00', false, '2026-11-25T19:00'],
  ['past midnight here, still Sunday in UTC', '2026-11-15T23:30', '2026-12-10T13:00', false, '2026-11-19T19:00'],
  ['before Christmas: the holidays do not count', '2026-12-23T09:00', '2027-01-20T13:00', false, '2026-12-29T19:00'],
  ['before Easter and Good Friday, over the night on which summer begins', '2027-03-25T09:00', '2027-04-20T12:00', false, '2027-04-01T18:00'],
  ['over the night on which summer ends', '2026-10-23T08:00', '2026-11-20T13:00', false, '2026-10-28T19:00'],
  ['three days ahead: a day before the first date', '2026-11-16T08:30', '2026-11-19T08:30', false, '2026-11-18T08:30'],
  ['a day before the first date, to the minute at two days', '2026-11-16T08:30', '2026-11-18T08:30', false, '2026-11-17T08:30'],
  ['tomorrow: half the time to it', '2026-11-16T08:30', '2026-11-17T08:30', false, '2026-11-16T20:30'],
  ['in an hour: half the time to it', '2026-11-16T08:30', '2026-11-16T09:30', false, '2026-11-16T09:00'],
  ['urgent: two hours', '2026-11-16T08:30', '2026-11-19T13:00', true, '2026-11-16T10:30'],
  ['urgent at night too', '2026-11-16T22:30', '2026-11-17T13:00', true, '2026-11-17T00:30'],
  ['urgent with a first date in four hours', '2026-11-16T08:30', '2026-11-16T12:30', true, '2026-11-16T10:30'],
  ['urgent with a first date in two hours: one', '2026-11-16T08:30', '2026-11-16T10:30', true, '2026-11-16T09:30'],
])('a poll is open until %s', (_, now, first, urgent, until) => {
  const later = slot(`${first}:00Z`);
  later.startsAt = new Date(later.startsAt.getTime() + 86_400_000);
  // The first date counts, wherever it stands.
  expect(words([answerByOf([later, slot(`${first}:00Z`)], at(`${now}:00Z`), urgent)])).toEqual([until]);
});

it('ends before the first date, and at least a day before where there are two days, whenever it is opened', () => {
  for (let hours = 0; hours < 24 * 14; hours += 5) {
    const now = new Date(at('2026-12-18T00:00:00Z').getTime() + hours * 3_600_000);
    for (const ahead of [1, 6, 24, 47, 48, 49, 72, 96, 200, 400]) {
      const first = new Date(now.getTime() + ahead * 3_600_000);
      const until = answerByOf([slot(first.toISOString())], now, false);
      expect(until.getTime()).toBeGreaterThan(now.getTime());
      expect((first.getTime() - until.getTime()) / 3_600_000).toBeGreaterThanOrEqual(ahead >= 48 ? 24 : ahead / 2);
      expect(answerByOf([slot(first.toISOString())], now, true).getTime()).toBeLessThanOrEqual(now.getTime() + Math.min(2, ahead / 2) * 3_600_000);
    }
  }
});

const two = ['2026-11-20T13:00:00Z', '2026-11-18T13:00:00Z'];
it.each([
  ['none given', undefined, two, []],
  ['none given, of one date', undefined, two.slice(1), []],
  ['given with nothing to choose from', '2026-11-17T12:00:00Z', [], []],
  ['of one date', '2026-11-17T12:00:00Z', two.slice(1), ['only-for-a-poll']],
  ['to come', '2026-11-16T08:31:00Z', two, []],
  ['now', '2026-11-16T08:30:00Z', two, ['in-the-past']],
  ['yesterday', '2026-11-15T08:30:00Z', two, ['in-the-past']],
  ['just before the first date', '2026-11-18T12:59:00Z', two, []],
  ['on the first date, which stands second', '2026-11-18T13:00:00Z', two, ['after-the-first-date']],
  ['after the first date', '2026-11-19T13:00:00Z', two, ['after-the-first-date']],
])('a moment that is %s', (_, answerBy, slots, codes) => {
  const errors = answerByErrors(answerBy === undefined ? undefined : at(answerBy), slots.map(slot), at('2026-11-16T08:30:00Z'));
  expect(errors).toEqual(codes.map((code) => ({ pointer: '/answerBy', code })));
});

it.each([
  ['eight days: halfway and a day before', '2026-11-16T08:30', '2026-11-24T09:00', false, ['2026-11-20T08:45', '2026-11-23T09:00']],
  ['four days: both, a day apart', '2026-11-16T09:00', '2026-11-20T09:00', false, ['2026-11-18T09:00', '2026-11-19T09:00']],
  ['a little less than four days: a day before only', '2026-11-16T09:00', '2026-11-20T08:00', false, ['2026-11-19T08:00']],
  ['two days: a day before only', '2026-11-16T09:00', '2026-11-18T09:00', false, ['2026-11-17T09:00']],
  ['a day and a half, where a day before is too soon after: halfway', '2026-11-16T09:00', '2026-11-17T21:00', false, ['2026-11-17T07:00']],
  ['an hour more than that: a day before', '2026-11-16T07:00', '2026-11-17T20:00', false, ['2026-11-17T07:00']],
  ['a day: halfway, in the evening that is the next morning', '2026-11-16T10:00', '2026-11-17T10:00', false, ['2026-11-17T07:00']],
  ['a day before at 23:00: the next morning', '2026-11-16T08:30', '2026-11-18T22:00', false, ['2026-11-18T07:00']],
  ['an evening: too late for a reminder before the end', '2026-11-16T18:00', '2026-11-17T06:30', false, []],
  ['over the night on which summer begins: 8:00 here', '2027-03-26T09:00', '2027-03-29T01:30', false, ['2027-03-28T06:00']],
  ['over the night on which summer ends: 8:00 here', '2026-10-22T09:00', '2026-10-26T01:30', false, ['2026-10-25T07:00']],
  ['urgent, two hours: after one', '2026-11-16T08:30', '2026-11-16T10:30', true, ['2026-11-16T09:30']],
  ['urgent at night: at night', '2026-11-16T22:30', '2026-11-17T00:30', true, ['2026-11-16T23:30']],
])('who is silent is reminded in a poll of %s', (_, from, until, urgent, moments) => {
  expect(words(pollRemindersOf(at(`${from}:00Z`), at(`${until}:00Z`), urgent))).toEqual(moments);
});

it.each([
  ['twelve hours', '2026-11-16T20:30', false, true],
  ['a minute less', '2026-11-16T20:29', false, false],
  ['urgent: a quarter of an hour', '2026-11-16T08:45', true, true],
  ['urgent: a minute less', '2026-11-16T08:44', true, false],
])('who was asked is left in peace for %s', (_, now, urgent, had) => {
  expect(hadTime(at('2026-11-16T08:30:00Z'), at(`${now}:00Z`), urgent)).toBe(had);
});

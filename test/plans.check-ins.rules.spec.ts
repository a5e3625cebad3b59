import { checkInDays, checkInMoment, isAskedAfter, nextCheckIn, type Checked } from '../src/plans/check-ins.rules.js';

const once = (dueOn: string, startsOn = '2026-11-16'): Checked => ({ dueOn, every: null, startsOn });
const repeating = (every: string, dueOn: string, startsOn = '2026-11-16'): Checked => ({ dueOn, every, startsOn });

it.each<[what: string, commitment: Checked, days: string[]]>([
  ['a few days before and the day after', once('2026-12-10'), ['2026-12-07', '2026-12-11']],
  ['due on New Year’s Eve', once('2026-12-31'), ['2026-12-28', '2027-01-01']],
  ['due on a leap day', once('2028-02-29'), ['2028-02-26', '2028-03-01']],
  ['nothing on the day of the plan itself, or before', once('2026-11-17'), ['2026-11-18']],
  ['every day is asked after once a week', repeating('day', '2026-12-14'), ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14']],
  ['every week, on the day after', repeating('FREQ=WEEKLY;BYDAY=WE', '2026-12-09'), ['2026-11-26', '2026-12-03', '2026-12-10']],
  ['every other week over New Year', repeating('two-weeks', '2027-01-15', '2026-12-04'), ['2026-12-19', '2027-01-02', '2027-01-16']],
  ['every month', repeating('month', '2026-12-28'), ['2026-12-17']],
  ['what never comes back is not asked after', repeating('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-12-28'), []],
])('%s', (_, commitment, days) => expect(checkInDays(commitment)).toEqual(days));

it('The next day is the first of all', () => {
  const all = [once('2026-12-10'), once('2026-12-24'), repeating('week', '2026-12-28', '2026-11-18')];
  expect([nextCheckIn(all, '2026-11-16'), nextCheckIn(all, '2026-12-03'), nextCheckIn(all, '2026-12-25'), nextCheckIn(all, '2026-12-31')]).toEqual([
    '2026-11-26',
    '2026-12-07',
    null,
    null,
  ]);
});

it('Is asked at ten o’clock here, in summer and in winter', () => {
  expect([checkInMoment('2026-10-24'), checkInMoment('2026-10-26'), checkInMoment('2027-03-28')].map((moment) => moment.toISOString())).toEqual([
    '2026-10-24T08:00:00.000Z',
    '2026-10-26T09:00:00.000Z',
    '2027-03-28T08:00:00.000Z',
  ]);
});

it.each([
  ['on the day', '2026-12-07', '2026-12-07', true],
  ['two days late', '2026-12-07', '2026-12-09', true],
  ['a month late nobody is asked any more', '2026-12-11', '2027-01-11', false],
  ['what another day asked already is not asked again', '2026-12-08', '2026-12-09', false],
])('%s', (_, planned, today, asked) => expect(isAskedAfter(once('2026-12-10'), { planned, today })).toBe(asked));

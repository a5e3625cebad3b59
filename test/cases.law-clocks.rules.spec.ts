import { clocksFor, clockState, LAWS } from '../src/cases/law-clocks.rules.js';
import { isWorkingDay, plusWorkingDays, workingDayFrom } from '../src/platform/working-days.js';

const about = { themes: ['loneliness'], laws: LAWS, notifiedOn: '2026-11-16', openedOn: '2026-11-18' };
const terms = (changes: Partial<typeof about> & { notifiedOn?: string | null }): [string, string | null][] =>
  clocksFor({ ...about, ...changes }).map(({ clock, dueOn }) => [clock, dueOn]);

it.each([
  ['2026-11-16', true, 'a Monday'],
  ['2026-11-21', false, 'a Saturday'],
  ['2026-04-27', false, "King's day"],
  ['2026-04-03', false, 'Good Friday, a holiday for terms of law'],
  ['2026-05-05', false, 'Liberation Day, idem'],
  ['2026-12-31', true, "New Year's Eve, a day of work"],
])('knows of %s whether people work: %s (%s)', (date, works) => {
  expect(isWorkingDay(date)).toBe(works);
});

it('counts working days over weekends, holidays and the new year', () => {
  expect(plusWorkingDays('2026-12-23', 3)).toBe('2026-12-29');
  expect(plusWorkingDays('2026-12-30', 3)).toBe('2027-01-05');
  expect(workingDayFrom('2026-05-23')).toBe('2026-05-26');
});

it('gives the personal plan seven days and the research six weeks from the notification (Wmo)', () => {
  expect(terms({})).toEqual([
    ['personal-plan', '2026-11-23'],
    ['research', '2026-12-28'],
  ]);
});

it('ends no term in a weekend or on a holiday', () => {
  expect(terms({ notifiedOn: '2026-11-14' })[0]).toEqual(['personal-plan', '2026-11-23']);
  expect(terms({ notifiedOn: '2026-11-13' })[1]).toEqual(['research', '2026-12-28']);
});

it('asks for a first talk about debts in four weeks, in three working days when the house is at stake', () => {
  expect(terms({ themes: ['debt'], laws: ['debt-help'] as never })).toEqual([['debt-talk', '2026-12-14']]);
  expect(terms({ themes: ['debt', 'eviction'], laws: ['debt-help'] as never, notifiedOn: '2026-11-20' })).toEqual([
    ['urgent-debt-talk', '2026-11-25'],
  ]);
});

it('offers the family its own plan first, also when nobody notified the municipality (Jeugdwet)', () => {
  expect(clocksFor({ ...about, themes: ['parenting'], notifiedOn: null })).toEqual([
    { clock: 'family-group-plan', startsOn: '2026-11-18', dueOn: null },
  ]);
});

it('runs nothing for a law that the organisation does not work under', () => {
  expect(terms({ themes: ['parenting', 'debt', 'eviction'], laws: [] as never })).toEqual([]);
});

it.each([
  [{ dueOn: '2026-11-23', doneOn: null }, '2026-11-23', 'running'],
  [{ dueOn: '2026-11-23', doneOn: null }, '2026-11-24', 'late'],
  [{ dueOn: '2026-11-23', doneOn: '2026-11-30' }, '2026-12-01', 'done'],
  [{ dueOn: null, doneOn: null }, '2030-01-01', 'running'],
] as const)('says of %j on %s that it is %s', (clock, today, state) => {
  expect(clockState(clock, today)).toBe(state);
});

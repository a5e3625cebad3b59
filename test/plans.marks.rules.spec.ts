import { CASE_STATES } from '../src/cases/cases.rules.js';
import { askAt, average, marksError, median, momentOf } from '../src/plans/marks.rules.js';

it('marks are of the meeting until the case is closed, and none are given where it was stopped', () => {
  expect(Object.fromEntries(CASE_STATES.map((state) => [state, momentOf(state)]))).toEqual({
    preparing: 'meeting', scheduled: 'meeting', met: 'meeting', 'carrying-out': 'meeting', closed: 'closure', stopped: null,
  });
});

it('one of the three is enough', () => {
  expect(marksError({})).toEqual({ pointer: '/meeting', code: 'required' });
  for (const given of [{ meeting: 1 }, { plan: 10 }, { sentence: 'Fijn' }]) expect(marksError(given)).toBeNull();
});

it.each([
  ['2026-11-20T16:00:00Z', '2026-11-21T09:00:00Z'],
  ['2026-12-31T22:59:00Z', '2027-01-01T09:00:00Z'],
  ['2027-03-27T18:00:00Z', '2027-03-28T08:00:00Z'],
  ['2027-10-30T18:00:00Z', '2027-10-31T09:00:00Z'],
  ['2027-06-01T22:30:00Z', '2027-06-03T08:00:00Z'],
])('what was concluded at %s is asked about at %s: ten in the morning here', (concluded, asked) => {
  expect(askAt(new Date(concluded))).toEqual(new Date(asked));
});

it.each([
  [[], null, null],
  [[7], 7, 7],
  [[10, 6, 7], 7, 7.7],
  [[8, 7, 9, 1], 7.5, 6.3],
] as const)('of %j the middle is %s and the average %s', (marks, middle, mean) => {
  expect([median(marks), average(marks)]).toEqual([middle, mean]);
});

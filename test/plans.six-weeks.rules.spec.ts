import { COMMITMENT_STATES } from '../src/plans/commitments.rules.js';
import { dayOfPlan, groupOf, momentsAfter, onDay, reviewDays, sorted } from '../src/plans/six-weeks.rules.js';

const TODAY = '2027-01-04';
const at = (text: string): Date => new Date(text);

describe('Where a promise stands', () => {
  it.each([
    ['asked', 'open', 'perspective'],
    ['promised', 'open', 'perspective'],
    ['doing', 'open', 'perspective'],
    ['running', 'done', 'done'],
    ['done', 'done', 'done'],
    ['blocked', 'obstacle', 'obstacle'],
    ['given-back', null, null],
    ['released', null, null],
  ] as const)('%s is %s, and with a day to come %s', (state, without, withDay) => {
    expect(groupOf({ state, perspectiveOn: null }, TODAY)).toBe(without);
    expect(groupOf({ state, perspectiveOn: '2027-02-01' }, TODAY)).toBe(withDay);
  });

  it('knows every state, and a day that has passed is no perspective', () => {
    expect(COMMITMENT_STATES).toHaveLength(8);
    expect(groupOf({ state: 'doing', perspectiveOn: TODAY }, TODAY)).toBe('perspective');
    expect(groupOf({ state: 'doing', perspectiveOn: '2027-01-03' }, TODAY)).toBe('open');
  });

  it('sorts each promise into one group at most', () => {
    const promises = COMMITMENT_STATES.map((state) => ({ state, perspectiveOn: null }));
    const groups = sorted(promises, TODAY);
    expect(Object.fromEntries(Object.entries(groups).map(([group, of]) => [group, of.map(({ state }) => state)]))).toEqual({
      done: ['running', 'done'], perspective: [], obstacle: ['blocked'], open: ['asked', 'promised', 'doing'],
    });
  });
});

describe('The clock of a plan', () => {
  it.each([
    ['over New Year', '2026-11-23T22:30:00Z', '2027-01-04', '2027-01-04T08:00:00Z'],
    ['fixed after midnight here, the day before in UTC', '2026-11-23T23:30:00Z', '2027-01-05', '2027-01-05T08:00:00Z'],
    ['into summer time: nine stays nine', '2027-02-20T12:00:00Z', '2027-04-03', '2027-04-03T07:00:00Z'],
    ['into winter time: nine stays nine', '2027-09-25T12:00:00Z', '2027-11-06', '2027-11-06T08:00:00Z'],
    ['on the day that the clocks go forward', '2027-02-14T12:00:00Z', '2027-03-28', '2027-03-28T07:00:00Z'],
    ['over the extra day of a leap year', '2028-01-20T12:00:00Z', '2028-03-02', '2028-03-02T08:00:00Z'],
  ])('counts 42 days %s', (_, fixedAt, day, runAt) => {
    expect(onDay(at(fixedAt), 42)).toBe(day);
    expect(momentsAfter(at(fixedAt), [])[0]).toEqual({ what: 'sort', after: 42, runAt: at(runAt) });
    expect(dayOfPlan(at(fixedAt), at(runAt))).toBe(42);
    expect(dayOfPlan(at(fixedAt), at(fixedAt))).toBe(0);
  });

  it('plans a review a week before its day', () => {
    const moments = momentsAfter(at('2026-11-16T12:00:00Z'), [42, 91]).map(({ what, after, runAt }) => [what, after, runAt.toISOString()]);
    expect(moments).toEqual([
      ['sort', 42, '2026-12-28T08:00:00.000Z'],
      ['review', 42, '2026-12-21T08:00:00.000Z'],
      ['review', 91, '2027-02-08T08:00:00.000Z'],
    ]);
  });
});

describe('Review days', () => {
  const fixedAt = at('2026-11-16T12:00:00Z');
  const on = (day: number): Date => new Date(fixedAt.getTime() + day * 86_400_000);
  const states = (day: number, reviews: { day: number; state: 'fixed' | 'held' }[] = []): string[] =>
    reviewDays({ fixedAt, reviewsAfterDays: [42, 91, 365], obstacleSince: null }, reviews.map((one) => ({ startsAt: on(one.day), state: one.state })), on(day)).map(({ state }) => state);

  it.each([
    [34, [], ['later', 'later', 'later']],
    [35, [], ['asked', 'later', 'later']],
    [69, [], ['asked', 'later', 'later']],
    [70, [], ['past', 'later', 'later']],
    [84, [], ['past', 'asked', 'later']],
    [35, [{ day: 40, state: 'fixed' }], ['planned', 'later', 'later']],
    [44, [{ day: 43, state: 'held' }], ['held', 'later', 'later']],
    [85, [{ day: 43, state: 'held' }], ['held', 'asked', 'later']],
    [85, [{ day: 60, state: 'held' }, { day: 90, state: 'fixed' }], ['held', 'planned', 'later']],
    [360, [{ day: -3, state: 'held' }], ['past', 'past', 'asked']],
    [400, [], ['past', 'past', 'past']],
  ] as const)('on day %i with %j are %j', (day, reviews, expected) => {
    expect(states(day, [...reviews])).toEqual(expected);
  });

  it('where reviews are close, an earlier one gives way when it is time for the next', () => {
    const days = reviewDays({ fixedAt, reviewsAfterDays: [42, 60], obstacleSince: null }, [], on(53));
    expect(days.map(({ state, on: day }) => [day, state])).toEqual([['2026-12-28', 'past'], ['2027-01-15', 'asked']]);
    expect(reviewDays({ fixedAt, reviewsAfterDays: [], obstacleSince: null }, [], on(53))).toEqual([]);
  });

  const LOOKED_BACK = { day: 43, state: 'held' } as const;
  it.each([
    ['not before people looked back', 43, 20, [], 'asked', null],
    ['not while that is planned', 50, 20, [{ day: 55, state: 'fixed' }], 'planned', null],
    ['two weeks after they looked back', 49, 20, [LOOKED_BACK], 'held', [57, 'later']],
    ['from a week before that', 50, 20, [LOOKED_BACK], 'held', [57, 'asked']],
    ['two weeks after it came up, when that is later', 60, 60, [LOOKED_BACK], 'held', [74, 'later']],
    ['not again when it is planned', 60, 20, [LOOKED_BACK, { day: 64, state: 'fixed' }], 'held', [57, 'planned']],
    ['again two weeks after that, as long as it stands', 72, 20, [LOOKED_BACK, { day: 64, state: 'held' }], 'held', [78, 'asked']],
    ['also when nobody looked back', 70, 20, [], 'past', [34, 'asked']],
    ['not when nothing stands', 200, null, [LOOKED_BACK], 'held', null],
  ] as const)('for what stands in the way come %s', (_, day, since, reviews, ofKind, expected) => {
    const obstacleSince = since === null ? null : on(since);
    const held = reviews.map((one) => ({ startsAt: on(one.day), state: one.state }));
    const [first, ...more] = reviewDays({ fixedAt, reviewsAfterDays: [42], obstacleSince }, held, on(day));
    expect(first).toMatchObject({ after: 42, state: ofKind, forObstacle: false });
    expect(more.map(({ after, state, forObstacle }) => [after, state, forObstacle])).toEqual(expected ? [[...expected, true]] : []);
  });
});

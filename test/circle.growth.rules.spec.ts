import { circleSize, differentNames, momentsOfReview, presentMoments, reviewAt, type CountedFacts, type GrowthMoment } from '../src/circle/growth.rules.js';

const somebody: CountedFacts = { circleKind: 'informal', isMainPerson: false, state: 'invited', atThisMeeting: false, atAnyMeeting: false, heardOtherwise: false, carries: false };
const person = (facts: Partial<CountedFacts>): CountedFacts => ({ ...somebody, ...facts });

describe('the size of the circle', () => {
  it.each<[string, GrowthMoment, Partial<CountedFacts>, boolean]>([
    ['somebody who was only named', 'referral', { state: 'proposed' }, true],
    ['somebody who was there', 'meeting', { atThisMeeting: true, state: 'removed' }, true],
    ['somebody who said to come and was not there', 'meeting', { state: 'coming' }, false],
    ['somebody whose letter was read out', 'meeting', { heardOtherwise: true, state: 'not-coming' }, true],
    ['somebody who took part and carries nothing', 'first-review', { atAnyMeeting: true, state: 'coming' }, true],
    ['somebody who was never there and carries something', 'last-review', { carries: true }, true],
    ['somebody who was only asked', 'first-review', { state: 'invited' }, false],
    ['somebody who took part and left', 'last-review', { atAnyMeeting: true, carries: true, state: 'removed' }, false],
    ['somebody who took part and does not want to be asked any more', 'first-review', { atAnyMeeting: true, state: 'refused' }, false],
  ])('counts %s (%s: %j): %s', (_, moment, facts, counts) => {
    expect(circleSize(moment, [person(facts)], true)).toEqual({ informal: counts ? 1 : 0, professional: 0 });
  });

  it('counts professionals apart, and neither main persons nor aides', () => {
    const people = [person({}), person({ circleKind: 'professional' }), person({ circleKind: 'aide' }), person({ isMainPerson: true })];
    expect(circleSize('referral', people, false)).toEqual({ informal: 1, professional: 1 });
  });

  it('takes who said to come, as long as nobody noted who was there', () => {
    const people = [person({ state: 'coming' }), person({ state: 'maybe' }), person({ state: 'coming', circleKind: 'professional' })];
    expect(circleSize('meeting', people, false)).toEqual({ informal: 1, professional: 1 });
  });
});

describe('reviews', () => {
  it('are counted the first and the last time; where there is one, it is both', () => {
    expect([0, 1, 2].map((index) => momentsOfReview(index, [42, 91, 365]))).toEqual([['first-review'], [], ['last-review']]);
    expect(momentsOfReview(0, [42])).toEqual(['first-review', 'last-review']);
  });

  it('belong to the day that is nearest, the earlier one of two', () => {
    expect([30, 42, 66, 67, 91, 200, 228, 229].map((days) => reviewAt(days, [42, 91, 365]))).toEqual([0, 0, 0, 1, 1, 1, 1, 2]);
  });
});

it('an answer is about the latest moment, and about both reviews when they were one', () => {
  const on = (day: number): Date => new Date(Date.UTC(2026, 0, day));
  expect(presentMoments([])).toEqual(['referral']);
  expect(presentMoments([{ moment: 'referral', at: on(1) }, { moment: 'meeting', at: on(1) }])).toEqual(['meeting']);
  expect(presentMoments([{ moment: 'first-review', at: on(2) }, { moment: 'last-review', at: on(9) }])).toEqual(['last-review']);
  expect(presentMoments([{ moment: 'first-review', at: on(2) }, { moment: 'last-review', at: on(2) }])).toEqual(['first-review', 'last-review']);
});

it('names differ by what is read, not by capitals or spaces', () => {
  expect(differentNames(['Tante Bep', ' tante  bep', 'Joost', 'JOOST', 'Ria'])).toBe(3);
});

import { askableBy, CONTRIBUTION_TRANSITIONS, mayTakeOver, PASSING_TRANSITIONS } from '../src/plans/offers.rules.js';
import type { PlanPerson } from '../src/plans/plan-people.rules.js';

const person = (id: string, changes: Partial<PlanPerson> = {}): PlanPerson => {
  return { id, name: id, relation: null, circleKind: 'informal', isMainPerson: false, state: 'coming', ...changes };
};
const SANNE = person('sanne', { isMainPerson: true, state: 'approved' });
const PEOPLE = [SANNE, person('ria'), person('joost'), person('new'), person('karim', { circleKind: 'professional' }), person('tolk', { circleKind: 'aide' }), person('gone', { state: 'removed' })];
const inPlan = new Set(['sanne', 'ria', 'joost', 'karim', 'gone', 'tolk']);

it.each([
  ['near ones ask who does something in the plan', 'ria', [], ['sanne', 'joost', 'karim']],
  ['nobody of whom they may not know', 'ria', ['joost'], ['sanne', 'karim']],
  ['a professional asks the main persons', 'karim', [], ['sanne']],
  ['who is not of this case asks nobody', 'stranger', [], []],
])('%s', (_, id, hidden, askable) => {
  expect(askableBy({ id, inPlan, hidden: new Set(hidden) }, PEOPLE).map((one) => one.id)).toEqual(askable);
});

it.each([
  ['proposed', false], ['approved', true], ['approached', true], ['invited', true], ['coming', true], ['maybe', true], ['not-coming', true],
  ['refused', false], ['unreachable', false], ['removed', false],
])('Somebody who is %s may be asked: %s', (state, may) => expect(mayTakeOver(person('x', { state }))).toBe(may));

it('An answer is given once', () => {
  expect([PASSING_TRANSITIONS, CONTRIBUTION_TRANSITIONS].map((table) => Object.fromEntries(Object.entries(table).map(([state, moves]) => [state, Object.keys(moves)])))).toEqual([
    { asked: ['yes', 'no', 'withdrawn'], accepted: [], declined: [], withdrawn: [] },
    { offered: ['yes', 'no'], accepted: [], declined: [] },
  ]);
});

import { isWorkingDay } from '../src/platform/working-days.js';
import { next, type Transitions } from '../src/platform/transitions.js';
import { alteredConditions, mayAlterLate, type Draft, type SafetyCondition } from '../src/plans/drafts.rules.js';
import { PLAN_STATES } from '../src/plans/plans.rules.js';
import { CONDITION_STATES, CONDITION_TRANSITIONS, overdueFrom, PLAN_AFTER_FINDING, testByOf, type Finding } from '../src/plans/safety-conditions.rules.js';

const FINDINGS: readonly Finding[] = ['met', 'not-met'];

/** Every pair of a table, with where it leads or `-`. */
function pairs<State extends string>(table: Transitions<State, Finding>, states: readonly State[]): string[] {
  return states.flatMap((state) =>
    FINDINGS.map((finding) => {
      try {
        return `${state} ${finding} ${next(table, state, finding)}`;
      } catch {
        return `${state} ${finding} -`;
      }
    }),
  );
}

it('a condition that is not met is met in the next version only; one that was met may turn out not to be', () => {
  expect(pairs(CONDITION_TRANSITIONS, CONDITION_STATES)).toEqual([
    'untested met met', 'untested not-met not-met',
    'met met met', 'met not-met not-met',
    'not-met met -', 'not-met not-met not-met',
  ]);
});

it('what is not met returns a plan, also one that is carried; nothing is looked at in a version that was replaced', () => {
  expect(pairs(PLAN_AFTER_FINDING, PLAN_STATES)).toEqual([
    'fixed met fixed', 'fixed not-met returned',
    'carried met carried', 'carried not-met returned',
    'returned met returned', 'returned not-met returned',
    'replaced met -', 'replaced not-met -',
  ]);
});

it.each([
  ['on a Monday', '2026-11-16T10:30:00Z', '2026-11-18', '2026-11-18T23:00:00.000Z'],
  ['on a Friday: not the weekend', '2026-11-20T16:00:00Z', '2026-11-24', '2026-11-24T23:00:00.000Z'],
  ['on a Saturday', '2026-11-21T12:00:00Z', '2026-11-24', '2026-11-24T23:00:00.000Z'],
  ['late in the evening, when it is tomorrow elsewhere', '2026-11-16T22:59:00Z', '2026-11-18', '2026-11-18T23:00:00.000Z'],
  ['before Christmas: 25 and 26 December and the Sunday do not count', '2026-12-23T12:00:00Z', '2026-12-28', '2026-12-28T23:00:00.000Z'],
  ["before New Year's Day", '2026-12-30T12:00:00Z', '2027-01-04', '2027-01-04T23:00:00.000Z'],
  ['before Easter and summer time', '2027-03-25T12:00:00Z', '2027-03-31', '2027-03-31T22:00:00.000Z'],
])('is looked at within two working days of a plan that was fixed %s', (_, fixedAt, testBy, overdue) => {
  expect(testByOf(new Date(fixedAt))).toBe(testBy);
  expect(isWorkingDay(testBy)).toBe(true);
  expect(overdueFrom(testBy).toISOString()).toBe(overdue);
});

describe('once the meeting started, what must be safe is altered', () => {
  const was: SafetyCondition = { id: 's1', text: 'Overdag\niemand thuis', reason: 'Voor de rust', setByMemberId: 'karim', deputyMemberId: 'vera', metBy: null };
  const draft = (...safetyConditions: SafetyCondition[]): Draft => ({ goals: [], commitments: [], safetyConditions });
  const everyone = ['karim', 'vera', 'bas'];

  it.each<[string, Draft, string[], string | null, string]>([
    ['as it is', draft(was), everyone, null, '-'],
    ['with how it is met', draft({ ...was, metBy: 'Oma is er' }), everyone, null, '-'],
    ['with another deputy', draft({ ...was, deputyMemberId: 'bas' }), everyone, null, '-'],
    ['with ends of lines as a form sends them', draft({ ...was, text: 'Overdag\r\niemand thuis' }), everyone, null, '-'],
    ['by taking it out', draft(), everyone, 'noor', 'no'],
    ['in other words', draft({ ...was, text: 'Soms iemand thuis' }), everyone, 'noor', 'no'],
    ['for another reason', draft({ ...was, reason: 'Omdat het kan' }), everyone, 'noor', 'no'],
    ['without a reason', draft({ ...was, reason: null }), everyone, 'noor', 'no'],
    ['by giving it to another', draft({ ...was, setByMemberId: 'bas' }), everyone, 'noor', 'no'],
    ['by giving it to its deputy, while its owner is there', draft({ ...was, setByMemberId: 'vera' }), everyone, 'noor', 'no'],
    ['by giving it to its deputy when its owner left', draft({ ...was, setByMemberId: 'vera' }), ['vera', 'bas'], 'noor', 'yes'],
    ['by giving it to another when its owner left', draft({ ...was, setByMemberId: 'bas' }), ['vera', 'bas'], 'noor', 'no'],
    ['in other words when its owner left', draft({ ...was, setByMemberId: 'vera', text: 'Soms' }), ['vera', 'bas'], 'noor', 'no'],
    ['by giving it to another when nobody answers for it any more', draft({ ...was, setByMemberId: 'bas' }), ['bas'], 'noor', 'yes'],
    ['by taking it out when nobody answers for it any more', draft(), ['bas'], null, 'yes'],
    ['by its owner', draft({ ...was, text: 'Ook in de avond' }), everyone, 'karim', 'yes'],
    ['by its deputy', draft(), everyone, 'vera', 'yes'],
    ['by another professional', draft(), everyone, 'bas', 'no'],
  ])('%s', (_, after, here, writer, expected) => {
    const [altered] = alteredConditions(after, draft(was));
    expect(altered ? (mayAlterLate(altered, writer, new Set(here)) ? 'yes' : 'no') : '-').toBe(expected);
  });
});

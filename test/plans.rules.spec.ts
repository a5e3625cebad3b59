import fc from 'fast-check';
import { DateTime } from 'luxon';
import { CASE_KINDS, KINDS, type CarriedBy, type CaseKind } from '../src/cases/kinds.rules.js';
import { Problem } from '../src/platform/http/problem.js';
import { next, type Transitions } from '../src/platform/transitions.js';
import {
  COMMITMENT_STATES,
  firstState,
  isOver,
  movesOf,
  noteProblem,
  ONCE,
  REPEATING,
  type CommitmentEvent,
  type CommitmentState,
  type Report,
} from '../src/plans/commitments.rules.js';
import { completeDraft, draftProblems, draftWith, EMPTY_DRAFT, sameDraft, type Draft, type DraftInput } from '../src/plans/drafts.rules.js';
import type { PlanPerson } from '../src/plans/plan-people.rules.js';
import {
  commitmentsOfVersion,
  decidersOf,
  dueOnOf,
  isCarried,
  PLAN_STATES,
  PLAN_TRANSITIONS,
  REALISE_WITHIN_DAYS,
  warningsOf,
  type KeptCommitment,
  type PlanEvent,
} from '../src/plans/plans.rules.js';
import { isRecurrence } from '../src/plans/recurrence.rules.js';

/** `state event` → next state, for every pair that a table allows. */
function allowedPairs<State extends string, Event extends string>(table: Transitions<State, Event>): string[] {
  return (Object.keys(table) as State[]).flatMap((state) =>
    Object.entries(table[state]).map(([event, target]) => `${state} ${event} → ${String(target)}`),
  );
}

function reachable<State extends string, Event extends string>(table: Transitions<State, Event>, from: State[]): Set<State> {
  const seen = new Set(from);
  for (const state of seen) for (const target of Object.values(table[state]) as State[]) seen.add(target);
  return seen;
}

const EVENTS: CommitmentEvent[] = ['promised', 'doing', 'running', 'done', 'given-back', 'released', 'obstacle', 'obstacle-removed'];

const MOVES_ONCE = [
  'asked promised → promised',
  'asked given-back → given-back',
  'asked released → released',
  'promised doing → doing',
  'promised done → done',
  'promised obstacle → blocked',
  'promised given-back → given-back',
  'promised released → released',
  'doing done → done',
  'doing obstacle → blocked',
  'doing given-back → given-back',
  'doing released → released',
  'running done → done',
  'running obstacle → blocked',
  'running given-back → given-back',
  'running released → released',
  'blocked obstacle → blocked',
  'blocked obstacle-removed → doing',
  'blocked given-back → given-back',
  'blocked released → released',
];

describe.each([
  { what: 'a commitment that is done once', table: ONCE, pairs: MOVES_ONCE },
  { what: 'a repeating commitment', table: REPEATING, pairs: [...MOVES_ONCE, 'promised running → running', 'doing running → running'] },
])('$what', ({ table, pairs }) => {
  it('moves along every pair of its table and no other', () => {
    expect(allowedPairs(table).sort()).toEqual([...pairs].sort());
  });

  it.each(COMMITMENT_STATES)('refuses from %s what the table does not have, and says what is possible', (state) => {
    for (const event of EVENTS.filter((one) => !pairs.some((pair) => pair.startsWith(`${state} ${one} `)))) {
      expect(() => next(table, state, event)).toThrow(Problem);
      try {
        next(table, state, event);
      } catch (error) {
        expect(error).toMatchObject({ status: 409, extra: { state, allowed: Object.keys(table[state]) } });
      }
    }
  });

  it('offers as moves what a person can report, never an obstacle', () => {
    for (const state of COMMITMENT_STATES) {
      const moves = movesOf(state, table === ONCE ? null : 'week');
      expect(moves).toEqual(EVENTS.slice(0, 6).filter((event) => table[state][event] !== undefined));
    }
  });
});

describe('the states of a commitment', () => {
  it('are all reached from asked when it repeats', () => {
    expect([...reachable(REPEATING, ['asked'])].sort()).toEqual([...COMMITMENT_STATES].sort());
  });

  it('are all reached from asked when it is done once, apart from running', () => {
    const reached = reachable(ONCE, ['asked']);
    expect(COMMITMENT_STATES.filter((state) => !reached.has(state))).toEqual(['running']);
  });

  it('are over when nothing moves them', () => {
    expect(COMMITMENT_STATES.filter(isOver)).toEqual(['done', 'given-back', 'released']);
  });

  it('begin with a promise for who was there and a question for who was not', () => {
    expect(firstState(true)).toBe('promised');
    expect(firstState(false)).toBe('asked');
  });
});

describe('the note of a report', () => {
  const report = (changes: Partial<Report>): Report => ({ state: 'done', note: undefined, forAnother: false, hasLink: true, ...changes });

  it.each<[string, Partial<Report>, string | null]>([
    ['is not needed for what one does oneself', {}, null],
    ['is needed to give back', { state: 'given-back' }, 'required'],
    ['is needed to release', { state: 'released' }, 'required'],
    ['is enough with a reason', { state: 'given-back', note: 'Mijn auto is stuk.' }, null],
    ['is not needed by the facilitator for one without a link', { forAnother: true, hasLink: false }, null],
    ['is needed by the facilitator for one without a link who gives back', { forAnother: true, hasLink: false, state: 'given-back' }, 'required'],
    ['says whose words it is for one with a link', { forAnother: true }, 'on-their-word'],
    ['does not say so somewhere in the middle', { forAnother: true, note: 'Gedaan, op hun woord.' }, 'on-their-word'],
    ['says so at the start', { forAnother: true, note: 'op hun woord: gedaan' }, null],
    ['may say so with a capital', { forAnother: true, state: 'released', note: 'Op hun woord niet meer nodig' }, null],
  ])('%s', (_, changes, code) => {
    expect(noteProblem(report(changes), 'op hun woord')).toEqual(code === null ? null : { pointer: '/note', code });
  });
});

describe('a fixed plan', () => {
  const pairs = ['fixed carried → carried', 'fixed returned → returned', 'fixed replaced → replaced'];
  const all = [...pairs, 'carried returned → returned', 'carried replaced → replaced', 'returned replaced → replaced'];

  it('moves along every pair of its table and no other', () => {
    expect(allowedPairs(PLAN_TRANSITIONS).sort()).toEqual([...all].sort());
    for (const state of PLAN_STATES) {
      for (const event of ['carried', 'returned', 'replaced'] satisfies PlanEvent[]) {
        if (!all.some((pair) => pair.startsWith(`${state} ${event} `))) expect(() => next(PLAN_TRANSITIONS, state, event)).toThrow(Problem);
      }
    }
  });

  it('reaches every state from fixed', () => {
    expect([...reachable(PLAN_TRANSITIONS, ['fixed'])].sort()).toEqual([...PLAN_STATES].sort());
  });
});

const person = (id: string, changes: Partial<PlanPerson> = {}): PlanPerson => {
  return { id, name: id, relation: 'friend', circleKind: 'informal', isMainPerson: false, state: 'coming', ...changes };
};
const main = (id: string): PlanPerson => person(id, { relation: null, isMainPerson: true, state: 'approved' });
const jim = person('jim', { relation: 'jim' });
const couple = [main('a'), main('b')];
const untested = [{ met: null }];

interface Carrying {
  what: string;
  kind: CaseKind;
  people: PlanPerson[];
  answers: Record<string, boolean>;
  conditions?: { met: boolean | null }[];
  carried: boolean;
}

describe('a plan is carried', () => {
  it.each<Carrying>([
    { what: 'not before anyone answered', kind: 'netwerkberaad', people: couple, answers: {}, carried: false },
    { what: 'not when one main person is missing', kind: 'netwerkberaad', people: couple, answers: { a: true }, carried: false },
    { what: 'not when one main person says no', kind: 'netwerkberaad', people: couple, answers: { a: true, b: false }, carried: false },
    { what: 'when every main person says yes', kind: 'netwerkberaad', people: couple, answers: { a: true, b: true }, carried: true },
    { what: 'without a main person who left', kind: 'mdo', people: [main('a'), { ...main('b'), state: 'removed' }], answers: { a: true }, carried: true },
    { what: 'not without any main person', kind: 'mdo', people: [jim], answers: {}, carried: false },
    { what: 'by the main person alone in a mdo', kind: 'mdo', people: [main('a'), jim], answers: { a: true }, carried: true },
    { what: 'by a contribution that its person agrees with', kind: 'netwerkplan', people: [main('a')], answers: { a: true }, carried: true },
    { what: 'not without the JIM', kind: 'jim', people: [main('a'), jim], answers: { a: true }, carried: false },
    { what: 'not while there is no JIM', kind: 'jim', people: [main('a')], answers: { a: true }, carried: false },
    { what: 'with the JIM', kind: 'jim', people: [main('a'), jim], answers: { a: true, jim: true }, carried: true },
    { what: 'not by the JIM alone', kind: 'jim', people: [main('a'), jim], answers: { jim: true }, carried: false },
    { what: 'not with an untested condition', kind: 'eigen-kracht', people: [main('a')], answers: { a: true }, conditions: untested, carried: false },
    { what: 'not with a condition that is not met', kind: 'eigen-kracht', people: [main('a')], answers: { a: true }, conditions: [{ met: true }, { met: false }], carried: false },
    { what: 'with all conditions met', kind: 'eigen-kracht', people: [main('a')], answers: { a: true }, conditions: [{ met: true }], carried: true },
    { what: 'without conditions', kind: 'eigen-kracht', people: [main('a')], answers: { a: true }, carried: true },
    { what: 'whatever the conditions say in another kind', kind: 'netwerkberaad', people: [main('a')], answers: { a: true }, conditions: untested, carried: true },
  ])('$kind: $what', ({ kind, people, answers, conditions = [], carried }) => {
    expect(isCarried(KINDS[kind].carriedBy, { people, answers: new Map(Object.entries(answers)), conditions })).toBe(carried);
  });

  it.each(CASE_KINDS)('by people who can be asked, in a %s', (kind) => {
    const asked = decidersOf(KINDS[kind].carriedBy, [...couple, jim, person('buur'), { ...main('c'), state: 'removed' }]);
    const withJim: readonly CarriedBy[] = KINDS[kind].carriedBy;
    expect(asked.map(({ id }) => id)).toEqual(withJim.includes('jim') ? ['a', 'b', 'jim'] : ['a', 'b']);
  });
});

describe('the date of a commitment without one', () => {
  it.each([
    ['on an ordinary day', '2026-11-16T08:30:00Z', '2026-12-28'],
    ['over the end of summer time', '2026-10-01T12:00:00Z', '2026-11-12'],
    ['over the start of summer time', '2027-03-01T12:00:00Z', '2027-04-12'],
    ['over New Year', '2026-12-10T12:00:00Z', '2027-01-21'],
    ['over a leap day', '2028-02-01T12:00:00Z', '2028-03-14'],
    ['late on the last evening of the year, which is the next day in Amsterdam', '2026-12-31T23:30:00Z', '2027-02-12'],
    ['just after midnight in summer, which is still yesterday in UTC', '2026-06-30T22:30:00Z', '2026-08-12'],
    ['in the hour that summer time skips', '2027-03-28T01:30:00Z', '2027-05-09'],
    ['in the hour that comes twice', '2026-10-25T00:30:00Z', '2026-12-06'],
  ])('lies six weeks later %s', (_, fixedAt, dueOn) => {
    expect(dueOnOf(new Date(fixedAt))).toBe(dueOn);
  });

  it('is always 42 days on the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (fixedAt) => {
        const day = DateTime.fromJSDate(fixedAt, { zone: 'Europe/Amsterdam' }).toISODate()!;
        const days = DateTime.fromISO(dueOnOf(fixedAt), { zone: 'utc' }).diff(DateTime.fromISO(day, { zone: 'utc' }), 'days').days;
        expect(days).toBe(REALISE_WITHIN_DAYS);
      }),
    );
  });
});

const draftOf = (...commitments: [id: string, memberId: string, dueOn?: string][]): Draft => ({
  ...EMPTY_DRAFT,
  commitments: commitments.map(([id, memberId, dueOn = null]) => ({ id, memberId, text: 'iets', goalId: null, dueOn, every: null })),
});
const kept = (id: string, state: CommitmentState, changes: Partial<KeptCommitment> = {}): KeptCommitment => {
  return { id, planId: 'v1', memberId: 'ria', dueOn: '2026-12-01', state, ...changes };
};
const meeting = { fixedAt: new Date('2026-11-16T12:00:00Z'), present: new Set(['ria']) };

describe('a new version', () => {
  it('starts promises for who was there and questions for who was not', () => {
    const { starting, fixed } = commitmentsOfVersion(draftOf(['1', 'ria'], ['2', 'joost', '2026-11-20']), { planId: null, kept: [] }, meeting);
    expect(starting.map(({ state, exists }) => [state, exists])).toEqual([['promised', false], ['asked', false]]);
    expect(fixed.map(({ dueOn }) => dueOn)).toEqual(['2026-12-28', '2026-11-20']);
  });

  it('takes along what stays, with its date', () => {
    const before = { planId: 'v1', kept: [kept('1', 'doing')] };
    const version = commitmentsOfVersion(draftOf(['1', 'ria']), before, meeting);
    expect(version).toMatchObject({ starting: [], leftOut: [], carriedOver: [{ id: '1', dueOn: '2026-12-01' }] });
  });

  it('releases what is left out, unless it was over already', () => {
    const states: CommitmentState[] = [...COMMITMENT_STATES];
    const before = { planId: 'v1', kept: states.map((state) => kept(state, state)) };
    const { leftOut } = commitmentsOfVersion(EMPTY_DRAFT, before, meeting);
    expect(leftOut.map(({ id }) => id)).toEqual(['asked', 'promised', 'doing', 'running', 'blocked']);
  });

  it('starts again for someone else, and for what an earlier version left out', () => {
    const before = { planId: 'v2', kept: [kept('1', 'done', { planId: 'v2' }), kept('2', 'released')] };
    const { starting } = commitmentsOfVersion(draftOf(['1', 'joost'], ['2', 'ria']), before, meeting);
    expect(starting.map(({ state, exists, commitment }) => [commitment.id, state, exists])).toEqual([
      ['1', 'asked', true],
      ['2', 'promised', true],
    ]);
  });
});

describe('"weet je het zeker?"', () => {
  const people = [main('sanne'), person('ria'), person('karim', { circleKind: 'professional' }), person('tolk', { circleKind: 'aide' })];
  it.each([
    [['ria', 'karim'], []],
    [['ria'], ['no-professional-commitment']],
    [['karim'], ['no-informal-commitment']],
    [['sanne', 'tolk'], ['no-informal-commitment', 'no-professional-commitment']],
    [[], ['no-informal-commitment', 'no-professional-commitment']],
  ])('with commitments of %j asks %j', (members, warnings) => {
    expect(warningsOf(members.map((memberId) => ({ memberId })), people)).toEqual(warnings);
  });
});

describe('a draft', () => {
  const people = [main('sanne'), person('ria'), person('karim', { circleKind: 'professional' }), person('weg', { state: 'removed' })];
  const problems = (input: Partial<DraftInput>, before: Draft = EMPTY_DRAFT, takenIds: string[] = []): string[] => {
    let made = 0;
    const draft = completeDraft({ goals: [], commitments: [], ...input }, before, () => `made-${made++}`);
    const around = { people, openedOn: '2026-11-16', before, heldOn: null, leftWords: (name: string) => name, takenIds: new Set(takenIds) };
    return draftProblems(draft, around).map(({ pointer, code }) => `${pointer} ${code}`);
  };
  const text = 'iets';

  it.each<[string, Partial<DraftInput>, string[]]>([
    ['nothing', {}, []],
    ['a commitment on the day that the case was opened', { commitments: [{ memberId: 'ria', text, dueOn: '2026-11-16' }] }, []],
    ['a date before the case', { commitments: [{ memberId: 'ria', text, dueOn: '2026-11-15' }] }, ['/commitments/0/dueOn before-case']],
    ['a stranger', { commitments: [{ memberId: 'ria', text }, { memberId: 'vreemd', text }] }, ['/commitments/1/memberId unknown-member']],
    ['one who left', { commitments: [{ memberId: 'weg', text }] }, ['/commitments/0/memberId unknown-member']],
    ['a goal that is there', { goals: [{ id: 'g', text }], commitments: [{ memberId: 'ria', text, goalId: 'g' }] }, []],
    ['a goal that is not', { goals: [{ id: 'g', text }], commitments: [{ memberId: 'ria', text, goalId: 'h' }] }, ['/commitments/0/goalId unknown-goal']],
    ['the same id twice', { goals: [{ id: 'x', text }], commitments: [{ id: 'x', memberId: 'ria', text }] }, ['/commitments/0/id doubled-id']],
    ['a condition of a neighbour', { safetyConditions: [{ text, reason: text, setByMemberId: 'ria' }] }, ['/safetyConditions/0/setByMemberId not-professional']],
    ['a condition without a reason', { safetyConditions: [{ text, setByMemberId: 'karim' }] }, ['/safetyConditions/0/reason required']],
    ['a condition with a deputy who is none', { safetyConditions: [{ text, reason: text, setByMemberId: 'karim', deputyMemberId: 'ria' }] }, ['/safetyConditions/0/deputyMemberId not-professional']],
    ['a condition of a professional', { safetyConditions: [{ text, reason: text, setByMemberId: 'karim' }] }, []],
  ])('with %s', (_, input, expected) => {
    expect(problems(input)).toEqual(expected);
  });

  it('refuses an id that belongs to another case', () => {
    expect(problems({ commitments: [{ id: 'elders', memberId: 'ria', text }] }, EMPTY_DRAFT, ['elders'])).toEqual(['/commitments/0/id doubled-id']);
  });

  it('lets a condition that came with the referral stay without a reason', () => {
    const condition = { id: 'c', text, reason: null, setByMemberId: 'karim', deputyMemberId: null, metBy: null };
    expect(problems({ safetyConditions: [{ ...condition, metBy: 'oma slaapt er' }] }, { ...EMPTY_DRAFT, safetyConditions: [condition] })).toEqual([]);
  });

  it('keeps the conditions that are there when they are left out', () => {
    const condition = { id: 'c', text, reason: text, setByMemberId: 'karim', deputyMemberId: null, metBy: null };
    const before = { ...EMPTY_DRAFT, safetyConditions: [condition] };
    const draft = completeDraft({ goals: [{ text }], commitments: [] }, before, () => 'made');
    expect(draft).toEqual({ goals: [{ id: 'made', text }], commitments: [], safetyConditions: [condition] });
  });

  it('is the same when it says the same, and follows a commitment that was changed', () => {
    const draft = draftOf(['1', 'ria'], ['2', 'joost']);
    expect(sameDraft(draft, structuredClone(draft))).toBe(true);
    const followed = draftWith(draft, { id: '2', text: 'anders', goalId: 'weg', dueOn: '2026-12-01', every: null })!;
    expect(sameDraft(draft, followed)).toBe(false);
    expect(followed.commitments[1]).toEqual({ id: '2', memberId: 'joost', text: 'anders', goalId: null, dueOn: '2026-12-01', every: null });
    expect(draftWith(draft, { id: '3', text, goalId: null, dueOn: null, every: null })).toBeNull();
  });
});

describe('how often', () => {
  it.each([
    'day',
    'week',
    'two-weeks',
    'month',
    'FREQ=WEEKLY',
    'freq=weekly;byday=mo,th',
    'RRULE:FREQ=DAILY;COUNT=10',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO',
    'FREQ=WEEKLY;UNTIL=20261231',
    'FREQ=WEEKLY;UNTIL=20261231T000000',
    'FREQ=WEEKLY;UNTIL=20261231T225959Z',
    'FREQ=MONTHLY;BYDAY=1FR,-1MO',
    'FREQ=MONTHLY;BYDAY=+2TU',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5',
  ])('understands %s', (value) => {
    expect(isRecurrence(value)).toBe(true);
  });

  it.each([
    '',
    'weekly',
    'elke week',
    'WEEK',
    'BYDAY=MO',
    'FREQ=HOURLY',
    'FREQ=SECONDLY;COUNT=5',
    'FREQ=SOMETIMES',
    'FREQ=WEEKLY;FREQ=DAILY',
    'FREQ=WEEKLY;FOO=1',
    'FREQ=WEEKLY;',
    'FREQ=WEEKLY;BYDAY=',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY; BYDAY=MO',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;INTERVAL=1.5',
    'FREQ=DAILY;INTERVAL=100000',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=1e3',
    'FREQ=DAILY;COUNT=3;UNTIL=20261231',
    'FREQ=DAILY;UNTIL=20261399',
    'FREQ=DAILY;UNTIL=tomorrow',
    'FREQ=DAILY;WKST=QQ',
    'FREQ=DAILY;BYHOUR=9',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=YEARLY;BYMONTH=13',
    'FREQ=MONTHLY;BYSETPOS=400',
    'DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY',
    'RRULE:FREQ=DAILY\nEXDATE:20260101T000000Z',
    `FREQ=MONTHLY;BYMONTHDAY=${Array.from({ length: 100 }, () => '1').join()}`,
    '__proto__=1',
    'FREQ=toString',
  ])('refuses %j', (value) => {
    expect(isRecurrence(value)).toBe(false);
  });

  it('never fails on anything that is typed', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.anything()), (value) => typeof isRecurrence(value) === 'boolean'));
    const part = fc.stringMatching(/^(FREQ|BYDAY|UNTIL|COUNT|INTERVAL|BYMONTH)=[A-Z0-9,+-]{0,12}$/);
    fc.assert(fc.property(fc.array(part, { maxLength: 5 }), (parts) => typeof isRecurrence(parts.join(';')) === 'boolean'));
  });
});

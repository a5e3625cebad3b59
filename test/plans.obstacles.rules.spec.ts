import { Problem } from '../src/platform/http/problem.js';
import { next } from '../src/platform/transitions.js';
import { workingDaysBetween } from '../src/platform/working-days.js';
import {
  DIRECTOR_MAIL_STATES,
  DIRECTOR_MAIL_TRANSITIONS,
  directorMailEvent,
  escalatesAt,
  goesFurther,
  OBSTACLE_STATES,
  OBSTACLE_TRANSITIONS,
  organisationKey,
  type DirectorMailEvent,
  type ObstacleEvent,
} from '../src/plans/obstacles.rules.js';

const EVENTS: ObstacleEvent[] = ['removal', 'reopening', 'promise-ended'];
const PAIRS: Record<string, string> = {
  'open removal': 'removed',
  'open promise-ended': 'lapsed',
  'removed reopening': 'open',
  'lapsed reopening': 'open',
};

describe('what is in the way', () => {
  it.each(OBSTACLE_STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))('moves from %s by %s as its table says, or not at all', (state, event) => {
    const target = PAIRS[`${state} ${event}`];
    if (target) expect(next(OBSTACLE_TRANSITIONS, state, event)).toBe(target);
    else expect(() => next(OBSTACLE_TRANSITIONS, state, event)).toThrow(Problem);
  });

  it('compares organisations however they were written', () => {
    expect(organisationKey('  Woning\u00a0corporatie  NOORD ')).toBe('woning corporatie noord');
    expect(organisationKey('Wijkteam Zuid')).not.toBe(organisationKey('Wijkteam Noord'));
  });
});

it.each([
  ['2026-11-16', '2026-11-16', 0],
  ['2026-11-16', '2026-11-17', 1],
  // Over a weekend.
  ['2026-11-20', '2026-11-23', 1],
  ['2026-11-21', '2026-11-22', 0],
  // Christmas 2026 is on a Friday and a Saturday; New Year on a Friday.
  ['2026-12-23', '2027-01-04', 6],
])('from %s to %s are %i working days', (from, until, days) => {
  expect(workingDaysBetween(from, until)).toBe(days);
});

describe('the clock', () => {
  it.each([
    // A working week later, and two.
    ['2026-11-16T10:00:00+01:00', '2026-11-23T10:00:00+01:00', '2026-11-30T10:00:00+01:00'],
    // What is raised at the weekend counts from Monday.
    ['2026-11-21T23:30:00+01:00', '2026-11-27T23:30:00+01:00', '2026-12-04T23:30:00+01:00'],
    // Over Christmas and New Year: Friday 25 December and Friday 1 January do not count.
    ['2026-12-21T09:00:00+01:00', '2026-12-29T09:00:00+01:00', '2027-01-06T09:00:00+01:00'],
    // The clock goes back on 25 October 2026, and forward on 28 March 2027 (Good Friday 26 and Easter Monday 29 March do not count).
    ['2026-10-19T14:00:00+02:00', '2026-10-26T14:00:00+01:00', '2026-11-02T14:00:00+01:00'],
    ['2027-03-22T14:00:00+01:00', '2027-03-31T14:00:00+02:00', '2027-04-07T14:00:00+02:00'],
  ])('of what stands since %s strikes at %s for the lead, and at %s for a director', (since, lead, director) => {
    expect(escalatesAt(new Date(since), 'lead')).toEqual(new Date(lead));
    expect(escalatesAt(new Date(since), 'director')).toEqual(new Date(director));
  });

  it('goes further than the facilitator for organisations and their professionals only', () => {
    const mover = { moverId: 'x', moverKind: 'informal', moverIsMainPerson: false };
    expect(goesFurther({ moverId: null, moverKind: null, moverIsMainPerson: false })).toBe(true);
    expect(goesFurther({ ...mover, moverKind: 'professional' })).toBe(true);
    for (const moverKind of ['informal', 'aide']) expect(goesFurther({ ...mover, moverKind })).toBe(false);
    expect(goesFurther({ ...mover, moverKind: 'professional', moverIsMainPerson: true })).toBe(false);
  });
});

describe('the mail to a director', () => {
  const EVENTS_OF_MAIL: DirectorMailEvent[] = ['asked', 'nobody-named', 'all-agree', 'someone-declines', 'some-agree'];
  const MAIL_PAIRS: Record<string, string> = {
    'none asked': 'asked',
    'none nobody-named': 'no-director',
    'no-director asked': 'asked',
    ...Object.fromEntries(['asked', 'declined'].flatMap((state) => [
      [`${state} all-agree`, 'sent'], [`${state} some-agree`, 'asked'], [`${state} someone-declines`, 'declined'], [`${state} nobody-named`, 'no-director'],
    ])),
  };
  it.each((['none', ...DIRECTOR_MAIL_STATES] as const).flatMap((state) => EVENTS_OF_MAIL.map((event) => [state, event] as const)))('from %s by %s goes as its table says', (state, event) => {
    const target = MAIL_PAIRS[`${state} ${event}`];
    if (target) expect(next(DIRECTOR_MAIL_TRANSITIONS, state, event)).toBe(target);
    else expect(() => next(DIRECTOR_MAIL_TRANSITIONS, state, event)).toThrow(Problem);
  });

  it.each([
    [[null], 'some-agree'],
    [[true], 'all-agree'],
    [[true, null], 'some-agree'],
    [[true, true], 'all-agree'],
    [[true, false], 'someone-declines'],
  ] as const)('with the answers %j is %s', (answers, expected) => {
    expect(directorMailEvent(answers)).toBe(expected);
  });
});

import { Problem } from '../src/platform/http/problem.js';
import { next } from '../src/platform/transitions.js';
import {
  momentError,
  PRIVATE_TIME_EVENTS,
  PRIVATE_TIME_STATES,
  PRIVATE_TIME_TRANSITIONS,
  privateTimeState,
  scribeUntil,
  whyNotSay,
  type Period,
} from '../src/meetings/private-time.rules.js';

const at = (time: string): Date => new Date(`2026-12-03T${time}:00Z`);

it('starts, ends and starts again, and nothing else', () => {
  const allowed = ['not-started start → running', 'running end → ended', 'ended start → running'];
  const found = PRIVATE_TIME_STATES.flatMap((state) =>
    PRIVATE_TIME_EVENTS.flatMap((event) => {
      const target = PRIVATE_TIME_TRANSITIONS[state][event];
      if (target) return [`${state} ${event} → ${target}`];
      expect(() => next(PRIVATE_TIME_TRANSITIONS, state, event)).toThrow(Problem);
      return [];
    }),
  );
  expect(found.sort()).toEqual(allowed.sort());
});

it('stands where its last period stands', () => {
  const ended = { startedAt: at('14:00'), endedAt: at('14:30') };
  expect(privateTimeState([])).toBe('not-started');
  expect(privateTimeState([ended])).toBe('ended');
  expect(privateTimeState([ended, { startedAt: at('15:00'), endedAt: null }])).toBe('running');
});

it.each([
  ['start', 'circle', null],
  ['start', 'facilitator', null],
  ['start', 'outside', 'private-time-of-circle'],
  ['end', 'circle', null],
  ['end', 'facilitator', 'private-time-circle-ends'],
  ['end', 'outside', 'private-time-of-circle'],
] as const)('%s by the %s', (event, speaker, why) => {
  expect(whyNotSay(event, speaker)).toBe(why);
});

describe('when it was', () => {
  const ended: Period[] = [{ startedAt: at('14:00'), endedAt: at('14:30') }];
  const running: Period[] = [{ startedAt: at('14:00'), endedAt: null }];
  it.each<[string, string, Period[], string | null]>([
    ['now', '15:00', [], null],
    ['a minute from now', '15:01', [], 'in-the-future'],
    ['half an hour before the start', '13:00', [], null],
    ['a minute before that', '12:59', [], 'before-the-meeting'],
    ['when the last one ended', '14:30', ended, null],
    ['before the last one ended', '14:29', ended, 'before-the-last'],
    ['an end as soon as the start', '14:00', running, null],
    ['an end before the start', '13:59', running, 'before-the-last'],
  ])('%s', (_, time, periods, code) => {
    const error = momentError(at(time), { startsAt: at('13:30'), now: at('15:00'), periods });
    expect(error).toEqual(code === null ? null : { pointer: '/at', code });
  });
});

it.each([
  ['in winter', '2026-12-03T14:00:00Z', '2026-12-03T23:00:00.000Z'],
  ['in summer', '2026-07-03T14:00:00Z', '2026-07-03T22:00:00.000Z'],
  ['on the day of 25 hours', '2026-10-25T14:00:00Z', '2026-10-25T23:00:00.000Z'],
  ['past midnight', '2026-12-31T23:30:00Z', '2027-01-01T23:00:00.000Z'],
])('a scribe writes until the local midnight after the end, %s', (_, endsAt, until) => {
  expect(scribeUntil(new Date(endsAt)).toISOString()).toBe(until);
});

import { CASE_STATES, CASE_TRANSITIONS, OPEN_STATES, type CaseEvent, type CaseState } from '../src/cases/cases.rules.js';
import { Problem } from '../src/platform/http/problem.js';
import { next } from '../src/platform/transitions.js';

/** What each event does to a case in each state, as it was agreed; what is not there is refused. */
const TABLE: Record<CaseEvent, Partial<Record<CaseState, CaseState>>> = {
  'meeting-fixed': { preparing: 'scheduled', scheduled: 'scheduled', met: 'scheduled', 'carrying-out': 'scheduled' },
  'meeting-cancelled': { scheduled: 'preparing' },
  'meeting-cancelled-with-plan': { scheduled: 'carrying-out' },
  'concluded-plan': { scheduled: 'met' },
  'concluded-no-plan': { scheduled: 'met' },
  'concluded-continue': { scheduled: 'preparing' },
  'plan-carried': { preparing: 'carrying-out', met: 'carrying-out', 'carrying-out': 'carrying-out' },
  'plan-returned': { 'carrying-out': 'met' },
  'plan-returned-without-meeting': { 'carrying-out': 'preparing' },
  closed: { met: 'closed', 'carrying-out': 'closed' },
  stopped: { preparing: 'stopped', scheduled: 'stopped', met: 'stopped', 'carrying-out': 'stopped' },
  reopened: { closed: 'preparing' },
};
const EVENTS = Object.keys(TABLE) as CaseEvent[];

describe('a case', () => {
  it.each(CASE_STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))('moves from %s by %s as its table says, or not at all', (state, event) => {
    const target = TABLE[event][state];
    if (target) expect(next(CASE_TRANSITIONS, state, event)).toBe(target);
    else expect(() => next(CASE_TRANSITIONS, state, event)).toThrow(Problem);
  });

  it('says what is possible when it refuses', () => {
    let refused: unknown;
    try {
      next(CASE_TRANSITIONS, 'met', 'concluded-plan');
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ status: 409, extra: { state: 'met', allowed: ['meeting-fixed', 'plan-carried', 'closed', 'stopped'] } });
  });

  it('is open until it is closed or stopped', () => {
    expect(CASE_STATES.filter((state) => !OPEN_STATES.includes(state))).toEqual(['closed', 'stopped']);
  });
});

import type { CaseState } from '../cases/cases.rules.js';
import type { ContributionState, PassingState } from '../plans/offers.rules.js';
import type { Tone } from '../web/components/status-badge.js';

/** Which tone a state has on the page; the words always say it too. */
export const CASE_TONES: Readonly<Record<string, Tone>> = {
  preparing: 'busy',
  scheduled: 'busy',
  met: 'attention',
  'carrying-out': 'good',
  closed: 'neutral',
  stopped: 'neutral',
};

export const MEMBER_TONES: Readonly<Record<string, Tone>> = {
  proposed: 'attention',
  approved: 'busy',
  approached: 'busy',
  invited: 'busy',
  coming: 'good',
  maybe: 'busy',
  'not-coming': 'neutral',
  refused: 'neutral',
  unreachable: 'attention',
  removed: 'neutral',
};

export const COMMITMENT_TONES: Readonly<Record<string, Tone>> = {
  asked: 'attention',
  promised: 'neutral',
  doing: 'busy',
  blocked: 'attention',
  running: 'good',
  done: 'good',
  'given-back': 'neutral',
  released: 'neutral',
};

export const CONTRIBUTION_TONES: Readonly<Record<ContributionState, Tone>> = { offered: 'busy', accepted: 'good', declined: 'neutral' };

/** How a case ended; null as long as it goes on. */
export const endOf = (state: CaseState): 'closed' | 'stopped' | null => (state === 'closed' || state === 'stopped' ? state : null);

/**
 * Of what somebody asked others to take over (oldest first) the last word on each: about what is theirs (`own`) the question or
 * the "liever niet", about what is not any more that another does it.
 */
export function passingsShown<Passing extends { commitmentId: string; state: PassingState }>(passings: readonly Passing[], own: ReadonlySet<string>): Passing[] {
  const last = new Map(passings.map((one) => [one.commitmentId, one]));
  return [...last.values()].filter(({ commitmentId, state }) => own.has(commitmentId) === (state !== 'accepted'));
}

/** What a case shows of itself when the page decides what comes next. */
export interface CaseSituation {
  state: string;
  /** Members in the circle, main persons left out. */
  memberStates: readonly string[];
  /** Whether a safety check is asked for and not done. */
  safetyOpen: boolean;
  meetingState: 'polling' | 'fixed' | 'held' | 'cancelled' | null;
  /** The fixed meeting has begun, or will within half an hour. */
  meetingBegan: boolean;
  /** Null: no plan version; else whether every main person stands behind it. */
  planCarried: boolean | null;
  /** A main person said "not yet" to that version. */
  objected: boolean;
  /** Promises that something is in the way of. */
  blocked: number;
  measuredBefore: boolean;
}

export type NextStep =
  | { code: 'safety' | 'date' | 'confirm' | 'attendance' | 'plan' | 'agree' | 'objection' | 'before' }
  | { code: 'approve' | 'call' | 'invite' | 'blocked'; count: number };

/** What the facilitator can do next, the most pressing first. */
export function nextSteps(situation: CaseSituation): NextStep[] {
  if (situation.state === 'closed' || situation.state === 'stopped') return [];
  const count = (...states: string[]): number => situation.memberStates.filter((state) => states.includes(state)).length;
  const before = situation.state === 'preparing' || situation.state === 'scheduled';
  const meeting = situation.meetingState === 'cancelled' ? null : situation.meetingState;
  const steps: (NextStep | false)[] = [
    situation.safetyOpen && { code: 'safety' },
    count('proposed') > 0 && { code: 'approve', count: count('proposed') },
    count('approved') > 0 && before && { code: 'call', count: count('approved') },
    count('approved', 'approached') > 0 && before && { code: 'invite', count: count('approved', 'approached') },
    before && meeting === null && !situation.safetyOpen && { code: 'date' },
    before && !situation.measuredBefore && { code: 'before' },
    meeting === 'polling' && { code: 'confirm' },
    meeting === 'fixed' && situation.meetingBegan && { code: 'attendance' },
    situation.state === 'met' && situation.planCarried === null && { code: 'plan' },
    situation.planCarried === false && { code: situation.objected ? 'objection' : 'agree' },
    situation.blocked > 0 && { code: 'blocked', count: situation.blocked },
  ];
  return steps.filter((step): step is NextStep => step !== false);
}

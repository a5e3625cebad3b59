import { DateTime } from 'luxon';
import type { FieldError } from '../platform/http/problem.js';
import type { Transitions } from '../platform/transitions.js';
import { MEETING_ZONE } from './calendar.rules.js';
import { EARLY_MINUTES } from './meetings.rules.js';

export const PRIVATE_TIME_STATES = ['not-started', 'running', 'ended'] as const;
export type PrivateTimeState = (typeof PRIVATE_TIME_STATES)[number];
export const PRIVATE_TIME_EVENTS = ['start', 'end'] as const;
export type PrivateTimeEvent = (typeof PRIVATE_TIME_EVENTS)[number];

/** The circle by itself, at one meeting; it may be more than once. */
export const PRIVATE_TIME_TRANSITIONS: Transitions<PrivateTimeState, PrivateTimeEvent> = {
  'not-started': { start: 'running' },
  running: { end: 'ended' },
  ended: { start: 'running' },
};

/** One time that the circle was by itself; null while it runs. */
export interface Period {
  startedAt: Date;
  endedAt: Date | null;
}

/** Where the private time of a meeting stands; the newest period last. */
export function privateTimeState(periods: readonly Period[]): PrivateTimeState {
  const last = periods.at(-1);
  if (!last) return 'not-started';
  return last.endedAt ? 'ended' : 'running';
}

/** What a row says of a period, read. */
export const periodsOf = (rows: readonly { startedAt: string; endedAt: string | null }[]): Period[] =>
  rows.map(({ startedAt, endedAt }) => ({ startedAt: new Date(startedAt), endedAt: endedAt === null ? null : new Date(endedAt) }));

export type Speaker = 'facilitator' | 'circle' | 'outside';

/**
 * Why somebody may not say that private time starts or ends, or null. The circle decides; the facilitator may start it on their
 * word, and never ends it.
 */
export function whyNotSay(event: PrivateTimeEvent, speaker: Speaker): string | null {
  if (speaker === 'outside') return 'private-time-of-circle';
  return speaker === 'facilitator' && event === 'end' ? 'private-time-circle-ends' : null;
}

const MINUTE_MS = 60_000;

/**
 * What is wrong with the moment at which private time is said to have started or ended, or null: not in the future, not before
 * the meeting (half an hour before its start at the earliest), not before what happened last.
 */
export function momentError(at: Date, { startsAt, now, periods }: { startsAt: Date; now: Date; periods: readonly Period[] }): FieldError | null {
  const last = periods.at(-1);
  const before = last && (last.endedAt ?? last.startedAt);
  const code =
    at > now
      ? 'in-the-future'
      : at.getTime() < startsAt.getTime() - EARLY_MINUTES * MINUTE_MS
        ? 'before-the-meeting'
        : before && at < before
          ? 'before-the-last'
          : null;
  return code && { pointer: '/at', code };
}

const ASK_AFTER_MS = 60 * MINUTE_MS;

/** When main persons are asked whether the circle is done: an hour after the meeting was to end, or after it began by itself later than that. */
export const askIfDoneAt = (endsAt: Date, startedAt: Date): Date => new Date(Math.max(endsAt.getTime(), startedAt.getTime()) + ASK_AFTER_MS);

/** Until when a scribe writes, if the meeting is not concluded before: the midnight that ends its last day. */
export function scribeUntil(endsAt: Date): Date {
  return DateTime.fromJSDate(endsAt, { zone: MEETING_ZONE }).endOf('day').plus(1).toJSDate();
}

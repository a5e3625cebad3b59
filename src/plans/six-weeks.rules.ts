import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';
import type { CommitmentState } from './commitments.rules.js';
import { REALISE_WITHIN_DAYS } from './plans.rules.js';

/** Where a promise stands after six weeks. `open`: none of the others, so that somebody has to look at it. */
export const GROUPS = ['done', 'perspective', 'obstacle', 'open'] as const;
export type Group = (typeof GROUPS)[number];

export interface Promise {
  state: CommitmentState;
  /** Local day; null without perspective. */
  perspectiveOn: string | null;
}

export const REALISED: readonly CommitmentState[] = ['done', 'running'];
/** Nobody promises these any more. */
const NOT_PROMISED: readonly CommitmentState[] = ['given-back', 'released'];

/**
 * In which group a promise is on a day (`YYYY-MM-DD`); null for what was given back or released. What is in the way stands before
 * a day on which it will be kept, and a day that has passed is no perspective any more.
 */
export function groupOf({ state, perspectiveOn }: Promise, today: string): Group | null {
  if (NOT_PROMISED.includes(state)) return null;
  if (REALISED.includes(state)) return 'done';
  if (state === 'blocked') return 'obstacle';
  return perspectiveOn !== null && perspectiveOn >= today ? 'perspective' : 'open';
}

/** Every promise in its group, in the order in which they came. */
export function sorted<One extends Promise>(promises: readonly One[], today: string): Record<Group, One[]> {
  const groups: Record<Group, One[]> = { done: [], perspective: [], obstacle: [], open: [] };
  for (const one of promises) {
    const group = groupOf(one, today);
    if (group) groups[group].push(one);
  }
  return groups;
}

/** At what time of its day the facilitator is told. */
const HOUR = 9;
/** A review is planned from a week before its day: in the sixth week, for the first. */
export const PLAN_REVIEW_DAYS_BEFORE = 7;
/** A review that did not come is no longer asked for so many days after its day. */
export const ASK_REVIEW_DAYS_AFTER = 28;
/** What stands in the way is looked at together so many days after it came up, or after people looked back last. */
export const REVIEW_OBSTACLE_AFTER_DAYS = 14;

const local = (instant: Date): DateTime => DateTime.fromJSDate(instant, { zone: ZONE });

/** The day of a plan's clock: 0 on the day that it was fixed, whatever the clocks do in between. */
export function dayOfPlan(fixedAt: Date, now: Date): number {
  return Math.round(local(now).startOf('day').setZone('UTC', { keepLocalTime: true }).diff(local(fixedAt).startOf('day').setZone('UTC', { keepLocalTime: true }), 'days').days);
}

/** So many days after the day on which a plan was fixed, as a local day. */
export const onDay = (fixedAt: Date, days: number): string => local(fixedAt).plus({ days }).toISODate()!;

/** When something about that day is done: at nine in the morning of it. */
export const momentOf = (fixedAt: Date, days: number): Date => local(fixedAt).plus({ days }).startOf('day').set({ hour: HOUR }).toJSDate();

/** What a plan that is carried plans for later: day 42, and the review days of its kind. */
export function momentsAfter(fixedAt: Date, reviewsAfterDays: readonly number[]): { what: 'sort' | 'review'; after: number; runAt: Date }[] {
  return [
    { what: 'sort', after: REALISE_WITHIN_DAYS, runAt: momentOf(fixedAt, REALISE_WITHIN_DAYS) },
    ...reviewsAfterDays.map((after) => ({ what: 'review' as const, after, runAt: momentOf(fixedAt, after - PLAN_REVIEW_DAYS_BEFORE) })),
  ];
}

/** Where one review day stands. `asked`: it is time to plan it. `past`: it did not come, and is no longer asked for. */
export type ReviewState = 'later' | 'asked' | 'planned' | 'held' | 'past';

export interface ReviewDay {
  after: number;
  /** The local day. */
  on: string;
  state: ReviewState;
  /** Not a day of the kind: something still stands in the way. */
  forObstacle: boolean;
}

interface ReviewedPlan {
  fixedAt: Date;
  reviewsAfterDays: readonly number[];
  /** Since when something stands in the way, where the kind looks back for that; null when nothing does. */
  obstacleSince: Date | null;
}

type Review = { startsAt: Date; state: 'fixed' | 'held' };

/**
 * The review days of a plan, each with the review that is nearest to it. Only reviews since the plan was fixed count; a day that
 * passed without one gives way when it is time for the next. After the last of them what still stands in the way asks for another.
 */
export function reviewDays(plan: ReviewedPlan, reviews: readonly Review[], now: Date): ReviewDay[] {
  const days = daysOfKind(plan, reviews, now);
  const isBehind = days.every(({ state }) => state === 'held' || state === 'past');
  return isBehind && plan.obstacleSince ? [...days, dayForObstacle(plan, plan.obstacleSince, reviews, now)] : days;
}

function dayForObstacle({ fixedAt }: ReviewedPlan, since: Date, reviews: readonly Review[], now: Date): ReviewDay {
  const own = reviews.filter(({ startsAt }) => startsAt >= fixedAt);
  const from = [since, ...own.filter(({ state }) => state === 'held').map(({ startsAt }) => startsAt)].map((at) => dayOfPlan(fixedAt, at));
  const after = Math.max(...from) + REVIEW_OBSTACLE_AFTER_DAYS;
  const isDue = dayOfPlan(fixedAt, now) >= after - PLAN_REVIEW_DAYS_BEFORE;
  const state = own.some((one) => one.state === 'fixed') ? 'planned' : isDue ? 'asked' : 'later';
  return { after, on: onDay(fixedAt, after), state, forObstacle: true };
}

function daysOfKind({ fixedAt, reviewsAfterDays }: ReviewedPlan, reviews: readonly Review[], now: Date): ReviewDay[] {
  const today = dayOfPlan(fixedAt, now);
  const nearest = (day: number): number =>
    reviewsAfterDays.reduce((best, after) => (Math.abs(after - day) < Math.abs(best - day) ? after : best), reviewsAfterDays[0]!);
  return reviewsAfterDays.map((after, index) => {
    const own = reviews.filter(({ startsAt }) => startsAt >= fixedAt && nearest(dayOfPlan(fixedAt, startsAt)) === after);
    const until = Math.min(after + ASK_REVIEW_DAYS_AFTER, (reviewsAfterDays[index + 1] ?? Infinity) - PLAN_REVIEW_DAYS_BEFORE);
    const state = (): ReviewState => {
      if (own.some((one) => one.state === 'held')) return 'held';
      if (own.length > 0) return 'planned';
      if (today < after - PLAN_REVIEW_DAYS_BEFORE) return 'later';
      return today < until ? 'asked' : 'past';
    };
    return { after, on: onDay(fixedAt, after), state: state(), forObstacle: false };
  });
}

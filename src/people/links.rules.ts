import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';

/**
 * What a personal link is for. `take-part`: dates, answers, being there. `plan`: what was promised, once there is a plan.
 * `show`: the facilitator shows it at the table, and the device that opens it is known.
 */
export const LINK_PURPOSES = ['take-part', 'plan', 'show'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];
/** What a session may be for: a link that is shown opens one for what the case is at. */
export type SessionPurpose = Exclude<LinkPurpose, 'show'>;

/** After the meeting, and after a case has ended without a plan: time to read what was said, and to take oneself out. */
export const DAYS_AFTER_MEETING = 14;
/** Until a date is fixed. */
export const DAYS_WITHOUT_DATE = 90;
export const PLAN_DAYS = 365;
export const SHOWN_HOURS = 24;
/** A session never lasts longer than this: who still needs their page opens the link again. */
export const SESSION_DAYS = 90;
export const KNOWN_DEVICE_DAYS = 30;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** Where the case behind a link stands. */
export interface LinkTerm {
  caseState: string;
  /** The end of the last meeting that is fixed or was held; null when there is none. */
  meetingEndsAt: Date | null;
  /** When the case ended. */
  closedAt: Date | null;
}

const plus = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);
const earliest = (...instants: Date[]): Date => new Date(Math.min(...instants.map((instant) => instant.getTime())));
const latest = (...instants: Date[]): Date => new Date(Math.max(...instants.map((instant) => instant.getTime())));

const WITH_PLAN = ['carrying-out', 'closed'];

/** Once people are at work on a plan, and when that is done, a link is for the plan. */
export const purposeFor = ({ caseState }: Pick<LinkTerm, 'caseState'>): SessionPurpose =>
  WITH_PLAN.includes(caseState) ? 'plan' : 'take-part';

/**
 * Until when a link works: for taking part 14 days after the meeting, 90 days after it was given as long as there is no date,
 * and at most 14 days after the case ended; for a plan a year, also when the case is closed by then; shown at the table a day.
 * A meeting that is called off, or long past, never ends a link that was only just given: 14 days at least.
 */
export function linkEnds(link: { purpose: LinkPurpose; createdAt: Date }, { meetingEndsAt, closedAt }: LinkTerm, now: Date): Date {
  if (link.purpose === 'show') return plus(link.createdAt, SHOWN_HOURS * HOUR_MS);
  if (link.purpose === 'plan') return plus(link.createdAt, PLAN_DAYS * DAY_MS);
  const byDate = meetingEndsAt ? plus(meetingEndsAt, DAYS_AFTER_MEETING * DAY_MS) : plus(link.createdAt, DAYS_WITHOUT_DATE * DAY_MS);
  // Counted from when it was given once the meeting is over, from now when the date has just gone.
  const leastFrom = meetingEndsAt ? link.createdAt : now;
  const ends = latest(byDate, plus(leastFrom, DAYS_AFTER_MEETING * DAY_MS));
  return closedAt ? earliest(ends, plus(latest(closedAt, link.createdAt), DAYS_AFTER_MEETING * DAY_MS)) : ends;
}

/** A session ends when a link of its purpose would, and after 90 days at the latest: a cookie does not outlive its reason. */
export function sessionEnds(session: { purpose: SessionPurpose; createdAt: Date }, term: LinkTerm, now: Date): Date {
  return earliest(linkEnds(session, term, now), plus(session.createdAt, SESSION_DAYS * DAY_MS));
}

/** A device that became known now is known for 30 days. */
export const knownUntil = (now: Date): Date => plus(now, KNOWN_DEVICE_DAYS * DAY_MS);

/** Midnight in Amsterdam, at the end of the day of an instant: until then who leads a meeting is not sent away. */
export const midnightAfter = (instant: Date): Date => DateTime.fromJSDate(instant, { zone: ZONE }).plus({ days: 1 }).startOf('day').toJSDate();

/** A device that is known now stays so until midnight at least, for who leads a meeting on it. */
export const knownWhileChairing = (known: Date, now: Date): Date => (known <= now ? known : latest(known, midnightAfter(now)));

import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';
import { plusDays } from '../platform/working-days.js';


/** The legal bases among which an organisation chooses, each with how many years the contents of a case are kept. */
export const RETENTION_YEARS = { default: 1, wmo: 15, jeugdwet: 20 } as const;
export type RetentionRule = keyof typeof RETENTION_YEARS;
export const RETENTION_RULES = Object.keys(RETENTION_YEARS) as RetentionRule[];

/** So long before their plan goes the main persons hear of it. */
export const NOTICE_DAYS = 30;

/** What goes by itself, whatever becomes of the case: links, messages, and what else has a term of its own. */
export const SWEEP_TERMS = {
  /** Links and sessions, after they ended or ran out. */
  access: { days: 90 },
  /** The log, what is still sealed of messages that never went, and the local mailbox. */
  messages: { days: 90 },
  /** People who were asked or proposed and with whom there was no contact. Who refused or could not be reached: at once. */
  'circle-contact': { days: 28 },
  /** Answers kept for an Idempotency-Key. */
  answers: { hours: 24 },
  /** Work that ended, one way or another. */
  'finished-work': { days: 30 },
  /** Declined or withdrawn. A referral that nobody confirmed goes after a week: maybe its sender never was who they said. */
  referrals: { years: 1 },
  /** A referral in the making: since it was last written in. What is left once it was sent goes with it. */
  'referral-drafts': { days: 7 },
  /** Mail and phone of staff who left; their name stays, since the audit log and the files speak of them. */
  'staff-contact': { years: 1 },
  /** Reports of runs that only tried. Reports of what was erased stay, to account for it. */
  'trial-runs': { days: 90 },
  /** When somebody of the staff was away, after it is over. */
  absences: { days: 90 },
} as const;
export type SweepRule = keyof typeof SWEEP_TERMS;

export const UNCONFIRMED_TERM = { days: 7 } as const;
/** Under Wmo and Jeugdwet a file outlives its circle: how to reach people goes a year after the case ended. */
export const CONTACT_AFTER_END_TERM = { years: 1 } as const;


/** What ended before this instant has passed its term. */
export function cutoff(term: { years?: number; days?: number; hours?: number }, asOf: Date): Date {
  return DateTime.fromJSDate(asOf, { zone: ZONE }).minus(term).toJSDate();
}

/** Another day at the same time of day: what a trial run takes for now. */
export function sameTimeOn(day: string, now: Date): Date {
  const { year, month, day: dayOfMonth } = DateTime.fromISO(day, { zone: ZONE });
  return DateTime.fromJSDate(now, { zone: ZONE }).set({ year, month, day: dayOfMonth }).toJSDate();
}

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * The day from which the contents of a case may go. The clock starts on the day on which the case was closed or stopped or,
 * when that is later, on the day of its last measurement. A case that is open has no such day: it is not asked about, and one
 * that is opened again starts anew when it ends.
 */
export function dueOn({ endedOn, lastMeasuredOn }: Pick<CaseFacts, 'endedOn' | 'lastMeasuredOn'>, rule: RetentionRule): string {
  const from = lastMeasuredOn ? later(endedOn, lastMeasuredOn) : endedOn;
  return DateTime.fromISO(from, { zone: 'utc' }).plus({ years: RETENTION_YEARS[rule] }).toISODate()!;
}

/** Cases that ended after this instant cannot be due, nor be told of, on the day of the run. */
export function endedBefore(rule: RetentionRule, asOf: Date): Date {
  return DateTime.fromJSDate(asOf, { zone: ZONE }).endOf('day').plus({ days: NOTICE_DAYS }).minus({ years: RETENTION_YEARS[rule] }).plus({ days: 1 }).toJSDate();
}

/** The day that the main persons are told: not before each has had the time to keep their plan. */
export const goesOn = (due: string, today: string): string => later(due, plusDays(today, NOTICE_DAYS));

export interface CaseFacts {
  /** Local dates. */
  endedOn: string;
  lastMeasuredOn: string | null;
  /** Something that the main persons may want to keep. */
  hasPlan: boolean;
  toldOn: string | null;
  /** Through which day a legal hold stands; `always` without an end, null without a hold. */
  heldUntil: string | null;
}

export const HELD_ALWAYS = 'always';

/** Whether a hold stands on a day. */
export const isHeld = (heldUntil: string | null, on: string): boolean => heldUntil === HELD_ALWAYS || (heldUntil !== null && heldUntil >= on);

export type Decision = 'keep' | 'tell' | 'erase' | 'held';

/**
 * What a run does with a case that has ended. `tell`: its main persons hear that the plan goes, at least `NOTICE_DAYS` before it
 * does, also when the run that should have told them came late. A trial run for a day to come takes it that the nights until
 * then did their work.
 */
export function decide(facts: CaseFacts, { rule, on, today }: { rule: RetentionRule; on: string; today: string }): Decision {
  const due = dueOn(facts, rule);
  const tellFrom = plusDays(due, -NOTICE_DAYS);
  if (on < (facts.hasPlan ? tellFrom : due)) return 'keep';
  if (isHeld(facts.heldUntil, on)) return on >= due ? 'held' : 'keep';
  if (!facts.hasPlan) return 'erase';
  const told = facts.toldOn ?? (on > today ? later(today, tellFrom) : null);
  if (told === null) return 'tell';
  return on >= later(due, plusDays(told, NOTICE_DAYS)) ? 'erase' : 'keep';
}

/** Whether another rule keeps files for a shorter time: then it is first shown what would go. */
export const shortens = (from: RetentionRule, to: RetentionRule): boolean => RETENTION_YEARS[to] < RETENTION_YEARS[from];

/** What a run goes through, in this order: the cases, then each sweep. */
export const PHASES = [
  'cases', 'sessions', 'links', 'link-requests', 'passwords', 'mailbox', 'messages', 'circle', 'referral-drafts', 'referrals', 'answers', 'work', 'staff', 'trials', 'absences',
] as const;
export type Phase = (typeof PHASES)[number];

/** The phase after this one; null after the last. */
export const phaseAfter = (phase: Phase): Phase | null => PHASES[PHASES.indexOf(phase) + 1] ?? null;

export const HOLD_REASONS = ['complaint', 'objection', 'court', 'supervision', 'other'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

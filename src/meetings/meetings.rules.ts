import { DateTime } from 'luxon';
import type { FieldError } from '../platform/http/problem.js';
import type { Transitions } from '../platform/transitions.js';
import { MEETING_ZONE } from './calendar.rules.js';

export const MEETING_STATES = ['polling', 'fixed', 'held', 'cancelled'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];
export type MeetingEvent =
  | 'answer' | 'confirm' | 'move' | 'choose-chair' | 'name-scribe' | 'private-time' | 'note-attendance' | 'conclude' | 'cancel';

/** What moves a meeting, and what is possible without moving it. */
export const MEETING_TRANSITIONS: Transitions<MeetingState, MeetingEvent> = {
  polling: { answer: 'polling', confirm: 'fixed', cancel: 'cancelled', 'choose-chair': 'polling' },
  fixed: {
    answer: 'fixed',
    move: 'fixed',
    'note-attendance': 'fixed',
    conclude: 'held',
    cancel: 'cancelled',
    'choose-chair': 'fixed',
    'name-scribe': 'fixed',
    'private-time': 'fixed',
  },
  held: { 'note-attendance': 'held' },
  cancelled: {},
};

/** Where a meeting begins: one date is fixed at once, several are a poll. */
export const firstState = (slots: readonly unknown[]): 'fixed' | 'polling' => (slots.length === 1 ? 'fixed' : 'polling');

/** A review looks back on a plan: it is fixed at once, and never moves the case. */
export const MEETING_TYPES = ['meeting', 'review'] as const;
export type MeetingType = (typeof MEETING_TYPES)[number];

export const PLACE_TYPES = ['home', 'public-place', 'video', 'other'] as const;
export type PlaceType = (typeof PLACE_TYPES)[number];

export interface Place {
  type: PlaceType;
  address?: string;
  url?: string;
  publicPlaceId?: string;
  roomId?: string;
}

export const ANSWERS = ['yes', 'if-need-be', 'no'] as const;
export type Answer = (typeof ANSWERS)[number];
/** What somebody said, per slot id; what is not there is silence. */
export type Answers = Readonly<Record<string, Answer>>;

export const PRESENCES = ['present', 'remote', 'absent-with-notice', 'absent', 'part'] as const;
export type Presence = (typeof PRESENCES)[number];

export const OUTCOMES = ['plan', 'no-plan', 'continue'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why there is no plan, or why it goes on another day. */
export const CONCLUSION_REASONS = [
  'no-agreement',
  'too-few-people',
  'not-needed-anymore',
  'resident-stops',
  'other-help',
  'not-safe',
  'more-time-needed',
  'other',
] as const;
export type ConclusionReason = (typeof CONCLUSION_REASONS)[number];

/** Why a date is called off or moved; the circle is not told why. */
export const CALL_OFF_REASONS = [
  'main-person-cannot',
  'facilitator-cannot',
  'too-few-people',
  'illness',
  'place-not-available',
  'not-safe',
  'not-needed-anymore',
  'other',
] as const;
export type CallOffReason = (typeof CALL_OFF_REASONS)[number];
/** What stands with a meeting that went with its case. */
export const CASE_ENDED = 'case-ended';

/** Every reason that a meeting can carry: of its conclusion, or of its being called off. */
export const END_REASONS = [...new Set([...CONCLUSION_REASONS, ...CALL_OFF_REASONS, CASE_ENDED])] as const;

export const REVIEW_MINUTES = 60;
export const MOST_SLOTS = 10;
export const SHORTEST_MINUTES = 15;
export const LONGEST_HOURS = 24;
/** On the way to a meeting a facilitator is nowhere else. */
export const TRAVEL_MINUTES = 30;
/** Who was there, and what came of it, is written down from this long before the start. */
export const EARLY_MINUTES = 30;

const MINUTE_MS = 60_000;

export interface Slot {
  startsAt: Date;
  endsAt: Date;
}

/** When a review is: an hour, unless its end was said. */
export function reviewSlot({ startsAt, endsAt }: { startsAt: Date; endsAt?: Date }): Slot {
  return { startsAt, endsAt: endsAt ?? new Date(startsAt.getTime() + REVIEW_MINUTES * MINUTE_MS) };
}

/** What is wrong with the offered dates: past, backwards, absurdly short or long, twice the same. */
export function slotErrors(slots: readonly Slot[], now: Date): FieldError[] {
  const seen = new Set<string>();
  return slots.flatMap((slot, i): FieldError[] => {
    const from = slot.startsAt.getTime();
    const minutes = (slot.endsAt.getTime() - from) / MINUTE_MS;
    const key = `${from} ${minutes}`;
    const double = seen.has(key);
    seen.add(key);
    if (from <= now.getTime()) return [{ pointer: `/slots/${i}/startsAt`, code: 'in-the-past' }];
    if (minutes <= 0) return [{ pointer: `/slots/${i}/endsAt`, code: 'ends-before-start' }];
    if (minutes < SHORTEST_MINUTES) return [{ pointer: `/slots/${i}/endsAt`, code: 'lasts-too-short' }];
    if (minutes > LONGEST_HOURS * 60) return [{ pointer: `/slots/${i}/endsAt`, code: 'lasts-too-long' }];
    return double ? [{ pointer: `/slots/${i}`, code: 'double' }] : [];
  });
}

/** The time that a meeting takes from its facilitator: the way there included, unless everyone sits at a screen. */
export function busyTime({ startsAt, endsAt }: Slot, place: PlaceType): { from: Date; to: Date } {
  const travel = place === 'video' ? 0 : TRAVEL_MINUTES;
  return { from: new Date(startsAt.getTime() - travel * MINUTE_MS), to: endsAt };
}

/** Whether it is time to write down who was there and what came of it. */
export function hasBegun(startsAt: Date, now: Date): boolean {
  return now.getTime() >= startsAt.getTime() - EARLY_MINUTES * MINUTE_MS;
}

/** The wall clock at an instant, `2026-12-03T14:00:00`: kept beside the instant, so that 14:00 stays 14:00. */
export function localTime(instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: MEETING_ZONE }).toFormat(LOCAL_SECONDS);
}

/**
 * The instant at a date (`2026-12-03`) and a time of day (`14:00`) as people type them. Null when there is no such time, as
 * in the hour that the clocks skip; of a time that comes twice, the first.
 */
export function instantAt(date: string, time: string): Date | null {
  const typed = `${date}T${time}`;
  const found = DateTime.fromISO(typed, { zone: MEETING_ZONE });
  if (!found.isValid || found.toFormat(LOCAL_MINUTES) !== typed) return null;
  return new Date(Math.min(...found.getPossibleOffsets().map((possible) => possible.toMillis())));
}

const LOCAL_MINUTES = "yyyy-MM-dd'T'HH:mm";
const LOCAL_SECONDS = "yyyy-MM-dd'T'HH:mm:ss";

import { DateTime } from 'luxon';
import { ZONE } from '../platform/local-day.js';
import type { Transitions } from '../platform/transitions.js';

export const CHANNELS = ['mail', 'sms', 'letter', 'call', 'visit'] as const;
export type Channel = (typeof CHANNELS)[number];

export const MESSAGE_STATES = ['queued', 'sending', 'sent', 'failed', 'dead', 'bounced', 'cancelled', 'by-hand'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
export type MessageEvent =
  | 'claimed' | 'delivered' | 'refused' | 'given-up' | 'returned' | 'taken-back' | 'cannot-go' | 'again' | 'done-by-hand';

/** `failed` is tried again by itself, `dead` and `bounced` (the address takes nothing) are not; `by-hand` is a task for a person. */
export const MESSAGE_TRANSITIONS: Transitions<MessageState, MessageEvent> = {
  queued: { claimed: 'sending', 'given-up': 'dead', 'taken-back': 'cancelled', 'cannot-go': 'by-hand' },
  sending: { claimed: 'sending', delivered: 'sent', refused: 'failed', 'given-up': 'dead', returned: 'bounced' },
  failed: { claimed: 'sending', 'given-up': 'dead', 'taken-back': 'cancelled', 'cannot-go': 'by-hand', again: 'queued' },
  'by-hand': { 'done-by-hand': 'sent', 'taken-back': 'cancelled' },
  sent: { returned: 'bounced' },
  dead: { again: 'queued' },
  bounced: { again: 'queued' },
  cancelled: {},
};

/** Why a message is a task by hand that was meant to go by itself. */
export type Undelivered = 'bounced' | 'dead' | 'complaint';

/** So often nobody may know whether a mail was taken before a person takes over: a second mail is a nuisance, a third a fault. */
export const MOST_UNKNOWN_TRIES = 2;

/** So often what is urgent is tried, within about three quarters of an hour: then somebody is phoned. */
export const MOST_URGENT_TRIES = 6;

/** What becomes of a message after a try that failed. `attempts` and `unknownTries`: the tries before, and of how many of them nobody knows how they ended. */
export function afterFailure(
  failure: { permanent: boolean; meaning: 'bad-address' | 'unknown-outcome' | null },
  { channel, unknownTries, urgent, attempts }: { channel: Channel; unknownTries: number; urgent: boolean; attempts: number },
): 'failed' | 'dead' | 'bounced' {
  if (failure.meaning === 'bad-address') return 'bounced';
  if (failure.permanent || (urgent && attempts + 1 >= MOST_URGENT_TRIES)) return 'dead';
  return failure.meaning === 'unknown-outcome' && isUnsure(channel, unknownTries + 1) ? 'dead' : 'failed';
}

/** A text message is looked up before it is sent again; a mail cannot be. */
export const isUnsure = (channel: Channel, unknownTries: number): boolean => channel === 'mail' && unknownTries >= MOST_UNKNOWN_TRIES;

/** A send belongs to whoever claimed it for this long: not longer than the queue waits for a worker that died. */
export const SENDING_SECONDS = 15;

/** Nobody's telephone sounds between these hours. */
const QUIET_FROM_HOUR = 21;
const QUIET_UNTIL_HOUR = 8;

/** The first moment at or after `instant` at which a telephone may sound: 08:00 local time when it falls in quiet hours. */
export function afterQuietHours(instant: Date): Date {
  const local = DateTime.fromJSDate(instant, { zone: ZONE });
  if (local.hour >= QUIET_UNTIL_HOUR && local.hour < QUIET_FROM_HOUR) return instant;
  const morning = local.hour >= QUIET_FROM_HOUR ? local.plus({ days: 1 }) : local;
  return morning.startOf('day').set({ hour: QUIET_UNTIL_HOUR }).toJSDate();
}

const MINUTES_AN_HOUR = 60;

/** The first moment at or after `instant` within someone's safe hours, in minutes of the local day; they may pass midnight. */
export function withinSafeHours(instant: Date, { from, until }: { from: number; until: number }): Date {
  const local = DateTime.fromJSDate(instant, { zone: ZONE });
  const minute = local.hour * MINUTES_AN_HOUR + local.minute;
  const within = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (within) return instant;
  const day = minute < from ? local : local.plus({ days: 1 });
  return day.startOf('day').set({ hour: Math.floor(from / MINUTES_AN_HOUR), minute: from % MINUTES_AN_HOUR }).toJSDate();
}

/** What decides when a message may go. `safeFrom` and `safeUntil`: the hours that the reader named as safe. */
export interface Timing {
  channel: Channel;
  atAnyHour: boolean;
  safeFrom?: number | null;
  safeUntil?: number | null;
}

/**
 * When a message may go: within the reader's own safe hours, whatever the message; without those, SMS waits through quiet
 * hours, unless it is urgent or the reader has just asked for it.
 */
export function earliest({ channel, atAnyHour, safeFrom = null, safeUntil = null }: Timing, now: Date): Date {
  if (safeFrom !== null && safeUntil !== null) return withinSafeHours(now, { from: safeFrom, until: safeUntil });
  return channel === 'sms' && !atAnyHour ? afterQuietHours(now) : now;
}

export type SendStep = 'send' | 'wait' | 'busy' | 'skip';

/** What a worker does with a message that it finds: is sending it still right, now, and by this worker? */
export function sendStep(
  message: Timing & { state: MessageState; claimedAt: Date | null },
  now: Date,
): SendStep {
  if (MESSAGE_TRANSITIONS[message.state].claimed === undefined) return 'skip';
  const claimed = message.state === 'sending' && message.claimedAt;
  if (claimed && now.getTime() - claimed.getTime() < SENDING_SECONDS * 1000) return 'busy';
  return earliest(message, now) > now ? 'wait' : 'send';
}

/** Enough of an address to recognise it, not enough to use it: `j…t@e…e.org`, `+31…79`. Home addresses show nothing. */
export function masked(address: string | null): string {
  if (!address) return '…';
  const at = address.lastIndexOf('@');
  if (at > 0) return `${maskedWord(address.slice(0, at))}@${maskedHost(address.slice(at + 1))}`;
  if (/^\+\d{6,}$/.test(address)) return `${address.slice(0, 3)}…${address.slice(-2)}`;
  return '…';
}

function maskedHost(host: string): string {
  const labels = host.split('.');
  return labels.map((label, i) => (i > 0 && i === labels.length - 1 ? label : maskedWord(label))).join('.');
}

function maskedWord(word: string): string {
  const letters = [...word];
  if (letters.length < 3) return letters.length === 2 ? `${letters[0]}…` : '…';
  return `${letters[0]}…${letters.at(-1)}`;
}

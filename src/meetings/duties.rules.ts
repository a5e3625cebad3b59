import type { FieldError } from '../platform/http/problem.js';

/** Whom an urgent referral goes to between two instants, and who follows when they do not answer. */
export interface Duty {
  from: Date;
  to: Date;
  firstId: string;
  secondId: string | null;
}

/** A roster for more than a year, in weeks with nights and weekends apart. */
export const MOST_DUTIES = 400;
/** Nobody is on duty for longer without somebody looking at the roster again. */
const LONGEST_DUTY_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is wrong with a roster by itself: a duty that ends before it begins, lasts too long, or meets another. */
export function dutyErrors(duties: readonly Omit<Duty, 'secondId'>[] | readonly Duty[]): FieldError[] {
  const inOrder = duties.map((duty, i) => ({ ...duty, i })).sort((a, b) => a.from.getTime() - b.from.getTime() || a.i - b.i);
  const errors = inOrder.flatMap((duty, place): FieldError[] => {
    const { from, to, firstId, i } = duty;
    const at = (field: string, code: string): FieldError => ({ pointer: `/items/${i}/${field}`, code });
    const length = to.getTime() - from.getTime();
    if (length <= 0) return [at('to', 'ends-before-start')];
    if (length > LONGEST_DUTY_DAYS * DAY_MS) return [at('to', 'duty-too-long')];
    if ('secondId' in duty && duty.secondId === firstId) return [at('secondId', 'same-person')];
    const latestEnd = Math.max(...inOrder.slice(0, place).map((earlier) => earlier.to.getTime()));
    return from.getTime() < latestEnd ? [at('from', 'duties-overlap')] : [];
  });
  return errors.sort((a, b) => Number(a.pointer.split('/')[2]) - Number(b.pointer.split('/')[2]));
}

/**
 * A duty that somebody hands over at `now`: what is past stays theirs, the rest is the follower's. A follower who was on that duty
 * already becomes the first, or stays it, and nobody is second.
 */
export function takenOver(duty: Duty, fromId: string, toId: string, now: Date): Duty[] {
  if (duty.to <= now || (duty.firstId !== fromId && duty.secondId !== fromId)) return [duty];
  const other = (id: string | null): string | null => (id === fromId ? toId : id);
  const firstId = other(duty.firstId)!;
  const secondId = other(duty.secondId);
  const rest: Duty = { ...duty, firstId, secondId: secondId === firstId ? null : secondId };
  return duty.from < now ? [{ ...duty, to: now }, { ...rest, from: now }] : [rest];
}

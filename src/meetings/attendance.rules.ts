import type { FieldError } from '../platform/http/problem.js';
import { EARLY_MINUTES, type Presence } from './meetings.rules.js';

/** Who was at a meeting, and from when until when if not for the whole. */
export interface Attendance {
  memberId: string;
  presence: Presence;
  arrivedAt?: Date;
  leftAt?: Date;
}

const WAS_THERE: readonly Presence[] = ['present', 'remote', 'part'];
const MINUTE_MS = 60_000;

/**
 * What is wrong with what is noted: everyone is of this circle, once; times only of who was there, from half an hour before the
 * start, not in the future, and in their order.
 */
export function attendanceErrors(items: readonly Attendance[], { people, startsAt, now }: { people: ReadonlySet<string>; startsAt: Date; now: Date }): FieldError[] {
  const earliest = startsAt.getTime() - EARLY_MINUTES * MINUTE_MS;
  const timeCode = (at: Date, presence: Presence): string | null => {
    if (!WAS_THERE.includes(presence)) return 'was-not-there';
    if (at > now) return 'in-the-future';
    return at.getTime() < earliest ? 'before-the-meeting' : null;
  };
  return items.flatMap(({ memberId, presence, arrivedAt, leftAt }, i): FieldError[] => {
    const found: FieldError[] = [];
    const refuse = (field: string, code: string | null): void => {
      if (code) found.push({ pointer: `/items/${i}/${field}`, code });
    };
    const isDouble = items.findIndex((item) => item.memberId === memberId) < i;
    refuse('memberId', !people.has(memberId) ? 'unknown-member' : isDouble ? 'double' : null);
    if (arrivedAt) refuse('arrivedAt', timeCode(arrivedAt, presence));
    if (leftAt) refuse('leftAt', timeCode(leftAt, presence) ?? (arrivedAt && leftAt <= arrivedAt ? 'ends-before-start' : null));
    return found;
  });
}

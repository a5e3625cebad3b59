import type { SafetyGate } from '../cases/cases.rules.js';
import { hiddenFrom, type RestrictedPair } from '../circle/restrictions.rules.js';
import type { FieldError } from '../platform/http/problem.js';
import { localTime, SHORTEST_MINUTES, type Slot } from './meetings.rules.js';

/** Between two parts lies a quarter of an hour: who lingers has gone before who comes early is at the door. */
export const ARRIVAL_GAP_MINUTES = 15;

const MINUTE_MS = 60_000;

/** When somebody is there, in minutes from the start: so it holds for each date of a poll, and after a move. */
export interface Part {
  memberId: string;
  fromMinute: number;
  untilMinute: number;
}

/** A part as it is asked for: several people who come at the same time. */
export interface PartOfPeople {
  memberIds: string[];
  fromMinute: number;
  untilMinute: number;
}

const minutesOf = ({ startsAt, endsAt }: Slot): number => (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS;

/** How long the shortest of these dates is, in minutes. */
export const shortest = (slots: readonly Slot[]): number => Math.min(...slots.map(minutesOf));

/** Somebody's part; who has none comes for the whole, and so meets everybody. */
function timeOf(parts: readonly Part[], memberId: string): { from: number; until: number } {
  const own = parts.find((part) => part.memberId === memberId);
  return own ? { from: own.fromMinute, until: own.untilMinute } : { from: 0, until: Infinity };
}

/** Whether two people do not meet, not at the door either. */
export function areApart(parts: readonly Part[], one: string, other: string): boolean {
  const [a, b] = [timeOf(parts, one), timeOf(parts, other)];
  return a.until + ARRIVAL_GAP_MINUTES <= b.from || b.until + ARRIVAL_GAP_MINUTES <= a.from;
}

export interface WhoComes {
  /** Everyone who is there, or may be. */
  comers: ReadonlySet<string>;
  mainPersonIds: readonly string[];
}

/**
 * Why these people cannot come like this, or null. Two who may only come in separate parts are apart. Where it is not safe
 * together each main person has a part apart from the others, and one main person alone a part apart from somebody else's.
 */
export function whyNotLikeThis(
  { pairs, gate }: { pairs: readonly RestrictedPair[]; gate: SafetyGate },
  { comers, mainPersonIds }: WhoComes,
  parts: readonly Part[],
): 'separate-parts-needed' | 'not-together' | null {
  if (gate === 'not-together' && !mainPersonsApart(comers, mainPersonIds, parts)) return 'not-together';
  const together = pairs.some(({ mode, one, other }) => mode === 'separate-parts' && comers.has(one) && comers.has(other) && !areApart(parts, one, other));
  return together ? 'separate-parts-needed' : null;
}

function mainPersonsApart(comers: ReadonlySet<string>, mainPersonIds: readonly string[], parts: readonly Part[]): boolean {
  const coming = mainPersonIds.filter((id) => comers.has(id));
  const has = (id: string): boolean => parts.some(({ memberId }) => memberId === id);
  if (!coming.every(has)) return false;
  if (coming.length === 1) return parts.some(({ memberId }) => memberId !== coming[0] && areApart(parts, coming[0]!, memberId));
  return coming.every((one, i) => coming.slice(i + 1).every((other) => areApart(parts, one, other)));
}

/** What is wrong with the parts as asked: people of elsewhere or twice, backwards, too short, or beyond the end of a date. */
export function partErrors(parts: readonly PartOfPeople[], slots: readonly Slot[], known: ReadonlySet<string>): FieldError[] {
  const longest = shortest(slots);
  const seen = new Set<string>();
  return parts.flatMap(({ memberIds, fromMinute, untilMinute }, i): FieldError[] => {
    const people = memberIds.flatMap((id, j): FieldError[] => {
      const code = !known.has(id) ? 'unknown-member' : seen.has(id) ? 'double' : null;
      seen.add(id);
      return code ? [{ pointer: `/parts/${i}/memberIds/${j}`, code }] : [];
    });
    const until = (code: string): FieldError => ({ pointer: `/parts/${i}/untilMinute`, code });
    if (untilMinute <= fromMinute) return [...people, until('ends-before-start')];
    if (untilMinute - fromMinute < SHORTEST_MINUTES) return [...people, until('lasts-too-short')];
    return untilMinute > longest ? [...people, until('after-the-end')] : people;
  });
}

/** One line a person, as parts are kept. */
export const perPerson = (parts: readonly PartOfPeople[]): Part[] =>
  parts.flatMap(({ memberIds, fromMinute, untilMinute }) => memberIds.map((memberId) => ({ memberId, fromMinute, untilMinute })));

/** The people who come at the same time together again, in the order of the parts. */
export function perPart(parts: readonly Part[]): PartOfPeople[] {
  const found = new Map<string, PartOfPeople>();
  for (const { memberId, fromMinute, untilMinute } of parts) {
    const key = `${fromMinute}-${untilMinute}`;
    const part = found.get(key) ?? { memberIds: [], fromMinute, untilMinute };
    part.memberIds.push(memberId);
    found.set(key, part);
  }
  return [...found.values()].sort((a, b) => a.fromMinute - b.fromMinute || a.untilMinute - b.untilMinute);
}

interface InParts {
  parts: readonly Part[];
  startsAt: Date | null;
  endsAt: Date | null;
  startsLocal: string | null;
  slots: readonly Slot[];
}

/** A meeting as it is for one of the people: every date begins and ends when they come and go. */
export function forReader<T extends InParts>(meeting: T, readerId: string): T {
  const own = meeting.parts.find(({ memberId }) => memberId === readerId);
  if (!own) return meeting;
  const part = <S extends Slot>(slot: S): S => {
    return { ...slot, startsAt: after(slot.startsAt, own.fromMinute), endsAt: after(slot.startsAt, own.untilMinute) };
  };
  const { startsAt, endsAt, slots } = meeting;
  if (!startsAt || !endsAt) return { ...meeting, slots: slots.map(part) };
  const theirs = part({ startsAt, endsAt });
  return { ...meeting, ...theirs, startsLocal: localTime(theirs.startsAt), slots: slots.map(part) };
}

const after = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * MINUTE_MS);

/** Whether every part ends before the dates do. */
export const fits = (parts: readonly Part[], slots: readonly Slot[]): boolean =>
  slots.every((slot) => parts.every(({ untilMinute }) => untilMinute <= minutesOf(slot)));

export const PART_CHOICES = ['whole', 'first', 'second'] as const;

/** Two halves of so many minutes with the gap between them, by what was chosen for each person; who comes for the whole is in neither. */
export function halves(chosen: Readonly<Record<string, string>>, minutes: number): PartOfPeople[] {
  const of = (part: (typeof PART_CHOICES)[number]): string[] => Object.keys(chosen).filter((memberId) => chosen[memberId] === part);
  const until = Math.floor((minutes - ARRIVAL_GAP_MINUTES) / 2);
  const both = [
    { memberIds: of('first'), fromMinute: 0, untilMinute: until },
    { memberIds: of('second'), fromMinute: until + ARRIVAL_GAP_MINUTES, untilMinute: Math.floor(minutes) },
  ];
  return both.filter(({ memberIds }) => memberIds.length > 0);
}

/**
 * Who may only come apart, in two halves, where nobody said which: in the order of `comers` one in the first, the other in the
 * second. Empty when nobody has to, or when a half would be too short; whether two halves are enough is asked after that.
 */
export function halvesApart(pairs: readonly RestrictedPair[], comers: readonly string[], slots: readonly Slot[]): PartOfPeople[] {
  const chosen: Record<string, (typeof PART_CHOICES)[number]> = {};
  const apart = pairs.filter(({ mode, one, other }) => mode === 'separate-parts' && comers.includes(one) && comers.includes(other));
  const choose = (memberId: string, part: 'first' | 'second'): void => {
    if (chosen[memberId]) return;
    chosen[memberId] = part;
    for (const other of hiddenFrom(apart, memberId)) choose(other, part === 'first' ? 'second' : 'first');
  };
  for (const memberId of comers) if (hiddenFrom(apart, memberId).size > 0) choose(memberId, 'first');
  const parts = halves(chosen, shortest(slots));
  return parts.some(({ fromMinute, untilMinute }) => untilMinute - fromMinute < SHORTEST_MINUTES) ? [] : parts;
}

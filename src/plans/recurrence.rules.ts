import rrule from 'rrule';

/** How often a repeating commitment comes back, in words. Anything else is an RRULE (RFC 5545). */
export const RHYTHMS = ['day', 'week', 'two-weeks', 'month'] as const;

export const RECURRENCE_LENGTH = 200;
const LONGEST_INTERVAL = 366;
const MOST_TIMES = 1000;

/** What of an RRULE says something about days; hours and minutes do not. */
const PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'];
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** Numbers that a part may hold. */
const BOUNDS: Readonly<Record<string, (value: number) => boolean>> = {
  INTERVAL: (value) => value >= 1 && value <= LONGEST_INTERVAL,
  COUNT: (value) => value >= 1 && value <= MOST_TIMES,
  BYMONTHDAY: (value) => value !== 0 && Math.abs(value) <= 31,
  BYMONTH: (value) => value >= 1 && value <= 12,
  BYSETPOS: (value) => value !== 0 && Math.abs(value) <= 366,
};

/** Whether this says how often: one of the rhythms, or an RRULE in days, weeks, months or years, with an end or without. */
export function isRecurrence(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > RECURRENCE_LENGTH) return false;
  return (RHYTHMS as readonly string[]).includes(value) || isRule(value);
}

function isRule(value: string): boolean {
  const parts = partsOf(value);
  if (!parts || !FREQUENCIES.includes(parts.get('FREQ') ?? '')) return false;
  if (parts.has('COUNT') && parts.has('UNTIL')) return false;
  if ([...parts].some(([name, content]) => !withinBounds(name, content))) return false;
  // The library mends or drops what it does not understand: only what comes back the same was understood.
  try {
    const understood = partsOf(new rrule.RRule(rrule.RRule.parseString(value.toUpperCase())).toString());
    return understood !== null && sameParts(parts, understood);
  } catch {
    return false;
  }
}

/** The parts of a rule by name, or null when it is none: unknown parts, the same twice, several lines. */
function partsOf(value: string): Map<string, string> | null {
  const parts = new Map<string, string>();
  for (const part of value.toUpperCase().replace(/^RRULE:/, '').split(';')) {
    const [name, content, ...more] = part.split('=');
    if (!PARTS.includes(name!) || !content || more.length > 0 || /\s/.test(content) || parts.has(name!)) return null;
    parts.set(name!, content);
  }
  return parts;
}

function withinBounds(name: string, content: string): boolean {
  const bound = BOUNDS[name];
  return !bound || content.split(',').every((number) => /^[+-]?\d{1,4}$/.test(number) && bound(Number(number)));
}

function sameParts(typed: Map<string, string>, understood: Map<string, string>): boolean {
  const plain = (name: string, content: string): string =>
    name === 'UNTIL' ? wholeInstant(content) : content.replaceAll('+', '').split(',').sort().join();
  if (typed.size !== understood.size) return false;
  return [...typed].every(([name, content]) => plain(name, content) === plain(name, understood.get(name) ?? ''));
}

/** `20261231` and `20261231T000000` mean the same as `20261231T000000Z` for whole days. */
function wholeInstant(until: string): string {
  return `${until.includes('T') ? until : `${until}T000000`}${until.endsWith('Z') ? '' : 'Z'}`;
}

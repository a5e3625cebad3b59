/** The hours of the day at which someone may safely be sent something, in minutes after local midnight; may pass midnight. */
export interface SafeHours {
  from: number;
  until: number;
}

const HOUR = 60;
/** When a day of contact begins and ends for those who only say "after" or "before". */
const FIRST = 8 * HOUR;
const LAST = 21 * HOUR;

const PARTS_OF_DAY: Readonly<Record<string, SafeHours>> = {
  ochtend: { from: FIRST, until: 12 * HOUR },
  morgen: { from: FIRST, until: 12 * HOUR },
  middag: { from: 12 * HOUR, until: 18 * HOUR },
  avond: { from: 18 * HOUR, until: LAST },
};

const TIME = String.raw`(\d{1,2})(?:[:.](\d{2}))?(?: ?uur| ?u)?`;
const BETWEEN = new RegExp(String.raw`^(?:alleen |graag |liefst )?(?:tussen |van )?${TIME} ?(?:-|–|tot|en|t/m) ?${TIME}$`);
const AFTER = new RegExp(String.raw`^(?:alleen |graag |liefst )?(na|vanaf) ${TIME}$`);
const BEFORE = new RegExp(String.raw`^(?:alleen |graag |liefst )?(voor|tot) ${TIME}$`);
const PART = /^(?:alleen |graag |liefst )?(?:in de |'s |’s )?(ochtend|morgen|middag|avond)s?$/;

/**
 * Hours as people write them. What is not understood whole is null: half understood could be the very hours that are not
 * safe ("niet tussen 9 en 11"). Those are read by the facilitator, on every task.
 */
export function safeHours(written: string | undefined): SafeHours | null {
  const text = written?.trim().toLowerCase().replace(/\s+/g, ' ') ?? '';
  const part = PART.exec(text);
  if (part) return PARTS_OF_DAY[part[1]!]!;
  if (/^(alleen )?overdag$/.test(text)) return { from: 9 * HOUR, until: 17 * HOUR };
  const between = BETWEEN.exec(text);
  if (between) return hours(minutes(between[1], between[2]), minutes(between[3], between[4]));
  const after = AFTER.exec(text);
  if (after) return hours(minutes(after[2], after[3]), LAST);
  const before = BEFORE.exec(text);
  return before ? hours(FIRST, minutes(before[2], before[3])) : null;
}

const minutes = (hour = '', minute = '0'): number | null => {
  const time = Number(hour) * HOUR + Number(minute);
  return Number(minute) < HOUR && time <= 24 * HOUR ? time % (24 * HOUR) : null;
};

const hours = (from: number | null, until: number | null): SafeHours | null =>
  from === null || until === null || from === until ? null : { from, until };

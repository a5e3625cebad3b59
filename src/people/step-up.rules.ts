/** How long a code works, how often it may be typed, and how often one is sent to the same person. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;
export const CODES_PER_HOUR = 5;
export const CODES_PER_DAY = 10;

const DIGITS = 6;

/** The code of a random number under a million: six digits, zeros in front. */
export const codeOf = (random: number): string => String(random).padStart(DIGITS, '0');
export const CODES = 10 ** DIGITS;

/** What was typed or pasted, without the spaces, dots and dashes that telephones put in. */
export const typedCode = (typed: string): string => typed.replace(/[\s.\u00a0\u2010-\u2015-]+/gu, '');

export interface SentCode {
  triesLeft: number;
  expiresAt: Date;
  usedAt: Date | null;
}

/** `none`: there is no code to type. `used-up`: it was typed wrong too often. */
export type CodeOutcome = 'none' | 'used-up' | 'wrong' | 'right';

/** What becomes of a typed code. A code works once, in its time, and is not compared any more after five wrong tries. */
export function outcomeOf(sent: SentCode | null, matches: boolean, now: Date): CodeOutcome {
  if (!sent || sent.usedAt || sent.expiresAt <= now) return 'none';
  if (sent.triesLeft <= 0) return 'used-up';
  return matches ? 'right' : 'wrong';
}

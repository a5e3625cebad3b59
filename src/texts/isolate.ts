/** A stretch with a direction of its own, until the end of it (Unicode FSI and PDI). */
const ISOLATE = '\u2068';
const END = '\u2069';

/** What people typed, without what turns the text around it about, and without control characters; lines stay lines. */
export const harmless = (typed: string): string =>
  typed.replace(/\r\n?/g, '\n').replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?!\n)\p{Cc}/gu, ' ').trim();

/** A name inside a sentence, which may be written from another side. */
export const isolated = (name: string): string => `${ISOLATE}${harmless(name).replaceAll('\n', ' ')}${END}`;

/** The sentence for who hears it, or reads it where nothing has a direction. */
export const spokenText = (sentence: string): string => sentence.replaceAll(ISOLATE, '').replaceAll(END, '');

/** A sentence in parts: those at odd places are names. */
export const nameParts = (sentence: string): string[] => sentence.split(new RegExp(`[${ISOLATE}${END}]`));

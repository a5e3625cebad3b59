/** Longest free text that goes into a message; the API refuses longer ones. */
export const LONGEST_TEXT = 4000;

/** Control characters, unpaired surrogates and the two Unicode line separators: none of them belongs in one line of text. */
const BREAKING = /[\p{Cc}\p{Cs}\u2028\u2029]+/gu;
/** Marks that turn the direction of the text around them: a name may not reorder the sentence that it stands in. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const ANY_BREAK = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/u;

const graphemes = new Intl.Segmenter('nl', { granularity: 'grapheme' });

/** What people typed, as one harmless line: no control characters, no direction marks, cut between whole characters. */
export function line(typed: string, longest = LONGEST_TEXT): string {
  const plain = typed.replace(DIRECTION, '').replace(BREAKING, ' ').replace(/\s+/gu, ' ').trim();
  return plain.length <= longest ? plain : cut(plain, longest);
}

/** What people typed, with its own line breaks and nothing else that moves the text around it. */
export function lines(typed: string, longest = LONGEST_TEXT): string {
  const plain = typed
    .split(ANY_BREAK)
    .map((part) => line(part))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
  return plain.length <= longest ? plain : cut(plain, longest);
}

function cut(text: string, longest: number): string {
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length >= longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

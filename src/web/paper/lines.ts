import bidiFactory, { type Bidi } from 'bidi-js';

const bidi = (bidiFactory as unknown as () => Bidi)();

export type Direction = 'ltr' | 'rtl';

/** A stretch of a line in one direction, as it is drawn from left to right. */
export interface Run {
  /** In the order of reading. */
  text: string;
  rtl: boolean;
}

export interface Line {
  /** From left to right. */
  runs: Run[];
  /** What it says, in the order of reading. */
  text: string;
}

/**
 * A paragraph as lines that fit: broken between words, a word that is wider than the line between letters. Nothing is cut off.
 * Directions as the Unicode Bidirectional Algorithm has them; `auto` takes that of the first letter.
 */
export function linesOf(paragraph: string, width: number, measure: (text: string) => number, direction: Direction | 'auto'): Line[] {
  const { levels } = bidi.getEmbeddingLevels(paragraph, direction);
  return breaks(paragraph, width, measure).map(([start, end]) => ({
    runs: runsOf(paragraph, levels, start, end),
    text: paragraph.slice(start, end),
  }));
}

/** Where each line begins and ends, without the spaces at its end. */
function breaks(text: string, width: number, measure: (text: string) => number): [number, number][] {
  const lines: [number, number][] = [];
  let start = 0;
  let end = 0;
  let taken = 0;
  const close = (): void => {
    if (end > start) lines.push([start, end]);
    taken = 0;
  };
  for (const { index, 0: word } of text.matchAll(/\S+\s*/g)) {
    const said = word.trimEnd();
    if (taken > 0 && taken + measure(said) > width) {
      close();
      start = index;
    }
    if (taken === 0) start = index;
    if (measure(said) > width) {
      let at = index;
      for (const piece of pieces(said, width, measure)) {
        if (at > index) {
          close();
          start = at;
        }
        at += piece.length;
        end = at;
        taken = measure(piece);
      }
      taken += measure(' ');
    } else {
      end = index + said.length;
      taken += measure(word);
    }
  }
  close();
  return lines;
}

const letters = new Intl.Segmenter();

/** A word that is too wide, in parts that fit. */
function pieces(word: string, width: number, measure: (text: string) => number): string[] {
  const parts: string[] = [];
  let part = '';
  let taken = 0;
  for (const { segment } of letters.segment(word)) {
    const more = measure(segment);
    if (part && taken + more > width) {
      parts.push(part);
      part = '';
      taken = 0;
    }
    part += segment;
    taken += more;
  }
  return [...parts, part];
}

/** The stretches of one level between two places, in the order in which they stand on paper (rule L2). */
function runsOf(text: string, levels: Uint8Array, start: number, end: number): Run[] {
  const runs: { text: string; level: number }[] = [];
  for (let i = start; i < end; i++) {
    const last = runs.at(-1);
    if (last && last.level === levels[i]) last.text += text[i];
    else runs.push({ text: text[i]!, level: levels[i]! });
  }
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < runs.length; from++) {
      if (runs[from]!.level < level) continue;
      let to = from;
      while (to < runs.length && runs[to]!.level >= level) to++;
      runs.splice(from, to - from, ...runs.slice(from, to).reverse());
      from = to;
    }
  }
  return runs.map(({ text: said, level }) => (level % 2 === 1 ? { text: forRightToLeft(said), rtl: true } : { text: said, rtl: false }));
}

/** Brackets look the other way; marks without letters are turned here, for only letters tell the font which way to go. */
function forRightToLeft(text: string): string {
  const mirrored = [...text].map((letter) => bidi.getMirroredCharacter(letter) ?? letter);
  return (/\p{L}/u.test(text) ? mirrored : mirrored.reverse()).join('');
}

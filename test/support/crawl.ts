import type { Visitor } from './browser.js';

/** A page as it came. */
export interface SeenPage {
  path: string;
  status: number;
  text: string;
}

const MOST_PAGES = 80;

/** Every page that somebody can come to from these, following links `within` a part of the site. */
export async function everyPage(visitor: Visitor, starts: readonly string[], within: RegExp): Promise<SeenPage[]> {
  const seen: SeenPage[] = [];
  const waiting = [...starts];
  const known = new Set(starts);
  while (waiting.length > 0 && seen.length < MOST_PAGES) {
    const path = waiting.shift()!;
    const { status, text } = await visitor.open(path);
    const html = String(text);
    seen.push({ path, status, text: html });
    for (const [, href] of html.matchAll(/href="([^"#]+)[^"]*"/g)) {
      const next = href!.replaceAll('&amp;', '&');
      if (!within.test(next) || known.has(next)) continue;
      known.add(next);
      waiting.push(next);
    }
  }
  return seen;
}

/** Where one of these words stands, and what is broken. */
export const leaksOf = (pages: readonly SeenPage[], words: readonly string[]): string[] =>
  pages.flatMap(({ path, status, text }) => [
    ...(status >= 500 ? [`${status} ${path}`] : []),
    ...words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`),
  ]);

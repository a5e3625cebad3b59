import { getDocumentProxy } from 'unpdf';

/** A node of the structure tree: an element with what it says, below it its parts. */
export interface Tagged {
  role: string;
  /** What stands in it, with what stands in its parts. */
  text: string;
  lang?: string;
  alt?: string;
  parts: Tagged[];
}

export interface ReadPdf {
  pages: number;
  /** Width and height of each, in points. */
  sizes: [number, number][];
  language: string;
  title: string;
  marked: boolean;
  /** The bookmarks, those below others after two spaces. */
  bookmarks: string[];
  /** The text of each page in the order of the content. */
  text: string[];
  /** Page by page: a paragraph that goes on stands on both. */
  tags: Tagged[];
  /** What stands outside of the structure: decoration. */
  decoration: string;
}

interface Node {
  role?: string;
  children?: Node[];
  type?: string;
  id?: string;
  lang?: string;
  alt?: string;
}

interface Bookmark {
  title: string;
  items: Bookmark[];
}

/** A PDF read back by a parser that is not the one that made it. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { info } = (await pdf.getMetadata()) as unknown as { info: { Language: string; Title: string } };
  const text: string[] = [];
  const sizes: [number, number][] = [];
  const tags: Tagged[] = [];
  let decoration = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    sizes.push([width, height]);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const said = new Map<string, string>();
    const open: (string | null)[] = [];
    let all = '';
    for (const item of items as { type?: string; id?: string; tag?: string; str?: string; hasEOL?: boolean }[]) {
      if (item.type === 'beginMarkedContentProps') open.push(item.id ?? open.at(-1) ?? null);
      else if (item.type === 'beginMarkedContent') open.push(null);
      else if (item.type === 'endMarkedContent') open.pop();
      else {
        const more = `${item.str ?? ''}${item.hasEOL ? ' ' : ''}`;
        const id = open.at(-1);
        if (id) said.set(id, (said.get(id) ?? '') + more);
        else decoration += more;
        all += more;
      }
    }
    text.push(tidy(all));
    const tree = (await page.getStructTree()) as Node | null;
    // Of what stands on another page this one has the element without its words.
    if (tree) tags.push(...(tree.children ?? []).filter((child) => pdf.numPages === 1 || hasContent(child)).map((child) => tagged(child, said, pdf.numPages > 1)));
  }
  const bookmarks = (list: Bookmark[], depth = 0): string[] => list.flatMap(({ title, items }) => [' '.repeat(2 * depth) + title, ...bookmarks(items, depth + 1)]);
  const marks = (await pdf.getMarkInfo()) as { Marked: boolean } | null;
  return {
    pages: pdf.numPages,
    sizes,
    language: info.Language,
    title: info.Title,
    marked: marks?.Marked === true,
    bookmarks: bookmarks((await pdf.getOutline()) ?? []),
    text,
    tags,
    decoration: tidy(decoration),
  };
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

const hasContent = ({ type, children = [] }: Node): boolean => type === 'content' || children.some(hasContent);

function tagged({ role = '', children = [], lang, alt }: Node, said: Map<string, string>, filledOnly: boolean): Tagged {
  const parts = children.filter((child) => child.role && (!filledOnly || hasContent(child))).map((child) => tagged(child, said, filledOnly));
  const own = children.filter(({ type }) => type === 'content').map(({ id }) => said.get(id ?? '') ?? '');
  return { role, text: tidy([...own, ...parts.map(({ text }) => text)].join(' ')), lang, alt, parts };
}

/** All elements of a role, in the order of reading. */
export const elements = (tags: readonly Tagged[], role: string): Tagged[] =>
  tags.flatMap((tag) => [...(tag.role === role ? [tag] : []), ...elements(tag.parts, role)]);

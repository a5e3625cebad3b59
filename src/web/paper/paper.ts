import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { linesOf, type Direction, type Line } from './lines.js';

const require = createRequire(import.meta.url);
/** What no eye sees and no font draws: joiners and variation selectors of pictures, marks of direction. */
const IGNORED = /(?![\u200C\u200D])\p{Default_Ignorable_Code_Point}/gu;
/** Stands in for what the font does not have; who reads by ear or searches finds the letter itself. */
const UNKNOWN = '\u25A1';
/** Asks the library to shape a run as a whole and not word by word, which would turn the words of Arabic around. */
const WHOLE = { features: [] };

interface Face {
  font: Font;
  /** A text as this font can show it. */
  shown: (text: string) => string;
}

function face(name: string): Face {
  const font = create(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))) as Font;
  const glyphOf = font.getGlyph.bind(font);
  // A font keeps its glyphs. One that was first fetched as a part of another (the o in an ö) would never hear which letter it is.
  font.getGlyph = (id, codePoints = []) => {
    const glyph = glyphOf(id, codePoints);
    if (glyph.codePoints.length > 0 || codePoints.length === 0) return glyph;
    const isMark = /^\p{M}+$/u.test(String.fromCodePoint(...codePoints));
    return Object.assign(glyph, { codePoints, isMark, isLigature: codePoints.length > 1 });
  };
  const has = (letter: string): boolean => font.hasGlyphForCodePoint(letter.codePointAt(0)!);
  return { font, shown: (text) => [...text.replace(IGNORED, '')].map((letter) => (has(letter) ? letter : UNKNOWN)).join('') };
}

/** Opened with the first paper: they are large, and most processes make none. */
let opened: Record<'regular' | 'bold', Face> | null = null;
const fonts = (): Record<'regular' | 'bold', Face> => (opened ??= { regular: face('DejaVuSans'), bold: face('DejaVuSans-Bold') });

/** Text sizes in points: what is smaller than 11 is hard to read on paper. */
const SIZES = { h1: 22, h2: 15, h3: 12, body: 11.5, small: 10 } as const;
type Size = keyof typeof SIZES;
const LINE_HEIGHT = 1.35;
const MARGIN = 56;
const INDENT = 24;
/** Room to write a line by hand. */
const WRITING_LINE = 26;
const ITEMS_AT_ONCE = 10;
const INK = '#1c2a33';
const QUIET = '#52646e';
const RULE = '#b9b1a4';

export interface PaperOptions {
  /** In the bar of the reader's window: no names. */
  title: string;
  /** BCP 47. */
  language: string;
  direction: Direction;
  madeAt: Date;
  size?: 'A4' | 'A3';
  layout?: 'portrait' | 'landscape';
  /** "bladzijde 1 van 3" */
  pageOf: (page: number, pages: number) => string;
}

/** How a text is set. */
export interface TextStyle {
  /** When it is another than the paper's. */
  lang?: string;
  direction?: Direction | 'auto';
  bold?: boolean;
  quiet?: boolean;
  size?: Size;
}

export interface Spot {
  x: number;
  width: number;
}

/** What stands before an item of a list: seen, and said aloud. */
export interface Mark {
  sign: string;
  said?: string;
}

type Element = PDFKit.PDFStructureElement;

/**
 * A tagged PDF (PDF/UA-1): every text stands in the structure in the order of reading, everything else is marked as
 * decoration. Text flows on over as many pages as it takes.
 */
export class Paper {
  private readonly doc: PDFKit.PDFDocument;
  private readonly root: Element;
  /** Into what the next element goes. */
  private into: Element;
  private readonly done: Promise<Buffer>;
  /** The top of the next line. */
  private y = MARGIN;
  private spot: Spot;
  /** The bookmark below which the next ones go. */
  private chapter: PDFKit.PDFOutline | null = null;
  /** Whether a letter was not there in the font. */
  replaced = false;

  constructor(private readonly options: PaperOptions) {
    const { title, language, madeAt, size = 'A4', layout = 'portrait' } = options;
    this.doc = new PDFDocument({
      size,
      layout,
      margin: MARGIN,
      pdfVersion: '1.7',
      subset: 'PDF/UA' as 'PDF/A-1',
      tagged: true,
      lang: language,
      displayTitle: true,
      bufferPages: true,
      // Only what is asked for below: the built-in Helvetica may not stand in a PDF/UA.
      font: null as unknown as string,
      info: { Title: title, Producer: 'Netwerkberaad', Creator: 'Netwerkberaad', CreationDate: madeAt },
    });
    const chunks: Buffer[] = [];
    this.done = new Promise((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.doc.on('end', () => resolve(Buffer.concat(chunks)));
      this.doc.on('error', reject);
    });
    const { regular, bold } = fonts();
    this.doc.registerFont('regular', regular.font as unknown as string).registerFont('bold', bold.font as unknown as string);
    this.root = this.doc.struct('Document', { lang: language });
    this.doc.addStructure(this.root);
    this.into = this.root;
    this.spot = { x: MARGIN, width: this.doc.page.width - 2 * MARGIN };
  }

  /** Where text may stand on this page. */
  get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  /** A heading, which also stands among the bookmarks (1 and 2); it never ends a page. */
  heading(level: 1 | 2 | 3, text: string, style: TextStyle = {}): void {
    const size = `h${level}` as const;
    if (level > 1 && this.y > MARGIN) this.y += level === 2 ? 14 : 6;
    this.room(heightOf(size) + 3 * heightOf('body'));
    if (level !== 3) this.bookmark(level, text);
    this.tagged(`H${level}`, text, { ...style, bold: true, size });
    this.y += level === 1 ? 6 : 3;
  }

  paragraph(text: string, style: TextStyle = {}): void {
    this.tagged('P', text, style);
    this.y += 4;
  }

  /** A line or lines without room below: part of something larger. `alt` says what is only drawn. */
  line(text: string, style: TextStyle = {}, alt?: string): void {
    this.tagged('P', text, style, alt);
  }

  /** A list; `body` sets what stands in an item. Long ones let others on the server go in between. */
  async list<Item>(items: readonly Item[], mark: (item: Item, index: number) => Mark, body: (item: Item) => void): Promise<void> {
    const outer = this.into;
    const list = this.doc.struct('L');
    outer.add(list);
    for (const [index, item] of items.entries()) {
      if (index % ITEMS_AT_ONCE === ITEMS_AT_ONCE - 1) await new Promise((resume) => setImmediate(resume));
      this.into = list;
      this.room(3 * heightOf('body'));
      const { sign, said } = mark(item, index);
      this.element('LI', () => {
        const top = this.y;
        this.tagged('Lbl', sign, { size: 'h3' }, said);
        this.y = top;
        this.within(this.indented(INDENT), () => this.element('LBody', () => body(item)));
      });
      this.y += 4;
    }
    list.end();
    this.into = outer;
    this.y += 4;
  }

  /** Rows of a name and what is said of it. */
  table(rows: readonly (readonly [string, string])[], style: TextStyle = {}): void {
    const whole = this.spot;
    const [name, value] = this.columns([0.45, 0.55]);
    this.element('Table', () => {
      for (const [label, said] of rows) {
        const lines = Math.max(this.set(label, { ...style, bold: true }, name!.width).length, this.set(said, style, value!.width).length);
        this.room(lines * heightOf('body') + 8);
        const top = this.y;
        this.element('TR', () => {
          this.within(name!, () => this.tagged('TH', label, { ...style, bold: true }, undefined, { scope: 'Row' }));
          const below = this.y;
          this.y = top;
          this.within(value!, () => this.tagged('TD', said, style));
          this.y = Math.max(this.y, below);
        });
        this.rule(whole, this.y + 3, RULE);
        this.y += 8;
      }
    });
    this.y += 4;
  }

  /** Widths as parts of the line, in the order of reading, with a gap between. */
  columns(parts: readonly number[], gap = 12): Spot[] {
    const { x, width } = this.spot;
    const free = width - gap * (parts.length - 1);
    let from = x;
    const spots = (this.options.direction === 'rtl' ? [...parts].reverse() : parts).map((part) => {
      const spot = { x: from, width: free * part };
      from += spot.width + gap;
      return spot;
    });
    return this.options.direction === 'rtl' ? spots.reverse() : spots;
  }

  /** A question with lines below it to write on. */
  toFill(label: string, lines: number): void {
    this.tagged('P', label, { bold: true });
    for (let line = 0; line < lines; line++) {
      this.y += WRITING_LINE;
      this.rule(this.spot, this.y);
    }
    this.y += 12;
  }

  /** An empty table to write in: headings with their widths, so many rows, and what stands in the first column. */
  grid(columns: readonly (readonly [string, number])[], rows: number, first: string): void {
    const spots = this.columns(columns.map(([, width]) => width));
    const row = (cells: readonly string[], type: 'TH' | 'TD', height: number): void => {
      const top = this.y;
      this.element('TR', () =>
        cells.forEach((text, i) => {
          this.y = top;
          const style: TextStyle = type === 'TH' ? { bold: true } : { size: 'h2' };
          this.within(spots[i]!, () => this.tagged(type, text, style, undefined, type === 'TH' ? { scope: 'Column' } : {}));
        }),
      );
      this.y = top + height;
      this.rule(this.spot, this.y);
      this.y += 6;
    };
    this.element('Table', () => {
      row(columns.map(([heading]) => heading), 'TH', 2 * heightOf('body'));
      for (let i = 0; i < rows; i++) row(columns.map((_, column) => (column === 0 ? first : '')), 'TD', WRITING_LINE + 8);
    });
  }

  /** Sets what `body` sets in another place of the page, from a height on; answers how far it came. */
  beside(spot: Spot, top: number, body: () => void): number {
    this.y = top;
    this.within(spot, body);
    return this.y;
  }

  get top(): number {
    return this.y;
  }

  get bottom(): number {
    return this.doc.page.height - MARGIN - 1.5 * heightOf('small');
  }

  /** An element around others: `Table`, `TR`, `L`. */
  element(type: string, body: () => void, options: object = {}): void {
    const outer = this.into;
    const element = this.doc.struct(type, options);
    outer.add(element);
    this.into = element;
    body();
    this.into = outer;
    element.end();
  }

  /** A line to write on, or below what was written: decoration. */
  rule({ x, width }: Spot, y: number, color: string = QUIET): void {
    this.decoration(() => this.doc.moveTo(x, y).lineTo(x + width, y).lineWidth(0.6).stroke(color));
  }

  /** Room between what was set and what comes. */
  space(points: number): void {
    this.y += points;
  }

  /** A text in its own element, in the place where text goes now. Empty text makes an empty element: a field to fill in. */
  tagged(type: string, text: string, style: TextStyle, alt?: string, options: object = {}): void {
    const lines = this.set(text, style, this.spot.width);
    const lang = style.lang === this.options.language ? undefined : style.lang;
    const turned = lines.some(({ runs }) => runs.some(({ rtl }) => rtl));
    const given = { ...options, ...(lang ? { lang } : {}), ...(alt ? { alt } : {}), ...(turned ? { actual: text.replace(IGNORED, '') } : {}) };
    if (lines.length === 0) {
      this.element(type, () => undefined, given);
      return;
    }
    this.into.add(this.doc.struct(type, given, () => lines.forEach((line) => this.draw(line, style))));
  }

  /** The whole of it: page numbers last, when it is known how many there are. */
  async end(): Promise<Buffer> {
    this.root.end();
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page);
      const [line] = this.set(this.options.pageOf(page + 1, count), { size: 'small', quiet: true }, this.width);
      this.spot = { x: MARGIN, width: this.width };
      this.decoration(() => this.put(line!, { size: 'small', quiet: true }, this.doc.page.height - MARGIN - heightOf('small')), 'Pagination');
    }
    this.doc.end();
    return this.done;
  }

  private bookmark(level: 1 | 2, text: string): void {
    const item = (level === 1 ? this.doc.outline : (this.chapter ?? this.doc.outline)).addItem(text.replace(IGNORED, ''), { expanded: true, top: this.y } as object);
    if (level === 1) this.chapter = item;
  }

  private decoration(body: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type });
    body();
    this.doc.endMarkedContent();
  }

  private within(spot: Spot, body: () => void): void {
    const outer = this.spot;
    this.spot = spot;
    body();
    this.spot = outer;
  }

  private indented(by: number): Spot {
    const { x, width } = this.spot;
    return { x: this.options.direction === 'rtl' ? x : x + by, width: width - by };
  }

  /** Begins a new page when this much does not fit any more. */
  private room(height: number): void {
    if (this.y + height <= this.bottom || this.y === MARGIN) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  private set(text: string, style: TextStyle, width: number): Line[] {
    const measure = this.pen(style);
    return text.split('\n').flatMap((paragraph) => linesOf(paragraph, width, measure, style.direction ?? this.options.direction));
  }

  /** Takes up the font of a text; answers how wide a part of it is. */
  private pen({ bold, quiet, size = 'body' }: TextStyle): (part: string, rtl?: boolean) => number {
    this.doc.font(bold ? 'bold' : 'regular').fontSize(SIZES[size]).fillColor(quiet ? QUIET : INK);
    const { shown } = fonts()[bold ? 'bold' : 'regular'];
    return (part, rtl) => this.doc.widthOfString(shown(part), rtl ? WHOLE : {});
  }

  private draw(line: Line, style: TextStyle): void {
    const height = heightOf(style.size ?? 'body');
    if (this.y + height > this.bottom) {
      this.doc.continueOnNewPage();
      this.y = MARGIN;
    }
    this.put(line, style, this.y);
    this.y += height;
  }

  private put(line: Line, style: TextStyle, y: number): void {
    const measure = this.pen(style);
    const { shown } = fonts()[style.bold ? 'bold' : 'regular'];
    const drawn = line.runs.map(({ text, rtl }) => ({ text: shown(text), rtl, width: measure(text, rtl) }));
    const total = drawn.reduce((sum, { width }) => sum + width, 0);
    // What is written from the other side begins where all lines begin, so that it stays by its box or heading.
    let x = this.options.direction === 'rtl' ? this.spot.x + this.spot.width - total : this.spot.x;
    const said = line.text.replace(IGNORED, '');
    if (drawn.some(({ text }, i) => text.includes(UNKNOWN) && !line.runs[i]!.text.includes(UNKNOWN))) this.replaced = true;
    // Of lines with letters from right to left the whole paragraph says what it says.
    const otherwise = drawn.every(({ rtl }) => !rtl) && drawn.map(({ text }) => text).join('') !== said;
    if (otherwise) this.doc.markContent('Span', { actual: said });
    for (const { text, rtl, width } of drawn) {
      this.doc.text(text, x, y, { lineBreak: false, ...(rtl ? WHOLE : {}) });
      x += width;
    }
    if (!otherwise) return;
    // Some readers place what is said by the axes that hold at its end: those in which the letters were drawn.
    this.doc.save().transform(1, 0, 0, -1, 0, this.doc.page.height);
    this.doc.endMarkedContent().restore();
  }
}

const heightOf = (size: Size): number => SIZES[size] * LINE_HEIGHT;

import { linesOf } from '../src/web/paper/lines.js';
import { Paper } from '../src/web/paper/paper.js';
import { elements, readPdf } from './support/pdf.js';

const measure = (text: string): number => [...text].length;
const shown = (text: string, width: number, direction: 'ltr' | 'rtl' | 'auto' = 'auto'): string[] =>
  linesOf(text, width, measure, direction).map(({ runs }) => runs.map(({ text: run, rtl }) => (rtl ? `«${run}»` : run)).join('|'));

describe('lines', () => {
  it.each([
    ['een twee drie', 8, ['een twee', 'drie']],
    ['  een   twee ', 20, ['een   twee']],
    ['aa bbbbbbbbbb cc', 4, ['aa', 'bbbb', 'bbbb', 'bb', 'cc']],
    ['bbbbbbbbbb cc', 4, ['bbbb', 'bbbb', 'bb', 'cc']],
    ['bbbbb c d', 4, ['bbbb', 'b c', 'd']],
    ['', 4, []],
    ['   ', 4, []],
  ])('of %j fit in %d and hold every letter', (text, width, lines) => {
    expect(shown(text, width)).toEqual(lines);
  });

  it('turn what runs from right to left, with its brackets, and leave numbers and other letters as they are', () => {
    expect(shown('abc אבג 12 דה xyz', 40)).toEqual(['abc |« דה»|12|«אבג »| xyz']);
    expect(shown('אב (גד) xyz', 40)).toEqual(['xyz|«אב )גד( »']);
    expect(shown('אבג דהו', 4)).toEqual(['«אבג»', '«דהו»']);
    expect(shown('\u2068אבג\u2069 (1)', 40, 'ltr').join('')).toMatch(/«אבג».*\(1\)$/);
  });
});

const paper = (): Paper => new Paper({ title: 'Proef', language: 'nl', direction: 'ltr', madeAt: new Date('2026-11-21'), pageOf: (page, pages) => `${page}/${pages}` });

async function saying(...sentences: string[]): Promise<string[]> {
  const sheet = paper();
  for (const sentence of sentences) sheet.paragraph(sentence);
  return elements((await readPdf(await sheet.end())).tags, 'P').map(({ text }) => text);
}

it('says every letter, also after a paper in which it was only a part of another letter', async () => {
  expect(await saying('ÖÜÉÇŞĞİ öüéçşğı')).toEqual(['ÖÜÉÇŞĞİ öüéçşğı']);
  expect(await saying('OUECSGI oeucsgi')).toEqual(['OUECSGI oeucsgi']);
  expect(await Promise.all([saying('Żółć'), saying('Zolc'), saying('fijn affiche')])).toEqual([['Żółć'], ['Zolc'], ['fijn affiche']]);
});

it('goes on over the next page in the middle of a paragraph, which stays one paragraph', async () => {
  const sheet = paper();
  sheet.paragraph(`Begin ${'klank '.repeat(2000)}eind`);
  const pdf = await readPdf(await sheet.end());
  expect(pdf.pages).toBeGreaterThan(2);
  expect(pdf.text.join(' ').match(/klank/g)).toHaveLength(2000);
  expect(elements(pdf.tags, 'P').map(({ text }) => text).join(' ')).toMatch(/^Begin klank.*klank eind$/);
  expect(pdf.decoration).toBe(Array.from({ length: pdf.pages }, (_, i) => `${i + 1}/${pdf.pages}`).join(' '));
});

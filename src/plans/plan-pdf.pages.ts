import { spokenText } from '../texts/isolate.js';
import { directionOf, type MessageLanguage } from '../texts/message-languages.js';
import type { PlanPaperTexts } from '../texts/nl/plan-paper.js';
import { planPaperTexts } from '../texts/plan-paper.js';
import { Paper, type TextStyle } from '../web/paper/paper.js';
import type { Block, PlanSheet, Said, Tick } from './plan-paper.rules.js';
import { languageOfWords } from './words.rules.js';

const SIGNS = { open: '\u2610', ticked: '\u2611', none: '\u2612' } as const;
/** As many as fit on a line, and half a season of weeks. */
const BOXES_FOR_TIMES = 12;

/** A plan on A4: a tagged PDF. */
export async function planPdf(sheet: PlanSheet, madeAt: Date): Promise<Buffer> {
  const t = planPaperTexts(sheet.language);
  const paper = new Paper({ title: spokenText(sheet.fileTitle), language: sheet.language, direction: sheet.direction, madeAt, pageOf: t.page });
  paper.heading(1, sheet.title);
  for (const sentence of sheet.intro) paper.paragraph(sentence);
  for (const { heading, blocks } of sheet.sections) {
    paper.heading(2, heading);
    for (const block of blocks) await put(paper, block, t);
  }
  if (paper.replaced) paper.paragraph(t.unknownLetters, { quiet: true, size: 'small' });
  return paper.end();
}

const styleOf = ({ text, own }: Said): TextStyle => (own ? { direction: 'auto', lang: languageOfWords(text) } : {});

async function put(paper: Paper, block: Block, t: PlanPaperTexts): Promise<void> {
  switch (block.kind) {
    case 'text':
      paper.paragraph(block.said.text, { ...styleOf(block.said), quiet: block.quiet });
      break;
    case 'person':
      paper.heading(3, block.name, { direction: 'auto' });
      break;
    case 'labelled':
      for (const { label, said } of block.rows) {
        paper.line(label, { quiet: true, size: 'small' });
        paper.paragraph(said.text, styleOf(said));
      }
      break;
    case 'facts':
      paper.table(block.rows);
      break;
    case 'list':
      await paper.list(block.items, (_, i) => ({ sign: block.numbered ? `${i + 1}.` : '\u2022' }), (said) => paper.line(said.text, styleOf(said)));
      break;
    case 'ticks':
      await paper.list(block.items, ({ box }) => ({ sign: SIGNS[box], said: t.boxes[box] }), (tick) => putTick(paper, tick, t));
  }
}

function putTick(paper: Paper, { who, what, when, repeats }: Tick, t: PlanPaperTexts): void {
  if (who) paper.line(who, { bold: true, direction: 'auto' });
  paper.line(what, { direction: 'auto', lang: languageOfWords(what) });
  paper.line(when, { quiet: true, size: 'small' });
  if (repeats) paper.line(`${t.eachTime} ${`${SIGNS.open} `.repeat(BOXES_FOR_TIMES)}`.trimEnd(), { size: 'small' }, t.eachTime);
}

/** The empty form for who writes by hand: A3, lying down. */
export async function emptyPlanPdf(language: MessageLanguage, madeAt: Date): Promise<Buffer> {
  const { form: t, page, want, can, need } = planPaperTexts(language);
  const paper = new Paper({ title: t.fileTitle, language, direction: directionOf(language), madeAt, size: 'A3', layout: 'landscape', pageOf: page });
  paper.heading(1, t.title);
  paper.paragraph(t.intro);
  const top = paper.top;
  const [left, right] = paper.columns([0.4, 0.6], 36);
  paper.beside(left!, top, () => {
    paper.toFill(t.names, 1);
    paper.toFill(t.day, 1);
    for (const label of [want, can, need]) paper.toFill(label, 3);
    paper.toFill(t.goals, 4);
    paper.toFill(t.call, 1);
  });
  paper.beside(right!, top, () => {
    paper.heading(2, t.promises);
    paper.grid([[t.columns.done, 0.09], [t.columns.who, 0.24], [t.columns.what, 0.42], [t.columns.when, 0.25]], FORM_ROWS, SIGNS.open);
    paper.toFill(t.agreed, 2);
  });
  return paper.end();
}

/** As many as fit on one sheet. */
const FORM_ROWS = 12;

import { spokenText } from '../texts/isolate.js';
import { ended, type Block, type PlanSheet } from './plan-paper.rules.js';

/** A plan as sentences to listen to: no signs, no columns; a paragraph for each part. */
export function planText({ title, intro, sections }: PlanSheet): string {
  const paragraphs = [
    [title, ...intro],
    ...sections.map(({ heading, blocks }) => [heading, ...blocks.flatMap(sentences)]),
  ];
  return `${paragraphs.map((lines) => lines.map((line) => ended(spokenText(line))).join('\n')).join('\n\n')}\n`;
}

function sentences(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [block.said.text];
    case 'person':
      return [block.name];
    case 'labelled':
      return block.rows.map(({ label, said }) => `${label}: ${said.text}`);
    case 'facts':
      return block.rows.map(([name, value]) => `${name}: ${value}`);
    case 'list':
      return block.items.map(({ text }, i) => (block.numbered ? `${i + 1}: ${text}` : text));
    case 'ticks':
      return block.items.map(({ spoken }) => spoken);
  }
}

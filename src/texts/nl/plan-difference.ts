import { wordFor, words } from './desk-words.js';

interface Line {
  part: 'goal' | 'commitment' | 'safety-condition' | 'statement' | 'precondition';
  id: string;
  change: 'added' | 'removed' | 'changed';
  memberName: string | null;
  text: string;
  fields: readonly { name: string; before: string | null; after: string | null }[];
}

const DAY = new Intl.DateTimeFormat('nl-NL', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
/** A day on the calendar, "donderdag 24 december". */
const day = (on: string | null): string => (on ? DAY.format(new Date(`${on}T12:00:00Z`)) : '');
const quoted = (text: string | null): string => `“${text ?? ''}”`;
const of = (name: string | null): string => (name ? ` van ${name}` : '');
const said = { want: 'Ik wil', can: 'Ik kan', need: 'Ik heb nodig' };

/** One sentence for what differs in one field; empty where there is nothing to say. */
function fieldSentence({ part, id, memberName, text }: Line, { name, before, after }: Line['fields'][number], howOften: (every: string) => string): string {
  const line = `${quoted(text)}${of(memberName)}`;
  if (part === 'precondition') return `${wordFor(words.preconditions, id)}: nu “${wordFor(words.preconditionLevels, after)}”, eerst “${wordFor(words.preconditionLevels, before)}”.`;
  if (part === 'statement') return `${memberName ?? ''} zegt bij “${said[name as keyof typeof said]}” nu: ${quoted(after)}. Eerst: ${quoted(before)}.`;
  switch (name) {
    case 'text':
      return part === 'goal' ? `Het doel ${quoted(before)} is nu: ${quoted(after)}.` : `Er stond${of(memberName)}: ${quoted(before)}. Nu staat er: ${quoted(after)}.`;
    case 'who':
      return `${quoted(text)} doet nu ${after ?? 'niemand'}. Eerst was dat ${before ?? 'niemand'}.`;
    case 'dueOn':
      return `${line} is nu voor ${day(after)}, eerst voor ${day(before)}.`;
    case 'every':
      return `${line} is nu ${after ? howOften(after) : 'één keer'}, eerst ${before ? howOften(before) : 'één keer'}.`;
    case 'goal':
      return after ? `${line} hoort nu bij ${quoted(after)}.` : `${line} hoort niet meer bij ${quoted(before)}.`;
    case 'reason':
      return `${line}: de reden is nu ${quoted(after)}.`;
    case 'deputy':
      return after ? `${line}: ${after} valt in.` : `${line}: er valt niemand meer in.`;
    case 'metBy':
      return after ? `${line}: zo lukt dat: ${quoted(after)}.` : `${line}: hoe dat lukt is nog niet gezegd.`;
    default:
      return '';
  }
}

const added = ({ part, id, memberName, text }: Line): string =>
  ({
    goal: `Nieuw doel: ${quoted(text)}.`,
    commitment: `Nieuw${of(memberName)}: ${quoted(text)}.`,
    'safety-condition': `Nieuw bij wat veilig moet zijn${of(memberName)}: ${quoted(text)}.`,
    statement: `${memberName ?? ''} schreef in eigen woorden op: ${quoted(text)}.`,
    precondition: `${wordFor(words.preconditions, id)}: “${wordFor(words.preconditionLevels, text)}”.`,
  })[part];

const removed = ({ part, id, memberName, text }: Line): string =>
  part === 'precondition' ? `${wordFor(words.preconditions, id)}: niet meer opgeschreven.` : `Staat er niet meer in${of(memberName)}: ${quoted(text)}.`;

/** How two versions of a plan differ, and how versions are shown. */
export const planDifference = {
  /** One line that differs, in words; `howOften` words a rhythm. */
  sentence: (line: Line, howOften: (every: string) => string): string => {
    if (line.change === 'added') return added(line);
    if (line.change === 'removed') return removed(line);
    return line.fields.map((field) => fieldSentence(line, field, howOften)).join(' ');
  },
  title: (newer: number, older: number): string => `Wat er anders is in versie ${newer} dan in versie ${older}`,
  same: 'Voor jou is er niets veranderd tussen deze twee versies.',
  versions: 'Alle versies',
  version: (version: number, on: string): string => `Versie ${version}, vastgelegd op ${on}`,
  compare: (newer: number, older: number): string => `Wat is er anders in versie ${newer} dan in versie ${older}?`,
  changes: { added: 'Nieuw', removed: 'Weggehaald', changed: 'Anders' },
  back: 'Terug naar mijn pagina',
  fields: { 'unknown-plan': 'Kies een andere versie van hetzelfde plan.' },
};

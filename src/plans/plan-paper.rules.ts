import type { KindRules } from '../cases/kinds.rules.js';
import { harmless, isolated } from '../texts/isolate.js';
import { directionOf, type MessageLanguage } from '../texts/message-languages.js';
import type { PlanPaperTexts } from '../texts/nl/plan-paper.js';
import type { CommitmentState } from './commitments.rules.js';
import type { PlanAnswer, PlanCommitment, PlanCondition, PlanForProfessional } from './plans.dto.js';
import { rhythmWords } from './rhythm.rules.js';

/** A text of ours, or (`own`) the words of people: in the language in which they said them. */
export interface Said {
  text: string;
  own?: true;
}

export type Box = 'open' | 'ticked' | 'none';

/** Something to do, with a box to tick. */
export interface Tick {
  box: Box;
  who: string | null;
  what: string;
  /** How often or before when, and how it stands. */
  when: string;
  /** Repeats: a box for each time. */
  repeats: boolean;
  /** All of it as sentences, for who hears it. */
  spoken: string;
}

export type Block =
  | { kind: 'text'; said: Said; quiet?: true }
  | { kind: 'person'; name: string }
  | { kind: 'labelled'; rows: readonly { label: string; said: Said }[] }
  | { kind: 'facts'; rows: readonly (readonly [string, string])[] }
  | { kind: 'list'; numbered: boolean; items: readonly Said[] }
  | { kind: 'ticks'; items: readonly Tick[] };

export interface Section {
  /** Part of an address on the page. */
  id: string;
  heading: string;
  blocks: readonly Block[];
}

/** A plan as one reader gets it, before it is a PDF, a page or something to listen to. */
export interface PlanSheet {
  language: MessageLanguage;
  direction: 'ltr' | 'rtl';
  title: string;
  fileTitle: string;
  intro: readonly string[];
  sections: readonly Section[];
}

export interface SheetFacts {
  texts: PlanPaperTexts;
  language: MessageLanguage;
  plan: KindRules['plan'];
  /** The day as people read it. */
  day: (instant: string) => string;
  /** Names one after the other. */
  list: (names: readonly string[]) => string;
  /** Weekdays (0 is Monday) one after the other. */
  weekdays: (days: readonly number[]) => string;
  /** Whom to call. */
  facilitator: { name: string; phone: string | null };
}

/** What other forms of an answer may hold too. */
interface MorePlan {
  legalForm?: string | null;
}

/** The whole plan, or a professional's own part: what is not in the answer is not on the sheet. */
export function planSheet(answer: (PlanAnswer | PlanForProfessional) & MorePlan, facts: SheetFacts, about: { mainPersons: readonly string[]; reader: string | null }): PlanSheet {
  const { texts: t, day } = facts;
  const whole = 'statements' in answer ? answer : null;
  const title = whole ? t.titles[facts.plan] : t.partTitle;
  const legal = answer.legalForm ? t.legalForms[answer.legalForm] : undefined;
  return sheet(facts, title, t.fileTitle(title, answer.version, day(answer.fixedAt)), [
    ...(about.mainPersons.length > 0 ? [t.by(facts.list(about.mainPersons.map(isolated)))] : []),
    ...(about.reader && !whole ? [t.for(isolated(about.reader))] : []),
    ...(legal ? [legal] : []),
    t.version(answer.version, day(answer.fixedAt)),
    t.states[answer.state],
    ...(t.ownWords ? [t.ownWords] : []),
  ], [
    ...(whole ? [statements(whole, t), preconditions(whole, t)] : []),
    section('doelen', whole ? t.goals : t.ownGoals, answer.goals.length === 0 ? [] : [{ kind: 'list', numbered: answer.goals.length > 1, items: answer.goals.map(({ text }) => own(text)) }]),
    promises(answer.commitments, answer.goals, facts, whole !== null),
    conditions(answer.safetyConditions, whole, facts),
    ...(whole ? [agreements(whole, t), objections(whole, facts)] : []),
  ]);
}

/** What one person does, and nothing of anybody else. */
export function ownSheet(commitments: readonly Pick<PlanCommitment, 'text' | 'dueOn' | 'every' | 'state'>[], facts: SheetFacts, reader: string, madeOn: string): PlanSheet {
  const { texts: t, day } = facts;
  const rows = commitments.map((commitment) => ({ ...commitment, memberName: reader, goalId: null, releasedBecause: null, supportsName: null, takenOverBy: null }));
  return sheet(facts, t.sheetTitle, t.sheetTitle, [t.for(isolated(reader)), t.madeOn(day(madeOn)), ...(t.ownWords ? [t.ownWords] : [])], [
    promises(rows, [], facts, false),
  ]);
}

function sheet(facts: SheetFacts, title: string, fileTitle: string, intro: string[], sections: (Section | null)[]): PlanSheet {
  const { language, texts: t, facilitator } = facts;
  const name = isolated(facilitator.name);
  const contact = section('vragen', t.contact, [text(facilitator.phone ? t.call(name, isolated(facilitator.phone)) : t.callWithout(name))]);
  return {
    language,
    direction: directionOf(language),
    title,
    fileTitle,
    intro,
    sections: [...sections, contact].filter((one) => one !== null),
  };
}

const own = (words: string): Said => ({ text: harmless(words), own: true });
const text = (sentence: string): Block => ({ kind: 'text', said: { text: sentence } });
/** Nothing to say is no section. */
const section = (id: string, heading: string, blocks: readonly Block[]): Section | null => (blocks.length > 0 ? { id, heading, blocks } : null);

function statements({ statements: said }: PlanAnswer, t: PlanPaperTexts): Section | null {
  return section('zinnen', t.statements, said.flatMap(({ memberName, want, can, need }): Block[] => [
    { kind: 'person', name: harmless(memberName) },
    {
      kind: 'labelled',
      rows: [[t.want, want], [t.can, can], [t.need, need]].map(([label, words]) => ({ label: label!, said: own(words!) })).filter(({ said: { text: words } }) => words),
    },
  ]));
}

function preconditions({ preconditions: levels }: PlanAnswer, t: PlanPaperTexts): Section | null {
  if (!levels) return null;
  const names = ['home', 'money', 'relations', 'days'] as const;
  return section('voorwaarden', t.preconditions, [{ kind: 'facts', rows: names.map((name) => [t.precondition[name], t.levels[levels[name]]] as const) }]);
}

type SheetCommitment = Pick<PlanCommitment, 'memberName' | 'text' | 'goalId' | 'dueOn' | 'every' | 'state' | 'releasedBecause' | 'supportsName' | 'takenOverBy'>;

function promises(commitments: readonly SheetCommitment[], goals: readonly { id: string }[], facts: SheetFacts, named: boolean): Section {
  const { texts: t } = facts;
  const numbers = goals.length > 1 ? new Map(goals.map(({ id }, i) => [id, i + 1])) : new Map<string, number>();
  const items = commitments.map((commitment) => tick(commitment, numbers.get(commitment.goalId ?? '') ?? null, facts, named));
  return { id: 'afspraken', heading: named ? t.promises : t.ownPromises, blocks: items.length > 0 ? [{ kind: 'ticks', items }] : [text(t.noPromises)] };
}

const BOXES: Readonly<Record<CommitmentState, Box>> = {
  asked: 'open', promised: 'open', doing: 'open', running: 'open', blocked: 'open', done: 'ticked', 'given-back': 'open', released: 'none',
};

function tick({ memberName, text: what, dueOn, every, state, releasedBecause, supportsName, takenOverBy }: SheetCommitment, goal: number | null, facts: SheetFacts, named: boolean): Tick {
  const { texts: t, day } = facts;
  const box = BOXES[state];
  const when = box === 'open' ? (every ? rhythmWords(every, facts) : t.before(day(dueOn))) : null;
  const reason = releasedBecause ? t.because(isolated(releasedBecause)) : null;
  const told = [
    when,
    goal === null ? null : t.goal(goal),
    supportsName && t.supports(isolated(supportsName)),
    takenOverBy && t.takenOver(isolated(takenOverBy.memberName)),
  ].filter((part) => part !== null);
  return {
    box,
    who: named ? harmless(memberName) : null,
    what: harmless(what),
    when: [...told, t.stateWords[state], reason].filter(Boolean).join(t.comma),
    repeats: every !== null && box === 'open',
    spoken: [`${t.spoken[state](isolated(memberName))} ${ended(harmless(what))}`, ...[...told, reason].filter((part) => part !== null).map((part) => ended(capital(part)))].join(' '),
  };
}

function conditions(asked: readonly PlanCondition[], whole: PlanAnswer | null, { texts: t }: SheetFacts): Section | null {
  return section('veilig', t.conditions, asked.flatMap(({ text: words, reason, metBy, met, notMetBecause }): Block[] => [
    { kind: 'list', numbered: false, items: [own(words)] },
    ...(reason && whole ? [text(t.why(isolated(reason)))] : []),
    text(metBy ? t.metBy(isolated(metBy)) : t.notMetYet),
    { kind: 'text', said: { text: met === null ? t.met.open : met ? t.met.yes : t.met.no }, quiet: true },
    ...(notMetBecause ? [text(t.needed(isolated(notMetBecause)))] : []),
  ]));
}

function agreements({ agreements: said }: PlanAnswer, t: PlanPaperTexts): Section | null {
  return section('akkoord', t.agreements, said.length === 0 ? [] : [
    { kind: 'list', numbered: false, items: said.map(({ memberName, agrees }) => ({ text: (agrees ? t.agrees : t.agreesNot)(isolated(memberName)) })) },
  ]);
}

function objections({ objections: said }: PlanAnswer, { texts: t, day }: SheetFacts): Section | null {
  return section('bezwaren', t.objections, said.flatMap(({ memberName, remark, at }): Block[] => [
    text(t.said(isolated(memberName), day(at))),
    { kind: 'text', said: own(remark) },
  ]));
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
/** With an end that a voice hears. */
export const ended = (sentence: string): string => (/[.!?:؟…]\u2069?$/u.test(sentence) ? sentence : `${sentence}.`);

import { type FieldError, invalid } from '../platform/http/problem.js';

export const INSTRUMENT_IDS = ['cbs-happiness', 'who-5'] as const;
export type InstrumentId = (typeof INSTRUMENT_IDS)[number];

export const MOMENTS = ['before', 'after', 'later'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Whose words the questions are in: ours in plain Dutch, or the owner's, loaded by an organisation that has the terms. */
export type Wording = 'own' | 'official';

/** What a score may call for. `impaired` and `see-gp` are met kindly: an offer to call, a crisis number. */
export type Band = 'happy' | 'unhappy' | 'impaired' | 'see-gp';

export type ScoreId = 'single' | 'sum-times-4';

/** One way of asking how somebody is. The questions themselves stand in the texts, by item id. */
export interface Instrument {
  id: InstrumentId;
  version: string;
  items: readonly { id: string; min: number; max: number }[];
  direction: 'higher-is-better';
  score: ScoreId;
  scoreRange: { min: number; max: number };
  /** First match counts. */
  bands: readonly { band: Band; min: number; max: number }[];
  /** The change that matters, in points of the score; `published` false when no one has shown it. */
  threshold: { change: number; published: boolean };
  source: string;
  licence: string;
  wording: Wording;
}

export const INSTRUMENTS: Readonly<Record<InstrumentId, Instrument>> = {
  'cbs-happiness': {
    id: 'cbs-happiness',
    version: '1',
    items: [{ id: 'q1', min: 1, max: 10 }],
    direction: 'higher-is-better',
    score: 'single',
    scoreRange: { min: 1, max: 10 },
    bands: [
      { band: 'happy', min: 7, max: 10 },
      { band: 'unhappy', min: 1, max: 4 },
    ],
    threshold: { change: 1, published: false },
    source: 'CBS, Sociale samenhang en welzijn',
    licence: 'Question of official statistics',
    wording: 'own',
  },
  'who-5': {
    id: 'who-5',
    version: '1998',
    items: ['q1', 'q2', 'q3', 'q4', 'q5'].map((id) => ({ id, min: 0, max: 5 })),
    direction: 'higher-is-better',
    score: 'sum-times-4',
    scoreRange: { min: 0, max: 100 },
    bands: [
      { band: 'see-gp', min: 0, max: 28 },
      { band: 'impaired', min: 29, max: 50 },
    ],
    threshold: { change: 10, published: true },
    source: 'WHO-5 Well-Being Index (WHO, 1998; Psykiatrisk Center Nordsjælland)',
    licence: 'WHO 2024: CC BY-NC-SA 3.0 IGO, to be confirmed by the organisation that uses it',
    wording: 'own',
  },
};

/** A skipped item is null. */
export type Answers = Record<string, number | null>;

/** How answers become a score; null when an item that it needs was skipped. */
export const SCORES: Readonly<Record<ScoreId, (answers: readonly (number | null)[]) => number | null>> = {
  single: ([only]) => only ?? null,
  'sum-times-4': (answers) =>
    answers.includes(null) ? null : answers.reduce<number>((total, answer) => total + answer!, 0) * 4,
};

/** Of a long list of unknown items the first ones are enough to know. */
const MOST_NAMED = 20;

/** Checks typed answers: 400 for an item that is unknown, no whole number or out of range, and for no answer at all. */
export function readAnswers(instrument: Instrument, typed: Readonly<Record<string, unknown>>): Answers {
  const errors: FieldError[] = [];
  const ids = new Set(instrument.items.map((item) => item.id));
  const pointer = (id: string): string => `/answers/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const unknown = Object.keys(typed).filter((id) => !ids.has(id));
  for (const id of unknown.slice(0, MOST_NAMED)) errors.push({ pointer: pointer(id), code: 'unknown-field' });
  const answers: Answers = {};
  for (const { id, min, max } of instrument.items) {
    const value = Object.hasOwn(typed, id) ? typed[id] : null;
    if (value === null) answers[id] = null;
    else if (typeof value !== 'number' || !Number.isInteger(value)) errors.push({ pointer: pointer(id), code: 'whole-number' });
    else if (value < min) errors.push({ pointer: pointer(id), code: 'too-small' });
    else if (value > max) errors.push({ pointer: pointer(id), code: 'too-large' });
    else answers[id] = value;
  }
  if (errors.length === 0 && Object.values(answers).every((answer) => answer === null)) {
    errors.push({ pointer: '/answers', code: 'nothing-answered' });
  }
  if (errors.length) throw invalid(errors);
  return answers;
}

/** The score of checked answers, in the instrument's own points. */
export function scoreOf(instrument: Instrument, answers: Answers): number | null {
  return SCORES[instrument.score](instrument.items.map((item) => answers[item.id] ?? null));
}

/** What a score stands for, or null when it stands for nothing in particular. */
export function bandOf(instrument: Instrument, score: number | null): Band | null {
  if (score === null) return null;
  return instrument.bands.find(({ min, max }) => score >= min && score <= max)?.band ?? null;
}

export interface Measured {
  memberId: string;
  instrument: InstrumentId;
  moment: Moment;
  /** Local date. */
  on: string;
  score: number | null;
  wording: Wording;
}

/** One person on one instrument. A change matters when it is at least the threshold, in either direction. */
export interface Change {
  memberId: string;
  instrument: InstrumentId;
  before: number | null;
  after: number | null;
  later: number | null;
  change: number | null;
  meaningful: boolean | null;
  wording: Wording;
  thresholdPublished: boolean;
}

/** Before and after per person and instrument. Measured twice at one moment: the last counts, also when it was skipped. */
export function changesOf(measured: readonly Measured[]): Change[] {
  const inOrder = [...measured].sort((a, b) => a.on.localeCompare(b.on));
  const keys = [...new Set(inOrder.map((each) => `${each.memberId} ${each.instrument}`))].sort();
  return keys.map((key) => {
    const own = inOrder.filter((each) => `${each.memberId} ${each.instrument}` === key);
    const at = (moment: Moment): number | null => own.filter((each) => each.moment === moment).at(-1)?.score ?? null;
    const { memberId, instrument } = own[0]!;
    const { threshold } = INSTRUMENTS[instrument];
    const [before, after, later] = [at('before'), at('after'), at('later')];
    const change = before === null || after === null ? null : after - before;
    return {
      memberId,
      instrument,
      before,
      after,
      later,
      change,
      meaningful: change === null ? null : Math.abs(change) >= threshold.change,
      wording: own.some((each) => each.wording === 'own') ? 'own' : 'official',
      thresholdPublished: threshold.published,
    };
  });
}

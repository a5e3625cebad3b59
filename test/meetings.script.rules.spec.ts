import { CASE_KINDS, KINDS } from '../src/cases/kinds.rules.js';
import { askedToChair, CHAIRS, mayBeLed, mayBeRehearsed, PHASES, readsScript, SCRIPTS, scriptOf, SPEAKERS, whyNotChair, type MeetingType, type PossibleChair } from '../src/meetings/script.rules.js';
import { textsFor } from '../src/texts/texts.js';

const TYPES: MeetingType[] = ['meeting', 'review'];
const scripts = CASE_KINDS.flatMap((kind) => TYPES.map((type) => [kind, type] as const));
const texts = textsFor('nl').script;
const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/);
const wordsOf = (sentence: string): string[] => sentence.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word));

describe.each(scripts)('The script of %s, %s', (kind, type) => {
  const phases = scriptOf(kind, type, texts.phases, true);
  const said = phases.flatMap(({ title, doNow, readAloud }) => [title, ...doNow, ...readAloud]);

  it('has for each phase a title, something to do, something to read aloud, and a time', () => {
    for (const { id, title, doNow, readAloud, minutes, speaks } of phases) {
      expect(PHASES).toContain(id);
      expect(SPEAKERS).toContain(speaks);
      expect([title, ...doNow, ...readAloud].filter((text) => text.trim() === '')).toEqual([]);
      expect(doNow.length * readAloud.length).toBeGreaterThan(0);
      expect(minutes).toBeGreaterThan(0);
    }
    expect(new Set(phases.map(({ id }) => id)).size).toBe(phases.length);
    expect([phases[0]!.id, phases.at(-1)!.id]).toEqual(['welcome', 'closing']);
  });

  it('speaks in short sentences, without words that hurt', () => {
    const sentences = said.flatMap(sentencesOf);
    const lengths = sentences.map((sentence) => wordsOf(sentence).length);
    expect(lengths.reduce((sum, length) => sum + length) / lengths.length).toBeLessThanOrEqual(12);
    expect(sentences.filter((sentence) => wordsOf(sentence).length > 20)).toEqual([]);
    expect(said.filter((text) => /casus|dossier|cli[eë]nt|weiger|te laat|belemmering/i.test(text))).toEqual([]);
    expect(said.filter((text) => /\bu\b|\buw\b/i.test(text))).toEqual([]);
  });

  it('lasts no longer than people can sit together', () => {
    const minutes = phases.reduce((sum, phase) => sum + phase.minutes, 0);
    expect(minutes).toBeGreaterThanOrEqual(30);
    expect(minutes).toBeLessThanOrEqual(type === 'review' ? 75 : 180);
  });

  it('keeps private time as its kind says: before the plan, and never where there is none', () => {
    const place = (id: string): number => phases.findIndex((phase) => phase.id === id);
    const { privateTime } = KINDS[kind];
    if (privateTime === 'none') expect(place('private-time')).toBe(-1);
    if (privateTime === 'required') expect(place('private-time')).toBeGreaterThan(0);
    if (privateTime !== 'none' && type === 'meeting') expect(place('private-time')).toBeLessThan(place('plan'));
    expect(place('private-time')).toBeLessThan(phases.length);
  });
});

it('looks at what must be safe only where something must be', () => {
  for (const [kind, type] of scripts) {
    const ids = (safety: boolean): string[] => scriptOf(kind, type, texts.phases, safety).map(({ id }) => id);
    expect(ids(false)).toEqual(ids(true).filter((id) => id !== 'safety-conditions'));
  }
  expect(scriptOf('mdo', 'meeting', texts.phases, true).map(({ id }) => id)).toContain('safety-conditions');
});

it('lets the circle alone have the word in eigen-kracht from private time until the conditions', () => {
  const phases = SCRIPTS['eigen-kracht'].meeting;
  const from = phases.findIndex(({ id }) => id === 'private-time');
  const until = phases.findIndex(({ id }) => id === 'safety-conditions');
  expect(phases.slice(from, until).map(({ speaks }) => speaks)).toEqual(['circle', 'circle', 'circle', 'circle']);
  expect(phases.filter(({ speaks }) => speaks === 'chair').map(({ id }) => id)).toEqual(['welcome', 'why', 'closing']);
});

const person = (changes: Partial<PossibleChair>): PossibleChair => ({ id: 'joost', isMainPerson: false, circleKind: 'informal', relation: 'neighbour', state: 'coming', ...changes });

it.each<[string, Partial<PossibleChair>, boolean]>([
  ['somebody who comes', {}, true],
  ['who may come', { state: 'maybe' }, true],
  ['who did not answer yet', { state: 'invited' }, true],
  ['a main person', { isMainPerson: true, state: 'approved' }, true],
  ['a professional whom the resident asks', { circleKind: 'professional', relation: 'team-worker' }, true],
  ['who joins on a screen', { takesPart: 'remote' }, true],
  ['an interpreter', { circleKind: 'aide', relation: 'interpreter' }, false],
  ['a support person', { circleKind: 'aide', relation: 'support-person' }, false],
  ['who sends a letter', { takesPart: 'letter' }, false],
  ['who does not take part', { takesPart: 'not' }, false],
  ['who was never asked', { state: 'approved' }, false],
  ['who left', { state: 'removed' }, false],
  ['a main person who left', { isMainPerson: true, state: 'removed' }, false],
])('%s: may lead or may not, also when that was asked before', (_, changes, may) => {
  const one = person(changes);
  expect(whyNotChair(one)).toBe(may ? null : 'cannot-chair');
  expect(askedToChair('joost', [one])).toBe(may ? 'joost' : null);
  expect(askedToChair(null, [one])).toBeNull();
});

it('gives the script to whom it is about, to who was asked, and to a JIM who leads along', () => {
  const main = person({ id: 'sanne', isMainPerson: true, state: 'approved', relation: null });
  const jim = person({ id: 'bas', relation: 'jim' });
  const readers = (kind: (typeof CASE_KINDS)[number], chair: string | null): string[] =>
    [main, jim, person({})].filter((one) => readsScript(one, kind, chair)).map(({ id }) => id);
  expect(CASE_KINDS.map((kind) => [kind, readers(kind, null)])).toEqual([
    ['netwerkberaad', ['sanne']],
    ['eigen-kracht', ['sanne']],
    ['mdo', ['sanne']],
    ['jim', ['sanne', 'bas']],
    ['netwerkplan', ['sanne']],
  ]);
  expect(readers('mdo', 'joost')).toEqual(['sanne', 'joost']);
  expect(readsScript(person({ state: 'removed' }), 'mdo', 'joost')).toBe(false);
  expect(CASE_KINDS.filter((kind) => CHAIRS[KINDS[kind].chair].passesOn)).toEqual(['mdo', 'jim']);
});

it.each<[string, 'polling' | 'fixed' | 'held' | 'cancelled', string, boolean, boolean]>([
  ['days before', 'fixed', '2026-11-20T12:00Z', false, true],
  ['31 minutes before', 'fixed', '2026-11-24T12:29Z', false, true],
  ['half an hour before', 'fixed', '2026-11-24T12:30Z', true, true],
  ['in the evening of that day', 'fixed', '2026-11-24T22:59Z', true, true],
  ['at midnight in Amsterdam', 'fixed', '2026-11-24T23:00Z', false, false],
  ['while the facilitator has written it down already', 'held', '2026-11-24T15:00Z', true, true],
  ['called off', 'cancelled', '2026-11-24T13:00Z', false, false],
])('%s: whether a meeting is led or rehearsed', (_, state, now, led, rehearsed) => {
  const meeting = { state, startsAt: new Date('2026-11-24T13:00Z'), endsAt: new Date('2026-11-24T15:00Z') };
  expect([mayBeLed(meeting, new Date(now)), mayBeRehearsed(meeting, new Date(now))]).toEqual([led, rehearsed]);
});

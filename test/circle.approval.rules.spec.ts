import { ageBandFrom, broughtBy, guardianWord, isTooYoungFor, needsGuardian, rowFor, WORD_OF_MAIN_PERSON } from '../src/circle/approval.rules.js';

it.each([
  [2014, null, null],
  [2015, null, 'under-12'],
  [2013, null, '12-15'],
  [2011, null, '12-15'],
  [2010, null, null],
  [2010, '16-17', '16-17'],
  [2009, null, '16-17'],
  [2008, '16-17', '16-17'],
  [2007, null, 'adult'],
  [2011, 'adult', '12-15'],
  [undefined, '12-15', '12-15'],
] as const)('a birth year of %s, given as %s, in 2026 is %s', (birthYear, given, band) => {
  expect(ageBandFrom(birthYear, 2026, given)).toBe(band);
});

it.each([['under-12', true], ['12-15', true], ['16-17', false], ['adult', false], [null, false]] as const)('%s needs a guardian: %s', (ageBand, needs) => {
  expect(needsGuardian({ ageBand })).toBe(needs);
});

const child = { ageBand: '12-15', guardians: ['Ria de Wit', 'Mark'] };
const adult = { name: 'Sanne', ageBand: null };
it.each([
  ['nobody young', { about: [adult], by: adult, noted: false, guardian: undefined }, { needed: false }],
  ['a child, nothing noted', { about: [child], by: adult, noted: true, guardian: undefined }, { needed: true, guardian: null }],
  ['a child, noted', { about: [child], by: adult, noted: true, guardian: 'ria de wit ' }, { needed: true, guardian: 'ria de wit ' }],
  ['a child, noted of a stranger', { about: [child], by: adult, noted: true, guardian: 'Kees' }, { wrong: 'unknown-guardian' }],
  ['a child whose guardians nobody noted', { about: [{ ageBand: 'under-12' }], by: adult, noted: true, guardian: 'Kees' }, { needed: true, guardian: 'Kees' }],
  ['a child, named by a participant', { about: [child], by: adult, noted: false, guardian: 'Mark' }, { needed: true, guardian: null }],
  ['a child, by the guardian themself', { about: [child], by: { name: 'Mark', ageBand: 'adult' }, noted: false, guardian: undefined }, { needed: true, guardian: 'Mark' }],
  ['a child who says it themself', { about: [child], by: { name: 'Mark', ageBand: '12-15' }, noted: false, guardian: undefined }, { needed: true, guardian: null }],
] as const)('%s', (_, yes, word) => {
  expect(guardianWord(yes)).toEqual(word);
});

it.each([
  ['who proposed them', { addedById: 'b' }, 'b'],
  ['whose yes it was, rather than who proposed them', { addedById: 'b', approval: { memberId: 'a' } }, 'a'],
  ['the first, once there is a yes of no main person', { addedById: 'noor', approval: {} }, 'a'],
  ['nobody yet', { addedById: 'noor' }, null],
  ['nobody, when who brought them left', { addedById: 'gone' }, null],
] as const)('is brought by %s', (_, person, by) => {
  expect(broughtBy({ relation: 'friend', ...person }, ['a', 'b'])).toBe(by);
});

it.each([
  ['a', { addedById: 'a' }, ['approves', 'ends']],
  ['b', { addedById: 'a' }, ['not-theirs', 'objects']],
  ['b', { addedById: 'noor' }, ['approves', 'ends']],
  ['b', { addedById: 'noor', relation: 'support-person' }, ['approves', 'objects']],
  ['b', { addedById: 'noor', approval: {} }, ['not-theirs', 'objects']],
] as const)('%s about %j: %j', (speaker, person, [yes, no]) => {
  expect(WORD_OF_MAIN_PERSON[rowFor(speaker, { relation: 'friend', ...person }, ['a', 'b'])]).toEqual({ yes, no });
});

it.each([
  ['aide', 'interpreter', '12-15', true],
  ['aide', 'support-person', '16-17', true],
  ['aide', 'interpreter', 'adult', false],
  ['aide', 'interpreter', null, false],
  ['informal', 'jim', '16-17', true],
  ['informal', 'child', 'under-12', false],
] as const)('%s %s of %s is too young: %s', (kind, relation, ageBand, is) => {
  expect(isTooYoungFor(kind, { relation, ageBand })).toBe(is);
});

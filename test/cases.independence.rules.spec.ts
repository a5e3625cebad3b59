import { isEmployedBy, languageKey, objections, organisationKey, speaksOther } from '../src/cases/independence.rules.js';

const FREE = { ties: 'none', language: 'shared', wishesMet: true } as const;

it.each([
  ['a facilitator with no tie, who speaks the language', FREE, false, []],
  ['who needs an interpreter', { ...FREE, language: 'with-interpreter' }, false, []],
  ['who is family', { ...FREE, ties: 'family' }, false, ['ties']],
  ['who helped somebody before', { ...FREE, ties: 'earlier-help' }, false, ['ties']],
  ['who does not speak the language', { ...FREE, language: 'not-shared' }, false, ['language-not-shared']],
  ['whom the main persons would rather not have', { ...FREE, wishesMet: false }, false, ['wishes-not-met']],
  ['who works for a party, whatever they checked', FREE, true, ['employed-by-party']],
  ['who works for a party and did not check', null, true, ['employed-by-party']],
  ['who did not check', null, false, []],
] as const)('%s: %j, employed %s → %j', (_, check, employed, expected) => {
  expect(objections({ check, employed, required: false, otherLanguage: false })).toEqual(expected);
});

it('a check that the kind asks for, and a language that is not the facilitator’s, are said until they checked', () => {
  const known = { employed: false, required: true, otherLanguage: true };
  expect(objections({ ...known, check: null })).toEqual(['language-differs', 'not-checked']);
  expect(objections({ ...known, check: { ...FREE, language: 'with-interpreter' } })).toEqual([]);
});

it.each([
  ['Turks', 'tr'],
  ['Turkish', 'tr-TR'],
  ['Arabisch', 'ar'],
  [' nederlands', 'NL'],
  ['Sarnami', 'sarnami'],
])('%s and %s are one language', (one, other) => {
  expect(languageKey(one)).toBe(languageKey(other));
  expect(speaksOther([one], [other])).toBe(false);
});

it('another language is only known where the facilitator named their own', () => {
  expect(speaksOther(['Nederlands', 'Turks'], ['tr', 'so'])).toBe(true);
  expect(speaksOther(['Nederlands', 'Turks'], [])).toBe(false);
  expect(speaksOther([], ['so'])).toBe(false);
});

it.each([
  ['Stichting De Klimop', 'de klimop'],
  ['Zorggroep Één B.V.', 'zorggroep één bv'],
  ['  Wijkteam   Noord ', 'wijkteam-noord'],
])('%s and %s are one organisation', (one, other) => {
  expect(organisationKey(one)).toBe(organisationKey(other));
  expect(isEmployedBy(one, ['Iets anders', other])).toBe(true);
});

it('nobody works for an organisation that has no name, nor for one whose name only begins the same', () => {
  expect(isEmployedBy(null, ['Wijkteam Noord'])).toBe(false);
  expect(isEmployedBy('Stichting', ['Vereniging'])).toBe(false);
  expect(isEmployedBy('Wijkteam Noord', ['Wijkteam Noordoost', ''])).toBe(false);
});

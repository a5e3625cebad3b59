import type { SafetyGate } from '../src/cases/cases.rules.js';
import { areApart, forReader, halvesApart, partErrors, perPart, perPerson, whyNotLikeThis } from '../src/meetings/parts.rules.js';

const part = (memberId: string, fromMinute: number, untilMinute: number): { memberId: string; fromMinute: number; untilMinute: number } => ({ memberId, fromMinute, untilMinute });

it.each([
  ['a quarter of an hour lies between', [part('a', 0, 60), part('b', 75, 120)], true],
  ['the other way round', [part('a', 75, 120), part('b', 0, 60)], true],
  ['one minute less', [part('a', 0, 60), part('b', 74, 120)], false],
  ['they overlap', [part('a', 0, 60), part('b', 30, 120)], false],
  ['the same part', [part('a', 0, 60), part('b', 0, 60)], false],
  ['one comes for the whole', [part('a', 0, 60)], false],
  ['both come for the whole', [], false],
])('two are apart when %s', (_, parts, apart) => {
  expect(areApart(parts, 'a', 'b')).toBe(apart);
});

const first = (...ids: string[]): ReturnType<typeof part>[] => ids.map((id) => part(id, 0, 60));
const second = (...ids: string[]): ReturnType<typeof part>[] => ids.map((id) => part(id, 75, 120));
it.each([
  ['a pair together', ['a', 'b'], 'together', [], 'separate-parts-needed'],
  ['a pair apart', ['a', 'b'], 'together', [...first('a'), ...second('b')], null],
  ['one of the pair does not come', ['a'], 'together', [], null],
  ['main persons together where that is not safe', ['m', 'n'], 'not-together', [], 'not-together'],
  ['main persons apart', ['m', 'n'], 'not-together', [...first('m'), ...second('n')], null],
  ['one main person for the whole', ['m', 'n'], 'not-together', first('m'), 'not-together'],
  ['one main person, nobody apart', ['m', 'c'], 'not-together', first('m'), 'not-together'],
  ['one main person, somebody apart', ['m', 'c'], 'not-together', [...first('m'), ...second('c')], null],
  ['main persons apart, a pair not', ['m', 'n', 'a', 'b'], 'not-together', [...first('m', 'a', 'b'), ...second('n')], 'separate-parts-needed'],
  ['safe together', ['m', 'n'], 'together', [], null],
] as const)('%s', (_, comers, gate: SafetyGate, parts, why) => {
  const pairs = [{ one: 'a', other: 'b', mode: 'separate-parts' as const }];
  expect(whyNotLikeThis({ pairs, gate }, { comers: new Set(comers), mainPersonIds: ['m', 'n'] }, parts)).toBe(why);
});

const at = (time: string): Date => new Date(`2026-11-24T${time}:00Z`);
const slot = { startsAt: at('13:00'), endsAt: at('15:00') };
it('names what is wrong with parts', () => {
  const asked = [
    { memberIds: ['a', 'x', 'a'], fromMinute: 0, untilMinute: 60 },
    { memberIds: ['b'], fromMinute: 60, untilMinute: 60 },
    { memberIds: ['c'], fromMinute: 60, untilMinute: 70 },
    { memberIds: ['d'], fromMinute: 60, untilMinute: 121 },
  ];
  expect(partErrors(asked, [slot], new Set(['a', 'b', 'c', 'd'])).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/parts/0/memberIds/1 unknown-member',
    '/parts/0/memberIds/2 double',
    '/parts/1/untilMinute ends-before-start',
    '/parts/2/untilMinute lasts-too-short',
    '/parts/3/untilMinute after-the-end',
  ]);
});

it('is one line a person, and people who come together stand together again', () => {
  const asked = [{ memberIds: ['a', 'b'], fromMinute: 75, untilMinute: 120 }, { memberIds: ['c'], fromMinute: 0, untilMinute: 60 }];
  expect(perPart(perPerson(asked))).toEqual([asked[1], asked[0]]);
});

it('is a meeting that begins and ends when they come and go, on every date; the whole for who has no part', () => {
  const other = { startsAt: new Date('2027-03-28T00:00:00Z'), endsAt: new Date('2027-03-28T03:00:00Z') };
  const meeting = { parts: second('b'), ...slot, startsLocal: '2026-11-24T14:00:00', slots: [slot, other] };
  expect(forReader(meeting, 'a')).toBe(meeting);
  const theirs = forReader(meeting, 'b');
  expect(theirs).toMatchObject({ startsAt: at('14:15'), endsAt: at('15:00'), startsLocal: '2026-11-24T15:15:00' });
  expect(theirs.slots[1]).toEqual({ startsAt: new Date('2027-03-28T01:15:00Z'), endsAt: new Date('2027-03-28T02:00:00Z') });
  expect(forReader({ ...meeting, startsAt: null, endsAt: null, startsLocal: null }, 'b').startsAt).toBeNull();
});

it.each([
  ['nobody who has to come apart', ['a', 'c'], 120, []],
  ['a pair', ['c', 'b', 'a'], 120, [{ memberIds: ['b'], fromMinute: 0, untilMinute: 52 }, { memberIds: ['a'], fromMinute: 67, untilMinute: 120 }]],
  ['one whom two others must not meet', ['b', 'd', 'a'], 45, [{ memberIds: ['b'], fromMinute: 0, untilMinute: 15 }, { memberIds: ['a', 'd'], fromMinute: 30, untilMinute: 45 }]],
  ['a date that is too short for two halves', ['a', 'b'], 44, []],
  ['who must never meet, which halves do not mend', ['a', 'n'], 120, []],
])('puts in two halves: %s', (_, comers, minutes, parts) => {
  const pairs = [
    { one: 'a', other: 'b', mode: 'separate-parts' as const },
    { one: 'b', other: 'd', mode: 'separate-parts' as const },
    { one: 'a', other: 'n', mode: 'never-together' as const },
  ];
  const sorted = halvesApart(pairs, comers, [{ startsAt: at('13:00'), endsAt: new Date(at('13:00').getTime() + minutes * 60_000) }]);
  expect(sorted.map((half) => ({ ...half, memberIds: [...half.memberIds].sort() }))).toEqual(parts);
});

import { absenceSpan, hoursErrors, overlap, suggestedMoments, warningsFor, withinHours, type Hours } from '../src/meetings/availability.rules.js';
import type { Slot } from '../src/meetings/meetings.rules.js';

const NOW = new Date('2026-11-16T08:30:00Z');
const slot = (startsAt: string, endsAt: string): Slot => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
const hours = (weekday: number, from: string, until: string): Hours => ({ weekday, from: minute(from), until: minute(until) });
const minute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const OFFICE = [1, 2, 3, 4, 5].map((weekday) => hours(weekday, '09:00', '17:00'));

describe('The hours of a week', () => {
  it.each<[string, Hours[], string[]]>([
    ['nothing', [], []],
    ['a part of a day', [hours(1, '09:00', '17:00')], []],
    ['a whole day', [hours(7, '00:00', '24:00')], []],
    ['two parts that touch', [hours(2, '09:00', '12:00'), hours(2, '12:00', '17:00')], []],
    ['the same hours on two days', [hours(2, '09:00', '12:00'), hours(3, '09:00', '12:00')], []],
    ['a part of no time', [hours(1, '09:00', '09:00')], ['/hours/0/until ends-before-start']],
    ['a part that ends before it begins', [hours(1, '09:00', '12:00'), hours(2, '17:00', '09:00')], ['/hours/1/until ends-before-start']],
    ['parts that meet by a minute', [hours(2, '09:00', '12:01'), hours(2, '12:00', '17:00')], ['/hours/1/from hours-overlap']],
    ['a part within another', [hours(2, '09:00', '17:00'), hours(1, '10:00', '11:00'), hours(2, '10:00', '11:00')], ['/hours/2/from hours-overlap']],
  ])('%s', (_, week, errors) => {
    expect(hoursErrors(week).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(errors);
  });
});

describe('A date within hours', () => {
  it.each<[string, Slot, Hours[], boolean]>([
    ['any date, when no hours were said', slot('2027-01-17T02:00:00Z', '2027-01-17T04:00:00Z'), [], true],
    ['a Thursday from the first minute to the last', slot('2027-01-14T08:00:00Z', '2027-01-14T16:00:00Z'), OFFICE, true],
    ['a minute before', slot('2027-01-14T07:59:00Z', '2027-01-14T10:00:00Z'), OFFICE, false],
    ['a minute after', slot('2027-01-14T14:00:00Z', '2027-01-14T16:01:00Z'), OFFICE, false],
    ['a day on which nobody works', slot('2027-01-16T10:00:00Z', '2027-01-16T12:00:00Z'), OFFICE, false],
    ['the hours of another day', slot('2027-01-15T10:00:00Z', '2027-01-15T12:00:00Z'), [hours(4, '09:00', '17:00')], false],
    ['half in each of two parts', slot('2027-01-14T10:30:00Z', '2027-01-14T12:30:00Z'), [hours(4, '09:00', '12:00'), hours(4, '12:00', '17:00')], false],
    ['past midnight', slot('2027-01-14T22:00:00Z', '2027-01-15T00:00:00Z'), [hours(4, '20:00', '24:00'), hours(5, '00:00', '04:00')], false],
    ['Monday half past midnight, that is Sunday in UTC', slot('2027-01-17T23:30:00Z', '2027-01-18T00:30:00Z'), [hours(1, '00:00', '04:00')], true],
    ['nine o’clock in summer', slot('2027-06-10T07:00:00Z', '2027-06-10T09:00:00Z'), OFFICE, true],
    ['eight o’clock in summer, that is nine in winter', slot('2027-06-10T06:30:00Z', '2027-06-10T08:00:00Z'), OFFICE, false],
    ['over the hour that is skipped', slot('2028-03-26T00:30:00Z', '2028-03-26T01:30:00Z'), [hours(7, '01:00', '03:00')], false],
    ['over the hour that comes twice', slot('2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z'), [hours(7, '02:00', '03:00')], true],
  ])('%s', (_, date, week, expected) => {
    expect(withinHours(date, week)).toBe(expected);
  });
});

describe('Two spans of time', () => {
  const nine = slot('2027-01-14T09:00:00Z', '2027-01-14T10:00:00Z');
  it.each<[string, Slot, boolean]>([
    ['one ends where the other begins', slot('2027-01-14T10:00:00Z', '2027-01-14T11:00:00Z'), false],
    ['a millisecond together', slot('2027-01-14T09:59:59.999Z', '2027-01-14T11:00:00Z'), true],
    ['one within the other', slot('2027-01-14T09:15:00Z', '2027-01-14T09:30:00Z'), true],
    ['the same', nine, true],
  ])('%s', (_, other, expected) => {
    expect([overlap(nine, other), overlap(other, nine)]).toEqual([expected, expected]);
  });
});

describe('An absence', () => {
  it.each<[string, Parameters<typeof absenceSpan>[0], string]>([
    ['one whole day', { from: '2027-01-14', to: '2027-01-14' }, '2027-01-13T23:00:00.000Z 2027-01-14T23:00:00.000Z'],
    ['the day of 23 hours', { from: '2027-03-28', to: '2027-03-28' }, '2027-03-27T23:00:00.000Z 2027-03-28T22:00:00.000Z'],
    ['the day of 25 hours', { from: '2027-10-31', to: '2027-10-31' }, '2027-10-30T22:00:00.000Z 2027-10-31T23:00:00.000Z'],
    ['over the turn of the year', { from: '2026-12-31', to: '2027-01-01' }, '2026-12-30T23:00:00.000Z 2027-01-01T23:00:00.000Z'],
    ['the last of February in a leap year', { from: '2028-02-29', to: '2028-02-29' }, '2028-02-28T23:00:00.000Z 2028-02-29T23:00:00.000Z'],
    ['an afternoon', { from: '2027-06-10', to: '2027-06-10', fromTime: '13:00', toTime: '17:00' }, '2027-06-10T11:00:00.000Z 2027-06-10T15:00:00.000Z'],
    ['from a time on', { from: '2027-01-14', to: '2027-01-15', fromTime: '12:00' }, '2027-01-14T11:00:00.000Z 2027-01-15T23:00:00.000Z'],
    ['that has begun', { from: '2026-11-01', to: '2026-11-16' }, '2026-10-31T23:00:00.000Z 2026-11-16T23:00:00.000Z'],
    ['of 366 days', { from: '2027-01-01', to: '2028-01-01' }, '2026-12-31T23:00:00.000Z 2028-01-01T23:00:00.000Z'],
    ['at the hour that comes twice: the first', { from: '2027-10-31', to: '2027-10-31', fromTime: '02:30' }, '2027-10-31T00:30:00.000Z 2027-10-31T23:00:00.000Z'],
    ['backwards', { from: '2027-01-15', to: '2027-01-14' }, '/to ends-before-start'],
    ['of no time', { from: '2027-01-14', to: '2027-01-14', fromTime: '13:00', toTime: '13:00' }, '/to ends-before-start'],
    ['that is over', { from: '2026-11-15', to: '2026-11-15' }, '/to in-the-past'],
    ['that ends this minute', { from: '2026-11-16', to: '2026-11-16', toTime: '09:30' }, '/to in-the-past'],
    ['of 367 days', { from: '2027-01-01', to: '2028-01-02' }, '/to absence-too-long'],
    ['from a time that is skipped', { from: '2027-03-28', to: '2027-03-28', fromTime: '02:30' }, '/fromTime no-such-time'],
    ['to a time that is skipped', { from: '2027-03-28', to: '2027-03-28', toTime: '02:00' }, '/toTime no-such-time'],
  ])('%s', (_, days, expected) => {
    const span = absenceSpan(days, NOW);
    const shown = Array.isArray(span) ? span.map(({ pointer, code }) => `${pointer} ${code}`) : [`${span.startsAt.toISOString()} ${span.endsAt.toISOString()}`];
    expect(shown).toEqual([expected]);
  });
});

describe('What to look at twice', () => {
  const warned = (date: Slot, more: Partial<Parameters<typeof warningsFor>[1]> = {}): string[] =>
    warningsFor([{ id: 'a', ...date }], { hours: [], capacity: null, people: 5, ...more }).map(({ code, slotId }) => `${code} ${slotId}`);

  it.each<[string, Slot, string[]]>([
    ['an ordinary day', slot('2027-01-14T09:00:00Z', '2027-01-14T10:00:00Z'), []],
    ['King’s Day', slot('2027-04-27T09:00:00Z', '2027-04-27T10:00:00Z'), ['holiday a']],
    ['King’s Day on the Saturday when the 27th is a Sunday', slot('2031-04-26T09:00:00Z', '2031-04-26T10:00:00Z'), ['holiday a']],
    ['Easter Monday', slot('2027-03-29T09:00:00Z', '2027-03-29T10:00:00Z'), ['holiday a']],
    ['the second day of Christmas, late', slot('2026-12-26T20:00:00Z', '2026-12-26T21:00:00Z'), ['holiday a']],
    ['just after it, that is still the day itself in UTC', slot('2026-12-26T23:15:00Z', '2026-12-27T00:15:00Z'), []],
    ['New Year’s night, that is the old year in UTC', slot('2026-12-31T23:30:00Z', '2027-01-01T00:30:00Z'), ['holiday a']],
  ])('%s', (_, date, expected) => {
    expect(warned(date)).toEqual(expected);
  });

  it('says of each date what it is about, and once that a room is small', () => {
    const dates = [
      { id: 'a', ...slot('2027-04-27T18:00:00Z', '2027-04-27T20:00:00Z') },
      { id: 'b', ...slot('2027-01-14T09:00:00Z', '2027-01-14T10:00:00Z') },
    ];
    const found = warningsFor(dates, { hours: OFFICE, capacity: 4, people: 5 });
    expect(found.map(({ code, slotId }) => `${code} ${slotId}`)).toEqual(['outside-hours a', 'holiday a', 'room-too-small null']);
  });

  it('a room for just as many is large enough', () => {
    const date = slot('2027-01-14T09:00:00Z', '2027-01-14T10:00:00Z');
    expect([warned(date, { capacity: 5 }), warned(date, { capacity: 4 })]).toEqual([[], ['room-too-small null']]);
  });
});

describe('Suggested moments', () => {
  const suggest = (now: string, week: Hours[], taken: Slot[] = [], most = 5): string[] =>
    suggestedMoments(new Date(now), { hours: week, taken, most, travelMinutes: 30 }).map(({ startsAt }) => startsAt.toISOString().slice(0, 16));

  it('are from tomorrow on, one a day, at most so many, and office hours for who said none', () => {
    const week = ['2026-11-17T08:00', '2026-11-18T08:00', '2026-11-19T08:00', '2026-11-20T08:00', '2026-11-23T08:00'];
    expect(suggest('2026-11-16T08:30:00Z', [])).toEqual(week);
    expect(suggest('2026-11-16T08:30:00Z', [], [], 2)).toEqual(week.slice(0, 2));
  });

  it('begin tomorrow as it is here: half past midnight is another day than in UTC', () => {
    expect(suggest('2026-11-16T22:30:00Z', [], [], 1)).toEqual(['2026-11-17T08:00']);
    expect(suggest('2026-11-16T23:30:00Z', [], [], 1)).toEqual(['2026-11-18T08:00']);
  });

  it('keep their hour when the clocks change, and skip holidays', () => {
    // Good Friday the 26th, Easter Monday the 29th.
    expect(suggest('2027-03-24T10:00:00Z', OFFICE, [], 3)).toEqual(['2027-03-25T08:00', '2027-03-30T07:00', '2027-03-31T07:00']);
    expect(suggest('2027-10-28T10:00:00Z', OFFICE, [], 2)).toEqual(['2027-10-29T07:00', '2027-11-01T08:00']);
  });

  it('never begin at a time that is skipped, and last within the hours of the night that the clocks change', () => {
    expect(suggest('2028-03-24T10:00:00Z', [hours(7, '02:00', '07:00')], [], 1)).toEqual(['2028-03-26T01:00']);
    expect(suggest('2028-03-24T10:00:00Z', [hours(7, '01:00', '03:00')], [], 1)).toEqual(['2028-04-01T23:00']);
    expect(suggest('2027-10-29T10:00:00Z', [hours(7, '02:00', '05:00')], [], 1)).toEqual(['2027-10-31T00:00']);
  });

  it.each<[string, Slot, string]>([
    ['a meeting that ends half an hour before leaves the way there', slot('2026-11-17T07:00:00Z', '2026-11-17T07:30:00Z'), '2026-11-17T08:00'],
    ['one that ends 29 minutes before does not', slot('2026-11-17T07:00:00Z', '2026-11-17T07:31:00Z'), '2026-11-17T08:30'],
    ['one that begins right after is no hindrance', slot('2026-11-17T10:00:00Z', '2026-11-17T12:00:00Z'), '2026-11-17T08:00'],
    ['the whole day away', slot('2026-11-16T23:00:00Z', '2026-11-17T23:00:00Z'), '2026-11-18T08:00'],
    ['away until four: two hours do not fit', slot('2026-11-16T23:00:00Z', '2026-11-17T15:00:00Z'), '2026-11-18T08:00'],
  ])('%s', (_, taken, first) => {
    expect(suggest('2026-11-16T08:30:00Z', OFFICE, [taken], 1)).toEqual([first]);
  });

  it('need two hours in a part, and begin at the whole or half hour', () => {
    expect(suggest('2026-11-16T08:30:00Z', [hours(2, '09:00', '10:59')])).toEqual([]);
    expect(suggest('2026-11-16T08:30:00Z', [hours(2, '13:10', '15:30'), hours(2, '09:10', '11:00')], [], 1)).toEqual(['2026-11-17T12:30']);
  });

  it('are none when somebody is away for the two weeks', () => {
    expect(suggest('2026-11-16T08:30:00Z', OFFICE, [slot('2026-11-16T00:00:00Z', '2026-12-02T00:00:00Z')])).toEqual([]);
  });
});

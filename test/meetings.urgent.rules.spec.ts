import { asksWhoIsThere, midnightAfter, midnightBefore, nightSince, urgentSlots } from '../src/meetings/urgent.rules.js';

/** Friday 20 November 2026 in Amsterdam, an hour ahead of UTC. */
const friday = (time: string): Date => new Date(`2026-11-20T${time}:00+01:00`);
const local = (instant: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'short' }).format(instant).slice(8);

it.each([
  ['10:10', ['20 12:30', '20 13:30', '20 14:30', '20 15:30', '20 16:30']],
  ['17:00', ['20 19:00', '20 20:00', '20 21:00', '20 22:00']],
  ['19:40', ['20 22:00']],
  ['20:00', ['20 22:00']],
  ['20:01', ['21 08:00', '21 09:00', '21 10:00', '21 11:00', '21 12:00']],
  ['23:59', ['21 08:00', '21 09:00', '21 10:00', '21 11:00', '21 12:00']],
  ['02:00', ['20 08:00', '20 09:00', '20 10:00', '20 11:00', '20 12:00']],
  ['06:15', ['20 08:30', '20 09:30', '20 10:30', '20 11:30', '20 12:30']],
])('at %s offers %j', (time, starts) => {
  expect(urgentSlots(friday(time)).map(({ startsAt }) => local(startsAt))).toEqual(starts);
});

it('keeps 08:00 at 08:00 the morning after the clocks change', () => {
  expect(urgentSlots(new Date('2026-10-24T21:00:00+02:00'))[0]!.startsAt.toISOString()).toBe('2026-10-25T07:00:00.000Z');
});

it.each([
  ['17:00', '20:00', false],
  ['21:00', '22:00', false],
  ['05:59', '08:00', true],
  ['06:00', '08:00', false],
])('at %s for %s the same day: asks who is there tonight: %s', (now, start, asks) => {
  expect(asksWhoIsThere(friday(now), friday(start))).toBe(asks);
});

it('asks who is there tonight before a meeting of tomorrow', () => {
  expect(asksWhoIsThere(friday('20:30'), new Date('2026-11-21T08:00:00+01:00'))).toBe(true);
});

it('knows when the day and the night begin and end', () => {
  expect([local(midnightBefore(friday('00:00'))), local(midnightBefore(friday('23:59')))]).toEqual(['20 00:00', '20 00:00']);
  expect(local(midnightAfter(friday('17:00')))).toBe('21 00:00');
  expect([local(nightSince(friday('21:00'))), local(nightSince(friday('03:00')))]).toEqual(['20 00:00', '19 00:00']);
});

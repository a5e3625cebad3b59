import { REPORT_COLUMNS, instantsOf, readMonths, toCsv } from '../src/micro-analysis/figures.rules.js';
import { preferred } from '../src/platform/http/access.js';
import {
  bandOf, changesOf, type InstrumentId, INSTRUMENTS, type Measured, readAnswers, scoreOf,
} from '../src/micro-analysis/wellbeing.rules.js';
import { Problem } from '../src/platform/http/problem.js';
import { microAnalysis as texts } from '../src/texts/nl/micro-analysis.js';

/** The wrong fields of a refusal, as `pointer code`. */
function refusal(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return (error.extra.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  throw new Error('was not refused');
}

describe('wellbeing', () => {
  const who5 = INSTRUMENTS['who-5'];
  const happiness = INSTRUMENTS['cbs-happiness'];
  const five = (q1: number, q2: number, q3: number, q4: number, q5: number): Record<string, number> => ({ q1, q2, q3, q4, q5 });

  it.each<[string, InstrumentId, Record<string, unknown>, number | null, string | null]>([
    ['nothing good', 'who-5', five(0, 0, 0, 0, 0), 0, 'see-gp'],
    ['7 × 4: see the GP', 'who-5', five(1, 2, 1, 2, 1), 28, 'see-gp'],
    ['8 × 4: impaired', 'who-5', five(2, 2, 1, 2, 1), 32, 'impaired'],
    ['12 × 4: impaired', 'who-5', five(3, 3, 2, 2, 2), 48, 'impaired'],
    ['13 × 4', 'who-5', five(3, 3, 3, 2, 2), 52, null],
    ['all good', 'who-5', five(5, 5, 5, 5, 5), 100, null],
    ['one item skipped', 'who-5', { q1: 5, q2: 5, q3: null, q4: 5, q5: 5 }, null, null],
    ['one item left out', 'who-5', { q1: 5, q2: 5, q4: 5, q5: 5 }, null, null],
    ['a four', 'cbs-happiness', { q1: 4 }, 4, 'unhappy'],
    ['a five', 'cbs-happiness', { q1: 5 }, 5, null],
    ['a seven', 'cbs-happiness', { q1: 7 }, 7, 'happy'],
  ])('is scored: %s', (_, id, answers, score, band) => {
    const instrument = INSTRUMENTS[id];
    expect(scoreOf(instrument, readAnswers(instrument, answers))).toBe(score);
    expect(bandOf(instrument, score)).toBe(band);
  });

  it.each<[string, InstrumentId, Record<string, unknown>, string[]]>([
    ['an item that it does not have', 'cbs-happiness', { q1: 7, q2: 3 }, ['/answers/q2 unknown-field']],
    ['an item with a hostile name', 'cbs-happiness', { q1: 7, 'a/b~': 3 }, ['/answers/a~1b~0 unknown-field']],
    ['an answer below the range', 'cbs-happiness', { q1: 0 }, ['/answers/q1 too-small']],
    ['an answer above the range', 'who-5', { ...five(1, 1, 1, 1, 1), q5: 6 }, ['/answers/q5 too-large']],
    ['half a point', 'cbs-happiness', { q1: 7.5 }, ['/answers/q1 whole-number']],
    ['text', 'cbs-happiness', { q1: '7' }, ['/answers/q1 whole-number']],
    ['nothing at all', 'cbs-happiness', {}, ['/answers nothing-answered']],
    ['only skipped items', 'who-5', { q1: null }, ['/answers nothing-answered']],
  ])('refuses %s', (_, id, answers, expected) => {
    expect(refusal(() => readAnswers(INSTRUMENTS[id], answers))).toEqual(expected);
  });

  const measured = (given: Partial<Measured>): Measured => ({
    memberId: 'm', instrument: 'who-5', moment: 'before', on: '2026-11-18', score: 40, wording: 'own', ...given,
  });

  it.each<[number | null, number | null, number | null, boolean | null]>([
    [40, 50, 10, true], [40, 49, 9, false], [60, 48, -12, true], [40, 40, 0, false], [null, 50, null, null],
    [40, null, null, null],
  ])('from %j to %j changes by %j, which matters: %j', (before, after, change, meaningful) => {
    const [only] = changesOf([measured({ score: before }), measured({ moment: 'after', on: '2027-01-02', score: after })]);
    expect(only).toMatchObject({ before, after, change, meaningful, later: null });
  });

  it('counts the last of two measurements at one moment, and persons and instruments apart', () => {
    const all = changesOf([
      measured({ on: '2026-11-20', score: 44 }),
      measured({ on: '2026-11-18', score: 12 }),
      measured({ memberId: 'n', moment: 'later', score: 80 }),
      measured({ instrument: 'cbs-happiness', score: 6 }),
    ]);
    expect(all.map(({ memberId, instrument, before, later }) => [memberId, instrument, before, later])).toEqual([
      ['m', 'cbs-happiness', 6, null], ['m', 'who-5', 44, null], ['n', 'who-5', null, 80],
    ]);
  });

  it('has our own words for every item, marked as such', () => {
    for (const instrument of [who5, happiness]) {
      expect(instrument.wording).toBe('own');
      const words: Record<string, string> = texts.instruments[instrument.id].items;
      expect(Object.keys(words)).toEqual(instrument.items.map((item) => item.id));
    }
    expect(texts.instruments.wording.own).toMatch(/niet de officiële tekst/);
  });

  it('meets a low score kindly, with a crisis number', () => {
    for (const { bands } of [who5, happiness]) for (const { band } of bands) expect(band in texts.notices).toBe(true);
    expect(texts.notices['see-gp']).toMatch(/0800-0113/);
  });
});

describe('the months of a report', () => {
  const now = new Date('2026-11-30T23:30:00Z');

  it.each<[string, { from?: string; to?: string }, string, string, number]>([
    ['this month and the eleven before it, in Dutch time', {}, '2026-01', '2026-12', 12],
    ['the months that are asked', { from: '2026-09', to: '2026-11' }, '2026-09', '2026-11', 3],
    ['whole months for dates', { from: '2026-11-20', to: '2026-12-02' }, '2026-11', '2026-12', 2],
    ['a month and a date', { from: '2026-11-20', to: '2026-11' }, '2026-11', '2026-11', 1],
    ['up to now', { from: '2026-10' }, '2026-10', '2026-12', 3],
    ['a year up to a month', { to: '2025-06' }, '2024-07', '2025-06', 12],
    ['one month in the future', { from: '2027-03' }, '2027-03', '2027-03', 1],
    ['ten years', { from: '2017-01', to: '2026-12' }, '2017-01', '2026-12', 120],
  ])('are %s', (_, query, first, last, count) => {
    const range = readMonths(query, now);
    expect([range.first, range.last, range.months.length]).toEqual([first, last, count]);
    expect(range.months[0]).toBe(first);
  });

  it.each<[string, { from?: string; to?: string }, string]>([
    ['from after to', { from: '2026-12', to: '2026-11' }, '/from from-after-to'],
    ['a date after another in one month', { from: '2026-11-20', to: '2026-11-19' }, '/from from-after-to'],
    ['a month that does not exist', { from: '2026-13' }, '/from month-or-date'],
    ['a date that does not exist', { to: '2026-02-30' }, '/to month-or-date'],
    ['a year', { from: '2026' }, '/from month-or-date'],
    ['more than ten years', { from: '2016-12', to: '2026-12' }, '/from period-too-long'],
  ])('refuse %s', (_, query, expected) => {
    expect(refusal(() => readMonths(query, now))).toEqual([expected]);
  });

  it('begin and end at Dutch midnight, in summer and in winter', () => {
    const { start, end } = instantsOf(readMonths({ from: '2026-10', to: '2026-10' }, now));
    expect(start.toISOString()).toBe('2026-09-30T22:00:00.000Z');
    expect(end.toISOString()).toBe('2026-10-31T23:00:00.000Z');
  });

  it('come out as csv that no spreadsheet calculates', () => {
    const hostile = [
      { month: '=cmd|calc', n: -1 }, { month: '@a', n: null }, { month: 'a,"b"\n', n: 1.5 }, { month: '-1', n: 0 },
    ];
    expect(toCsv(['month', 'n'], hostile)).toBe(`month,n\r\n'=cmd|calc,-1\r\n'@a,\r\n"a,""b""\n",1.5\r\n'-1,0\r\n`);
    expect(toCsv(REPORT_COLUMNS['monthly-figures'], [])).toBe(`${REPORT_COLUMNS['monthly-figures'].join(',')}\r\n`);
  });

  it.each<[string | undefined, string | null]>([
    [undefined, 'application/json'], ['', 'application/json'], ['*/*', 'application/json'], ['text/csv', 'text/csv'],
    ['text/*', 'text/csv'], ['text/csv;q=0.5, application/json;q=0.4', 'text/csv'], ['TEXT/CSV', 'text/csv'],
    ['application/json;q=0, */*', 'text/csv'], ['text/html,*/*;q=0.1', 'application/json'], ['application/pdf', null],
    ['text/csv;q=0', null], ['rubbish', null],
  ])('asked for as %j come as %j', (accept, expected) => {
    expect(preferred(accept, ['application/json', 'text/csv'])).toBe(expected);
  });
});

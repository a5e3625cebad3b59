import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Read {
  /** Minutes west of UTC, so that it shows that the process had another zone. */
  ranIn: number;
  atDates: { start: string; page: string[]; reminders: unknown[]; invitation: string; mails: { text: string }[] }[];
  holidays: string[];
}

/** Everything that people read about a few dates, by a server whose own clock stands in this zone. */
async function readIn(zone: string): Promise<Read> {
  const { PATH = '' } = process.env;
  const command = ['--import', './test/support/typescript.mjs', 'test/support/what-people-read.ts'];
  const { stdout } = await run(process.execPath, command, { env: { PATH, TZ: zone }, maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout) as Read;
}

let here: Read;
beforeAll(async () => (here = await readIn('Europe/Amsterdam')), 30_000);

it.each([
  ['America/New_York', 240],
  ['Pacific/Kiritimati', -840],
  ['UTC', 0],
])('a server in %s sends the same calendars, mails and reminders, and shows the same times', async (zone, minutesWest) => {
  const { ranIn, ...elsewhere } = await readIn(zone);
  expect(ranIn).toBe(minutesWest);
  expect(elsewhere).toEqual({ ...here, ranIn: undefined });
});

it('says the hour of the Netherlands, on the day that it is there', () => {
  expect(here.ranIn).toBe(-120);
  const at = (start: string) => here.atDates.find((one) => one.start === start)!;
  expect(at('2026-12-31T23:15:00Z').page.slice(0, 4)).toEqual(['vrijdag 1 januari', '1 januari 2027', 'vr 1 jan', '00.15']);
  expect(at('2027-06-10T21:45:00Z').invitation).toContain('DTSTART;TZID=Europe/Amsterdam:20270610T234500');
  expect(at('2026-12-03T13:00:00Z').mails[0]!.text).toContain('donderdag 3 december');
  expect(at('2026-12-03T13:00:00Z').reminders).toEqual([
    { which: 'week', runAt: '2026-11-26T13:00:00.000Z' },
    { which: 'day', runAt: '2026-12-02T13:00:00.000Z' },
  ]);
  expect(here.holidays.filter((date) => date.startsWith('2027-03'))).toEqual(['2027-03-26', '2027-03-28', '2027-03-29']);
});

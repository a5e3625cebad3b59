import { live } from './simulate/month.js';

const LONGEST_MS = 120_000;

it.each([1, 2])('some days in a small town: nobody is forgotten, asked twice, or booked twice (seed %i)', async (seed) => {
  const { broken, counted } = await live({ seed, days: 6, facilitators: 2, referrals: 6, start: new Date('2026-10-22T06:00:00Z') });
  expect(broken).toEqual([]);
  const counts = Object.fromEntries(counted);
  expect(counts).toMatchObject({ 'acute referrals': 1, 'meetings held': expect.any(Number) as number });
  expect(counts['mails and text messages']).toBeGreaterThan(10);
  expect(counts['answers given by themselves']).toBeGreaterThan(0);
}, LONGEST_MS);

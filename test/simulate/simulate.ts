import { parseArgs } from 'node:util';
import { startTestCluster } from '../support/cluster.js';
import { live } from './month.js';

const USAGE = `npm run simulate -- [options]
  --seed <n>           the same number gives the same month (1)
  --days <n>           how long it lasts (30)
  --facilitators <n>   how many there are (7)
  --referrals <n>      how many come in (37: at a pace of 350 meetings a year)`;

/** A Monday; the clocks go back in this month. */
const START = new Date('2026-10-05T06:00:00Z');
const MEETINGS_A_YEAR = 350;
/** Not every referral becomes a meeting. */
const REFERRALS_PER_MEETING = 1.28;

const options = read();
const stop = await startTestCluster();
const began = performance.now();
try {
  const { broken, counted, reports } = await live(options);
  console.log(`${options.days} days from ${options.start.toISOString()}, ${options.facilitators} facilitators, seed ${options.seed}; lived in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  for (const [what, count] of counted) console.log(`${String(count).padStart(6)}  ${what}`);
  for (const [name, rows] of Object.entries(reports)) {
    console.log(`\n${name}`);
    console.table(name === 'monthly-figures' ? rows.slice(-2) : rows);
  }
  console.log(broken.length === 0 ? '\nAll that must be true is.' : `\nBROKEN:\n${broken.slice(0, 40).map((one) => `  ${one}`).join('\n')}`);
  if (broken.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
await stop();
process.exit();

function read(): Parameters<typeof live>[0] {
  try {
    const { values } = parseArgs({ options: { seed: { type: 'string' }, days: { type: 'string' }, facilitators: { type: 'string' }, referrals: { type: 'string' } } });
    const whole = (name: keyof typeof values, usual: number): number => {
      const value = values[name] === undefined ? usual : Number(values[name]);
      if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number`);
      return value;
    };
    const days = whole('days', 30);
    const pace = Math.round((MEETINGS_A_YEAR / 365) * days * REFERRALS_PER_MEETING);
    return { seed: whole('seed', 1), days, facilitators: whole('facilitators', 7), referrals: whole('referrals', pace), start: START };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

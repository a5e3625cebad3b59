import { broken } from './invariants.js';
import { Life } from './life.js';
import { Referrals } from './referrals.js';
import { Town, type Options } from './town.js';

export interface Month {
  broken: string[];
  counted: [string, number][];
  /** The reports of a lead at the end, by name. */
  reports: Record<string, object[]>;
}

const REPORTS = ['monthly-figures', 'lead-times', 'circle-growth', 'reach', 'drop-off'];

/** Lives a month in the town, and looks whether all that must be true is. */
export async function live(options: Options): Promise<Month> {
  const town = await Town.begin(options);
  try {
    const referrals = new Referrals(town);
    referrals.plan();
    await new Life(town, referrals.stories).begin();
    await town.live();
    const reports: Month['reports'] = {};
    for (const name of REPORTS) {
      reports[name] = (await town.lead.call<{ items: object[] }>('GET', `/v1/reports/${name}`)).body.items;
    }
    const found = await broken(town);
    town.count('mails and text messages', town.post.length);
    return { broken: found, counted: [...town.counted].sort(([a], [b]) => (a < b ? -1 : 1)), reports };
  } finally {
    await town.stop();
  }
}

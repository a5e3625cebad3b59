import { DutiesService } from '../meetings/duties.service.js';
import type { Stage } from './stage.js';

/** Weeks on duty before and after now, so that somebody is on duty whenever the demo is looked at. */
const WEEKS_BEFORE = 1;
const WEEKS_AHEAD = 8;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** The lead makes a roster: two facilitators by turns, a week each, the other one second. */
export async function makeRoster(stage: Stage, now: Date): Promise<void> {
  const ids = [stage.staff('facilitator'), stage.staff('facilitator2')].map(({ actor }) => actor.staffId);
  const start = new Date(now);
  start.setUTCHours(7, 0, 0, 0);
  const items = Array.from({ length: WEEKS_BEFORE + WEEKS_AHEAD }, (_, i) => {
    const at = (week: number): Date => new Date(start.getTime() + (week - WEEKS_BEFORE) * WEEK_MS);
    return { from: at(i), to: at(i + 1), firstId: ids[i % 2]!, secondId: ids[(i + 1) % 2]! };
  });
  await stage.get(DutiesService).replace(stage.staff('lead'), items);
}

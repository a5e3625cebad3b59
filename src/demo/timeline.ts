import { localDay } from '../platform/local-day.js';
import { JobWorkers } from '../platform/queue/workers.js';
import type { WorkingDays } from './days.js';
import { refers } from './referral.steps.js';
import type { Stage } from './stage.js';
import { Told, type Step, type Story } from './story.js';

interface Moment {
  at: Date;
  /** Which one it is, without a name. */
  place: string;
  step: Step;
  told: Told;
}

const MINUTE_MS = 60_000;
/** What follows on the same day follows this much later. */
const STEP_MINUTES = 7;
/** Stories do not all begin at nine. */
const SPREAD_MINUTES = 13;
const LATEST_START_MINUTES = 360;

/** Tells all stories as they would have happened: what came first comes first, whichever story it belongs to. */
export async function tell(stage: Stage, stories: readonly Story[]): Promise<void> {
  const moments = stories.flatMap((story, i) => momentsOf(story, i, stage.days)).sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, place, step, told } of moments) {
    if (localDay(at) !== localDay(stage.clock.now())) await passTime(stage, at);
    // A step with several people in it may have run a minute past the next one.
    if (at > stage.clock.now()) stage.clock.set(at);
    try {
      await step.happens(stage, told);
    } catch (cause) {
      throw new Error(`The demo cannot tell ${place}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** Does what is due until then, each at its own moment: a count on a review day belongs to that day. */
export async function passTime(stage: Stage, until: Date): Promise<void> {
  const workers = stage.get(JobWorkers);
  for (let due = await workers.firstDue(until); due; due = await workers.firstDue(until)) {
    if (due > stage.clock.now()) stage.clock.set(due);
    const failed = (await workers.drain()).find(({ error }) => error !== undefined);
    if (failed) throw new Error(`The demo cannot do ${failed.job}`, { cause: failed.error });
  }
}

/** When each thing of a story happens. */
export function momentsOf(story: Story, index: number, days: WorkingDays): Moment[] {
  const told = new Told(story);
  const { began } = story;
  if (typeof began !== 'number') {
    const first = days.hoursAgo(began.hoursAgo).getTime();
    return [refers(), ...story.then].map((step, i) => {
      return { at: new Date(first + i * STEP_MINUTES * MINUTE_MS), place: `story ${index}, step ${i}`, step, told };
    });
  }
  const morning = (index * SPREAD_MINUTES) % LATEST_START_MINUTES;
  const start = (day: number): Date => new Date(days.at(began + day, '09:00').getTime() + morning * MINUTE_MS);
  let [last, lastDay] = [start(0), 0];
  return [refers(), ...story.then].map((step, i) => {
    const next = step.day === lastDay && i > 0 ? new Date(last.getTime() + STEP_MINUTES * MINUTE_MS) : start(step.day);
    const at = step.at ? days.at(began + step.day, step.at) : next;
    const place = `story ${index}, step ${i}`;
    if (at < last) throw new Error(`The demo goes back in time at ${place}`);
    if (began + step.day >= 0) throw new Error(`The demo goes on after now at ${place}`);
    [last, lastDay] = [at, step.day];
    return { at, place, step, told };
  });
}

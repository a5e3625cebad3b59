import { randomInt } from 'node:crypto';
import type { TestApp } from './app.js';
import { invite, type MeetingStory, aMeetingStory } from './meetings.js';
import { fixPlan, writeDraft, type PlanBody } from './plans.js';

/** A story that lasts longer than a session: the facilitator signs in again after each leap of the clock. */
export interface LongStory extends MeetingStory {
  plan: PlanBody;
  /** With which the facilitator signs in. */
  email: string;
  /** Time goes by, what was to happen in it happens. */
  later(duration: Parameters<TestApp['clock']['advance']>[0]): Promise<void>;
  /** The same until a moment. */
  until(instant: string): Promise<void>;
}

const PROMISES = { Ria: 'Elke maandag mee naar de markt', Joost: 'De brief nakijken', Karim: 'Met school praten' };

/** A plan without a meeting, carried just now, in which Ria, Joost and Karim each have promised something. */
export async function aCarriedPlan(test: TestApp, changes: Record<string, unknown> = {}): Promise<LongStory> {
  const name = `Noor ${Array.from({ length: 8 }, () => 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)]).join('')}`;
  const story = await aMeetingStory(test, changes, await test.staff(name, 'facilitator'));
  await invite(story);
  await writeDraft(story, {
    goals: [{ text: 'In dit huis blijven' }],
    commitments: Object.entries(PROMISES).map(([who, text]) => ({ memberId: story.members[who]!.id, text })),
  });
  const plan = await fixPlan(story);
  for (const { id } of plan.commitments) {
    await story.facilitator.post(`/v1/commitments/${id}/progress`, { state: 'promised', note: 'Op hun woord, aan tafel.' }).expect(200);
  }
  await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  const signIn = async (): Promise<void> => {
    await test.deliver();
    long.facilitator = await test.staff(name, 'facilitator');
  };
  const long: LongStory = Object.assign(story, {
    plan,
    email: `${name.toLowerCase().replace(' ', '.')}@noord.example`,
    later: async (duration: Parameters<TestApp['clock']['advance']>[0]) => {
      test.clock.advance(duration);
      await signIn();
    },
    until: async (instant: string) => {
      test.clock.set(new Date(instant));
      await signIn();
    },
  });
  return long;
}

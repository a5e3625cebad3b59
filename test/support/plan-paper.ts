import type { TestApp } from './app.js';
import { aMetCase, fixPlan, writeDraft, type DraftBody, type PlanBody } from './plans.js';
import type { StoryCase } from './stories.js';

/** Every word of this somebody said themselves, so that it can be looked for. */
export const CIRCLE = [
  { name: 'Ria Yıldız', relation: 'parent', phone: '0612345679' },
  { name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org', language: 'Turks' },
  { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: 'karim@deklimop.example' },
  { name: 'Wil Jansen', relation: 'team-worker', professional: true, organisation: 'Wijkteam', email: 'wil@wijkteam.example' },
  { name: 'Tolk Amal', relation: 'interpreter', phone: '0612345681' },
];

export interface SharedPlan {
  story: StoryCase;
  plan: PlanBody;
  path: string;
}

/** A fixed plan in which everybody does something but Wil and the interpreter; other parts of the draft as asked. */
export async function aSharedPlan(test: TestApp, draft: (of: (name: string) => string) => Partial<DraftBody> = () => ({}), changes: object = {}): Promise<SharedPlan> {
  const story = await aMetCase(test, ['Sanne', 'Ria'], { circle: CIRCLE, ...changes });
  for (const name of Object.keys(story.members).filter((one) => one !== 'Sanne')) {
    await story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, { by: 'main-person' }).expect(200);
  }
  const of = (name: string): string => (story.members[name] ?? story.resident).id;
  await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, { want: 'Rust in huis', can: 'Goed koken', need: 'Hulp met post' }).expect(200);
  await story.facilitator.put(`/v1/cases/${story.id}/preconditions`, { home: 'attention', money: 'missing', relations: 'fine', days: 'fine' }).expect(200);
  const goals = [{ id: '0197d3a0-0000-7000-8000-000000000001', text: 'Geen huurschuld' }, { id: '0197d3a0-0000-7000-8000-000000000002', text: 'Een fijne buurt' }];
  await writeDraft(story, {
    goals,
    commitments: [
      { memberId: of('Ria'), text: 'Mee naar de markt', every: 'FREQ=WEEKLY;BYDAY=MO,TH', goalId: goals[1]!.id },
      { memberId: of('Joost'), text: 'De brief nakijken', dueOn: '2026-12-01', goalId: goals[0]!.id },
      { memberId: of('Meester'), text: 'Huiswerk na school', every: 'two-weeks' },
      { memberId: of('Sanne'), text: 'De schuldhulp bellen', dueOn: '2026-12-03' },
    ],
    ...draft(of),
  });
  const plan = await fixPlan(story);
  return { story, plan, path: `/v1/plans/${plan.id}` };
}

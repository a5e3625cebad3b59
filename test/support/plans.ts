import { Client } from 'pg';
import type { Response } from 'supertest';
import type { Caller, TestApp } from './app.js';
import { aCase, type StoryCase } from './stories.js';

export interface DraftBody {
  goals: { id?: string; text: string }[];
  commitments: { id?: string; memberId: string; text: string; goalId?: string | null; dueOn?: string | null; every?: string | null }[];
  safetyConditions?: { id?: string; text: string; reason?: string; setByMemberId: string; deputyMemberId?: string; metBy?: string }[];
}

export interface PlanBody {
  id: string;
  caseId: string;
  version: number;
  state: string;
  fixedAt: string;
  carriedAt: string | null;
  goals: { id: string; text: string }[];
  statements: { memberId: string; want: string }[];
  commitments: { id: string; memberId: string; text: string; dueOn: string; state: string; releasedBecause: string | null }[];
  agreements: { memberId: string; agrees: boolean; remark: string | null }[];
  objections: { memberId: string; remark: string }[];
  warnings: { code: string; text: string }[];
}

export interface CommitmentBody {
  id: string;
  caseId: string;
  memberId: string;
  memberName: string;
  text: string;
  goalId: string | null;
  dueOn: string;
  every: string | null;
  state: string;
  note: string | null;
  moves: string[];
  version: number;
}

const MINUTE_MS = 60_000;

/** A case with a meeting fixed in two hours, which has just begun: ready for attendance and conclusion. */
export async function aBegunMeeting(test: TestApp, changes: Record<string, unknown> = {}): Promise<StoryCase & { meetingId: string }> {
  const story = await aCase(test, changes);
  const startsAt = new Date(test.clock.now().getTime() + 120 * MINUTE_MS);
  const slot = { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 90 * MINUTE_MS).toISOString() };
  const place = { type: 'other', address: 'Buurthuis De Linde' };
  const meeting = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot] }).expect(201);
  test.clock.set(startsAt);
  return { ...story, meetingId: (meeting.body as { id: string }).id };
}

/** A case that met with these people there, concluded with a plan to make. */
export async function aMetCase(test: TestApp, present: string[], changes: Record<string, unknown> = {}): Promise<StoryCase> {
  const story = await aBegunMeeting(test, changes);
  const items = present.map((name) => ({ memberId: story.members[name]!.id, presence: 'present' }));
  await story.facilitator.put(`/v1/meetings/${story.meetingId}/attendance`, { items }).expect(200);
  await story.facilitator.post(`/v1/meetings/${story.meetingId}/conclusion`, { outcome: 'plan' }).expect(200);
  return story;
}

/** Writes the draft over whatever version is there. */
export async function writeDraft(story: StoryCase, draft: DraftBody): Promise<DraftBody & { version: number }> {
  const answer = await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, draft).set('If-Match', '*').expect(200);
  return answer.body as DraftBody & { version: number };
}

/** Fixes what is in the draft. */
export async function fixPlan(story: StoryCase): Promise<PlanBody> {
  const answer = await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
  return answer.body as PlanBody;
}

/** A fixed plan with one commitment each of Ria (there, without a link of her own) and Joost (asked). */
export async function aFixedPlan(test: TestApp, changes: Record<string, unknown> = {}): Promise<{ story: StoryCase; plan: PlanBody }> {
  const story = await aMetCase(test, ['Sanne', 'Ria'], changes);
  await writeDraft(story, {
    goals: [{ text: 'In dit huis blijven' }],
    commitments: [
      { memberId: story.members.Ria!.id, text: 'Elke maandag mee naar de markt', every: 'week' },
      { memberId: story.members.Joost!.id, text: 'De brief aan de woningcorporatie nakijken', dueOn: '2026-12-01' },
      { memberId: story.resident.id, text: 'De schuldhulp bellen' },
    ],
  });
  return { story, plan: await fixPlan(story) };
}

/** The plan's commitment of the person with this first name. */
export function commitmentOf(story: StoryCase, plan: PlanBody, name: string): PlanBody['commitments'][number] {
  return plan.commitments.find(({ memberId }) => memberId === story.members[name]!.id)!;
}

export const report = (caller: Caller, id: string, state: string, note?: string): Promise<Response> =>
  caller.post(`/v1/commitments/${id}/progress`, { state, note }).then((answer) => answer);

/** The wrong fields of a refusal, as `pointer code`. */
export function wrong(answer: Response): string[] {
  const { errors = [] } = answer.body as { errors?: { pointer: string; code: string }[] };
  return errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** The code of a refusal. */
export const refusal = (answer: Response): string => (answer.body as { type: string }).type.split('/').at(-1)!;

/** The names of the statements (or their text) that reach the database while this is done, in order. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const { query } = Client.prototype as unknown as { query: (...asked: unknown[]) => unknown };
  Object.assign(Client.prototype, {
    query(this: Client, ...asked: unknown[]) {
      seen.push((asked[0] as { name?: string }).name ?? String(asked[0]));
      return query.apply(this, asked);
    },
  });
  try {
    await work();
  } finally {
    Object.assign(Client.prototype, { query });
  }
  return seen;
}

/** The actions of a case on the audit log. */
export async function auditOf(test: TestApp, caseId: string): Promise<string[]> {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ action: string }>('select action from audit_events where case_id = $1 order by id', [caseId]);
    return rows.map(({ action }) => action);
  } finally {
    await client.end();
  }
}

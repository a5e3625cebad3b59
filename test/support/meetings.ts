import { randomInt } from 'node:crypto';
import type { Response } from 'supertest';
import type { Caller, TestApp } from './app.js';
import { aCase, aReferral, type StoryCase } from './stories.js';

export interface MeetingBody {
  id: string;
  caseId: string;
  state: string;
  startsAt: string | null;
  endsAt: string | null;
  startsLocal: string | null;
  place: { type: string; address?: string; url?: string };
  slotId: string | null;
  slots: { id: string; startsAt: string; endsAt: string }[];
  responses: { memberId: string; answers: Record<string, string>; remark?: string | null; answeredBy?: string; version: number }[];
  ranking?: { slotId: string; keepsAll: boolean; yes: number; no: number; informalYes: number }[];
  attendance?: { memberId: string; presence: string }[];
  version: number;
}

/** A case of a facilitator of its own, so that nobody's agenda is in the way; everyone has a mail address of their own. */
export interface MeetingStory extends StoryCase {
  mail: (name: string) => string;
}

/** Ria (parent), Joost (neighbour) and Karim (teacher) around Sanne; nobody is invited yet. */
export async function aMeetingStory(
  test: TestApp,
  changes: Record<string, unknown> = {},
  facilitator?: Caller,
): Promise<MeetingStory> {
  const tag = word();
  const mail = (name: string): string => `${name.toLowerCase()}.${tag}@example.org`;
  const person = (name: string, more: object): object => ({ name, email: mail(name), ...more });
  const referral = aReferral({
    resident: { name: 'Sanne de Wit', firstName: 'Sanne', email: mail('Sanne') },
    circle: [
      person('Ria', { relation: 'parent' }),
      person('Joost', { relation: 'neighbour' }),
      person('Karim', { relation: 'teacher', professional: true }),
    ],
    ...changes,
  });
  const story = await aCase(test, referral, facilitator ?? (await test.staff(`Noor ${tag}`, 'facilitator')));
  return { ...story, mail };
}

/** Says yes to people and invites them; their mails stay in the queue. Everyone when nobody is named. */
export async function invite(story: MeetingStory, ...names: string[]): Promise<void> {
  const chosen = names.length > 0 ? names : Object.keys(story.members).filter((name) => !story.members[name]!.isMainPerson);
  const memberIds = chosen.map((name) => story.members[name]!.id);
  for (const id of memberIds) {
    await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  }
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds }).expect(202);
}

/** A date that begins so many hours from the clock's now, two hours long. */
export function slotIn(test: TestApp, hours: number, length = 2): { startsAt: string; endsAt: string } {
  const at = (after: number): string => new Date(test.clock.now().getTime() + after * 3_600_000).toISOString();
  return { startsAt: at(hours), endsAt: at(hours + length) };
}

/** Plans a meeting on these dates. */
export async function plan(
  story: StoryCase,
  slots: { startsAt: string; endsAt: string }[],
  changes: Record<string, unknown> = {},
): Promise<MeetingBody> {
  const place = { type: 'other', address: 'Buurthuis De Klok, Kerkstraat 1' };
  const answer = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots, ...changes }).expect(201);
  return answer.body as MeetingBody;
}

export const bodyOf = (answer: Response): MeetingBody => answer.body as MeetingBody;

/** The code of a refusal. */
export const codeOf = (answer: Response): string => (answer.body as { type: string }).type.split('/').at(-1)!;

/** What was wrong with the fields, `<pointer> <code>`. */
export const errorsOf = (answer: Response): string[] =>
  (answer.body as { errors: { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => `${pointer} ${code}`);

/** Where somebody's answers are put. */
export const answering = (meeting: MeetingBody, story: MeetingStory, name: string): string =>
  `/v1/meetings/${meeting.id}/responses/${story.members[name]!.id}`;

/** The state of a member, as the facilitator sees it. */
export async function memberState(story: StoryCase, name: string): Promise<string> {
  const answer = await story.facilitator.get(`/v1/circle-members/${story.members[name]!.id}`).expect(200);
  return (answer.body as { state: string }).state;
}

/** The state of the case, as it stands in the facilitator's list. */
export async function caseState(story: StoryCase): Promise<string | undefined> {
  const answer = await story.facilitator.get('/v1/cases?limit=100').expect(200);
  return (answer.body as { items: { id: string; state: string }[] }).items.find(({ id }) => id === story.id)?.state;
}

/** The types of the timeline's entries, newest first. */
export async function timelineTypes(story: StoryCase): Promise<string[]> {
  const answer = await story.facilitator.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200);
  return (answer.body as { items: { type: string }[] }).items.map(({ type }) => type);
}

/** A word of letters that no other story has. */
function word(): string {
  return Array.from({ length: 10 }, () => 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)]).join('');
}

import type { Caller, TestApp } from './app.js';
import { aVisitor, type Visitor } from './browser.js';
import { invite, plan, slotIn, aMeetingStory, type MeetingBody, type MeetingStory } from './meetings.js';
import { atTheTable } from './stories.js';

/** Around Sanne and Ria: a teacher from outside and an interpreter, all invited; the meeting has just begun. */
export interface TableStory extends MeetingStory {
  meeting: MeetingBody;
  path: string;
  /** Somebody on a telephone on which the facilitator showed them their link. */
  as: (name: string) => Promise<Caller>;
}

/** A meeting that begins now, of a case of its own facilitator. */
export async function aTable(test: TestApp, changes: Record<string, unknown> = {}): Promise<TableStory> {
  const circle = [
    { name: 'Ria', relation: 'parent', email: 'ria@example.org' },
    { name: 'Joost', relation: 'neighbour', email: 'joost@example.org' },
    { name: 'Karim', relation: 'teacher', professional: true, email: 'karim@example.org' },
    { name: 'Taal', relation: 'interpreter', email: 'taal@example.org' },
  ];
  const story = await aMeetingStory(test, { kind: 'eigen-kracht', circle, ...changes });
  await invite(story);
  const slot = slotIn(test, 2);
  const meeting = await plan(story, [slot]);
  test.clock.set(new Date(slot.startsAt));
  return { ...story, meeting, path: `/v1/meetings/${meeting.id}`, as: (name) => atTheTable(test, story, story.members[name]!.id) };
}

/** The facilitator of a story at their own page of the case. */
export async function atTheCase(test: TestApp, story: MeetingStory): Promise<{ noor: Visitor; path: string }> {
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  const email = `noor.${story.mail('x').slice(2, -'@example.org'.length)}@noord.example`;
  await noor.send('/inloggen', { email, password: 'een lang wachtwoord' });
  const path = `/werk/trajecten/${story.reference}`;
  await noor.open(path);
  return { noor, path };
}

import { MeetingRecords } from '../src/meetings/records.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, codeOf, errorsOf, invite, plan, slotIn, timelineTypes, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

interface ScriptBody {
  chair: string;
  chairMemberId: string | null;
  phase: string | null;
  type: string;
  phases: { id: string; title: string; doNow: string[]; readAloud: string[]; minutes: number; speaks: string }[];
}
interface Led extends MeetingStory {
  meeting: MeetingBody;
  script: string;
  chair: string;
  sanne: Caller;
}

/** A date of a kind of case, everyone invited, the resident at the table. */
async function ledStory(kind: string, changes: Record<string, unknown> = {}): Promise<Led> {
  const story = await aMeetingStory(test, { kind, ...changes });
  await invite(story);
  const meeting = await plan(story, [slotIn(test, 48)]);
  return { ...story, meeting, script: `/v1/meetings/${meeting.id}/script`, chair: `/v1/meetings/${meeting.id}/chair`, sanne: await atTheTable(test, story, story.resident.id) };
}
const id = (story: MeetingStory, name: string): string => story.members[name]!.id;
const read = async (who: Caller, path: string): Promise<ScriptBody> => (await who.get(path).expect(200)).body as ScriptBody;

it('gives the script to the facilitator and to whom it is about, and to nobody else', async () => {
  const story = await ledStory('mdo');
  const script = await read(story.sanne, story.script);
  expect(script).toMatchObject({ type: 'meeting', chair: 'resident', chairMemberId: null, phase: null });
  expect(script.phases[0]).toMatchObject({ id: 'welcome', title: 'Welkom', speaks: 'chair' });
  expect(script.phases.every(({ doNow, readAloud, minutes }) => doNow.length > 0 && readAloud.length > 0 && minutes > 0)).toBe(true);
  expect(await read(story.facilitator, story.script)).toEqual(script);
  await (await atTheTable(test, story, id(story, 'Ria'))).get(story.script).expect(404);
  await (await test.staff('Iemand Anders', 'facilitator')).get(story.script).expect(404);
});

it('lets the resident pass the lead on: who takes over reads the script from where it is, and others do not', async () => {
  const story = await ledStory('mdo');
  const [joost, ria] = [await atTheTable(test, story, id(story, 'Joost')), await atTheTable(test, story, id(story, 'Ria'))];
  await joost.get(story.script).expect(404);
  const passed = await story.sanne.put(story.chair, { memberId: joost.id, phase: 'plan' }).expect(200);
  expect(passed.body).toMatchObject({ chair: 'resident', chairMemberId: joost.id, phase: 'plan' });
  expect(await read(joost, story.script)).toMatchObject({ chairMemberId: joost.id, phase: 'plan' });
  await ria.get(story.script).expect(404);
  await joost.put(story.chair, { memberId: ria.id }).expect(403);

  await story.sanne.put(story.chair, { memberId: null, phase: 'marks' }).expect(200);
  await joost.get(story.script).expect(404);
  expect(await read(story.sanne, story.script)).toMatchObject({ chairMemberId: null, phase: 'marks' });
  expect(await timelineTypes(story)).toEqual(expect.arrayContaining(['chair-asked', 'chair-returned']));
});

it('asks nobody who cannot: interpreters, who does not take part, and people of elsewhere', async () => {
  const circle = [
    { name: 'Ria', relation: 'parent', email: 'ria.vraagt@example.org' },
    { name: 'Tolk', relation: 'interpreter', email: 'tolk.vraagt@example.org' },
    { name: 'Brief', relation: 'friend', email: 'brief.vraagt@example.org' },
    { name: 'Later', relation: 'friend', email: 'later.vraagt@example.org' },
  ];
  const story = await aMeetingStory(test, { kind: 'mdo', circle });
  await invite(story, 'Ria', 'Tolk', 'Brief');
  await story.facilitator.put(`/v1/circle-members/${id(story, 'Brief')}/participation`, { way: 'letter', letter: 'Ik denk aan je.' }).expect(200);
  const { id: meetingId } = await plan(story, [slotIn(test, 48)]);
  const other = await aMeetingStory(test, { kind: 'mdo' });
  const ask = (memberId: unknown) => story.facilitator.put(`/v1/meetings/${meetingId}/chair`, { memberId });
  for (const name of ['Tolk', 'Brief', 'Later']) expect(errorsOf(await ask(id(story, name)).expect(400))).toEqual(['/memberId cannot-chair']);
  expect(errorsOf(await ask(id(other, 'Ria')).expect(400))).toEqual(['/memberId unknown-member']);
  await ask('nobody').expect(400);
  await ask(id(story, 'Ria')).expect(200);
  await other.facilitator.put(`/v1/meetings/${meetingId}/chair`, { memberId: null }).expect(404);
});

it('names nobody to lead whom the resident must not see', async () => {
  const story = await ledStory('mdo');
  const apart = { memberIds: [story.resident.id, id(story, 'Joost')], reason: 'Ruzie', mode: 'separate-parts' };
  await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, apart).expect(201);
  expect(errorsOf(await story.sanne.put(story.chair, { memberId: id(story, 'Joost') }).expect(400))).toEqual(['/memberId unknown-member']);
});

it('leaves the lead with the facilitator where the kind says so, and closes it when the meeting is over', async () => {
  const own = await ledStory('eigen-kracht');
  expect(codeOf(await own.sanne.put(own.chair, { memberId: id(own, 'Joost') }).expect(409))).toBe('chair-stays');
  expect(await read(own.sanne, own.script)).toMatchObject({ chair: 'facilitator' });

  const over = await ledStory('mdo');
  await over.facilitator.post(`/v1/meetings/${over.meeting.id}/cancellation`, { reason: 'illness' }).expect(200);
  expect((await over.sanne.put(over.chair, { memberId: id(over, 'Joost') }).expect(409)).body).toMatchObject({ state: 'cancelled' });
});

it('goes back to the resident when who was asked leaves, and tells who was asked what is kept of it', async () => {
  const story = await ledStory('mdo');
  const joost = await atTheTable(test, story, id(story, 'Joost'));
  await story.sanne.put(story.chair, { memberId: joost.id }).expect(200);
  expect((await joost.get('/v1/me/data').expect(200)).text).toContain('"led":true');
  await story.facilitator.post(`/v1/circle-members/${id(story, 'Joost')}/removal`, { reason: 'own-wish' }).expect(200);
  expect(await read(story.sanne, story.script)).toMatchObject({ chair: 'resident', chairMemberId: null });
  const kept = await test.app.get(Database).view(systemContext(test.organisationId, 'test'), (tx) => test.app.get(MeetingRecords).read(tx, story.meeting.id));
  expect(kept.chairMemberId).toBeNull();
});

it('has a phase for what must be safe where the referral asked for something', async () => {
  const ids = async (story: Led): Promise<string[]> => (await read(story.sanne, story.script)).phases.map((phase) => phase.id);
  expect(await ids(await ledStory('mdo'))).not.toContain('safety-conditions');
  expect(await ids(await ledStory('mdo', { safety: { level: 'none', conditions: ['Niemand alleen thuis'] } }))).toContain('safety-conditions');
});

it('gives the young person and the JIM one script, that both can read', async () => {
  const circle = [{ name: 'Bas', relation: 'jim', email: 'bas.jim@example.org' }];
  const story = await aMeetingStory(test, { kind: 'jim', circle });
  await invite(story);
  const { id: meetingId } = await plan(story, [slotIn(test, 48)]);
  const bas = await atTheTable(test, story, id(story, 'Bas'));
  const script = await read(bas, `/v1/meetings/${meetingId}/script`);
  expect(script.chair).toBe('young-person-with-jim');
  expect(script.phases.map((phase) => phase.id)).toContain('jim');
});

it('takes a version that is not the newest for what it is', async () => {
  const story = await ledStory('mdo');
  const joost = { memberId: id(story, 'Joost') };
  await story.sanne.put(story.chair, joost).set('If-Match', `"${story.meeting.version}"`).expect(200);
  expect(codeOf(await story.sanne.put(story.chair, joost).set('If-Match', `"${story.meeting.version}"`).expect(412))).toBe('stale-version');
});

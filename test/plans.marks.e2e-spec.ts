import { startApp, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, codeOf, errorsOf, invite, plan, slotIn, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const give = (who: Caller, story: MeetingStory, body: object) => who.post(`/v1/cases/${story.id}/marks`, body);
const seenBy = async (who: Caller, story: MeetingStory): Promise<unknown> => ((await who.get(`/v1/cases/${story.id}/marks`).expect(200)).body as { items: unknown }).items;
const subjects = async (story: MeetingStory, name: string): Promise<(string | null)[]> => (await mailsTo(test.app, story.mail(name))).map(({ subject }) => subject);
const times = (all: (string | null)[], subject: string): number => all.filter((one) => one === subject).length;

/** A meeting that was held just now with Sanne and Joost there; Ria was not. Without attendance when nobody is named. */
async function aHeldMeeting(conclusion: object = { outcome: 'plan' }): Promise<MeetingStory> {
  const story = await aMeetingStory(test);
  await invite(story, 'Ria', 'Joost');
  const meeting = await plan(story, [slotIn(test, 0.25)]);
  const items = [['Sanne', 'present'], ['Joost', 'remote'], ['Ria', 'absent']].map(([name, presence]) => ({ memberId: story.members[name!]!.id, presence }));
  await story.facilitator.put(`/v1/meetings/${meeting.id}/attendance`, { items }).expect(200);
  await story.facilitator.post(`/v1/meetings/${meeting.id}/conclusion`, conclusion).expect(200);
  return story;
}

describe('Two marks and a sentence', () => {
  it('are given by each once and can be changed; the facilitator reads figures and sentences without names', async () => {
    const story = await aHeldMeeting();
    const [sanne, joost] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, story.members.Joost!.id)];
    await give(joost, story, { meeting: 3, plan: 4, sentence: 'Te kort' }).expect(201);
    const own = await give(joost, story, { meeting: 9, sentence: 'Bij nader inzien goed', mayShare: true }).expect(201);
    expect(own.body).toMatchObject({ moment: 'meeting', meeting: 9, plan: null, sentence: 'Bij nader inzien goed', mayShare: true });
    await give(sanne, story, { meeting: 6, plan: 8, sentence: 'Alleen voor Noor' }).expect(201);
    expect(await seenBy(story.facilitator, story)).toEqual([
      { moment: 'meeting', given: 2, meetingAverage: 7.5, meetingMedian: 7.5, planAverage: 8, planMedian: 8, sentences: ['Alleen voor Noor', 'Bij nader inzien goed'] },
    ]);
    expect(await seenBy(sanne, story)).toEqual([{ moment: 'meeting', sentences: ['Bij nader inzien goed'] }]);
    await joost.get(`/v1/cases/${story.id}/marks`).expect(403);
    const { body } = await joost.get('/v1/me/data').expect(200);
    expect(JSON.stringify(body)).toContain('Bij nader inzien goed');

    const memberIds = [story.resident.id, story.members.Joost!.id];
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Ruzie', mode: 'never-together' }).expect(201);
    expect(await seenBy(sanne, story)).toEqual([]);
    await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'own-wish' }).expect(200);
    expect(await seenBy(story.facilitator, story)).toMatchObject([{ given: 2, meetingAverage: 7.5, sentences: ['Alleen voor Noor'] }]);
  });

  it('given eight times at once are one, and anything but a mark is refused at its field', async () => {
    const story = await aHeldMeeting();
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => give(joost, story, { meeting: i + 1 })));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(await seenBy(story.facilitator, story)).toMatchObject([{ given: 1 }]);
    const wrong = async (body: object): Promise<string[]> => errorsOf(await give(joost, story, body).expect(400));
    expect(await wrong({})).toEqual(['/meeting required']);
    expect((await wrong({ meeting: 0, plan: 11 })).map((error) => error.split(' ')[0])).toEqual(['/meeting', '/plan']);
    expect((await wrong({ meeting: 7.5 }))[0]).toContain('/meeting');
    await give(story.facilitator, story, { meeting: 7 }).expect(403);
    const other = await aHeldMeeting();
    await give(joost, other, { meeting: 7 }).expect(404);
    const fresh = await aMeetingStory(test);
    const early = await atTheTable(test, fresh, fresh.resident.id);
    expect(codeOf(await give(early, fresh, { meeting: 7 }).expect(409))).toBe('nothing-to-mark');
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect(codeOf(await give(joost, story, { meeting: 7 }).expect(409))).toBe('case-ended');
  });
});

describe('Asking for them', () => {
  it('happens the next morning at ten, once, of who was there and has not given any', async () => {
    const story = await aHeldMeeting();
    const sanne = await atTheTable(test, story, story.resident.id);
    await give(sanne, story, { meeting: 8 }).expect(201);
    test.clock.advance({ hours: 12 });
    await test.deliver();
    expect(await subjects(story, 'Joost')).not.toContain('Hoe vond je het?');
    test.clock.advance({ hours: 24 });
    await test.deliver();
    await test.deliver();
    expect(times(await subjects(story, 'Joost'), 'Hoe vond je het?')).toBe(1);
    const mail = (await mailsTo(test.app, story.mail('Joost'))).find(({ subject }) => subject === 'Hoe vond je het?')!;
    expect(mail.text).not.toMatch(/Sanne|schuld|plan/i);
    for (const name of ['Sanne', 'Ria']) expect(await subjects(story, name)).not.toContain('Hoe vond je het?');
  });

  it('and thanking everyone happens once when the case is closed; then marks are of the whole', async () => {
    const story = await aHeldMeeting();
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'no-plan' }).expect(200);
    await test.deliver();
    test.clock.advance({ hours: 30 });
    await test.deliver();
    for (const name of ['Sanne', 'Ria', 'Joost']) {
      expect(times(await subjects(story, name), 'Dank je wel')).toBe(1);
      expect(await subjects(story, name)).not.toContain('Hoe vond je het?');
    }
    expect(await subjects(story, 'Karim')).toEqual([]);
    story.facilitator = await test.staff(`Noor ${story.mail('x').slice(2, -'@example.org'.length)}`, 'facilitator');
    await give(joost, story, { plan: 5 }).expect(201);
    expect(await seenBy(story.facilitator, story)).toMatchObject([{ moment: 'closure', given: 1, planMedian: 5 }]);
    const stopped = await aHeldMeeting();
    await stopped.facilitator.post(`/v1/cases/${stopped.id}/stop`, { reason: 'moved' }).expect(200);
    test.clock.advance({ days: 2 });
    await test.deliver();
    expect(await subjects(stopped, 'Joost')).not.toContain('Dank je wel');
  });
});

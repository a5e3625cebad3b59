import { startApp, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, answering, bodyOf, codeOf, errorsOf, invite, plan, slotIn, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

const subjects = async (story: MeetingStory, name: string): Promise<string[]> =>
  (await mailsTo(test.app, story.mail(name))).map(({ subject }) => subject!).reverse();
const times = async (story: MeetingStory, name: string, subject: string): Promise<string[]> =>
  (await mailsTo(test.app, story.mail(name))).filter((mail) => mail.subject === subject).map(({ sentAt }) => sentAt.slice(0, 16)).reverse();
const ASKED_AGAIN = 'Welke datum kun je?';
/** The name under which a story's facilitator signs in; their mail address has it too. */
const tagOf = (story: MeetingStory): string => story.mail('x').slice(2, -'@example.org'.length);
/** A session does not last for days. */
async function signIn(story: MeetingStory): Promise<void> {
  story.facilitator = await test.staff(`Noor ${tagOf(story)}`, 'facilitator');
}
/** What the facilitator was told, without the number of the case. */
const notices = async (story: MeetingStory): Promise<string[]> =>
  (await mailsTo(test.app, `noor.${tagOf(story)}@noord.example`)).flatMap(({ subject }) => /^NB-\d+-\d+: (.*)/.exec(subject!)?.[1] ?? []).reverse();
async function until(instant: string): Promise<void> {
  while (test.clock.now() < new Date(instant)) {
    test.clock.advance({ minutes: 60 });
    await test.deliver();
  }
}
const WEEKS = [24 * 21, 24 * 22];
const poll = (story: MeetingStory, changes: Record<string, unknown> = {}): Promise<MeetingBody> => plan(story, WEEKS.map((hours) => slotIn(test, hours)), changes);
const answer = (story: MeetingStory, meeting: MeetingBody, name: string, ...answers: string[]) =>
  story.facilitator.put(answering(meeting, story, name), { answers: Object.fromEntries(answers.map((one, i) => [meeting.slots[i]!.id, one])) });

describe('Until when', () => {
  it('is three working days when nobody says, a day before the first date at the latest, and what the facilitator says otherwise', async () => {
    const story = await aMeetingStory(test);
    expect(await poll(story)).toMatchObject({ answerBy: '2026-11-19T19:00:00.000Z' });
    const soon = await aMeetingStory(test);
    expect(await plan(soon, [slotIn(test, 72), slotIn(test, 96)])).toMatchObject({ answerBy: '2026-11-18T08:30:00.000Z' });
    const chosen = await aMeetingStory(test);
    await invite(chosen, 'Joost');
    await test.deliver();
    expect(await poll(chosen, { answerBy: '2026-11-27T12:00:00+01:00' })).toMatchObject({ answerBy: '2026-11-27T11:00:00.000Z' });
    await test.deliver();
    expect((await mailsTo(test.app, chosen.mail('Joost')))[0]!.text).toContain('voor vrijdag 27 november 2026');
  });

  it('is refused for one date, in the past, and after the first date', async () => {
    const story = await aMeetingStory(test);
    const place = { type: 'other' };
    const post = (slots: object[], answerBy: string) => story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots, answerBy }).expect(400);
    const two = [slotIn(test, 48), slotIn(test, 72)];
    expect(errorsOf(await post([two[0]!], '2026-11-17T12:00:00Z'))).toEqual(['/answerBy only-for-a-poll']);
    expect(errorsOf(await post(two, '2026-11-16T08:30:00Z'))).toEqual(['/answerBy in-the-past']);
    expect(errorsOf(await post(two, two[0]!.startsAt))).toEqual(['/answerBy after-the-first-date']);
    expect(errorsOf(await post(two, 'soon'))).toEqual(['/answerBy instant']);
  });
});

describe('Who is silent', () => {
  it('is asked once more, or twice, before the end; who answered, left, or was only just asked is not', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    const meeting = await poll(story, { answerBy: '2026-11-24T09:00:00Z' });
    await test.deliver();
    await answer(story, meeting, 'Joost', 'no').expect(200);
    await until('2026-11-19T00:00:00Z');
    await signIn(story);
    await story.facilitator.post(`/v1/circle-members/${story.members.Karim!.id}/removal`, { reason: 'other' }).expect(200);
    await until('2026-11-25T00:00:00Z');
    // Halfway, and a day before; in the hour in which the worker looks.
    expect(await times(story, 'Ria', ASKED_AGAIN)).toEqual(['2026-11-20T09:30', '2026-11-23T09:30']);
    expect(await times(story, 'Sanne', ASKED_AGAIN)).toHaveLength(2);
    expect([await times(story, 'Joost', ASKED_AGAIN), await times(story, 'Karim', ASKED_AGAIN)]).toEqual([[], []]);
    expect(await notices(story)).toEqual(['de tijd om een datum te kiezen is om']);
  });

  it('is not asked any more once the date is fixed, and not at night', async () => {
    const story = await aMeetingStory(test);
    const meeting = await poll(story, { answerBy: '2026-11-17T22:30:00Z' });
    await story.facilitator.post(`/v1/meetings/${meeting.id}/confirmation`, { slotId: meeting.slots[0]!.id }).expect(200);
    const other = await aMeetingStory(test);
    await poll(other, { answerBy: '2026-11-18T22:00:00Z' });
    await until('2026-11-19T09:00:00Z');
    expect([await times(story, 'Sanne', ASKED_AGAIN), await notices(story)]).toEqual([[], []]);
    // A day before the end is 23:00: the next morning.
    expect(await times(other, 'Sanne', ASKED_AGAIN)).toEqual(['2026-11-18T07:30']);
  });
});

describe('When everyone answered', () => {
  it('their facilitator hears so once, and again only when somebody was invited since; the end is no news then', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    const meeting = await poll(story);
    await answer(story, meeting, 'Joost', 'yes', 'no').expect(200);
    await answer(story, meeting, 'Sanne', 'yes').expect(200);
    await test.deliver();
    expect(await notices(story)).toEqual([]);
    await answer(story, meeting, 'Sanne', 'yes', 'yes').expect(200);
    await answer(story, meeting, 'Sanne', 'no', 'yes').expect(200);
    await test.deliver();
    expect(await notices(story)).toEqual(['iedereen heeft een datum gekozen']);
    await invite(story, 'Ria');
    await answer(story, meeting, 'Joost', 'yes', 'yes').expect(200);
    await test.deliver();
    expect(await notices(story)).toHaveLength(1);
    await answer(story, meeting, 'Ria', 'yes', 'yes').expect(200);
    await until('2026-11-21T00:00:00Z');
    expect(await notices(story)).toEqual(['iedereen heeft een datum gekozen', 'iedereen heeft een datum gekozen']);
  });
});

it('A poll does not wait for who was removed or could not be reached; one more who had answered is no news', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const meeting = await poll(story);
  for (const name of ['Sanne', 'Joost']) await answer(story, meeting, name, 'yes', 'no').expect(200);
  const out = (name: string, how: string) => story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/${how}`, how === 'removal' ? { reason: 'other' } : undefined).expect(200);
  await out('Karim', 'removal');
  await test.deliver();
  expect(await notices(story)).toEqual([]);
  await out('Ria', 'unreachable');
  await out('Joost', 'removal');
  await until('2026-11-21T00:00:00Z');
  expect(await notices(story)).toEqual(['iedereen heeft een datum gekozen']);
});

describe('Answers', () => {
  it('are changed until the date is fixed and after, and it is kept who gave them', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    const meeting = await poll(story);
    await answer(story, meeting, 'Joost', 'no', 'yes').expect(200);
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    const [first] = bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`)).responses;
    expect(first).toMatchObject({ memberId: joost.id, answeredBy: 'facilitator' });
    await joost.put(answering(meeting, story, 'Joost'), { answers: { [meeting.slots[0]!.id]: 'yes' } }).expect(200);
    const { responses, ranking } = bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`));
    expect(responses).toMatchObject([{ answeredBy: 'self', answers: { [meeting.slots[0]!.id]: 'yes', [meeting.slots[1]!.id]: 'yes' } }]);
    expect(ranking!.map(({ yes }) => yes)).toEqual([1, 1]);
  });

  it('of who was removed are refused, and count no more', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    const meeting = await poll(story);
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.put(answering(meeting, story, 'Joost'), { answers: { [meeting.slots[1]!.id]: 'yes' } }).expect(200);
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`)).ranking![0]).toMatchObject({ slotId: meeting.slots[1]!.id, yes: 1 });
    await story.facilitator.post(`/v1/circle-members/${joost.id}/removal`, { reason: 'other' }).expect(200);
    await joost.put(answering(meeting, story, 'Joost'), { answers: { [meeting.slots[1]!.id]: 'no' } }).expect(401);
    expect(codeOf(await answer(story, meeting, 'Joost', 'yes').expect(409))).toBe('not-invited');
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`)).ranking!.map(({ yes, no }) => [yes, no])).toEqual([[0, 0], [0, 0]]);
  });

  it('may be gone against: another date than the best is chosen, and the facilitator reads that, and why', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    const meeting = await poll(story);
    await answer(story, meeting, 'Joost', 'yes', 'no').expect(200);
    const chosen = { slotId: meeting.slots[1]!.id, remark: 'Karim moet er echt bij zijn' };
    await story.facilitator.post(`/v1/meetings/${meeting.id}/confirmation`, chosen).expect(200);
    const { body } = await story.facilitator.get(`/v1/cases/${story.id}/timeline`);
    const noted = (body as { items: { type: string; text: string; audience: string }[] }).items.find(({ type }) => type === 'meeting-against-ranking');
    expect(noted).toMatchObject({ audience: 'facilitator', text: expect.stringContaining(chosen.remark) });
    const best = await aMeetingStory(test);
    const silent = await poll(best);
    await best.facilitator.post(`/v1/meetings/${silent.id}/confirmation`, { slotId: silent.slots[1]!.id }).expect(200);
    expect((await best.facilitator.get(`/v1/cases/${best.id}/timeline`)).text).not.toContain('meeting-against-ranking');
  });
});

describe('Many at once', () => {
  it('sixty people in one poll are each asked once, and their answers rank the dates', async () => {
    const circle = Array.from({ length: 30 }, (_, i) => ({ name: `M${i} Mens`, relation: 'friend', email: `mens${i}@zestig.example` }));
    const story = await aMeetingStory(test, { circle });
    for (let i = 30; i < 59; i++) {
      const added = await story.facilitator.post(`/v1/cases/${story.id}/circle-members`, { name: `M${i} Mens`, relation: 'friend', email: `mens${i}@zestig.example` }).expect(201);
      story.members[`M${i}`] = added.body as MeetingStory['members'][string];
    }
    await invite(story);
    await test.deliver();
    const meeting = await poll(story);
    await test.deliver();
    const log = (await story.facilitator.get(`/v1/messages?caseId=${story.id}&limit=100`).expect(200)).body as { items: { template: string; to: string; state: string }[] };
    const polls = log.items.filter(({ template }) => template === 'meeting-poll');
    expect(polls).toHaveLength(60);
    expect(polls.every(({ state }) => state === 'sent')).toBe(true);
    // Nobody had two: each message is another one's.
    const one = (await story.facilitator.get(`/v1/messages?memberId=${story.members.M7!.id}`).expect(200)).body as { items: { template: string }[] };
    expect(one.items.map(({ template }) => template)).toEqual(['meeting-poll', 'invitation']);
    const others = Object.keys(story.members).filter((name) => !story.members[name]!.isMainPerson);
    expect(others).toHaveLength(59);
    for (const [i, name] of others.entries()) await answer(story, meeting, name, i % 3 === 0 ? 'yes' : 'no', i % 3 === 0 ? 'no' : 'yes').expect(200);
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`)).ranking).toEqual([
      { slotId: meeting.slots[1]!.id, keepsAll: false, yes: 39, no: 20, informalYes: 39 },
      { slotId: meeting.slots[0]!.id, keepsAll: false, yes: 20, no: 39, informalYes: 20 },
    ]);
  }, 180_000);

  it('twenty confirm dates that overlap, of one facilitator: one of them has it, nobody twice', async () => {
    const first = await aMeetingStory(test);
    const stories = [first];
    while (stories.length < 20) stories.push(await aMeetingStory(test, {}, first.facilitator));
    const polls: MeetingBody[] = [];
    for (const [i, story] of stories.entries()) polls.push(await plan(story, [slotIn(test, 48 + i * 0.05), slotIn(test, 200 + i * 4)]));
    const answers = await Promise.all(
      stories.map((story, i) => story.facilitator.post(`/v1/meetings/${polls[i]!.id}/confirmation`, { slotId: polls[i]!.slots[0]!.id })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    for (const refused of answers.filter(({ status }) => status === 409)) expect(codeOf(refused)).toBe('moment-not-possible');
    await test.deliver();
    const told = await Promise.all(stories.map(async (story) => (await subjects(story, 'Sanne')).filter((subject) => subject === 'De datum staat vast').length));
    expect(told.sort()).toEqual([...Array.from({ length: 19 }, () => 0), 1]);
    // The others still have their second date.
    const lost = answers.findIndex(({ status }) => status === 409);
    await stories[lost]!.facilitator.post(`/v1/meetings/${polls[lost]!.id}/confirmation`, { slotId: polls[lost]!.slots[1]!.id }).expect(200);
  }, 180_000);
});

import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { linkToken, mailTo } from './support/mailbox.js';
import {
  aMeetingStory,
  answering,
  bodyOf,
  caseState,
  codeOf,
  errorsOf,
  invite,
  memberState,
  plan,
  slotIn,
  timelineTypes,
} from './support/meetings.js';
import { atTheTable, byLink } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const PLACE = { type: 'other', address: 'Buurthuis De Klok' };

describe('Planning', () => {
  it('fixes a single date at once, and the case is scheduled', async () => {
    const story = await aMeetingStory(test);
    const slots = [{ startsAt: '2027-06-03T14:00:00+02:00', endsAt: '2027-06-03T16:00:00+02:00' }];
    const made = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: PLACE, slots }).expect(201);
    expect(made.body).toMatchObject({
      caseId: story.id,
      type: 'meeting',
      state: 'fixed',
      startsAt: '2027-06-03T12:00:00.000Z',
      endsAt: '2027-06-03T14:00:00.000Z',
      startsLocal: '2027-06-03T14:00:00',
      zone: 'Europe/Amsterdam',
      place: PLACE,
      ranking: [{ keepsAll: false, yes: 0, no: 0, informalYes: 0 }],
      responses: [],
    });
    expect(bodyOf(made).slots.map(({ id }) => id)).toEqual([bodyOf(made).slotId]);
    expect(made.headers.location).toBe(`/v1/meetings/${bodyOf(made).id}`);
    expect(made.headers.etag).toBe('"1"');
    expect(await caseState(story)).toBe('scheduled');
    expect(await timelineTypes(story)).toContain('meeting-fixed');
    const again = await story.facilitator.get(made.headers.location!).expect(200);
    expect(again.body).toEqual(made.body);
  });

  it('asks about several dates, ranks the answers, and a main person picks another than the best', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    const { Ria, Sanne } = story.members;
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54), slotIn(test, 78)], { mustAttend: [Ria!.id] });
    expect(poll).toMatchObject({ state: 'polling', slotId: null, startsAt: null });
    expect(await caseState(story)).toBe('preparing');
    const [first, second, third] = poll.slots.map(({ id }) => id) as [string, string, string];
    const answer = (name: string, answers: object) =>
      story.facilitator.put(answering(poll, story, name), { answers }).expect(200);
    await answer('Sanne', { [first]: 'yes', [second]: 'if-need-be', [third]: 'no' });
    await answer('Ria', { [first]: 'no', [second]: 'yes', [third]: 'yes' });
    await answer('Joost', { [second]: 'no', [third]: 'yes' });
    await answer('Karim', { [first]: 'yes' });

    const sanne = await atTheTable(test, story, Sanne!.id);
    const seen = bodyOf(await sanne.get(`/v1/meetings/${poll.id}`).expect(200));
    expect(seen.ranking).toEqual([
      { slotId: second, keepsAll: true, yes: 1, no: 1, informalYes: 1 },
      { slotId: third, keepsAll: false, yes: 2, no: 1, informalYes: 2 },
      { slotId: first, keepsAll: false, yes: 2, no: 1, informalYes: 0 },
    ]);
    expect(seen.slots.map(({ id }) => id)).toEqual([second, third, first]);
    expect(seen.responses).toHaveLength(4);

    const fixed = await sanne.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: third }).expect(200);
    expect(fixed.body).toMatchObject({ state: 'fixed', slotId: third, startsAt: poll.slots[2]!.startsAt });
    expect(await caseState(story)).toBe('scheduled');
    expect(await memberState(story, 'Ria')).toBe('coming');
    expect(await memberState(story, 'Joost')).toBe('coming');
    expect(await memberState(story, 'Karim')).toBe('invited');
    expect(await memberState(story, 'Sanne')).toBe('approved');
    });

  it('refuses what cannot be, and nothing is planned', async () => {
    const story = await aMeetingStory(test);
    const good = slotIn(test, 30);
    const cases: [object, string[]][] = [
      [{ place: PLACE, slots: [] }, ['/slots too-few']],
      [{ place: PLACE }, ['/slots required']],
      [{ slots: [good] }, ['/place required']],
      [{ place: { type: 'moon' }, slots: [good] }, ['/place/type one-of']],
      [{ place: PLACE, slots: Array.from({ length: 11 }, (_, i) => slotIn(test, 30 + i)) }, ['/slots too-many']],
      [{ place: PLACE, slots: [slotIn(test, -1)] }, ['/slots/0/startsAt in-the-past']],
      [{ place: PLACE, slots: [good, slotIn(test, 40, -2)] }, ['/slots/1/endsAt ends-before-start']],
      [{ place: PLACE, slots: [slotIn(test, 40, 0.2)] }, ['/slots/0/endsAt lasts-too-short']],
      [{ place: PLACE, slots: [slotIn(test, 40, 25)] }, ['/slots/0/endsAt lasts-too-long']],
      [{ place: PLACE, slots: [good, good] }, ['/slots/1 double']],
      [{ place: PLACE, slots: [{ startsAt: 'tomorrow', endsAt: good.endsAt }] }, ['/slots/0/startsAt instant']],
      [{ place: { type: 'public-place', publicPlaceId: randomUUID() }, slots: [good] }, ['/place/publicPlaceId unknown-place']],
      [{ place: { ...PLACE, roomId: randomUUID() }, slots: [good] }, ['/place/roomId unknown-place']],
      [{ place: { type: 'video', url: 'javascript:alert(1)' }, slots: [good] }, ['/place/url format']],
      [{ place: PLACE, slots: [good], mustAttend: [randomUUID()] }, ['/mustAttend/0 unknown-member']],
      [{ place: PLACE, slots: [good], mustAttend: [story.resident.id, story.resident.id] }, ['/mustAttend/1 double']],
      [{ place: PLACE, slots: [good], colour: 'blue' }, ['/colour unknown-field']],
    ];
    for (const [body, errors] of cases) {
      const refused = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, body).expect(400);
      expect(errorsOf(refused)).toEqual(errors);
    }
    expect(await caseState(story)).toBe('preparing');
    await plan(story, [good]);
  });

  it('refuses a second meeting while one is open, a kind that does not meet, and a case that ended', async () => {
    const story = await aMeetingStory(test);
    const body = { place: PLACE, slots: [slotIn(test, 30), slotIn(test, 54)] };
    await plan(story, body.slots);
    const second = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, body).expect(409);
    expect(codeOf(second)).toBe('meeting-open');
    expect(second.body).toMatchObject({ state: 'polling', allowed: ['answer', 'confirm', 'cancel', 'choose-chair'] });

    const alone = await aMeetingStory(test, { kind: 'netwerkplan' });
    expect(codeOf(await alone.facilitator.post(`/v1/cases/${alone.id}/meetings`, body).expect(409))).toBe('kind-without-meeting');

    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect(codeOf(await story.facilitator.post(`/v1/cases/${story.id}/meetings`, body).expect(409))).toBe('case-ended');
  });

  it('waits for the safety check, and plans nothing when it is not safe together', async () => {
    const story = await aMeetingStory(test, { themes: ['domestic-violence'] });
    const path = `/v1/cases/${story.id}/meetings`;
    const body = { place: PLACE, slots: [slotIn(test, 30)] };
    expect(codeOf(await story.facilitator.post(path, body).expect(409))).toBe('safety-check-needed');
    const check = { directDanger: false, veiligThuis: 'consulted', spokenAlone: [story.resident.id] };
    await story.facilitator.put(`/v1/cases/${story.id}/safety-check`, { ...check, together: 'apart' }).expect(200);
    expect(codeOf(await story.facilitator.post(path, body).expect(409))).toBe('not-together');
    await story.facilitator.put(`/v1/cases/${story.id}/safety-check`, { ...check, together: 'yes' }).expect(200);
    await story.facilitator.post(path, body).expect(201);
  });

  it('never books a facilitator twice, the way there included, unless everyone sits at a screen', async () => {
    const first = await aMeetingStory(test);
    const body = (hours: number, type = 'other') => ({ place: { type }, slots: [slotIn(test, hours)] });
    await plan(first, [slotIn(test, 30)]);
    const second = await aMeetingStory(test, {}, first.facilitator);
    const path = `/v1/cases/${second.id}/meetings`;
    const refused = await second.facilitator.post(path, body(32.25)).expect(409);
    expect(codeOf(refused)).toBe('moment-not-possible');
    expect((refused.body as { detail: string }).detail).toMatch(/^Dit moment kan niet/);
    expect(await caseState(second)).toBe('preparing');
    await second.facilitator.post(path, body(32, 'video')).expect(201);
  });

  it('lets one of two bookings of the same hour win when they come at once', async () => {
    const first = await aMeetingStory(test);
    const second = await aMeetingStory(test, {}, first.facilitator);
    const slots = [slotIn(test, 30)];
    const answers = await Promise.all(
      [first, second].map((story) => story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: PLACE, slots })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(codeOf(answers.find(({ status }) => status === 409)!)).toBe('moment-not-possible');
  });

  it('lets one of two confirmations win when they come at once; the other is refused', async () => {
    const story = await aMeetingStory(test);
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
    const confirm = (slot: number) =>
      story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[slot]!.id });
    const answers = await Promise.all([confirm(0), confirm(1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      state: 'fixed',
      allowed: ['answer', 'move', 'note-attendance', 'conclude', 'cancel', 'choose-chair', 'name-scribe', 'private-time'],
    });
    const won = bodyOf(answers.find(({ status }) => status === 200)!);
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${poll.id}`)).slotId).toBe(won.slotId);
    expect((await timelineTypes(story)).filter((type) => type === 'meeting-fixed')).toHaveLength(1);
  });

  it('confirms a date of this poll that is still to come, of the version that was seen', async () => {
    const story = await aMeetingStory(test);
    const poll = await plan(story, [slotIn(test, 0.5), slotIn(test, 54)]);
    const path = `/v1/meetings/${poll.id}/confirmation`;
    expect(errorsOf(await story.facilitator.post(path, { slotId: randomUUID() }).expect(400))).toEqual(['/slotId unknown-slot']);
    const [soon, later] = poll.slots.map(({ id }) => id);
    await story.facilitator.post(path, { slotId: later }).set('If-Match', '"7"').expect(412);
    test.clock.advance({ minutes: 31 });
    expect(errorsOf(await story.facilitator.post(path, { slotId: soon }).expect(400))).toEqual(['/slotId in-the-past']);
    await story.facilitator.post(path, { slotId: later }).set('If-Match', '"1"').expect(200);
  });

  it('gives the same answer again for the same Idempotency-Key', async () => {
    const story = await aMeetingStory(test);
    const send = (hours: number) =>
      story.facilitator
        .post(`/v1/cases/${story.id}/meetings`, { place: PLACE, slots: [slotIn(test, hours)] })
        .set('Idempotency-Key', `meeting-${story.id}`);
    const first = await send(30).expect(201);
    const again = await send(30).expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.location).toBe(first.headers.location);
    await send(31).expect(409);
  });
});

describe('Answering', () => {
  it('keeps what each one says, bit by bit, with a remark for the facilitator', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
    const [first, second] = poll.slots.map(({ id }) => id) as [string, string];
    await test.deliver();
    const joost = await byLink(test, linkToken(await mailTo(test.app, story.mail('Joost'))));
    const path = answering(poll, story, 'Joost');
    const said = await joost.put(path, { answers: { [first]: 'no' }, remark: 'Ik moet dan naar het ziekenhuis.' }).expect(200);
    expect(said.body).toMatchObject({ memberId: joost.id, answers: { [first]: 'no' }, version: 1 });
    expect(said.headers.etag).toBe('"1"');
    await joost.put(path, { answers: { [second]: 'yes' } }).set('If-Match', '"3"').expect(412);
    const more = await joost.put(path, { answers: { [second]: 'yes' } }).set('If-Match', '"1"').expect(200);
    expect(more.body).toMatchObject({
      answers: { [first]: 'no', [second]: 'yes' },
      remark: 'Ik moet dan naar het ziekenhuis.',
      version: 2,
    });

    const sanne = await atTheTable(test, story, story.resident.id);
    const [seen] = bodyOf(await sanne.get(`/v1/meetings/${poll.id}`)).responses;
    expect(seen).toMatchObject({ memberId: joost.id, answers: { [first]: 'no', [second]: 'yes' } });
    expect(seen).not.toHaveProperty('remark');
    const { responses, version } = bodyOf(await story.facilitator.get(`/v1/meetings/${poll.id}`));
    expect(responses[0]!.remark).toBe('Ik moet dan naar het ziekenhuis.');
    expect(version).toBe(3);
  });

  it('makes somebody coming, maybe or not-coming when the date is fixed, and leaves a main person as they are', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    const meeting = await plan(story, [slotIn(test, 30)]);
    const say = (name: string, answer: string) =>
      story.facilitator.put(answering(meeting, story, name), { answers: { [meeting.slotId!]: answer } }).expect(200);
    for (const [answer, state] of [['yes', 'coming'], ['if-need-be', 'maybe'], ['no', 'not-coming']] as const) {
      await say('Ria', answer);
      expect(await memberState(story, 'Ria')).toBe(state);
    }
    await say('Sanne', 'yes');
    expect(await memberState(story, 'Sanne')).toBe('approved');
    const { ranking } = bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`));
    expect(ranking).toMatchObject([{ keepsAll: true, yes: 1, no: 1 }]);
  });

  it('refuses answers about other dates, in the place of another, and of who is not invited', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
    const other = await aMeetingStory(test);
    const elsewhere = await plan(other, [slotIn(test, 30)]);
    const answers = { [poll.slots[0]!.id]: 'yes' };
    const put = (path: string, body: object) => story.facilitator.put(path, body);
    const joosts = answering(poll, story, 'Joost');
    expect(errorsOf(await put(joosts, { answers: { [elsewhere.slotId!]: 'yes' } }).expect(400))).toEqual([
      `/answers/${elsewhere.slotId} unknown-slot`,
    ]);
    expect(errorsOf(await put(joosts, { answers: { [poll.slots[0]!.id]: 'perhaps' } }).expect(400))).toEqual([
      `/answers/${poll.slots[0]!.id} one-of`,
    ]);
    expect(errorsOf(await put(joosts, { answers: {} }).expect(400))).toEqual(['/answers no-answer']);
    expect(errorsOf(await put(joosts, { answers: ['yes'] }).expect(400))).toEqual(['/answers object']);
    expect(errorsOf(await put(joosts, {}).expect(400))).toEqual(['/answers required']);
    const notInvited = await put(answering(poll, story, 'Ria'), { answers }).expect(409);
    expect([codeOf(notInvited), (notInvited.body as { state: string }).state]).toEqual(['not-invited', 'proposed']);
    await put(`/v1/meetings/${poll.id}/responses/${other.members.Joost!.id}`, { answers }).expect(404);
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.put(answering(poll, story, 'Karim'), { answers }).expect(404);
    await joost.put(answering(elsewhere, other, 'Joost'), { answers: { [elsewhere.slotId!]: 'yes' } }).expect(404);
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${poll.id}`)).responses).toEqual([]);
  });
});

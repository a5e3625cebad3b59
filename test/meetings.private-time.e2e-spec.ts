import { startApp, type Caller, type TestApp } from './support/app.js';
import { bodyOf, codeOf, errorsOf, plan, slotIn, timelineTypes, aMeetingStory } from './support/meetings.js';
import { fixPlan, writeDraft } from './support/plans.js';
import { aTable, type TableStory } from './support/private-time.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

interface WithPrivateTime {
  version: number;
  scribeId: string | null;
  privateTime: { state: string; periods: { startedAt: string; endedAt: string | null }[]; calledIn: string[] };
}

const say = (who: Caller, story: TableStory, event: string, more: object = {}) => who.post(`${story.path}/private-time`, { event, ...more });
const call = (who: Caller, story: TableStory, name: string) =>
  who.post(`${story.path}/private-time/calls`, { who: name === 'facilitator' ? name : story.members[name]!.id });
const seenBy = async (who: Caller, story: TableStory): Promise<WithPrivateTime> => (await who.get(story.path).expect(200)).body as WithPrivateTime;
const minutesAgo = (minutes: number): string => new Date(test.clock.now().getTime() - minutes * 60_000).toISOString();

describe('private time', () => {
  it('is started and ended by the circle, more than once, and everyone who comes sees that it runs', async () => {
    const story = await aTable(test);
    const [sanne, ria, karim] = await Promise.all(['Sanne', 'Ria', 'Karim'].map(story.as));
    const began = (await say(ria!, story, 'start').expect(200)).body as WithPrivateTime;
    expect(began.privateTime).toEqual({ state: 'running', periods: [{ startedAt: test.clock.now().toISOString(), endedAt: null }], calledIn: [] });
    for (const who of [sanne!, karim!, story.facilitator]) expect((await seenBy(who, story)).privateTime.state).toBe('running');
    expect((await say(sanne!, story, 'start').expect(409)).body).toMatchObject({ state: 'running', allowed: ['end'] });
    expect((await say(sanne!, story, 'end').expect(200)).body).toMatchObject({ privateTime: { state: 'ended' } });
    expect((await say(ria!, story, 'end').expect(409)).body).toMatchObject({ state: 'ended', allowed: ['start'] });
    await say(ria!, story, 'start').expect(200);
    await say(ria!, story, 'end').expect(200);
    expect((await seenBy(story.facilitator, story)).privateTime.periods).toHaveLength(2);
    const types = await timelineTypes(story);
    expect(types.filter((type) => type === 'private-time-ended')).toHaveLength(2);
  });

  it('is started by the facilitator on their word, and never ended by them, nor by who is not of the circle', async () => {
    const story = await aTable(test);
    const karim = await story.as('Karim');
    expect(codeOf(await say(karim, story, 'start').expect(403))).toBe('private-time-of-circle');
    await say(story.facilitator, story, 'start').expect(200);
    expect(codeOf(await say(story.facilitator, story, 'end').expect(403))).toBe('private-time-circle-ends');
    expect(codeOf(await say(karim, story, 'end').expect(403))).toBe('private-time-of-circle');
    expect(await timelineTypes(story)).toContain('private-time-started-on-word');
    const other = await test.staff('Bram besloten', 'facilitator');
    await say(other, story, 'start').expect(404);
  });

  it('is told afterwards, within the meeting', async () => {
    const story = await aTable(test);
    const sanne = await story.as('Sanne');
    const wrong = async (event: string, at: string) => errorsOf(await say(sanne, story, event, { at }).expect(400));
    expect(await wrong('start', minutesAgo(-1))).toEqual(['/at in-the-future']);
    expect(await wrong('start', minutesAgo(31))).toEqual(['/at before-the-meeting']);
    await say(sanne, story, 'start', { at: minutesAgo(20) }).expect(200);
    expect(await wrong('end', minutesAgo(21))).toEqual(['/at before-the-last']);
    const ended = (await say(sanne, story, 'end', { at: minutesAgo(5) }).expect(200)).body as WithPrivateTime;
    expect(ended.privateTime.periods).toEqual([{ startedAt: minutesAgo(20), endedAt: minutesAgo(5) }]);
    expect(await wrong('start', minutesAgo(6))).toEqual(['/at before-the-last']);
    expect(errorsOf(await say(sanne, story, 'pause').expect(400))).toEqual(['/event one-of']);
  });

  it('belongs to a meeting that has begun, of a kind that knows it', async () => {
    const later = await aMeetingStory(test, { kind: 'eigen-kracht' });
    const meeting = await plan(later, [slotIn(test, 2)]);
    const start = { event: 'start' };
    expect(codeOf(await later.facilitator.post(`/v1/meetings/${meeting.id}/private-time`, start).expect(409))).toBe('meeting-not-begun');
    const poll = await plan(await aMeetingStory(test, { kind: 'netwerkberaad' }), [slotIn(test, 20), slotIn(test, 30)]);
    expect(poll.state).toBe('polling');
    for (const kind of ['mdo', 'jim']) {
      const story = await aTable(test, { kind });
      expect(codeOf(await say(await story.as('Sanne'), story, 'start').expect(409))).toBe('kind-without-private-time');
    }
    const held = await aTable(test);
    await held.facilitator.post(`${held.path}/conclusion`, { outcome: 'plan' }).expect(200);
    expect((await say(await held.as('Sanne'), held, 'start').expect(409)).body).toMatchObject({ state: 'held', allowed: ['note-attendance'] });
  });

  it('lets one of two through who start or end at once, and tells the other how it stands', async () => {
    const story = await aTable(test);
    const [sanne, ria] = await Promise.all(['Sanne', 'Ria'].map(story.as));
    for (const [event, state] of [['start', 'running'], ['end', 'ended']] as const) {
      const both = await Promise.all([sanne!, ria!].map((who) => say(who, story, event)));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(both.find(({ status }) => status === 409)!.body).toMatchObject({ state });
    }
    expect((await seenBy(story.facilitator, story)).privateTime.periods).toHaveLength(1);
  });

  it('is not overtaken: no conclusion, other date, cancellation or plan until the circle ends it', async () => {
    const story = await aTable(test);
    const sanne = await story.as('Sanne');
    await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
    const fix = () => story.facilitator.post(`/v1/cases/${story.id}/plans`);
    await say(sanne, story, 'start').expect(200);
    for (const [path, body] of [
      ['conclusion', { outcome: 'plan' }],
      ['move', slotIn(test, 48)],
      ['cancellation', { reason: 'other' }],
    ] as const) {
      expect(codeOf(await story.facilitator.post(`${story.path}/${path}`, body).expect(409))).toBe('private-time-running');
    }
    await say(sanne, story, 'end').expect(200);
    await story.facilitator.post(`${story.path}/conclusion`, { outcome: 'plan' }).expect(200);
    await fix().expect(201);
  });

  it('must have been there, and be over, before the plan of a kind that asks for it', async () => {
    const without = await aTable(test);
    await writeDraft(without, { goals: [{ text: 'Rust' }], commitments: [] });
    await without.facilitator.post(`${without.path}/conclusion`, { outcome: 'plan' }).expect(200);
    expect(codeOf(await without.facilitator.post(`/v1/cases/${without.id}/plans`).expect(409))).toBe('private-time-missing');
    const optional = await aTable(test, { kind: 'netwerkberaad' });
    await writeDraft(optional, { goals: [{ text: 'Rust' }], commitments: [] });
    await optional.facilitator.post(`${optional.path}/conclusion`, { outcome: 'plan' }).expect(200);
    expect((await fixPlan(optional)).version).toBe(1);
  });
});

describe('while the circle is by itself', () => {
  const levels = { home: 'fine', money: 'fine', relations: 'fine', days: 'fine' };
  const words = { want: 'Geheim woord', can: 'Koken', need: 'Rust' };

  /** What each call of the facilitator answers, in one word. */
  async function closedFor(who: Caller, story: TableStory): Promise<string[]> {
    const of = (path: string): string => `/v1/cases/${story.id}/${path}`;
    const answers = await Promise.all([
      who.get(of('plan-draft')),
      who.put(of('plan-draft'), { goals: [], commitments: [] }).set('If-Match', '"0"'),
      who.get(of(`statements/${story.resident.id}`)),
      who.put(of(`statements/${story.resident.id}`), words).set('If-Match', '"0"'),
      who.put(of('preconditions'), levels).set('If-Match', '"9"'),
      who.get(`/v1/circle-members/${story.resident.id}/data?to=person&how=paper`),
    ]);
    return answers.map((answer) => (answer.status === 409 ? codeOf(answer) : String(answer.status)));
  }

  it('keeps the facilitator out of an Eigen Kracht-conferentie, until the circle calls them in or ends it', async () => {
    const story = await aTable(test);
    const [sanne, ria] = await Promise.all(['Sanne', 'Ria'].map(story.as));
    await say(story.facilitator, story, 'start').expect(200);
    await sanne!.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, words).expect(200);
    const draft = { goals: [{ text: 'Geheim doel' }], commitments: [] };
    await sanne!.put(`/v1/cases/${story.id}/plan-draft`, draft).set('If-Match', '"0"').expect(200);
    expect(await closedFor(story.facilitator, story)).toEqual(Array.from({ length: 6 }, () => 'private-time-running'));
    for (const path of ['', '/timeline']) expect((await story.facilitator.get(`/v1/cases/${story.id}${path}`).expect(200)).text).not.toContain('Geheim');

    expect((await call(ria!, story, 'facilitator').expect(200)).body).toMatchObject({ privateTime: { calledIn: ['facilitator'] } });
    expect((await call(sanne!, story, 'facilitator').expect(409)).body).toMatchObject({ state: 'in', allowed: ['leave'] });
    expect((await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).text).toContain('Geheim doel');
    const leave = (who: Caller) => who.post(`${story.path}/private-time/leaving`, { who: 'facilitator' });
    await leave(story.facilitator).expect(200);
    expect((await leave(sanne!).expect(409)).body).toMatchObject({ state: 'out', allowed: ['call'] });
    await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(409);
    await call(sanne!, story, 'facilitator').expect(200);
    await say(sanne!, story, 'end').expect(200);
    expect((await seenBy(sanne!, story)).privateTime.calledIn).toEqual([]);
    expect(await closedFor(story.facilitator, story)).toEqual(['200', '412', '200', '412', '412', '200']);
  });

  it('lets the facilitator of a netwerkberaad see what is written', async () => {
    const story = await aTable(test, { kind: 'netwerkberaad' });
    await say(await story.as('Ria'), story, 'start').expect(200);
    expect(await closedFor(story.facilitator, story)).toEqual(['200', '200', '200', '200', '412', '200']);
  });

  it.each(['eigen-kracht', 'netwerkberaad'])('lets a professional in only when called, in %s, and an aide never see the plan', async (kind) => {
    const story = await aTable(test, { kind });
    const [sanne, ria, karim, taal] = await Promise.all(['Sanne', 'Ria', 'Karim', 'Taal'].map(story.as));
    await story.facilitator.put(`${story.path}/scribe`, { memberId: story.members.Karim!.id }).expect(200);
    const draft = `/v1/cases/${story.id}/plan-draft`;
    await karim!.get(draft).expect(200);
    await say(sanne!, story, 'start').expect(200);
    expect(codeOf(await karim!.get(draft).expect(409))).toBe('private-time-running');
    expect(codeOf(await call(karim!, story, 'Karim').expect(403))).toBe('private-time-of-circle');
    expect(errorsOf(await call(ria!, story, 'Karim').expect(400))).toEqual(['/who unknown-member']);
    expect(errorsOf(await call(sanne!, story, 'Ria').expect(400))).toEqual(['/who of-the-circle']);
    expect(errorsOf(await sanne!.post(`${story.path}/private-time/calls`, { who: 'iedereen' }).expect(400))).toEqual(['/who format']);
    await call(sanne!, story, 'Karim').expect(200);
    await call(sanne!, story, 'Taal').expect(200);
    await karim!.get(draft).expect(200);
    await karim!.put(draft, { goals: [{ text: 'Rust' }], commitments: [] }).set('If-Match', '"0"').expect(200);
    await taal!.get(draft).expect(404);
    expect((await seenBy(sanne!, story)).privateTime.calledIn).toEqual([story.members.Karim!.id, story.members.Taal!.id]);
    expect((await seenBy(karim!, story)).privateTime.calledIn).toEqual([story.members.Karim!.id]);
    expect((await seenBy(ria!, story)).privateTime.calledIn).toEqual([]);
    expect((await call(ria!, story, 'Joost').expect(400)).status).toBe(400);
    await karim!.post(`${story.path}/private-time/leaving`, { who: story.members.Taal!.id }).expect(403);
    await karim!.post(`${story.path}/private-time/leaving`, { who: story.members.Karim!.id }).expect(200);
    await karim!.get(draft).expect(409);
  });

  it('calls nobody in when it does not run', async () => {
    const story = await aTable(test);
    const sanne = await story.as('Sanne');
    expect((await call(sanne, story, 'facilitator').expect(409)).body).toMatchObject({ state: 'not-started', allowed: ['start'] });
    await call(story.facilitator, story, 'facilitator').expect(403);
  });
});

describe('who writes', () => {
  const name = (who: Caller, story: TableStory, member: string | null) =>
    who.put(`${story.path}/scribe`, { memberId: member === null ? null : story.members[member]!.id });

  it('is named by the facilitator or a main person, and writes the draft until the end of the day', async () => {
    const story = await aTable(test);
    const [sanne, ria, joost] = await Promise.all(['Sanne', 'Ria', 'Joost'].map(story.as));
    const draft = `/v1/cases/${story.id}/plan-draft`;
    await ria!.get(draft).expect(404);
    expect((await name(sanne!, story, 'Ria').expect(200)).body).toMatchObject({ scribeId: ria!.id });
    expect(await timelineTypes(story)).toContain('scribe-named');
    expect((await seenBy(story.facilitator, story)).scribeId).toBe(ria!.id);
    expect((await seenBy(ria!, story)).scribeId).toBe(ria!.id);
    expect((await seenBy(joost!, story)).scribeId).toBeNull();
    const body = { goals: [{ text: 'Rust' }], commitments: [{ memberId: joost!.id, text: 'Koken' }] };
    await ria!.put(draft, body).set('If-Match', '"0"').expect(200);
    await name(story.facilitator, story, 'Joost').expect(200);
    await ria!.get(draft).expect(404);
    await joost!.get(draft).expect(200);
    await name(sanne!, story, null).expect(200);
    await joost!.get(draft).expect(404);
    await name(sanne!, story, 'Joost').expect(200);
    test.clock.set(new Date(test.clock.now().getTime() + 26 * 3_600_000));
    await joost!.get(draft).expect(404);
    expect(codeOf(await name(sanne!, story, 'Joost').expect(409))).toBe('meeting-day-over');
  });

  it('stops with the conclusion, and with leaving', async () => {
    const story = await aTable(test);
    const ria = await story.as('Ria');
    await name(story.facilitator, story, 'Ria').expect(200);
    await story.facilitator.post(`${story.path}/conclusion`, { outcome: 'plan' }).expect(200);
    await ria.get(`/v1/cases/${story.id}/plan-draft`).expect(404);
    expect((await name(story.facilitator, story, 'Ria').expect(409)).body).toMatchObject({ state: 'held' });
  });

  it('is somebody who takes part and may have the plan', async () => {
    const story = await aTable(test);
    const elsewhere = await aTable(test);
    const wrong = async (memberId: unknown) => errorsOf(await story.facilitator.put(`${story.path}/scribe`, { memberId }).expect(400));
    expect(await wrong(story.members.Taal!.id)).toEqual(['/memberId aide-has-no-plan']);
    expect(await wrong(elsewhere.members.Ria!.id)).toEqual(['/memberId unknown-member']);
    expect(await wrong('Ria')).toEqual(['/memberId id']);
    await name(await story.as('Joost'), story, 'Joost').expect(403);
    const meeting = bodyOf(await story.facilitator.get(story.path).expect(200));
    await name(story.facilitator, story, 'Ria').set('If-Match', `"${meeting.version}"`).expect(200);
    await name(story.facilitator, story, 'Joost').set('If-Match', `"${meeting.version}"`).expect(412);
  });
});

describe('attendance', () => {
  const note = (who: Caller, story: TableStory, items: object[]) => who.put(`${story.path}/attendance`, { items });

  it('says from when until when somebody was there, and shows that to main persons', async () => {
    const story = await aTable(test);
    const ria = { memberId: story.members.Ria!.id, presence: 'part', arrivedAt: minutesAgo(10), leftAt: minutesAgo(2) };
    const joost = { memberId: story.members.Joost!.id, presence: 'remote' };
    await note(story.facilitator, story, [ria, joost]).expect(200);
    const seen = (await (await story.as('Sanne')).get(story.path).expect(200)).body as { attendance: object[] };
    expect(seen.attendance).toEqual([ria, joost].sort((a, b) => a.memberId.localeCompare(b.memberId)));
    const wrong = await note(story.facilitator, story, [{ ...ria, leftAt: minutesAgo(-5) }]).expect(400);
    expect(errorsOf(wrong)).toEqual(['/items/0/leftAt in-the-future']);
  });

  it.each([['mdo', 200], ['jim', 200], ['netwerkberaad', 403], ['eigen-kracht', 403]])('is noted by a main person too where they lead: %s %i', async (kind, status) => {
    const story = await aTable(test, { kind });
    const items = [{ memberId: story.members.Ria!.id, presence: 'present' }];
    await note(await story.as('Ria'), story, items).expect(403);
    const answer = await note(await story.as('Sanne'), story, items).expect(status);
    if (status === 403) expect(codeOf(answer)).toBe('attendance-by-facilitator');
  });

  it('leaves of whom the one who notes it sees nothing as it was', async () => {
    const story = await aTable(test, { kind: 'mdo' });
    const [ria, joost] = ['Ria', 'Joost'].map((name) => ({ memberId: story.members[name]!.id, presence: 'present' }));
    const pair = { memberIds: [story.resident.id, joost!.memberId], reason: 'Ruzie', mode: 'separate-parts' };
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, pair).expect(201);
    await note(story.facilitator, story, [joost!]).expect(200);
    const sanne = await story.as('Sanne');
    expect(errorsOf(await note(sanne, story, [joost!]).expect(400))).toEqual(['/items/0/memberId unknown-member']);
    expect(JSON.stringify((await note(sanne, story, [ria!]).expect(200)).body)).not.toContain(joost!.memberId);
    const all = (await story.facilitator.get(story.path).expect(200)).body as { attendance: { memberId: string }[] };
    expect(all.attendance.map(({ memberId }) => memberId).sort()).toEqual([ria!.memberId, joost!.memberId].sort());
  });
});

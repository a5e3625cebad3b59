import { v4, v7 } from 'uuid';
import { startApp, type Caller, type TestApp } from './support/app.js';
import {
  aBegunMeeting,
  aFixedPlan,
  aMetCase,
  commitmentOf,
  fixPlan,
  refusal,
  report,
  writeDraft,
  wrong,
  type DraftBody,
  type PlanBody,
} from './support/plans.js';
import { aCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const words = { want: 'Hier blijven wonen', can: 'Goed koken', need: 'Hulp met brieven' };
const levels = { home: 'attention', money: 'missing', relations: 'fine', days: 'fine' };
const empty: DraftBody = { goals: [], commitments: [] };

const timelineOf = async (story: StoryCase): Promise<string[]> => {
  const answer = await story.facilitator.get(`/v1/cases/${story.id}/timeline`).expect(200);
  return (answer.body as { items: { text: string }[] }).items.map(({ text }) => text);
};

/** A participant whose link came by mail: the device is not known. */
async function byMail(story: StoryCase, memberId: string, address: string): Promise<Caller> {
  await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const mails = (await test.as().get('/dev/mailbox.json').expect(200)).body as { to: string; text: string }[];
  const mail = mails.find(({ to, text }) => to === address && text.includes('/l/'))!;
  return byLink(test, /\/l\/(\S+)/.exec(mail.text)![1]!);
}

describe('the three statements', () => {
  it('are written by the main person at the table and read by the facilitator', async () => {
    const story = await aCase(test);
    const resident = await atTheTable(test, story, story.resident.id);
    const path = `/v1/cases/${story.id}/statements/${story.resident.id}`;
    const before = await resident.get(path).expect(200);
    expect(before.body).toMatchObject({ want: null, can: null, need: null, version: 0 });
    await resident.put(path, words).expect(200).expect('ETag', '"1"');
    const read = await story.facilitator.get(path).expect(200);
    expect(read.body).toMatchObject({ ...words, memberName: 'Sanne de Wit', version: 1 });
    expect(await timelineOf(story)).toContain('Sanne de Wit heeft eigen woorden opgeschreven.');
  });

  it('are noted by the facilitator, and not over what someone else just wrote', async () => {
    const story = await aCase(test);
    const path = `/v1/cases/${story.id}/statements/${story.resident.id}`;
    await story.facilitator.put(path, words).set('If-Match', '"0"').expect(200);
    await story.facilitator.put(path, { ...words, want: 'Anders' }).set('If-Match', '"0"').expect(412);
    const read = await story.facilitator.get(path).expect(200);
    expect(read.body).toMatchObject(words);
  });

  it('stay closed on a device that is not known', async () => {
    const story = await aCase(test);
    const resident = await byMail(story, story.resident.id, 'sanne@example.org');
    const path = `/v1/cases/${story.id}/statements/${story.resident.id}`;
    expect(refusal(await resident.get(path).expect(403))).toBe('step-up-required');
    expect(refusal(await resident.put(path, words).expect(403))).toBe('step-up-required');
  });

  it('belong to main persons, each their own', async () => {
    const story = await aCase(test, { otherMainPersons: [{ name: 'Piet de Wit', email: 'piet@example.org' }] });
    const resident = await atTheTable(test, story, story.resident.id);
    const member = await atTheTable(test, story, story.members.Ria!.id).catch(() => null);
    await resident.put(`/v1/cases/${story.id}/statements/${story.members.Piet!.id}`, words).expect(404);
    await resident.get(`/v1/cases/${story.id}/statements/${story.members.Piet!.id}`).expect(404);
    await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.members.Piet!.id}`, words).expect(200);
    await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.members.Ria!.id}`, words).expect(404);
    await member?.get(`/v1/cases/${story.id}/statements/${story.resident.id}`).expect(403);
    const other = await test.staff('Bram Facilitator', 'facilitator');
    await other.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, words).expect(404);
  });

  it.each([
    [{ want: 'a', can: 'b' }, ['/need required']],
    [{ ...words, want: 7 }, ['/want text']],
    [{ ...words, can: 'x'.repeat(4001) }, ['/can too-long']],
    [{ ...words, more: 'x' }, ['/more unknown-field']],
  ])('refuse %j', async (body, expected) => {
    const story = await aCase(test);
    const answer = await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, body).expect(400);
    expect(wrong(answer)).toEqual(expected);
  });
});

describe('the preconditions', () => {
  it('are written by the facilitator, all four', async () => {
    const story = await aCase(test);
    const path = `/v1/cases/${story.id}/preconditions`;
    const answer = await story.facilitator.put(path, levels).expect(200);
    expect(answer.body).toMatchObject({ ...levels, version: 1 });
    await story.facilitator.put(path, levels).set('If-Match', '"0"').expect(412);
    expect(wrong(await story.facilitator.put(path, { ...levels, home: 'perfect' }).expect(400))).toEqual(['/home one-of']);
  });
});

describe('the draft', () => {
  it('is always there: empty, version 0', async () => {
    const story = await aCase(test);
    const answer = await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200).expect('ETag', '"0"');
    expect(answer.body).toMatchObject({ ...empty, safetyConditions: [], version: 0 });
  });

  it('keeps the ids that came with it and makes the others', async () => {
    const story = await aCase(test);
    const [goalId, id] = [v7(), v7()];
    const memberId = story.members.Ria!.id;
    const draft = {
      goals: [{ id: goalId, text: 'Rust in huis' }],
      commitments: [{ id, memberId, text: 'Oppassen', goalId, every: 'FREQ=WEEKLY;BYDAY=MO' }, { memberId, text: 'Koken' }],
    };
    const path = `/v1/cases/${story.id}/plan-draft`;
    await story.facilitator.put(path, draft).set('If-Match', '"0"').expect(200).expect('ETag', '"1"');
    const read = (await story.facilitator.get(path).expect(200)).body as Required<DraftBody>;
    expect(read.commitments[0]).toEqual({ id, memberId, text: 'Oppassen', goalId, dueOn: null, every: 'FREQ=WEEKLY;BYDAY=MO' });
    expect(read.commitments[1]!.id).toMatch(/^[0-9a-f-]{14}7/);
    const resident = await atTheTable(test, story, story.resident.id);
    await resident.get(path).expect(200);
    const written = await resident.put(path, empty).set('If-Match', '"1"').expect(200);
    expect(written.body).toMatchObject({ ...empty, version: 2 });
  });

  it('is not written without its version, nor over a newer one', async () => {
    const story = await aCase(test);
    const path = `/v1/cases/${story.id}/plan-draft`;
    await story.facilitator.put(path, empty).expect(428);
    await story.facilitator.put(path, { ...empty, goals: [{ text: 'Een' }] }).set('If-Match', '"0"').expect(200);
    await story.facilitator.put(path, empty).set('If-Match', '"0"').expect(412);
    await story.facilitator.put(path, empty).set('If-Match', '"garbage"').expect(412);
    const read = await story.facilitator.get(path).expect(200);
    expect(read.body).toMatchObject({ goals: [{ text: 'Een' }], version: 1 });
  });

  it('lets one of two writers with the same version through', async () => {
    const story = await aCase(test);
    const put = (text: string): Promise<number> =>
      story.facilitator
        .put(`/v1/cases/${story.id}/plan-draft`, { ...empty, goals: [{ text }] })
        .set('If-Match', '"0"')
        .then(({ status }) => status);
    expect((await Promise.all([put('een'), put('twee')])).sort()).toEqual([200, 412]);
  });

  it('points at everything that cannot be meant, and changes nothing', async () => {
    const story = await aCase(test);
    const elsewhere = await aCase(test);
    const gone = story.members.Joost!.id;
    await story.facilitator.post(`/v1/circle-members/${gone}/removal`, { reason: 'other' });
    const [ria, id, text] = [story.members.Ria!.id, v7(), 'iets'];
    const commitments = [
      { memberId: elsewhere.members.Ria!.id, text },
      { memberId: gone, text },
      { memberId: ria, text, goalId: v7() },
      { memberId: ria, text, dueOn: '2020-01-01' },
      { id, memberId: ria, text },
      { id, memberId: ria, text },
    ];
    const put = (body: object) => story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, body).set('If-Match', '"0"').expect(400);
    expect(wrong(await put({ goals: [], commitments }))).toEqual([
      '/commitments/5/id doubled-id',
      '/commitments/0/memberId unknown-member',
      '/commitments/1/memberId unknown-member',
      '/commitments/2/goalId unknown-goal',
      '/commitments/3/dueOn before-case',
    ]);
    expect(wrong(await put({ goals: [{ id: v4(), text }], commitments: [{ memberId: ria, text, every: 'vaak', dueOn: '2026-02-30' }] }))).toEqual([
      '/goals/0/id id',
      '/commitments/0/dueOn local-date',
      '/commitments/0/every recurrence',
    ]);
    expect(wrong(await put({ commitments: [] }))).toEqual(['/goals required']);
    expect(wrong(await put({ ...empty, commitments: Array.from({ length: 201 }, () => ({ memberId: ria, text })) }))).toEqual(['/commitments too-many']);
    await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200).expect('ETag', '"0"');
  });

  it('takes no safety condition any more once the meeting has begun', async () => {
    const story = await aBegunMeeting(test);
    const condition = { text: 'Er is altijd een volwassene bij', reason: 'De kinderen zijn klein', setByMemberId: story.members.Meester!.id };
    const put = story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, { ...empty, safetyConditions: [condition] });
    expect(refusal(await put.set('If-Match', '"0"').expect(409))).toBe('safety-condition-late');
  });
});

describe('fixing a plan', () => {
  it('makes version 1 with promises, questions, dates and what everyone said', async () => {
    const story = await aMetCase(test, ['Sanne', 'Ria']);
    await story.facilitator.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, words).expect(200);
    await story.facilitator.put(`/v1/cases/${story.id}/preconditions`, levels).expect(200);
    await writeDraft(story, {
      goals: [{ text: 'Rust' }],
      commitments: [{ memberId: story.members.Ria!.id, text: 'Oppassen' }, { memberId: story.members.Joost!.id, text: 'Rijden', dueOn: '2026-12-01' }],
    });
    const plan = await fixPlan(story);
    const fixedOn = plan.fixedAt.slice(0, 10);
    expect(plan).toMatchObject({ version: 1, state: 'fixed', carriedAt: null, preconditions: levels, statements: [words] });
    expect(plan.commitments.map(({ state }) => state)).toEqual(['promised', 'asked']);
    expect(Date.parse(plan.commitments[0]!.dueOn) - Date.parse(fixedOn)).toBe(42 * 24 * 60 * 60 * 1000);
    expect(plan.commitments[1]!.dueOn).toBe('2026-12-01');
    expect(plan.warnings).toMatchObject([{ code: 'no-professional-commitment' }]);
    expect(await timelineOf(story)).toContain('Versie 1 van het plan staat vast.');
    const read = await story.facilitator.get(`/v1/plans/${plan.id}`).expect(200);
    expect({ ...(read.body as PlanBody), warnings: plan.warnings }).toEqual(plan);
  });

  it('refuses an empty draft, and the same draft again', async () => {
    const story = await aMetCase(test, []);
    const fix = () => story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(409);
    expect(refusal(await fix())).toBe('draft-empty');
    const written = await writeDraft(story, { ...empty, goals: [{ text: 'Rust' }] });
    await fixPlan(story);
    expect(refusal(await fix())).toBe('draft-unchanged');
    await writeDraft(story, { goals: written.goals, commitments: [] });
    expect(refusal(await fix())).toBe('draft-unchanged');
  });

  it('comes after the conclusion of a meeting that was fixed', async () => {
    const story = await aBegunMeeting(test);
    await writeDraft(story, { ...empty, goals: [{ text: 'Rust' }] });
    expect(refusal(await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(409))).toBe('conclusion-first');
  });

  it('needs the private time of an Eigen Kracht-conferentie', async () => {
    const story = await aMetCase(test, ['Sanne'], { kind: 'eigen-kracht' });
    await writeDraft(story, { ...empty, goals: [{ text: 'Rust' }] });
    expect(refusal(await story.facilitator.post(`/v1/cases/${story.id}/plans`).expect(409))).toBe('private-time-missing');
  });

  it('is possible without a meeting; then everyone is asked', async () => {
    const story = await aCase(test);
    await writeDraft(story, { ...empty, commitments: [{ memberId: story.resident.id, text: 'Bellen' }] });
    const plan = await fixPlan(story);
    expect(plan.commitments).toMatchObject([{ state: 'asked' }]);
    await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    const after = await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
    expect(after.body).toMatchObject({ state: 'carrying-out' });
  });

  it('leaves out what was written for someone who has gone, and refuses a version that is not the newest', async () => {
    const story = await aMetCase(test, []);
    const { version } = await writeDraft(story, { ...empty, commitments: [{ memberId: story.members.Joost!.id, text: 'Rijden' }, { memberId: story.resident.id, text: 'Bellen' }] });
    await story.facilitator.post(`/v1/cases/${story.id}/plans`).set('If-Match', `"${version - 1}"`).expect(412);
    await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'other' }).expect(200);
    expect((await fixPlan(story)).commitments).toMatchObject([{ memberId: story.resident.id, text: 'Bellen' }]);
  });

  it('happens once when two do it at the same moment, and gives a repeated key the first answer', async () => {
    const story = await aMetCase(test, ['Ria']);
    await writeDraft(story, { ...empty, goals: [{ text: 'Rust' }] });
    const fix = (key: string) => story.facilitator.post(`/v1/cases/${story.id}/plans`).set('Idempotency-Key', key);
    const answers = await Promise.all([fix('een').then((answer) => answer), fix('twee').then((answer) => answer)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const first = answers.findIndex(({ status }) => status === 201);
    const again = await fix(['een', 'twee'][first]!).expect(201);
    expect(again.body).toEqual(answers[first]!.body);
  });

  it('carries over what stays, releases what is left out and replaces the version before', async () => {
    const { story, plan } = await aFixedPlan(test);
    const [ria, joost] = [commitmentOf(story, plan, 'Ria'), commitmentOf(story, plan, 'Joost')];
    await story.facilitator.post(`/v1/commitments/${ria.id}/progress`, { state: 'running' }).expect(200);
    const { id, memberId } = ria;
    await writeDraft(story, {
      goals: plan.goals,
      commitments: [{ id, memberId, text: 'Elke dinsdag mee', every: 'week' }, { memberId: story.members.Meester!.id, text: 'Bellen' }],
    });
    const second = await fixPlan(story);
    expect(second).toMatchObject({ version: 2, commitments: [{ id, state: 'running', dueOn: ria.dueOn }, { state: 'asked' }] });
    const first = (await story.facilitator.get(`/v1/plans/${plan.id}`).expect(200)).body as PlanBody;
    expect(first).toMatchObject({ state: 'replaced', commitments: [{ text: ria.text }, { state: 'released', releasedBecause: 'nieuw plan' }, {}] });
    const released = await story.facilitator.get(`/v1/commitments/${joost.id}`).expect(200);
    expect(released.body).toMatchObject({ state: 'released', note: 'nieuw plan', moves: [] });
    const changed = await story.facilitator.get(`/v1/commitments/${id}`).expect(200);
    expect(changed.body).toMatchObject({ text: 'Elke dinsdag mee', planId: second.id });
  });

  it('refuses a commitment id that belongs to another case', async () => {
    const { story, plan } = await aFixedPlan(test);
    const other = await aCase(test);
    const body = { ...empty, commitments: [{ id: commitmentOf(story, plan, 'Ria').id, memberId: other.members.Ria!.id, text: 'x' }] };
    const answer = await other.facilitator.put(`/v1/cases/${other.id}/plan-draft`, body).set('If-Match', '"0"').expect(400);
    expect(wrong(answer)).toEqual(['/commitments/0/id doubled-id']);
  });

  it('is over when the case is', async () => {
    const { story, plan } = await aFixedPlan(test);
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    const answers = [
      await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, empty).set('If-Match', '*'),
      await story.facilitator.post(`/v1/cases/${story.id}/plans`),
      await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }),
      await report(story.facilitator, plan.commitments[0]!.id, 'done'),
    ];
    expect(answers.map((answer) => [answer.status, refusal(answer)])).toEqual(answers.map(() => [409, 'case-ended']));
  });
});

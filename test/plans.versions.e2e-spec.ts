import { Client } from 'pg';
import { startApp, type TestApp } from './support/app.js';
import { aBegunMeeting, aFixedPlan, aMetCase, commitmentOf, fixPlan, refusal, statementsDuring, writeDraft, wrong, type PlanBody } from './support/plans.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const words = { want: 'Hier blijven wonen', can: 'Goed koken', need: 'Hulp met brieven' };
const levels = { home: 'attention', money: 'missing', relations: 'fine', days: 'fine' };
interface Difference {
  newer: { version: number };
  older: { version: number } | null;
  lines: { part: string; change: string; sentence: string; fields: { name: string; before: string | null; after: string | null }[] }[];
}

/** Two versions: Ria's promise changed, Joost's left out, one of Karim added. */
async function twoVersions(): Promise<{ story: StoryCase; first: PlanBody; second: PlanBody }> {
  const { story, plan } = await aFixedPlan(test);
  const ria = commitmentOf(story, plan, 'Ria');
  await writeDraft(story, {
    goals: plan.goals,
    commitments: [
      { id: ria.id, memberId: ria.memberId, text: 'Elke dinsdag mee', every: 'week' },
      { memberId: story.members.Meester!.id, text: 'Bellen met school' },
    ],
  });
  return { story, first: plan, second: await fixPlan(story) };
}

describe('versions of a plan', () => {
  it('are listed newest first, for the circle too', async () => {
    const { story, first, second } = await twoVersions();
    const path = `/v1/cases/${story.id}/plans`;
    const listed = await story.facilitator.get(path).expect(200);
    expect(listed.body).toMatchObject({ items: [{ id: second.id, version: 2, state: 'fixed' }, { id: first.id, version: 1, state: 'replaced' }] });
    await (await atTheTable(test, story, story.resident.id)).get(path).expect(200);
    await (await test.staff('Bram van Versies', 'facilitator')).get(path).expect(404);
  });

  it('never change, whoever asks the database', async () => {
    const { plan } = await aFixedPlan(test);
    const client = new Client(test.database.superuserUrl);
    await client.connect();
    const change = (set: string): Promise<string> => client.query(`update plans set ${set} where id = $1`, [plan.id]).then(() => 'done', (error: Error) => error.message);
    try {
      expect(await change(`sealed = sealed || '\\x00'::bytea`)).toBe('a fixed plan never changes');
      expect(await change('version = 7')).toBe('a fixed plan never changes');
      expect(await change(`fixed_at = fixed_at - interval '1 day'`)).toBe('a fixed plan never changes');
      // Sealed with another key it says the same; what became of it may change.
      expect(await change(`sealed = set_byte(sealed, 2, 9)`)).toBe('done');
      expect(await change(`sealed = set_byte(sealed, 2, 1), state = 'replaced'`)).toBe('done');
    } finally {
      await client.end();
    }
  });

  it('differ in words and in fields', async () => {
    const { story, first, second } = await twoVersions();
    const read = async (path: string): Promise<Difference> => (await story.facilitator.get(path).expect(200)).body as Difference;
    const difference = await read(`/v1/plans/${second.id}/difference?with=${first.id}`);
    expect(difference.lines.map(({ change, sentence }) => [change, sentence])).toEqual([
      ['changed', 'Er stond van Ria de Wit: “Elke maandag mee naar de markt”. Nu staat er: “Elke dinsdag mee”.'],
      ['added', 'Nieuw van Meester Karim: “Bellen met school”.'],
      ['removed', 'Staat er niet meer in van Joost Bakker: “De brief aan de woningcorporatie nakijken”.'],
      ['removed', 'Staat er niet meer in van Sanne de Wit: “De schuldhulp bellen”.'],
    ]);
    expect(difference.lines[0]!.fields).toEqual([{ name: 'text', before: 'Elke maandag mee naar de markt', after: 'Elke dinsdag mee' }]);
    expect(await read(`/v1/plans/${first.id}/difference?with=${second.id}`)).toEqual(difference);
    expect(await read(`/v1/plans/${second.id}/difference`)).toEqual(difference);
    expect(await read(`/v1/plans/${first.id}/difference`)).toMatchObject({ older: null, lines: [{ change: 'added' }, {}, {}, {}] });
    const elsewhere = (await aFixedPlan(test)).plan.id;
    expect(wrong(await story.facilitator.get(`/v1/plans/${second.id}/difference?with=${elsewhere}`).expect(400))).toEqual(['/with unknown-plan']);
  });

  it('show a professional what differs in their own part, and nobody whom they may not see', async () => {
    const { story, second } = await twoVersions();
    await story.facilitator.post(`/v1/circle-members/${story.members.Meester!.id}/approval`, { by: 'main-person' }).expect(200);
    const path = `/v1/plans/${second.id}/difference`;
    const karim = await atTheTable(test, story, story.members.Meester!.id);
    expect(((await karim.get(path).expect(200)).body as Difference).lines.map(({ sentence }) => sentence)).toEqual(['Nieuw van Meester Karim: “Bellen met school”.']);
    const memberIds = [story.resident.id, story.members.Meester!.id];
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Ruzie', mode: 'never-together' }).expect(201);
    const resident = await atTheTable(test, story, story.resident.id);
    const seen = (await resident.get(path).expect(200)).text;
    expect(seen).toContain('Elke dinsdag mee');
    expect(seen).not.toContain('Bellen met school');
  });
});

describe('agreeing', () => {
  it('with an old version says which is the newest', async () => {
    const { story, first, second } = await twoVersions();
    const answer = await story.facilitator.post(`/v1/plans/${first.id}/agreements`, { agrees: true }).expect(409);
    expect(refusal(answer)).toBe('plan-replaced');
    expect(answer.body).toMatchObject({ current: { id: second.id, version: 2 }, detail: expect.stringContaining('versie 2') as string });
  });

  it('is not held up by somebody whose yes was needed and who left', async () => {
    const circle = ['Joost Bakker', 'Bo Bakker'].map((name) => ({ name, relation: 'jim', email: `${name.split(' ')[0]}@example.org` }));
    const story = await aMetCase(test, ['Sanne'], { kind: 'jim', circle });
    await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
    const plan = await fixPlan(story);
    for (const { id } of [story.resident, story.members.Bo!]) await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { memberId: id, agrees: true }).expect(201);
    const state = async (): Promise<string> => ((await story.facilitator.get(`/v1/plans/${plan.id}`).expect(200)).body as PlanBody).state;
    expect(await state()).toBe('fixed');
    await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'other' }).expect(200);
    expect(await state()).toBe('carried');
  });
});

describe('a plan', () => {
  it('of somebody who has no meeting is carried out by their yes', async () => {
    const story = await aCase(test, { kind: 'netwerkplan' });
    await writeDraft(story, { goals: [], commitments: [{ memberId: story.members.Ria!.id, text: 'Soep brengen' }] });
    const plan = await fixPlan(story);
    await story.facilitator.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
    const read = await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
    expect(read.body).toMatchObject({ kind: 'netwerkplan', state: 'carrying-out' });
  });

  it('promises nothing for a day before the meeting, and keeps a day that stood there already', async () => {
    const story = await aMetCase(test, ['Ria']);
    const memberId = story.members.Ria!.id;
    let { facilitator } = story;
    const put = (dueOn: string, id?: string) =>
      facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [], commitments: [{ id, memberId, text: 'Rijden', dueOn }] }).set('If-Match', '*');
    const today = test.clock.now().toISOString().slice(0, 10);
    expect(wrong(await put('2026-01-01').expect(400))).toEqual(['/commitments/0/dueOn before-case']);
    const { commitments } = (await put(today).expect(200)).body as { commitments: { id: string }[] };
    test.clock.advance({ days: 9 });
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const times = { startsAt: new Date(test.clock.now().getTime() + 86_400_000).toISOString(), endsAt: new Date(test.clock.now().getTime() + 90_000_000).toISOString() };
    const meeting = (await facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other', address: 'Buurthuis' }, slots: [times] }).expect(201)).body as { id: string };
    test.clock.advance({ days: 2 });
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    await facilitator.post(`/v1/meetings/${meeting.id}/conclusion`, { outcome: 'plan' }).expect(200);
    expect(wrong(await put(today).expect(400))).toEqual(['/commitments/0/dueOn before-meeting']);
    await put(today, commitments[0]!.id).expect(200);
  });

  it('of 200 commitments is fixed again with as many statements as one of three', async () => {
    const statements = async (many: number): Promise<number> => {
      const story = await aMetCase(test, ['Ria']);
      const memberId = story.members.Ria!.id;
      const first = await writeDraft(story, { goals: [], commitments: Array.from({ length: many }, (_, n) => ({ memberId, text: `Afspraak ${n}` })) });
      await fixPlan(story);
      await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: first.commitments.slice(1) });
      return (await statementsDuring(() => fixPlan(story))).length;
    };
    expect(await statements(200)).toBe(await statements(3));
  });

  it('is fixed once by two at the same time; the other hears what happened', async () => {
    const story = await aMetCase(test, ['Ria']);
    await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
    const answers = await Promise.all([1, 2].map(() => story.facilitator.post(`/v1/cases/${story.id}/plans`).then((answer) => answer)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(refusal(answers.find(({ status }) => status === 409)!)).toBe('draft-unchanged');
    const listed = await story.facilitator.get(`/v1/cases/${story.id}/plans`).expect(200);
    expect((listed.body as { items: object[] }).items).toHaveLength(1);
  });
});

describe('what people said', () => {
  it('is kept with when they said it: before, during and after the meeting', async () => {
    const story = await aBegunMeeting(test);
    const before = await aCase(test);
    const say = (of: StoryCase, want: string) => of.facilitator.put(`/v1/cases/${of.id}/statements/${of.resident.id}`, { ...words, want }).expect(200);
    const history = async (of: StoryCase) =>
      ((await of.facilitator.get(`/v1/cases/${of.id}/statements/${of.resident.id}/history`).expect(200)).body as { items: { want: string; moment: string }[] }).items.map(({ want, moment }) => [want, moment]);
    expect(await history(before)).toEqual([]);
    await say(before, 'Vooraf');
    expect(await history(before)).toEqual([['Vooraf', 'before']]);
    await say(story, 'Tijdens');
    await story.facilitator.post(`/v1/meetings/${story.meetingId}/conclusion`, { outcome: 'plan' }).expect(200);
    await say(story, 'Erna');
    await say(story, 'Later');
    expect(await history(story)).toEqual([['Later', 'after'], ['Erna', 'after'], ['Tijdens', 'during']]);
  });

  it('of what is in order is theirs to write, with their own words, and stays as it was', async () => {
    const story = await aCase(test);
    const resident = await atTheTable(test, story, story.resident.id);
    const path = `/v1/cases/${story.id}/preconditions`;
    expect((await resident.get(path).expect(200)).body).toMatchObject({ home: null, words: { home: null }, version: 0 });
    await resident.put(path, { ...levels, words: { money: 'Er liggen brieven die ik niet open' } }).expect(200);
    // Levels alone, as before: the words stay.
    await story.facilitator.put(path, { ...levels, home: 'fine' }).set('If-Match', '"1"').expect(200);
    expect((await resident.get(path).expect(200)).body).toMatchObject({ home: 'fine', words: { money: 'Er liggen brieven die ik niet open', home: null }, moment: 'before', version: 2 });
    const { body } = await resident.get(`${path}/history`).expect(200);
    expect(body).toMatchObject({ items: [{ version: 2, home: 'fine' }, { version: 1, home: 'attention', words: { money: 'Er liggen brieven die ik niet open' } }] });
    expect(wrong(await resident.put(path, { ...levels, words: { money: 7 } }).expect(400))).toEqual(['/words/money text']);
  });

  it('is not for a main person who may not know of the other', async () => {
    const story = await aCase(test, { otherMainPersons: [{ name: 'Piet de Wit', email: 'piet@example.org' }] });
    const piet = await atTheTable(test, story, story.members.Piet!.id);
    const path = `/v1/cases/${story.id}/preconditions`;
    await piet.put(path, { ...levels, words: { home: 'Ik slaap op de bank' } }).expect(200);
    const sanne = await atTheTable(test, story, story.resident.id);
    expect((await sanne.get(path).expect(200)).text).toContain('Ik slaap op de bank');
    const memberIds = [story.resident.id, story.members.Piet!.id];
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Ruzie', mode: 'never-together' }).expect(201);
    for (const at of [path, `${path}/history`]) expect((await sanne.get(at).expect(200)).text).not.toContain('Ik slaap op de bank');
    await sanne.get(`/v1/cases/${story.id}/statements/${story.members.Piet!.id}/history`).expect(404);
  });
});

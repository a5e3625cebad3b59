import { Client } from 'pg';
import { IN_EXPORT } from '../src/privacy/person-data.rules.js';
import { fieldLabel } from '../src/privacy/person-data.pages.js';
import { HOLDINGS } from '../src/privacy/holdings.rules.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { readPdf } from './support/pdf.js';
import { aFixedPlan, commitmentOf } from './support/plans.js';
import { opened } from './support/privacy.js';
import { ran } from './support/retention.js';
import { aReferral, atTheTable } from './support/stories.js';
import { aWholeStory, SAID, SHARED, type WholeStory } from './support/whole-story.js';

interface Data {
  sections: { key: string; records: Record<string, unknown>[] }[];
}

let test: TestApp;
let owner: Client;
async function begin(): Promise<void> {
  test = await startApp();
  owner = new Client({ connectionString: test.database.superuserUrl });
  await owner.connect();
}
async function end(): Promise<void> {
  await owner.end();
  await test.stop();
}

const wordsOf = (...names: (keyof typeof SAID)[]): string[] => names.flatMap((name) => Object.values(SAID[name]));
const found = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));
const data = async (who: Caller): Promise<Data> => (await who.get('/v1/me/data').expect(200)).body as Data;
const records = ({ sections }: Data, key: string): Record<string, unknown>[] => sections.find((one) => one.key === key)?.records ?? [];

/** Of what the circle wrote for itself and threw away nothing is left. */
const thrownAway: readonly string[] = [SAID.Ria.draft, SAID.Karim.draft];

/** The tables of meeting, plan and six weeks that hold rows of a case. */
const OF_PLAN = Object.entries(HOLDINGS).filter(([table, { ofCase }]) => ofCase && /^(plans|meetings)/.test(table));
async function emptyTables(caseId: string): Promise<string[]> {
  const empty: string[] = [];
  for (const [table, { ofCase }] of OF_PLAN) {
    const { rowCount } = await owner.query(`select 1 from ${table} where organisation_id = $1 and ${ofCase} limit 1`, [test.organisationId, caseId]);
    if (!rowCount) empty.push(table);
  }
  return empty;
}

describe('what somebody is given of meeting, plan and the weeks after', () => {
  let story: WholeStory;
  beforeAll(async () => {
    await begin();
    story = await aWholeStory(test);
  });
  afterAll(end);

  const kept = (name: keyof typeof SAID): string[] => wordsOf(name).filter((word) => !thrownAway.includes(word));

  it.each(['Ria', 'Joost', 'Karim'] as const)('%s: everything of theirs, and nothing of anybody else', async (name) => {
    const text = JSON.stringify(await data(story.who[name]));
    const others = (Object.keys(SAID) as (keyof typeof SAID)[]).filter((one) => one !== name);
    expect(found(text, kept(name))).toEqual(kept(name));
    expect(found(text, [...wordsOf(...others), SHARED.goal])).toEqual([]);
  });

  it.each(['Sanne', 'Piet'] as const)('%s: theirs, the plan that is theirs with what must be safe and why, and no words of the others', async (name) => {
    const other = name === 'Sanne' ? 'Piet' : 'Sanne';
    const all = await data(story.who[name]);
    const text = JSON.stringify(all);
    const plan = [SHARED.goal, SHARED.metBy, SAID.Karim.condition, SAID.Karim.reason];
    expect(found(text, [...kept(name), ...plan])).toEqual([...kept(name), ...plan]);
    const ofOthers = wordsOf(other, 'Ria', 'Joost', 'Karim').filter((word) => !plan.includes(word));
    // How it is at home is of both; its words are of whoever said them.
    expect(found(text, ofOthers)).toEqual([]);
    expect(records(all, 'obstacles')).toMatchObject([{ text: null, mailMayGo: true }]);
  });

  it('fills every heading of plan and meeting, each field with a word of its own', async () => {
    const all = await Promise.all(Object.values(story.who).map(data));
    const headings = new Set(all.flatMap(({ sections }) => sections.map(({ key }) => key)));
    const expected = Object.entries(IN_EXPORT).filter(([table]) => /^(plans|meetings)/.test(table)).map(([, key]) => key);
    expect([...expected, 'safety-conditions'].filter((key) => !headings.has(key))).toEqual([]);
    const names = new Set(all.flatMap(({ sections }) => sections.flatMap((one) => one.records.flatMap((record) => Object.keys(record)))));
    expect([...names].filter((name) => fieldLabel(name) === name)).toEqual([]);
  });

  it('shows a main person nothing that somebody asked from whom they are kept apart', async () => {
    const memberIds = [story.members.Sanne!.id, story.members.Karim!.id];
    const apart = await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Dreiging', mode: 'never-together' }).expect(201);
    expect(found(JSON.stringify(await data(story.who.Sanne)), [...wordsOf('Karim'), 'Karim', 'Kievit'])).toEqual([]);
    await story.facilitator.post(`/v1/contact-restrictions/${(apart.body as { id: string }).id}/ending`, {}).expect(200);
  });

  it('fills a row of every table of these, so that what is erased was there', async () => {
    expect(await emptyTables(story.id)).toEqual([]);
  });
});

/** Of what they said, what stays as the plan: it is of those who made it together. */
const STAYS: readonly string[] = [SAID.Joost.promise, SAID.Karim.promise, SAID.Karim.condition, SAID.Karim.reason];
const EVERYTHING: readonly string[] = [...Object.values(SAID).flatMap((words) => Object.values(words)), ...Object.values(SHARED)];
const PEOPLE = ['Sperwer', 'Putter', 'Roodborst', 'Merel', 'Kievit'];

describe('what is erased', () => {
  beforeEach(begin);
  afterEach(end);
  const everything = async (): Promise<string> => opened(test, owner);

  it('of one person: their words of help, passing on, later, giving back, safety and marks; the plan of the others stands', async () => {
    const story = await aWholeStory(test);
    const before = await everything();
    expect(found(before, EVERYTHING)).toEqual(EVERYTHING.filter((word) => !thrownAway.includes(word)));
    await story.who.Joost.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'own-wish' }).expect(200);
    await story.facilitator.post(`/v1/circle-members/${story.members.Karim!.id}/removal`, { reason: 'other' }).expect(200);
    const after = await everything();
    const gone = wordsOf('Joost', 'Karim').filter((word) => !STAYS.includes(word));
    expect(found(after, [...gone, SAID.Ria.offer, 'Merel', 'Joost', 'Karim'])).toEqual([]);
    const stays = [...STAYS, ...Object.values(SAID.Sanne), SAID.Ria.obstacle];
    expect(found(after, stays)).toEqual(stays);

    await story.who.Ria.post(`/v1/circle-members/${story.members.Ria!.id}/removal`, { reason: 'own-wish' }).expect(200);
    expect(found(await everything(), [...wordsOf('Ria').filter((word) => word !== SAID.Ria.promise), 'Roodborst'])).toEqual([]);
  });

  it('when its time has come: nothing of it anywhere, after the main persons could read and keep their plan', async () => {
    const story = await aWholeStory(test);
    await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
    const admin = (): Promise<Caller> => test.staff('Ad Beheer', 'admin');
    test.clock.advance({ days: 340 });
    expect((await ran(test, await admin(), { dryRun: false })).cases).toMatchObject({ told: 1, erased: 0 });
    await test.deliver();
    for (const name of ['sperwer', 'putter']) expect((await mailsTo(test.app, `${name}${story.serial}@example.org`))[0]!.subject).toBe('Wil je iets bewaren?');
    const noor = await test.staff(story.noor, 'facilitator');
    const sanne = await atTheTable(test, { ...story, facilitator: noor }, story.resident.id);
    const pdf = await sanne.get(`/v1/plans/${story.plan.id}`).set('Accept', 'application/pdf').buffer(true).expect(200);
    expect((await readPdf(pdf.body as Buffer)).text.join(' ')).toContain(SHARED.goal);
    expect((await sanne.get('/v1/me/data').expect(200)).text).toContain(SAID.Sanne.want);

    test.clock.advance({ days: 31 });
    expect((await ran(test, await admin(), { dryRun: false })).cases).toMatchObject({ erased: 1, failed: 0 });
    expect(found(await everything(), [...EVERYTHING, ...PEOPLE])).toEqual([]);
    expect((await emptyTables(story.id)).length).toBe(OF_PLAN.length);
    expect(await mailsTo(test.app, story.directorMail)).toEqual([]);
    // Whatever was planned around it comes to nothing.
    test.clock.advance({ days: 60 });
    await test.deliver();
    await sanne.get('/v1/me').expect(401);
  });

  it('not of who was at the table, or said yes to something, in the middle of their six weeks, though nobody ever called them', async () => {
    const { story, plan } = await aFixedPlan(test, { circle: [...(aReferral().circle as object[]), { name: 'Kim Stil', relation: 'friend', email: 'kim@example.org' }] });
    const joost = commitmentOf(story, plan, 'Joost');
    await story.facilitator.post(`/v1/commitments/${joost.id}/progress`, { state: 'promised', note: 'op hun woord' }).expect(200);
    test.clock.advance({ days: 30 });
    const night = await ran(test, await test.staff('Ad Beheer', 'admin'), { dryRun: false });
    // Meester Karim and Kim: asked for nothing, there at nothing.
    expect(night.counts.find(({ rule }) => rule === 'circle-contact')).toMatchObject({ count: 2 });
    const noor = await test.staff('Noor Facilitator', 'facilitator');
    const { items } = (await noor.get(`/v1/commitments?caseId=${story.id}`).expect(200)).body as { items: { memberName: string; state: string }[] };
    expect(items.map(({ memberName, state }) => `${memberName} ${state}`).sort()).toEqual(['Joost Bakker promised', 'Ria de Wit promised', 'Sanne de Wit promised']);
  });

  it('not of somebody who leaves under a legal hold: what they said stays, and what they would do is released', async () => {
    const story = await aWholeStory(test);
    const admin = await test.staff('Ad Beheer', 'admin');
    await admin.put(`/v1/cases/${story.id}/legal-hold`, { reason: 'court' }).expect(200);
    await story.who.Joost.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'own-wish' }).expect(200);
    const kept = wordsOf('Joost').filter((word) => word !== SAID.Joost.perspective);
    expect(found(await everything(), kept)).toEqual(kept);
    const promise = await story.facilitator.get(`/v1/commitments/${story.promises.Joost}`).expect(200);
    expect(promise.body).toMatchObject({ state: 'released', note: 'doet niet meer mee', memberName: 'Joost' });
    expect((await story.who.Ria.get('/v1/offers').expect(200)).body).toMatchObject({ passings: [], help: [] });
    await admin.delete(`/v1/cases/${story.id}/legal-hold`).expect(204);
    await ran(test, admin, { dryRun: false });
    expect(found(await everything(), [...wordsOf('Joost').filter((word) => !STAYS.includes(word)), 'Merel'])).toEqual([]);
  });

  it('when one of two main persons asks it: the other hears it first and can keep the plan', async () => {
    const story = await aWholeStory(test);
    const asked = await story.who.Sanne.post('/v1/me/erasure-requests', { stopContact: true }).expect(201);
    const { id, dueOn } = asked.body as { id: string; dueOn: string };
    await story.lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'erased' }).expect(200);
    await test.deliver();
    const subjects = async (name: string): Promise<string[]> => (await mailsTo(test.app, `${name}${story.serial}@example.org`)).map(({ subject }) => subject ?? '');
    expect([await subjects('putter'), await subjects('sperwer')].map((all) => all.includes('Wil je iets bewaren?'))).toEqual([true, false]);
    expect((await story.who.Piet.get(`/v1/plans/${story.plan.id}`).expect(200)).text).toContain(SHARED.goal);
    expect(found(await everything(), [SAID.Sanne.want])).toEqual([SAID.Sanne.want]);

    test.clock.set(new Date(`${dueOn}T12:00:00Z`));
    await test.deliver();
    expect(found(await everything(), [...EVERYTHING, ...PEOPLE])).toEqual([]);
    expect((await emptyTables(story.id)).length).toBe(OF_PLAN.length);
    const [request] = (await owner.query<{ state: string }>('select state from privacy_erasure_requests where id = $1', [id])).rows;
    expect(request).toMatchObject({ state: 'erased' });
  });
});

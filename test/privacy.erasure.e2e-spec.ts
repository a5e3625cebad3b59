import { Client } from 'pg';
import { ContactErasureService } from '../src/circle/contact-erasure.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { ErasureService } from '../src/privacy/erasure.service.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { opened } from './support/privacy.js';
import { aCase, anInvitedCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
let owner: Client;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
  owner = new Client({ connectionString: test.database.superuserUrl });
  await owner.connect();
});
beforeEach(() => test.clock.set(START));
afterAll(async () => {
  await owner.end();
  await test.stop();
});

const JOOST = ['Joost Zwanenburg', 'Joost', 'joost.zwanenburg@example.org', '+31687650001', 'Zwanenkade 12', 'Truus Zwanenburg', 'geheim nummer'];
const circle = [
  {
    name: 'Joost Zwanenburg',
    firstName: 'Joost',
    relation: 'neighbour',
    email: 'joost.zwanenburg@example.org',
    phone: '+31687650001',
    address: 'Zwanenkade 12',
    guardians: ['Truus Zwanenburg'],
    ageBand: '12-15',
    contactPreference: { note: 'geheim nummer' },
  },
  { name: 'Ria de Wit', relation: 'parent', phone: '06 8765 4321' },
];

let stories = 0;

/** A case with Joost in it, a plan in which he promises something, and things noted about him. */
async function withJoost(): Promise<StoryCase> {
  const facilitator = await test.staff(`Noor ${'abcdefgh'[stories++]}`, 'facilitator');
  const story = await anInvitedCase(test, { circle }, facilitator);
  const joost = story.members.Joost!.id;
  const call = { at: '2026-11-16T08:00:00Z', channel: 'call', outcome: 'not-reached', note: 'Zwanenkade 12 nam niet op' };
  await facilitator.post(`/v1/circle-members/${joost}/contact-attempts`, call).expect(201);
  const slot = { startsAt: '2026-11-16T09:00:00Z', endsAt: '2026-11-16T10:00:00Z' };
  const place = { type: 'other', address: 'Buurthuis De Klomp' };
  const meeting = await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot] }).expect(201);
  const { id, slots } = meeting.body as { id: string; slots: { id: string }[] };
  const answer = { answers: { [slots[0]!.id]: 'yes' }, remark: 'Ik kom van Zwanenkade 12' };
  await facilitator.put(`/v1/meetings/${id}/responses/${joost}`, answer).expect(200);
  test.clock.set(new Date('2026-11-16T10:30:00Z'));
  await facilitator.put(`/v1/meetings/${id}/attendance`, { items: [{ memberId: joost, presence: 'present' }] }).expect(200);
  await facilitator.post(`/v1/meetings/${id}/conclusion`, { outcome: 'plan', facilitatorHours: 2 }).expect(200);
  const draft = { goals: [{ text: 'Rust' }], commitments: [{ memberId: joost, text: 'De post doen' }, { memberId: story.members.Ria!.id, text: 'Soep koken' }] };
  await facilitator.put(`/v1/cases/${story.id}/plan-draft`, draft).set('If-Match', '*').expect(200);
  await facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
  await test.deliver();
  return story;
}

it('erases at one tap who someone is: no name, mail, telephone, address or guardian is left anywhere', async () => {
  const story = await withJoost();
  const joost = await atTheTable(test, story, story.members.Joost!.id);
  const before = await opened(test, owner);
  for (const word of JOOST) expect({ word, found: before.includes(word) }).toEqual({ word, found: true });

  await joost.post(`/v1/circle-members/${joost.id}/removal`, { reason: 'own-wish', remark: 'Joost wil niet meer' }).expect(200);

  const after = await opened(test, owner);
  for (const word of JOOST) expect({ word, found: after.includes(word) }).toEqual({ word, found: false });
  // What others said and who they are stays.
  expect(after).toContain('Ria de Wit');
  expect(after).toContain('Soep koken');
});

it('leaves one of a number: "iemand" in the circle, on the timeline, and with the promise, which is released', async () => {
  const story = await withJoost();
  const { facilitator } = story;
  const id = story.members.Joost!.id;
  await facilitator.post(`/v1/circle-members/${id}/removal`, {}).expect(200);
  const list = (await facilitator.get(`/v1/cases/${story.id}/circle-members`).expect(200)).body as { items: Record<string, unknown>[] };
  expect(list.items.find((one) => one.id === id)).toMatchObject({ name: 'iemand', firstName: null, relation: null, state: 'removed', professional: false });
  const commitments = (await facilitator.get(`/v1/commitments?caseId=${story.id}`).expect(200)).body as { items: { memberName: string; state: string; note: string }[] };
  expect(commitments.items.map(({ memberName, state }) => `${memberName}: ${state}`).sort()).toEqual(['Ria de Wit: asked', 'iemand: released']);
  const timeline = (await facilitator.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).body as { items: { text: string; type: string }[] };
  expect(timeline.items.find(({ type }) => type === 'member-removed')!.text).toContain('iemand');
  expect(JSON.stringify(timeline)).not.toContain('Joost');
});

it('ends links and sessions, and nothing more goes out', async () => {
  const story = await anInvitedCase(test, { circle }, facilitator);
  const joost = await atTheTable(test, story, story.members.Joost!.id);
  await facilitator.post(`/v1/circle-members/${joost.id}/links`, { via: 'mail' }).expect(201);
  await joost.post(`/v1/circle-members/${joost.id}/removal`, {}).expect(200);
  expect((await joost.get('/v1/me')).status).toBe(401);
  await test.deliver();
  const { rows } = await owner.query('select state, to_masked from messages where member_id = $1 order by id', [joost.id]);
  expect(rows).toEqual([
    { state: 'sent', to_masked: '…' },
    { state: 'cancelled', to_masked: '…' },
  ]);
});

it('erases once: the second time changes nothing, and the log says who did it when', async () => {
  const story = await aCase(test, { circle }, facilitator);
  const erase = (): Promise<boolean> =>
    test.app.get(Database).run(systemContext(test.organisationId, 'test'), (tx) => test.app.get(ContactErasureService).eraseContact(tx, story.members.Joost!.id));
  expect(await erase()).toBe(true);
  expect(await erase()).toBe(false);
  const { rows } = await owner.query(`select actor_kind, result from audit_events where action = 'circle.contact-erased' and object_id = $1`, [story.members.Joost!.id]);
  expect(rows).toEqual([{ actor_kind: 'system', result: 'done' }]);
});

describe('a main person who asks to be erased', () => {
  const people = [{ name: 'Bo Aalst', relation: 'friend', email: 'bo@example.org' }, circle[1]];
  const asked = async (facilitatorName: string): Promise<{ story: StoryCase; sanne: Caller; id: string }> => {
    const own = await test.staff(facilitatorName, 'facilitator');
    const story = await anInvitedCase(test, { circle: people }, own);
    const sanne = await atTheTable(test, story, story.resident.id);
    const request = await sanne.post('/v1/me/erasure-requests', { stopContact: true, text: 'Ik wil dit weg hebben' }).expect(201);
    return { story, sanne, id: (request.body as { id: string }).id };
  };

  it('asks once; the lead sees a number and dates, decides, and a job erases the whole case with a report of counts', async () => {
    const lead = await test.staff('Lea Leiding', 'lead');
    const { story, sanne, id } = await asked('Noor Wissen');
    expect((await sanne.post('/v1/me/erasure-requests', { stopContact: false }).expect(409)).body).toMatchObject({ type: expect.stringMatching(/erasure-asked$/) as string });
    const list = await lead.get('/v1/erasure-requests').expect(200);
    expect(list.text).not.toContain('Ik wil dit weg');
    expect(list.text).not.toContain('Sanne');
    expect((list.body as { items: object[] }).items).toContainEqual(expect.objectContaining({ id, reference: story.reference, state: 'open', stopContact: true }));
    expect((await lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'erased' }).expect(200)).body).toMatchObject({ state: 'erasing' });
    await lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'erased' }).expect(409);
    await test.deliver();
    const { rows } = await owner.query<{ state: string; report: Record<string, number>; case_id: null }>('select * from privacy_erasure_requests where id = $1', [id]);
    expect(rows[0]).toMatchObject({ state: 'erased', case_id: null, member_id: null, sealed: null });
    expect(rows[0]!.report).toMatchObject({ cases: 1, circle_members: 3 });
    expect((await sanne.get('/v1/me')).status).toBe(401);
    await story.facilitator.get(`/v1/cases/${story.id}`).expect(404);
    expect((await owner.query('select 1 from audit_events where case_id = $1', [story.id])).rowCount).toBeGreaterThan(3);
  });

  it('is answered too when the case goes by its term before the job comes to it', async () => {
    const lead = await test.staff('Lea Leiding', 'lead');
    const { story, id } = await asked('Noor Termijn');
    await lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'erased' }).expect(200);
    await test.app.get(Database).run(systemContext(test.organisationId, 'test'), (tx) => test.app.get(ErasureService).eraseCase(tx, story.id));
    await test.deliver();
    const { rows } = await owner.query('select state, case_id, sealed from privacy_erasure_requests where id = $1', [id]);
    expect(rows).toEqual([{ state: 'erased', case_id: null, sealed: null }]);
  });

  it('stops contact at once: nothing that waited or comes later goes out', async () => {
    const { story, sanne } = await asked('Noor Stilte');
    await story.facilitator.post(`/v1/circle-members/${sanne.id}/links`, { via: 'mail' }).expect(201);
    await test.deliver();
    const { rows } = await owner.query('select state from messages where member_id = $1', [sanne.id]);
    expect(rows).toEqual([{ state: 'cancelled' }]);
  });

  it('is refused under a legal hold, with the reason in plain words; kept by law asks for the law, and the person reads why', async () => {
    const lead = await test.staff('Lea Leiding', 'lead');
    const { story, sanne, id } = await asked('Noor Houden');
    const admin = await test.staff('Ada Beheer', 'admin', 'lead');
    await admin.put(`/v1/cases/${story.id}/legal-hold`, { reason: 'complaint' }).expect((answer) => expect(answer.status).toBeLessThan(300));
    const held = await lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'erased' }).expect(409);
    expect((held.body as { detail: string }).detail).toContain('bewaarplicht');
    await lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'kept-by-law' }).expect(400);
    await lead.post(`/v1/erasure-requests/${id}/decision`, { outcome: 'kept-by-law', ground: 'jeugdwet', remark: 'Tot 2046.' }).expect(200);
    expect((await sanne.get('/v1/me/erasure-requests').expect(200)).body).toMatchObject({ items: [{ state: 'kept-by-law', ground: 'jeugdwet', answer: 'Tot 2046.' }] });
    await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
  });
});

import { Client } from 'pg';
import { ContactErasureService } from '../src/circle/contact-erasure.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
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

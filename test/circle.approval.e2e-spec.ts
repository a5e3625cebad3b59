import { startApp, type Caller, type TestApp } from './support/app.js';
import { codeOf, errorsOf } from './support/meetings.js';
import { ask } from './support/retention.js';
import { aCase, aReferral, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(() => test.stop());

const id = (story: StoryCase, name: string): string => story.members[name]!.id;
const approval = (memberId: string): string => `/v1/circle-members/${memberId}/approval`;
const timeline = async (who: Caller, story: StoryCase): Promise<string[]> =>
  ((await who.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).body as { items: { type: string }[] }).items.map(({ type }) => type);
const CIRCLE = [
  { name: 'Tim', relation: 'child', ageBand: 'under-12', guardians: ['Sanne de Wit', 'Mark Verhoeven'], reach: 'visit' },
  { name: 'Lisa', relation: 'child', ageBand: '12-15', guardians: ['Opa Jan'], phone: '0612345677' },
  { name: 'Daan', relation: 'child', ageBand: '16-17', phone: '0612345676' },
];

describe('a child', () => {
  it('is asked with the word of who has authority, noted by the facilitator; from 16 on they need nobody', async () => {
    const story = await aCase(test, { circle: CIRCLE });
    expect(codeOf(await facilitator.post(approval(id(story, 'Lisa')), { by: 'main-person' }).expect(409))).toBe('guardian-needed');
    expect(errorsOf(await facilitator.post(approval(id(story, 'Lisa')), { guardian: 'Kees' }).expect(400))).toEqual(['/guardian unknown-guardian']);
    expect((await facilitator.post(approval(id(story, 'Lisa')), { by: 'main-person', guardian: 'Opa Jan' }).expect(200)).body).toMatchObject({ state: 'approved' });
    await facilitator.post(approval(id(story, 'Daan')), { by: 'main-person' }).expect(200);
    const invited = await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
    expect((invited.body as { items: { memberId: string }[] }).items.map(({ memberId }) => memberId).sort()).toEqual([id(story, 'Lisa'), id(story, 'Daan')].sort());
  });

  it('is asked at once when their own parent says so, not when another main person does', async () => {
    const story = await aCase(test, { circle: CIRCLE });
    const sanne = await atTheTable(test, story, story.resident.id);
    expect(codeOf(await sanne.post(approval(id(story, 'Lisa')), { guardian: 'Opa Jan' }).expect(409))).toBe('guardian-needed');
    expect((await sanne.post(approval(id(story, 'Tim'))).expect(200)).body).toMatchObject({ state: 'approved' });
  });

  it('who turns out to be one after the yes is not invited before that word, which may be added', async () => {
    const story = await aCase(test, { circle: [{ name: 'Bo', relation: 'friend', phone: '0612345675' }] });
    const bo = id(story, 'Bo');
    await facilitator.post(approval(bo), { by: 'main-person' }).expect(200);
    await facilitator.patch(`/v1/circle-members/${bo}`, { ageBand: '12-15' }).set('If-Match', '*').expect(200);
    expect((await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202)).body).toMatchObject({ items: [] });
    expect(codeOf(await facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [bo] }).expect(409))).toBe('guardian-needed');
    await facilitator.post(approval(bo), { guardian: 'Moeder van Bo' }).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [bo] }).expect(202);
  });

  it('is nobody’s interpreter, support person or JIM', async () => {
    const story = await aCase(test);
    const young = (relation: string): object => ({ name: 'Bo', relation, ageBand: '12-15', phone: '0612345675' });
    for (const relation of ['interpreter', 'support-person', 'jim']) {
      expect(errorsOf(await facilitator.post(`/v1/cases/${story.id}/circle-members`, young(relation)).expect(400))).toEqual(['/ageBand not-a-child']);
      expect(errorsOf(await facilitator.post('/v1/referrals', aReferral({ circle: [young(relation)] })).expect(400))).toEqual(['/circle/0/ageBand not-a-child']);
    }
    const added = (await facilitator.post(`/v1/cases/${story.id}/circle-members`, young('friend')).expect(201)).body as { id: string };
    const path = `/v1/circle-members/${added.id}`;
    expect(errorsOf(await facilitator.patch(path, { relation: 'interpreter' }).set('If-Match', '*').expect(400))).toEqual(['/ageBand not-a-child']);
    await facilitator.patch(path, { relation: 'interpreter', ageBand: 'adult' }).set('If-Match', '*').expect(200);
  });
});

describe('a main person below 16', () => {
  const resident = { name: 'Zeynep', phone: '0612345674', birthYear: 2012, guardians: ['Murat'] };

  it('wants the meeting together with who has authority: until then nobody of the circle is asked', async () => {
    const story = await aCase(test, { resident, kind: 'jim' });
    const zeynep = await atTheTable(test, story, story.resident.id);
    expect(codeOf(await zeynep.post(approval(story.resident.id)).expect(409))).toBe('guardian-needed');
    expect(codeOf(await facilitator.post(approval(story.resident.id), { by: 'main-person' }).expect(409))).toBe('guardian-needed');
    expect(codeOf(await facilitator.post(approval(id(story, 'Ria')), { by: 'main-person' }).expect(409))).toBe('guardian-needed');
    await facilitator.post(approval(story.resident.id), { by: 'main-person', guardian: 'Murat' }).expect(200);
    expect(codeOf(await zeynep.post(approval(id(story, 'Ria'))).expect(409))).toBe('guardian-needed');
    await facilitator.post(approval(id(story, 'Ria')), { by: 'main-person', guardian: 'Murat' }).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  });

  it('has a yes from the start when that word came with the referral', async () => {
    const consent = { given: true, on: '2026-11-15', how: 'conversation', guardian: 'Murat' };
    const story = await aCase(test, { resident, kind: 'jim', consent });
    await facilitator.post(approval(id(story, 'Ria')), { by: 'main-person', guardian: 'Murat' }).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  });
});

describe('two main persons', () => {
  const otherMainPersons = [{ name: 'Mark Verhoeven', email: 'mark@example.org' }];

  it('each bring their own people; a no of the other undoes nothing and goes to the facilitator, to be talked over', async () => {
    const story = await aCase(test, { otherMainPersons });
    const [sanne, mark] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, id(story, 'Mark'))];
    const proposed = await sanne.post(`/v1/cases/${story.id}/circle-members`, { name: 'Nico', relation: 'partner', phone: '0612345673' }).expect(201);
    const nico = (proposed.body as { id: string }).id;
    expect(codeOf(await mark.post(approval(nico)).expect(409))).toBe('brought-by-another');
    const remark = 'Om hem gingen wij uit elkaar';
    for (const action of ['refusal', 'removal']) {
      expect((await mark.post(`/v1/circle-members/${nico}/${action}`, { remark }).expect(200)).body).toMatchObject({ state: 'proposed' });
    }
    expect((await sanne.post(approval(nico)).expect(200)).body).toMatchObject({ state: 'approved' });
    expect((await timeline(facilitator, story)).filter((type) => type === 'member-objection')).toHaveLength(1);
    for (const who of [sanne, mark]) expect(await timeline(who, story)).not.toContain('member-objection');
    expect((await sanne.get(`/v1/circle-members/${nico}`).expect(200)).text).not.toContain(remark);
    expect(await ask(test, 'select from circle_members where id = $1 and sealed::text like $2', [nico, '%uit elkaar%'])).toEqual([]);
    await facilitator.post(`/v1/circle-members/${nico}/objection-talk`).expect(200);
    expect(codeOf(await facilitator.post(`/v1/circle-members/${nico}/objection-talk`).expect(409))).toBe('nothing-to-talk-over');
    expect((await sanne.post(`/v1/circle-members/${nico}/refusal`).expect(200)).body).toMatchObject({ state: 'refused' });
  });

  it('neither has a veto over who stands beside the other', async () => {
    const circle = [{ name: 'Bea', relation: 'support-person', phone: '0612345672' }, { name: 'Joost', relation: 'neighbour', phone: '0612345671' }];
    const story = await aCase(test, { otherMainPersons, circle });
    const mark = await atTheTable(test, story, id(story, 'Mark'));
    expect((await mark.post(`/v1/circle-members/${id(story, 'Bea')}/refusal`).expect(200)).body).toMatchObject({ state: 'proposed' });
    await facilitator.post(approval(id(story, 'Bea')), { by: 'main-person' }).expect(200);
    expect((await mark.post(`/v1/circle-members/${id(story, 'Bea')}/removal`).expect(200)).body).toMatchObject({ state: 'approved' });
    expect((await mark.post(`/v1/circle-members/${id(story, 'Joost')}/refusal`).expect(200)).body).toMatchObject({ state: 'refused' });
  });

  it('each have a link and a page of their own, and a yes of their own to the figures', async () => {
    const story = await aCase(test, { otherMainPersons });
    const [sanne, mark] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, id(story, 'Mark'))];
    const figures = (memberId: string): string => `/v1/cases/${story.id}/micro-analysis-consent/${memberId}`;
    const said = { given: true, on: '2026-11-16', how: 'own-page' };
    await sanne.put(figures(sanne.id), said).expect(200);
    await mark.put(figures(sanne.id), { ...said, given: false }).expect(404);
    await mark.put(`/v1/cases/${story.id}/statements/${sanne.id}`, { want: 'x', can: 'y', need: 'z' }).expect((answer) => expect([403, 404]).toContain(answer.status));
    await mark.put(`/v1/cases/${story.id}/statements/${mark.id}`, { want: 'x', can: 'y', need: 'z' }).expect(200);
  });

  it('the meeting is the first one’s to want: taken back by them the circle hears nothing more, by the other it cannot be', async () => {
    const story = await aCase(test, { otherMainPersons });
    await facilitator.post(approval(id(story, 'Ria')), { by: 'main-person' }).expect(200);
    const given = (await facilitator.get(`/v1/cases/${story.id}/consents`).expect(200)).body as { items: { id: string; kind: string }[] };
    const meeting = given.items.find(({ kind }) => kind === 'meeting')!.id;
    const [sanne, mark] = [await atTheTable(test, story, story.resident.id), await atTheTable(test, story, id(story, 'Mark'))];
    await mark.post(`/v1/consents/${meeting}/withdrawal`).expect(404);
    await sanne.post(`/v1/consents/${meeting}/withdrawal`).expect(200);
    expect(codeOf(await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(409))).toBe('consent-missing');
  });
});

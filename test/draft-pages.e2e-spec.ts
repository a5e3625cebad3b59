import { startApp, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { aBegunMeeting, aFixedPlan, auditOf, fixPlan, writeDraft } from './support/plans.js';
import { aCase, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

interface Draft {
  goals: { id: string; text: string }[];
  commitments: { id: string; text: string; dueOn: string | null; every: string | null; goalId: string | null }[];
  safetyConditions: { id: string; metBy: string | null }[];
}
const draftOf = async (story: StoryCase): Promise<Draft> => (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as Draft;
const PAGE = '/mijn/meeschrijven';
const write = (visitor: Visitor, fields: Record<string, string>) => visitor.send(PAGE, { do: 'save', lineId: 'nieuw', version: '', ...fields });

it('lets the resident write along, each line by itself', async () => {
  const story = await aCase(test);
  const sanne = await visitorAtTheTable(test, story);
  await sanne.open(PAGE);
  await write(sanne, { kind: 'goals', text: 'Rust in huis' });
  expect(sanne.url).toBe(`${PAGE}?gedaan=line`);
  const [goal] = (await draftOf(story)).goals;
  await write(sanne, { kind: 'commitments', text: 'Oppassen', memberId: story.members.Ria!.id, goalId: goal!.id, dueOn: '2026-12-24', every: 'week' });
  const [promise] = (await draftOf(story)).commitments;
  expect(promise).toMatchObject({ text: 'Oppassen', goalId: goal!.id, dueOn: '2026-12-24', every: 'week' });
  // What is left empty is empty.
  await write(sanne, { kind: 'commitments', lineId: promise!.id, version: '1', text: 'Oppassen', memberId: story.members.Ria!.id, goalId: '', dueOn: '', every: '' });
  expect((await draftOf(story)).commitments).toMatchObject([{ goalId: null, dueOn: null, every: null }]);
  await write(sanne, { kind: 'goals', lineId: goal!.id, version: '1', do: 'remove', text: 'Rust in huis' });
  expect(await draftOf(story)).toMatchObject({ goals: [], commitments: [{ text: 'Oppassen' }] });
});

it('shows both texts when somebody was just before, and loses neither', async () => {
  const story = await aCase(test);
  const { goals } = await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
  const sanne = await visitorAtTheTable(test, story);
  await sanne.open(PAGE);
  const path = `/v1/cases/${story.id}/plan-draft/goals/${goals[0]!.id!}`;
  await story.facilitator.patch(path, { text: 'Rust in de avond' }).set('If-Match', '"1"').expect(200);
  const late = await write(sanne, { kind: 'goals', lineId: goals[0]!.id!, version: '1', text: 'Stilte' });
  expect(late.status).toBe(412);
  expect(late.text).toContain('Noor Facilitator veranderde deze regel om');
  expect(late.text).toContain('<bdi>Rust in de avond</bdi>');
  expect(late.text).toContain('>Stilte</textarea>');
  expect(late.text).toContain('name="version" value="2"');
  await write(sanne, { kind: 'goals', lineId: goals[0]!.id!, version: '2', text: 'Stilte in de avond' });
  expect((await draftOf(story)).goals).toMatchObject([{ text: 'Stilte in de avond' }]);
  await story.facilitator.delete(path).set('If-Match', '"3"').expect(200);
  const gone = await write(sanne, { kind: 'goals', lineId: goals[0]!.id!, version: '3', text: 'Toch stilte' });
  expect(gone.status).toBe(412);
  expect(gone.text).toContain('<bdi>Toch stilte</bdi>');
  await write(sanne, { kind: 'goals', id: goals[0]!.id!, text: 'Toch stilte' });
  expect((await draftOf(story)).goals).toMatchObject([{ id: goals[0]!.id, text: 'Toch stilte' }]);
});

it('says what is wrong at the line, with what was typed', async () => {
  const story = await aCase(test);
  const sanne = await visitorAtTheTable(test, story);
  await sanne.open(PAGE);
  const page = await write(sanne, { kind: 'commitments', text: 'Rijden', memberId: story.members.Ria!.id, dueOn: '2020-01-01' });
  expect(page.status).toBe(400);
  expect(page.text).toContain('ligt voor het begin van het traject');
  expect(page.text).toContain('>Rijden</textarea>');
  await sanne.post(PAGE, { kind: 'onzin', lineId: 'nieuw' }).expect(403);
});

it('is for who was named to write at the meeting too, who hears of nobody else who was asked', async () => {
  const story = await aBegunMeeting(test);
  const [joost, ria] = [story.members.Joost!.id, story.members.Ria!.id];
  await story.facilitator.post(`/v1/circle-members/${joost}/approval`, { by: 'main-person' }).expect(200);
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [joost] }).expect(202);
  const visitor = await visitorAtTheTable(test, story, joost);
  expect((await visitor.open('/kring/meeschrijven')).status).toBe(404);
  await story.facilitator.put(`/v1/meetings/${story.meetingId}/scribe`, { memberId: joost }).expect(200);
  expect((await visitor.open('/kring')).text).toContain('/kring/meeschrijven');
  const page = await visitor.open('/kring/meeschrijven');
  expect(page.status).toBe(200);
  expect(page.text).toContain(story.resident.id);
  expect(page.text).not.toContain(ria);
  await visitor.send('/kring/meeschrijven', { do: 'save', kind: 'goals', lineId: 'nieuw', text: 'Rust' });
  expect((await draftOf(story)).goals).toMatchObject([{ text: 'Rust' }]);
});

it('counts along for who may read it now, so that a page can ask whether there is something new; nobody looked at anything by that', async () => {
  const story = await aBegunMeeting(test);
  const joost = story.members.Joost!.id;
  await story.facilitator.post(`/v1/circle-members/${joost}/approval`, { by: 'main-person' }).expect(200);
  await story.facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [joost] }).expect(202);
  const [sanne, helper] = [await visitorAtTheTable(test, story), await visitorAtTheTable(test, story, joost)];
  const count = async (who: Visitor, path: string): Promise<[number, string]> => {
    const { status, text } = await who.open(path);
    return [status, status === 200 ? text : ''];
  };
  expect(await count(sanne, `${PAGE}/stand`)).toEqual([200, '0']);
  await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
  expect(await count(sanne, `${PAGE}/stand`)).toEqual([200, '1']);
  expect((await sanne.open(PAGE)).text).toContain('data-lines="1"');
  expect(await count(helper, '/kring/meeschrijven/stand')).toEqual([404, '']);
  await story.facilitator.put(`/v1/meetings/${story.meetingId}/scribe`, { memberId: joost }).expect(200);
  const looked = async (): Promise<number> => (await auditOf(test, story.id)).filter((action) => action === 'plans.draft-read').length;
  const before = await looked();
  expect(await count(helper, '/kring/meeschrijven/stand')).toEqual([200, '1']);
  expect(await looked()).toBe(before);
  const stranger = aVisitor(test);
  await stranger.open(`/werk/trajecten/${story.reference}/plan/schrijven/stand`);
  expect(stranger.url).toContain('/inloggen');
});

it('keeps what the resident said, and how it stands in own words', async () => {
  const story = await aCase(test);
  const sanne = await visitorAtTheTable(test, story);
  await sanne.open('/mijn');
  await sanne.send('/mijn/zinnen', { want: 'Hier blijven', can: 'Koken', need: 'Hulp' });
  await sanne.send('/mijn/zinnen', { want: 'Hier blijven wonen', can: 'Koken', need: 'Hulp' });
  const said = await sanne.open('/mijn/zinnen');
  expect(said.text).toMatch(/Vooraf · Keer 2.*Hier blijven wonen.*Vooraf · Keer 1.*Hier blijven/s);
  await sanne.send('/mijn/voorwaarden', { home: 'attention', money: 'missing', relations: 'fine', days: 'fine', 'words.money': 'Er liggen brieven' });
  expect(sanne.url).toBe('/mijn/zinnen?gedaan=own-preconditions');
  expect(sanne.page.text).toContain('Er liggen brieven');
  const now = await story.facilitator.get(`/v1/cases/${story.id}/preconditions`).expect(200);
  expect(now.body).toMatchObject({ home: 'attention', words: { money: 'Er liggen brieven' }, version: 1 });
});

it('shows versions beside each other, to the resident and to the facilitator', async () => {
  const { story, plan } = await aFixedPlan(test);
  const draft = await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: [] });
  expect(draft.goals).toHaveLength(1);
  await fixPlan(story);
  const sanne = await visitorAtTheTable(test, story);
  const page = await sanne.open('/mijn/plan/versies');
  expect(page.text).toContain('Wat er anders is in versie 2 dan in versie 1');
  expect(page.text).toContain('Nieuw doel: “Rust”');
  expect(page.text).toContain(plan.goals[0]!.text);
});

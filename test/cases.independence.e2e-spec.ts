import { startApp, type Caller, type TestApp } from './support/app.js';
import { codeOf } from './support/meetings.js';
import { aCase, aReferral, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let admin: Caller;
let serial = 0;
beforeAll(async () => {
  test = await startApp();
  admin = await test.staff('Ada Beheer', 'admin');
});
afterAll(() => test.stop());

/** A facilitator of one's own, who works for this organisation. */
async function facilitator(employer?: string): Promise<Caller> {
  const one = await test.staff(`Noor ${'abcdefghijklmnopqrstuvw'[(serial += 1)]}`, 'facilitator');
  if (employer) await employ(one, employer);
  return one;
}
async function employ(one: Caller, employer: string | null): Promise<void> {
  const { version } = (await admin.get(`/v1/staff/${one.id}`).expect(200)).body as { version: number };
  const changed = await admin.patch(`/v1/staff/${one.id}`, { employer, languages: ['Nederlands', 'Turks'] }).set('If-Match', `"${version}"`).expect(200);
  expect(changed.body).toMatchObject({ employer, languages: ['Nederlands', 'Turks'] });
}

const FREE = { ties: 'none', language: 'shared' };
const checkPath = (story: StoryCase): string => `/v1/cases/${story.id}/independence-check`;
const invitations = (story: StoryCase, who = story.facilitator): ReturnType<Caller['post']> => who.post(`/v1/cases/${story.id}/invitations`);
async function approved(story: StoryCase): Promise<StoryCase> {
  for (const name of ['Ria', 'Joost']) await story.facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, {}).expect(200);
  return story;
}
const kinds = { eigenKracht: { kind: 'eigen-kracht' }, other: { kind: 'netwerkberaad' } };

describe('in an Eigen Kracht case', () => {
  it('a missing check is a warning until its facilitator made it, and a task; nobody waits for it', async () => {
    const story = await approved(await aCase(test, kinds.eigenKracht, await facilitator()));
    const tasks = async (who: Caller): Promise<string[]> =>
      ((await who.get(`/v1/tasks?caseId=${story.id}`).expect(200)).body as { items: { task: string }[] }).items.map(({ task }) => task);
    expect(await tasks(story.facilitator)).toContain('check-independence');
    expect((await invitations(story).expect(202)).body).toMatchObject({ items: [{}, {}], warnings: [{ code: 'not-checked' }] });
    const no = await story.facilitator.put(checkPath(story), { ties: 'earlier-help', language: 'shared', note: 'Was hun begeleider' }).expect(200);
    expect(no.body).toMatchObject({ ties: 'earlier-help', required: true, note: 'Was hun begeleider', objections: [{ code: 'ties' }] });
    expect(await tasks(story.facilitator)).not.toContain('check-independence');

    const other = await facilitator();
    await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: other.id, reason: 'other' }).expect(200);
    // What was said of the one before is no check of this one.
    expect((await other.get(checkPath(story)).expect(200)).body).toMatchObject({ ties: null, checkedAt: null, objections: [{ code: 'not-checked' }] });
    expect(await tasks(other)).toContain('check-independence');
    await other.put(checkPath(story), { ...FREE, wishedGender: 'woman', wishedLanguage: 'Turks' }).expect(200);
    expect((await other.get(checkPath(story)).expect(200)).body).toMatchObject({ wishedGender: 'woman', wishedLanguage: 'Turks', wishesMet: true, objections: [] });
    expect(await tasks(other)).not.toContain('check-independence');
  });

  it('who works for the referrer or for a professional of the circle is not given the case', async () => {
    const referral = async (): Promise<string> =>
      ((await admin.post('/v1/referrals', aReferral(kinds.eigenKracht)).expect(201)).body as { id: string }).id;
    for (const employer of ['wijkteam noord', 'Stichting De Klimop']) {
      const employed = await facilitator(employer);
      const path = `/v1/referrals/${await referral()}/acceptance`;
      expect(codeOf(await employed.post(path, { facilitatorId: employed.id }).expect(409))).toBe('facilitator-not-independent');
      // Nothing was opened: somebody else takes it on.
      const free = await facilitator('Wijkteam Zuid');
      await free.post(path, { facilitatorId: free.id }).expect(201);
    }
  });

  it('nor does one take it over; a caseload with such a case stays whole where it was', async () => {
    const free = await facilitator();
    const [story, second] = [await aCase(test, kinds.eigenKracht, free), await aCase(test, kinds.other, free)];
    const employed = await facilitator('De Klimop B.V.');
    const order = { facilitatorId: employed.id, reason: 'leave' };
    expect(codeOf(await free.post(`/v1/cases/${story.id}/handover`, order).expect(409))).toBe('facilitator-not-independent');
    expect(codeOf(await free.post(`/v1/facilitators/${free.id}/handover`, order).expect(409))).toBe('facilitator-not-independent');
    for (const { id } of [story, second]) await free.get(`/v1/cases/${id}`).expect(200);
    await free.post(`/v1/cases/${second.id}/handover`, order).expect(200);
  });

  it('an organisation that comes to the table later is a warning', async () => {
    const story = await approved(await aCase(test, kinds.eigenKracht, await facilitator('Bureau Oost')));
    await story.facilitator.put(checkPath(story), FREE).expect(200);
    const person = { name: 'Piet', relation: 'therapist', professional: true, organisation: 'Bureau Oost', email: 'piet@oost.example' };
    await story.facilitator.post(`/v1/cases/${story.id}/circle-members`, person).expect(201);
    expect((await invitations(story).expect(202)).body).toMatchObject({ warnings: [{ code: 'employed-by-party' }] });
    await employ(story.facilitator, null);
    expect((await story.facilitator.get(checkPath(story)).expect(200)).body).toMatchObject({ objections: [] });
  });
});

it('in another kind of case it is a warning, and nothing stops', async () => {
  const story = await approved(await aCase(test, kinds.other, await facilitator('De Klimop')));
  const read = (await story.facilitator.get(checkPath(story)).expect(200)).body as object;
  expect(read).toMatchObject({ required: false, ties: null, objections: [{ code: 'employed-by-party' }] });
  await story.facilitator.put(checkPath(story), { ties: 'none', language: 'not-shared', wishesMet: false }).expect(200);
  const answer = (await invitations(story).expect(202)).body as { items: unknown[]; warnings: { code: string }[] };
  expect(answer.items).toHaveLength(2);
  expect(answer.warnings.map(({ code }) => code)).toEqual(['employed-by-party', 'language-not-shared', 'wishes-not-met']);
});

it('a language that is not among the facilitator’s is said until they know how they understand each other', async () => {
  const story = await aCase(test, kinds.other, await facilitator('Bureau West'));
  const resident = `/v1/circle-members/${story.resident.id}`;
  const { version } = (await story.facilitator.get(resident).expect(200)).body as { version: number };
  await story.facilitator.patch(resident, { language: 'so' }).set('If-Match', `"${version}"`).expect(200);
  expect((await story.facilitator.get(checkPath(story)).expect(200)).body).toMatchObject({ objections: [{ code: 'language-differs' }] });
  await story.facilitator.put(checkPath(story), { ties: 'none', language: 'with-interpreter' }).expect(200);
  expect((await story.facilitator.get(checkPath(story)).expect(200)).body).toMatchObject({ objections: [] });
});

it('is the facilitator’s: no main person reads it, and its words are sealed', async () => {
  const story = await aCase(test, kinds.other, await facilitator());
  await story.facilitator.put(checkPath(story), { ...FREE, note: 'Zeldzaamwoord' }).expect(200);
  await (await atTheTable(test, story, story.resident.id)).get(checkPath(story)).expect(403);
  await (await facilitator()).get(checkPath(story)).expect(404);
  await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
  expect(codeOf(await story.facilitator.put(checkPath(story), FREE).expect(409))).toBe('case-ended');
});

import { startApp, type Caller, type TestApp } from './support/app.js';
import {
  aFixedPlan,
  aMetCase,
  commitmentOf,
  fixPlan,
  refusal,
  report,
  statementsDuring,
  writeDraft,
  wrong,
  type CommitmentBody,
  type DraftBody,
  type PlanBody,
} from './support/plans.js';
import { asOwner } from './support/safety.js';
import { aCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
/** For what is refused and changes nothing. */
let untouched: { story: StoryCase; plan: PlanBody };
beforeAll(async () => {
  test = await startApp();
  untouched = await aFixedPlan(test);
});
afterAll(() => test.stop());

const commitment = async (caller: Caller, id: string): Promise<CommitmentBody> =>
  (await caller.get(`/v1/commitments/${id}`).expect(200)).body as CommitmentBody;

/** Ria on her own phone, by a link that does not make the device known. */
async function riaOnHerPhone(story: StoryCase): Promise<Caller> {
  const id = story.members.Ria!.id;
  await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  await story.facilitator.patch(`/v1/circle-members/${id}`, { email: `ria.${id}@example.org` }).set('If-Match', '*').expect(200);
  await story.facilitator.post(`/v1/circle-members/${id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const mails = (await test.as().get('/dev/mailbox.json').expect(200)).body as { to: string; text: string }[];
  return byLink(test, /\/l\/(\S+)/.exec(mails.find(({ to }) => to === `ria.${id}@example.org`)!.text)![1]!);
}

describe('reporting progress', () => {
  it('is for one’s own, on any device, and shows on the timeline', async () => {
    const { story, plan } = await aFixedPlan(test);
    const ria = await riaOnHerPhone(story);
    const { id } = commitmentOf(story, plan, 'Ria');
    const before = await commitment(ria, id);
    expect(before).toMatchObject({ state: 'promised', moves: ['doing', 'running', 'done', 'given-back', 'released'], version: 1 });
    const running = await ria.post(`/v1/commitments/${id}/progress`, { state: 'running', note: 'Gaat goed' }).expect(200).expect('ETag', '"2"');
    expect(running.body).toMatchObject({ state: 'running', note: 'Gaat goed', stateSince: test.clock.now().toISOString() });
    expect((await report(ria, id, 'done')).body).toMatchObject({ state: 'done', note: null, moves: [], version: 3 });
    const timeline = await story.facilitator.get(`/v1/cases/${story.id}/timeline`).expect(200);
    expect(JSON.stringify(timeline.body)).toContain('Afspraak van Ria de Wit: gedaan.');
  });

  it('refuses what the state does not allow and says what is possible', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id } = commitmentOf(story, plan, 'Joost');
    const early = await report(story.facilitator, id, 'done');
    expect([early.status, early.body]).toMatchObject([409, { state: 'asked', allowed: ['promised', 'given-back', 'released'] }]);
    await story.facilitator.post(`/v1/commitments/${id}/progress`, { state: 'promised' }).expect(200);
    expect((await report(story.facilitator, id, 'running')).status).toBe(409);
    expect((await report(story.facilitator, id, 'done')).status).toBe(200);
    expect((await report(story.facilitator, id, 'done')).body).toMatchObject({ status: 409, state: 'done', allowed: [] });
  });

  it.each(['blocked', 'asked', 'klaar', null])('refuses the state %s, which nobody can report', async (state) => {
    const { story, plan } = untouched;
    const facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const answer = await facilitator.post(`/v1/commitments/${commitmentOf(story, plan, 'Ria').id}/progress`, { state }).expect(400);
    expect(wrong(answer)).toEqual(['/state one-of']);
  });

  it('asks a reason for giving back, which is for the facilitator and the person only', async () => {
    const { story, plan } = await aFixedPlan(test);
    const ria = await riaOnHerPhone(story);
    const { id } = commitmentOf(story, plan, 'Ria');
    const without = await report(ria, id, 'given-back');
    expect([without.status, ...wrong(without)]).toEqual([400, '/note required']);
    expect((await report(ria, id, 'given-back', 'Ik ben ziek.')).status).toBe(200);
    expect(await commitment(story.facilitator, id)).toMatchObject({ state: 'given-back', note: 'Ik ben ziek.' });
    const resident = await atTheTable(test, story, story.resident.id);
    const seen = await resident.get(`/v1/plans/${plan.id}`).expect(200);
    expect(JSON.stringify(seen.body)).not.toContain('ziek');
    expect(JSON.stringify((await resident.get(`/v1/cases/${story.id}/timeline`).expect(200)).body)).not.toContain('ziek');
    await resident.get(`/v1/commitments/${id}`).expect(404);
  });

  it('by the facilitator is on their word for someone with an own link', async () => {
    const { story, plan } = await aFixedPlan(test);
    await riaOnHerPhone(story);
    const { id } = commitmentOf(story, plan, 'Ria');
    const own = await report(story.facilitator, id, 'doing');
    expect([own.status, ...wrong(own)]).toEqual([400, '/note on-their-word']);
    expect((await report(story.facilitator, id, 'doing', 'Op hun woord: begonnen')).status).toBe(200);
    const joost = commitmentOf(story, plan, 'Joost');
    expect((await report(story.facilitator, joost.id, 'promised')).status).toBe(200);
  });

  it('is nobody else’s', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id } = commitmentOf(story, plan, 'Joost');
    const other = await test.otherOrganisation(`west-${id.slice(-6)}`);
    const outsiders = [
      await riaOnHerPhone(story),
      await atTheTable(test, story, story.resident.id),
      await test.staff('Bram Facilitator', 'facilitator'),
      await other.staff('Noor Facilitator', 'facilitator'),
    ];
    for (const outsider of outsiders) {
      expect((await report(outsider, id, 'promised')).status).toBe(404);
      await outsider.get(`/v1/commitments/${id}`).expect(404);
    }
    expect((await report(await test.staff('Lies Lead', 'lead'), id, 'promised')).status).toBe(403);
    expect((await report(test.as(), id, 'promised')).status).toBe(401);
    expect(await commitment(story.facilitator, id)).toMatchObject({ state: 'asked', version: 1 });
  });

  it('happens once for two taps at the same moment, and gives a repeated key the first answer', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id } = commitmentOf(story, plan, 'Ria');
    const tap = (key: string) =>
      story.facilitator.post(`/v1/commitments/${id}/progress`, { state: 'done' }).set('Idempotency-Key', key).then((answer) => answer);
    const answers = await Promise.all([tap(`een-${id}`), tap(`twee-${id}`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const first = answers.findIndex(({ status }) => status === 200);
    expect((await tap([`een-${id}`, `twee-${id}`][first]!)).body).toEqual(answers[first]!.body);
    expect(await commitment(story.facilitator, id)).toMatchObject({ version: 2 });
  });

  it('does not cross with a new version that is fixed at the same moment', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id, memberId } = commitmentOf(story, plan, 'Ria');
    await writeDraft(story, { goals: plan.goals, commitments: [{ id, memberId, text: 'Anders' }] });
    const [fixed, reported] = await Promise.all([fixPlan(story), report(story.facilitator, id, 'doing')]);
    expect([fixed.version, reported.status]).toEqual([2, 200]);
    expect(await commitment(story.facilitator, id)).toMatchObject({ state: 'doing', text: 'Anders', version: 3 });
  });

  it('is refused with a version that is not the newest', async () => {
    const { story, plan } = await aFixedPlan(test);
    const path = `/v1/commitments/${commitmentOf(story, plan, 'Ria').id}/progress`;
    await story.facilitator.post(path, { state: 'done' }).set('If-Match', '"7"').expect(412);
    await story.facilitator.post(path, { state: 'done' }).set('If-Match', '"1"').expect(200);
  });

  it('takes four statements between the start of its transaction and the commit', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id } = commitmentOf(story, plan, 'Ria');
    const seen = await statementsDuring(() => report(story.facilitator, id, 'done'));
    const within = seen.slice(seen.indexOf('plans.commitment-to-move'), seen.lastIndexOf('COMMIT'));
    expect(within).toEqual(['plans.commitment-to-move', 'plans.commitment-move', 'audit.record', 'cases.timeline-add']);
  });
});

describe('the list of commitments', () => {
  const list = async (caller: Caller, query = ''): Promise<{ items: CommitmentBody[]; next: string | null }> =>
    (await caller.get(`/v1/commitments${query}`).expect(200)).body as { items: CommitmentBody[]; next: string | null };

  it('is a facilitator’s own cases or one’s own, soonest first, with filters', async () => {
    const { story, plan } = await aFixedPlan(test);
    const ria = await riaOnHerPhone(story);
    expect((await list(ria)).items.map(({ memberName }) => memberName)).toEqual(['Ria de Wit']);
    const all = await list(story.facilitator, `?caseId=${story.id}`);
    expect(all.items.map(({ memberName }) => memberName)).toEqual(['Joost Bakker', 'Ria de Wit', 'Sanne de Wit']);
    const before = await list(story.facilitator, `?caseId=${story.id}&dueBefore=2026-12-02`);
    expect(before.items.map(({ text }) => text)).toEqual([commitmentOf(story, plan, 'Joost').text]);
    expect((await list(story.facilitator, `?caseId=${story.id}&dueBefore=2026-12-01`)).items).toEqual([]);
    const promised = await list(story.facilitator, `?caseId=${story.id}&state=promised&memberId=${story.resident.id}`);
    expect(promised.items.map(({ memberName }) => memberName)).toEqual(['Sanne de Wit']);
    const everywhere = await list(story.facilitator, `?memberId=${story.members.Ria!.id}`);
    expect(everywhere.items.map(({ text }) => text)).toEqual([commitmentOf(story, plan, 'Ria').text]);
    const other = await test.staff('Bram Facilitator', 'facilitator');
    expect(await list(other, `?caseId=${story.id}`)).toEqual({ items: [], next: null });
    expect((await list(ria, `?memberId=${story.resident.id}`)).items).toEqual([]);
  });

  it('goes on where the page before ended, also within one day', async () => {
    const story = await aCase(test);
    const commitments = Array.from({ length: 7 }, (_, n) => ({ memberId: story.resident.id, text: `Afspraak ${n}`, dueOn: '2026-12-24' }));
    await writeDraft(story, { goals: [], commitments });
    await fixPlan(story);
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await list(story.facilitator, `?caseId=${story.id}&limit=3${next && `&after=${next}`}`);
      seen.push(...page.items.map(({ text }) => text));
      next = page.next;
    }
    expect(seen).toEqual(commitments.map(({ text }) => text));
  });

  it('is read in one statement, whatever the size of the page', async () => {
    const story = await aCase(test);
    const commitments = Array.from({ length: 30 }, (_, n) => ({ memberId: story.resident.id, text: `Afspraak ${n}` }));
    await writeDraft(story, { goals: [], commitments });
    await fixPlan(story);
    let answer: Awaited<ReturnType<typeof list>> | undefined;
    const seen = await statementsDuring(async () => {
      answer = await list(story.facilitator, `?caseId=${story.id}`);
    });
    expect([answer!.items.length, answer!.next === null]).toEqual([25, false]);
    const within = seen.slice(seen.findIndex((text) => text.startsWith('begin')) + 1, seen.indexOf('commit'));
    expect(within).toEqual(['plans.commitments-of-case']);
  });

  it.each([
    ['?state=klaar', '/state one-of'],
    ['?dueBefore=morgen', '/dueBefore local-date'],
    ['?caseId=1', '/caseId id'],
    ['?limit=0', '/limit too-small'],
    ['?after=zomaar', '/after cursor'],
    [`?after=${Buffer.from('["morgen","00000000-0000-0000-0000-000000000000"]').toString('base64url')}`, '/after cursor'],
    ['?sort=text', '/sort unknown-field'],
  ])('refuses %s', async (query, expected) => {
    const facilitator = await test.staff('Bram Facilitator', 'facilitator');
    expect(wrong(await facilitator.get(`/v1/commitments${query}`).expect(400))).toEqual([expected]);
  });
});

describe('changing a commitment', () => {
  const change = (story: StoryCase, id: string, body: object, version = 1) =>
    story.facilitator.patch(`/v1/commitments/${id}`, body).set('If-Match', `"${version}"`);

  it('is the facilitator’s; the fixed plan stays, the draft follows', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id, text } = commitmentOf(story, plan, 'Joost');
    const goalId = plan.goals[0]!.id;
    const answer = await change(story, id, { text: 'Beide brieven', dueOn: '2026-12-15', goalId, every: 'month' }).expect(200).expect('ETag', '"2"');
    expect(answer.body).toMatchObject({ text: 'Beide brieven', dueOn: '2026-12-15', goalId, every: 'month', state: 'asked' });
    const read = (await story.facilitator.get(`/v1/plans/${plan.id}`).expect(200)).body as PlanBody;
    expect(commitmentOf(story, read, 'Joost')).toMatchObject({ text, dueOn: '2026-12-01', every: null });
    const draft = (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as DraftBody;
    expect(draft.commitments[1]).toMatchObject({ id, text: 'Beide brieven', dueOn: '2026-12-15', goalId, every: 'month' });
    const cleared = await change(story, id, { goalId: null, every: null }, 2).expect(200);
    expect(cleared.body).toMatchObject({ text: 'Beide brieven', dueOn: '2026-12-15', goalId: null, every: null });
  });

  it('needs the newest version', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id } = commitmentOf(story, plan, 'Ria');
    await story.facilitator.patch(`/v1/commitments/${id}`, { text: 'x' }).expect(428);
    await change(story, id, { text: 'x' }, 2).expect(412);
    const answers = await Promise.all([change(story, id, { text: 'een' }), change(story, id, { text: 'twee' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each([
    [{ text: '' }, '/text empty'],
    [{ dueOn: '2020-01-01' }, '/dueOn before-case'],
    [{ dueOn: 'morgen' }, '/dueOn local-date'],
    [{ every: 'soms' }, '/every recurrence'],
    [{ goalId: '0193a000-0000-7000-8000-000000000000' }, '/goalId unknown-goal'],
    [{ state: 'done' }, '/state unknown-field'],
    [{ memberId: '0193a000-0000-7000-8000-000000000000' }, '/memberId unknown-field'],
  ])('refuses %j', async (body, expected) => {
    const { story, plan } = untouched;
    const facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const answer = await change({ ...story, facilitator }, commitmentOf(story, plan, 'Ria').id, body).expect(400);
    expect(wrong(answer)).toEqual([expected]);
  });

  it('is not for a day before the meeting, unless that day stood there', async () => {
    const story = await aMetCase(test, ['Sanne', 'Ria']);
    await asOwner(test, `update cases set opened_at = opened_at - interval '10 days' where id = $1`, [story.id]);
    await writeDraft(story, { goals: [], commitments: [{ memberId: story.members.Ria!.id, text: 'Rijden', dueOn: '2026-12-01' }] });
    const { id } = (await fixPlan(story)).commitments[0]!;
    const day = (ago: number): string => new Date(test.clock.now().getTime() - ago * 86_400_000).toISOString().slice(0, 10);
    expect(wrong(await change(story, id, { dueOn: day(1) }).expect(400))).toEqual(['/dueOn before-meeting']);
    await change(story, id, { dueOn: day(0) }).expect(200);
  });

  it('is over when the commitment is', async () => {
    const { story, plan } = await aFixedPlan(test);
    const { id } = commitmentOf(story, plan, 'Ria');
    await story.facilitator.post(`/v1/commitments/${id}/progress`, { state: 'done' }).expect(200);
    expect(refusal(await change(story, id, { text: 'x' }, 2).expect(409))).toBe('state-conflict');
    const resident = await atTheTable(test, story, story.resident.id);
    await resident.patch(`/v1/commitments/${id}`, { text: 'x' }).set('If-Match', '"2"').expect(403);
  });
});

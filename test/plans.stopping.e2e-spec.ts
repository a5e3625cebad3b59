import { startApp, type Caller, type TestApp } from './support/app.js';
import { mailbox, mailsTo } from './support/mailbox.js';
import { plan as planMeeting, slotIn } from './support/meetings.js';
import { asOwner } from './support/safety.js';
import { aCarriedPlan, type LongStory } from './support/six-weeks.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => {
  test = await startApp();
});
afterEach(() => test.stop());

interface Items {
  items: { state: string }[];
}

/** A plan that is carried, with something in the way, help and taking over asked, a date to look back, and marks to give. */
async function inFullSwing(): Promise<LongStory & { joost: Caller; sanne: Caller; ria: Caller }> {
  const story = await aCarriedPlan(test);
  const [sanne, ria, joost] = await Promise.all(['Sanne', 'Ria', 'Joost'].map((name) => atTheTable(test, story, story.members[name]!.id)));
  const idOf = (name: string): string => story.plan.commitments.find(({ memberId }) => memberId === story.members[name]!.id)!.id;
  const lead = await test.staff('Lea Leiding', 'lead');
  await lead.put('/v1/directors', { items: [{ organisation: 'Woonstad', name: 'Karin de Baas', email: 'directie@woonstad.example' }] }).expect(200);
  const obstacle = { text: 'De brief komt niet', category: 'agency', whoseMove: { organisation: 'Woonstad' } };
  await joost!.post(`/v1/commitments/${idOf('Joost')}/obstacles`, obstacle).expect(201);
  await ria!.post(`/v1/commitments/${idOf('Ria')}/help`, { text: 'Ik heb geen auto', share: true }).expect(200);
  await ria!.post(`/v1/commitments/${idOf('Ria')}/passing-on`, { memberId: joost!.id }).expect(201);
  await planMeeting(story, [slotIn(test, 24 * 42)]);
  await test.deliver();
  return Object.assign(story, { sanne: sanne!, ria: ria!, joost: joost! });
}

async function takeBack(who: Caller, memberId: string): Promise<void> {
  const { items } = (await who.get(`/v1/circle-members/${memberId}/consents`).expect(200)).body as { items: { id: string; kind: string; state: string }[] };
  const yes = items.find(({ kind, state }) => kind === 'meeting' && state === 'standing')!;
  await who.post(`/v1/consents/${yes.id}/withdrawal`, { remark: 'Het wordt me te veel' }).expect(200);
}

it('When the resident takes their yes back, all that waits around the plan stops: what is in the way, help, taking over, the lead, the director, day 42, marks', async () => {
  const story = await inFullSwing();
  const { sanne, ria, joost } = story;
  const waiting = (): Promise<object[]> =>
    asOwner(test, `select job from platform_outbox where state = 'waiting' and payload ->> 'caseId' = $1 and job like 'plans.%' order by 1`, [story.id]);
  expect((await waiting()).length).toBeGreaterThan(3);
  await takeBack(sanne, story.resident.id);
  await test.deliver();
  expect(((await joost.get('/v1/obstacles').expect(200)).body as Items).items.map(({ state }) => state)).toEqual(['lapsed']);
  for (const who of [ria, joost, sanne, story.facilitator]) expect((await who.get('/v1/offers').expect(200)).body).toEqual({ passings: [], help: [], contributions: [] });
  for (const who of [ria, joost]) expect(((await who.get('/v1/commitments').expect(200)).body as Items).items.map(({ state }) => state)).toEqual(['released']);
  expect((await ria.post(`/v1/cases/${story.id}/marks`, { meeting: 8 })).status).toBe(409);
  // What they said and what was theirs stays theirs to read and to take along.
  expect((await sanne.get(`/v1/plans/${story.plan.id}`).expect(200)).text).toContain('Elke maandag mee naar de markt');
  expect((await joost.get('/v1/me/data').expect(200)).text).toContain('De brief komt niet');

  const sent = (await mailbox(test.app)).length;
  for (const days of [8, 8, 30, 60]) await story.later({ days });
  expect((await mailbox(test.app)).length).toBe(sent);
  expect(await mailsTo(test.app, 'directie@woonstad.example')).toEqual([]);
  const lead = await test.staff('Lea Leiding', 'lead');
  expect(((await lead.get('/v1/obstacles').expect(200)).body as Items).items).toEqual([]);
  expect(await waiting()).toEqual([]);
});

it('Handed over on day 41: what is in the way, what comes back and who is called are the new facilitator’s, and nothing is asked twice', async () => {
  const story = await inFullSwing();
  await story.later({ days: 41 });
  const els = await test.staff('Els Nieuw', 'facilitator');
  await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: els.id, reason: 'leave' }).expect(200);
  const before = (await mailsTo(test.app, story.email)).length;
  test.clock.advance({ days: 1, hours: 2 });
  await test.deliver();
  const again = await test.staff('Els Nieuw', 'facilitator');
  expect(((await again.get('/v1/obstacles').expect(200)).body as Items).items).toHaveLength(1);
  expect((await again.get('/v1/offers').expect(200)).body).toMatchObject({ help: [{ text: 'Ik heb geen auto' }], passings: [{ state: 'asked' }] });
  const groups = ((await again.get(`/v1/cases/${story.id}/six-weeks`).expect(200)).body as { groups: Record<string, unknown[]> }).groups;
  expect(Object.fromEntries(Object.entries(groups).map(([name, items]) => [name, items.length]))).toEqual({ done: 0, perspective: 0, obstacle: 1, open: 2 });
  const timeline = (await again.get(`/v1/cases/${story.id}/timeline?limit=100`).expect(200)).body as { items: { type: string }[] };
  expect(timeline.items.filter(({ type }) => type === 'six-weeks')).toHaveLength(1);
  expect((await mailsTo(test.app, story.email)).length).toBe(before);
  await story.later({ hours: 1 });
  await story.facilitator.get(`/v1/cases/${story.id}/six-weeks`).expect(404);
  expect((await story.facilitator.get(`/v1/commitments?caseId=${story.id}`).expect(200)).body).toMatchObject({ items: [] });
});

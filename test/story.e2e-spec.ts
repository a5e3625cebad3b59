import ICAL from 'ical.js';
import { calendarOf, linkToken, mailTo, mailsTo } from './support/mailbox.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aReferral, byLink } from './support/stories.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

type Body = Record<string, unknown>;
const body = <T = Body>(answer: { body: unknown }): T => answer.body as T;

it.each([
  ['netwerkberaad', { type: 'other', address: 'Buurthuis De Klomp, Dorpsstraat 1' }],
  ['mdo', { type: 'home', address: 'Wilgenlaan 12' }],
])('goes from a referral to a kept promise and its effect: %s', async (kind, place) => {
  const { clock, deliver } = test;
  const lead = await test.staff('Lena Lead', 'lead');
  const referrer = await test.staff('Rosa Referrer', 'referrer');
  const noor = await test.staff('Noor Facilitator', 'facilitator');

  // A referral comes in and a facilitator takes it.
  const otherMainPersons = [{ name: 'Mark de Wit', email: 'mark@example.org' }];
  const referral = body(await referrer.post('/v1/referrals', aReferral({ kind, otherMainPersons, safety: { level: 'concern' } })).expect(201));
  const accepted = body<{ id: string; resident: { id: string }; circle: { id: string; name: string; state: string }[] }>(
    await noor.post(`/v1/referrals/${String(referral.id)}/acceptance`, { facilitatorId: noor.id }).expect(201),
  );
  const casePath = `/v1/cases/${accepted.id}`;
  const idOf = Object.fromEntries(accepted.circle.map(({ id, name }) => [name.split(' ')[0]!, id]));
  const { Sanne, Mark, Ria, Joost, Meester } = idOf as Record<'Sanne' | 'Mark' | 'Ria' | 'Joost' | 'Meester', string>;

  // Both main persons are spoken to alone; the resident says on a known device who may come.
  for (const memberId of [Sanne, Mark]) {
    await noor.post(`/v1/circle-members/${memberId}/contact-attempts`, { at: clock.now().toISOString(), channel: 'visit', outcome: 'reached' }).expect(201);
  }
  const check = { directDanger: false, veiligThuis: 'not-needed', spokenAlone: [Sanne, Mark], together: 'yes' };
  await noor.put(`${casePath}/safety-check`, check).expect(200);
  const atTable = async (memberId: string): Promise<Caller> => {
    const { url } = body<{ url: string }>(await noor.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201));
    return byLink(test, url.split('/l/')[1]!);
  };
  const [sanne, mark] = [await atTable(Sanne), await atTable(Mark)];
  for (const memberId of [Ria, Joost, Meester]) await sanne.post(`/v1/circle-members/${memberId}/approval`, {}).expect(200);

  // The circle is called, invited by mail or SMS, and answers through personal links.
  await noor.post(`/v1/circle-members/${Ria}/contact-attempts`, { at: clock.now().toISOString(), channel: 'call', outcome: 'reached' }).expect(201);
  expect(body<{ items: Body[] }>(await noor.post(`${casePath}/invitations`).expect(202)).items).toHaveLength(3);
  const slots = [
    { startsAt: '2026-11-24T19:00:00+01:00', endsAt: '2026-11-24T21:00:00+01:00' },
    { startsAt: '2026-11-25T14:00:00+01:00', endsAt: '2026-11-25T16:00:00+01:00' },
  ];
  const poll = body<{ id: string; state: string; slots: { id: string; startsAt: string }[] }>(
    await noor.post(`${casePath}/meetings`, { place, slots, mustAttend: [Ria] }).expect(201),
  );
  expect(poll.state).toBe('polling');
  await deliver();
  const [evening, afternoon] = [...poll.slots].sort((a, b) => a.startsAt.localeCompare(b.startsAt)).map(({ id }) => id) as [string, string];
  const joost = await byLink(test, linkToken(await mailTo(test.app, 'joost@example.org')));
  const ria = await byLink(test, linkToken(await mailTo(test.app, '+31612345679')));
  const answer = (who: Caller, memberId: string, at: Body): Promise<unknown> =>
    who.put(`/v1/meetings/${poll.id}/responses/${memberId}`, { answers: at }).expect(200);
  await answer(joost, Joost, { [evening]: 'yes', [afternoon]: 'no' });
  await answer(ria, Ria, { [evening]: 'if-need-be', [afternoon]: 'yes' });
  await answer(sanne, Sanne, { [evening]: 'yes', [afternoon]: 'yes' });
  await answer(mark, Mark, { [evening]: 'yes', [afternoon]: 'if-need-be' });
  await answer(noor, Meester, { [evening]: 'yes' });

  // The best date is fixed; everyone who did not say no gets the appointment.
  const ranked = body<{ ranking: { slotId: string; keepsAll: boolean; yes: number; no: number }[] }>(await noor.get(`/v1/meetings/${poll.id}`).expect(200)).ranking;
  expect(ranked[0]).toMatchObject({ slotId: evening, keepsAll: true, yes: 4, no: 0 });
  expect(body(await noor.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: evening }).expect(200))).toMatchObject({
    state: 'fixed',
    startsAt: '2026-11-24T18:00:00.000Z',
  });
  await deliver();
  const event = new ICAL.Component(ICAL.parse(calendarOf(await mailTo(test.app, 'joost@example.org')))).getFirstSubcomponent('vevent')!;
  expect(event.getFirstPropertyValue('dtstart')!.toString()).toContain('2026-11-24T19:00:00');
  expect(event.getAllProperties('attendee')).toHaveLength(1);
  expect((await mailsTo(test.app, 'sanne@example.org')).some(({ text }) => text.includes('/l/'))).toBe(false);
  expect(body(await noor.get(casePath).expect(200))).toMatchObject({ state: 'scheduled' });
  expect(body(await referrer.get(`/v1/referrals/${String(referral.id)}`))).toMatchObject({ meetingStartsAt: '2026-11-24T18:00:00.000Z' });

  // How things are before: the wellbeing of the main persons, their own words, what is already there.
  await sanne.put(`${casePath}/statements/${Sanne}`, { want: 'In dit huis blijven.', can: 'Elke dag bellen met mama.', need: 'Iemand die met mij de post doet.' }).expect(200);
  await noor.put(`${casePath}/preconditions`, { home: 'attention', money: 'missing', relations: 'fine', days: 'attention' }).expect(200);
  await noor.post(`${casePath}/wellbeing-measurements`, { instrument: 'cbs-happiness', moment: 'before', answers: { q1: 4 }, memberId: Sanne }).expect(201);
  const low = { q1: 1, q2: 1, q3: 2, q4: 1, q5: 1 };
  expect(body(await noor.post(`${casePath}/wellbeing-measurements`, { instrument: 'who-5', moment: 'before', answers: low, memberId: Sanne }).expect(201))).toMatchObject({ score: 24 });

  // The meeting: who was there, and one plan with who does what.
  clock.set(new Date('2026-11-24T17:45:00Z'));
  const noorThere = await test.staff('Noor Facilitator', 'facilitator');
  const items = [Sanne, Mark, Ria, Joost].map((memberId) => ({ memberId, presence: 'present' }));
  await noorThere.put(`/v1/meetings/${poll.id}/attendance`, { items: [...items, { memberId: Meester, presence: 'absent-with-notice' }] }).expect(200);
  await noorThere.post(`${casePath}/plans`).expect(409);
  await noorThere.post(`/v1/meetings/${poll.id}/conclusion`, { outcome: 'plan', facilitatorHours: 11.5 }).expect(200);
  const empty = await noorThere.get(`${casePath}/plan-draft`).expect(200);
  expect(empty.headers.etag).toBe('"0"');
  const goalId = '019a9f00-0000-7000-8000-000000000001';
  const draft = {
    goals: [{ id: goalId, text: 'Geen huurschuld meer.' }],
    commitments: [
      { memberId: Joost, text: 'Elke dinsdag samen de post doen.', goalId, every: 'week' },
      { memberId: Ria, text: 'Kinderen van school halen op vrijdag.' },
      { memberId: Meester, text: 'Bellen met de leerplichtambtenaar.', dueOn: '2026-12-01' },
    ],
  };
  await noorThere.put(`${casePath}/plan-draft`, draft).expect(428);
  await noorThere.put(`${casePath}/plan-draft`, draft).set('If-Match', '"0"').expect(200);
  await noorThere.put(`${casePath}/plan-draft`, draft).set('If-Match', '"0"').expect(412);
  interface Commitment { id: string; memberId: string; state: string; dueOn: string }
  const plan = body<{ id: string; version: number; carriedAt: null; commitments: Commitment[]; warnings: Body[] }>(
    await noorThere.post(`${casePath}/plans`).expect(201),
  );
  expect(plan).toMatchObject({ version: 1, carriedAt: null, warnings: [] });
  expect(plan.commitments.map(({ memberId, state, dueOn }) => [memberId, state, dueOn])).toEqual([
    [Joost, 'promised', '2027-01-05'],
    [Ria, 'promised', '2027-01-05'],
    [Meester, 'asked', '2026-12-01'],
  ]);

  // It is carried when every main person agrees.
  await sanne.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
  expect(body(await noorThere.get(casePath))).toMatchObject({ state: 'met' });
  expect(body(await mark.post(`/v1/plans/${plan.id}/agreements`, { agrees: true, remark: 'Goed zo.' }).expect(201))).toMatchObject({ state: 'carried' });
  expect(body(await noorThere.get(casePath))).toMatchObject({ state: 'carrying-out', currentPlan: { version: 1, state: 'carried' } });

  // Each ticks off their own promises, nobody another's.
  const [post, school] = plan.commitments as [Commitment, Commitment, Commitment];
  await joost.post(`/v1/commitments/${school.id}/progress`, { state: 'done' }).expect(404);
  expect(body<{ items: { id: string }[] }>(await joost.get('/v1/commitments').expect(200)).items.map(({ id }) => id)).toEqual([post.id]);
  await joost.post(`/v1/commitments/${post.id}/progress`, { state: 'doing' }).expect(200);
  expect(body(await joost.post(`/v1/commitments/${post.id}/progress`, { state: 'running' }).expect(200))).toMatchObject({ state: 'running' });
  expect(body(await ria.post(`/v1/commitments/${school.id}/progress`, { state: 'done' }).expect(200))).toMatchObject({ state: 'done' });
  await ria.post(`/v1/commitments/${school.id}/progress`, { state: 'given-back', note: 'te laat' }).expect(409);

  // Six weeks on: wellbeing and costs before and after.
  clock.set(new Date('2027-01-05T10:00:00Z'));
  const later = await test.staff('Noor Facilitator', 'facilitator');
  await later.post(`${casePath}/wellbeing-measurements`, { instrument: 'cbs-happiness', moment: 'after', answers: { q1: 7 }, memberId: Sanne }).expect(201);
  const line = (side: string, quantity: string | number): Body => ({ side, itemId: 'guidance-hour', quantity, per: 'week', basis: 'registered' });
  expect(body(await later.post(`${casePath}/cost-lines`, line('before', 4)).expect(201))).toMatchObject({
    amountPriceYear: 2024,
    amount: { middleCents: 1_428_378 },
  });
  await later.post(`${casePath}/cost-lines`, { ...line('after', '1.5'), quantityLow: 1, quantityHigh: 2 }).expect(201);
  const analysis = body<{ before: Body; after: Body; difference: Body; oneOff: { middleCents: number }; netFirstYear: { middleCents: number }; byPayer: Body[]; wellbeing: Body[] }>(
    await later.get(`${casePath}/micro-analysis`).expect(200),
  );
  // 6400 cents × 52 weeks × 1.073 (2022 → 2024) = 357,094.4 a year for each weekly hour.
  expect(analysis.before).toEqual({ lowCents: 1_428_378, middleCents: 1_428_378, highCents: 1_428_378 });
  expect(analysis.after).toEqual({ lowCents: 357_094, middleCents: 535_642, highCents: 714_189 });
  expect(analysis.difference).toEqual({ lowCents: 714_189, middleCents: 892_736, highCents: 1_071_284 });
  expect(analysis.netFirstYear.middleCents).toBe(892_736 - analysis.oneOff.middleCents);
  expect(analysis.byPayer.map(({ payer }) => payer)).toEqual(expect.arrayContaining(['wmo', 'organiser']));
  expect(analysis.wellbeing).toEqual(expect.arrayContaining([expect.objectContaining({ memberId: Sanne, instrument: 'cbs-happiness', change: 3, meaningful: true })]));

  // It is closed, and stands in the figures of its months.
  expect(body(await later.post(`${casePath}/closure`, { outcome: 'goals-met' }).expect(200))).toMatchObject({ state: 'closed' });
  const leadLater = await test.staff('Lena Lead', 'lead');
  const figures = body<{ items: Body[] }>(await leadLater.get('/v1/reports/monthly-figures?from=2026-11-01&to=2026-11-30').expect(200)).items;
  expect(figures).toEqual([expect.objectContaining({ month: '2026-11', referrals: 1, accepted: 1, casesStarted: 1, meetingsHeld: 1, plansCarried: 1, commitments: 3, circleInformal: 2, circleProfessional: 1 })]);
  const timeline = body<{ items: { type: string }[] }>(await later.get(`${casePath}/timeline?limit=100`).expect(200)).items.map(({ type }) => type);
  expect(timeline).toEqual(expect.arrayContaining(['opened', 'safety-checked', 'member-approved', 'member-invited', 'meeting-fixed', 'plan-fixed', 'plan-carried', 'commitment-state', 'closed']));
  await lead.get(casePath).expect(401);
  await leadLater.get(casePath).expect(404);
  await joost.delete('/v1/sessions/current').expect(204);
  await joost.get('/v1/commitments').expect(401);
});

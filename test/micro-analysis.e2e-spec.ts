import { type Caller, startApp, type TestApp } from './support/app.js';
import { addLine, euros, flat, inDatabase, linesOf, wrongFields } from './support/costs.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { aCase, aReferral, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

/** A second main person beside the resident. */
const forTwo = { otherMainPersons: [{ name: 'Bram Post', email: 'bram@example.org' }] };

describe('wellbeing', () => {
  // A case in which nothing is ever measured, for what is refused.
  let quiet: StoryCase;
  beforeAll(async () => {
    quiet = await aCase(test);
  });
  const measure = (caller: Caller, story: StoryCase, body: object) =>
    caller.post(`/v1/cases/${story.id}/wellbeing-measurements`, body);
  const happiness = (q1: number | null, moment = 'before'): object => ({ instrument: 'cbs-happiness', moment, answers: { q1 } });

  it('is asked by the facilitator, of the first main person unless another is named', async () => {
    const story = await aCase(test, forTwo);
    const first = await measure(story.facilitator, story, happiness(4)).expect(201);
    expect(first.body).toMatchObject({
      memberId: story.resident.id, score: 4, band: 'unhappy', on: '2026-11-16', wording: 'own',
    });
    const bram = story.members.Bram!.id;
    const second = await measure(story.facilitator, story, { ...happiness(8), memberId: bram, on: '2026-11-01' }).expect(201);
    expect(second.body).toMatchObject({ memberId: bram, score: 8, band: 'happy', on: '2026-11-01', notice: null });
  });

  it('is told by a main person for themself only, and a low score is met with whom to call', async () => {
    const story = await aCase(test, forTwo);
    const sanne = await atTheTable(test, story, story.resident.id);
    const answers = { q1: 1, q2: 1, q3: 2, q4: 0, q5: 3 };
    const low = await measure(sanne, story, { instrument: 'who-5', moment: 'before', answers }).expect(201);
    expect(low.body).toMatchObject({ memberId: story.resident.id, score: 28, band: 'see-gp' });
    expect((low.body as { notice: string }).notice).toContain('0800-0113');
    const forBram = await measure(sanne, story, { ...happiness(9), memberId: story.members.Bram!.id }).expect(400);
    expect(wrongFields(forBram.body)).toEqual(['/memberId not-a-main-person']);
    const other = await aCase(test);
    await measure(sanne, other, happiness(9)).expect(404);
  });

  it('leaves a skipped question skipped, without a score', async () => {
    const story = await aCase(test);
    const skipped = { instrument: 'who-5', moment: 'after', answers: { q1: 3, q2: 3, q4: null, q5: 3 } };
    const answer = await measure(story.facilitator, story, skipped).expect(201);
    expect(answer.body).toMatchObject({ answers: { q1: 3, q2: 3, q3: null, q4: null, q5: 3 }, score: null, band: null });
  });

  it.each<[string, object, string[]]>([
    ['an instrument that comes later', { ...happiness(5), instrument: 'cantril' }, ['/instrument one-of']],
    ['another moment', happiness(5, 'now'), ['/moment one-of']],
    ['an answer out of range', happiness(11), ['/answers/q1 too-large']],
    ['an unknown item', { ...happiness(5), answers: { q1: 5, q9: 1 } }, ['/answers/q9 unknown-field']],
    ['answers in a list', { ...happiness(5), answers: [5] }, ['/answers object']],
    ['no answer', happiness(null), ['/answers nothing-answered']],
    ['tomorrow', { ...happiness(5), on: '2026-11-17' }, ['/on in-the-future']],
    ['a year before the service', { ...happiness(5), on: '1999-12-31' }, ['/on too-small']],
    ['a day that is none', { ...happiness(5), on: '2026-02-30' }, ['/on local-date']],
    ['a field that does not exist', { ...happiness(5), score: 10 }, ['/score unknown-field']],
  ])('refuses %s', async (_, body, expected) => {
    expect(wrongFields((await measure(quiet.facilitator, quiet, body).expect(400)).body)).toEqual(expected);
    const analysis = await quiet.facilitator.get(`/v1/cases/${quiet.id}/micro-analysis`).expect(200);
    expect((analysis.body as { wellbeing: unknown[] }).wellbeing).toEqual([]);
  });

  it('refuses a circle member as the one who was asked', async () => {
    const story = await aCase(test);
    const answer = await measure(story.facilitator, story, { ...happiness(5), memberId: story.members.Joost!.id }).expect(400);
    expect(wrongFields(answer.body)).toEqual(['/memberId not-a-main-person']);
  });

  it('is kept sealed, and noted on the timeline for the facilitator alone', async () => {
    const story = await aCase(test);
    const answer = await measure(story.facilitator, story, happiness(3)).expect(201);
    const sql = 'select * from micro_analysis_measurements where id = $1';
    const [row] = await inDatabase<Record<string, unknown>>(test, sql, [(answer.body as { id: string }).id]);
    expect(Object.keys(row!)).not.toContain('score');
    expect(Buffer.isBuffer(row!.sealed)).toBe(true);
    const typesFor = async (caller: Caller): Promise<string[]> => {
      const timeline = await caller.get(`/v1/cases/${story.id}/timeline`).expect(200);
      return (timeline.body as { items: { type: string }[] }).items.map(({ type }) => type);
    };
    expect(await typesFor(story.facilitator)).toContain('wellbeing-measured');
    expect(await typesFor(await atTheTable(test, story, story.resident.id))).not.toContain('wellbeing-measured');
  });
});

describe('the micro-analysis', () => {
  it('shows before, after and once, per payer and beside, in the prices that are asked', async () => {
    const story = await aCase(test);
    const analysis = (query = '') => story.facilitator.get(`/v1/cases/${story.id}/micro-analysis${query}`);
    await addLine(story, euros('before', 100, { quantityLow: 80, quantityHigh: 120 }));
    await addLine(story, euros('before', 40, { payer: 'zvw' }));
    await addLine(story, euros('before', 7, { payer: 'participatiewet', class: 'transfer' }));
    await addLine(story, euros('after', 30, { quantityLow: 20, quantityHigh: 50, basis: 'estimated' }));
    await addLine(story, euros('one-off', 25, { payer: 'organiser' }));
    for (const [moment, q1] of [['before', 4], ['after', 6]] as const) {
      await story.facilitator
        .post(`/v1/cases/${story.id}/wellbeing-measurements`, { instrument: 'cbs-happiness', moment, answers: { q1 } })
        .expect(201);
    }

    const { body, headers } = await analysis().expect(200);
    expect(headers.etag).toMatch(/^".+"$/);
    expect(body).toMatchObject({
      priceYear: 2024, windowMonths: 12, status: 'forecast',
      before: { lowCents: 12_000, middleCents: 14_000, highCents: 16_000 },
      after: { lowCents: 2_000, middleCents: 3_000, highCents: 5_000 },
      oneOff: flat(2_500),
      difference: { lowCents: 7_000, middleCents: 11_000, highCents: 14_000 },
      netFirstYear: { lowCents: 4_500, middleCents: 8_500, highCents: 11_500 },
      // 2500 × 12 / 11000 = 2.727…
      paybackMonths: 2.7, paybackReason: null,
      beside: [{ class: 'transfer', before: flat(700), difference: flat(700) }],
      wellbeing: [{ memberId: story.resident.id, before: 4, after: 6, later: null, change: 2, meaningful: true }],
    });
    const { byPayer, limits } = body as { byPayer: { payer: string }[]; limits: { code: string; text: string }[] };
    expect(byPayer.map(({ payer }) => payer)).toEqual(['organiser', 'wmo', 'zvw']);
    expect(limits.map(({ code }) => code)).toEqual([
      'one-case', 'regression-to-the-mean', 'forecast', 'estimates', 'own-wording', 'threshold-not-published',
    ]);
    expect(body).not.toHaveProperty('expected');

    // 14000 / 1.073 per line: 10000 → 9319.66, 4000 → 3727.87
    const earlier = (await analysis('?priceYear=2022').expect(200)).body as object;
    expect(earlier).toMatchObject({ priceYear: 2022, before: { middleCents: 13_048 } });
    expect(wrongFields((await analysis('?priceYear=2026').expect(400)).body)).toEqual(['/priceYear no-price-index']);
    await analysis('?priceYear=soon').expect(400);
    await analysis('?status=hoped').expect(400);
    await analysis('?window=6').expect(400);

    await addLine(story, euros('after', 60, { status: 'measured' }));
    expect((await analysis().expect(200)).body).toMatchObject({ status: 'measured', after: flat(6_000) });
    const forecast = (await analysis('?status=forecast').expect(200)).body as object;
    expect(forecast).toMatchObject({ status: 'forecast', after: { middleCents: 3_000 } });
  });

  it('of an empty case is zeros and says what is missing', async () => {
    const story = await aCase(test);
    const { body } = await story.facilitator.get(`/v1/cases/${story.id}/micro-analysis`).expect(200);
    expect(body).toMatchObject({ difference: flat(0), paybackMonths: null, paybackReason: 'difference-not-positive' });
    expect((body as { limits: { code: string }[] }).limits.map(({ code }) => code)).toEqual([
      'one-case', 'regression-to-the-mean', 'nothing-before', 'nothing-after', 'no-one-off', 'no-wellbeing',
    ]);
  });

  it('shows a main person what is theirs, and nothing about another', async () => {
    const story = await aCase(test, forTwo);
    await addLine(story, euros('before', 10));
    await addLine(story, euros('before', 20, { memberId: story.resident.id }));
    await addLine(story, euros('before', 40, { memberId: story.members.Bram!.id }));
    for (const memberId of [story.resident.id, story.members.Bram!.id]) {
      const asked = { instrument: 'cbs-happiness', moment: 'before', answers: { q1: 5 }, memberId };
      await story.facilitator.post(`/v1/cases/${story.id}/wellbeing-measurements`, asked).expect(201);
    }
    const sanne = await atTheTable(test, story, story.resident.id);
    const own = (await sanne.get(`/v1/cases/${story.id}/micro-analysis`).expect(200)).body as { limits: { code: string }[] };
    expect(own).toMatchObject({ before: flat(3_000), wellbeing: [{ memberId: story.resident.id }] });
    expect(own).toHaveProperty('wellbeing.length', 1);
    expect(own.limits.map(({ code }) => code)).toContain('others-left-out');
    const all = (await story.facilitator.get(`/v1/cases/${story.id}/micro-analysis`).expect(200)).body as object;
    expect(all).toMatchObject({ before: flat(7_000) });
    expect(all).toHaveProperty('wellbeing.length', 2);
  });

  it('opens for a main person on a known device only, and for no other of the circle', async () => {
    const story = await aCase(test);
    await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
    await test.deliver();
    const byMail = await byLink(test, linkToken(await mailTo(test.app, 'sanne@example.org')));
    const refused = await byMail.get(`/v1/cases/${story.id}/micro-analysis`).expect(403);
    expect((refused.body as { type: string }).type).toMatch(/step-up-required$/);
    const joost = story.members.Joost!.id;
    await story.facilitator.post(`/v1/circle-members/${joost}/approval`, { by: 'main-person' }).expect(200);
    const member = await atTheTable(test, story, joost);
    await member.get(`/v1/cases/${story.id}/micro-analysis`).expect(403);
    await member.post(`/v1/cases/${story.id}/wellbeing-measurements`, {}).expect(403);
  });

  it('holds the hours of the facilitator as one removable line when a meeting is concluded', async () => {
    const story = await aCase(test);
    const slot = { startsAt: '2026-11-16T08:45:00Z', endsAt: '2026-11-16T10:45:00Z' };
    const place = { type: 'other', address: 'Buurthuis' };
    const meeting = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot] }).expect(201);
    const conclusion = { outcome: 'plan', facilitatorHours: 6.5 };
    const path = `/v1/meetings/${(meeting.body as { id: string }).id}/conclusion`;
    await story.facilitator.post(path, conclusion).expect(200);
    await story.facilitator.post(path, conclusion).expect(409);
    const [line, ...more] = await linesOf(story);
    // 6.5 × 6400 × 1.073 = 44,636.8
    expect(line).toMatchObject({ side: 'one-off', payer: 'organiser', quantity: '6.5', unit: 'hour', amount: flat(44_637) });
    expect(more).toEqual([]);
    await story.facilitator.delete(`/v1/cost-lines/${line!.id}`).set('If-Match', '"1"').expect(204);
  });
});

describe('monthly figures', () => {
  interface Figures {
    items: Record<string, number | string | null>[];
  }
  let organisations = 0;

  /** A lead and a facilitator of an organisation in which nothing has happened yet. */
  async function quietOrganisation(): Promise<{ lead: Caller; facilitator: Caller }> {
    const { staff } = await test.otherOrganisation(`telt-${++organisations}`);
    return { lead: await staff('Lia Lead', 'lead'), facilitator: await staff('Fien Facilitator', 'facilitator') };
  }

  it('count what happened in a month, and have a row for every month', async () => {
    const { lead, facilitator } = await quietOrganisation();
    const story = await aCase(test, {}, facilitator);
    for (const name of ['Ria', 'Meester']) {
      await facilitator.post(`/v1/circle-members/${story.members[name]!.id}/approval`, { by: 'main-person' }).expect(200);
    }
    const declined = await facilitator.post('/v1/referrals', aReferral()).expect(201);
    await lead.post(`/v1/referrals/${(declined.body as { id: string }).id}/refusal`, { reason: 'outside-area' }).expect(200);
    const stopped = await aCase(test, {}, facilitator);
    await facilitator.post(`/v1/cases/${stopped.id}/stop`, { reason: 'moved' }).expect(200);
    const slot = { startsAt: '2026-11-16T08:45:00Z', endsAt: '2026-11-16T10:45:00Z' };
    const place = { type: 'other', address: 'Buurthuis' };
    const meeting = await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot] }).expect(201);
    const path = `/v1/meetings/${(meeting.body as { id: string }).id}/conclusion`;
    await facilitator.post(path, { outcome: 'no-plan', reason: 'no-agreement' }).expect(200);

    const { items } = (await lead.get('/v1/reports/monthly-figures?from=2026-10&to=2026-11-30').expect(200)).body as Figures;
    expect(items[0]).toMatchObject({ month: '2026-10', referrals: 0, meetingsHeld: 0, medianDaysToMeeting: null });
    expect(items.slice(1)).toEqual([
      {
        month: '2026-11', referrals: 3, accepted: 2, declined: 1, withdrawn: 0, casesStarted: 2, meetingsHeld: 1,
        urgentMeetings: 0, plansCarried: 0, plansWithoutMeeting: 0, noPlan: 1, stopped: 1, commitments: 0,
        commitmentsRealised: 0, circleInformal: 1, circleProfessional: 1, medianDaysToMeeting: 0,
      },
    ]);
  });

  it('count a plan when it is carried, with or without a meeting, and its commitments', async () => {
    const { lead, facilitator } = await quietOrganisation();
    const withMeeting = await aCase(test, {}, facilitator);
    const slot = { startsAt: '2026-11-16T08:45:00Z', endsAt: '2026-11-16T10:45:00Z' };
    const place = { type: 'other', address: 'Buurthuis' };
    const meeting = await facilitator.post(`/v1/cases/${withMeeting.id}/meetings`, { place, slots: [slot] }).expect(201);
    const path = `/v1/meetings/${(meeting.body as { id: string }).id}`;
    const there = [{ memberId: withMeeting.resident.id, presence: 'present' }];
    await facilitator.put(`${path}/attendance`, { items: there }).expect(200);
    await facilitator.post(`${path}/conclusion`, { outcome: 'plan' }).expect(200);
    const without = await aCase(test, { kind: 'netwerkplan' }, facilitator);
    for (const story of [withMeeting, without]) {
      const sanne = await atTheTable(test, story, story.resident.id);
      const draft = await facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200);
      const commitments = ['Bellen', 'Schrijven'].map((text) => ({ memberId: story.resident.id, text }));
      await facilitator
        .put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Rust' }], commitments })
        .set('If-Match', draft.headers.etag!)
        .expect(200);
      const plan = (await facilitator.post(`/v1/cases/${story.id}/plans`).expect(201)).body as {
        id: string;
        commitments: { id: string }[];
      };
      await sanne.post(`/v1/plans/${plan.id}/agreements`, { agrees: true }).expect(201);
      const progress = `/v1/commitments/${plan.commitments[0]!.id}/progress`;
      // Who was not at a meeting is only asked, and says yes first.
      if (story === without) await sanne.post(progress, { state: 'promised' }).expect(200);
      await sanne.post(progress, { state: 'done' }).expect(200);
    }
    const { items } = (await lead.get('/v1/reports/monthly-figures?from=2026-11').expect(200)).body as Figures;
    expect(items).toMatchObject([
      { meetingsHeld: 1, plansCarried: 2, plansWithoutMeeting: 1, noPlan: 0, commitments: 4, commitmentsRealised: 2 },
    ]);
  });

  it('are the last twelve months when nothing is asked, and of the own organisation only', async () => {
    await aCase(test);
    const { lead } = await quietOrganisation();
    const { items } = (await lead.get('/v1/reports/monthly-figures').expect(200)).body as Figures;
    expect(items.map(({ month }) => month)).toEqual(expect.arrayContaining(['2025-12', '2026-11']));
    expect(items).toHaveLength(12);
    expect(items.every(({ referrals, casesStarted }) => referrals === 0 && casesStarted === 0)).toBe(true);
  });

  it('come as csv when that is asked, and in no other form', async () => {
    const { lead } = await quietOrganisation();
    const path = '/v1/reports/monthly-figures?from=2026-11&to=2026-11';
    const csv = await lead.get(path).set('Accept', 'text/csv').expect(200).expect('Content-Type', 'text/csv; charset=utf-8');
    const [head, row, end] = csv.text.split('\r\n');
    expect(head).toMatch(/^month,referrals,.*,medianDaysToMeeting$/);
    expect(row).toBe(`2026-11,${'0,'.repeat(15)}`);
    expect(end).toBe('');
    await lead.get(path).set('Accept', 'application/pdf').expect(406);
  });

  it('refuse wrong months, unknown keys, other roles, and reports that do not exist', async () => {
    const { lead, facilitator } = await quietOrganisation();
    const refused = async (query: string): Promise<string[]> =>
      wrongFields((await lead.get(`/v1/reports/monthly-figures?${query}`).expect(400)).body);
    expect(await refused('from=2026-12&to=2026-11')).toEqual(['/from from-after-to']);
    expect(await refused('from=november')).toEqual(['/from month-or-date']);
    expect(await refused('by=payer')).toEqual(['/by unknown-field']);
    await facilitator.get('/v1/reports/monthly-figures').expect(403);
    await lead.get('/v1/reports/micro-analysis').expect(404);
  });
});

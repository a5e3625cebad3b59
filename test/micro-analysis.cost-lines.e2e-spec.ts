import { startApp, type TestApp } from './support/app.js';
import { addLine, euros, flat, guidance, inDatabase, type Line, linesOf, wrongFields } from './support/costs.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

describe('the catalogue and the instruments', () => {
  it('are lists that say where a price comes from, and that a price is not known', async () => {
    const facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const { items, next } = (await facilitator.get('/v1/cost-items').expect(200)).body as {
      items: { id: string; unitPriceCents: number | null; source: string }[];
      next: string | null;
    };
    expect([items.length, next]).toEqual([52, null]);
    expect(items.find(({ id }) => id === 'gp-consult')).toMatchObject({
      unitPriceCents: 3087, priceYear: 2022, payer: 'zvw', class: 'fiscal', grade: 'B', unit: 'consult',
    });
    expect(items.find(({ id }) => id === 'police-callout')).toMatchObject({ unitPriceCents: null, priceYear: null });
    const first = (await facilitator.get('/v1/cost-items?limit=50').expect(200)).body as { next: string };
    const rest = (await facilitator.get(`/v1/cost-items?limit=50&after=${first.next}`).expect(200)).body as { items: unknown[] };
    expect(rest.items).toEqual(items.slice(50));
  });

  it('show only the instruments that can be used, in our own words and marked so', async () => {
    const facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const { items } = (await facilitator.get('/v1/wellbeing-instruments').expect(200)).body as {
      items: { id: string; wording: string; items: { id: string }[] }[];
    };
    expect(items.map(({ id, wording, items: questions }) => [id, wording, questions.length])).toEqual([
      ['cbs-happiness', 'own', 1], ['who-5', 'own', 5],
    ]);
  });
});

describe('cost lines', () => {
  // A case in which nothing is ever written down, for what is refused.
  let quiet: StoryCase;
  beforeAll(async () => {
    quiet = await aCase(test);
  });

  it('are written down from the catalogue, listed, changed as they were seen, and taken away', async () => {
    const story = await aCase(test);
    const created = await story.facilitator.post(`/v1/cases/${story.id}/cost-lines`, guidance).expect(201);
    // 2 × 52 × 6400 × 1.073 = 714,188.8
    expect(created.body).toMatchObject({
      unitPriceCents: 6400, priceYear: 2022, unit: 'hour', payer: 'wmo', class: 'fiscal', status: null, quantity: '2', version: 1,
      amount: flat(714_189), amountPriceYear: 2024, grade: 'B', label: 'Begeleiding thuis',
    });
    expect(created.headers.etag).toBe('"1"');
    const second = await addLine(story, euros('one-off', '12.50', { text: 'Zaalhuur', unit: 'dagdeel', payer: 'organiser' }));
    const line = created.body as Line;
    expect((await linesOf(story)).map(({ id }) => id)).toEqual([line.id, second.id]);

    const path = `/v1/cost-lines/${line.id}`;
    await story.facilitator.patch(path, { quantity: 3 }).expect(428);
    await story.facilitator.patch(path, { quantity: 3 }).set('If-Match', '"9"').expect(412);
    const changed = await story.facilitator.patch(path, { quantity: 3, quantityHigh: '4.5' }).set('If-Match', '"1"').expect(200);
    expect(changed.body).toMatchObject({ quantity: '3', quantityHigh: '4.5', version: 2, amount: { middleCents: 1_071_283 } });
    expect(changed.headers.etag).toBe('"2"');
    await story.facilitator.delete(path).expect(428);
    await story.facilitator.delete(path).set('If-Match', '"1"').expect(412);
    await story.facilitator.delete(path).set('If-Match', '"2"').expect(204);
    await story.facilitator.delete(path).set('If-Match', '"2"').expect(404);
    expect(await linesOf(story)).toEqual([second]);
  });

  it('come page by page', async () => {
    const story = await aCase(test);
    const all = [await addLine(story, guidance), await addLine(story, guidance), await addLine(story, guidance)];
    const path = `/v1/cases/${story.id}/cost-lines?limit=2`;
    const first = (await story.facilitator.get(path).expect(200)).body as { items: Line[]; next: string };
    const second = (await story.facilitator.get(`${path}&after=${first.next}`).expect(200)).body as { items: Line[]; next: null };
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.next).toBeNull();
    await story.facilitator.get(`${path}&after=elsewhere`).expect(400);
  });

  it.each<[string, object, string[]]>([
    ['an item that is not in the catalogue', { ...guidance, itemId: 'rocket' }, ['/itemId unknown-item']],
    ['an item without a price', { ...guidance, itemId: 'police-callout' },
      ['/unitPriceCents local-price-needed', '/priceYear required']],
    ['a text without a price', { ...guidance, itemId: undefined, text: 'Maatje' },
      ['/unitPriceCents required', '/priceYear required', '/payer required', '/class required']],
    ['a side that comes later', { ...guidance, side: 'expected' }, ['/side one-of']],
    ['a probability', { ...guidance, probability: 0.5 }, ['/probability unknown-field']],
    ['an hour as a period', { ...guidance, per: 'hour' }, ['/per one-of']],
    ['a status before', { ...guidance, status: 'measured' }, ['/status only-after']],
    ['a one-off per week', { ...guidance, side: 'one-off' }, ['/per one-off-is-once']],
    ['a year without a price index', { ...guidance, unitPriceCents: 100, priceYear: 2026 }, ['/priceYear no-price-index']],
    ['five decimals', { ...guidance, quantity: '0.00001' }, ['/quantity quantity']],
    ['a negative quantity', { ...guidance, quantity: -2 }, ['/quantity quantity']],
    ['a quantity that is a list', { ...guidance, quantity: [2] }, ['/quantity quantity']],
    ['a low above the middle', { ...guidance, quantityLow: 3 }, ['/quantityLow low-above-middle']],
    ['a price in part of a cent', { ...guidance, unitPriceCents: 10.5 }, ['/unitPriceCents whole-number']],
    ['a payer whom nobody knows', { ...guidance, payer: 'bank' }, ['/payer one-of']],
    ['a text that is too long', { ...euros('before', 1), text: 'x'.repeat(4001) }, ['/text too-long']],
    ['a person of no case', { ...guidance, memberId: '01a1f8d3-ea00-7000-8000-5b0c498c6069' }, ['/memberId unknown-member']],
    ['nothing', {}, ['/side required', '/quantity required', '/per required', '/basis required']],
  ])('refuse %s, and keep nothing', async (_, line, expected) => {
    const answer = await quiet.facilitator.post(`/v1/cases/${quiet.id}/cost-lines`, line).expect(400);
    expect(wrongFields(answer.body).sort()).toEqual([...expected].sort());
    expect(await linesOf(quiet)).toEqual([]);
  });

  it('are refused for a person of another case', async () => {
    const [story, other] = [await aCase(test), await aCase(test)];
    const line = { ...guidance, memberId: other.resident.id };
    const answer = await story.facilitator.post(`/v1/cases/${story.id}/cost-lines`, line).expect(400);
    expect(wrongFields(answer.body)).toEqual(['/memberId unknown-member']);
    await addLine(story, { ...guidance, memberId: story.resident.id });
  });

  it('are written once when a command is sent again', async () => {
    const story = await aCase(test);
    const path = `/v1/cases/${story.id}/cost-lines`;
    const send = (line: object) => story.facilitator.post(path, line).set('Idempotency-Key', 'once');
    const [first, again] = [await send(guidance).expect(201), await send(guidance).expect(201)];
    expect(again.body).toEqual(first.body);
    await send({ ...guidance, quantity: 9 }).expect(409);
    expect(await linesOf(story)).toHaveLength(1);
  });

  it('take one of two changes of the same version', async () => {
    const story = await aCase(test);
    const { id } = await addLine(story, guidance);
    const change = (quantity: number) => story.facilitator.patch(`/v1/cost-lines/${id}`, { quantity }).set('If-Match', '"1"');
    const answers = await Promise.all([change(5), change(7)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200)!.body as Line;
    expect(await linesOf(story)).toMatchObject([{ quantity: winner.quantity, version: 2 }]);
  });

  it('do not exist for other facilitators and organisations, and are no business of other roles', async () => {
    const story = await aCase(test);
    const line = await addLine(story, guidance);
    const elsewhere = await test.otherOrganisation(`zuid-${story.reference.toLowerCase()}`);
    const strangers = [
      await test.staff('Piet Facilitator', 'facilitator'),
      await elsewhere.staff('Zora Facilitator', 'facilitator'),
    ];
    for (const stranger of strangers) {
      await stranger.get(`/v1/cases/${story.id}/cost-lines`).expect(404);
      await stranger.get(`/v1/cases/${story.id}/micro-analysis`).expect(404);
      await stranger.post(`/v1/cases/${story.id}/cost-lines`, guidance).expect(404);
      await stranger.patch(`/v1/cost-lines/${line.id}`, { quantity: 9 }).set('If-Match', '"1"').expect(404);
      await stranger.delete(`/v1/cost-lines/${line.id}`).set('If-Match', '"1"').expect(404);
    }
    const others = [await test.staff('Lia Lead', 'lead'), await atTheTable(test, story, story.resident.id)];
    for (const other of others) {
      await other.get(`/v1/cases/${story.id}/cost-lines`).expect(403);
      await other.delete(`/v1/cost-lines/${line.id}`).set('If-Match', '"1"').expect(403);
    }
    await test.as().get(`/v1/cases/${story.id}/cost-lines`).expect(401);
    expect(await linesOf(story)).toEqual([line]);
  });

  it('keep what somebody typed sealed, and give it back as it was', async () => {
    const story = await aCase(test);
    const text = '=cmd|\' /C calc\'!A0 <b>Kanarie</b> 🐤\nnieuwe regel';
    const line = await addLine(story, euros('before', 1, { text, unit: 'kanarie-uur' }));
    expect((await linesOf(story))[0]).toMatchObject({ text, unit: 'kanarie-uur' });
    const [row] = await inDatabase<{ found: boolean }>(
      test,
      `select to_jsonb(l)::text ilike '%kanarie%' or position('anarie'::bytea in l.sealed) > 0 as found
       from micro_analysis_cost_lines l where id = $1`,
      [line.id],
    );
    expect(row).toEqual({ found: false });
  });

  it('leave a trace in the audit log and on the timeline of the facilitator', async () => {
    const story = await aCase(test);
    const { id } = await addLine(story, guidance);
    await linesOf(story);
    await story.facilitator.delete(`/v1/cost-lines/${id}`).set('If-Match', '*').expect(204);
    const events = await inDatabase<{ action: string }>(
      test,
      `select action from audit_events where case_id = $1 and action like 'micro-analysis.%' order by action`,
      [story.id],
    );
    expect(events.map(({ action }) => action)).toEqual([
      'micro-analysis.cost-line-added', 'micro-analysis.cost-line-removed', 'micro-analysis.cost-lines-read',
    ]);
    const timeline = await story.facilitator.get(`/v1/cases/${story.id}/timeline`).expect(200);
    const notes = (timeline.body as { items: { type: string }[] }).items.filter(({ type }) => type === 'cost-line-changed');
    expect(notes).toHaveLength(2);
  });
});

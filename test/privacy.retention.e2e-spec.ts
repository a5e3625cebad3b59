import { ErasureService } from '../src/privacy/erasure.service.js';
import type { RetentionRun } from '../src/privacy/retention.dto.js';
import { Nights } from '../src/platform/queue/nightly.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { mailTo } from './support/mailbox.js';
import { drain } from './support/queue.js';
import { aClosedCase, aStoppedCase, ask, countOf, numbers, ran } from './support/retention.js';
import { aCase, anInvitedCase, aReferral, atTheTable } from './support/stories.js';

let test: TestApp;
beforeEach(async () => {
  test = await startApp();
});
afterEach(() => test.stop());

/** Signed in again, since sessions last half a day. */
const admin = (): Promise<Caller> => test.staff('Ad Beheer', 'admin');
const lead = (): Promise<Caller> => test.staff('Lea Leiding', 'lead');
const later = (by: { days: number }): void => test.clock.advance(by);
const rowsOf = async (caseId: string): Promise<number> => (await ask(test, 'select from cases where id = $1', [caseId])).length;
const problem = (answer: { body: unknown }): string => (answer.body as { type: string }).type.split('/').at(-1)!;

describe('the rule of an organisation', () => {
  it('is a year after the last measurement until another is chosen with its ground', async () => {
    const ad = await admin();
    expect((await ad.get('/v1/retention-policy').expect(200)).body).toEqual({
      rule: 'default', years: 1, ground: null, effectiveFrom: null, setAt: null, coming: null,
    });
    await ad.put('/v1/retention-policy', { rule: 'wmo' }).expect(400);
    const chosen = await ad.put('/v1/retention-policy', { rule: 'wmo', ground: 'Wmo 2015, artikel 5.3.4' }).expect(200);
    expect(chosen.body).toMatchObject({ rule: 'wmo', years: 15, ground: 'Wmo 2015, artikel 5.3.4', effectiveFrom: '2026-11-16' });
    const events = await ask<{ action: string }>(test, `select action from audit_events where action like 'privacy.retention-rule%'`);
    expect(events).toEqual([{ action: 'privacy.retention-rule-wmo' }]);
    const [{ sealed } = { sealed: Buffer.alloc(0) }] = await ask<{ sealed: Buffer }>(test, 'select sealed from privacy_retention_policies');
    expect(sealed.toString('latin1')).not.toContain('Wmo');
  });

  it('may begin on a day to come, never on one that is gone', async () => {
    const ad = await admin();
    await ad.put('/v1/retention-policy', { rule: 'jeugdwet', ground: 'Jeugdwet 7.3.8', effectiveFrom: '2026-11-15' }).expect(400);
    const chosen = await ad.put('/v1/retention-policy', { rule: 'jeugdwet', ground: 'Jeugdwet 7.3.8', effectiveFrom: '2026-12-01' }).expect(200);
    expect(chosen.body).toMatchObject({ rule: 'default', coming: { rule: 'jeugdwet', effectiveFrom: '2026-12-01' } });
    later({ days: 20 });
    expect((await (await admin()).get('/v1/retention-policy').expect(200)).body).toMatchObject({ rule: 'jeugdwet', coming: null });
  });

  it('becomes shorter only for who has seen today what would go', async () => {
    const ad = await admin();
    await ad.put('/v1/retention-policy', { rule: 'jeugdwet', ground: 'Jeugdwet 7.3.8' }).expect(200);
    const shorter = { rule: 'wmo', ground: 'Wmo 2015, artikel 5.3.4' };
    expect(problem(await ad.put('/v1/retention-policy', shorter).expect(409))).toBe('trial-needed');
    const other = await ran(test, ad, { dryRun: true, rule: 'default' });
    await ad.put('/v1/retention-policy', { ...shorter, dryRunId: other.id }).expect(409);
    const unfinished = (await ad.post('/v1/retention-runs', { dryRun: true, rule: 'wmo' }).expect(202)).body as RetentionRun;
    await ad.put('/v1/retention-policy', { ...shorter, dryRunId: unfinished.id }).expect(409);
    await test.deliver();
    later({ days: 1 });
    const again = await admin();
    await again.put('/v1/retention-policy', { ...shorter, dryRunId: unfinished.id }).expect(409);
    const today = await ran(test, again, { dryRun: true, rule: 'wmo' });
    await again.put('/v1/retention-policy', { ...shorter, dryRunId: today.id }).expect(200);
    await again.put('/v1/retention-policy', { rule: 'jeugdwet', ground: 'Jeugdwet 7.3.8' }).expect(200);
  });
});

describe('a run', () => {
  it('erases what ended a year ago and says so, after a trial that said the same; open cases stay', async () => {
    const gone = await aStoppedCase(test);
    const open = await aCase(test);
    later({ days: 200 });
    const young = await aStoppedCase(test);
    later({ days: 165 });
    const ad = await admin();
    const trial = await ran(test, ad, { dryRun: true });
    expect(await rowsOf(gone.id)).toBe(1);
    const run = await ran(test, ad, { dryRun: false });
    expect(numbers(run)).toEqual(numbers(trial));
    expect(run).toMatchObject({ rule: 'default', on: '2027-11-16', cases: { erased: 1, told: 0, held: 0, failed: 0 } });
    expect(countOf(run, 'case-contents', 'cases')).toBe(1);
    expect(countOf(run, 'case-contents', 'referrals')).toBe(1);
    expect(countOf(run, 'case-contents', 'circle_members')).toBe(4);
    expect([await rowsOf(gone.id), await rowsOf(open.id), await rowsOf(young.id)]).toEqual([0, 1, 1]);
    const { items } = (await ad.get(`/v1/retention-runs/${run.id}/cases`).expect(200)).body as { items: object[] };
    expect(items).toEqual([{ caseId: gone.id, reference: gone.reference, outcome: 'erased', rows: expect.any(Number) as number, errorCode: null }]);
    expect(JSON.stringify([run, items])).not.toMatch(/Sanne|Ria|Joost|example/);
    const nothing = await ran(test, ad, { dryRun: false });
    expect({ cases: nothing.cases, rows: nothing.counts.filter(({ rule }) => rule === 'case-contents') }).toEqual({
      cases: { erased: 0, told: 0, held: 0, failed: 0 },
      rows: [],
    });
  });

  it('tells the main persons of their plan, without a link, and gives them thirty days; a new link comes from the facilitator', async () => {
    const story = await aClosedCase(test);
    later({ days: 340 });
    const told = await ran(test, await admin(), { dryRun: false });
    expect(told.cases).toMatchObject({ told: 1, erased: 0 });
    await test.deliver();
    const mail = await mailTo(test.app, 'sanne@example.org');
    expect(mail.subject).toBe('Wil je iets bewaren?');
    expect(mail.text).toContain('21 november 2027');
    expect(mail.text).not.toMatch(/dossier|traject|schuld/);
    // A main person gets no link by itself: who reads that mail after all this time, nobody knows.
    expect(mail.text).not.toContain('/l/');
    expect(mail.text).toContain('Geen link meer? Bel even');
    const noor = await test.staff('Noor Facilitator', 'facilitator');
    await noor.post(`/v1/circle-members/${story.members.Joost!.id}/links`, { via: 'show' }).expect(409);
    const sanne = await atTheTable(test, { ...story, facilitator: noor }, story.resident.id);
    later({ days: 24 });
    expect((await ran(test, await admin(), { dryRun: false })).cases).toMatchObject({ told: 0, erased: 0 });
    later({ days: 6 });
    expect((await ran(test, await admin(), { dryRun: false })).cases).toMatchObject({ told: 0, erased: 1 });
    expect(await rowsOf(story.id)).toBe(0);
    await sanne.get('/v1/me').expect(401);
  });

  it('leaves the figures as they were, and no number is given twice', async () => {
    await aClosedCase(test);
    const { reference } = await aStoppedCase(test);
    const taker = await test.staff('Noor Facilitator', 'facilitator', 'lead');
    const declined = (await taker.post('/v1/referrals', aReferral()).expect(201)).body as { id: string };
    await (await lead()).post(`/v1/referrals/${declined.id}/refusal`, { reason: 'other' });
    const report = async (name: string): Promise<unknown> =>
      (await (await lead()).get(`/v1/reports/${name}?from=2026-11&to=2027-03`).expect(200)).body;
    const figures = async (): Promise<unknown[]> => [
      await report('monthly-figures'), await report('lead-times'), await report('circle-growth'), await report('drop-off'),
    ];
    const before = await figures();
    expect(before[1]).toMatchObject({ items: [{ step: 'referral-accepted', n: 2 }, {}, {}, {}, {}] });
    expect(before[0]).toMatchObject({ items: [{ referrals: 3, casesStarted: 2, plansWithoutMeeting: 1, circleInformal: 1, stopped: 1, commitments: 1 }, {}, {}, {}, {}] });
    later({ days: 370 });
    await ran(test, await admin(), { dryRun: false });
    later({ days: 30 });
    await ran(test, await admin(), { dryRun: false });
    expect(await ask(test, 'select from cases')).toEqual([]);
    expect(await ask(test, 'select from referrals')).toEqual([]);
    expect(await figures()).toEqual(before);
    test.clock.set(new Date('2026-12-01T09:00:00Z'));
    expect((await aCase(test)).reference > reference).toBe(true);
  });

  it('can be stopped anywhere and goes on where it was, counting nothing twice', async () => {
    for (let i = 0; i < 3; i += 1) await aStoppedCase(test);
    later({ days: 365 });
    const ad = await admin();
    const trial = await ran(test, ad, { dryRun: true });
    const started = (await ad.post('/v1/retention-runs', { dryRun: false }).expect(202)).body as RetentionRun;
    const erasure = test.app.get(ErasureService);
    const erase = erasure.eraseCase.bind(erasure);
    let left = 2;
    erasure.eraseCase = (...given) => ((left -= 1) < 0 ? Promise.reject(Object.assign(new Error('away'), { code: '57P01' })) : erase(...given));
    await drain(test.app, { failures: 'expected' });
    const halfway = (await ad.get(`/v1/retention-runs/${started.id}`).expect(200)).body as RetentionRun;
    expect(halfway).toMatchObject({ state: 'running', phase: 'cases', casesSeen: 2, cases: { erased: 2 } });
    expect(problem(await ad.post('/v1/retention-runs', { dryRun: false }).expect(409))).toBe('run-in-progress');
    erasure.eraseCase = erase;
    test.clock.advance({ minutes: 30 });
    await test.deliver();
    const run = (await ad.get(`/v1/retention-runs/${started.id}`).expect(200)).body as RetentionRun;
    expect(run.state).toBe('done');
    expect(numbers(run)).toEqual(numbers(trial));
  });

  it('passes a case that cannot be erased, and says which', async () => {
    const [first, second] = [await aStoppedCase(test), await aStoppedCase(test)];
    later({ days: 365 });
    const erasure = test.app.get(ErasureService);
    const erase = erasure.eraseCase.bind(erasure);
    erasure.eraseCase = async (tx, id) => {
      const counts = await erase(tx, id);
      if (id === first.id) throw new Error('een naam');
      return counts;
    };
    const run = await ran(test, await admin(), { dryRun: false });
    expect(run.cases).toMatchObject({ erased: 1, failed: 1 });
    expect([await rowsOf(first.id), await rowsOf(second.id)]).toEqual([1, 0]);
    const { items } = (await (await admin()).get(`/v1/retention-runs/${run.id}/cases`)).body as { items: { outcome: string; errorCode: string }[] };
    expect(items.find(({ outcome }) => outcome === 'failed')).toMatchObject({ errorCode: 'unexpected', reference: first.reference });
  });

  it('takes a day to come only for a trial, and none that is gone', async () => {
    const ad = await admin();
    await ad.post('/v1/retention-runs', { dryRun: false, on: '2027-01-01' }).expect(400);
    await ad.post('/v1/retention-runs', { dryRun: false, rule: 'wmo' }).expect(400);
    await ad.post('/v1/retention-runs', { dryRun: true, on: '2026-11-15' }).expect(400);
    await ad.post('/v1/retention-runs', {}).expect(400);
    const other = await test.otherOrganisation('zuid');
    const trial = (await ad.post('/v1/retention-runs', { dryRun: true, on: '2027-01-01' }).expect(202)).body as RetentionRun;
    await (await other.staff('Zoë', 'admin')).get(`/v1/retention-runs/${trial.id}`).expect(404);
  });
});

describe('a legal hold', () => {
  it('keeps everything of its case, also from who asks, and is seen by its facilitator', async () => {
    const held = await aStoppedCase(test);
    const noor = held.facilitator;
    const le = await lead();
    await noor.get(`/v1/cases/${held.id}/legal-hold`).expect(404);
    await noor.put(`/v1/cases/${held.id}/legal-hold`, { reason: 'complaint' }).expect(403);
    const put = await le.put(`/v1/cases/${held.id}/legal-hold`, { reason: 'complaint', remark: 'Klacht van de broer' }).expect(200);
    expect(put.body).toMatchObject({ reference: held.reference, reason: 'complaint', remark: 'Klacht van de broer', until: null });
    expect((await noor.get(`/v1/cases/${held.id}/legal-hold`).expect(200)).body).toMatchObject({ reason: 'complaint' });
    const stranger = await test.staff('Sam Ander', 'facilitator');
    await stranger.get(`/v1/cases/${held.id}/legal-hold`).expect(404);
    const everything = (): Promise<object[]> => ask(test, `select 'timeline' as what, id::text from cases_timeline union all
      select 'member', id || name from circle_members union all select 'lookup', object_id::text from platform_lookups order by 1, 2`);
    const before = await everything();
    later({ days: 400 });
    const ad = await admin();
    const run = await ran(test, ad, { dryRun: false });
    expect(run.cases).toMatchObject({ erased: 0, held: 1 });
    expect(countOf(run, 'circle-contact', 'circle_members')).toBe(0);
    expect(await everything()).toEqual(before);
    const asked = test.app.get(Database).run(systemContext(test.organisationId, 'test'), (tx) => test.app.get(ErasureService).eraseCase(tx, held.id));
    await expect(asked).rejects.toMatchObject({ status: 409, code: 'legal-hold' });
    expect(((await ad.get('/v1/legal-holds').expect(200)).body as { items: object[] }).items).toHaveLength(1);
    await ad.delete(`/v1/cases/${held.id}/legal-hold`).expect(204);
    await ad.delete(`/v1/cases/${held.id}/legal-hold`).expect(404);
    expect((await ran(test, ad, { dryRun: false })).cases).toMatchObject({ erased: 1, held: 0 });
  });

  it.each(['the facilitator', 'they themself'])('keeps what is known of somebody whom %s takes out, until it ends; their links and sessions end at once', async (who) => {
    const held = await anInvitedCase(test);
    const joost = await atTheTable(test, held, held.members.Joost!.id);
    const ad = await admin();
    await ad.put(`/v1/cases/${held.id}/legal-hold`, { reason: 'court' }).expect(200);
    const caller = who === 'the facilitator' ? held.facilitator : joost;
    await caller.post(`/v1/circle-members/${joost.id}/removal`, { reason: 'own-wish' }).expect(200);
    await joost.get('/v1/me').expect(401);
    const kept = async (): Promise<object[]> => ask(test, 'select name, state from circle_members where id = $1', [joost.id]);
    const lookups = async (): Promise<object[]> => ask(test, 'select from platform_lookups where object_id = $1', [joost.id]);
    expect([await kept(), await lookups()]).toEqual([[{ name: 'Joost Bakker', state: 'removed' }], [{}]]);
    const refused = await ask(test, `select result from audit_events where action = 'circle.contact-held' and object_id = $1`, [joost.id]);
    expect(refused).toEqual([{ result: 'refused' }]);
    await ran(test, ad, { dryRun: false });
    expect(await lookups()).toHaveLength(1);
    await ad.delete(`/v1/cases/${held.id}/legal-hold`).expect(204);
    await ran(test, ad, { dryRun: false });
    expect([await kept(), await lookups()]).toEqual([[{ name: 'iemand', state: 'removed' }], []]);
  });

  it('ends by itself after its last day', async () => {
    const held = await aStoppedCase(test);
    const ad = await admin();
    await ad.put(`/v1/cases/${held.id}/legal-hold`, { reason: 'court', until: '2026-11-15' }).expect(400);
    await ad.put(`/v1/cases/${held.id}/legal-hold`, { reason: 'court', until: '2027-12-01' }).expect(200);
    later({ days: 380 });
    expect((await ran(test, await admin(), { dryRun: false })).cases).toMatchObject({ erased: 0, held: 1 });
    later({ days: 1 });
    expect((await ran(test, await admin(), { dryRun: false })).cases).toMatchObject({ erased: 1, held: 0 });
  });
});

describe('what has a term of its own', () => {
  it('goes after it: links, messages, answers and finished work, and of who never joined all but their number', async () => {
    const story = await anInvitedCase(test);
    later({ days: 27 });
    expect(countOf(await ran(test, await admin(), { dryRun: false }), 'circle-contact', 'circle_members')).toBe(0);
    later({ days: 2 });
    const ad = await admin();
    const trial = await ran(test, ad, { dryRun: true });
    const run = await ran(test, ad, { dryRun: false });
    expect(numbers(run)).toEqual(numbers(trial));
    expect(countOf(run, 'circle-contact', 'circle_members')).toBe(3);
    const members = await ask<{ name: string; state: string }>(test, 'select name, state from circle_members where not is_main_person');
    expect(members).toEqual(Array(3).fill({ name: 'iemand', state: 'invited' }));
    later({ days: 160 });
    const again = await ran(test, await admin(), { dryRun: false });
    for (const [rule, table] of [['messages', 'messages'], ['messages', 'messages_mailbox'], ['access', 'people_links'], ['access', 'people_sessions'], ['finished-work', 'platform_outbox']] as const) {
      expect({ table, gone: countOf(again, rule, table) > 0 }).toEqual({ table, gone: true });
      expect(await ask(test, `select from ${table} where ${table === 'platform_outbox' ? 'ended_at' : table.startsWith('people') ? 'created_at' : 'sent_at'} < '2026-12-10'`)).toEqual([]);
    }
    expect(await rowsOf(story.id)).toBe(1);
  });

  it('goes for referrals that never became a case: unconfirmed after a week, declined after a year', async () => {
    await test.as().post('/v1/referrals', aReferral()).expect(201);
    const le = await lead();
    const { id } = (await le.post('/v1/referrals', aReferral()).expect(201)).body as { id: string };
    await le.post(`/v1/referrals/${id}/withdrawal`, { reason: 'other' });
    const waiting = (await le.post('/v1/referrals', aReferral()).expect(201)).body as { id: string };
    later({ days: 8 });
    expect(countOf(await ran(test, await admin(), { dryRun: false }), 'referrals', 'referrals')).toBe(1);
    later({ days: 365 });
    expect(countOf(await ran(test, await admin(), { dryRun: false }), 'referrals', 'referrals')).toBe(1);
    expect(await ask(test, 'select id from referrals')).toEqual([{ id: waiting.id }]);
    expect(await ask(test, 'select from platform_lookups where object_id <> $1', [waiting.id])).toEqual([]);
  });

  it('goes for answers after a day, and for counters after their window', async () => {
    const le = await lead();
    await le.post('/v1/referrals', aReferral()).set('Idempotency-Key', 'een').expect(201);
    later({ days: 8 });
    await test.app.get(Nights).planAll();
    later({ days: 1 });
    await test.deliver();
    expect(await ask(test, 'select from platform_idempotency_keys')).toEqual([]);
    expect(await ask(test, 'select from platform_limits')).toEqual([]);
  });

  it('leaves of staff who left a name, and no way to reach them', async () => {
    const gone = await test.staff('Kees Vertrokken', 'referrer');
    await ask(test, 'update people_staff set disabled_at = $2 where id = $1', [gone.id, test.clock.now()]);
    later({ days: 366 });
    expect(countOf(await ran(test, await admin(), { dryRun: false }), 'staff-contact', 'people_staff')).toBe(1);
    const [row] = await ask(test, 'select name, password_hash from people_staff where id = $1', [gone.id]);
    expect(row).toEqual({ name: 'Kees Vertrokken', password_hash: null });
    expect(await ask(test, 'select from people_sign_in_addresses where staff_id = $1', [gone.id])).toEqual([]);
    expect(countOf(await ran(test, await admin(), { dryRun: false }), 'staff-contact', 'people_staff')).toBe(0);
  });

  it('goes a year after the end for the ways to reach a circle, when the file itself stays longer', async () => {
    await aClosedCase(test);
    const ad = await admin();
    await ad.put('/v1/retention-policy', { rule: 'wmo', ground: 'Wmo 2015' }).expect(200);
    later({ days: 366 });
    const run = await ran(test, await admin(), { dryRun: false });
    expect(run.cases).toMatchObject({ erased: 0, told: 0 });
    const rows = await ask<{ name: string; erased: boolean }>(
      test,
      `select name, contact_erased_at is not null as erased from circle_members where not is_main_person order by name`,
    );
    expect(rows).toEqual([{ name: 'Joost Bakker', erased: true }, { name: 'iemand', erased: false }, { name: 'iemand', erased: false }]);
  });
});

describe('by night', () => {
  it('runs by itself for every organisation, once, however many workers plan it, and plans the next night', async () => {
    const story = await aStoppedCase(test);
    const other = await test.otherOrganisation('zuid');
    later({ days: 365 });
    const nights = test.app.get(Nights);
    await Promise.all([nights.planAll(), nights.planAll(), nights.planAll()]);
    const planned = (): Promise<{ organisation_id: string; key: string }[]> =>
      ask(test, `select organisation_id, key from platform_outbox where job = 'privacy.retention-night' and state = 'waiting' order by 1`);
    expect(await planned()).toHaveLength(2);
    test.clock.set(new Date('2027-11-17T02:00:00Z'));
    await test.deliver();
    expect(await rowsOf(story.id)).toBe(0);
    const runs = await ask(test, 'select organisation_id, dry_run, asked_by, state from privacy_retention_runs order by 1');
    const run = { dry_run: false, asked_by: null, state: 'done' };
    expect(runs).toEqual([test.organisationId, other.organisationId].sort().map((organisation_id) => ({ organisation_id, ...run })));
    expect((await planned()).map(({ key }) => key)).toEqual(['2027-11-18', '2027-11-18']);
  });

  it('catches up with one run after nights off, and brings an unfinished one to its end', async () => {
    await aStoppedCase(test);
    later({ days: 365 });
    await test.app.get(Nights).planAll();
    const ad = await admin();
    await ad.post('/v1/retention-runs', { dryRun: false }).expect(202);
    await ask(test, `update platform_outbox set state = 'dead', ended_at = $1 where job = 'privacy.retention-step'`, [test.clock.now()]);
    later({ days: 5 });
    await test.deliver();
    const runs = await ask<{ state: string }>(test, 'select state from privacy_retention_runs');
    expect(runs).toEqual([{ state: 'done' }]);
    expect(await ask(test, 'select from cases')).toEqual([]);
  });
});

it('writes who chose, tried, erased and held on the audit log, with ids only', async () => {
  const story = await aStoppedCase(test);
  later({ days: 365 });
  const ad = await admin();
  await ran(test, ad, { dryRun: true });
  await ran(test, ad, { dryRun: false });
  const events = await ask<{ action: string; actor_kind: string }>(
    test,
    `select distinct action, actor_kind from audit_events where action like 'privacy.%' and action not like '%read' order by 1`,
  );
  expect(events).toEqual([
    { action: 'privacy.case-erased', actor_kind: 'system' },
    { action: 'privacy.retention-run-started', actor_kind: 'staff' },
    { action: 'privacy.retention-trial-started', actor_kind: 'staff' },
  ]);
  expect(await ask(test, 'select from audit_events where case_id = $1', [story.id])).not.toEqual([]);
});

import { confirmationToken, mailbox, mailsTo, mailTo } from './support/mailbox.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aCase, aReferral } from './support/stories.js';

let test: TestApp;
let lead: Caller;
let referrer: Caller;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  lead = await test.staff('Lena Lead', 'lead');
  referrer = await test.staff('Rosa Referrer', 'referrer');
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const id = (answer: { body: unknown }): string => (answer.body as { id: string }).id;
const pointers = (answer: { body: unknown }): string[] => (answer.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);

it('takes a referral of a member of staff, answers where it stands, and sends a receipt', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  expect(made.body).toMatchObject({ state: 'received', kind: 'netwerkberaad', facilitatorName: null });
  expect(made.body).not.toHaveProperty('question');
  expect(made.headers.location).toBe(`/v1/referrals/${id(made)}`);
  await test.deliver();
  expect((await mailTo(test.app, 'rosa.referrer@noord.example')).subject).toBe('Je aanmelding is binnen');
});

it('waits for the confirmation by mail of a professional without an account', async () => {
  const email = 'gp@praktijk.example';
  const made = await test.as().post('/v1/referrals', aReferral({ source: 'gp', referrer: { name: 'Dr. Bos', email } })).expect(201);
  expect(made.body).toEqual({ id: expect.any(String), state: 'awaiting-confirmation', createdAt: expect.any(String) });
  await test.deliver();
  const token = confirmationToken(await mailTo(test.app, email));
  const confirmed = await test.as().post('/v1/referral-confirmations', { token }).expect(200);
  expect(confirmed.body).toMatchObject({ id: id(made), state: 'received' });
  await test.as().post('/v1/referral-confirmations', { token }).expect(200);
  expect((await lead.get(`/v1/referrals/${id(made)}`).expect(200)).body).toMatchObject({ state: 'received', source: 'gp' });
});

it('does not confirm with a token that it never gave, or that is older than fourteen days', async () => {
  const email = 'school@deklimop.example';
  await test.as().post('/v1/referrals', aReferral({ source: 'school', referrer: { name: 'Juf An', email } })).expect(201);
  await test.deliver();
  const token = confirmationToken(await mailTo(test.app, email));
  const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  await test.as().post('/v1/referral-confirmations', { token: forged }).expect(404);
  test.clock.advance({ days: 15 });
  await test.as().post('/v1/referral-confirmations', { token }).expect(404);
});

it('lets a resident ask for themself with first names only, and sends them no link', async () => {
  const made = await test.as()
    .post('/v1/referrals', {
      kind: 'unknown',
      source: 'resident',
      resident: { name: 'Ilse', email: 'ilse@example.org' },
      question: 'Ik wil het niet meer alleen doen.',
      themes: ['loneliness'],
      safety: { level: 'none' },
      circle: [{ name: 'Tante Bep' }, { firstName: 'Kees' }],
    })
    .expect(201);
  expect(made.body).toMatchObject({ state: 'received' });
  await test.deliver();
  const mail = await mailTo(test.app, 'ilse@example.org');
  expect(mail.text + (mail.html ?? '')).not.toContain('/l/');
});

it.each([
  ['nobody to reach the resident', { resident: { name: 'Sanne' } }, '/resident'],
  ['a circle member who cannot be reached', { circle: [{ name: 'Ria', relation: 'parent' }] }, '/circle/0'],
  ['a circle member without a relation', { circle: [{ name: 'Ria', phone: '0612345678' }] }, '/circle/0/relation'],
  ['a mail address that is none', { circle: [{ name: 'R', relation: 'parent', email: 'ria(at)example' }] }, '/circle/0/email'],
  ['no consent', { consent: { given: false } }, '/consent/given'],
  ['a legal ground without acute danger', { consent: { given: false, ground: 'art. 7' } }, '/consent/ground'],
  ['acute without consent and without a ground', { safety: { level: 'acute' }, consent: { given: false } }, '/consent/ground'],
  ['a theme that does not exist', { themes: ['debts'] }, '/themes/0'],
  ['no theme', { themes: [] }, '/themes'],
  ['a field that does not exist', { bsn: '123456789' }, '/bsn'],
  ['a tenant in the body', { organisationId: 'x' }, '/organisationId'],
  ['a neighbourhood that is no code', { neighbourhoodCode: 'Noord' }, '/neighbourhoodCode'],
  ['a name of 201 characters', { resident: { name: 'a'.repeat(201), phone: '0612345678' } }, '/resident/name'],
  ['a question of 4,001 characters', { question: 'a'.repeat(4001) }, '/question'],
  ['a line break in a name', { resident: { name: 'Sanne\r\nBcc: x@y.nl', phone: '0612345678' } }, '/resident/name'],
  ['a null character in a text', { question: 'a\u0000b' }, '/question'],
  ['a list where a text belongs', { question: ['a'] }, '/question'],
  ['consent given tomorrow', { consent: { given: true, on: '2099-01-01' } }, '/consent/on'],
  ['someone reached through themself', { circle: [{ name: 'R', relation: 'parent', viaIndex: 0 }] }, '/circle/0/viaIndex'],
  [
    'three people who are only reached through one another',
    { circle: [1, 2, 0].map((viaIndex) => ({ name: 'R', relation: 'parent', viaIndex })) },
    '/circle/0/viaIndex',
  ],
])('refuses %s and points at the field', async (_, changes, pointer) => {
  const refused = await referrer.post('/v1/referrals', aReferral(changes)).expect(400);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(pointers(refused)).toContain(pointer);
});

it('needs a referrer who can be asked when nobody has signed in', async () => {
  const { referrer: _, ...without } = aReferral();
  expect(pointers(await test.as().post('/v1/referrals', without).expect(400))).toEqual(['/referrer']);
});

it('keeps phone numbers in one form and mail addresses in lower case', async () => {
  const made = await lead.post('/v1/referrals', aReferral({ resident: { name: 'S', phone: '06 1234 5678', email: 'Sanne@Example.ORG' } }));
  expect((made.body as { resident: object }).resident).toMatchObject({ phone: '+31612345678', email: 'sanne@example.org' });
});

it('is accepted by a facilitator for themself and by a lead for anyone, never by a facilitator for another', async () => {
  const other = await test.staff('Omar Facilitator', 'facilitator');
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  await facilitator.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: other.id }).expect(403);
  const accepted = await lead.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: other.id }).expect(201);
  expect(accepted.body).toMatchObject({ state: 'preparing', facilitatorId: other.id });
  expect(accepted.body).not.toHaveProperty('resident');
  await lead.get(`/v1/cases/${id(accepted)}`).expect(404);
  await facilitator.get(`/v1/cases/${id(accepted)}`).expect(404);
  expect((await other.get(`/v1/cases/${id(accepted)}`).expect(200)).body).toMatchObject({ resident: { name: 'Sanne de Wit' } });
  expect((await referrer.get(`/v1/referrals/${id(made)}`).expect(200)).body).toMatchObject({ state: 'accepted', facilitatorName: 'Omar Facilitator' });
  expect((await lead.get(`/v1/referrals/${id(made)}`).expect(200)).body).toMatchObject({ caseId: id(accepted) });
});

it('is closed to the lead once it is no longer open: what it says is then for the facilitator who picked it up', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  const path = `/v1/referrals/${id(made)}`;
  expect((await lead.get(path).expect(200)).body).toMatchObject({ question: expect.any(String), resident: { name: 'Sanne de Wit' } });
  await lead.post(`${path}/acceptance`, { facilitatorId: facilitator.id }).expect(201);
  const seen = (await lead.get(path).expect(200)).body as object;
  expect(seen).toMatchObject({ state: 'accepted', residentName: 'Sanne de Wit', themes: ['debt', 'eviction'], caseId: expect.any(String) });
  for (const content of ['question', 'resident', 'circle', 'referrer', 'safety', 'information']) expect(seen).not.toHaveProperty(content);
  await lead.post(`${path}/acceptance`, { facilitatorId: facilitator.id }).expect(409);
  expect((await facilitator.get(path).expect(200)).body).toMatchObject({ question: expect.any(String) });
});

it('stays in the list of the facilitator who made it, also when a colleague picked it up', async () => {
  const colleague = await test.staff('Omar Facilitator', 'facilitator');
  const made = await facilitator.post('/v1/referrals', aReferral()).expect(201);
  await colleague.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: colleague.id }).expect(201);
  const items = async (caller: Caller): Promise<{ id: string; caseId: string | null }[]> =>
    ((await caller.get('/v1/referrals?state=accepted&limit=100').expect(200)).body as { items: { id: string; caseId: string | null }[] }).items;
  expect((await items(facilitator)).find((item) => item.id === id(made))).toMatchObject({ caseId: null });
  expect((await items(colleague)).find((item) => item.id === id(made))).toMatchObject({ caseId: expect.any(String) });
});

it('tells the referrer who picked it up', async () => {
  const email = 'wijkteam@oost.example';
  const referred = { referrer: { name: 'Bo', email }, source: 'team' };
  const made = await test.as().post('/v1/referrals', aReferral(referred)).expect(201);
  await test.deliver();
  await test.as().post('/v1/referral-confirmations', { token: confirmationToken(await mailTo(test.app, email)) }).expect(200);
  await facilitator.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: facilitator.id }).expect(201);
  await test.deliver();
  expect((await mailsTo(test.app, email))[0]!.text).toContain('Noor Facilitator');
});

it('opens one case when two pick it up at the same time', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  const answers = await Promise.all(
    [1, 2, 3].map(() => facilitator.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: facilitator.id })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const refused = answers.find(({ status }) => status === 409)!;
  expect(refused.body).toMatchObject({ state: 'accepted', allowed: [] });
});

it('is decided about only as it was read, where a version is sent', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  const path = `/v1/referrals/${id(made)}`;
  const old = (await lead.get(path).expect(200)).headers.etag!;
  await lead.post(`${path}/information-request`, { reason: 'other' }).set('If-Match', old).expect(200);
  await referrer.post(`${path}/information`, { text: 'Zo zit het.' }).set('If-Match', old).expect(412);
  const now = await referrer.post(`${path}/information`, { text: 'Zo zit het.' }).expect(200);
  const bodies = { acceptance: { facilitatorId: facilitator.id }, refusal: { reason: 'other' }, withdrawal: { reason: 'other' } };
  for (const [action, body] of Object.entries(bodies)) await lead.post(`${path}/${action}`, body).set('If-Match', old).expect(412);
  await lead.post(`${path}/acceptance`, bodies.acceptance).set('If-Match', now.headers.etag!).expect(201);
});

it('asks for the kind when the referral left it open', async () => {
  const made = await referrer.post('/v1/referrals', aReferral({ kind: 'unknown' })).expect(201);
  const path = `/v1/referrals/${id(made)}/acceptance`;
  expect(pointers(await facilitator.post(path, { facilitatorId: facilitator.id }).expect(400))).toEqual(['/kind']);
  expect((await facilitator.post(path, { facilitatorId: facilitator.id, kind: 'mdo' }).expect(201)).body).toMatchObject({ kind: 'mdo' });
});

it('opens a case of every kind', async () => {
  for (const kind of ['netwerkberaad', 'eigen-kracht', 'mdo', 'jim', 'netwerkplan']) {
    const story = await aCase(test, { kind }, facilitator);
    expect((await facilitator.get(`/v1/cases/${story.id}`)).body).toMatchObject({ kind, state: 'preparing' });
  }
});

it('makes every main person a member that needs no approval, and everyone else a proposal', async () => {
  const story = await aCase(test, { otherMainPersons: [{ name: 'Mark de Wit', phone: '0612345600' }] }, facilitator);
  expect(story.members.Mark).toMatchObject({ isMainPerson: true, state: 'approved' });
  expect(story.resident).toMatchObject({ name: 'Sanne de Wit', isMainPerson: true });
  expect([story.members.Ria, story.members.Joost, story.members.Meester].map((member) => member!.state)).toEqual(['proposed', 'proposed', 'proposed']);
});

it('ties someone who is reached through another to that other', async () => {
  const circle = [{ name: 'Opa Jan', relation: 'grandparent', viaIndex: 1 }, { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' }];
  const story = await aCase(test, { circle }, facilitator);
  expect((await facilitator.get(`/v1/circle-members/${story.members.Opa!.id}`)).body).toMatchObject({ viaMemberId: story.members.Ria!.id });
});

it('turns the safety conditions of a referral into those of the plan, set by the referrer, who is proposed', async () => {
  const conditions = ['De kinderen slapen niet bij een ruzie thuis.'];
  const story = await aCase(test, { safety: { level: 'concern', conditions } }, facilitator);
  const fatma = story.members.Fatma!;
  expect(fatma).toMatchObject({ state: 'proposed', professional: true, relation: 'team-worker' });
  const draft = await facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200);
  expect(draft.body).toMatchObject({ safetyConditions: [{ text: conditions[0], reason: null, setByMemberId: fatma.id }] });
});

it('is declined with a published reason, and the referrer hears why', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  await lead.post(`/v1/referrals/${id(made)}/refusal`, { reason: 'because' }).expect(400);
  const remark = 'Bel eerst het crisisteam.';
  await lead.post(`/v1/referrals/${id(made)}/refusal`, { reason: 'other-help-first', remark }).expect(200);
  await test.deliver();
  expect((await mailTo(test.app, 'rosa.referrer@noord.example')).text).toContain(remark);
  await facilitator.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: facilitator.id }).expect(404);
});

it('is declined by a facilitator too, who sees what they declined in the answer and not after it', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  const declined = await facilitator.post(`/v1/referrals/${id(made)}/refusal`, { reason: 'not-suitable' }).expect(200);
  expect(declined.body).toMatchObject({ state: 'declined', reason: 'not-suitable', resident: { name: 'Sanne de Wit' } });
  await facilitator.get(`/v1/referrals/${id(made)}`).expect(404);
  expect((await referrer.get(`/v1/referrals/${id(made)}`).expect(200)).body).toMatchObject({ state: 'declined', endReason: 'not-suitable' });
});

it('waits for information that was asked, and is received again with the answer', async () => {
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  await facilitator.post(`/v1/referrals/${id(made)}/information-request`, { reason: 'circle-unclear' }).expect(200);
  const early = await lead.post(`/v1/referrals/${id(made)}/acceptance`, { facilitatorId: facilitator.id }).expect(409);
  expect(early.body).toMatchObject({ state: 'more-information-needed', allowed: ['answer', 'withdraw'] });
  const more = { text: 'Oma Truus mag ook.', circle: [{ name: 'Truus', relation: 'grandparent', phone: '0612345611' }] };
  expect((await referrer.post(`/v1/referrals/${id(made)}/information`, more).expect(200)).body).toMatchObject({ state: 'received' });
  const seen = (await lead.get(`/v1/referrals/${id(made)}`).expect(200)).body as { circle: object[]; information: object[] };
  expect(seen.circle).toHaveLength(4);
  expect(seen.information).toEqual([{ at: expect.any(String), text: 'Oma Truus mag ook.' }]);
});

it('is withdrawn by its referrer or a lead, not by someone else', async () => {
  const stranger = await test.staff('Ruud Referrer', 'referrer');
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  await stranger.post(`/v1/referrals/${id(made)}/withdrawal`, { reason: 'solved' }).expect(404);
  await stranger.get(`/v1/referrals/${id(made)}`).expect(404);
  expect((await referrer.post(`/v1/referrals/${id(made)}/withdrawal`, { reason: 'solved' }).expect(200)).body).toMatchObject({ state: 'withdrawn' });
});

it('alerts the lead at once when it is acute and nobody is on duty, and makes the kind a netwerkberaad', async () => {
  const made = await referrer
    .post('/v1/referrals', aReferral({ kind: 'unknown', safety: { level: 'acute' }, consent: { given: false, ground: 'art. 7.1.4.1 Jeugdwet' } }))
    .expect(201);
  expect(made.body).toMatchObject({ state: 'received', kind: 'netwerkberaad' });
  await test.deliver();
  const [mail] = (await mailsTo(test.app, 'lena.lead@noord.example')).filter(({ subject }) => subject !== null);
  expect(mail!.subject).toBe('Spoed: nog niemand heeft dit opgepakt');
});

it('shows the lead that the same person was referred before, and merges nothing', async () => {
  const resident = { name: 'Dubbel', phone: '06 9876 5432' };
  const first = await referrer.post('/v1/referrals', aReferral({ resident })).expect(201);
  const second = await lead.post('/v1/referrals', aReferral({ resident: { ...resident, phone: '+31698765432' } })).expect(201);
  expect((second.body as { possibleDoubles: string[] }).possibleDoubles).toEqual([id(first)]);
});

it('pages through a list without losing or repeating one', async () => {
  const known = new Set<string>();
  for (let i = 0; i < 5; i += 1) known.add(id(await referrer.post('/v1/referrals', aReferral()).expect(201)));
  const seen: string[] = [];
  let after = '';
  do {
    const page = (await lead.get(`/v1/referrals?state=received&limit=2${after}`).expect(200)).body as { items: { id: string }[]; next: string | null };
    seen.push(...page.items.map((item) => item.id));
    after = page.next ? `&after=${page.next}` : '';
  } while (after);
  expect(new Set(seen).size).toBe(seen.length);
  expect([...known].every((one) => seen.includes(one))).toBe(true);
});

it('refuses query keys, limits and cursors that it does not know', async () => {
  expect(pointers(await lead.get('/v1/referrals?status=received').expect(400))).toEqual(['/status']);
  await lead.get('/v1/referrals?limit=0').expect(400);
  await lead.get('/v1/referrals?limit=101').expect(400);
  await lead.get('/v1/referrals?after=onzin').expect(400);
  expect(pointers(await lead.get('/v1/me?x=1').expect(400))).toEqual(['/x']);
});

it('answers a repeated request with the first answer, also when both come at once, and refuses the key for something else', async () => {
  const before = (await lead.get('/v1/referrals?limit=100').expect(200)).body as { items: object[] };
  const send = (changes = {}): ReturnType<Caller['post']> =>
    referrer.post('/v1/referrals', aReferral(changes)).set('Idempotency-Key', 'aanmelding-1');
  const [one, two] = await Promise.all([send(), send()]);
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(two.body).toEqual(one.body);
  expect((await send({ question: 'Iets anders.' }).expect(409)).body).toMatchObject({ type: expect.stringContaining('idempotency-key-reused') });
  const after = (await lead.get('/v1/referrals?limit=100').expect(200)).body as { items: object[] };
  expect(after.items.length).toBe(before.items.length + 1);
  test.clock.advance({ hours: 25 });
  const again = await test.staff('Rosa Referrer', 'referrer');
  const nextDay = await again.post('/v1/referrals', aReferral()).set('Idempotency-Key', 'aanmelding-1').expect(201);
  expect(id(nextDay)).not.toBe(id(one));
});

it('stops a stranger at the twenty-first referral of an hour and says how long to wait', async () => {
  const fresh = await startApp();
  try {
    for (let i = 0; i < 20; i += 1) await fresh.as().post('/v1/referrals', aReferral()).expect(201);
    const refused = await fresh.as().post('/v1/referrals', aReferral()).expect(429);
    expect(Number(refused.headers['retry-after'])).toBe(3600);
    fresh.clock.advance({ hours: 1 });
    await fresh.as().post('/v1/referrals', aReferral()).expect(201);
    await fresh.deliver();
    expect(await mailbox(fresh.app)).not.toHaveLength(0);
  } finally {
    await fresh.stop();
  }
});

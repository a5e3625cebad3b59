import { randomInt } from 'node:crypto';
import type { Caller, TestApp } from './app.js';
import { DATE_ROWS, setDates, type DatesStage } from './bad-input-dates.js';
import { DRAFT_ROWS, setDraftLines } from './bad-input-drafts.js';
import { PRIVATE_TIME_ROWS, setTables, type PrivateTimeStage } from './bad-input-private-time.js';
import { RETENTION_ROWS, setRetention } from './bad-input-retention.js';
import { SAFETY_ROWS, setSafety, type SafetyStage } from './bad-input-safety.js';
import { STAFF_ROWS } from './bad-input-staff.js';
import { RIGHTS_ROWS, setRights, type RightsStage } from './bad-input-rights.js';
import { confirmationToken, mailTo } from './mailbox.js';
import type { Wire } from './raw-http.js';
import { aCase, aReferral, type StoryCase } from './stories.js';
import { aByHand, aDeadMessage, MESSAGE_ROWS } from './bad-input-messages.js';
import { LINK_ROWS, withCodes } from './bad-input-links.js';
import { OBSTACLE_ROWS, setObstacles, type ObstaclesStage } from './bad-input-obstacles.js';
import { OFFER_ROWS, setOffers, type OffersStage } from './bad-input-offers.js';
import { PREPARATION_ROWS } from './bad-input-preparation.js';

/** One valid request, on objects that no other row changes. */
export interface Entry {
  /** The facilitator when left out. */
  who?: Pick<Caller, 'token'>;
  /** What stands in the address, in its order. */
  ids?: string[];
  body?: Record<string, unknown>;
  /** What it answers the first time, and once it was done. */
  gives: [number, number];
  /** `needed`: 428 without; `taken`: honoured when it is given. */
  ifMatch?: 'needed' | 'taken';
  /** The tag to send, or the address that gives it; by default what the action is on. */
  tag?: string;
  /** Its texts are tokens or passwords: another one is another request. */
  secret?: boolean;
}

export type Row = Omit<Entry, 'ids'> & { who: Pick<Caller, 'token'>; path: string };

const NOBODY = { token: '' };

const CASES = ['give', 'stop', 'close', 'gate', 'circle', 'invite', 'plan', 'poll', 'move', 'off', 'again', 'begun', 'draft', 'fix', 'fixed', 'erase'] as const;

/** Everything that the rows need, in the states in which they can be done. */
export interface Stage extends RightsStage, DatesStage, ObstaclesStage, PrivateTimeStage, SafetyStage, OffersStage {
  facilitator: Caller;
  lead: Caller;
  /** Signs out. */
  leaver: Caller;
  /** A trial run of what would be erased. */
  trial: string;
  /** Accounts for one row each. */
  staff: Record<'changed' | 'closed' | 'opened' | 'follower', Caller>;
  /** A session of the facilitator that is not the one that asks. */
  sessionId: string;
  referrals: Record<'open' | 'declined' | 'withdrawn' | 'asked' | 'answered' | 'acute', string>;
  urgentCase: string;
  confirmation: string;
  linkToken: string;
  /** Asks for a code. */
  asker: Caller;
  /** Was sent one. */
  coded: Caller & { code: string };
  email: string;
  cases: Record<(typeof CASES)[number], StoryCase>;
  poll: { id: string; slots: { id: string }[] };
  begun: { id: string };
  plan: { id: string; commitments: { id: string; memberId: string }[] };
  lines: { id: string }[];
  /** The yes to the meeting of `gate`. */
  consent: string;
  restriction: string;
  /** Did not arrive, and can go again. */
  deadMessage: string;
  /** A task by hand. */
  byHand: string;
  /** Of the facilitator, far from any meeting. */
  absence: string;
  /** The path of the facilitator's feed. */
  feed: string;
  publicPlace: { id: string };
}

const HOUR_MS = 3_600_000;
const word = (): string => Array.from({ length: 8 }, () => 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)]).join('');
const placeBody = {
  name: 'Buurthuis De Klomp',
  address: 'Dorpsstraat 1',
  rooms: [{ name: 'Grote zaal', capacity: 20 }],
  stepFree: true,
  neighbourhoodCode: 'BU05990110',
  host: 'Wim van de sleutel',
  note: 'Koffie staat klaar',
};
const place = { type: 'other', address: 'Buurthuis De Klok' };

/** People for one row each. */
const CIRCLE = ['Ada', 'Bo', 'Cas', 'Dia', 'Eva', 'Fay', 'Gijs'].map((name) => ({
  name: `${name} Bakker`,
  relation: 'friend',
  email: `${name.toLowerCase()}@example.org`,
  phone: '0612345678',
  ...(name === 'Gijs' ? { professional: true } : {}),
}));

/** Sets everything up through the service, for one run over all rows. */
export async function setStage(test: TestApp, { referrer }: { referrer?: Caller } = {}): Promise<Stage> {
  const tag = word();
  const facilitator = await test.staff(`Noor ${tag}`, 'facilitator', 'lead', 'referrer', 'admin');
  const lead = await test.staff(`Lea ${tag}`, 'lead');
  const leaver = await test.staff(`Sam ${tag}`, 'analyst');
  const staff = {
    changed: await test.staff(`Cor ${tag}`, 'referrer'),
    closed: await test.staff(`Bas ${tag}`, 'facilitator'),
    opened: await test.staff(`Ona ${tag}`, 'referrer'),
    follower: await test.staff(`Fem ${tag}`, 'facilitator'),
  };
  const after = (hours: number): string => new Date(test.clock.now().getTime() + hours * HOUR_MS).toISOString();
  const slot = (hours: number): object => ({ startsAt: after(hours), endsAt: after(hours + 2) });
  const refer = async (changes: object = {}): Promise<string> =>
    ((await (referrer ?? facilitator).post('/v1/referrals', aReferral({ circle: [], ...changes })).expect(201)).body as { id: string }).id;
  const story = (): Promise<StoryCase> => aCase(test, { circle: CIRCLE, notifiedOn: '2026-11-12' }, facilitator);
  const sends = (method: 'post' | 'put') => async <T>(path: string, body?: object): Promise<T> => {
    const answer = await facilitator[method](path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  };
  const post = sends('post');
  const approve = async ({ members }: StoryCase, ...names: string[]): Promise<void> => {
    for (const name of names) await post(`/v1/circle-members/${members[name]!.id}/approval`, { by: 'main-person' });
  };

  const referrals: Partial<Stage['referrals']> = {};
  for (const name of ['open', 'declined', 'withdrawn', 'asked', 'answered', 'acute'] as const) referrals[name] = await refer(name === 'acute' ? { safety: { level: name } } : {});
  await post(`/v1/referrals/${referrals.answered}/information-request`, { reason: 'question-unclear' });
  const email = `${tag}@wijkteam.example`;
  await test.as().post('/v1/referrals', aReferral({ circle: [], referrer: { name: 'Fatma Yıldız', email } })).expect(201);

  const cases: Partial<Stage['cases']> = {};
  for (const name of CASES) cases[name] = await story();
  const { close, circle, invite, poll, begun, fix, fixed } = cases as Stage['cases'];
  await approve(circle, 'Dia', 'Eva', 'Fay');
  await approve(invite, 'Ada', 'Bo');
  await approve(poll, 'Ada');
  await approve(cases.draft!, 'Fay');
  await post(`/v1/cases/${poll.id}/invitations`);
  const { url } = await post<{ url: string }>(`/v1/circle-members/${poll.members.Ada!.id}/links`, { via: 'show' });
  const offered = await post<Stage['poll']>(`/v1/cases/${poll.id}/meetings`, { place, slots: [slot(200), slot(300)] });
  const dates = await setDates({ post, slot }, { move: cases.move!, off: cases.off!, again: cases.again!, led: await aCase(test, { kind: 'mdo', circle: CIRCLE }, facilitator) });
  const meeting = await post<Stage['begun']>(`/v1/cases/${begun.id}/meetings`, { place, slots: [{ startsAt: after(0.02), endsAt: after(0.3) }] });
  const tables = await setTables(test, { post, after }, [await story(), await story()]);

  const commitment = (name: string): object => ({ memberId: fixed.members[name]!.id, text: 'Samen naar de markt' });
  const draft = (theCase: StoryCase, items: object[]): Promise<unknown> =>
    facilitator
      .put(`/v1/cases/${theCase.id}/plan-draft`, { goals: [{ text: 'Hier blijven wonen' }], commitments: items })
      .set('If-Match', '*')
      .expect(200);
  await draft(fix, []);
  await draft(close, []);
  await setDraftLines(facilitator, cases.plan!);
  const carried = await post<Stage['plan']>(`/v1/cases/${close.id}/plans`);
  await post(`/v1/plans/${carried.id}/agreements`, { memberId: close.resident.id, agrees: true });
  await draft(fixed, [commitment('Ada'), commitment('Bo'), commitment('Ada'), commitment('Ada')]);
  const plan = await post<Stage['plan']>(`/v1/cases/${fixed.id}/plans`);
  const line = { side: 'before', itemId: 'guidance-hour', quantity: 2, per: 'week', basis: 'reported' };
  const lines = [1, 2].map(() => post<{ id: string }>(`/v1/cases/${fixed.id}/cost-lines`, line));

  const { trial } = await setRetention({ post, put: sends('put') }, cases as Stage['cases']);
  const { gate, circle: people } = cases as Stage['cases'];
  const consents = await facilitator.get(`/v1/circle-members/${gate.resident.id}/consents`).expect(200);
  const memberIds = [people.members.Dia!.id, people.members.Eva!.id];
  const apart = { memberIds, reason: 'Ruzie', mode: 'separate-parts' };
  const restriction = await post<{ id: string }>(`/v1/cases/${people.id}/contact-restrictions`, apart);
  await post(`/v1/staff/${staff.opened.id}/disabling`, { reason: 'leave' });
  // Signs in once more: a session beside the one that asks.
  await test.staff(`Noor ${tag}`);
  const { body: sessions } = await facilitator.get('/v1/me/sessions').expect(200);
  const { id: sessionId } = (sessions as { items: { id: string; current: boolean }[] }).items.find(({ current }) => !current)!;

  const { asker, coded } = await withCodes(test, cases as Stage['cases']);
  const rights = await setRights(test, cases as Stage['cases']);

  await test.deliver();
  const deadMessage = await aDeadMessage(test, { facilitator, memberId: invite.members.Bo!.id });
  return {
    deadMessage,
    byHand: await aByHand(facilitator, poll.id),
    ...rights,
    ...(await setOffers(test, facilitator, CIRCLE)),
    ...(await setObstacles(post, [plan.commitments[2]!, plan.commitments[3]!])),
    ...(await setSafety(test, facilitator)),
    trial,
    facilitator,
    lead,
    leaver,
    staff,
    sessionId,
    referrals: referrals as Stage['referrals'],
    urgentCase: (await aCase(test, { circle: CIRCLE, safety: { level: 'acute' } }, facilitator)).id,
    confirmation: confirmationToken(await mailTo(test.app, email)),
    linkToken: url.split('/l/')[1]!,
    asker,
    coded,
    email: `noor.${tag}@noord.example`,
    cases: cases as Stage['cases'],
    poll: offered, begun: meeting, ...dates, ...tables,
    plan,
    lines: await Promise.all(lines),
    consent: (consents.body as { items: { id: string }[] }).items[0]!.id,
    restriction: restriction.id, publicPlace: await post<{ id: string }>('/v1/public-places', placeBody),
    absence: ((await facilitator.post('/v1/me/absences', { kind: 'leave', from: '2027-10-04', to: '2027-10-08' }).expect(201)).body as { id: string }).id,
    feed: new URL(((await facilitator.post('/v1/me/calendar-feeds').expect(201)).body as { url: string }).url).pathname,
  };
}

const contactPreference = { channel: 'mail', hours: "'s avonds", noVoicemail: true, note: 'Liever niet bellen' };
const person = { name: 'Gijs de Boer', firstName: 'Gijs', email: 'gijs@example.org', phone: '06 1234 5678', language: 'nl' };
const member = {
  ...person,
  relation: 'neighbour',
  professional: false,
  reach: 'letter',
  address: 'Kerkstraat 1',
  organisation: 'Voetbalclub',
  ageBand: 'adult',
  guardians: ['Ria de Boer'],
  contactPreference,
};
const mainPerson = { ...person, reach: 'letter', address: 'Kerkstraat 1', birthYear: 1988, contactPreference };
const amount = { quantity: '2.5', quantityLow: 2, quantityHigh: 3, per: 'week', basis: 'reported' };
const priced = { ...amount, text: 'Hulp', payer: 'wmo', class: 'fiscal', unit: 'uur', unitPriceCents: 6400, priceYear: 2022 };

/** A valid request with every field that goes together, for each route that changes something. */
export const ROWS: Record<string, (stage: Stage) => Entry> = {
  ...LINK_ROWS,
  ...PREPARATION_ROWS,
  ...OFFER_ROWS,
  ...OBSTACLE_ROWS,
  ...MESSAGE_ROWS,
  ...DRAFT_ROWS,
  'POST /v1/sessions': ({ email }) => {
    return { who: NOBODY, body: { email, password: 'een lang wachtwoord' }, gives: [201, 201], secret: true };
  },
  ...STAFF_ROWS,
  'POST /v1/referrals': () => ({
    body: aReferral({
      referrer: { name: 'Fatma Yıldız', organisation: 'Wijkteam Noord', email: 'fatma@wijkteam.example', phone: '010 123 4567' },
      resident: mainPerson,
      otherMainPersons: [mainPerson],
      safety: { level: 'acute', conditions: ['Niemand alleen thuis'] },
      consent: { given: false, on: '2026-11-15', how: 'gesprek', ground: 'Direct gevaar' },
      notifiedOn: '2026-11-14',
      circle: [{ ...member, viaIndex: 1 }, member],
    }),
    gives: [201, 201],
  }),
  'POST /v1/referrals/{id}/acceptance': ({ lead, facilitator, referrals }) => {
    const body = { facilitatorId: facilitator.id, kind: 'netwerkberaad' };
    return { who: lead, ids: [referrals.open], body, gives: [201, 409], ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/refusal': ({ referrals }) => {
    return { ids: [referrals.declined], body: { reason: 'other', remark: 'Niet nu' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/withdrawal': ({ referrals }) => {
    return { ids: [referrals.withdrawn], body: { reason: 'solved', remark: 'Voorbij' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/information-request': ({ referrals }) => {
    const body = { reason: 'circle-unclear', remark: 'Wie is Ria?' };
    return { ids: [referrals.asked], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/information': ({ referrals }) => {
    const body = { text: 'Ria is haar moeder', circle: [{ ...member, viaIndex: 1 }, member] };
    return { ids: [referrals.answered], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/referral-confirmations': ({ confirmation }) => {
    return { who: NOBODY, body: { token: confirmation }, gives: [200, 200], secret: true };
  },
  'PUT /v1/law-settings': ({ lead }) => ({ who: lead, body: { laws: ['wmo'] }, gives: [200, 200] }),
  'PUT /v1/cases/{id}/safety-check': ({ cases: { gate } }) => {
    const asked = { directDanger: false, veiligThuis: 'not-needed', together: 'yes', note: 'Rustig gesprek' };
    return { ids: [gate.id], body: { ...asked, spokenAlone: [gate.resident.id] }, gives: [200, 200], ifMatch: 'taken' };
  },
  'POST /v1/public-places': () => ({ body: placeBody, gives: [201, 201] }),
  'PUT /v1/public-places/{id}': ({ publicPlace }) => ({ ids: [publicPlace.id], body: placeBody, gives: [200, 200], ifMatch: 'taken' }),
  'POST /v1/cases/{id}/stop': ({ cases: { stop } }) => {
    return { ids: [stop.id], body: { reason: 'other', remark: 'Verhuisd' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/closure': ({ cases: { close } }) => {
    return { ids: [close.id], body: { outcome: 'partly', remark: 'Het gaat' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/circle-members': ({ cases: { circle } }) => {
    return { ids: [circle.id], body: { ...member, viaMemberId: circle.members.Ada!.id }, gives: [201, 201] };
  },
  'PATCH /v1/circle-members/{id}': ({ cases: { circle } }) => {
    const body = { ...member, viaMemberId: circle.members.Ada!.id };
    return { ids: [circle.members.Dia!.id], body, gives: [200, 412], ifMatch: 'needed' };
  },
  'POST /v1/circle-members/{id}/approval': ({ cases: { circle } }) => {
    const body = { by: 'main-person', on: '2026-11-15', how: 'aan tafel' };
    return { ids: [circle.members.Ada!.id], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/refusal': ({ cases: { circle } }) => {
    const body = { reason: 'own-wish', remark: 'Liever niet' };
    return { ids: [circle.members.Bo!.id], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/removal': ({ cases: { circle } }) => {
    return { ids: [circle.members.Cas!.id], body: { reason: 'moved', remark: 'Verhuisd' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/contact-attempts': ({ cases: { circle } }) => {
    const body = { at: '2026-11-15T10:00:00+01:00', channel: 'call', outcome: 'reached', note: 'Wil graag komen' };
    return { ids: [circle.members.Eva!.id], body, gives: [201, 201], ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/invitations': ({ cases: { invite } }) => {
    return { ids: [invite.id], body: { memberIds: [invite.members.Ada!.id, invite.members.Bo!.id] }, gives: [202, 409] };
  },
  'POST /v1/circle-members/{id}/releases': ({ cases: { draft } }) => {
    const body = { professionalMemberId: draft.members.Gijs!.id, subject: 'Hoe het op school gaat', until: '2027-01-31' };
    return { ids: [draft.resident.id], body, gives: [201, 409] };
  },
  'PUT /v1/cases/{id}/micro-analysis-consent/{memberId}': ({ cases: { draft } }) => {
    return { ids: [draft.id, draft.resident.id], body: { given: true, on: '2026-11-15', how: 'aan tafel' }, gives: [200, 200] };
  },
  'POST /v1/consents/{id}/withdrawal': ({ consent }) => {
    return { ids: [consent], body: { reason: 'changed', remark: 'Toch maar niet' }, gives: [200, 409] };
  },
  'POST /v1/cases/{id}/contact-restrictions': ({ cases: { draft } }) => {
    const memberIds = [draft.members.Bo!.id, draft.members.Cas!.id];
    return { ids: [draft.id], body: { memberIds, reason: 'Ruzie', mode: 'never-together' }, gives: [201, 409] };
  },
  'POST /v1/contact-restrictions/{id}/ending': ({ restriction }) => {
    return { ids: [restriction], body: { remark: 'Het is bijgelegd' }, gives: [200, 409] };
  },
  'PUT /v1/meetings/{id}/attendance': ({ begun, cases }) => {
    const was = { arrivedAt: '2026-11-16T08:10:00Z', leftAt: '2026-11-16T08:20:00Z' };
    const body = { items: [{ memberId: cases.begun.members.Ada!.id, presence: 'part', ...was }] };
    return { ids: [begun.id], body, gives: [200, 200], ifMatch: 'taken' };
  },
  'POST /v1/meetings/{id}/conclusion': ({ begun }) => {
    const body = { outcome: 'continue', reason: 'more-time-needed', facilitatorHours: 4.5, note: 'Goed gesprek' };
    return { ids: [begun.id], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/plans': ({ cases: { fix } }) => {
    return { ids: [fix.id], gives: [201, 409], ifMatch: 'taken', tag: `/v1/cases/${fix.id}/plan-draft` };
  },
  'POST /v1/plans/{id}/agreements': ({ plan, cases: { fixed } }) => {
    return { ids: [plan.id], body: { memberId: fixed.resident.id, agrees: true, remark: 'Ja, zo' }, gives: [201, 201] };
  },
  'POST /v1/commitments/{id}/perspective': ({ plan }) => {
    return { ids: [plan.commitments[1]!.id], body: { date: '2027-03-01', reason: 'De wachtlijst is lang' }, gives: [200, 200], ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/wellbeing-measurements': ({ cases: { fixed } }) => {
    const asked = { instrument: 'who-5', moment: 'before', on: '2026-11-15', memberId: fixed.resident.id };
    return { ids: [fixed.id], body: { ...asked, answers: { q1: 1, q2: 2, q3: 3, q4: 4, q5: 5 } }, gives: [201, 201] };
  },
  'POST /v1/cases/{id}/cost-lines': ({ cases: { fixed } }) => {
    const body = { ...priced, side: 'after', status: 'measured', memberId: fixed.resident.id };
    return { ids: [fixed.id], body, gives: [201, 201] };
  },
  'PATCH /v1/cost-lines/{id}': ({ lines, cases: { fixed } }) => {
    const body = { ...priced, itemId: null, side: 'after', status: 'measured', memberId: fixed.resident.id };
    return { ids: [lines[0]!.id], body, gives: [200, 412], ifMatch: 'needed', tag: '"1"' };
  },
  ...RETENTION_ROWS,
  ...DATE_ROWS,
  ...PRIVATE_TIME_ROWS,
  ...RIGHTS_ROWS,
  ...SAFETY_ROWS,
  'DELETE /v1/cost-lines/{id}': ({ lines }) => ({ ids: [lines[1]!.id], gives: [204, 404], ifMatch: 'needed', tag: '"1"' }),
};

/** The row of a route with its address filled in. */
export function rowOf(route: string, stage: Stage): Row {
  const { ids = [], ...entry } = ROWS[route]!(stage);
  const path = ids.reduce((filled, id) => filled.replace(/\{\w+\}/, id), route.split(' ')[1]!);
  return { who: stage.facilitator, ...entry, path };
}

/** The valid request of a row, as it goes over the wire, with changes. */
export function wireOf(route: string, row: Row, changes: Partial<Wire> & { json?: unknown } = {}): Wire {
  const { json = row.body, ...rest } = changes;
  return {
    method: route.split(' ')[0]!,
    path: row.path,
    token: row.who.token,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...rest,
    headers: { ...(row.ifMatch === 'needed' ? { 'If-Match': '*' } : {}), ...rest.headers },
  };
}

/** What of a stage nobody may read in a refusal. */
export const CANARIES = ['Sanne', 'Bakker', 'Yıldız', '@example.org', '0612345678', 'Buurthuis', 'een lang wachtwoord'];

import { randomInt } from 'node:crypto';
import type { Caller, TestApp } from './app.js';
import { confirmationToken, mailTo } from './mailbox.js';
import type { Wire } from './raw-http.js';
import { aCase, aReferral, type StoryCase } from './stories.js';

/** One valid request, on objects that no other row changes. */
export interface Row {
  who: Caller;
  path: string;
  body?: Record<string, unknown>;
  /** What it answers. */
  status: number;
  /** What the same request answers once it was done; a number from 400 is a refusal. */
  again: number;
  /** `needed`: 428 without; `taken`: honoured when it is given. */
  ifMatch?: 'needed' | 'taken';
  /** The tag to send, or the address that gives it; by default what the action is on. */
  tag?: string;
  /** Its texts are tokens or passwords: another one is another request. */
  secret?: boolean;
}

/** Everything that the rows need, in the states in which they can be done. */
export interface Stage {
  facilitator: Caller;
  lead: Caller;
  /** Signs out. */
  leaver: Caller;
  referrals: Record<'open' | 'declined' | 'withdrawn' | 'asked' | 'answered', string>;
  confirmation: string;
  linkToken: string;
  email: string;
  cases: Record<'stop' | 'close' | 'gate' | 'circle' | 'invite' | 'plan' | 'poll' | 'begun' | 'draft' | 'fix' | 'fixed', StoryCase>;
  poll: { id: string; slots: { id: string }[] };
  begun: { id: string };
  plan: { id: string; commitments: { id: string; memberId: string }[] };
  lines: { id: string }[];
}

type Rows = Record<string, (stage: Stage) => Row>;

const HOUR_MS = 3_600_000;
const word = (): string => Array.from({ length: 8 }, () => 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)]).join('');
const place = { type: 'other', address: 'Buurthuis De Klok' };

/** People for one row each. */
const CIRCLE = ['Ada', 'Bo', 'Cas', 'Dia', 'Eva', 'Fay'].map((name) => ({
  name: `${name} Bakker`,
  relation: 'friend',
  email: `${name.toLowerCase()}@example.org`,
  phone: '0612345678',
}));

/** Sets everything up through the service, for one run over all rows. */
export async function setStage(test: TestApp): Promise<Stage> {
  const tag = word();
  const facilitator = await test.staff(`Noor ${tag}`, 'facilitator', 'lead', 'referrer');
  const lead = await test.staff(`Lea ${tag}`, 'lead');
  const leaver = await test.staff(`Sam ${tag}`, 'analyst');
  const after = (hours: number): string => new Date(test.clock.now().getTime() + hours * HOUR_MS).toISOString();
  const slot = (hours: number): object => ({ startsAt: after(hours), endsAt: after(hours + 2) });
  const refer = async (): Promise<string> =>
    ((await facilitator.post('/v1/referrals', aReferral({ circle: [] })).expect(201)).body as { id: string }).id;
  const story = (): Promise<StoryCase> => aCase(test, { circle: CIRCLE }, facilitator);
  const post = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await facilitator.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  };
  const approve = async ({ members }: StoryCase, ...names: string[]): Promise<void> => {
    for (const name of names) await post(`/v1/circle-members/${members[name]!.id}/approval`, { by: 'main-person' });
  };

  const referrals: Partial<Stage['referrals']> = {};
  for (const name of ['open', 'declined', 'withdrawn', 'asked', 'answered'] as const) referrals[name] = await refer();
  await post(`/v1/referrals/${referrals.answered}/information-request`, { reason: 'question-unclear' });
  const email = `${tag}@wijkteam.example`;
  await test.as().post('/v1/referrals', aReferral({ circle: [], referrer: { name: 'Fatma Yıldız', email } })).expect(201);

  const cases: Partial<Stage['cases']> = {};
  const names = ['stop', 'close', 'gate', 'circle', 'invite', 'plan', 'poll', 'begun', 'draft', 'fix', 'fixed'] as const;
  for (const name of names) cases[name] = await story();
  const { close, circle, invite, poll, begun, fix, fixed } = cases as Stage['cases'];
  await approve(circle, 'Dia', 'Eva', 'Fay');
  await approve(invite, 'Ada', 'Bo');
  await approve(poll, 'Ada');
  await post(`/v1/cases/${poll.id}/invitations`);
  const { url } = await post<{ url: string }>(`/v1/circle-members/${poll.members.Ada!.id}/links`, { via: 'show' });
  const offered = await post<Stage['poll']>(`/v1/cases/${poll.id}/meetings`, { place, slots: [slot(200), slot(300)] });
  const meeting = await post<Stage['begun']>(`/v1/cases/${begun.id}/meetings`, { place, slots: [slot(0.25)] });

  const commitment = (name: string): object => ({ memberId: fixed.members[name]!.id, text: 'Samen naar de markt' });
  const draft = (theCase: StoryCase, items: object[]): Promise<unknown> =>
    facilitator
      .put(`/v1/cases/${theCase.id}/plan-draft`, { goals: [{ text: 'Hier blijven wonen' }], commitments: items })
      .set('If-Match', '*')
      .expect(200);
  await draft(fix, []);
  await draft(close, []);
  const carried = await post<Stage['plan']>(`/v1/cases/${close.id}/plans`);
  await post(`/v1/plans/${carried.id}/agreements`, { memberId: close.resident.id, agrees: true });
  await draft(fixed, [commitment('Ada'), commitment('Bo')]);
  const plan = await post<Stage['plan']>(`/v1/cases/${fixed.id}/plans`);
  const line = { side: 'before', itemId: 'guidance-hour', quantity: 2, per: 'week', basis: 'reported' };
  const lines = [1, 2].map(() => post<{ id: string }>(`/v1/cases/${fixed.id}/cost-lines`, line));

  await test.deliver();
  return {
    facilitator,
    lead,
    leaver,
    referrals: referrals as Stage['referrals'],
    confirmation: confirmationToken(await mailTo(test.app, email)),
    linkToken: url.split('/l/')[1]!,
    email: `noor.${tag}@noord.example`,
    cases: cases as Stage['cases'],
    poll: offered,
    begun: meeting,
    plan,
    lines: await Promise.all(lines),
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
const line = { quantity: '2.5', quantityLow: 2, quantityHigh: 3, per: 'week', basis: 'reported', text: 'Hulp', payer: 'wmo', class: 'fiscal' };
const priced = { ...line, unit: 'uur', unitPriceCents: 6400, priceYear: 2022 };

/** A valid request with every field that goes together, for each route that takes one. */
export const ROWS: Rows = {
  'POST /v1/sessions': ({ email, facilitator }) => {
    return { who: { ...facilitator, token: '' }, path: '/v1/sessions', body: { email, password: 'een lang wachtwoord' }, status: 201, again: 201, secret: true };
  },
  'DELETE /v1/sessions/current': ({ leaver }) => ({ who: leaver, path: '/v1/sessions/current', status: 204, again: 401 }),
  'POST /v1/participant-sessions': ({ linkToken, facilitator }) => {
    return { who: { ...facilitator, token: '' }, path: '/v1/participant-sessions', body: { linkToken }, status: 201, again: 201, secret: true };
  },
  'POST /v1/referrals': ({ facilitator }) => {
    const body = aReferral({
      referrer: { name: 'Fatma Yıldız', organisation: 'Wijkteam Noord', email: 'fatma@wijkteam.example', phone: '010 123 4567' },
      resident: mainPerson,
      otherMainPersons: [mainPerson],
      safety: { level: 'acute', conditions: ['Niemand alleen thuis'] },
      consent: { given: false, on: '2026-11-15', how: 'gesprek', ground: 'Direct gevaar' },
      notifiedOn: '2026-11-14',
      circle: [{ ...member, viaIndex: 1 }, member],
    });
    return { who: facilitator, path: '/v1/referrals', body, status: 201, again: 201 };
  },
  'POST /v1/referrals/{id}/acceptance': ({ lead, facilitator, referrals }) => {
    const body = { facilitatorId: facilitator.id, kind: 'netwerkberaad' };
    return { who: lead, path: `/v1/referrals/${referrals.open}/acceptance`, body, status: 201, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/refusal': ({ facilitator, referrals }) => {
    const body = { reason: 'other', remark: 'Niet nu' };
    return { who: facilitator, path: `/v1/referrals/${referrals.declined}/refusal`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/withdrawal': ({ facilitator, referrals }) => {
    const body = { reason: 'solved', remark: 'Niet meer nodig' };
    return { who: facilitator, path: `/v1/referrals/${referrals.withdrawn}/withdrawal`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/information-request': ({ facilitator, referrals }) => {
    const body = { reason: 'circle-unclear', remark: 'Wie is Ria?' };
    return { who: facilitator, path: `/v1/referrals/${referrals.asked}/information-request`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/referrals/{id}/information': ({ facilitator, referrals }) => {
    const body = { text: 'Ria is haar moeder', circle: [{ ...member, viaIndex: 1 }, member] };
    return { who: facilitator, path: `/v1/referrals/${referrals.answered}/information`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/referral-confirmations': ({ facilitator, confirmation }) => {
    return { who: { ...facilitator, token: '' }, path: '/v1/referral-confirmations', body: { token: confirmation }, status: 200, again: 200, secret: true };
  },
  'PUT /v1/cases/{id}/safety-check': ({ facilitator, cases: { gate } }) => {
    const body = { directDanger: false, veiligThuis: 'not-needed', spokenAlone: [gate.resident.id], together: 'yes', note: 'Rustig gesprek' };
    return { who: facilitator, path: `/v1/cases/${gate.id}/safety-check`, body, status: 200, again: 200, ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/stop': ({ facilitator, cases: { stop } }) => {
    return { who: facilitator, path: `/v1/cases/${stop.id}/stop`, body: { reason: 'other', remark: 'Verhuisd' }, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/closure': ({ facilitator, cases: { close } }) => {
    return { who: facilitator, path: `/v1/cases/${close.id}/closure`, body: { outcome: 'partly', remark: 'Het gaat' }, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/circle-members': ({ facilitator, cases: { circle } }) => {
    const body = { ...member, viaMemberId: circle.members.Ada!.id };
    return { who: facilitator, path: `/v1/cases/${circle.id}/circle-members`, body, status: 201, again: 201 };
  },
  'PATCH /v1/circle-members/{id}': ({ facilitator, cases: { circle } }) => {
    const body = { ...member, viaMemberId: circle.members.Ada!.id };
    return { who: facilitator, path: `/v1/circle-members/${circle.members.Dia!.id}`, body, status: 200, again: 412, ifMatch: 'needed' };
  },
  'POST /v1/circle-members/{id}/approval': ({ facilitator, cases: { circle } }) => {
    const body = { by: 'main-person', on: '2026-11-15', how: 'aan tafel' };
    return { who: facilitator, path: `/v1/circle-members/${circle.members.Ada!.id}/approval`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/refusal': ({ facilitator, cases: { circle } }) => {
    const body = { reason: 'own-wish', remark: 'Liever niet' };
    return { who: facilitator, path: `/v1/circle-members/${circle.members.Bo!.id}/refusal`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/removal': ({ facilitator, cases: { circle } }) => {
    const body = { reason: 'moved', remark: 'Naar Groningen' };
    return { who: facilitator, path: `/v1/circle-members/${circle.members.Cas!.id}/removal`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/contact-attempts': ({ facilitator, cases: { circle } }) => {
    const body = { at: '2026-11-15T10:00:00+01:00', channel: 'call', outcome: 'reached', note: 'Wil graag komen' };
    return { who: facilitator, path: `/v1/circle-members/${circle.members.Eva!.id}/contact-attempts`, body, status: 201, again: 201, ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/links': ({ facilitator, cases: { circle } }) => {
    return { who: facilitator, path: `/v1/circle-members/${circle.members.Fay!.id}/links`, body: { via: 'mail' }, status: 201, again: 201 };
  },
  'POST /v1/cases/{id}/invitations': ({ facilitator, cases: { invite } }) => {
    const body = { memberIds: [invite.members.Ada!.id, invite.members.Bo!.id] };
    return { who: facilitator, path: `/v1/cases/${invite.id}/invitations`, body, status: 202, again: 409 };
  },
  'POST /v1/cases/{id}/meetings': ({ facilitator, cases: { plan } }) => {
    const slots = [{ startsAt: '2026-12-10T13:00:00+01:00', endsAt: '2026-12-10T15:00:00+01:00' }, { startsAt: '2026-12-11T12:00:00Z', endsAt: '2026-12-11T14:00:00Z' }];
    const body = { place: { ...place, url: 'https://video.example/kamer' }, slots, mustAttend: [plan.members.Ada!.id] };
    return { who: facilitator, path: `/v1/cases/${plan.id}/meetings`, body, status: 201, again: 409 };
  },
  'PUT /v1/meetings/{id}/responses/{memberId}': ({ facilitator, poll, cases }) => {
    const body = { answers: { [poll.slots[0]!.id]: 'yes' }, remark: 'Graag vroeg' };
    return { who: facilitator, path: `/v1/meetings/${poll.id}/responses/${cases.poll.members.Ada!.id}`, body, status: 200, again: 200, ifMatch: 'taken', tag: '"0"' };
  },
  'POST /v1/meetings/{id}/confirmation': ({ facilitator, poll }) => {
    return { who: facilitator, path: `/v1/meetings/${poll.id}/confirmation`, body: { slotId: poll.slots[1]!.id }, status: 200, again: 409, ifMatch: 'taken' };
  },
  'PUT /v1/meetings/{id}/attendance': ({ facilitator, begun, cases }) => {
    const body = { items: [{ memberId: cases.begun.members.Ada!.id, presence: 'present' }] };
    return { who: facilitator, path: `/v1/meetings/${begun.id}/attendance`, body, status: 200, again: 200, ifMatch: 'taken' };
  },
  'POST /v1/meetings/{id}/conclusion': ({ facilitator, begun }) => {
    const body = { outcome: 'continue', reason: 'more-time-needed', facilitatorHours: 4.5, note: 'Goed gesprek' };
    return { who: facilitator, path: `/v1/meetings/${begun.id}/conclusion`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'PUT /v1/cases/{id}/statements/{memberId}': ({ facilitator, cases: { draft } }) => {
    const body = { want: 'Hier wonen', can: 'Koken', need: 'Rust' };
    return { who: facilitator, path: `/v1/cases/${draft.id}/statements/${draft.resident.id}`, body, status: 200, again: 200, ifMatch: 'taken' };
  },
  'PUT /v1/cases/{id}/preconditions': ({ facilitator, cases: { draft } }) => {
    const body = { home: 'fine', money: 'attention', relations: 'missing', days: 'fine' };
    return { who: facilitator, path: `/v1/cases/${draft.id}/preconditions`, body, status: 200, again: 200, ifMatch: 'taken', tag: '"0"' };
  },
  'PUT /v1/cases/{id}/plan-draft': ({ facilitator, cases: { draft } }) => {
    const goal = { id: '019a9f00-0000-7000-8000-0000000000a1', text: 'Hier blijven wonen' };
    const commitment = { memberId: draft.members.Ada!.id, text: 'Mee naar de markt', goalId: goal.id, dueOn: '2026-12-24', every: 'week' };
    const body = { goals: [goal], commitments: [commitment], safetyConditions: [] };
    return { who: facilitator, path: `/v1/cases/${draft.id}/plan-draft`, body, status: 200, again: 412, ifMatch: 'needed' };
  },
  'POST /v1/cases/{id}/plans': ({ facilitator, cases: { fix } }) => {
    return { who: facilitator, path: `/v1/cases/${fix.id}/plans`, status: 201, again: 409, ifMatch: 'taken', tag: `/v1/cases/${fix.id}/plan-draft` };
  },
  'POST /v1/plans/{id}/agreements': ({ facilitator, plan, cases: { fixed } }) => {
    const body = { memberId: fixed.resident.id, agrees: true, remark: 'Ja, zo' };
    return { who: facilitator, path: `/v1/plans/${plan.id}/agreements`, body, status: 201, again: 201 };
  },
  'PATCH /v1/commitments/{id}': ({ facilitator, plan }) => {
    const body = { text: 'Elke week naar de markt', dueOn: '2026-12-31', every: 'FREQ=WEEKLY;BYDAY=MO' };
    return { who: facilitator, path: `/v1/commitments/${plan.commitments[0]!.id}`, body, status: 200, again: 412, ifMatch: 'needed' };
  },
  'POST /v1/commitments/{id}/progress': ({ facilitator, plan }) => {
    const body = { state: 'promised', note: 'op hun woord: dat doe ik' };
    return { who: facilitator, path: `/v1/commitments/${plan.commitments[1]!.id}/progress`, body, status: 200, again: 409, ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/wellbeing-measurements': ({ facilitator, cases: { fixed } }) => {
    const body = { instrument: 'who-5', moment: 'before', answers: { q1: 1, q2: 2, q3: 3, q4: 4, q5: 5 }, on: '2026-11-15', memberId: fixed.resident.id };
    return { who: facilitator, path: `/v1/cases/${fixed.id}/wellbeing-measurements`, body, status: 201, again: 201 };
  },
  'POST /v1/cases/{id}/cost-lines': ({ facilitator, cases: { fixed } }) => {
    const body = { ...priced, side: 'after', status: 'measured', memberId: fixed.resident.id };
    return { who: facilitator, path: `/v1/cases/${fixed.id}/cost-lines`, body, status: 201, again: 201 };
  },
  'PATCH /v1/cost-lines/{id}': ({ facilitator, lines, cases: { fixed } }) => {
    const body = { ...priced, itemId: null, side: 'after', status: 'measured', memberId: fixed.resident.id };
    return { who: facilitator, path: `/v1/cost-lines/${lines[0]!.id}`, body, status: 200, again: 412, ifMatch: 'needed', tag: '"1"' };
  },
  'DELETE /v1/cost-lines/{id}': ({ facilitator, lines }) => {
    return { who: facilitator, path: `/v1/cost-lines/${lines[1]!.id}`, status: 204, again: 404, ifMatch: 'needed', tag: '"1"' };
  },
};

export const rowOf = (route: string, stage: Stage): Row => ROWS[route]!(stage);

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

/** Everything that can be read, each at something that is there. */
export const READS: Record<string, (stage: Stage) => string> = {
  '/health/live': () => '/health/live',
  '/health/ready': () => '/health/ready',
  '/v1/me': () => '/v1/me',
  '/v1/referrals': () => '/v1/referrals',
  '/v1/referrals/{id}': ({ referrals }) => `/v1/referrals/${referrals.open}`,
  '/v1/cases': () => '/v1/cases',
  '/v1/cases/{id}': ({ cases }) => `/v1/cases/${cases.fixed.id}`,
  '/v1/cases/{id}/timeline': ({ cases }) => `/v1/cases/${cases.fixed.id}/timeline`,
  '/v1/cases/{id}/circle-members': ({ cases }) => `/v1/cases/${cases.fixed.id}/circle-members`,
  '/v1/circle-members/{id}': ({ cases }) => `/v1/circle-members/${cases.fixed.members.Ada!.id}`,
  '/v1/meetings/{id}': ({ begun }) => `/v1/meetings/${begun.id}`,
  '/v1/meetings/{id}/calendar.ics': ({ begun }) => `/v1/meetings/${begun.id}/calendar.ics`,
  '/v1/cases/{id}/statements/{memberId}': ({ cases: { fixed } }) => `/v1/cases/${fixed.id}/statements/${fixed.resident.id}`,
  '/v1/cases/{id}/plan-draft': ({ cases }) => `/v1/cases/${cases.fixed.id}/plan-draft`,
  '/v1/plans/{id}': ({ plan }) => `/v1/plans/${plan.id}`,
  '/v1/commitments': () => '/v1/commitments',
  '/v1/commitments/{id}': ({ plan }) => `/v1/commitments/${plan.commitments[0]!.id}`,
  '/v1/wellbeing-instruments': () => '/v1/wellbeing-instruments',
  '/v1/cost-items': () => '/v1/cost-items',
  '/v1/cases/{id}/cost-lines': ({ cases }) => `/v1/cases/${cases.fixed.id}/cost-lines`,
  '/v1/cases/{id}/micro-analysis': ({ cases }) => `/v1/cases/${cases.fixed.id}/micro-analysis`,
  '/v1/reports/monthly-figures': () => '/v1/reports/monthly-figures',
  '/v1/messages': () => '/v1/messages',
};

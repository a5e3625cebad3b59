import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { newToken } from '../src/people/tokens.rules.js';
import type { StaffRole } from '../src/platform/actor.js';
import { expected, KINDS, linesOf, OBSTACLES, OFFERS, RELATIONS, STAFF, type Kind, type Outcome, type Person, type Relation } from './support/access.js';
import { DELIVERY_TOKEN, START, startApp, type Caller, type TestApp } from './support/app.js';
import { READS } from './support/bad-input-reads.js';
import { rowOf, setStage, wireOf, type Stage } from './support/bad-input-stage.js';
import { RawHttp, TableDigests, withoutKeeping, type Answer, type Wire } from './support/raw-http.js';
import { aCase } from './support/stories.js';

const EVERYONE: readonly Person[] = [...STAFF, 'main-person', 'member', 'stranger'];
const TAKERS: readonly Person[] = ['facilitator', 'lead'];
const ANY_STAFF: readonly Person[] = STAFF;
const OWN: readonly Person[] = ['facilitator', 'main-person'];
const CIRCLE: readonly Person[] = ['facilitator', 'main-person', 'member'];
const FACILITATOR: readonly Person[] = ['facilitator'];

/**
 * Who ever has each route. Written by hand: a route of the OpenAPI document that has no row here fails, and so does a row
 * without a route.
 */
const MATRIX: Record<string, readonly Person[]> = {
  'GET /health/live': EVERYONE,
  'GET /health/ready': EVERYONE,
  'POST /v1/sessions': EVERYONE,
  'DELETE /v1/sessions/current': [...STAFF, 'main-person', 'member'],
  'POST /v1/participant-sessions': EVERYONE,
  'GET /v1/me': [...STAFF, 'main-person', 'member'],
  'GET /v1/staff': ['admin'],
  'POST /v1/staff': ['admin'],
  'GET /v1/staff/{id}': ['admin'],
  'PATCH /v1/staff/{id}': ['admin'],
  'POST /v1/staff/{id}/disabling': ['admin'],
  'POST /v1/staff/{id}/enabling': ['admin'],
  'POST /v1/staff/{id}/invitations': ['admin'],
  'GET /v1/staff/{id}/sessions': ['admin'],
  'DELETE /v1/staff/{id}/sessions': ['admin'],
  'GET /v1/me/sessions': ANY_STAFF,
  'DELETE /v1/me/sessions/{id}': ANY_STAFF,
  'PUT /v1/me/password': ANY_STAFF,
  'POST /v1/password-resets': EVERYONE,
  'GET /v1/me/availability': FACILITATOR,
  'PUT /v1/me/availability': FACILITATOR,
  'GET /v1/me/absences': FACILITATOR,
  'POST /v1/me/absences': FACILITATOR,
  'DELETE /v1/me/absences/{id}': FACILITATOR,
  'POST /v1/me/calendar-feeds': FACILITATOR,
  'DELETE /v1/me/calendar-feeds': FACILITATOR,
  'GET /agenda/{file}': EVERYONE,
  'GET /v1/facilitators': TAKERS,
  'POST /v1/facilitators/{id}/handover': ['facilitator', 'lead', 'admin'],
  'GET /v1/duty-roster': TAKERS,
  'PUT /v1/duty-roster': ['lead'],
  'GET /v1/duty-settings': TAKERS,
  'PUT /v1/duty-settings': ['lead'],
  'GET /v1/duty': EVERYONE,
  'POST /v1/cases/{id}/handover': TAKERS,
  'POST /v1/referrals': [...STAFF, 'stranger'],
  'GET /v1/me/data': ['main-person', 'member'],
  'GET /v1/me/file-looks': ['main-person', 'member'],
  'GET /v1/audit-events': ['admin'],
  'PATCH /v1/me/data': ['main-person', 'member'],
  'POST /v1/me/corrections': ['main-person', 'member'],
  'GET /v1/me/corrections': ['main-person', 'member'],
  'GET /v1/cases/{id}/corrections': FACILITATOR,
  'POST /v1/corrections/{id}/answer': FACILITATOR,
  'POST /v1/me/erasure-requests': ['main-person'],
  'GET /v1/me/erasure-requests': ['main-person'],
  'GET /v1/erasure-requests': ['lead'],
  'POST /v1/erasure-requests/{id}/decision': ['lead'],
  'GET /v1/circle-members/{id}/data': FACILITATOR,
  'GET /v1/referrals': ['referrer', 'facilitator', 'lead'],
  'GET /v1/referrals/{id}': ['referrer', 'facilitator', 'lead'],
  'POST /v1/referrals/{id}/acceptance': TAKERS,
  'POST /v1/referrals/{id}/acknowledgement': TAKERS,
  'POST /v1/referrals/{id}/refusal': TAKERS,
  'POST /v1/referrals/{id}/withdrawal': ANY_STAFF,
  'POST /v1/referrals/{id}/information-request': TAKERS,
  'POST /v1/referrals/{id}/information': ANY_STAFF,
  'POST /v1/referral-confirmations': EVERYONE,
  'GET /v1/cases': TAKERS,
  'GET /v1/cases/{id}': ['facilitator', 'lead', 'main-person', 'member'],
  'GET /v1/cases/{id}/timeline': OWN,
  'PUT /v1/cases/{id}/safety-check': FACILITATOR,
  'GET /v1/law-settings': ['facilitator', 'lead', 'admin'],
  'PUT /v1/law-settings': ['lead', 'admin'],
  'GET /v1/law-clocks': TAKERS,
  'GET /v1/cases/{id}/law-clocks': OWN,
  'PUT /v1/cases/{id}/law-clocks/{clock}': FACILITATOR,
  'POST /v1/cases/{id}/stop': FACILITATOR,
  'POST /v1/cases/{id}/closure': FACILITATOR,
  'POST /v1/cases/{id}/reopening': OWN,
  'GET /v1/cases/{id}/circle-members': OWN,
  'POST /v1/cases/{id}/circle-members': OWN,
  'GET /v1/circle-members/{id}': CIRCLE,
  'PATCH /v1/circle-members/{id}': FACILITATOR,
  'POST /v1/circle-members/{id}/approval': OWN,
  'POST /v1/circle-members/{id}/refusal': CIRCLE,
  'POST /v1/circle-members/{id}/removal': CIRCLE,
  'POST /v1/circle-members/{id}/unreachable': FACILITATOR,
  'POST /v1/circle-members/{id}/objection-talk': FACILITATOR,
  'POST /v1/circle-members/{id}/contact-attempts': FACILITATOR,
  'GET /v1/tasks': FACILITATOR,
  'POST /v1/cases/{id}/referrer-contact': FACILITATOR,
  'GET /v1/cases/{id}/independence-check': FACILITATOR,
  'PUT /v1/cases/{id}/independence-check': FACILITATOR,
  'GET /v1/circle-members/{id}/contact-attempts': FACILITATOR,
  'POST /v1/circle-members/{id}/preparation-talks': FACILITATOR,
  'GET /v1/circle-members/{id}/preparation-talks': FACILITATOR,
  'GET /v1/circle-members/{id}/participation': CIRCLE,
  'PUT /v1/circle-members/{id}/participation': CIRCLE,
  'POST /v1/circle-members/{id}/links': FACILITATOR,
  'DELETE /v1/circle-members/{id}/links': FACILITATOR,
  'POST /v1/circle-members/{id}/phone-verification': FACILITATOR,
  'POST /v1/circle-members/{id}/lost-phone': FACILITATOR,
  'POST /v1/participant-sessions/step-up': ['main-person', 'member'],
  'POST /v1/participant-sessions/step-up/confirmation': ['main-person', 'member'],
  'POST /v1/link-requests': EVERYONE,
  'POST /v1/cases/{id}/invitations': FACILITATOR,
  'POST /v1/circle-members/{id}/releases': CIRCLE,
  'GET /v1/circle-members/{id}/consents': CIRCLE,
  'GET /v1/cases/{id}/consents': FACILITATOR,
  'POST /v1/consents/{id}/withdrawal': CIRCLE,
  'PUT /v1/cases/{id}/micro-analysis-consent/{memberId}': OWN,
  'GET /v1/cases/{id}/contact-restrictions': FACILITATOR,
  'POST /v1/cases/{id}/contact-restrictions': FACILITATOR,
  'POST /v1/contact-restrictions/{id}/ending': FACILITATOR,
  'GET /v1/public-places': ['facilitator', 'lead', 'admin'],
  'GET /v1/public-places/{id}': ['facilitator', 'lead', 'admin'],
  'POST /v1/public-places': ['facilitator', 'lead', 'admin'],
  'PUT /v1/public-places/{id}': ['facilitator', 'lead', 'admin'],
  'PUT /v1/cases/{id}/tonight': FACILITATOR,
  'POST /v1/cases/{id}/not-held': FACILITATOR,
  'POST /v1/cases/{id}/meetings': FACILITATOR,
  'POST /v1/cases/{id}/reviews': FACILITATOR,
  'GET /v1/meetings/{id}': CIRCLE,
  'GET /v1/meetings/{id}/script': CIRCLE,
  'PUT /v1/meetings/{id}/chair': OWN,
  'PUT /v1/meetings/{id}/responses/{memberId}': CIRCLE,
  'PUT /v1/meetings/{id}/parts': FACILITATOR,
  'POST /v1/meetings/{id}/confirmation': OWN,
  'POST /v1/meetings/{id}/move': FACILITATOR,
  'POST /v1/meetings/{id}/cancellation': FACILITATOR,
  'GET /v1/meetings/{id}/calendar.ics': CIRCLE,
  'PUT /v1/meetings/{id}/attendance': OWN,
  'POST /v1/meetings/{id}/private-time': CIRCLE,
  'POST /v1/meetings/{id}/private-time/calls': CIRCLE,
  'POST /v1/meetings/{id}/private-time/leaving': CIRCLE,
  'PUT /v1/meetings/{id}/scribe': OWN,
  'POST /v1/meetings/{id}/conclusion': FACILITATOR,
  'GET /v1/cases/{id}/circle-answers/{memberId}': OWN,
  'PUT /v1/cases/{id}/circle-answers/{memberId}': OWN,
  'GET /v1/cases/{id}/statements/{memberId}': OWN,
  'PUT /v1/cases/{id}/statements/{memberId}': OWN,
  'GET /v1/cases/{id}/statements/{memberId}/history': OWN,
  'GET /v1/cases/{id}/preconditions': OWN,
  'PUT /v1/cases/{id}/preconditions': OWN,
  'GET /v1/cases/{id}/preconditions/history': OWN,
  'GET /v1/cases/{id}/plan-draft': CIRCLE,
  'PUT /v1/cases/{id}/plan-draft': CIRCLE,
  ...linesOf('goals', { added: CIRCLE, changed: CIRCLE, removed: CIRCLE }),
  ...linesOf('commitments', { added: CIRCLE, changed: CIRCLE, removed: CIRCLE }),
  ...linesOf('safety-conditions', { added: FACILITATOR, changed: CIRCLE, removed: FACILITATOR }),
  'GET /v1/cases/{id}/plans': CIRCLE,
  'POST /v1/cases/{id}/plans': FACILITATOR,
  'GET /v1/plans/{id}/difference': CIRCLE,
  'GET /v1/cases/{id}/legal-form': OWN,
  'PUT /v1/cases/{id}/legal-form': FACILITATOR,
  'POST /v1/plans/{id}/submission': FACILITATOR,
  'POST /v1/safety-conditions/{id}/test': ['member'],
  'GET /v1/plans/{id}': CIRCLE,
  'POST /v1/plans/{id}/agreements': CIRCLE,
  'GET /v1/commitments': CIRCLE,
  'GET /v1/commitments/{id}': CIRCLE,
  'PATCH /v1/commitments/{id}': FACILITATOR,
  'POST /v1/commitments/{id}/progress': CIRCLE,
  'POST /v1/commitments/{id}/perspective': CIRCLE,
  'GET /v1/cases/{id}/six-weeks': OWN,
  'POST /v1/cases/{id}/marks': ['main-person', 'member'],
  'GET /v1/cases/{id}/marks': OWN,
  ...OFFERS,
  ...OBSTACLES,
  'GET /v1/wellbeing-instruments': ['facilitator', 'lead', 'analyst', 'main-person'],
  'POST /v1/cases/{id}/wellbeing-measurements': OWN,
  'GET /v1/cost-items': ['facilitator', 'lead', 'analyst', 'admin'],
  'GET /v1/cases/{id}/cost-lines': FACILITATOR,
  'POST /v1/cases/{id}/cost-lines': FACILITATOR,
  'PATCH /v1/cost-lines/{id}': FACILITATOR,
  'DELETE /v1/cost-lines/{id}': FACILITATOR,
  'GET /v1/cases/{id}/micro-analysis': OWN,
  'GET /v1/reports/monthly-figures': ['lead'],
  'GET /v1/reports/lead-times': ['lead'],
  'GET /v1/reports/circle-growth': ['lead'],
  'GET /v1/reports/reach': ['lead'],
  'GET /v1/reports/drop-off': ['lead'],
  // Whoever asks, it is the token of the mail server or the gateway that is sent.
  'POST /v1/delivery-reports/mail': EVERYONE,
  'POST /v1/delivery-reports/sms': EVERYONE,
  'GET /v1/messages/{id}/letter': FACILITATOR,
  'POST /v1/messages/{id}/retry': ['facilitator', 'admin'],
  'GET /v1/messages': ['facilitator', 'admin'],
  'GET /v1/retention-policy': ['admin'],
  'PUT /v1/retention-policy': ['admin'],
  'GET /v1/retention-runs': ['admin'],
  'POST /v1/retention-runs': ['admin'],
  'GET /v1/retention-runs/{id}': ['admin'],
  'GET /v1/retention-runs/{id}/cases': ['admin'],
  'GET /v1/legal-holds': ['lead', 'admin'],
  'GET /v1/cases/{id}/legal-hold': ['facilitator', 'lead', 'admin'],
  'PUT /v1/cases/{id}/legal-hold': ['lead', 'admin'],
  'DELETE /v1/cases/{id}/legal-hold': ['lead', 'admin'],
};

let test: TestApp;
let http: RawHttp;
let digests: TableDigests;
let database: Client;
let stage: Stage;
let here: Record<StaffRole, Caller>;
let colleague: Caller;
let elsewhere: Record<StaffRole, Caller>;
let otherCase: Place;
let foreignCase: Place;
let routes: string[];

/** A case with somebody in it. */
interface Place {
  organisationId: string;
  mainPersonId: string;
  memberId: string;
}

beforeAll(async () => {
  test = await startApp();
  database = new Client(test.database.superuserUrl);
  await database.connect();
  const referrer = await test.staff('Een referrer', 'referrer');
  stage = await setStage(test, { referrer });
  // Who set the stage had more than one role; here everyone has one.
  await database.query(`update people_staff set roles = '{facilitator}' where id = $1`, [stage.facilitator.id]);
  const of = async (staff: TestApp['staff']): Promise<Record<StaffRole, Caller>> =>
    Object.fromEntries(await Promise.all(STAFF.map(async (role) => [role, await staff(`Een ${role}`, role)] as const))) as Record<StaffRole, Caller>;
  here = { ...(await of(test.staff)), facilitator: stage.facilitator };
  colleague = await test.staff('Kees', 'facilitator');
  const zuid = await test.otherOrganisation('zuid');
  elsewhere = await of(zuid.staff);
  const [mine, theirs] = [await aCase(test, {}, colleague), await aCase(test, {}, elsewhere.facilitator)];
  otherCase = { organisationId: test.organisationId, mainPersonId: mine.resident.id, memberId: mine.members.Joost!.id };
  foreignCase = { organisationId: zuid.organisationId, mainPersonId: theirs.resident.id, memberId: theirs.members.Joost!.id };
  http = await RawHttp.to(test);
  digests = await TableDigests.of(test);
  const document = (await http.ask({ method: 'GET', path: '/v1/openapi.json' })).body as { paths: Record<string, Record<string, unknown>> };
  routes = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
}, 120_000);
afterAll(async () => {
  http?.close();
  await digests?.end();
  await database.end();
  await test.stop();
});

/** A session of a participant, as the exchange of a link leaves it. */
const sessions = new Map<string, Promise<string>>();
function sessionOf(organisationId: string, memberId: string, known: boolean): Promise<string> {
  const key = `${memberId} ${known}`;
  if (!sessions.has(key)) sessions.set(key, newSession(organisationId, memberId, known));
  return sessions.get(key)!;
}

async function newSession(organisationId: string, memberId: string, known: boolean): Promise<string> {
  const { token, hash } = newToken(organisationId);
  const until = new Date(START.getTime() + 86_400_000);
  await database.query(
    `insert into people_sessions (organisation_id, id, hash, member_id, purpose, known_until, created_at, expires_at)
     values ($1, $2, $3, $4, 'take-part', $5, $6, $7)`,
    [organisationId, randomUUID(), hash, memberId, known ? until : null, START, until],
  );
  return token;
}

/** The case that an address is about, and the people in it: the member whom it names or whose it is, else one who takes part. */
async function placeOf(path: string): Promise<Place> {
  const ids = path.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  const { rows } = await database.query<{ name: string; owned: boolean }>(
    `select table_name as name, bool_or(column_name = 'member_id') as owned from information_schema.columns
     where table_schema = 'public' and column_name in ('id', 'case_id', 'member_id')
     group by 1 having bool_or(column_name = 'id') and bool_or(column_name = 'case_id') and table_name not in ('audit_events', 'messages')`,
  );
  const found = await Promise.all([
    ...rows.map(({ name, owned }) =>
      database.query<{ case_id: string | null; member_id: string | null }>(
        `select case_id, ${owned ? 'member_id' : name === 'circle_members' ? 'id' : 'null::uuid'} as member_id from ${name} where id = any ($1)`,
        [ids],
      ),
    ),
    database.query<{ case_id: string; member_id: null }>('select id as case_id, null as member_id from cases where id = any ($1)', [ids]),
  ]);
  const known = found.flatMap((one) => one.rows);
  const caseId = known.find((row) => row.case_id)?.case_id;
  if (!caseId) return otherCase;
  const people = await database.query<{ id: string; is_main_person: boolean; state: string }>(
    `select id, is_main_person, state from circle_members where case_id = $1 order by state <> 'invited', id`,
    [caseId],
  );
  const named = people.rows.find(({ id, is_main_person }) => !is_main_person && known.some(({ member_id }) => member_id === id));
  return {
    organisationId: test.organisationId,
    mainPersonId: people.rows.filter(({ is_main_person }) => is_main_person).map(({ id }) => id).sort()[0]!,
    memberId: (named ?? people.rows.find(({ is_main_person }) => !is_main_person))!.id,
  };
}

/** The token with which this kind of person comes, for whom the object is theirs, a colleague's, or of another organisation. */
async function tokenOf(kind: Kind, relation: Relation, own: Place): Promise<string> {
  if (kind === 'stranger') return '';
  if (kind === 'main-person' || kind === 'main-person-unknown' || kind === 'member') {
    const place = relation === 'own' ? own : relation === 'same organisation' ? otherCase : foreignCase;
    return sessionOf(place.organisationId, kind === 'member' ? place.memberId : place.mainPersonId, kind === 'main-person');
  }
  if (relation === 'other organisation') return elsewhere[kind].token;
  if (relation === 'own') return here[kind].token;
  return kind === 'facilitator' ? colleague.token : kind === 'referrer' ? (otherReferrer ??= await test.staff('Nog een', 'referrer')).token : here[kind].token;
}
let otherReferrer: Caller | undefined;

/** A valid request on an object that is there. */
function requestOf(route: string): Wire {
  const [method, path] = route.split(' ') as [string, string];
  if (route === 'GET /v1/meetings/{id}') return { method, path: `/v1/meetings/${stage.poll.id}` };
  if (route === 'GET /v1/circle-members/{id}/data') {
    return { method, path: `/v1/circle-members/${stage.cases.fixed.members.Ada!.id}/data?to=person&how=paper` };
  }
  if (method === 'GET') {
    const read = READS[path]?.(stage) ?? path;
    return { method, path: typeof read === 'string' ? read : read.path };
  }
  const { headers, ...wire } = wireOf(route, rowOf(route, stage));
  return { ...wire, headers: { ...headers, ...(wire.body === undefined ? {} : {}) } };
}

function faultIn(answer: Answer, outcome: Outcome): string | null {
  const type = String((answer.body as { type?: unknown } | undefined)?.type ?? '').split('/').pop();
  const shown = `${answer.status} ${type}`;
  if (outcome === 'step-up') return answer.status === 403 && type === 'step-up-required' ? null : shown;
  if (outcome !== 'has') return answer.status === outcome && type !== 'step-up-required' ? null : shown;
  // What cannot be done in this state is still theirs.
  return [401, 403, 404].includes(answer.status) || answer.status >= 500 ? shown : null;
}

const SIGN_IN: readonly string[] = ['POST /v1/sessions', 'POST /v1/participant-sessions', 'POST /v1/referral-confirmations'];

it('has one row for every route', () => {
  const objects = routes.filter((route) => route.includes('{')).length;
  const rows = objects * KINDS.length * RELATIONS.length + (routes.length - objects) * KINDS.length;
  console.info(`access matrix: ${routes.length} routes (${objects} about an object) × ${KINDS.length} kinds of people × ${RELATIONS.length} relations = ${rows} rows`);
  expect([...routes].sort()).toEqual(Object.keys(MATRIX).sort());
});

it.each(Object.keys(MATRIX))('%s is for whom it is, on which object, and changes nothing for everyone else', async (route) => {
  const wire = requestOf(route);
  const own = await placeOf(wire.path);
  const relations = route.includes('{') ? RELATIONS : RELATIONS.slice(0, 1);
  const rows = await Promise.all(
    relations.flatMap((relation) =>
      KINDS.map(async (kind) => {
        const token = SIGN_IN.includes(route) ? '' : route.includes('/delivery-reports/') ? DELIVERY_TOKEN : await tokenOf(kind, relation, own);
        return { who: `${kind}, ${relation}`, outcome: expected({ route, kind, relation }, MATRIX[route]!), wire: { ...wire, token } };
      }),
    ),
  );
  const ask = async (some: typeof rows): Promise<string[]> =>
    (await Promise.all(some.map(async ({ who, outcome, wire }) => ({ who, outcome, fault: faultIn(await http.ask(wire), outcome) }))))
      .flatMap(({ who, outcome, fault }) => (fault ? [`${who}: ${fault} in place of ${outcome}`] : []));
  const before = await digests.lines();
  const faults = [
    ...(await ask(rows.filter(({ outcome }) => outcome !== 'has'))),
    ...(await withoutKeeping(test, () => ask(rows.filter(({ outcome }) => outcome === 'has')))),
  ];
  const after = await digests.lines();
  expect([...faults, ...after.filter((line, i) => line !== before[i]).map((line) => `changed: ${line.split(' ')[0]}`)]).toEqual([]);
});

it('needs a rule on every route', async () => {
  expect((await test.as('onzin').get('/v1/me')).status).toBe(401);
  expect((await test.as().get('/v1/bestaat-niet')).status).toBe(404);
});

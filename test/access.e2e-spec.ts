import type { StaffRole } from '../src/platform/actor.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { anInvitedCase, atTheTable, type StoryCase } from './support/stories.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { byLink } from './support/stories.js';

const STAFF = ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] as const satisfies readonly StaffRole[];
type Person = StaffRole | 'main-person' | 'member' | 'stranger';
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
  'GET /v1/facilitators': TAKERS,
  'POST /v1/facilitators/{id}/handover': ['facilitator', 'lead', 'admin'],
  'GET /v1/duty-roster': TAKERS,
  'PUT /v1/duty-roster': ['lead'],
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
  'GET /v1/cases/{id}/circle-members': OWN,
  'POST /v1/cases/{id}/circle-members': OWN,
  'GET /v1/circle-members/{id}': CIRCLE,
  'PATCH /v1/circle-members/{id}': FACILITATOR,
  'POST /v1/circle-members/{id}/approval': OWN,
  'POST /v1/circle-members/{id}/refusal': CIRCLE,
  'POST /v1/circle-members/{id}/removal': CIRCLE,
  'POST /v1/circle-members/{id}/contact-attempts': FACILITATOR,
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
  'POST /v1/cases/{id}/meetings': FACILITATOR,
  'GET /v1/meetings/{id}': CIRCLE,
  'PUT /v1/meetings/{id}/responses/{memberId}': CIRCLE,
  'POST /v1/meetings/{id}/confirmation': OWN,
  'GET /v1/meetings/{id}/calendar.ics': CIRCLE,
  'PUT /v1/meetings/{id}/attendance': FACILITATOR,
  'POST /v1/meetings/{id}/conclusion': FACILITATOR,
  'GET /v1/cases/{id}/statements/{memberId}': OWN,
  'PUT /v1/cases/{id}/statements/{memberId}': OWN,
  'PUT /v1/cases/{id}/preconditions': FACILITATOR,
  'GET /v1/cases/{id}/plan-draft': OWN,
  'PUT /v1/cases/{id}/plan-draft': FACILITATOR,
  'POST /v1/cases/{id}/plans': FACILITATOR,
  'GET /v1/plans/{id}': CIRCLE,
  'POST /v1/plans/{id}/agreements': CIRCLE,
  'GET /v1/commitments': CIRCLE,
  'GET /v1/commitments/{id}': CIRCLE,
  'PATCH /v1/commitments/{id}': FACILITATOR,
  'POST /v1/commitments/{id}/progress': CIRCLE,
  'GET /v1/wellbeing-instruments': ['facilitator', 'lead', 'analyst', 'main-person'],
  'POST /v1/cases/{id}/wellbeing-measurements': OWN,
  'GET /v1/cost-items': ['facilitator', 'lead', 'analyst', 'admin'],
  'GET /v1/cases/{id}/cost-lines': FACILITATOR,
  'POST /v1/cases/{id}/cost-lines': FACILITATOR,
  'PATCH /v1/cost-lines/{id}': FACILITATOR,
  'DELETE /v1/cost-lines/{id}': FACILITATOR,
  'GET /v1/cases/{id}/micro-analysis': OWN,
  'GET /v1/reports/monthly-figures': ['lead'],
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
let story: StoryCase;
let people: Record<Person, Caller>;
let routes: string[];

beforeAll(async () => {
  test = await startApp();
  story = await anInvitedCase(test);
  const staff = await Promise.all(STAFF.map(async (role) => [role, await test.staff(`Een ${role}`, role)] as const));
  people = {
    ...(Object.fromEntries(staff) as Record<StaffRole, Caller>),
    'main-person': await atTheTable(test, story, story.resident.id),
    member: await byLink(test, linkToken(await mailTo(test.app, 'joost@example.org'))),
    stranger: test.as(),
  };
  const document = (await test.as().get('/v1/openapi.json').expect(200)).body as { paths: Record<string, Record<string, unknown>> };
  routes = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
});
afterAll(() => test.stop());

const NOWHERE = '019a9f00-0000-7000-8000-00000000dead';

function call(who: Caller, route: string, id = NOWHERE): ReturnType<Caller['get']> {
  const [method, path] = route.split(' ') as [string, string];
  const target = path.replace(/\{\w+\}/g, id);
  return who[method.toLowerCase() as 'get'](target);
}

it('has one row for every route', () => {
  console.info(`access matrix: ${routes.length} routes × ${EVERYONE.length} kinds of people = ${routes.length * EVERYONE.length} rows`);
  expect([...routes].sort()).toEqual(Object.keys(MATRIX).sort());
});

it.each(Object.entries(MATRIX))('%s answers those who never have it with 401 or 403, before it looks at anything else', async (route, allowed) => {
  for (const person of EVERYONE.filter((one) => !allowed.includes(one))) {
    const { status } = await call(people[person], route);
    expect({ person, status }).toEqual({ person, status: person === 'stranger' ? 401 : 403 });
  }
});

const ENDS_THE_SESSION = 'DELETE /v1/sessions/current';

it.each(Object.entries(MATRIX).filter(([route]) => route !== ENDS_THE_SESSION))('%s does not turn away those who have it', async (route, allowed) => {
  for (const person of allowed) {
    const { status, body } = await call(people[person], route);
    const turnedAway = status === 401 || (status === 403 && !String((body as { type?: string }).type).endsWith('step-up-required'));
    const signIn = route.endsWith('sessions');
    expect({ person, turnedAway: turnedAway && !signIn }).toEqual({ person, turnedAway: false });
    expect(status).not.toBe(500);
  }
});

it.each(Object.keys(MATRIX).filter((route) => route.includes('{')))('%s does not know the objects of another organisation', async (route) => {
  const other = await test.otherOrganisation(`o${routes.indexOf(route)}`);
  const stranger = await other.staff('Zoë', 'facilitator', 'lead', 'referrer', 'admin');
  const { status } = await call(stranger, route, route.includes('circle-members/{id}') ? story.members.Ria!.id : story.id);
  expect([400, 404, 428]).toContain(status);
});

it('needs a rule on every route', async () => {
  expect((await test.as('onzin').get('/v1/me')).status).toBe(401);
  expect((await test.as().get('/v1/bestaat-niet')).status).toBe(404);
});

it.each([
  'POST /v1/cases/{id}/reviews',
  'POST /v1/meetings/{id}/move',
  'POST /v1/commitments/{id}/obstacles',
  'GET /v1/reports/lead-times',
])('%s comes later: until then it is not there', async (route) => {
  expect((await call(people.lead, route)).status).toBe(404);
});

import type { StaffRole } from '../../src/platform/actor.js';

export const STAFF = ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] as const satisfies readonly StaffRole[];
export type Person = StaffRole | 'main-person' | 'member' | 'stranger';

const CIRCLE: readonly Person[] = ['facilitator', 'main-person', 'member'];
/** What is asked and offered around promises. */
export const OFFERS: Record<string, readonly Person[]> = {
  'GET /v1/offers': CIRCLE,
  'POST /v1/commitments/{id}/passing-on': CIRCLE,
  'POST /v1/commitments/{id}/passing-on/answer': CIRCLE,
  'POST /v1/commitments/{id}/help': CIRCLE,
  'POST /v1/commitments/{id}/help/offers': CIRCLE,
  'POST /v1/cases/{id}/contributions': CIRCLE,
  'POST /v1/contributions/{id}/answer': ['facilitator', 'main-person'],
};

/** The persons of a row: as above, and a main person also on a device that is not known. */
export type Kind = Person | 'main-person-unknown';
export const KINDS: readonly Kind[] = [...STAFF, 'main-person', 'main-person-unknown', 'member', 'stranger'];
const roleOf = (kind: Kind): Person => (kind === 'main-person-unknown' ? 'main-person' : kind);

/** Who has the routes of one kind of line of the draft. */
export const linesOf = (kind: string, who: Record<'added' | 'changed' | 'removed', readonly Person[]>): Record<string, readonly Person[]> => ({
  [`POST /v1/cases/{id}/plan-draft/${kind}`]: who.added,
  [`PATCH /v1/cases/{id}/plan-draft/${kind}/{lineId}`]: who.changed,
  [`DELETE /v1/cases/{id}/plan-draft/${kind}/{lineId}`]: who.removed,
});

/** Whose the object is, seen from the person: their own case or referral, another one of the organisation, of another one. */
export const RELATIONS = ['own', 'same organisation', 'other organisation'] as const;
export type Relation = (typeof RELATIONS)[number];

/** What somebody gets: the route does its work, or this status. */
export type Outcome = 'has' | 401 | 403 | 404 | 'step-up';

/** Where a device must be known. Written by hand, like who has it. */
const KNOWN_DEVICE: readonly string[] = [
  'GET /v1/cases/{id}',
  'GET /v1/cases/{id}/timeline',
  'GET /v1/cases/{id}/circle-members',
  'POST /v1/cases/{id}/circle-members',
  'POST /v1/circle-members/{id}/approval',
  'POST /v1/circle-members/{id}/releases',
  'GET /v1/cases/{id}/statements/{memberId}',
  'PUT /v1/cases/{id}/statements/{memberId}',
  'GET /v1/cases/{id}/statements/{memberId}/history',
  'GET /v1/cases/{id}/preconditions',
  'PUT /v1/cases/{id}/preconditions',
  'GET /v1/cases/{id}/preconditions/history',
  'GET /v1/cases/{id}/plans',
  'GET /v1/plans/{id}/difference',
  'GET /v1/cases/{id}/circle-answers/{memberId}',
  'PUT /v1/cases/{id}/circle-answers/{memberId}',
  'GET /v1/cases/{id}/plan-draft',
  'PUT /v1/cases/{id}/plan-draft',
  'GET /v1/cases/{id}/six-weeks',
  'POST /v1/cases/{id}/reopening',
  'GET /v1/cases/{id}/marks',
  'POST /v1/cases/{id}/plan-draft/goals',
  'PATCH /v1/cases/{id}/plan-draft/goals/{lineId}',
  'DELETE /v1/cases/{id}/plan-draft/goals/{lineId}',
  'POST /v1/cases/{id}/plan-draft/commitments',
  'PATCH /v1/cases/{id}/plan-draft/commitments/{lineId}',
  'DELETE /v1/cases/{id}/plan-draft/commitments/{lineId}',
  'PATCH /v1/cases/{id}/plan-draft/safety-conditions/{lineId}',
  'GET /v1/plans/{id}',
  'POST /v1/plans/{id}/agreements',
  'POST /v1/commitments/{id}/help/offers',
  'POST /v1/contributions/{id}/answer',
  'POST /v1/obstacles/{id}/director-mail-answers',
  'PUT /v1/meetings/{id}/chair',
  'PUT /v1/meetings/{id}/scribe',
  'PUT /v1/meetings/{id}/attendance',
  'GET /v1/cases/{id}/micro-analysis',
  'GET /v1/cases/{id}/law-clocks',
  'GET /v1/cases/{id}/legal-form',
  'GET /v1/me/data',
  'GET /v1/me/file-looks',
  'PATCH /v1/me/data',
  'POST /v1/me/erasure-requests',
];

/** The same for circle members. */
const KNOWN_DEVICE_OF_MEMBERS: readonly string[] = [
  ...KNOWN_DEVICE.filter((route) => route.includes('/plan-draft')),
  'GET /v1/cases/{id}/plans', 'GET /v1/plans/{id}/difference',
  'POST /v1/commitments/{id}/help/offers', 'POST /v1/circle-members/{id}/releases', 'GET /v1/plans/{id}', 'POST /v1/plans/{id}/agreements', 'POST /v1/safety-conditions/{id}/test', 'GET /v1/me/file-looks', 'PATCH /v1/me/data',
];

/** About others a main person decides on a known device only; these rows are about another one. */
const ABOUT_ANOTHER: readonly string[] = ['GET /v1/circle-members/{id}', 'POST /v1/circle-members/{id}/refusal', 'POST /v1/circle-members/{id}/removal'];

/** Open referrals are of all who take referrals on, and of who made them. */
const isReferral = (route: string): boolean => route.includes('/referrals/{id}');

/** Who has the route but not this object, or has it in another way, although it is of their own case. */
const NOT_THIS: Record<string, Partial<Record<Kind, Outcome>>> = {
  // A lead assigns and does not read along; the circle has no file.
  'GET /v1/cases/{id}': { lead: 404, member: 404 },
  // These are about somebody else of the case.
  'GET /v1/meetings/{id}/calendar.ics': { member: 404 },
  // Of who leads it.
  'GET /v1/meetings/{id}/script': { member: 404 },
  'PUT /v1/meetings/{id}/responses/{memberId}': { 'main-person': 404, 'main-person-unknown': 404 },
  'GET /v1/commitments/{id}': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/commitments/{id}/progress': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/commitments/{id}/perspective': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/commitments/{id}/obstacles': { 'main-person': 404, 'main-person-unknown': 404 },
  'PATCH /v1/obstacles/{id}': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/obstacles/{id}/removal': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/obstacles/{id}/reopening': { 'main-person': 404, 'main-person-unknown': 404 },
  // A lead sees it once it stands long; a main person, on a known device, that something is in the way of another.
  'GET /v1/obstacles/{id}': { lead: 404, 'main-person-unknown': 404 },
  'POST /v1/commitments/{id}/passing-on': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/commitments/{id}/help': { 'main-person': 404, 'main-person-unknown': 404 },
  // It is asked of another one.
  'POST /v1/commitments/{id}/passing-on/answer': { 'main-person': 404, 'main-person-unknown': 404, member: 404 },
  'GET /v1/circle-members/{id}/participation': { 'main-person': 404, 'main-person-unknown': 404 },
  'PUT /v1/circle-members/{id}/participation': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/consents/{id}/withdrawal': { member: 404 },
  'GET /v1/circle-members/{id}/consents': { member: 404 },
  // Only the circle calls somebody in; where the facilitator leads, they say who was there.
  'POST /v1/meetings/{id}/private-time/calls': { facilitator: 403 },
  'PUT /v1/meetings/{id}/attendance': { 'main-person': 403 },
  // Of a facilitator who is handed over by a lead: not this one's.
  'POST /v1/facilitators/{id}/handover': { facilitator: 404 },
  // The facilitator's own session.
  'DELETE /v1/me/sessions/{id}': { referrer: 404, lead: 404, analyst: 404, admin: 404 },
};

/** What a row answers; `has` is who ever has the route. */
export function expected({ route, kind, relation }: { route: string; kind: Kind; relation: Relation }, has: readonly Person[]): Outcome {
  if (!has.includes(roleOf(kind))) return kind === 'stranger' ? 401 : 403;
  if (kind === 'main-person-unknown' && KNOWN_DEVICE.includes(route)) return 'step-up';
  if (kind === 'member' && KNOWN_DEVICE_OF_MEMBERS.includes(route)) return 'step-up';
  if (!route.includes('{')) return 'has';
  // The address is the secret: who has it is in.
  if (route.includes('/agenda/')) return 'has';
  if (relation === 'other organisation') return 404;
  if (isReferral(route)) {
    // Taking it on for somebody else is the lead's.
    if (route.endsWith('/acceptance') && kind === 'facilitator' && relation === 'same organisation') return 403;
    const takes = kind === 'lead' || (kind === 'facilitator' && !route.endsWith('/withdrawal'));
    return takes || (kind === 'referrer' && relation === 'own') ? 'has' : 404;
  }
  if (route.includes('/public-places/{id}')) return 'has';
  if (OF_THE_ORGANISATION.some((part) => route.includes(part)) && (kind === 'lead' || kind === 'admin')) return 'has';
  if (relation === 'same organisation') return 404;
  if (kind === 'main-person-unknown' && ABOUT_ANOTHER.includes(route)) return 'step-up';
  return NOT_THIS[route]?.[kind] ?? 'has';
}

/** What leads and admins do for the whole organisation. */
const OF_THE_ORGANISATION = ['/messages/{id}/retry', '/handover', '/erasure-requests/{id}', '/legal-hold', '/retention-runs/{id}', '/staff/{id}'];

/** Who has what is in the way, and what comes of it. */
export const OBSTACLES: Record<string, readonly Person[]> = {
  'POST /v1/commitments/{id}/obstacles': ['facilitator', 'main-person', 'member'],
  'GET /v1/obstacles': ['lead', 'facilitator', 'main-person', 'member'],
  'GET /v1/obstacles/{id}': ['lead', 'facilitator', 'main-person', 'member'],
  'PATCH /v1/obstacles/{id}': ['facilitator', 'main-person', 'member'],
  'POST /v1/obstacles/{id}/removal': ['facilitator', 'main-person', 'member'],
  'POST /v1/obstacles/{id}/reopening': ['facilitator', 'main-person', 'member'],
  'POST /v1/obstacles/{id}/director-mail-answers': ['facilitator', 'main-person'],
  'GET /v1/reports/obstacles': ['lead'],
  'GET /v1/obstacle-lessons': ['lead'],
  'POST /v1/obstacle-lessons': ['lead'],
  'GET /v1/directors': ['lead', 'admin'],
  'PUT /v1/directors': ['lead', 'admin'],
};

import type { StaffRole } from '../../src/platform/actor.js';

export const STAFF = ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] as const satisfies readonly StaffRole[];
export type Person = StaffRole | 'main-person' | 'member' | 'stranger';

/** The persons of a row: as above, and a main person also on a device that is not known. */
export type Kind = Person | 'main-person-unknown';
export const KINDS: readonly Kind[] = [...STAFF, 'main-person', 'main-person-unknown', 'member', 'stranger'];
const roleOf = (kind: Kind): Person => (kind === 'main-person-unknown' ? 'main-person' : kind);

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
  'GET /v1/cases/{id}/plan-draft',
  'GET /v1/plans/{id}',
  'POST /v1/plans/{id}/agreements',
  'GET /v1/cases/{id}/micro-analysis',
  'GET /v1/cases/{id}/law-clocks',
  'GET /v1/me/data',
  'GET /v1/me/file-looks',
  'PATCH /v1/me/data',
  'POST /v1/me/erasure-requests',
];

/** The same for circle members. */
const KNOWN_DEVICE_OF_MEMBERS: readonly string[] = ['POST /v1/circle-members/{id}/releases', 'GET /v1/plans/{id}', 'POST /v1/plans/{id}/agreements', 'GET /v1/me/file-looks', 'PATCH /v1/me/data'];

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
  'PUT /v1/meetings/{id}/responses/{memberId}': { 'main-person': 404, 'main-person-unknown': 404 },
  'GET /v1/commitments/{id}': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/commitments/{id}/progress': { 'main-person': 404, 'main-person-unknown': 404 },
  'POST /v1/consents/{id}/withdrawal': { member: 404 },
  'GET /v1/circle-members/{id}/consents': { member: 404 },
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
const OF_THE_ORGANISATION = ['/handover', '/erasure-requests/{id}', '/legal-hold', '/retention-runs/{id}', '/staff/{id}'];

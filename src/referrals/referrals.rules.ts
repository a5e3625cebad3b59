import { isTooYoungFor } from '../circle/approval.rules.js';
import { circleKindOf, isReachable, type Relation, type WaysToReach } from '../circle/circle.rules.js';
import type { FieldError } from '../platform/http/problem.js';
import type { Transitions } from '../platform/transitions.js';

export const REFERRAL_STATES = [
  'awaiting-confirmation',
  'received',
  'more-information-needed',
  'accepted',
  'declined',
  'withdrawn',
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];
export type ReferralEvent = 'confirm' | 'accept' | 'decline' | 'withdraw' | 'ask' | 'answer';

/** What moves a referral. */
export const REFERRAL_TRANSITIONS: Transitions<ReferralState, ReferralEvent> = {
  'awaiting-confirmation': { confirm: 'received', withdraw: 'withdrawn' },
  received: { accept: 'accepted', decline: 'declined', ask: 'more-information-needed', withdraw: 'withdrawn' },
  'more-information-needed': { answer: 'received', withdraw: 'withdrawn' },
  accepted: {},
  declined: {},
  withdrawn: {},
};

export const OPEN_REFERRAL_STATES: readonly ReferralState[] = ['awaiting-confirmation', 'received', 'more-information-needed'];

export const SOURCES = [
  'team',
  'school',
  'gp',
  'police',
  'housing',
  'debt-counselling',
  'health',
  'volunteer',
  'resident',
  'other',
] as const;
export type Source = (typeof SOURCES)[number];

/** What a referrer from here is to the circle, when they take part in it. */
export const REFERRER_RELATIONS: Readonly<Record<Source, Relation | null>> = {
  team: 'team-worker',
  school: 'teacher',
  gp: 'gp',
  police: 'police',
  housing: 'housing-worker',
  'debt-counselling': 'administrator',
  health: 'therapist',
  volunteer: 'volunteer',
  resident: null,
  other: 'other',
};

export const DECLINE_REASONS = ['not-suitable', 'other-help-first', 'no-consent', 'outside-area', 'double', 'other'] as const;
export const WITHDRAWAL_REASONS = ['resident-does-not-want', 'solved', 'other-help', 'mistake', 'other'] as const;
export const QUESTION_REASONS = ['contact-details', 'question-unclear', 'consent-unclear', 'circle-unclear', 'safety-unclear', 'other'] as const;

/** How far back the same person counts as a possible double. */
export const DOUBLE_WITHIN_DAYS = 90;

/** How long a referrer without an account may take to confirm. */
export const CONFIRM_WITHIN_DAYS = 14;

/** Within so many working days somebody looks at a referral, and a facilitator reaches the referrer after taking it on. */
export const TRIAGE_WORKING_DAYS = 2;
export const REACH_WORKING_DAYS = 2;

interface CheckedPerson extends WaysToReach {
  name?: string;
  firstName?: string;
  relation?: Relation;
  professional?: boolean;
  ageBand?: string;
}

export interface CheckedReferral {
  source: Source;
  referrer?: { email?: string };
  resident: WaysToReach;
  otherMainPersons?: WaysToReach[];
  safety: { level: 'none' | 'concern' | 'acute' };
  consent?: { given: boolean; on?: string; how?: string; ground?: string };
  circle?: CheckedPerson[];
}

/**
 * What a referral must hold beyond the form of its fields: everyone reachable, the resident's yes or,
 * when acute, the legal ground, and a referrer who can be asked.
 */
export function referralErrors(referral: CheckedReferral, by: 'staff' | 'stranger', today: string): FieldError[] {
  return [
    ...referrerErrors(referral, by),
    ...(isReachable(referral.resident) ? [] : [{ pointer: '/resident', code: 'unreachable' }]),
    ...(referral.otherMainPersons ?? []).flatMap((person, i) =>
      isReachable(person) ? [] : [{ pointer: `/otherMainPersons/${i}`, code: 'unreachable' }],
    ),
    ...consentErrors(referral, today),
    ...(referral.circle ?? []).flatMap((person, i, all) => personErrors(person, i, all, referral.source === 'resident')),
  ];
}

function referrerErrors({ source, referrer }: CheckedReferral, by: 'staff' | 'stranger'): FieldError[] {
  if (by === 'staff' || source === 'resident') return [];
  if (!referrer) return [{ pointer: '/referrer', code: 'required' }];
  // The confirmation goes there.
  return referrer.email === undefined ? [{ pointer: '/referrer/email', code: 'required' }] : [];
}

function consentErrors({ source, consent, safety }: CheckedReferral, today: string): FieldError[] {
  if (!consent) return source === 'resident' ? [] : [{ pointer: '/consent', code: 'required' }];
  const acute = safety.level === 'acute';
  if (consent.ground !== undefined && !acute) return [{ pointer: '/consent/ground', code: 'ground-only-acute' }];
  if (!consent.given && !acute) return [{ pointer: '/consent/given', code: 'consent-needed' }];
  if (!consent.given && consent.ground === undefined) return [{ pointer: '/consent/ground', code: 'required' }];
  if (consent.on !== undefined && consent.on > today) return [{ pointer: '/consent/on', code: 'in-the-future' }];
  return [];
}

function personErrors(
  person: CheckedPerson,
  i: number,
  all: readonly WaysToReach[],
  bySelf: boolean,
): FieldError[] {
  const at = `/circle/${i}`;
  const { viaIndex } = person;
  if (viaIndex !== undefined && (viaIndex >= all.length || goesRound(all, i))) return [{ pointer: `${at}/viaIndex`, code: 'unknown-member' }];
  const { relation = 'other', professional, ageBand = null } = person;
  if (isTooYoungFor(circleKindOf(relation, professional), { relation, ageBand })) return [{ pointer: `${at}/ageBand`, code: 'not-a-child' }];
  // Who asks for themself names people by first name; the facilitator finds out the rest with them.
  if (bySelf) return person.name ?? person.firstName ? [] : [{ pointer: `${at}/name`, code: 'required' }];
  return [
    ...(person.name === undefined ? [{ pointer: `${at}/name`, code: 'required' }] : []),
    ...(person.relation === undefined ? [{ pointer: `${at}/relation`, code: 'required' }] : []),
    ...(isReachable(person) ? [] : [{ pointer: at, code: 'unreachable' }]),
  ];
}

/** Whether "through someone else" leads back to the same person, so that nobody can be reached. */
function goesRound(all: readonly WaysToReach[], start: number): boolean {
  let at = start;
  for (let steps = 0; steps < all.length; steps += 1) {
    const next = all[at]?.viaIndex;
    if (next === undefined) return false;
    if (next === start) return true;
    at = next;
  }
  return false;
}

/** Nobody on duty, and no time to choose a form: an acute referral of unknown kind becomes a netwerkberaad. */
export function kindAtReferral<Kind extends string>(kind: Kind, level: string): Kind | 'netwerkberaad' {
  return kind === 'unknown' && level === 'acute' ? 'netwerkberaad' : kind;
}

interface Proposed {
  name?: string;
  firstName?: string;
  email?: string;
  phone?: string;
  professional?: boolean;
  viaIndex?: number;
}

/** A proposed person without anything that says who they are, when it is this one: by name, mail or telephone. */
export function withoutPerson<P extends Proposed>(proposed: P, person: { name: string; email?: string; phone?: string }, someone: string): P {
  const same =
    (proposed.name ?? proposed.firstName) === person.name ||
    (proposed.email !== undefined && proposed.email === person.email) ||
    (proposed.phone !== undefined && proposed.phone === person.phone);
  if (!same) return proposed;
  const { professional, viaIndex } = proposed;
  // Its place in the list stays: others may be reached through it.
  return JSON.parse(JSON.stringify({ name: someone, relation: 'other', professional, viaIndex })) as P;
}

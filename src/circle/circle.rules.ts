import type { Transitions } from '../platform/transitions.js';
import type { InvitationRole } from '../texts/invitation.js';

export const MEMBER_STATES = [
  'proposed',
  'approved',
  'approached',
  'invited',
  'coming',
  'maybe',
  'not-coming',
  'refused',
  'unreachable',
  'removed',
] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export type MemberEvent =
  | 'approve' | 'disapprove' | 'reach' | 'invite' | 'come' | 'hesitate' | 'stay-away' | 'ask-again' | 'refuse' | 'remove' | 'lose-touch';

/** The ways out for who may be contacted. There is no way back: somebody who can be reached after all is proposed anew. */
const ENDS = { refuse: 'refused', remove: 'removed', 'lose-touch': 'unreachable' } as const;
const ANSWERS = { come: 'coming', hesitate: 'maybe', 'stay-away': 'not-coming', ...ENDS } as const;

/** The date that they answered is no longer the date: they are asked again. */
const ANSWERED = { ...ANSWERS, 'ask-again': 'invited' } as const;

/** What moves a circle member. Main persons stay `approved` and are not in this table. */
export const MEMBER_TRANSITIONS: Transitions<MemberState, MemberEvent> = {
  proposed: { approve: 'approved', refuse: 'refused', remove: 'removed' },
  approved: { disapprove: 'proposed', reach: 'approached', invite: 'invited', ...ENDS },
  approached: { disapprove: 'proposed', invite: 'invited', ...ENDS },
  invited: ANSWERS,
  coming: ANSWERED,
  maybe: ANSWERED,
  'not-coming': ANSWERED,
  refused: {},
  unreachable: {},
  removed: {},
};

/** Invited, whatever they answered: they hear about dates. */
export const INVITED_STATES: readonly MemberState[] = ['invited', 'coming', 'maybe', 'not-coming'];

/** Approved and not yet invited. */
export const INVITABLE_STATES: readonly MemberState[] = ['approved', 'approached'];

/** Nobody is contacted before somebody said that they may be. */
export const CONTACTABLE_STATES: readonly MemberState[] = [...INVITABLE_STATES, ...INVITED_STATES];

export type CircleKind = 'informal' | 'professional' | 'aide';

/** Each relation and the part of the circle that it counts for; an aide is not counted. */
export const RELATIONS = {
  partner: 'informal',
  parent: 'informal',
  child: 'informal',
  sibling: 'informal',
  grandparent: 'informal',
  relative: 'informal',
  friend: 'informal',
  neighbour: 'informal',
  classmate: 'informal',
  colleague: 'informal',
  club: 'informal',
  faith: 'informal',
  volunteer: 'informal',
  jim: 'informal',
  'support-person': 'aide',
  interpreter: 'aide',
  teacher: 'professional',
  gp: 'professional',
  'team-worker': 'professional',
  'youth-protection': 'professional',
  administrator: 'professional',
  police: 'professional',
  'housing-worker': 'professional',
  therapist: 'professional',
  other: 'informal',
} as const satisfies Record<string, CircleKind>;
export type Relation = keyof typeof RELATIONS;
export const RELATION_NAMES = Object.keys(RELATIONS) as Relation[];

/** Which part of the circle someone is: by relation, unless it is said that they come as a professional. */
export function circleKindOf(relation: Relation, professional: boolean | undefined): CircleKind {
  const byRelation = RELATIONS[relation];
  if (byRelation === 'aide') return 'aide';
  if (professional === undefined) return byRelation;
  return professional ? 'professional' : 'informal';
}

/** As what somebody is asked; under sixteen is young, whatever else they are. */
export function invitedAs(member: { relation: Relation | null; circleKind: CircleKind; ageBand: string | null }): InvitationRole {
  if (member.ageBand === 'under-12' || member.ageBand === '12-15') return 'young';
  if (member.relation === 'interpreter' || member.relation === 'jim') return member.relation;
  return member.circleKind === 'aide' ? 'support-person' : member.circleKind;
}

export const AGE_BANDS = ['under-12', '12-15', '16-17', 'adult'] as const;
export const CHANNELS = ['call', 'sms', 'mail', 'letter', 'visit'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface WaysToReach {
  email?: string;
  phone?: string;
  reach?: 'letter' | 'visit' | 'via-member';
  address?: string;
  viaMemberId?: string;
  viaIndex?: number;
}

/** Whether there is any way to reach this person. */
export function isReachable(person: WaysToReach): boolean {
  if (person.email !== undefined || person.phone !== undefined || person.reach === 'visit') return true;
  if (person.viaMemberId !== undefined || person.viaIndex !== undefined) return true;
  return person.reach === 'letter' && person.address !== undefined;
}

export interface Contact {
  channel: Channel;
  address: string | null;
}

/** A number that takes text messages, E.164. */
export const MOBILE = /^\+(316\d{8}|(?!31)\d+)$/;

/**
 * How the service, or the facilitator by hand, reaches someone: mail, SMS to a mobile, a call, a letter, a visit, whichever
 * can be. The channel that someone named is the safe one, so no other takes its place by itself: where it cannot be, it is a
 * task for a person.
 */
export function contactOf(person: Parameters<typeof contactsOf>[0]): Contact {
  return contactsOf(person)[0]!;
}

/** Every way to someone that is safe, the usual one first; where they named a channel only that one. */
export function contactsOf(person: WaysToReach & { contactPreference?: { channel?: Channel } }): Contact[] {
  const possible: Contact[] = [];
  if (person.email) possible.push({ channel: 'mail', address: person.email });
  if (person.phone && MOBILE.test(person.phone)) possible.push({ channel: 'sms', address: person.phone });
  if (person.phone) possible.push({ channel: 'call', address: person.phone });
  if (person.address) possible.push({ channel: 'letter', address: person.address });
  possible.push({ channel: 'visit', address: person.address ?? null });
  const safe = person.contactPreference?.channel;
  if (safe === undefined) return possible;
  const byHand: Contact = safe === 'letter' ? { channel: 'letter', address: null } : { channel: 'call', address: person.phone ?? null };
  return [possible.find(({ channel }) => channel === safe) ?? byHand];
}

/** Where a link that was asked for with a mail address or a number goes: there, unless another way was named as the safe one. */
export function wayToSendAgain(person: Parameters<typeof contactOf>[0], via: 'mail' | 'sms'): Contact {
  const usual = contactOf(person);
  const asked: Contact = { channel: via, address: (via === 'mail' ? person.email : person.phone) ?? null };
  return isSafeChannel(via, person.contactPreference) ? asked : usual;
}

/** Whether a link or a code may go this way: any, unless another one was named as the safe one. */
export const isSafeChannel = (via: 'mail' | 'sms', preference: { channel?: Channel } | undefined): boolean =>
  preference?.channel === undefined || preference.channel === via;

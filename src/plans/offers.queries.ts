// Reads: circle_members, cases, plans_commitments, circle_contact_restrictions. Writes: plans_passings, plans_help, plans_help_offers, plans_contributions.
import { OPEN_STATES } from '../cases/cases.rules.js';
import { statement } from '../platform/database/tx.js';
import type { CommitmentState } from './commitments.rules.js';
import { PASSABLE_STATES, type ContributionState, type PassingState } from './offers.rules.js';

export interface PassingRow {
  id: string;
  caseId: string;
  commitmentId: string;
  fromId: string;
  fromName: string;
  toId: string;
  toName: string;
  state: PassingState;
  sealed: Buffer | null;
  askedAt: Date;
  endedAt: Date | null;
  dueOn: string;
  every: string | null;
  /** Of the commitment, still sealed. */
  text: Buffer;
  facilitatorId: string;
}

const name = (member: string): string => `coalesce(${member}.first_name, ${member}.name)`;

const PASSINGS = `select p.id, p.case_id as "caseId", p.commitment_id as "commitmentId", p.from_member_id as "fromId", ${name('f')} as "fromName",
    p.to_member_id as "toId", ${name('t')} as "toName", p.state, p.sealed, p.asked_at as "askedAt", p.ended_at as "endedAt",
    c.due_on as "dueOn", c.every, c.sealed as text, k.facilitator_id as "facilitatorId"
  from plans_passings p
  join plans_commitments c on c.organisation_id = p.organisation_id and c.id = p.commitment_id
  join circle_members f on f.organisation_id = p.organisation_id and f.id = p.from_member_id
  join circle_members t on t.organisation_id = p.organisation_id and t.id = p.to_member_id
  join cases k on k.organisation_id = p.organisation_id and k.id = p.case_id
  where p.organisation_id = $1`;

/** In a case that ended nothing is asked or offered any more. */
const GOES_ON = `k.state in (${OPEN_STATES.map((state) => `'${state}'`).join()})`;
const PASSABLE = `c.state in (${PASSABLE_STATES.map((state) => `'${state}'`).join()})`;
/** As long as it is theirs who asked: a new version may have given it to somebody else. */
const IS_ASKED = `p.state = 'asked' and c.member_id = p.from_member_id`;
/** What is done, given back or released needs no answer any more. */
const IS_OPEN = `${IS_ASKED} and ${PASSABLE} and ${GOES_ON}`;

/** The question that is open about a commitment. */
export const OPEN_PASSING = statement('plans.passing-open', `${PASSINGS} and p.commitment_id = $2 and ${IS_ASKED}`);
/** What is open of the cases of a facilitator ($2), of one of them ($3) when it is given. */
export const PASSINGS_OF_FACILITATOR = statement(
  'plans.passings-of-facilitator',
  `${PASSINGS} and k.facilitator_id = $2 and ($3::uuid is null or p.case_id = $3) and ${IS_OPEN} order by p.id`,
);
/** What somebody ($2, of case $3) is asked, or asked another and heard. */
export const PASSINGS_OF_MEMBER = statement(
  'plans.passings-of-member',
  `${PASSINGS} and p.case_id = $3 and ((p.to_member_id = $2 and ${IS_OPEN}) or (p.from_member_id = $2 and (${IS_OPEN} or p.state in ('accepted', 'declined')))) order by p.id`,
);
export const INSERT_PASSING = statement(
  'plans.passing-insert',
  `insert into plans_passings (organisation_id, id, case_id, commitment_id, from_member_id, to_member_id, state, sealed, asked_at)
   values ($1, $2, $3, $4, $5, $6, 'asked', $7, $8)`,
);
export const END_PASSING = statement(
  'plans.passing-end',
  `update plans_passings set state = $3, ended_at = $4 where organisation_id = $1 and commitment_id = $2 and state = 'asked' returning id`,
);

export interface HelpRow {
  commitmentId: string;
  caseId: string;
  memberId: string;
  memberName: string;
  shared: boolean;
  sealed: Buffer;
  askedAt: Date;
  state: CommitmentState;
  /** Of the commitment, still sealed. */
  text: Buffer;
}

const HELP = `select h.commitment_id as "commitmentId", h.case_id as "caseId", h.member_id as "memberId", ${name('m')} as "memberName", h.shared, h.sealed,
    h.asked_at as "askedAt", c.state, c.sealed as text
  from plans_help h
  join plans_commitments c on c.organisation_id = h.organisation_id and c.id = h.commitment_id and c.member_id = h.member_id
  join circle_members m on m.organisation_id = h.organisation_id and m.id = h.member_id
  join cases k on k.organisation_id = h.organisation_id and k.id = h.case_id
  where h.organisation_id = $1 and ${PASSABLE} and ${GOES_ON}`;

export const HELP_OF_FACILITATOR = statement(
  'plans.help-of-facilitator',
  `${HELP} and k.facilitator_id = $2 and ($3::uuid is null or h.case_id = $3) order by h.asked_at, h.commitment_id`,
);
/** Own, and what others of the case ($3) share. */
export const HELP_FOR_MEMBER = statement(
  'plans.help-for-member',
  `${HELP} and h.case_id = $3 and (h.member_id = $2 or h.shared) order by h.asked_at, h.commitment_id`,
);
export const ONE_HELP = statement('plans.help', `${HELP} and h.commitment_id = $2`);
export const SET_HELP = statement(
  'plans.help-set',
  `insert into plans_help (organisation_id, commitment_id, case_id, member_id, shared, sealed, asked_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (organisation_id, commitment_id) do update set member_id = excluded.member_id, shared = excluded.shared, sealed = excluded.sealed`,
);

export interface HelpOfferRow {
  commitmentId: string;
  memberId: string;
  memberName: string;
  sealed: Buffer;
  offeredAt: Date;
}

export const OFFERS_OF = statement(
  'plans.help-offers',
  `select o.commitment_id as "commitmentId", o.member_id as "memberId", ${name('m')} as "memberName", o.sealed, o.offered_at as "offeredAt"
   from plans_help_offers o join circle_members m on m.organisation_id = o.organisation_id and m.id = o.member_id
   where o.organisation_id = $1 and o.commitment_id = any ($2) order by o.offered_at, o.member_id`,
);
export const SET_OFFER = statement(
  'plans.help-offer-set',
  `insert into plans_help_offers (organisation_id, commitment_id, member_id, case_id, sealed, offered_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (organisation_id, commitment_id, member_id) do update set sealed = excluded.sealed`,
);
export const FORGET_OFFERS_OF = statement('plans.help-offers-forget', 'delete from plans_help_offers where organisation_id = $1 and commitment_id = $2');
export const FORGET_HELP = statement('plans.help-forget', 'delete from plans_help where organisation_id = $1 and commitment_id = $2');

export interface ContributionRow {
  id: string;
  caseId: string;
  memberId: string;
  memberName: string;
  openOffer: boolean;
  dueOn: string | null;
  every: string | null;
  state: ContributionState;
  sealed: Buffer;
  offeredAt: Date;
}

const CONTRIBUTIONS = `select o.id, o.case_id as "caseId", o.member_id as "memberId", ${name('m')} as "memberName", o.open_offer as "openOffer",
    o.due_on as "dueOn", o.every, o.state, o.sealed, o.offered_at as "offeredAt"
  from plans_contributions o
  join circle_members m on m.organisation_id = o.organisation_id and m.id = o.member_id
  join cases k on k.organisation_id = o.organisation_id and k.id = o.case_id
  where o.organisation_id = $1`;

export const ONE_CONTRIBUTION = statement('plans.contribution', `${CONTRIBUTIONS} and o.id = $2`);
export const CONTRIBUTIONS_OF_FACILITATOR = statement(
  'plans.contributions-of-facilitator',
  `${CONTRIBUTIONS} and k.facilitator_id = $2 and ($3::uuid is null or o.case_id = $3) and o.state = 'offered' and ${GOES_ON} order by o.id`,
);
/** Of the case ($3): one's own ($2), and for a main person ($4) what others offer. */
export const CONTRIBUTIONS_FOR_MEMBER = statement(
  'plans.contributions-for-member',
  `${CONTRIBUTIONS} and o.case_id = $3 and (o.member_id = $2 or ($4 and o.state = 'offered' and ${GOES_ON})) order by o.id`,
);
/** What was offered and taken into the plan. */
export const ACCEPTED_OF_CASE = statement('plans.contributions-accepted', `${CONTRIBUTIONS} and o.case_id = $2 and o.state = 'accepted'`);
export const INSERT_CONTRIBUTION = statement(
  'plans.contribution-insert',
  `insert into plans_contributions (organisation_id, id, case_id, member_id, open_offer, due_on, every, state, sealed, offered_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'offered', $8, $9)`,
);
export const END_CONTRIBUTION = statement(
  'plans.contribution-end',
  `update plans_contributions set state = $3, ended_at = $4 where organisation_id = $1 and id = $2 and state = 'offered' returning id`,
);

/** Whose a commitment is from now on; what was said of it before goes. */
export const GIVE_TO = statement(
  'plans.commitment-give-to',
  `update plans_commitments set member_id = $4, state = 'promised', state_since = $5, sealed = $6, perspective_on = null, perspective = null, version = version + 1
   where organisation_id = $1 and id = $2 and version = $3 returning version`,
);

/** What goes with somebody ($2) who is erased: what they asked and offered, and questions to them that are open ($3 now). */
export const FORGET_OF_MEMBER = [
  statement('plans.offers-forget-passings', `update plans_passings set sealed = null where organisation_id = $1 and from_member_id = $2 and sealed is not null`),
  statement(
    'plans.offers-forget-help-offers',
    `delete from plans_help_offers o using plans_help h where o.organisation_id = $1 and h.organisation_id = $1 and h.commitment_id = o.commitment_id
       and (o.member_id = $2 or h.member_id = $2)`,
  ),
  statement('plans.offers-forget-help', 'delete from plans_help where organisation_id = $1 and member_id = $2'),
  statement('plans.offers-forget-contributions', 'delete from plans_contributions where organisation_id = $1 and member_id = $2'),
] as const;
export const END_PASSINGS_OF_MEMBER = statement(
  'plans.offers-end-passings',
  `update plans_passings set state = 'withdrawn', ended_at = $3 where organisation_id = $1 and $2 in (from_member_id, to_member_id) and state = 'asked'`,
);

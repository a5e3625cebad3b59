// Reads: circle_members, cases, people_staff, people_organisations, referrals, circle_contact_attempts, messages, meetings,
// meetings_slots, meetings_responses, meetings_attendance, meetings_parts, meetings_private_times, meetings_private_calls, plans_statements, plans_statement_versions, plans_preconditions, plans_precondition_versions, plans, plans_drafts,
// plans_agreements, plans_conditions, plans_commitments, plans_marks, plans_obstacles, plans_passings, plans_help, plans_help_offers, plans_contributions, micro_analysis_measurements, micro_analysis_cost_lines, people_sessions, people_links,
// cases_law_clocks, circle_answers, circle_preparation_talks, circle_participations, circle_consents, circle_notices, platform_lookups, audit_events, privacy_corrections, privacy_erasure_requests.
import { statement } from '../platform/database/tx.js';

/** Whom it is about, whose case it is in, and who put them there. $2 member. */
export const ABOUT = statement(
  'privacy.about',
  `select m.id, m.case_id as "caseId", m.is_main_person as "isMainPerson", m.via_member_id as "viaMemberId", m.age_band as "ageBand", m.erased_at as "erasedAt",
     m.added_by_kind as "addedByKind", m.added_by_id as "addedById", m.created_at as "createdAt", m.approved_at as "approvedAt",
     m.reached_at as "reachedAt", m.invited_at as "invitedAt", m.state_since as "stateSince",
     c.reference, c.kind, c.state as "caseState", c.opened_at as "openedAt", c.closed_at as "closedAt", c.end_reason as "endReason",
     c.neighbourhood_code as "neighbourhoodCode", c.consent_given as "consentGiven", c.referral_id as "referralId",
     c.facilitator_id as "facilitatorId", s.name as facilitator, o.name as organisation, o.phone as "organisationPhone", o.legal_ground as ground
   from circle_members m
   join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   join people_staff s on s.organisation_id = c.organisation_id and s.id = c.facilitator_id
   join people_organisations o on o.id = m.organisation_id
   where m.organisation_id = $1 and m.id = $2`,
);

export interface AboutRow {
  id: string;
  caseId: string;
  isMainPerson: boolean;
  /** The organisation's legal ground, as a code. */
  ground: string;
  viaMemberId: string | null;
  ageBand: string | null;
  erasedAt: Date | null;
  addedByKind: string;
  addedById: string | null;
  createdAt: Date;
  approvedAt: Date | null;
  reachedAt: Date | null;
  invitedAt: Date | null;
  stateSince: Date;
  reference: string;
  kind: string;
  caseState: string;
  openedAt: Date;
  closedAt: Date | null;
  endReason: string | null;
  neighbourhoodCode: string | null;
  consentGiven: boolean;
  referralId: string | null;
  facilitatorId: string;
  facilitator: string;
  organisation: string;
  organisationPhone: string | null;
}

/** That, when and how somebody tried to reach them; what was noted of it stays with the facilitator. */
export const ATTEMPTS = statement(
  'privacy.attempts',
  `select at, channel, outcome from circle_contact_attempts where organisation_id = $1 and member_id = $2 order by at`,
);

/** That and how there was a talk, with their own words in it; what the facilitator noted beside it stays with the facilitator. */
export const TALKS = statement(
  'privacy.talks',
  `select id, at, by, outcome, sealed from circle_preparation_talks where organisation_id = $1 and member_id = $2 order by at, id`,
);

export const PARTICIPATION = statement(
  'privacy.participation',
  `select p.member_id as id, m.takes_part as "takesPart", p.reason as "whyNot", p.set_at as at, p.sealed
   from circle_participations p join circle_members m on m.organisation_id = p.organisation_id and m.id = p.member_id
   where p.organisation_id = $1 and p.member_id = $2`,
);

export const MESSAGES = statement(
  'privacy.messages',
  `select template, channel, state, to_masked as "to", created_at as "madeAt", sent_at as "sentAt" from messages
   where organisation_id = $1 and member_id = $2 order by id`,
);

/**
 * The meetings that they were asked for, with what they answered and whether they were there. A main person is asked for all.
 * $3 case, $4 whether they are a main person.
 */
export const MEETINGS = statement(
  'privacy.meetings',
  `select t.id, t.type, t.state, coalesce(t.starts_at + make_interval(mins => p.from_minute), t.starts_at) as "startsAt",
     coalesce(t.starts_at + make_interval(mins => p.until_minute), t.ends_at) as "endsAt", t.place_type as "placeType", t.sealed,
     r.sealed as "remarkSealed", r.answered_at as "answeredAt", r.answered_by_kind as "answeredBy", a.presence, a.arrived_at as "arrivedAt", a.left_at as "leftAt", coalesce(t.scribe_id = $2, false) as "wroteThePlan", coalesce(t.chair_member_id = $2, false) as "led",
     (select min(c.called_at) from meetings_private_times o join meetings_private_calls c on c.organisation_id = o.organisation_id and c.private_time_id = o.id
      where o.organisation_id = t.organisation_id and o.case_id = t.case_id and o.meeting_id = t.id and c.member_id = $2) as "calledInAt",
     (select json_agg(json_build_object('at', platform_utc(s.starts_at + make_interval(mins => coalesce(p.from_minute, 0))), 'answer', r.answers ->> s.id::text) order by s.starts_at)
      from meetings_slots s where s.organisation_id = t.organisation_id and s.meeting_id = t.id and r.answers ? s.id::text) as answers
   from meetings t
   left join meetings_responses r on r.organisation_id = t.organisation_id and r.meeting_id = t.id and r.member_id = $2
   left join meetings_attendance a on a.organisation_id = t.organisation_id and a.meeting_id = t.id and a.member_id = $2
   left join meetings_parts p on p.organisation_id = t.organisation_id and p.meeting_id = t.id and p.member_id = $2
   where t.organisation_id = $1 and t.case_id = $3 and ($4 or r.member_id is not null or a.member_id is not null or t.scribe_id = $2 or t.chair_member_id = $2)
   order by t.id`,
);

export const STATEMENT = statement(
  'privacy.statement',
  `select 'plans_statements' as "table", member_id::text as place, version, moment, sealed, updated_at as "updatedAt"
   from plans_statements where organisation_id = $1 and member_id = $2 and case_id = $3
   union all
   select 'plans_statement_versions', member_id || ' ' || version, version, moment, sealed, written_at
   from plans_statement_versions where organisation_id = $1 and member_id = $2 and case_id = $3
   order by version desc`,
);

export const PRECONDITIONS = statement(
  'privacy.preconditions',
  `select 'plans_preconditions' as "table", case_id::text as place, version, home, money, relations, days, moment, sealed, updated_at as "updatedAt"
   from plans_preconditions where organisation_id = $1 and case_id = $2
   union all
   select 'plans_precondition_versions', case_id || ' ' || version, version, home, money, relations, days, moment, sealed, written_at
   from plans_precondition_versions where organisation_id = $1 and case_id = $2
   order by version desc`,
);

export const CONSENTS = statement(
  'privacy.consents',
  `select id, kind as yes, given, given_by as "saidBy", said_on as "saidOn", until, taken_back_at as "takenBackAt",
     taken_back_by as "takenBackBy", reason as "takenBackReason", sealed
   from circle_consents where organisation_id = $1 and member_id = $2 order by id`,
);

/** On whom they said that they can count, at each moment. */
export const CIRCLE_ANSWERS = statement(
  'privacy.circle-answers',
  `select id, moment, answered_at as "answeredAt", sealed from circle_answers where organisation_id = $1 and member_id = $2 and case_id = $3 order by answered_at, id`,
);

/** That they were told where we have their name from, and how. */
export const NOTICES = statement(
  'privacy.notices',
  `select channel, told_at as "toldAt" from circle_notices where organisation_id = $1 and member_id = $2 and told_at is not null order by told_at`,
);

/** What the law says must be done before when. */
export const LAW_TERMS = statement(
  'privacy.law-terms',
  `select clock, starts_on as "startsOn", due_on as "dueOn", done_on as "doneOn" from cases_law_clocks
   where organisation_id = $1 and case_id = $2 order by starts_on, clock`,
);

/** Every version of the plan, and the one in the making last. */
export const PLANS = statement(
  'privacy.plans',
  `select id, version, state, fixed_at as "fixedAt", carried_at as "carriedAt", submitted_on as "submittedOn", sealed from plans
   where organisation_id = $1 and case_id = $2 order by version`,
);

export const DRAFT = statement(
  'privacy.draft',
  `select sealed, updated_at as "updatedAt" from plans_drafts where organisation_id = $1 and case_id = $2`,
);

export const AGREEMENTS = statement(
  'privacy.agreements',
  `select a.id, p.version as plan, a.agrees, a.at, a.sealed from plans_agreements a
   join plans p on p.organisation_id = a.organisation_id and p.id = a.plan_id
   where a.organisation_id = $1 and a.member_id = $2 order by a.id`,
);

/** What they looked at themself: whether it was safe as the plan says. */
export const SAFETY_TESTS = statement(
  'privacy.safety-tests',
  `select c.plan_id || ' ' || c.condition_id as id, p.version as plan, c.met, c.tested_at as "testedAt", c.sealed from plans_conditions c
   join plans p on p.organisation_id = c.organisation_id and p.id = c.plan_id
   where c.organisation_id = $1 and c.tested_by_id = $2 order by c.tested_at, c.condition_id`,
);

export const COMMITMENTS = statement(
  'privacy.commitments',
  `select id, state, state_since as "stateSince", due_on as "dueOn", every, created_at as "madeAt", sealed, perspective_on as "perspectiveOn", perspective from plans_commitments
   where organisation_id = $1 and member_id = $2 order by due_on, id`,
);

/** What was in the way of what they promised, what was theirs to take away, and of a main person all of the case ($3). */
export const OBSTACLES = statement(
  'privacy.obstacles',
  `select o.id, o.category, o.state, o.raised_at as "raisedAt", o.state_since as "stateSince", o.sealed, c.member_id = $2 as "isOwn",
     coalesce(o.mover_id = $2, false) as "isTheirMove"
   from plans_obstacles o
   join plans_commitments c on c.organisation_id = o.organisation_id and c.id = o.commitment_id
   where o.organisation_id = $1 and (c.member_id = $2 or o.mover_id = $2 or o.case_id = $3::uuid) order by o.id`,
);

export const MARKS = statement(
  'privacy.marks',
  `select member_id || ' ' || moment as id, moment, meeting as "markOfMeeting", plan as "markOfPlan", may_share as "mayShare", given_at as "givenAt", sealed
   from plans_marks where organisation_id = $1 and member_id = $2 order by moment`,
);

export const MEASUREMENTS = statement(
  'privacy.measurements',
  `select id, instrument, moment, measured_on as "measuredOn", sealed from micro_analysis_measurements
   where organisation_id = $1 and member_id = $2 and case_id = $3 order by measured_on, id`,
);

/** Costs around the case, but those that are about another person of it. */
export const COST_LINES = statement(
  'privacy.cost-lines',
  `select id, side, status, item_id as item, payer, class, quantity, unit, per, unit_price_cents as "unitPriceCents",
     price_year as "priceYear", basis, sealed from micro_analysis_cost_lines
   where organisation_id = $1 and case_id = $2 and (member_id is null or member_id = $3) order by id`,
);

export const SESSIONS = statement(
  'privacy.sessions',
  `select created_at as "openedAt", expires_at as "expiresAt", ended_at as "endedAt", known_until as "knownUntil" from people_sessions
   where organisation_id = $1 and member_id = $2 order by id`,
);

export const LINKS = statement(
  'privacy.links',
  `select created_at as "madeAt", expires_at as "expiresAt", ended_at as "endedAt", makes_known as "shownAtTable" from people_links
   where organisation_id = $1 and member_id = $2 order by id`,
);

/** $2: the ids of the person and of the referral about them. */
export const LOOKUPS = statement(
  'privacy.lookups',
  `select kind, created_at as "madeAt" from platform_lookups where organisation_id = $1 and object_id = any ($2) order by created_at, kind`,
);

/**
 * Who looked at them or did something with what is kept of them, newest first. Of a circle member: what was about them, and
 * the looks at the whole case, in which they stand. $2 member, $3 case, $4 whether they are a main person.
 */
export const LOOKS = statement(
  'privacy.looks',
  `select e.at, e.action, e.result, e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_roles as "roles", s.name as staff
   from audit_events e
   left join people_staff s on s.organisation_id = e.organisation_id and s.id = e.actor_id and e.actor_kind = 'staff'
   where e.organisation_id = $1 and e.object_kind is distinct from 'contact-restriction' and (e.object_id = $2 or (e.case_id = $3 and ($4 or e.action in ('cases.read', 'circle.listed'))))
   order by e.id desc limit 1000`,
);

export const CORRECTIONS_OF_MEMBER = statement(
  'privacy.corrections-of-member',
  `select id, subject, state, due_on as "dueOn", created_at as "createdAt", answered_at as "answeredAt", sealed
   from privacy_corrections where organisation_id = $1 and case_id = $2 and member_id = $3 order by id`,
);

export const ERASURES_OF_MEMBER = statement(
  'privacy.erasures-of-member',
  `select id, state, stop_contact as "stopContact", ground, due_on as "dueOn", created_at as "createdAt", decided_at as "decidedAt", sealed
   from privacy_erasure_requests where organisation_id = $1 and member_id = $2 order by id`,
);

/** What they asked of others and offered around promises, and that they were asked; the words of who asked them are that person's. */
export const OFFERS = statement(
  'privacy.offers',
  `select 'plans_passings' as source, id::text as place, case when from_member_id = $2 then 'passing' else 'taking-over' end as kind, state, asked_at as at,
     case when from_member_id = $2 then sealed end as sealed
   from plans_passings where organisation_id = $1 and $2 in (from_member_id, to_member_id)
   union all select 'plans_help', commitment_id::text, 'help', null, asked_at, sealed from plans_help where organisation_id = $1 and member_id = $2
   union all select 'plans_help_offers', commitment_id || ' ' || member_id, 'help-offer', null, offered_at, sealed from plans_help_offers where organisation_id = $1 and member_id = $2
   union all select 'plans_contributions', id::text, 'contribution', state, offered_at, sealed from plans_contributions where organisation_id = $1 and member_id = $2
   order by at, place`,
);

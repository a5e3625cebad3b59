// Reads: cases, referrals, circle_members, circle_contact_attempts, circle_preparation_talks, circle_participations, messages,
// cases_independence_checks, plans, plans_commitments, plans_conditions.
// Writes: cases.
import { statement } from '../platform/database/tx.js';
import type { Channel } from './circle.rules.js';
import type { TaskFacts } from './tasks.rules.js';

export interface TaskRow extends TaskFacts {
  caseId: string;
  reference: string;
  /** Null: the referrer, or the case itself. */
  memberId: string | null;
  name: string | null;
  byHandChannel: Channel | null;
}

/**
 * Everyone around whom a facilitator may have something to do, in one statement however large the caseload: the cases by
 * cases_of_facilitator, their people by the unique key (organisation, case, id), and of each person the attempts, talks and
 * messages by their index on the member. $2 facilitator, $3 one case or null, $4 open states, $5 states of who left,
 * $6 kinds that ask for an independence check.
 */
export const TASK_FACTS = statement(
  'circle.task-facts',
  `with mine as (
     select c.organisation_id, c.id, c.reference, c.state, c.urgent, c.consent_given, c.opened_at, c.referral_id, c.referrer_reached_at, c.facilitator_id, c.kind
     from cases c where c.organisation_id = $1 and c.facilitator_id = $2 and c.state = any ($4) and ($3::uuid is null or c.id = $3)
   )
   select c.id as "caseId", c.reference, c.state as "caseState", c.urgent, c.consent_given as "consentGiven", c.opened_at as "openedAt",
     false as "isReferrer", false as "isUnchecked", m.is_main_person as "isMainPerson", m.id as "memberId", coalesce(m.first_name, m.name) as name, m.state,
     m.created_at as "createdAt", m.approved_at as "approvedAt", m.reached_at as "reachedAt", m.invited_at as "invitedAt",
     m.takes_part as "takesPart", p.set_at as "takesPartSince", m.contact_changed_at as "contactChangedAt",
     (select max(s.at) from circle_preparation_talks s where s.organisation_id = $1 and s.member_id = p.spokesperson_id
       and s.outcome = 'held') as "spokespersonSpokenAt",
     t.missed, t.last_missed as "lastMissedAt", t.wrong_at as "wrongAddressAt", t.talked_at as "talkedAt",
     w.channel as "byHandChannel", w.created_at as "byHandSince",
     (select min(n.overdue_at) from plans_conditions n join plans p on p.organisation_id = $1 and p.id = n.plan_id and p.state in ('fixed', 'carried')
       where n.organisation_id = $1 and n.owner_id = m.id and n.met is null and n.overdue_at is not null) as "testOverdueSince",
     null::timestamptz as "promiseLeftSince"
   from mine c
   join circle_members m on m.organisation_id = c.organisation_id and m.case_id = c.id and m.erased_at is null and m.state <> all ($5)
   left join circle_participations p on p.organisation_id = m.organisation_id and p.member_id = m.id
   cross join lateral (
     select count(*) filter (where x.missed and x.at > coalesce(x.last_reached, '-infinity'))::int as missed,
       max(x.at) filter (where x.missed) as last_missed, max(x.created_at) filter (where x.wrong) as wrong_at,
       max(x.at) filter (where x.talked) as talked_at
     from (
       select y.*, max(y.at) filter (where y.reached) over () as last_reached from (
         select a.at, a.created_at, a.outcome = 'not-reached' as missed, a.outcome = 'wrong-address' as wrong, false as talked,
           a.outcome = 'reached' as reached
         from circle_contact_attempts a where a.organisation_id = m.organisation_id and a.member_id = m.id
         union all
         select k.at, k.created_at, k.outcome = 'not-reached', false, k.outcome <> 'not-reached', k.outcome <> 'not-reached'
         from circle_preparation_talks k where k.organisation_id = m.organisation_id and k.member_id = m.id
       ) y
     ) x
   ) t
   left join lateral (
     select h.channel, h.created_at from messages h
     where h.organisation_id = m.organisation_id and h.member_id = m.id and h.state = 'by-hand' order by h.id limit 1
   ) w on true
   union all
   select c.id, c.reference, c.state, c.urgent, c.consent_given, c.opened_at, true, false, false, null, null, null, c.opened_at, null, null, null,
     null, null, null, null, 0, null, null, null, null, null, null, null
   from mine c
   join referrals r on r.organisation_id = c.organisation_id and r.id = c.referral_id
   where c.referrer_reached_at is null and (r.source <> 'resident' or r.referrer_staff_id is not null)
     and r.referrer_staff_id is distinct from c.facilitator_id
   union all
   select c.id, c.reference, c.state, c.urgent, c.consent_given, c.opened_at, false, true, false, null, null, null, c.opened_at, null, null, null,
     null, null, null, null, 0, null, null, null, null, null, null, null
   from mine c
   left join cases_independence_checks i on i.organisation_id = c.organisation_id and i.case_id = c.id
   where c.kind = any ($6) and i.staff_id is distinct from c.facilitator_id
   union all
   select c.id, c.reference, c.state, c.urgent, c.consent_given, c.opened_at, false, false, false, null, null, null, c.opened_at, null, null, null,
     null, null, null, null, 0, null, null, null, null, null, null, l.since
   from mine c
   join lateral (
     select min(k.state_since) as since from plans p
     join plans_commitments k on k.organisation_id = p.organisation_id and k.case_id = p.case_id and k.plan_id = p.id and k.state = 'released'
     join circle_members m on m.organisation_id = k.organisation_id and m.id = k.member_id and m.state = any ($5)
     where p.organisation_id = c.organisation_id and p.case_id = c.id and p.state in ('fixed', 'carried')
   ) l on l.since is not null`,
);

export const REFERRER_REACHED = statement(
  'circle.referrer-reached',
  `update cases set referrer_reached_at = coalesce(referrer_reached_at, $3), version = version + 1 where organisation_id = $1 and id = $2
   returning referrer_reached_at as "reachedAt", version`,
);

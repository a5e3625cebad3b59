import { statement } from '../platform/database/tx.js';

/**
 * Reads: cases, circle_members, circle_contact_attempts, meetings, meetings_responses, referrals, cases_timeline. Whose case it is, and
 * a mark that is another one as soon as anything on the page of an urgent case changed. All by key or by the index of a case.
 */
export const URGENT_MARK = statement(
  'desk.urgent-mark',
  `select c.facilitator_id as "facilitatorId", concat_ws('/', c.version,
     (select concat(count(*), '.', coalesce(sum(m.version), 0)) from circle_members m where m.organisation_id = $1 and m.case_id = $2),
     (select count(*) from circle_contact_attempts a
      join circle_members m on m.organisation_id = a.organisation_id and m.id = a.member_id where a.organisation_id = $1 and m.case_id = $2),
     (select concat(count(*), '.', coalesce(sum(t.version), 0)) from meetings t where t.organisation_id = $1 and t.case_id = $2),
     (select r.acknowledged_at from referrals r where r.organisation_id = $1 and r.id = c.referral_id),
     (select max(l.id::text) from cases_timeline l where l.organisation_id = $1 and l.case_id = $2)) as mark
   from cases c where c.organisation_id = $1 and c.id = $2`,
);

/** Reads: circle_contact_attempts, circle_members. How often each was tried, and when last. */
export const URGENT_ATTEMPTS = statement(
  'desk.urgent-attempts',
  `select a.member_id as "memberId", count(*)::int as attempts, max(a.at) as "lastAt" from circle_contact_attempts a
   join circle_members m on m.organisation_id = a.organisation_id and m.id = a.member_id
   where a.organisation_id = $1 and m.case_id = $2 group by a.member_id`,
);

/**
 * Reads: referrals, cases, people_staff. Acute referrals that nobody said to have yet, oldest first; of $2 (first or second on duty, or
 * anybody's while nobody is), null for a lead. Served by referrals_unacknowledged.
 */
export const UNACKNOWLEDGED = statement(
  'desk.unacknowledged',
  `select r.id, r.state, coalesce(r.received_at, r.created_at) as since, c.reference, s.name as asked
   from referrals r
   left join cases c on c.organisation_id = r.organisation_id and c.id = r.case_id
   left join people_staff s on s.organisation_id = r.organisation_id and s.id = r.accepted_by
   where r.organisation_id = $1 and r.safety_level = 'acute' and r.acknowledged_at is null and r.state in ('received', 'accepted')
     and ($2::uuid is null or r.state = 'received' or $2 in (r.accepted_by, r.first_on_duty, r.second_on_duty))
     and (c.id is null or c.state not in ('closed', 'stopped'))
   order by r.id limit 25`,
);

/** Reads: cases. A facilitator's urgent cases that were not held yet; served by cases_of_facilitator. */
export const URGENT_RUNNING = statement(
  'desk.urgent-running',
  `select reference, opened_at as since from cases
   where organisation_id = $1 and facilitator_id = $2 and urgent and state in ('preparing', 'scheduled') order by id desc limit 10`,
);

/**
 * Reads: cases, cases_timeline, meetings. A facilitator's urgent cases from before today ($3, midnight) of which nobody said why it was
 * not held the day it came in, held later or not; served by cases_of_facilitator.
 */
export const URGENT_UNEXPLAINED = statement(
  'desk.urgent-unexplained',
  `select c.reference, c.opened_at as since from cases c
   where c.organisation_id = $1 and c.facilitator_id = $2 and c.urgent and c.opened_at < $3 and c.state not in ('closed', 'stopped')
     and not exists (select from cases_timeline l where l.organisation_id = $1 and l.case_id = c.id and l.type = 'not-held')
     and not exists (
       select from meetings m where m.organisation_id = $1 and m.case_id = c.id and m.state = 'held'
         and (m.starts_at at time zone $4)::date = (c.opened_at at time zone $4)::date)
   order by c.id desc limit 10`,
);

/** Reads: referrals, cases, people_staff. One acute referral for the page with the button. */
export const ACUTE_REFERRAL = statement(
  'desk.acute-referral',
  `select coalesce(r.received_at, r.created_at) as since, r.acknowledged_at as "acknowledgedAt", s.name as "acknowledgedBy",
     c.reference, c.facilitator_id as "facilitatorId", r.case_id as "caseId"
   from referrals r
   left join people_staff s on s.organisation_id = r.organisation_id and s.id = r.acknowledged_by
   left join cases c on c.organisation_id = r.organisation_id and c.id = r.case_id
   where r.organisation_id = $1 and r.id = $2 and r.safety_level = 'acute' and r.state in ('received', 'accepted')`,
);

/** Reads: referrals, people_staff. Who said to have the referral of a case, and when. */
export const ACKNOWLEDGED_OF_CASE = statement(
  'desk.acknowledged-of-case',
  `select r.acknowledged_at as at, s.name from referrals r
   left join people_staff s on s.organisation_id = r.organisation_id and s.id = r.acknowledged_by
   where r.organisation_id = $1 and r.case_id = $2`,
);

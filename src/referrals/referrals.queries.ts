import { statement } from '../platform/database/tx.js';

/**
 * Reads: referrals, cases. The list of those who take referrals on, newest first; served by referrals_by_state or the primary
 * key. $2 state, $3 after, $4 limit + 1, $5 the facilitator who sees open ones, those they picked up
 * and those they made, null for a lead.
 */
export const TRIAGE_PAGE = statement(
  'referrals.triage-page',
  `select r.id, r.state, r.kind, r.source, r.themes, r.safety_level as "safetyLevel", r.resident_name as "residentName",
     platform_utc(r.created_at) as "createdAt", platform_utc(r.received_at) as "receivedAt",
     platform_utc(r.accepted_at) as "acceptedAt", case when $5::uuid is null or r.accepted_by = $5 then r.case_id end as "caseId"
   from referrals r
   where r.organisation_id = $1 and ($2::text is null or r.state = $2) and ($3::uuid is null or r.id < $3)
     and ($5::uuid is null or r.accepted_by = $5 or r.referrer_staff_id = $5
       or r.state in ('awaiting-confirmation', 'received', 'more-information-needed'))
   order by r.id desc limit $4`,
);

const PICKED_UP = `
  (select s.name from cases c join people_staff s on s.organisation_id = c.organisation_id and s.id = c.facilitator_id
   where c.organisation_id = r.organisation_id and c.id = r.case_id) as facilitator_name,
  (select s.name from people_staff s where s.organisation_id = r.organisation_id and s.id = r.acknowledged_by) as acknowledged_by_name,
  (select m.starts_at from meetings m
   where m.organisation_id = r.organisation_id and m.case_id = r.case_id and m.state in ('fixed', 'held')
   order by m.starts_at desc limit 1) as meeting_starts_at`;

/** Reads: referrals, cases, people_staff, meetings. A referrer's own, newest first; served by referrals_of_referrer. */
export const OWN_PAGE = statement(
  'referrals.own-page',
  `select r.id, r.state, r.kind, r.resident_name, r.created_at, r.received_at, r.accepted_at, r.end_reason, r.version, r.acknowledged_at, ${PICKED_UP}
   from referrals r
   where r.organisation_id = $1 and r.referrer_staff_id = $5 and ($2::text is null or r.state = $2)
     and ($3::uuid is null or r.id < $3)
   order by r.id desc limit $4`,
);

/** Reads: referrals, cases, people_staff, meetings. Who picked one up, and the date. */
export const PICKED_UP_OF = statement(
  'referrals.picked-up',
  `select ${PICKED_UP} from referrals r where r.organisation_id = $1 and r.id = $2`,
);

import { statement } from '../platform/database/tx.js';

/**
 * Reads: cases, people_staff, meetings, plans_commitments. The caseload with what comes next in each, newest first; served by
 * cases_of_facilitator, for a lead by the primary key. $2 the facilitator, null for a lead; $3 after, $4 limit + 1.
 */
export const CASELOAD = statement(
  'desk.caseload',
  `select c.id, c.reference, c.resident_name as resident, c.kind, c.state, c.urgent, s.id as "facilitatorId", s.name as facilitator,
     (select m.starts_at from meetings m where m.organisation_id = c.organisation_id and m.case_id = c.id and m.state = 'fixed'
      limit 1) as "nextMeetingAt",
     (select count(*)::int from plans_commitments k where k.organisation_id = c.organisation_id and k.case_id = c.id
      and k.state in ('asked', 'promised', 'doing', 'blocked')) as "openCommitments"
   from cases c
   join people_staff s on s.organisation_id = c.organisation_id and s.id = c.facilitator_id
   where c.organisation_id = $1 and ($2::uuid is null or c.facilitator_id = $2) and ($3::uuid is null or c.id < $3)
     and c.state not in ('closed', 'stopped')
   order by c.id desc limit $4`,
);

/** Reads: people_staff, cases. To whom a referral may be given, with how many cases they have open. $2: only this one, or null. */
export const FACILITATORS = statement(
  'desk.facilitators',
  `select s.id, s.name, (select count(*)::int from cases c where c.organisation_id = s.organisation_id and c.facilitator_id = s.id
     and c.state not in ('closed', 'stopped')) as "openCases"
   from people_staff s
   where s.organisation_id = $1 and 'facilitator' = any (s.roles) and s.disabled_at is null and ($2::uuid is null or s.id = $2)
   order by s.name, s.id`,
);

/** Reads: messages, cases, circle_members. What a facilitator has to do by hand: calls, letters, visits. Oldest first. */
export const BY_HAND = statement(
  'desk.by-hand',
  `select w.id, w.template, w.channel, w.why, w.sealed as said, c.reference, m.id as "memberId", coalesce(m.first_name, m.name) as name, m.sealed
   from messages w
   join cases c on c.organisation_id = w.organisation_id and c.id = w.case_id
   join circle_members m on m.organisation_id = w.organisation_id and m.id = w.member_id
   where w.organisation_id = $1 and c.facilitator_id = $2 and w.state = 'by-hand'
   order by w.id limit 50`,
);

/** Reads: messages, cases. Whom a task by hand is about, for the facilitator whose it is. */
export const HAND_MESSAGE = statement(
  'desk.hand-message',
  `select w.member_id as "memberId", w.channel from messages w
   join cases c on c.organisation_id = w.organisation_id and c.id = w.case_id
   where w.organisation_id = $1 and w.id = $2 and c.facilitator_id = $3`,
);

/** Reads: circle_members, cases, meetings, meetings_responses. Who was asked before $3 and did not answer. Longest first. */
export const SILENT = statement(
  'desk.silent',
  `select c.reference, m.id as "memberId", coalesce(m.first_name, m.name) as name, m.sealed, m.invited_at as since,
     exists (select 1 from meetings t where t.organisation_id = c.organisation_id and t.case_id = c.id and t.state = 'polling') as poll
   from circle_members m
   join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and c.facilitator_id = $2 and c.state in ('preparing', 'scheduled', 'carrying-out')
     and m.state = 'invited' and m.invited_at < $3
     and not exists (select 1 from meetings t
       join meetings_responses r on r.organisation_id = t.organisation_id and r.meeting_id = t.id and r.member_id = m.id
       where t.organisation_id = c.organisation_id and t.case_id = c.id and t.state in ('polling', 'fixed'))
   order by m.invited_at limit 50`,
);

/** Reads: cases. The numbers of some cases. */
export const REFERENCES = statement(
  'desk.references',
  'select id, reference from cases where organisation_id = $1 and id = any ($2)',
);

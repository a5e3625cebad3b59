import { statement } from '../platform/database/tx.js';

/**
 * Reads: cases, people_staff, circle_members, circle_contact_restrictions, messages. What the page of one participant needs to know around their own
 * things: who the facilitator is, whom it is about, who named them, and whether they wait for a call.
 */
export const AROUND_PARTICIPANT = statement(
  'desk.around-participant',
  `select s.id as facilitator_id, s.name as facilitator_name,
     (select array_agg(coalesce(p.first_name, p.name) order by p.id) from circle_members p
      where p.organisation_id = m.organisation_id and p.case_id = m.case_id and p.is_main_person and p.state <> 'removed'
        and not exists (
          select from circle_contact_restrictions r
          where r.organisation_id = m.organisation_id and r.case_id = m.case_id and r.ended_at is null
            and ((r.one_member_id = m.id and r.other_member_id = p.id) or (r.other_member_id = m.id and r.one_member_id = p.id)))) as main_persons,
     m.circle_kind = 'professional' as professional,
     (select max(t.ends_at) from meetings t
      where t.organisation_id = m.organisation_id and t.case_id = m.case_id and t.state in ('fixed', 'held')) as last_meeting,
     exists (select 1 from messages w
      where w.organisation_id = m.organisation_id and w.member_id = m.id and w.template in ('call-back', 'together-asked') and w.state = 'by-hand') as waits_for_call,
     exists (select 1 from messages w
      where w.organisation_id = m.organisation_id and w.member_id = m.id and w.template = 'together-asked' and w.state = 'by-hand') as asked_together
   from circle_members m
   join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   join people_staff s on s.organisation_id = c.organisation_id and s.id = c.facilitator_id
   where m.organisation_id = $1 and m.id = $2`,
);

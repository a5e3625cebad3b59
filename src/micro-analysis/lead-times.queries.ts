// Reads: referrals, cases, circle_members, circle_contact_attempts, circle_preparation_talks, meetings, meetings_responses, plans,
// plans_commitments, micro_analysis_kept_figures.
import { statement } from '../platform/database/tx.js';
import { ALL_CASES, DAY_OF, MONTH_OF, ONE, type Scope } from './figures.queries.js';

/** The steps from a referral to what came of it, in the order in which they come. */
export const LEAD_TIME_STEPS = [
  'referral-accepted',
  'accepted-first-contact',
  'referral-meeting',
  'meeting-carried',
  'carried-realised',
] as const;

/** How long a step took: whole Dutch days, null when nothing took it. */
export interface LeadTime {
  step: (typeof LEAD_TIME_STEPS)[number];
  n: number;
  median: number | null;
  q1: number | null;
  q3: number | null;
  p90: number | null;
}

const REPORT = 'lead-times';

/** Where each step began and ended. One row a case and step; the last step has one for each commitment. */
const spans = ({ at, ofCase, ofReferral }: Scope): string => `contact as (
     select case_id, min(at) as at from (
       select m.case_id, a.at
       from circle_contact_attempts a
       join circle_members m on m.organisation_id = a.organisation_id and m.id = a.member_id
       where a.organisation_id = $1 and a.outcome = 'reached' and ${ofCase('m.case_id')}
       union all
       select case_id, at from circle_preparation_talks where organisation_id = $1 and outcome = 'held' and ${ofCase('case_id')}
       union all
       select m.case_id, r.answered_at
       from meetings_responses r
       join circle_members m on m.organisation_id = r.organisation_id and m.id = r.member_id
       where r.organisation_id = $1 and r.answered_by_kind = 'participant' and ${ofCase('m.case_id')}
     ) spoken group by case_id
   ),
   held as (
     select case_id, min(starts_at) as at from meetings
     where organisation_id = $1 and type = 'meeting' and state = 'held' and ${ofCase('case_id')} group by case_id
   ),
   carried as (
     select case_id, meeting_id, carried_at as at, row_number() over (partition by case_id order by carried_at, id) as nth
     from plans where organisation_id = $1 and carried_at is not null and ${ofCase('case_id')}
   ),
   spans as (
     select 'referral-accepted' as step, received_at as since, accepted_at as at
     from referrals where organisation_id = $1 and accepted_at is not null and ${ofReferral}
     union all
     select 'accepted-first-contact', c.opened_at, k.at
     from contact k join cases c on c.organisation_id = $1 and c.id = k.case_id
     union all
     select 'referral-meeting', coalesce(r.received_at, c.opened_at), h.at
     from held h
     join cases c on c.organisation_id = $1 and c.id = h.case_id
     left join referrals r on r.organisation_id = $1 and r.id = c.referral_id
     union all
     select 'meeting-carried', t.starts_at, p.at
     from carried p join meetings t on t.organisation_id = $1 and t.id = p.meeting_id
     where p.nth = 1
     union all
     select 'carried-realised', min(p.at), c.state_since
     from plans_commitments c
     join carried p on p.case_id = c.case_id and p.at >= c.created_at
     where c.organisation_id = $1 and c.state in ('done', 'running') and ${ofCase('c.case_id')}
     group by c.id, c.state_since
   ),
   days as (
     select step, ${MONTH_OF('at')} as month, greatest(${DAY_OF('at')} - ${DAY_OF('since')}, 0) as days
     from spans where since is not null and ${at('at')}
   )`;

const PART = (part: number): string => `round(percentile_cont(${part}) within group (order by d.days)::numeric, 1)::float8`;

/**
 * How long each step took, of the steps that ended in these months. First contact is the first time that somebody of the case was
 * reached or spoken to, or answered by themself; a step that ended before it began took no days. A plan is carried from the meeting
 * that it came from; a commitment is realised from the first time that a plan with it was carried. Cases that were erased
 * still count. Walks what the organisation has by (organisation_id, …), the first column of every primary key.
 * $1 organisation, $2 months, $3 and $4 the instants between which they lie, $5 the steps.
 */
export const LEAD_TIMES = statement(
  'micro-analysis.lead-times',
  `with ${spans(ALL_CASES)},
   each_one as (
     select step, days from days
     union all
     select figure, bucket from micro_analysis_kept_figures, generate_series(1, count)
     where organisation_id = $1 and report = '${REPORT}' and month = any ($2)
   )
   select s.step, count(d.days)::int as n, ${PART(0.5)} as median, ${PART(0.25)} as q1, ${PART(0.75)} as q3, ${PART(0.9)} as p90
   from unnest($5::text[]) with ordinality as s (step, place)
   left join each_one d on d.step = s.step
   group by s.step, s.place order by s.place`,
);

/** Adds what one case, or one referral that never became one, took to the kept cells. $1 organisation, $2 case or referral. */
export const KEEP_LEAD_TIMES = statement(
  'micro-analysis.keep-lead-times',
  `with ${spans(ONE)}
   insert into micro_analysis_kept_figures as k (organisation_id, report, month, figure, bucket, count)
   select $1, '${REPORT}', month, step, days, count(*) from days group by month, step, days
   on conflict (organisation_id, report, month, figure, bucket) do update set count = k.count + excluded.count`,
);

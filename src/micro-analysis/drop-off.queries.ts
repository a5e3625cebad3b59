// Reads: referrals, cases, circle_members, circle_contact_attempts, circle_preparation_talks, meetings, meetings_attendance, plans,
// micro_analysis_kept_figures.
import { statement } from '../platform/database/tx.js';
import { ALL_CASES, MONTH_OF, ONE, type Scope } from './figures.queries.js';

/** The way of a case, and of somebody who was named for the circle, in the order in which it goes. */
export const DROP_OFF_STEPS = {
  case: ['referral', 'accepted', 'first-contact', 'meeting', 'plan'],
  person: ['named', 'approved', 'reached', 'invited', 'coming', 'there'],
} as const;

/** Why somebody, or a case, came no further. `absent`: said to come, and was not there. `case-ended`: the others stopped first. */
export const DROP_OFF_CODES = [
  'declined', 'withdrawn', 'stopped', 'no-plan', 'refused', 'unreachable', 'removed', 'not-coming', 'absent', 'case-ended',
] as const;

export interface DropOff {
  of: keyof typeof DROP_OFF_STEPS;
  step: string;
  came: number;
  /** Came here, and will come no further. */
  stopped: number;
  /** `reason` is the published code that was given with it, where there is one. */
  reasons: { code: (typeof DROP_OFF_CODES)[number]; reason: string | null; n: number }[];
}

const REPORT = 'drop-off';
const ENDED = `c.state in ('stopped', 'closed')`;

/** One row for each referral and each person: how far they came, and why no further. */
const ways = ({ at, ofCase, ofReferral }: Scope): string => `ways as (
     select 'case' as of, r.received_at as at,
       case
         when exists (select from plans p where p.organisation_id = $1 and p.case_id = c.id and p.carried_at is not null) then 5
         when t.id is not null then 4
         when exists (
           select from circle_contact_attempts a join circle_members m on m.organisation_id = $1 and m.id = a.member_id
           where a.organisation_id = $1 and m.case_id = c.id and a.outcome = 'reached')
           or exists (
             select from circle_preparation_talks k where k.organisation_id = $1 and k.case_id = c.id and k.outcome = 'held') then 3
         when c.id is not null then 2
         else 1
       end as place,
       case
         when r.state in ('declined', 'withdrawn') then r.state
         when c.state = 'stopped' then 'stopped'
         when c.state = 'closed' and t.outcome = 'no-plan' then 'no-plan'
       end as code,
       case when r.state in ('declined', 'withdrawn') then r.end_reason when t.outcome = 'no-plan' then t.end_reason else c.end_reason end as reason
     from referrals r
     left join cases c on c.organisation_id = $1 and c.id = r.case_id
     left join lateral (
       select t.id, t.outcome, t.end_reason from meetings t
       where t.organisation_id = $1 and t.case_id = c.id and t.type = 'meeting' and t.state = 'held'
       order by t.starts_at desc, t.id desc limit 1
     ) t on true
     where r.organisation_id = $1 and ${at('r.received_at')} and ${ofReferral.replace(/\b(case_id|id)\b/g, 'r.$1')}
     union all
     select 'person', m.created_at,
       case
         when w.there then 6
         when m.state in ('coming', 'maybe') then 5
         when m.invited_at is not null then 4
         when m.reached_at is not null then 3
         when m.approved_at is not null then 2
         else 1
       end,
       case
         when w.there then null
         when m.state in ('refused', 'unreachable', 'removed', 'not-coming') then m.state
         when m.state in ('coming', 'maybe') and w.missed then 'absent'
         when ${ENDED} then 'case-ended'
       end,
       null
     from circle_members m
     join cases c on c.organisation_id = $1 and c.id = m.case_id
     left join lateral (
       select bool_or(a.presence in ('present', 'remote', 'part')) as there, bool_or(a.presence in ('absent', 'absent-with-notice')) as missed
       from meetings_attendance a where a.organisation_id = $1 and a.member_id = m.id
     ) w on true
     where m.organisation_id = $1 and not m.is_main_person and ${at('m.created_at')} and ${ofCase('m.case_id')}
   ),
   steps as (
     select * from (values ${Object.entries(DROP_OFF_STEPS)
       .flatMap(([of, steps]) => steps.map((step, i) => `('${of}', '${step}', ${i + 1})`))
       .join(', ')}) as steps (of, step, place)
   ),
   cells as (
     select ${MONTH_OF('w.at')} as month, s.of || '/' || s.step || '/' || f.code || '/' || f.reason as figure
     from ways w
     join steps s on s.of = w.of and s.place <= w.place
     cross join lateral (
       select 'came' as code, '' as reason
       union all
       select w.code, coalesce(w.reason, '') where s.place = w.place and w.code is not null
     ) f
   )`;

/**
 * How many came to each step and how many stopped there, of the referrals that were received and the people who were named in
 * these months. Who has not stopped and came no further is on the way. Who skips a step came to it. What was erased still counts.
 * Served by the primary keys and referrals_of_case, meetings (organisation, case, id), meetings_attendance_of_member,
 * circle_contact_attempts_of_member. $1 organisation, $2 months, $3 and $4 the instants between which they lie.
 */
export const DROP_OFF = statement(
  'micro-analysis.drop-off',
  `with ${ways(ALL_CASES)},
   counted as (
     select split_part(figure, '/', 1) as of, split_part(figure, '/', 2) as step, split_part(figure, '/', 3) as code,
       split_part(figure, '/', 4) as reason, sum(n)::int as n
     from (
       select figure, count(*) as n from cells group by figure
       union all
       select figure, count from micro_analysis_kept_figures where organisation_id = $1 and report = '${REPORT}' and month = any ($2)
     ) every group by figure
   )
   select s.of, s.step, coalesce(sum(c.n) filter (where c.code = 'came'), 0)::int as came,
     coalesce(sum(c.n) filter (where c.code <> 'came'), 0)::int as stopped,
     coalesce(json_agg(json_build_object('code', c.code, 'reason', nullif(c.reason, ''), 'n', c.n) order by c.n desc, c.code, c.reason)
       filter (where c.code <> 'came'), '[]') as reasons
   from steps s
   left join counted c on c.of = s.of and c.step = s.step
   group by s.of, s.step, s.place order by s.of, s.place`,
);

/** Adds how far one case and its people came, or one referral that never became one, to the kept cells. $1 organisation, $2 case or referral. */
export const KEEP_DROP_OFF = statement(
  'micro-analysis.keep-drop-off',
  `with ${ways(ONE)}
   insert into micro_analysis_kept_figures as k (organisation_id, report, month, figure, bucket, count)
   select $1, '${REPORT}', month, figure, 0, count(*) from cells group by month, figure
   on conflict (organisation_id, report, month, figure, bucket) do update set count = k.count + excluded.count`,
);

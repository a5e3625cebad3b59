// Reads: referrals, cases, circle_members, meetings, plans, plans_commitments, micro_analysis_kept_figures.
import { statement } from '../platform/database/tx.js';
import { ZONE } from '../platform/local-day.js';

/** One month of an organisation's own counts. `medianDaysToMeeting` is null in a month without a first meeting. */
export interface MonthlyFigures {
  month: string;
  referrals: number;
  accepted: number;
  declined: number;
  withdrawn: number;
  casesStarted: number;
  meetingsHeld: number;
  urgentMeetings: number;
  plansCarried: number;
  plansWithoutMeeting: number;
  noPlan: number;
  stopped: number;
  commitments: number;
  commitmentsRealised: number;
  circleInformal: number;
  circleProfessional: number;
  medianDaysToMeeting: number | null;
}

export const MONTH_OF = (instant: string): string => `to_char(${instant} at time zone '${ZONE}', 'YYYY-MM')`;
export const DAY_OF = (instant: string): string => `(${instant} at time zone '${ZONE}')::date`;

/** What is simply counted, in the month of `at`. */
const COUNTED = [
  'referrals', 'accepted', 'declined', 'withdrawn', 'casesStarted', 'meetingsHeld', 'urgentMeetings', 'plansCarried',
  'plansWithoutMeeting', 'noPlan', 'stopped', 'commitments', 'commitmentsRealised',
] as const;

const SUM_OF = (figure: string): string => `coalesce(sum(n) filter (where figure = '${figure}'), 0)::int as "${figure}"`;

/** Which rows a statement counts: a condition on when it happened, and on whose it is. */
export interface Scope {
  at(instant: string): string;
  ofCase(caseId: string): string;
  ofReferral: string;
}

export const ALL_CASES: Scope = { at: (instant) => `${instant} >= $3 and ${instant} < $4`, ofCase: () => 'true', ofReferral: 'true' };
/** One case, or one referral that never became a case. */
export const ONE: Scope = { at: (instant) => `${instant} is not null`, ofCase: (caseId) => `${caseId} = $2`, ofReferral: '(case_id = $2 or id = $2)' };

/** What happened: held meetings, events by month, the circle of a month, and days to the first meeting. */
const happened = ({ at, ofCase, ofReferral }: Scope): string => `held as (
     select t.case_id, t.starts_at as held_at, t.outcome, c.urgent, c.referral_id, c.opened_at,
       row_number() over (partition by t.case_id order by t.starts_at, t.id) = 1 as is_first
     from meetings t
     join cases c on c.organisation_id = t.organisation_id and c.id = t.case_id
     where t.organisation_id = $1 and t.type = 'meeting' and t.state = 'held' and ${ofCase('t.case_id')}
   ),
   events as (
     select ${MONTH_OF('at')} as month, figure, case_id from (
       select received_at as at, 'referrals' as figure, case_id from referrals
       where organisation_id = $1 and ${at('received_at')} and ${ofReferral}
       union all
       select accepted_at, 'accepted', case_id from referrals where organisation_id = $1 and ${at('accepted_at')} and ${ofReferral}
       union all
       select state_since, state, case_id from referrals
       where organisation_id = $1 and state in ('declined', 'withdrawn') and ${at('state_since')} and ${ofReferral}
       union all
       select opened_at, 'casesStarted', id from cases where organisation_id = $1 and ${at('opened_at')} and ${ofCase('id')}
       union all
       select state_since, 'stopped', id from cases
       where organisation_id = $1 and state = 'stopped' and ${at('state_since')} and ${ofCase('id')}
       union all
       select held_at, 'meetingsHeld', case_id from held where ${at('held_at')}
       union all
       select held_at, 'urgentMeetings', case_id from held where urgent and ${at('held_at')}
       union all
       select held_at, 'noPlan', case_id from held where outcome = 'no-plan' and ${at('held_at')}
       union all
       select carried_at, 'plansCarried', case_id from plans where organisation_id = $1 and ${at('carried_at')} and ${ofCase('case_id')}
       union all
       select carried_at, 'plansWithoutMeeting', case_id from plans
       where organisation_id = $1 and meeting_id is null and ${at('carried_at')} and ${ofCase('case_id')}
       union all
       select created_at, 'commitments', case_id from plans_commitments
       where organisation_id = $1 and ${at('created_at')} and ${ofCase('case_id')}
       union all
       select state_since, 'commitmentsRealised', case_id from plans_commitments
       where organisation_id = $1 and state in ('done', 'running') and ${at('state_since')} and ${ofCase('case_id')}
     ) happened
   ),
   circle as (
     select t.month, case c.circle_kind when 'informal' then 'circleInformal' else 'circleProfessional' end as figure, count(*) as n
     from (select distinct month, case_id from events where figure in ('meetingsHeld', 'plansWithoutMeeting')) t
     join circle_members c on c.organisation_id = $1 and c.case_id = t.case_id
     where not c.is_main_person and c.circle_kind in ('informal', 'professional')
       and c.state in ('approved', 'approached', 'invited', 'coming', 'maybe', 'not-coming')
     group by 1, 2
   ),
   first_meetings as (
     select ${MONTH_OF('h.held_at')} as month, ${DAY_OF('h.held_at')} - ${DAY_OF('coalesce(r.received_at, h.opened_at)')} as days
     from held h
     left join referrals r on r.organisation_id = $1 and r.id = h.referral_id
     where h.is_first and ${at('h.held_at')}
   )`;

/** Under this name the cells of the monthly figures are kept; another report that is to survive erasing takes its own. */
const REPORT = 'monthly-figures';
/** The kept histogram from which the median comes: the bucket is a number of whole days. */
const DAYS = 'daysToMeeting';

/**
 * Everything counts in the Dutch month in which it happened, a meeting in that of its date. Commitments are realised when they
 * became done or running. The circle of a month is of the cases that met in it, or whose plan was carried without
 * a meeting: everyone approved who did not leave, without main persons and aides. Days to the meeting run from the receipt
 * of the referral to the first meeting of the case. Cases that were erased still count, by the cells that were kept of them.
 * $1 organisation, $2 months, $3 and $4 the instants between which they lie.
 */
export const MONTHLY_FIGURES = statement(
  'micro-analysis.monthly-figures',
  `with ${happened(ALL_CASES)},
   kept as (
     select month, figure, bucket, count from micro_analysis_kept_figures
     where organisation_id = $1 and report = '${REPORT}' and month = any ($2)
   ),
   counts as (
     select month, ${[...COUNTED, 'circleInformal', 'circleProfessional'].map(SUM_OF).join(',\n       ')}
     from (
       select month, figure, count(*) as n from events group by 1, 2
       union all
       select month, figure, n from circle
       union all
       select month, figure, count from kept
     ) cells group by month
   ),
   lead_time as (
     select month, percentile_cont(0.5) within group (order by days) as days
     from (
       select month, days from first_meetings
       union all
       select month, bucket from kept, generate_series(1, count) where figure = '${DAYS}'
     ) each_first group by month
   )
   select m.month, ${COUNTED.map((figure) => `coalesce(n."${figure}", 0) as "${figure}"`).join(',\n     ')},
     coalesce(n."circleInformal", 0) as "circleInformal",
     coalesce(n."circleProfessional", 0) as "circleProfessional",
     l.days as "medianDaysToMeeting"
   from unnest($2::text[]) as m (month)
   left join counts n on n.month = m.month
   left join lead_time l on l.month = m.month
   order by m.month`,
);

/**
 * Adds what one case, or one referral that never became a case, counts for to the kept cells: the same sums, so that the
 * report says the same without it. Writes micro_analysis_kept_figures. $1 organisation, $2 case or referral.
 */
export const KEEP_MONTHLY_FIGURES = statement(
  'micro-analysis.keep-monthly-figures',
  `with ${happened(ONE)}
   insert into micro_analysis_kept_figures as k (organisation_id, report, month, figure, bucket, count)
   select $1, '${REPORT}', month, figure, bucket, sum(n) from (
     select month, figure, 0 as bucket, count(*) as n from events group by 1, 2
     union all
     select month, figure, 0, n from circle
     union all
     select month, '${DAYS}', days, 1 from first_meetings
   ) cells group by month, figure, bucket
   on conflict (organisation_id, report, month, figure, bucket) do update set count = k.count + excluded.count`,
);

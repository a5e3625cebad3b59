// Reads: referrals, cases, circle_members, meetings, plans, plans_commitments.
import { statement } from '../platform/database/tx.js';

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

const MONTH_OF = (instant: string): string => `to_char(${instant} at time zone 'Europe/Amsterdam', 'YYYY-MM')`;
const DAY_OF = (instant: string): string => `(${instant} at time zone 'Europe/Amsterdam')::date`;
const WITHIN = (instant: string): string => `${instant} >= $3 and ${instant} < $4`;

/** What is simply counted, in the month of `at`. */
const COUNTED = [
  'referrals', 'accepted', 'declined', 'withdrawn', 'casesStarted', 'meetingsHeld', 'urgentMeetings', 'plansCarried',
  'plansWithoutMeeting', 'noPlan', 'stopped', 'commitments', 'commitmentsRealised',
] as const;

const COUNT_OF = (figure: string): string => `count(*) filter (where figure = '${figure}')::int as "${figure}"`;

/**
 * Everything counts in the Dutch month in which it happened, a meeting in that of its date. Commitments are realised when they
 * became done or running. The circle of a month is of the cases that met in it, or whose plan was carried without
 * a meeting: everyone approved who did not leave, without main persons and aides. Days to the meeting run from the receipt
 * of the referral to the first meeting of the case.
 * $1 organisation, $2 months, $3 and $4 the instants between which they lie.
 */
export const MONTHLY_FIGURES = statement(
  'micro-analysis.monthly-figures',
  `with held as (
     select t.case_id, t.starts_at as held_at, t.outcome, c.urgent, c.referral_id, c.opened_at,
       row_number() over (partition by t.case_id order by t.starts_at, t.id) = 1 as is_first
     from meetings t
     join cases c on c.organisation_id = t.organisation_id and c.id = t.case_id
     where t.organisation_id = $1 and t.type = 'meeting' and t.state = 'held'
   ),
   events as (
     select ${MONTH_OF('at')} as month, figure, case_id from (
       select received_at as at, 'referrals' as figure, case_id from referrals
       where organisation_id = $1 and ${WITHIN('received_at')}
       union all
       select accepted_at, 'accepted', case_id from referrals where organisation_id = $1 and ${WITHIN('accepted_at')}
       union all
       select state_since, state, case_id from referrals
       where organisation_id = $1 and state in ('declined', 'withdrawn') and ${WITHIN('state_since')}
       union all
       select opened_at, 'casesStarted', id from cases where organisation_id = $1 and ${WITHIN('opened_at')}
       union all
       select state_since, 'stopped', id from cases where organisation_id = $1 and state = 'stopped' and ${WITHIN('state_since')}
       union all
       select held_at, 'meetingsHeld', case_id from held where ${WITHIN('held_at')}
       union all
       select held_at, 'urgentMeetings', case_id from held where urgent and ${WITHIN('held_at')}
       union all
       select held_at, 'noPlan', case_id from held where outcome = 'no-plan' and ${WITHIN('held_at')}
       union all
       select carried_at, 'plansCarried', case_id from plans where organisation_id = $1 and ${WITHIN('carried_at')}
       union all
       select carried_at, 'plansWithoutMeeting', case_id from plans
       where organisation_id = $1 and meeting_id is null and ${WITHIN('carried_at')}
       union all
       select created_at, 'commitments', case_id from plans_commitments where organisation_id = $1 and ${WITHIN('created_at')}
       union all
       select state_since, 'commitmentsRealised', case_id from plans_commitments
       where organisation_id = $1 and state in ('done', 'running') and ${WITHIN('state_since')}
     ) happened
   ),
   counts as (
     select month, ${COUNTED.map(COUNT_OF).join(',\n       ')}
     from events group by month
   ),
   circle as (
     select t.month,
       count(*) filter (where c.circle_kind = 'informal')::int as informal,
       count(*) filter (where c.circle_kind = 'professional')::int as professional
     from (select distinct month, case_id from events where figure in ('meetingsHeld', 'plansWithoutMeeting')) t
     join circle_members c on c.organisation_id = $1 and c.case_id = t.case_id
     where not c.is_main_person and c.state in ('approved', 'approached', 'invited', 'coming', 'maybe', 'not-coming')
     group by t.month
   ),
   lead_time as (
     select ${MONTH_OF('h.held_at')} as month,
       percentile_cont(0.5) within group (
         order by ${DAY_OF('h.held_at')} - ${DAY_OF('coalesce(r.received_at, h.opened_at)')}
       ) as days
     from held h
     left join referrals r on r.organisation_id = $1 and r.id = h.referral_id
     where h.is_first and ${WITHIN('h.held_at')}
     group by 1
   )
   select m.month, ${COUNTED.map((figure) => `coalesce(n."${figure}", 0) as "${figure}"`).join(',\n     ')},
     coalesce(c.informal, 0) as "circleInformal",
     coalesce(c.professional, 0) as "circleProfessional",
     l.days as "medianDaysToMeeting"
   from unnest($2::text[]) as m (month)
   left join counts n on n.month = m.month
   left join circle c on c.month = m.month
   left join lead_time l on l.month = m.month
   order by m.month`,
);

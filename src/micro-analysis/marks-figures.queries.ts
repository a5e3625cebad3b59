// Reads: plans_marks, micro_analysis_kept_figures.
import { statement } from '../platform/database/tx.js';
import type { MarkMoment } from '../plans/marks.rules.js';
import { ALL_CASES, MONTH_OF, ONE, type Scope } from './figures.queries.js';

/** Of fewer marks nothing is said: it would be known whose they are. */
export const LEAST_MARKS = 5;

/** What people gave at a moment: how many marks and the one in the middle; null when fewer than five gave one. */
export interface MarksFigures {
  moment: MarkMoment;
  meeting: number | null;
  meetingMedian: number | null;
  plan: number | null;
  planMedian: number | null;
}

const REPORT = 'marks';

/** A row for each mark, in the month in which it was given. */
const given = ({ at, ofCase }: Scope): string => `given as (
     select ${MONTH_OF('g.given_at')} as month, g.moment, one.what, one.mark
     from plans_marks g, lateral (values ('meeting', g.meeting), ('plan', g.plan)) as one (what, mark)
     where g.organisation_id = $1 and one.mark is not null and ${at('g.given_at')} and ${ofCase('g.case_id')}
   )`;

const OF = (what: string): string => `count(*) filter (where e.what = '${what}')`;
const FIGURES = (what: string): string => `case when ${OF(what)} >= $6 then (${OF(what)})::int end as "${what}",
     case when ${OF(what)} >= $6 then (percentile_cont(0.5) within group (order by e.mark) filter (where e.what = '${what}'))::float8 end as "${what}Median"`;

/**
 * The marks that were given in these months, after the meeting and at the end. Cases that were erased still count. $1 organisation,
 * $2 months, $3 and $4 the instants between which they lie, $5 the moments, $6 the fewest marks of which something is said.
 */
export const MARKS_FIGURES = statement(
  'micro-analysis.marks',
  `with ${given(ALL_CASES)},
   each_one as (
     select moment, what, mark from given
     union all
     select split_part(figure, '/', 1), split_part(figure, '/', 2), bucket from micro_analysis_kept_figures, generate_series(1, count)
     where organisation_id = $1 and report = '${REPORT}' and month = any ($2)
   )
   select m.moment, ${FIGURES('meeting')}, ${FIGURES('plan')}
   from unnest($5::text[]) with ordinality as m (moment, place)
   left join each_one e on e.moment = m.moment
   group by m.moment, m.place order by m.place`,
);

/** Adds the marks of one case to the kept cells. $1 organisation, $2 case. */
export const KEEP_MARKS = statement(
  'micro-analysis.keep-marks',
  `with ${given(ONE)}
   insert into micro_analysis_kept_figures as k (organisation_id, report, month, figure, bucket, count)
   select $1, '${REPORT}', month, moment || '/' || what, mark, count(*) from given group by month, moment, what, mark
   on conflict (organisation_id, report, month, figure, bucket) do update set count = k.count + excluded.count`,
);

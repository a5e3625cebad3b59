// Reads: circle_growth, micro_analysis_kept_figures.
import type { GrowthMoment } from '../circle/growth.rules.js';
import { statement } from '../platform/database/tx.js';
import { ALL_CASES, MONTH_OF, ONE, type Scope } from './figures.queries.js';

/** How large circles were at a moment; medians are null when no case came to it. */
export interface CircleGrowth {
  moment: GrowthMoment;
  cases: number;
  informalMedian: number | null;
  professionalMedian: number | null;
}

const REPORT = 'circle-growth';

/** A row for each case, moment and part of the circle. */
const sizes = ({ at, ofCase }: Scope): string => `sizes as (
     select ${MONTH_OF('g.at')} as month, g.moment, part.name as part, part.size
     from circle_growth g, lateral (values ('informal', g.informal), ('professional', g.professional)) as part (name, size)
     where g.organisation_id = $1 and ${at('g.at')} and ${ofCase('g.case_id')}
   )`;

const MEDIAN = (part: string): string =>
  `(percentile_cont(0.5) within group (order by c.size) filter (where c.part = '${part}'))::float8 as "${part}Median"`;

/**
 * The circle at each moment that was counted in these months; who counts when is the circle's own rule. Cases that were erased
 * still count. Served by the primary key of circle_growth. $1 organisation, $2 months, $3 and $4 the instants between
 * which they lie, $5 the moments.
 */
export const CIRCLE_GROWTH = statement(
  'micro-analysis.circle-growth',
  `with ${sizes(ALL_CASES)},
   each_one as (
     select moment, part, size from sizes
     union all
     select split_part(figure, '/', 1), split_part(figure, '/', 2), bucket from micro_analysis_kept_figures, generate_series(1, count)
     where organisation_id = $1 and report = '${REPORT}' and month = any ($2)
   )
   select m.moment, (count(*) filter (where c.part = 'informal'))::int as cases, ${MEDIAN('informal')}, ${MEDIAN('professional')}
   from unnest($5::text[]) with ordinality as m (moment, place)
   left join each_one c on c.moment = m.moment
   group by m.moment, m.place order by m.place`,
);

/** Adds what was counted of one case to the kept cells. $1 organisation, $2 case. */
export const KEEP_CIRCLE_GROWTH = statement(
  'micro-analysis.keep-circle-growth',
  `with ${sizes(ONE)}
   insert into micro_analysis_kept_figures as k (organisation_id, report, month, figure, bucket, count)
   select $1, '${REPORT}', month, moment || '/' || part, size, count(*) from sizes group by month, moment, part, size
   on conflict (organisation_id, report, month, figure, bucket) do update set count = k.count + excluded.count`,
);

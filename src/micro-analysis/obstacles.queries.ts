// Reads: plans_obstacles, micro_analysis_kept_figures.
import { statement } from '../platform/database/tx.js';
import type { ObstacleCategory } from '../plans/obstacles.rules.js';
import { ALL_CASES, DAY_OF, MONTH_OF, ONE, type Scope } from './figures.queries.js';

/** What was in the way, by its kind. `medianDays`: calendar days from when it came up until it went away; null when nothing did. */
export interface ObstacleFigures {
  category: ObstacleCategory;
  opened: number;
  removed: number;
  open: number;
  medianDays: number | null;
}

const REPORT = 'obstacles';

const counted = ({ at, ofCase }: Scope): string => `counted as (
     select ${MONTH_OF('raised_at')} as month, category, 'opened' as what, 0 as days from plans_obstacles
     where organisation_id = $1 and ${at('raised_at')} and ${ofCase('case_id')}
     union all
     select ${MONTH_OF('state_since')}, category, 'removed', ${DAY_OF('state_since')} - ${DAY_OF('raised_at')} from plans_obstacles
     where organisation_id = $1 and state = 'removed' and ${at('state_since')} and ${ofCase('case_id')}
   )`;

/**
 * Opened counts once, in the month in which it first came up; removed in the month in which it last went away; open what stood at
 * the end of these months. What lapsed is in neither of the last two. Cases that were erased still count. $1 organisation,
 * $2 months, $3 and $4 the instants between which they lie, $5 the categories.
 */
export const OBSTACLES = statement(
  'micro-analysis.obstacles',
  `with ${counted(ALL_CASES)},
   each_one as (
     select category, what, days from counted
     union all
     select split_part(figure, '/', 1), split_part(figure, '/', 2), bucket from micro_analysis_kept_figures, generate_series(1, count)
     where organisation_id = $1 and report = '${REPORT}' and month = any ($2)
   )
   select m.category, (count(*) filter (where e.what = 'opened'))::int as opened, (count(*) filter (where e.what = 'removed'))::int as removed,
     (select count(*) from plans_obstacles o
      where o.organisation_id = $1 and o.category = m.category and o.raised_at < $4 and (o.state = 'open' or o.state_since >= $4))::int as open,
     (percentile_cont(0.5) within group (order by e.days) filter (where e.what = 'removed'))::float8 as "medianDays"
   from unnest($5::text[]) with ordinality as m (category, place)
   left join each_one e on e.category = m.category
   group by m.category, m.place order by m.place`,
);

/** Adds what was in the way in one case to the kept cells. $1 organisation, $2 case. */
export const KEEP_OBSTACLES = statement(
  'micro-analysis.keep-obstacles',
  `with ${counted(ONE)}
   insert into micro_analysis_kept_figures as k (organisation_id, report, month, figure, bucket, count)
   select $1, '${REPORT}', month, category || '/' || what, days, count(*) from counted group by month, category, what, days
   on conflict (organisation_id, report, month, figure, bucket) do update set count = k.count + excluded.count`,
);

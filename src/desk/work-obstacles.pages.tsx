import type { VNode } from 'preact';
import type { ObstacleCategory } from '../plans/obstacles.rules.js';
import { useTexts } from '../web/frame.js';
import { address, ROUTES } from './desk.routes.js';

/** Something that stands in the way in one of the reader's cases. */
export interface ObstacleRow {
  reference: string;
  /** Whose promise it is in the way of. */
  name: string;
  category: ObstacleCategory;
  whose: string;
  workingDays: number;
}

/** What is in the way, whose move it is and for how long, on the list of the day. */
export function WorkObstacles({ rows }: { rows: readonly ObstacleRow[] }): VNode {
  const { categories, page: t } = useTexts().obstacles;
  return (
    <>
      {rows.map(({ reference, name, category, whose, workingDays }) => (
        <div class="task">
          <p>
            <a href={address(ROUTES.caseObstacles, { ref: reference })}>{reference}</a> <bdi>{name}</bdi>: {categories[category]}
          </p>
          <p class="quiet">
            {t.whose} <bdi>{whose}</bdi>. {t.days(workingDays)}.
          </p>
        </div>
      ))}
    </>
  );
}

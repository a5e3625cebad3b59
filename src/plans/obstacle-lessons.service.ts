import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { ZONE } from '../platform/local-day.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { SealedObstacle } from './obstacle.entity.js';
import { ObstacleKeys } from './obstacle-keys.service.js';
import type { Lesson, LessonBook, LessonRequest, RecurringObstacle } from './obstacle-lessons.dto.js';
import { RECURS_FROM, type ObstacleCategory } from './obstacles.rules.js';

interface Group {
  category: ObstacleCategory;
  key: Buffer;
  times: number;
  cases: number;
  open: number;
  medianDays: number | null;
  newestId: string;
  sealed: Buffer;
}

const day = (instant: string): string => `(${instant} at time zone '${ZONE}')::date`;
/** By kind and organisation, in at least $2 cases; what is the move of somebody of the own circle is in none. */
const RECURRING = statement(
  'plans.obstacles-recurring',
  `select g.*, n.sealed from (
     select category, mover_hash as key, count(*)::int as times, count(distinct case_id)::int as cases,
       (count(*) filter (where state = 'open'))::int as open,
       (percentile_cont(0.5) within group (order by ${day('state_since')} - ${day('raised_at')}) filter (where state = 'removed'))::float8 as "medianDays",
       (array_agg(id order by id desc))[1] as "newestId"
     from plans_obstacles where organisation_id = $1 and mover_hash is not null
     group by category, mover_hash having count(distinct case_id) >= $2
   ) g join plans_obstacles n on n.organisation_id = $1 and n.id = g."newestId"
   order by g.cases desc, g.times desc, g.category, g."newestId"`,
);
const ADD = statement(
  'plans.obstacle-lesson-add',
  `insert into plans_obstacle_lessons (organisation_id, id, category, mover_hash, sealed, staff_id, written_at) values ($1, $2, $3, $4, $5, $6, $7)`,
);
const ALL = statement(
  'plans.obstacle-lessons',
  `select id, category, mover_hash as key, sealed, written_at as "writtenAt" from plans_obstacle_lessons where organisation_id = $1 order by id desc limit 200`,
);

interface LessonRow {
  id: string;
  category: ObstacleCategory;
  key: Buffer | null;
  sealed: Buffer;
  writtenAt: Date;
}

/** What comes back again and again, and what was changed because of it. No contents of any case. */
@Injectable()
export class ObstacleLessons {
  constructor(
    private readonly database: Database,
    private readonly keys: ObstacleKeys,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** What recurs in enough cases that it says something of none, most cases first, and all lessons. */
  async book(ctx: Ctx): Promise<LessonBook> {
    const answer = await this.database.view(ctx, (tx) => this.bookOf(tx));
    await this.audit.read(ctx, { action: 'plans.obstacle-lessons-read', object: null });
    return answer;
  }

  /** Writes down what was changed. */
  async write(ctx: Ctx, { category, organisation, text }: LessonRequest): Promise<Lesson> {
    return this.database.run(ctx, async (tx) => {
      const id = newId(tx.now);
      const words = { organisation: organisation ?? null, text };
      const key = organisation === undefined ? null : await this.keys.of(tx, organisation);
      const sealed = await this.vault.seal(place(tx, 'plans_obstacle_lessons', id), words);
      await named(tx, ADD, [tx.organisationId, id, category, key, sealed, actorId(tx.actor), tx.now]);
      await this.audit.record(tx, { action: 'plans.obstacle-lesson-written', object: { kind: 'obstacle-lesson', id } });
      return { id, category, ...words, writtenAt: tx.now.toISOString() };
    });
  }

  private async bookOf(tx: Tx): Promise<LessonBook> {
    const rows = await named<LessonRow>(tx, ALL, [tx.organisationId]);
    const lessons = await Promise.all(
      rows.map(async ({ id, category, key, sealed, writtenAt }) => {
        const words = await this.vault.open<{ organisation: string | null; text: string }>(place(tx, 'plans_obstacle_lessons', id), sealed);
        return { key, lesson: { id, category, ...words, writtenAt: writtenAt.toISOString() } };
      }),
    );
    const groups = await named<Group>(tx, RECURRING, [tx.organisationId, RECURS_FROM]);
    const recurring = await Promise.all(
      groups.map(async ({ key, newestId, sealed, ...figures }): Promise<RecurringObstacle> => {
        const { organisation } = await this.vault.open<SealedObstacle>(place(tx, 'plans_obstacles', newestId), sealed);
        const own = lessons.filter((one) => one.lesson.category === figures.category && (one.key === null || one.key.equals(key)));
        return { ...figures, organisation: organisation ?? '', lessons: own.map(({ lesson }) => lesson) };
      }),
    );
    return { recursFrom: RECURS_FROM, recurring, lessons: lessons.map(({ lesson }) => lesson) };
  }
}

const place = (tx: Tx, table: string, id: string): SealRef => ({ organisationId: tx.organisationId, table, id });

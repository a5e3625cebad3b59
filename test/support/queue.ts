import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../../src/platform/clock.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { SETTINGS_TOKEN } from '../../src/platform/config/token.js';
import { Logger } from '../../src/platform/logger.js';
import { JobRegistry } from '../../src/platform/queue/jobs.js';
import { OutboxRows, type DueRow } from '../../src/platform/queue/rows.queries.js';
import { JobRunner, type TryResult } from '../../src/platform/queue/runner.js';
import { TUNING, type QueueTuning } from '../../src/platform/queue/tuning.js';
import { clerkPool } from '../../src/platform/queue/workers.js';

/** What became of one row in a drain. */
export interface Drained extends TryResult {
  job: string;
  outboxId: string;
}

/** More tries than any story needs: jobs that make each other without end. */
const TOO_MANY = 10_000;

/**
 * Does everything that is due by the app's clock, one after another, urgent ones first, until nothing is left: the workers'
 * own way, without BullMQ. What fails is tried again when the clock has moved on; the first failure is thrown at the end,
 * unless the story is about failures.
 */
export async function drain(
  app: INestApplicationContext,
  { failures = 'throw' }: { failures?: 'throw' | 'expected' } = {},
): Promise<Drained[]> {
  const logger = app.get(Logger);
  const clock = app.get(Clock);
  const settings = app.get<Settings>(SETTINGS_TOKEN);
  const tuning: QueueTuning = { ...app.get<QueueTuning>(TUNING), jitter: 0 };
  const clerk = clerkPool(settings.databaseClerkUrl!, logger, 2);
  const runner = new JobRunner(new OutboxRows(clerk), app.get(JobRegistry), clock, logger, tuning);
  const drained: Drained[] = [];
  try {
    for (;;) {
      const { rows } = await clerk.query<DueRow>(
        `select organisation_id as "organisationId", id, run_at as "runAt", job from public.platform_outbox
         where state = 'waiting' and run_at <= $1 order by (queue = 'urgent') desc, run_at, id limit 1`,
        [clock.now()],
      );
      const [row] = rows;
      if (!row) break;
      if (drained.length >= TOO_MANY) throw new Error(`The queue is not empty after ${TOO_MANY} jobs`);
      drained.push({ ...(await runner.run(row)), job: row.job, outboxId: row.id });
    }
  } finally {
    await clerk.end();
  }
  const failed = drained.find(({ error }) => error !== undefined);
  if (failed && failures === 'throw') throw failed.error;
  return drained;
}

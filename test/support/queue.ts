import type { INestApplicationContext } from '@nestjs/common';
import { JobWorkers, type Drained } from '../../src/platform/queue/workers.js';

/**
 * Does everything that is due by the app's clock, one after another, urgent ones first, until nothing is left. What fails is
 * tried again when the clock has moved on; the first failure is thrown at the end, unless the story is about failures.
 */
export async function drain(
  app: INestApplicationContext,
  { failures = 'throw' }: { failures?: 'throw' | 'expected' } = {},
): Promise<Drained[]> {
  const drained = await app.get(JobWorkers).drain();
  const failed = drained.find(({ error }) => error !== undefined);
  if (failed && failures === 'throw') throw failed.error;
  return drained;
}

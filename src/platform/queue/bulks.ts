import { createHash } from 'node:crypto';
import type { Ticket } from './rows.queries.js';

/** Tries that go through the queue as one job. */
export interface Bulk<Row extends Ticket> {
  /** Without colons and never an integer, which BullMQ forbids. */
  id: string;
  rows: readonly Row[];
}

/** Bulks of at most so many, in order. The same tries make the same id, so that the queue takes them once. */
export function bulksOf<Row extends Ticket>(rows: readonly Row[], size: number): Bulk<Row>[] {
  const bulks: Bulk<Row>[] = [];
  for (let first = 0; first < rows.length; first += size) {
    const some = rows.slice(first, first + size);
    const tries = some.map(({ id, runAt }) => `${id} ${runAt.getTime()}`).join();
    bulks.push({ id: `b-${createHash('sha256').update(tries).digest('hex').slice(0, 32)}`, rows: some });
  }
  return bulks;
}

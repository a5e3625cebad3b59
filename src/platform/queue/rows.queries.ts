import type { Pool } from 'pg';
import { statement, type Statement } from '../database/tx.js';
import { Batcher } from './batcher.js';
import type { JobPayload, QueueName } from './jobs.js';

/** Which row: ids are unique by themselves, the organisation makes the look-up a key look-up. */
export interface RowId {
  organisationId: string;
  id: string;
}

/** A row as the relay hands it over. */
export interface DueRow extends RowId {
  job: string;
  queue: QueueName;
  attempts: number;
}

/** A row whose try has begun. */
export interface ClaimedRow extends DueRow {
  payload: JobPayload;
  runAt: Date;
}

/** How a try ended. A row in state `waiting` is tried again at `runAt`. */
export interface RowEnd extends RowId {
  state: 'done' | 'skipped' | 'dead' | 'waiting';
  attempt: number;
  claimedRunAt: Date;
  endedAt: Date | null;
  runAt: Date;
  errorCode: string | null;
}

const COLUMNS = `o.organisation_id as "organisationId", o.id, o.job, o.queue, o.attempts`;

// What is cancelled, ended, or moved to later is not found, so a job that comes a second time does nothing.
const CLAIM = statement(
  'platform.outbox-claim',
  `update public.platform_outbox o set attempts = o.attempts + 1
   from unnest($1::uuid[], $2::uuid[]) as claimed (organisation_id, id)
   where o.organisation_id = claimed.organisation_id and o.id = claimed.id
     and o.state in ('waiting', 'handed') and o.run_at <= $3
   returning ${COLUMNS}, o.payload, o.run_at as "runAt"`,
);

// Someone may have moved the row to another moment meanwhile: then this try was for nothing and the row stays as it is.
// A worker that was given up must not put back what another one is doing.
const END = statement(
  'platform.outbox-end',
  `update public.platform_outbox o set state = e.state, ended_at = e.ended_at, run_at = e.run_at, error_code = e.error_code,
     handed_at = case when e.state = 'waiting' then null else o.handed_at end
   from unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[],
     $8::text[]) as e (organisation_id, id, state, attempt, claimed_run_at, ended_at, run_at, error_code)
   where o.organisation_id = e.organisation_id and o.id = e.id and o.state in ('waiting', 'handed')
     and o.run_at = e.claimed_run_at and (e.state in ('done', 'skipped') or o.attempts = e.attempt)`,
);

/** Due rows, urgent ones first; locked against other relays for as long as the transaction lasts. */
export const DUE = statement(
  'platform.outbox-due',
  `with urgent as (
     select ${COLUMNS} from public.platform_outbox o
     where state = 'waiting' and queue = 'urgent' and run_at <= $1 order by run_at, id limit $2 for update skip locked
   ), others as (
     select ${COLUMNS} from public.platform_outbox o
     where state = 'waiting' and queue <> 'urgent' and run_at <= $1 order by run_at, id limit $2 for update skip locked
   )
   select * from urgent union all select * from others`,
);

/** Rows that were handed over and have not ended since. */
export const OVERDUE = statement(
  'platform.outbox-overdue',
  `select ${COLUMNS} from public.platform_outbox o
   where state = 'handed' and handed_at < $1 order by handed_at limit $2 for update skip locked`,
);

export const HANDED = statement(
  'platform.outbox-handed',
  `update public.platform_outbox o set state = 'handed', handed_at = $3
   from unnest($1::uuid[], $2::uuid[]) as handed (organisation_id, id)
   where o.organisation_id = handed.organisation_id and o.id = handed.id`,
);

/** Runs a named statement on the clerk's pool, which sees the outbox of all organisations. */
export async function clerkRows<Row>(
  on: Pick<Pool, 'query'>,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await on.query({ name, text, values: values as unknown[] });
  return result.rows as Row[];
}

/** Begins and ends tries; those of many jobs at the same time share one statement. */
export class OutboxRows {
  private readonly claims: Batcher<RowId & { now: Date }, ClaimedRow | undefined>;
  private readonly ends: Batcher<RowEnd, void>;

  constructor(private readonly clerk: Pool) {
    this.claims = new Batcher((items) => this.claimAll(items));
    this.ends = new Batcher((items) => this.endAll(items));
  }

  /** Begins a try; nothing when the row is not to be done (any more, or yet). */
  claim(row: RowId, now: Date): Promise<ClaimedRow | undefined> {
    return this.claims.add({ ...row, now });
  }

  end(end: RowEnd): Promise<void> {
    return this.ends.add(end);
  }

  private async claimAll(items: (RowId & { now: Date })[]): Promise<(ClaimedRow | undefined)[]> {
    const now = items.reduce((latest, item) => (item.now > latest ? item.now : latest), items[0]!.now);
    const rows = await clerkRows<ClaimedRow>(this.clerk, CLAIM, [
      items.map(({ organisationId }) => organisationId),
      items.map(({ id }) => id),
      now,
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return items.map(({ id }) => byId.get(id));
  }

  private async endAll(items: RowEnd[]): Promise<void[]> {
    await clerkRows(this.clerk, END, [
      items.map(({ organisationId }) => organisationId),
      items.map(({ id }) => id),
      items.map(({ state }) => state),
      items.map(({ attempt }) => attempt),
      items.map(({ claimedRunAt }) => claimedRunAt),
      items.map(({ endedAt }) => endedAt),
      items.map(({ runAt }) => runAt),
      items.map(({ errorCode }) => errorCode),
    ]);
    return items.map(() => undefined);
  }
}

import type { Pool } from 'pg';
import { columns, statement, type Statement } from '../database/tx.js';
import { Batcher } from './batcher.js';
import type { JobPayload, QueueName } from './jobs.js';

/**
 * One try of one outbox row. Its moment belongs to it: a row that is tried again, or moved, has another one, and what was
 * handed over for the earlier moment finds nothing to do. The organisation makes the look-up a key look-up.
 */
export interface Ticket {
  organisationId: string;
  id: string;
  runAt: Date;
  /** 1 for the first try; counted when it is handed over. */
  attempt: number;
}

/** A row as the relay hands it over. */
export interface DueRow extends Ticket {
  job: string;
  queue: QueueName;
  /** The job of the queue in which it was handed over last. */
  handedAs?: string | null;
}

/** What a try is about. */
export interface Work {
  id: string;
  job: string;
  payload: JobPayload;
}

/** How a try ended. A row that is `waiting` is tried again at `nextRunAt`. */
export interface TryEnd extends Ticket {
  state: 'done' | 'skipped' | 'dead' | 'waiting';
  endedAt: Date | null;
  nextRunAt: Date;
  errorCode: string | null;
}

const COLUMNS = `o.organisation_id as "organisationId", o.id, o.run_at as "runAt", o.attempts + 1 as attempt, o.job, o.queue,
  o.handed_as as "handedAs"`;

const FIND = statement(
  'platform.outbox-find',
  `select o.id, o.job, o.payload
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as ticket (organisation_id, id, run_at)
   join public.platform_outbox o using (organisation_id, id, run_at)
   where o.state in ('waiting', 'handed')`,
);

// A row that was cancelled or moved during the try stays so, and a worker that was given up (its row was handed over again)
// may only tell that the work is done.
const END = statement(
  'platform.outbox-end',
  `update public.platform_outbox o
   set state = e.state, attempts = e.attempt, ended_at = e.ended_at, run_at = e.next_run_at, error_code = e.error_code
   from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::integer[], $5::text[], $6::timestamptz[], $7::timestamptz[],
     $8::text[]) as e (organisation_id, id, run_at, attempt, state, ended_at, next_run_at, error_code)
   where o.organisation_id = e.organisation_id and o.id = e.id and o.run_at = e.run_at and o.state in ('waiting', 'handed')
     and (o.attempts <= e.attempt or e.state in ('done', 'skipped'))`,
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

/** The row that is to be done next, for who does one after another. */
export const NEXT = statement(
  'platform.outbox-next',
  `select ${COLUMNS} from public.platform_outbox o
   where state = 'waiting' and run_at <= $1 order by (queue = 'urgent') desc, run_at, id limit 1`,
);

/** When the first row of those that wait by a moment is due; null when none is. */
export const FIRST_DUE = statement(
  'platform.outbox-first-due',
  `select min(run_at) as "runAt" from public.platform_outbox where state = 'waiting' and run_at <= $1`,
);

/** Rows that were handed over and have not ended since. */
export const OVERDUE = statement(
  'platform.outbox-overdue',
  `select ${COLUMNS} from public.platform_outbox o
   where state = 'handed' and handed_at < $1 order by handed_at limit $2 for update skip locked`,
);

export const HANDED = statement(
  'platform.outbox-handed',
  `update public.platform_outbox o set state = 'handed', handed_at = $5, attempts = handed.attempt, handed_as = handed.job_id
   from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[]) as handed (organisation_id, id, attempt, job_id)
   where o.organisation_id = handed.organisation_id and o.id = handed.id`,
);

/** Still in the queue when looked for: not to be looked for again soon. */
export const HELD = statement(
  'platform.outbox-held',
  `update public.platform_outbox o set handed_at = $3
   from unnest($1::uuid[], $2::uuid[]) as held (organisation_id, id)
   where o.organisation_id = held.organisation_id and o.id = held.id`,
);

/** Runs a named statement as the clerk, who sees the outbox of all organisations. */
export async function clerkRows<Row>(
  clerk: Pick<Pool, 'query'>,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const result = await clerk.query({ name, text, values: values as unknown[] });
  return result.rows as Row[];
}

/** Finds what tries are about, and ends them; those of many jobs at the same time share one statement. */
export class OutboxRows {
  private readonly finds: Batcher<Ticket, Work | undefined>;
  private readonly ends: Batcher<TryEnd, void>;

  constructor(private readonly clerk: Pool) {
    this.finds = new Batcher((tickets) => this.findAll(tickets));
    this.ends = new Batcher((ends) => this.endAll(ends));
  }

  /** Nothing when the row has ended, was cancelled, or was moved. */
  find(ticket: Ticket): Promise<Work | undefined> {
    return this.finds.add(ticket);
  }

  end(end: TryEnd): Promise<void> {
    return this.ends.add(end);
  }

  private async findAll(tickets: Ticket[]): Promise<(Work | undefined)[]> {
    const rows = await clerkRows<Work>(this.clerk, FIND, columns(tickets, ['organisationId', 'id', 'runAt']));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return tickets.map(({ id }) => byId.get(id));
  }

  private async endAll(ends: TryEnd[]): Promise<void[]> {
    const names = ['organisationId', 'id', 'runAt', 'attempt', 'state', 'endedAt', 'nextRunAt', 'errorCode'] as const;
    await clerkRows(this.clerk, END, columns(ends, names));
    return ends.map(() => undefined);
  }
}

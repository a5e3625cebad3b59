import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import type { Clock } from '../clock.js';
import { Refusal } from '../config/refusal.js';
import { KEY_BYTES, openWith, sealWith, unwrap, wrap, type SealRef } from './sealing.js';
import { KEYS_FRESH_MS, WRAPPED_FOR, type KeyRow, type MasterKey } from './vault.js';

/** Where something is sealed, and what its id is there, as SQL over its row. */
export interface SealedColumn {
  table: string;
  column: string;
  id: string;
}

const sealed = (table: string, id = 'id', column = 'sealed'): SealedColumn => ({ table, column, id });

/** Every sealed column of the service; a spec compares them with the database's catalogue. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  sealed('people_staff'), sealed('messages'), sealed('messages_mailbox'), sealed('cases', 'id', 'safety_check'), sealed('cases_timeline'),
  sealed('circle_members'), sealed('circle_contact_attempts'), sealed('meetings'),
  sealed('meetings_responses', `meeting_id || ' ' || member_id`), sealed('plans_drafts', 'case_id'), sealed('plans_statements', 'member_id'),
  sealed('plans_statement_versions', `member_id || ' ' || version`), sealed('plans_preconditions', 'case_id'), sealed('plans_precondition_versions', `case_id || ' ' || version`),
  sealed('plans'), sealed('plans_agreements'), sealed('plans_commitments'), sealed('plans_commitments', 'id', 'perspective'),
  sealed('plans_obstacles'), sealed('plans_directors', `encode(mover_hash, 'hex')`), sealed('plans_obstacle_lessons'),
  sealed('plans_conditions', `plan_id || ' ' || condition_id`), sealed('referrals'), sealed('micro_analysis_cost_lines'),
  sealed('micro_analysis_measurements'), sealed('platform_idempotency_keys', `actor || ' ' || key`, 'answer'),
  sealed('circle_answers'), sealed('circle_preparation_talks'), sealed('circle_participations', 'member_id'),
  sealed('cases_independence_checks', 'case_id'), sealed('circle_consents'), sealed('circle_contact_restrictions'), sealed('privacy_corrections'), sealed('privacy_erasure_requests'),
  sealed('privacy_retention_policies'), sealed('privacy_legal_holds', 'case_id'), sealed('neighbourhood_places'),
  sealed('referrals_drafts'),
  sealed('meetings_absences'),
  sealed('plans_marks', `member_id || ' ' || moment`),
  sealed('plans_passings'), sealed('plans_help', 'commitment_id'), sealed('plans_help_offers', `commitment_id || ' ' || member_id`), sealed('plans_contributions'),
];

const BATCH = 200;
/** What a process that has just read the keys may still take to notice a new one. */
const SETTLED_MS = KEYS_FRESH_MS + 2000;

export interface RotationOptions {
  ownerUrl: string;
  master: MasterKey;
  clock: Pick<Clock, 'now'>;
  /** Asked between batches; true stops, and the next call goes on from there. */
  stopped: () => boolean;
  tell: (line: string) => void;
}

/**
 * Gives an organisation a new key and seals everything again with it, while the service runs: both keys open, the newest
 * seals. The old key goes when nothing is sealed with it any more. Stopped or killed at any point, it goes on where it was:
 * what is left to do is what the database says. Hashes keep their own key: they cannot be made again without the words
 * that they stand for, and a data key that leaked does not help to guess them.
 */
export async function rotate(organisationId: string, options: RotationOptions): Promise<'done' | 'stopped'> {
  const client = new Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query('select set_config($1, $2, false)', ['app.organisation_id', organisationId]);
    const { rows: [lock] } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('rotation of ' || $1, 0)) as locked`, [organisationId]);
    if (!lock!.locked) throw new Refusal('Another rotation of this organisation is under way: let it end.');
    return await new Rotation(client, organisationId, options).run();
  } finally {
    await client.end();
  }
}

class Rotation {
  constructor(
    private readonly client: Client,
    private readonly organisationId: string,
    private readonly options: RotationOptions,
  ) {}

  async run(): Promise<'done' | 'stopped'> {
    const { tell, stopped } = this.options;
    const { newest, keys, resumed } = await this.begin();
    tell(resumed ? `goes on with key ${newest}` : `key ${newest} is the newest`);
    if (!(await this.settle())) return 'stopped';
    for (const where of SEALED_COLUMNS) {
      let count = 0;
      for (let after = '(0,0)'; ; ) {
        if (stopped()) return 'stopped';
        const { done, last } = await this.batch(where, newest, keys, after);
        if (done === 0) break;
        tell(`${where.table}: ${(count += done)}`);
        after = last;
      }
    }
    for (const where of SEALED_COLUMNS) if (await this.left(where, newest)) return this.run();
    await this.client.query('update people_organisations set wrapped_old_key = null where id = $1 and key_number = $2', [this.organisationId, newest]);
    tell(`key ${newest - 1} is gone`);
    return 'done';
  }

  /** The new key, made in one statement, or the one that a rotation before this left behind. */
  private async begin(): Promise<{ newest: number; keys: Map<number, Buffer>; resumed: boolean }> {
    const { master } = this.options;
    const id = this.organisationId;
    const row = await this.keyRow();
    const data = (bytes: Buffer): Buffer => unwrap(master.all, WRAPPED_FOR.data(id), bytes);
    if (row.wrapped_old_key) {
      const keys = new Map([[row.key_number, data(row.wrapped_key)], [row.key_number - 1, data(row.wrapped_old_key)]]);
      return { newest: row.key_number, keys, resumed: true };
    }
    const [before, fresh] = [data(row.wrapped_key), randomBytes(KEY_BYTES)];
    const newest = row.key_number + 1;
    await this.client.query(
      `update people_organisations set key_number = $2, wrapped_key = $3, wrapped_old_key = $4, wrapped_hash_key = coalesce(wrapped_hash_key, $5)
       where id = $1 and key_number = $2 - 1`,
      // Where hashes had no key of their own, they keep the first one.
      [id, newest, wrap(master.bytes, WRAPPED_FOR.data(id), fresh), row.wrapped_key, wrap(master.bytes, WRAPPED_FOR.hashes(id), before)],
    );
    return { newest, keys: new Map([[newest, fresh], [newest - 1, before]]), resumed: false };
  }

  private async keyRow(): Promise<KeyRow> {
    const { rows } = await this.client.query<KeyRow>(
      'select key_number, wrapped_key, wrapped_old_key, wrapped_hash_key from people_organisations where id = $1', [this.organisationId]);
    return rows[0]!;
  }

  /** Until every process has read the new key, and every transaction that began before that has ended. */
  private async settle(): Promise<boolean> {
    const { clock, stopped } = this.options;
    const from = clock.now().getTime();
    while (clock.now().getTime() - from < SETTLED_MS) {
      if (stopped()) return false;
      await pause(50);
    }
    const { rows: [now] } = await this.client.query<{ tx: string }>('select pg_current_xact_id()::text as tx');
    for (;;) {
      const { rows } = await this.client.query('select 1 where pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8', [now!.tx]);
      if (rows.length > 0) return true;
      if (stopped()) return false;
      await pause(50);
    }
  }

  /** Seals some rows again, in the order in which they lie, so that no row is passed twice; one that was written in between is left as it is. */
  private async batch({ table, column, id }: SealedColumn, newest: number, keys: ReadonlyMap<number, Buffer>, after: string): Promise<{ done: number; last: string }> {
    const [name, bytes] = [escapeIdentifier(table), escapeIdentifier(column)];
    const { rows } = await this.client.query<{ place: string; id: string; bytes: Buffer }>(
      `select ctid::text as place, (${id})::text as id, ${bytes} as bytes from ${name}
       where organisation_id = $1 and ${bytes} is not null and substring(${bytes} from 1 for 3) <> $2 and ctid > $3::tid limit ${BATCH}`,
      [this.organisationId, prefix(newest), after],
    );
    for (const row of rows) {
      const ref: SealRef = { organisationId: this.organisationId, table, column, id: row.id };
      const number = row.bytes[0] === 1 ? 1 : row.bytes.readUInt16BE(1);
      const again = sealWith(keys.get(newest)!, newest, ref, openWith(keys.get(number)!, ref, row.bytes));
      await this.client.query(`update ${name} set ${bytes} = $3 where ctid = $1::tid and organisation_id = $4 and ${bytes} = $2`, [
        row.place, row.bytes, again, this.organisationId,
      ]);
    }
    return { done: rows.length, last: rows.at(-1)?.place ?? after };
  }

  private async left({ table, column }: SealedColumn, newest: number): Promise<boolean> {
    const [name, bytes] = [escapeIdentifier(table), escapeIdentifier(column)];
    const { rows } = await this.client.query(
      `select 1 from ${name} where organisation_id = $1 and substring(${bytes} from 1 for 3) <> $2 limit 1`, [this.organisationId, prefix(newest)]);
    return rows.length > 0;
  }
}

/** How bytes begin that this key sealed. */
const prefix = (number: number): Buffer => Buffer.from([2, number >> 8, number & 0xff]);

/** Wraps every key again with the newest master key: for when MASTER_KEY is replaced and MASTER_KEY_OLD still opens them. */
export async function rewrap(ownerUrl: string, { all, bytes: newest }: MasterKey): Promise<number> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const again = (where: string, wrapped: Buffer | null): Buffer | null => wrapped && wrap(newest, where, unwrap(all, where, wrapped));
  try {
    await client.query('begin');
    const { rows } = await client.query<KeyRow & { id: string }>(
      'select id, wrapped_key, wrapped_old_key, wrapped_hash_key from people_organisations for update');
    for (const { id, wrapped_key, wrapped_old_key, wrapped_hash_key } of rows) {
      const [data, hashes] = [WRAPPED_FOR.data(id), WRAPPED_FOR.hashes(id)];
      await client.query('update people_organisations set wrapped_key = $2, wrapped_old_key = $3, wrapped_hash_key = $4 where id = $1', [
        id, again(data, wrapped_key), again(data, wrapped_old_key), again(hashes, wrapped_hash_key),
      ]);
    }
    const installation = await client.query<{ wrapped_key: Buffer }>('select wrapped_key from platform_installation for update');
    for (const { wrapped_key } of installation.rows) {
      await client.query('update platform_installation set wrapped_key = $1', [again(WRAPPED_FOR.installation, wrapped_key)]);
    }
    await client.query('commit');
    return rows.length;
  } finally {
    await client.end();
  }
}

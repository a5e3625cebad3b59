import { statement } from '../platform/database/tx.js';
import type { KnownDigest, Position, Seal } from './seals.rules.js';

/** Statements of sealing and verifying. They read audit_events, audit_seals and people_organisations. */

/** Every column but the organisation's, in one text that is the same in every version of PostgreSQL. */
export const EVENT_LINE = `json_build_array(e.id, e.epoch, e.tx::text, (extract(epoch from e.at) * 1000000)::bigint, e.action, e.purpose,
  e.result, e.actor_kind, e.actor_id, e.actor_roles, e.session_id, e.object_kind, e.object_id, e.case_id, encode(e.origin, 'hex'),
  e.request_id, e.read_key)::text`;

const SEAL_ROW = `s.organisation_id, s.epoch, s.number, s.at, s.to_epoch, s.to_tx::text as to_tx, s.to_event, s.events, s.marks, s.digest,
  s.reason, s.known_epoch, s.known_number, s.known_digest`;

export interface SealRow {
  organisation_id: string;
  epoch: number;
  number: number;
  at: Date;
  to_epoch: number | null;
  to_tx: string | null;
  to_event: string | null;
  events: number;
  marks: Buffer;
  digest: Buffer;
  reason: string | null;
  known_epoch: number | null;
  known_number: number | null;
  known_digest: Buffer | null;
}

export const sealOf = (row: SealRow): Seal => ({
  organisationId: row.organisation_id,
  epoch: row.epoch,
  number: row.number,
  at: row.at,
  to: row.to_epoch === null ? null : { epoch: row.to_epoch, tx: row.to_tx!, id: row.to_event! },
  events: row.events,
  reason: row.reason,
  known: row.known_epoch === null ? null : { epoch: row.known_epoch, number: row.known_number!, digest: row.known_digest!.toString('hex') },
});

export const sealValues = (seal: Seal, marks: Buffer, digest: Buffer): unknown[] => {
  const { organisationId, epoch, number, at, to, events, reason, known } = seal;
  const outside = (one: KnownDigest | null): unknown[] => [one?.epoch ?? null, one?.number ?? null, one && Buffer.from(one.digest, 'hex')];
  return [organisationId, epoch, number, at, to?.epoch ?? null, to?.tx ?? null, to?.id ?? null, events, marks, digest, reason, ...outside(known)];
};

export const INSERT_SEAL = statement(
  'audit.seal',
  `insert into audit_seals (organisation_id, epoch, number, at, to_epoch, to_tx, to_event, events, marks, digest, reason,
     known_epoch, known_number, known_digest)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

export const LAST_SEAL = statement(
  'audit.last-seal',
  `select ${SEAL_ROW} from audit_seals s where s.organisation_id = $1 order by s.epoch desc, s.number desc limit 1`,
);

/** The seals after one, in their order. */
export const SEALS_AFTER = statement(
  'audit.seals-after',
  `select ${SEAL_ROW} from audit_seals s where s.organisation_id = $1 and (s.epoch, s.number) > ($2::int, $3::int)
   order by s.epoch, s.number limit $4`,
);

/** Organisations with events after their newest seal; audit_events_in_order answers it without reading events. */
export const TO_SEAL = statement(
  'audit.to-seal',
  `select o.id, o.slug from people_organisations o
   left join lateral (
     select s.to_epoch, s.to_tx, s.to_event from audit_seals s where s.organisation_id = o.id
     order by s.epoch desc, s.number desc limit 1) s on true
   where exists (
     select from audit_events e where e.organisation_id = o.id and (e.epoch, e.tx, e.id) >
       (coalesce(s.to_epoch, 0), coalesce(s.to_tx, '0'), coalesce(s.to_event, '00000000-0000-0000-0000-000000000000')))`,
);

/** One sealer at a time for an organisation, over all processes; the lock ends with the transaction. */
export const TRY_LOCK = statement('audit.try-lock', `select pg_try_advisory_xact_lock(hashtextextended('audit seals ' || $1, 0)) as locked`);
export const LOCK = statement('audit.lock', `select pg_advisory_xact_lock(hashtextextended('audit seals ' || $1, 0))`);

export interface CounterRow {
  /** Every transaction below has ended. */
  ended: string;
  /** Whether the counter stands where the given transaction has already been. */
  behind: boolean;
}
export const COUNTER = statement(
  'audit.counter',
  `select pg_snapshot_xmin(pg_current_snapshot())::text as ended, pg_snapshot_xmin(pg_current_snapshot()) <= $1::xid8 as behind`,
);

const AFTER = `from audit_events e where e.organisation_id = $1 and (e.epoch, e.tx, e.id) > ($2::int, $3::xid8, $4::uuid)`;

/**
 * What may be sealed: events after a place ($2–4) of transactions that have ended, and so have all before them; nothing can
 * come in between any more. Those of earlier epochs than $5 ended when the new one was opened.
 */
export const SEALABLE = statement(
  'audit.sealable',
  `select e.id, e.epoch, e.tx::text as tx, ${EVENT_LINE} as line ${AFTER}
     and (e.epoch < $5 or e.tx < pg_snapshot_xmin(pg_current_snapshot()))
   order by e.epoch, e.tx, e.id limit $6`,
);

/** The events between two places, the second one included. */
export const BETWEEN = statement(
  'audit.between',
  `select e.id, e.epoch, e.tx::text as tx, ${EVENT_LINE} as line ${AFTER}
     and (e.epoch, e.tx, e.id) <= ($5::int, $6::xid8, $7::uuid)
   order by e.epoch, e.tx, e.id`,
);

export interface UnsealedRow {
  events: number;
  oldest: Date | null;
  /** Of these, those that could have been sealed. */
  ready: number;
  oldest_ready: Date | null;
}
export const UNSEALED = statement(
  'audit.unsealed',
  `select count(*)::int as events, min(e.at) as oldest, count(*) filter (where ready)::int as ready, min(e.at) filter (where ready) as oldest_ready
   from (select e.at, e.epoch < $5 or e.tx < pg_snapshot_xmin(pg_current_snapshot()) as ready ${AFTER}) e`,
);

export const placeValues = ({ epoch, tx, id }: Position): unknown[] => [epoch, tx, id];

import { Injectable } from '@nestjs/common';
import { actorId, type Actor, type Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { UUID, type StatefulRequest } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import { purposeOf, type Purpose } from './purposes.rules.js';

/** What was done or seen: a code, and what it was done to. Ids only. */
export interface AuditEntry {
  /** `<module>.<what-happened>`, for example `circle.member-approved`. */
  action: string;
  object: { kind: string; id: string } | null;
  caseId?: string | null;
  result?: 'done' | 'refused';
  /** Why, when it is another purpose than the action and the actor tell by themselves. */
  purpose?: Purpose;
  /** For a refusal of strangers: what stands on the log once in five minutes, in place of each address by itself. */
  together?: string;
}

/** The same session that looks at the same thing within this time has looked once. */
const ONE_LOOK_SECONDS = 300;

const COLUMNS = `(organisation_id, id, at, action, purpose, result, actor_kind, actor_id, actor_roles, session_id, object_kind, object_id,
  case_id, origin, request_id, read_key)`;

// `e`: the rows, with the roles of each as one text because PostgreSQL has no ragged arrays.
const ROWS = `unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[],
     $10::uuid[], $11::text[], $12::uuid[], $13::uuid[], $14::bytea[], $15::text[], $16::text[])
     as e (id, at, action, purpose, result, actor_kind, actor_id, actor_roles, session_id, object_kind, object_id, case_id, origin,
       request_id, read_key)`;
const VALUES = `$1::uuid, e.id, e.at, e.action, e.purpose, e.result, e.actor_kind, e.actor_id, string_to_array(e.actor_roles, ','), e.session_id,
     e.object_kind, e.object_id, e.case_id, e.origin, e.request_id`;

const INSERT = statement('audit.record', `insert into audit_events ${COLUMNS} select ${VALUES}, null from ${ROWS}`);

// `tenant` is scanned before any row exists, so the row-level check sees it.
const INSERT_READS = statement(
  'audit.reads',
  `with tenant as materialized (select set_config('app.organisation_id', $1, true))
   insert into audit_events ${COLUMNS}
   select ${VALUES}, e.read_key from tenant, ${ROWS}
   on conflict (organisation_id, read_key) do nothing`,
);

const IS_TENANT = statement('audit.is-tenant', 'select from people_organisations where id = $1');

/** Where a request came from. */
export interface Origin {
  address: string;
  requestId: string;
}

interface Group {
  rows: unknown[][];
  written: Promise<void>;
}

/** The audit log. A write's event goes with its command; a read's is committed before the answer leaves. */
@Injectable()
export class AuditService {
  private readonly waiting = new Map<string, Group>();
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
  ) {}

  /** Records what this command does, in its own transaction. */
  async record(tx: Tx, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length > 0) await named(tx, INSERT, [tx.organisationId, ...asColumns(entries.map((entry) => this.row(tx.ctx, tx.now, entry)))]);
  }

  /** Records a look, together with others of the same moment in one statement; resolves when it is committed. */
  async read(ctx: Ctx, entry: AuditEntry): Promise<void> {
    const organisationId = ctx.actor.organisationId;
    const row = this.row(ctx, this.clock.now(), entry);
    const group = this.waiting.get(organisationId);
    if (group) {
      group.rows.push(row);
      return group.written;
    }
    const fresh: Group = { rows: [row], written: Promise.resolve() };
    // While one group is being written the next one gathers.
    fresh.written = this.flushing.then(async () => {
      this.waiting.delete(organisationId);
      await this.write(organisationId, fresh.rows);
    });
    this.waiting.set(organisationId, fresh);
    this.flushing = fresh.written.catch(() => undefined);
    return fresh.written;
  }

  /**
   * Records that someone who is known asked for what is not theirs (403, 404), or that a token of this organisation opened
   * nothing (401); whatever else went wrong is no refusal.
   */
  async refused(request: StatefulRequest, error: unknown): Promise<void> {
    if (!(error instanceof Problem) || ![401, 403, 404].includes(error.status)) return;
    const ctx = error.status === 401 ? await this.unknown(request) : (request.state?.ctx ?? request.state?.unentered?.ctx);
    if (!ctx || (error.status !== 401 && !('sessionId' in ctx.actor))) return;
    const object = askedFor(request);
    const caseId = object?.kind === 'case' ? object.id : null;
    await this.read(ctx, { action: `access.${error.code}`, object, caseId, result: 'refused' });
  }

  /** Who comes with a token that opens nothing: nobody, of the organisation that the token names, when there is one. */
  private async unknown(request: StatefulRequest): Promise<Ctx | null> {
    const { unentered } = request.state ?? {};
    if (!unentered) return null;
    const { organisationId } = unentered.credentials;
    if ((await this.database.one(IS_TENANT, [organisationId])).length === 0) return null;
    return { actor: { kind: 'anonymous', organisationId }, requestId: unentered.requestId, address: unentered.address };
  }

  /**
   * Records that a token of this organisation was refused: guessed, ended, of somebody who left, or where no token belongs.
   * Once for an address, a kind and five minutes, so that guessing does not flood the log; of no organisation, nowhere.
   */
  async refusedToken({ address, requestId }: Origin, organisationId: string | null, entry: Omit<AuditEntry, 'result'>): Promise<void> {
    if (organisationId === null || (await this.database.one(IS_TENANT, [organisationId])).length === 0) return;
    await this.read({ actor: { kind: 'anonymous', organisationId }, address, requestId }, { ...entry, result: 'refused' });
  }

  private async write(organisationId: string, rows: unknown[][]): Promise<void> {
    await this.database.one(INSERT_READS, [organisationId, ...asColumns(rows)]);
  }

  private row(ctx: Ctx, now: Date, entry: AuditEntry): unknown[] {
    const { actor } = ctx;
    const session = 'sessionId' in actor ? actor.sessionId : null;
    const origin = this.vault.installationHash('origin', ctx.address);
    return [
      newId(now),
      now,
      entry.action,
      entry.purpose ?? purposeOf(entry.action, actor),
      entry.result ?? 'done',
      actor.kind,
      actorId(actor),
      actor.kind === 'staff' ? actor.roles.join(',') : '',
      session,
      entry.object?.kind ?? null,
      entry.object?.id ?? null,
      entry.caseId ?? null,
      origin,
      ctx.requestId,
      lookKey(actor, session ?? (entry.result === 'refused' ? (entry.together ?? origin.toString('base64url')) : null), now, entry),
    ];
  }
}

/** Rows as the arrays that `unnest` takes. */
const asColumns = (rows: readonly unknown[][]): unknown[][] => rows[0]!.map((_, column) => rows.map((row) => row[column]));

/** By session, or for refused strangers by address; everything else stands on its own. */
function lookKey(actor: Actor, session: string | null, now: Date, entry: AuditEntry): string | null {
  if (session === null) return null;
  const span = Math.floor(now.getTime() / 1000 / ONE_LOOK_SECONDS);
  return `${actor.kind}:${session}:${entry.action}:${entry.object?.id ?? entry.caseId ?? ''}:${span}`;
}

/** What the address names: `/v1/circle-members/:id/approval` asks for a circle member. */
function askedFor(request: StatefulRequest): AuditEntry['object'] {
  const { id } = request.params as { id?: string };
  const kind = /([\w-]+)s\/:id(\/|$)/.exec(request.routeOptions.url ?? '')?.[1];
  return kind && id && UUID.test(id) ? { kind, id } : null;
}

import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx, StaffActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import type { SessionItem, SessionList } from './staff.dto.js';
import { newToken } from './tokens.rules.js';

const HOUR_MS = 60 * 60 * 1000;
const STAFF_SESSION_HOURS = 12;

/** How somebody of the staff came in. */
export type SignedInBy = 'password' | 'oidc';

const OPEN = statement(
  'people.session-open',
  `insert into people_sessions (organisation_id, id, hash, staff_id, signed_in_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);
// Both are served by people_sessions_of_staff.
const LIST = statement(
  'people.staff-sessions',
  `select id, platform_utc(created_at) as "createdAt", platform_utc(expires_at) as "expiresAt", signed_in_by as "signedInBy"
   from people_sessions where organisation_id = $1 and staff_id = $2 and ended_at is null and expires_at > $3
   order by id desc limit 100`,
);
const END_ALL = statement(
  'people.staff-sessions-end',
  `update people_sessions set ended_at = $3
   where organisation_id = $1 and staff_id = $2 and ended_at is null and ($4::uuid is null or id <> $4)`,
);
const END_ONE = statement(
  'people.staff-session-end',
  `update people_sessions set ended_at = $4
   where organisation_id = $1 and staff_id = $2 and id = $3 and ended_at is null and expires_at > $4 returning id`,
);

/** The sessions of those who work here: opened, listed, ended. Ended means at the next request, in every process. */
@Injectable()
export class StaffSessionsService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  /** A new session; only its hash is kept. The caller has seen who it is. */
  async open(tx: Tx, staffId: string, signedInBy: SignedInBy): Promise<{ token: string; expiresAt: string }> {
    const { token, hash } = newToken(tx.organisationId);
    const expiresAt = new Date(tx.now.getTime() + STAFF_SESSION_HOURS * HOUR_MS);
    await named(tx, OPEN, [tx.organisationId, newId(tx.now), hash, staffId, signedInBy, tx.now, expiresAt]);
    return { token, expiresAt: expiresAt.toISOString() };
  }

  /** One's own open sessions, newest first. */
  async own(ctx: Ctx): Promise<SessionList> {
    const { staffId, sessionId } = ctx.actor as StaffActor;
    return this.database.view(ctx, (tx) => this.list(tx, staffId, sessionId));
  }

  /** Somebody's open sessions, newest first. */
  async list(tx: Tx, staffId: string, currentId: string | null): Promise<SessionList> {
    const rows = await named<Omit<SessionItem, 'current'>>(tx, LIST, [tx.organisationId, staffId, tx.now]);
    return { items: rows.map((row) => ({ ...row, current: row.id === currentId })) };
  }

  /** Ends one of one's own sessions; 404 for every other. */
  async endOwn(ctx: Ctx, sessionId: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const { staffId } = tx.actor as StaffActor;
      const ended = await named(tx, END_ONE, [tx.organisationId, staffId, sessionId, tx.now]);
      if (ended.length === 0) throw notFound();
      await this.audit.record(tx, { action: 'people.session-ended', object: { kind: 'session', id: sessionId } });
    });
  }

  /** Ends all sessions of somebody, or all but one. */
  async endAll(tx: Tx, staffId: string, butId: string | null = null): Promise<void> {
    await named(tx, END_ALL, [tx.organisationId, staffId, tx.now, butId]);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ContactErasureService } from '../circle/contact-erasure.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { decodeCursor, DEFAULT_LIMIT, page, type Page, type PageQuery } from '../platform/http/cursor.js';
import { invalidField, notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import { HOLD_STANDS, LOCK_CASE } from './erasure.queries.js';
import type { LegalHold, LegalHoldRequest } from './retention.dto.js';
import { CASE_OF_REFERENCE, END_HOLD, HOLD_OF, HOLDS, PUT_HOLD, type HoldRow } from './retention.queries.js';

/** A case of which nothing may be erased: a complaint, an objection or a court may still need it. */
@Injectable()
export class LegalHoldsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly vault: Vault,
    private readonly contacts: ContactErasureService,
  ) {}

  onModuleInit(): void {
    this.contacts.onLegalHold(this);
  }

  /** Whether nothing of this case may be erased today. */
  async isHeld(tx: Tx, caseId: string): Promise<boolean> {
    return (await named(tx, HOLD_STANDS, [tx.organisationId, caseId, localDay(tx.now)])).length > 0;
  }

  /** Of one case, without its contents: for admin and lead, and for the facilitator of the case. */
  async get(ctx: Ctx, caseId: string): Promise<LegalHold> {
    const hold = await this.database.view(ctx, async (tx) => {
      const [row] = await named<HoldRow>(tx, HOLD_OF, [tx.organisationId, caseId]);
      const own = row !== undefined && actorId(ctx.actor) === row.facilitatorId;
      if (!row || !(own || hasRole(ctx.actor, 'lead', 'admin'))) throw notFound();
      return this.opened(tx, row);
    });
    await this.audit.read(ctx, { action: 'privacy.legal-hold-read', object: { kind: 'case', id: caseId }, caseId });
    return hold;
  }

  /** All of them, by case. */
  async list(ctx: Ctx, query: PageQuery): Promise<Page<LegalHold>> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const items = await this.database.view(ctx, async (tx) => {
      const rows = await named<HoldRow>(tx, HOLDS, [tx.organisationId, after, limit + 1]);
      return Promise.all(rows.map((row) => this.opened(tx, row)));
    });
    await this.audit.read(ctx, { action: 'privacy.legal-holds-listed', object: null });
    return page(items, limit, ({ caseId }) => [caseId]);
  }

  /** Puts a hold on a case, or another in its place. */
  async put(ctx: Ctx, caseId: string, { reason, remark, until }: LegalHoldRequest): Promise<LegalHold> {
    return this.database.run(ctx, async (tx) => {
      // Behind the lock: a run that is erasing this case at the moment has it, and then there is nothing left to hold.
      if ((await named(tx, LOCK_CASE, [tx.organisationId, caseId])).length === 0) throw notFound();
      if (until !== undefined && until < localDay(tx.now)) throw invalidField('/until', 'in-the-past');
      const sealed = remark === undefined ? null : await this.vault.seal(placeOf(tx, caseId), { remark });
      await named(tx, PUT_HOLD, [tx.organisationId, caseId, reason, sealed, until ?? null, actorId(tx.actor), tx.now]);
      await this.audit.record(tx, { action: 'privacy.legal-hold-put', object: { kind: 'case', id: caseId }, caseId });
      const [row] = await named<HoldRow>(tx, HOLD_OF, [tx.organisationId, caseId]);
      return this.opened(tx, row!);
    });
  }

  /** The same by the number of the case, as people write it. */
  async putByReference(ctx: Ctx, reference: string, request: LegalHoldRequest): Promise<LegalHold> {
    const [found] = await this.database.view(ctx, (tx) => named<{ id: string }>(tx, CASE_OF_REFERENCE, [tx.organisationId, reference]));
    if (!found) throw invalidField('/reference', 'unknown-reference');
    return this.put(ctx, found.id, request);
  }

  /** Ends the hold: the next nightly run does what it left. */
  async end(ctx: Ctx, caseId: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      if ((await named(tx, END_HOLD, [tx.organisationId, caseId])).length === 0) throw notFound();
      await this.audit.record(tx, { action: 'privacy.legal-hold-ended', object: { kind: 'case', id: caseId }, caseId });
    });
  }

  private async opened(tx: Tx, { caseId, reference, reason, sealed, until, setAt }: HoldRow): Promise<LegalHold> {
    const remark = sealed === null ? null : (await this.vault.open<{ remark: string }>(placeOf(tx, caseId), sealed)).remark;
    return { caseId, reference, reason, remark, until, setAt: setAt.toISOString() };
  }
}

const placeOf = (tx: Tx, id: string): { organisationId: string; table: string; id: string } => {
  return { organisationId: tx.organisationId, table: 'privacy_legal_holds', id };
};

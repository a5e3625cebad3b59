import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorOf, type EnterRow } from '../people/sessions.service.js';
import type { Actor, Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { assertAllowed, type Unentered } from '../platform/http/access.js';
import { DEFAULT_LIMIT, decodeCursor, page } from '../platform/http/cursor.js';
import { Problem } from '../platform/http/problem.js';
import type { CaseList, CaseListItem, CaseQuery } from './cases.dto.js';
import { CASE_PAGE } from './cases.queries.js';

/** The caseload: one statement a page, which also says who asks. */
@Injectable()
export class CaseListsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** A facilitator's own cases, or every case for a lead; newest first. */
  async list(entering: Unentered, query: CaseQuery): Promise<CaseList> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid']);
    const { organisationId, hash } = entering.credentials;
    const now = this.clock.now();
    const [row] = await this.database.one<EnterRow & { items: CaseListItem[] }>(CASE_PAGE, [
      organisationId,
      hash,
      now,
      after?.[0] ?? null,
      limit + 1,
      query.state ?? null,
      query.facilitatorId ?? null,
      query.kind ?? null,
      query.neighbourhoodCode ?? null,
      query.urgent ?? null,
    ]);
    const ctx = entered(entering, row, now);
    await this.audit.read(ctx, { action: 'cases.listed', object: null });
    const { items, next } = page(row!.items, limit, (item) => [item.id]);
    return { items: items.map(withoutNulls), next };
  }
}

/** The context of one who came in with the statement itself, checked against the route's rule. */
export function entered(entering: Unentered, row: EnterRow | undefined, now: Date): Ctx {
  if (!row) throw new Problem(401, 'unauthenticated');
  const actor: Actor = actorOf(row);
  entering.ctx = { actor, requestId: entering.requestId, address: entering.address };
  assertAllowed(actor, entering.rule, now);
  return entering.ctx;
}

function withoutNulls(item: CaseListItem): CaseListItem {
  const { residentName, ...rest } = item;
  return residentName ? { ...rest, residentName } : rest;
}

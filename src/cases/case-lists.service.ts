import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorOf, type EnterRow } from '../people/sessions.service.js';
import type { Actor, Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { assertAllowed, type Unentered } from '../platform/http/access.js';
import { DEFAULT_LIMIT, decodeCursor, page } from '../platform/http/cursor.js';
import { Problem } from '../platform/http/problem.js';
import type { CaseList, CaseListItem, CaseQuery, CaseSummary } from './cases.dto.js';
import { CASE_PAGE, LAST_ID, OWN_PAGE } from './cases.queries.js';

type PageRow = EnterRow & { items: (CaseSummary & { residentName: string | null })[] | null };

/** The caseload: one statement a page, which also says who asks. Who leads and asks for everything needs a second one. */
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
    const before = (after?.[0] as string | undefined) ?? null;
    const { organisationId, hash } = entering.credentials;
    const now = this.clock.now();
    const enter = [organisationId, hash, now];
    const filters = [query.state, query.facilitatorId, query.kind, query.neighbourhoodCode, query.urgent].map((value) => value ?? null);
    const filtered = filters.some((value) => value !== null);
    let row: PageRow | undefined;
    if (!filtered) [row] = await this.database.one<PageRow>(OWN_PAGE, [...enter, before ?? LAST_ID, limit + 1]);
    if (filtered || row?.items === null) [row] = await this.database.one<PageRow>(CASE_PAGE, [...enter, before, limit + 1, ...filters]);
    const ctx = entered(entering, row, now);
    await this.audit.read(ctx, { action: 'cases.listed', object: null });
    const { items, next } = page(row!.items!, limit, (item) => [item.id]);
    return { items: items.map(forReader), next };
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

/** The statement gives the name of the reader's own cases only. */
function forReader({ residentName, ...summary }: CaseSummary & { residentName: string | null }): CaseListItem | CaseSummary {
  return residentName === null ? summary : { ...summary, residentName };
}

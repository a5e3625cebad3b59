import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { ContributionsService } from './contributions.service.js';
import { HelpService } from './help.service.js';
import type { Offers } from './offers.dto.js';
import { PassingsService } from './passings.service.js';

/** What is asked and offered around promises, in one read. */
@Injectable()
export class OffersService {
  constructor(
    private readonly database: Database,
    private readonly passings: PassingsService,
    private readonly help: HelpService,
    private readonly contributions: ContributionsService,
    private readonly audit: AuditService,
  ) {}

  async list(ctx: Ctx, caseId: string | null): Promise<Offers> {
    const answer = await this.database.view(ctx, (tx) => this.within(tx, caseId));
    await this.audit.read(ctx, { action: 'plans.offers-read', object: caseId ? { kind: 'case', id: caseId } : null });
    return answer;
  }

  /** The same within another read, which audits. */
  async within(tx: Tx, caseId: string | null): Promise<Offers> {
    const isOther = tx.actor.kind === 'participant' && caseId !== null && caseId !== tx.actor.caseId;
    if (isOther) return { passings: [], help: [], contributions: [] };
    return {
      passings: await this.passings.list(tx, caseId),
      help: await this.help.list(tx, caseId),
      contributions: await this.contributions.list(tx, caseId),
    };
  }
}

import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { textsFor } from '../texts/texts.js';
import { CatalogueService } from './catalogue.service.js';
import { CostLinesService } from './cost-lines.service.js';
import { DEFAULT_REPORT_YEAR } from './cpi.rules.js';
import type { MicroAnalysisAnswer, MicroAnalysisQuery } from './micro-analysis.dto.js';
import { readerOf } from './reader.policy.js';
import { analyse, limitsOf } from './result.rules.js';
import { changesOf } from './wellbeing.rules.js';
import { WellbeingService } from './wellbeing.service.js';

/** What changed around one case: for its facilitator, and for its main persons as far as it is theirs. */
@Injectable()
export class MicroAnalysisService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly audit: AuditService,
    private readonly catalogue: CatalogueService,
    private readonly costLines: CostLinesService,
    private readonly wellbeing: WellbeingService,
  ) {}

  /** The micro-analysis of a case. A price year without an index is refused (400). */
  async read(ctx: Ctx, caseId: string, query: MicroAnalysisQuery): Promise<MicroAnalysisAnswer> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      const mayRead = readerOf(ctx.actor);
      const hidden = await this.restrictions.hidden(tx, caseId);
      // Lines of somebody of whom the reader must not hear are not even counted as left out.
      const all = (await this.costLines.all(tx, caseId)).filter(({ memberId }) => !hidden.has(memberId ?? ''));
      const lines = all.filter((line) => mayRead(line.memberId));
      const measured = (await this.wellbeing.all(tx, caseId)).filter((each) => mayRead(each.memberId));
      const changes = changesOf(measured);
      const result = analyse(lines, { priceYear: query.priceYear ?? DEFAULT_REPORT_YEAR, status: query.status });
      const limits = limitsOf({
        lines,
        status: result.status,
        find: (itemId) => this.catalogue.find(itemId),
        leftOut: all.length - lines.length,
        wellbeing: changes,
      });
      const texts = textsFor('nl').microAnalysis.limits;
      return {
        ...result,
        wellbeing: changes.map(({ wording: _, thresholdPublished: __, ...change }) => change),
        limits: limits.map(({ code, count }) => ({ code, text: texts[code](count) })),
      };
    });
    await this.audit.read(ctx, { action: 'micro-analysis.read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }
}

import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { CircleService } from '../circle/circle.service.js';
import { MarksService } from '../plans/marks.service.js';
import { takesPart } from '../plans/plan-people.rules.js';
import { SixWeeksService } from '../plans/six-weeks.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/http/problem.js';
import type { SixWeeksPageProps } from './six-weeks.pages.js';

/** What stands on the page of a case about six weeks and looking back. */
@Injectable()
export class SixWeeksPagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly sixWeeks: SixWeeksService,
    private readonly marks: MarksService,
    private readonly audit: AuditService,
  ) {}

  /** 404 without a plan. */
  async page(ctx: Ctx, caseId: string): Promise<Omit<SixWeeksPageProps, 'frame'>> {
    const props = await this.database.view(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, caseId);
      const answer = await this.sixWeeks.of(tx, caseId);
      if (!answer) throw notFound();
      const review = answer.reviews.find(({ state }) => state === 'asked' || state === 'later');
      const suggestions = review ? await this.sixWeeks.suggestions(tx, theCase.facilitatorId, review) : [];
      const people = (await this.circle.members(tx, caseId)).filter(takesPart).map(({ id, name }) => ({ value: id, label: name }));
      return { reference: theCase.reference, answer, people, suggestions: suggestions.map(({ startsAt }) => startsAt), meets: KINDS[theCase.kind].meets, marks: await this.marks.ofCase(tx, caseId) };
    });
    await this.audit.read(ctx, { action: 'plans.six-weeks-read', object: { kind: 'case', id: caseId }, caseId });
    return props;
  }
}

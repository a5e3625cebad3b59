import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CONTACTABLE_STATES } from '../circle/circle.rules.js';
import { CircleService } from '../circle/circle.service.js';
import { GrowthService } from '../circle/growth.service.js';
import { IndependenceService } from '../circle/independence.service.js';
import { shownName } from '../circle/members.service.js';
import { TasksService } from '../circle/tasks.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { CasePreparationProps } from './case-preparation.pages.js';

const MOST_TASKS = 100;

/** What stands on the page of a case about what is done before the meeting. */
@Injectable()
export class CasePreparationService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly tasks: TasksService,
    private readonly growth: GrowthService,
    private readonly independence: IndependenceService,
    private readonly audit: AuditService,
  ) {}

  async page(ctx: Ctx, caseId: string): Promise<Omit<CasePreparationProps, 'frame'>> {
    const props = await this.database.view(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, caseId);
      const people = await this.circle.members(tx, caseId);
      return {
        reference: theCase.reference,
        tasks: (await this.tasks.of(tx, theCase.facilitatorId, { caseId, limit: MOST_TASKS })).items,
        people: people
          .filter(({ isMainPerson, state }) => (isMainPerson ? state !== 'removed' : CONTACTABLE_STATES.includes(state)))
          .map((person) => ({ id: person.id, name: shownName(person), way: person.takesPart })),
        check: await this.independence.of(tx, theCase),
        growth: await this.growth.ofCase(tx, caseId),
      };
    });
    await this.audit.read(ctx, { action: 'circle.tasks-read', object: { kind: 'case', id: caseId }, caseId });
    return props;
  }
}

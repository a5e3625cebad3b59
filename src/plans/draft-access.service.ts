import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, notFound } from '../platform/http/problem.js';
import { draftAccess, type DraftAccessAnswer, type DraftUse } from './draft-access.policy.js';
import type { PlanPerson } from './plan-people.rules.js';
import { PEOPLE } from './plans.queries.js';

/** The one way to the plan in the making: who may not have it gets 404, or 409 while the circle is by itself. */
@Injectable()
export class DraftAccess {
  constructor(
    private readonly cases: CasesService,
    private readonly privateTimes: PrivateTimeService,
  ) {}

  /** The case, for one who may read its draft now. */
  async toRead(tx: Tx, caseId: string): Promise<CaseEntity> {
    const theCase = await this.cases.require(tx, caseId, 'circle');
    await this.assert(tx, theCase, 'read');
    return theCase;
  }

  /** The open case, locked, for one who may write its draft now. */
  async toWrite(tx: Tx, caseId: string): Promise<CaseEntity> {
    const theCase = await this.cases.lockOpen(tx, caseId, 'circle');
    await this.assert(tx, theCase, 'write');
    return theCase;
  }

  /** Whether the one who asks may write in it now. */
  async mayWrite(tx: Tx, caseId: string): Promise<boolean> {
    return (await this.answer(tx, await this.cases.require(tx, caseId, 'circle'), 'write')) === 'open';
  }

  private async assert(tx: Tx, theCase: CaseEntity, use: DraftUse): Promise<void> {
    const answer = await this.answer(tx, theCase, use);
    if (answer === 'none') throw notFound();
    if (answer === 'closed') throw conflict('private-time-running');
  }

  private async answer(tx: Tx, theCase: CaseEntity, use: DraftUse): Promise<DraftAccessAnswer> {
    const people = await named<PlanPerson>(tx, PEOPLE, [tx.organisationId, theCase.id]);
    return draftAccess(tx.actor, use, { theCase, table: await this.privateTimes.ofCase(tx, theCase.id), people });
  }
}

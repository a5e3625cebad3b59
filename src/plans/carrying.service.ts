import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { LinksService } from '../people/links.service.js';
import type { Tx } from '../platform/database/tx.js';
import { stateConflict } from '../platform/http/problem.js';
import { next, statesWith } from '../platform/transitions.js';
import { CheckInsService } from './check-ins.service.js';
import { ConditionRecords } from './condition-records.service.js';
import { DraftsService } from './drafts.service.js';
import { PlanCarriedMessages } from './plan-carried.messages.js';
import { PlanEntity } from './plan.entity.js';
import { isCarried, PLAN_TRANSITIONS, type PlanEvent } from './plans.rules.js';
import { PlansService } from './plans.service.js';
import { SixWeeksService } from './six-weeks.service.js';

/** When a plan is carried, and when it goes back to the circle. The caller holds the case: of two who come last, one does it. */
@Injectable()
export class CarryingService {
  constructor(
    private readonly cases: CasesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly conditions: ConditionRecords,
    private readonly sixWeeks: SixWeeksService,
    private readonly checkIns: CheckInsService,
    private readonly messages: PlanCarriedMessages,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  /** Carries a fixed plan when everything is there that its kind needs; the case carries it out. The given plan follows. */
  async carryIfComplete(tx: Tx, theCase: CaseEntity, plan: PlanEntity): Promise<void> {
    if (plan.state !== 'fixed' || !(await this.isComplete(tx, theCase, plan))) return;
    await this.move(tx, plan, 'carried', tx.now);
    await this.cases.advance(tx, theCase, 'plan-carried');
    await this.links.redate(tx, theCase.id);
    await this.sixWeeks.carried(tx, theCase, plan);
    await this.checkIns.plan(tx, theCase.id);
    await this.messages.tell(tx, theCase, plan.id);
    await this.cases.note(tx, { caseId: theCase.id, type: 'plan-carried', audience: 'circle' });
    await this.audit.record(tx, { action: 'plans.carried', object: { kind: 'plan', id: plan.id }, caseId: theCase.id });
  }

  /** Gives a plan back to the circle. A case that carried it out stands again where it was before. */
  async giveBack(tx: Tx, theCase: CaseEntity, plan: PlanEntity): Promise<void> {
    const wasCarried = plan.state === 'carried';
    await this.move(tx, plan, 'returned', null);
    await this.messages.takeBack(tx, theCase.id);
    if (wasCarried && theCase.state === 'carrying-out') {
      await this.cases.advance(tx, theCase, plan.meetingId === null ? 'plan-returned-without-meeting' : 'plan-returned');
    }
    await this.cases.note(tx, { caseId: theCase.id, type: 'plan-returned', audience: 'circle' });
    await this.audit.record(tx, { action: 'plans.returned', object: { kind: 'plan', id: plan.id }, caseId: theCase.id });
  }

  private async isComplete(tx: Tx, theCase: CaseEntity, plan: PlanEntity): Promise<boolean> {
    const { content } = await this.plans.opened(tx, plan);
    // Oldest first: what someone said last stands.
    const answers = new Map((await this.plans.agreements(tx, plan.id)).map(({ memberId, agrees }) => [memberId, agrees]));
    const stands = await this.conditions.ofPlan(tx, plan.id);
    const conditions = content.safetyConditions.map(({ id }) => ({ met: stands.get(id)?.met ?? null }));
    const people = await this.drafts.people(tx, theCase.id);
    return isCarried(KINDS[theCase.kind].carriedBy, { people, answers, conditions });
  }

  private async move(tx: Tx, plan: PlanEntity, event: PlanEvent, carriedAt: Date | null): Promise<void> {
    const moved = { state: next(PLAN_TRANSITIONS, plan.state, event), carriedAt };
    const key = { organisationId: tx.organisationId, id: plan.id, state: In(statesWith(PLAN_TRANSITIONS, event)) };
    const { affected } = await tx.em.update(PlanEntity, key, moved);
    if (affected !== 1) throw stateConflict(plan.state, []);
    Object.assign(plan, moved);
  }
}

import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict, forbidden, invalidField, notFound } from '../platform/http/problem.js';
import { next } from '../platform/transitions.js';
import { CarryingService } from './carrying.service.js';
import { ConditionRecords } from './condition-records.service.js';
import { answersFor, type SafetyCondition } from './drafts.rules.js';
import { DraftsService } from './drafts.service.js';
import { conditionAnswer } from './plan-answer.policy.js';
import { planPartOf } from './plans.policy.js';
import { PlansService } from './plans.service.js';
import type { ConditionTestRequest, TestedCondition } from './safety-conditions.dto.js';
import { ConditionMessages } from './safety-conditions.messages.js';
import { CONDITION_TRANSITIONS, conditionState, PLAN_AFTER_FINDING, type Finding } from './safety-conditions.rules.js';

/** What a professional named before the meeting as needed to be safe, looked at one by one in the newest version of the plan. */
@Injectable()
export class SafetyConditionsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly records: ConditionRecords,
    private readonly carrying: CarryingService,
    private readonly messages: ConditionMessages,
    private readonly audit: AuditService,
  ) {}

  /**
   * Its owner or deputy says whether it is safe; whoever hears it from them gives them their link, for nobody says it in their
   * place. With the last one met a plan that everybody agreed to is carried; one that is not met returns it to the circle.
   * Refuses with 400 "not met" without a reason, with 409 before a plan is fixed, and what was not met to be met in the same
   * version; 403 for who reads it and does not answer for it, 404 for who does not read it.
   */
  async test(ctx: Ctx, conditionId: string, { met, reason }: ConditionTestRequest): Promise<TestedCondition> {
    if (!met && !reason) throw invalidField('/reason', 'required');
    return this.database.run(ctx, async (tx) => {
      const me = tx.actor as ParticipantActor;
      const theCase = await this.cases.lockOpen(tx, me.caseId, 'circle');
      const current = await this.plans.current(tx, theCase.id);
      const condition = current?.content.safetyConditions.find(({ id }) => id === conditionId);
      if (!current || !condition) throw await this.notThere(tx, me, conditionId);
      await this.assertAnswersFor(tx, me, condition);

      const { plan } = current;
      const before = (await this.records.ofPlan(tx, plan.id)).get(conditionId)?.met ?? null;
      const found: Finding = met ? 'met' : 'not-met';
      const planState = next(PLAN_AFTER_FINDING, plan.state, found);
      next(CONDITION_TRANSITIONS, conditionState(before), found);
      const stand = await this.records.write(tx, plan, condition, { met, testedById: me.memberId, reason: met ? null : reason! });
      const type = met ? 'condition-met' : 'condition-not-met';
      await this.cases.note(tx, { caseId: theCase.id, type, audience: 'circle', aboutId: me.memberId, values: { name: me.name } });
      await this.audit.record(tx, { action: `plans.${type}`, object: { kind: 'safety-condition', id: conditionId }, caseId: theCase.id });
      if (met) await this.carrying.carryIfComplete(tx, theCase, plan);
      else {
        if (planState !== plan.state) await this.carrying.giveBack(tx, theCase, plan);
        await this.messages.returned(tx, theCase, plan);
      }
      const names = new Map((await this.drafts.people(tx, theCase.id)).map(({ id, name }) => [id, name]));
      const carriedAt = plan.carriedAt?.toISOString() ?? null;
      return { ...conditionAnswer(condition, stand, names), planId: plan.id, state: plan.state, carriedAt };
    });
  }

  /** Who answers for a condition of the draft hears that there is no plan yet; for everyone else it does not exist. */
  private async notThere(tx: Tx, me: ParticipantActor, conditionId: string): Promise<Error> {
    const { draft } = await this.drafts.load(tx, me.caseId);
    const condition = draft.safetyConditions.find(({ id }) => id === conditionId);
    return condition && answersFor(condition, me.memberId) ? conflict('condition-not-fixed') : notFound();
  }

  private async assertAnswersFor(tx: Tx, me: ParticipantActor, condition: SafetyCondition): Promise<void> {
    if (answersFor(condition, me.memberId)) return;
    const readsIt = planPartOf(me.memberId, await this.drafts.people(tx, me.caseId)) === 'whole';
    throw readsIt ? forbidden() : notFound();
  }
}

import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { forbidden, invalidField, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { AgreementEntity } from './agreement.entity.js';
import { DraftsService } from './drafts.service.js';
import { PlanEntity } from './plan.entity.js';
import type { PlanPerson } from './plan-people.rules.js';
import type { AgreementAnswer, AgreementRequest } from './plans.dto.js';
import { decidersOf, isCarried, PLAN_TRANSITIONS } from './plans.rules.js';
import { PlansService } from './plans.service.js';

/** Who stands behind a plan, and when it is carried. */
@Injectable()
export class AgreementsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly links: LinksService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /**
   * Records a yes or a no: one's own, or told to the facilitator. With everything there that the kind needs, the plan is carried
   * and the case carries it out. Refuses with 409 an answer to an older version, and a no to a plan that is carried.
   */
  async answer(ctx: Ctx, planId: string, request: AgreementRequest): Promise<AgreementAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.plans.find(tx, planId);
      const theCase = await this.cases.lockOpen(tx, caseId, 'circle');
      const plan = await this.plans.find(tx, planId);
      const people = await this.drafts.people(tx, caseId);
      const person = whoAnswers(tx, decidersOf(KINDS[theCase.kind].carriedBy, people), request.memberId);
      assertOpenFor(plan, request.agrees);

      const row = await this.insert(tx, plan, person, request);
      await this.cases.note(tx, { caseId, type: 'plan-agreement', audience: 'main-persons', aboutId: person.id, values: { name: person.name } });
      const action = request.agrees ? 'plans.agreed' : 'plans.disagreed';
      await this.audit.record(tx, { action, object: { kind: 'plan', id: planId }, caseId });
      if (plan.state === 'fixed' && (await this.isComplete(tx, theCase, plan, people))) await this.carry(tx, theCase, plan);
      return {
        id: row.id,
        planId,
        memberId: person.id,
        memberName: person.name,
        agrees: row.agrees,
        remark: request.remark ?? null,
        at: tx.now.toISOString(),
        state: plan.state,
        carriedAt: plan.carriedAt?.toISOString() ?? null,
      };
    });
  }

  private async insert(tx: Tx, plan: PlanEntity, person: PlanPerson, { agrees, remark }: AgreementRequest): Promise<AgreementEntity> {
    const { organisationId } = tx;
    const id = newId(tx.now);
    const sealed = remark ? await this.vault.seal({ organisationId, table: 'plans_agreements', id }, remark) : null;
    const row = { organisationId, id, caseId: plan.caseId, planId: plan.id, memberId: person.id, agrees, sealed, at: tx.now };
    await tx.em.insert(AgreementEntity, row);
    return row;
  }

  private async isComplete(tx: Tx, theCase: CaseEntity, plan: PlanEntity, people: readonly PlanPerson[]): Promise<boolean> {
    const { content } = await this.plans.opened(tx, plan);
    // Oldest first: what someone said last stands.
    const answers = new Map((await this.plans.agreements(tx, plan.id)).map(({ memberId, agrees }) => [memberId, agrees]));
    const conditions = content.safetyConditions.map(() => ({ met: null }));
    return isCarried(KINDS[theCase.kind].carriedBy, { people, answers, conditions });
  }

  private async carry(tx: Tx, theCase: CaseEntity, plan: PlanEntity): Promise<void> {
    const carried = { state: next(PLAN_TRANSITIONS, plan.state, 'carried'), carriedAt: tx.now };
    const { affected } = await tx.em.update(
      PlanEntity,
      { organisationId: tx.organisationId, id: plan.id, state: In(statesWith(PLAN_TRANSITIONS, 'carried')) },
      carried,
    );
    if (affected !== 1) throw stateConflict(plan.state, []);
    Object.assign(plan, carried);
    await this.cases.advance(tx, theCase, 'plan-carried');
    await this.links.redate(tx, theCase.id);
    await this.cases.note(tx, { caseId: theCase.id, type: 'plan-carried', audience: 'circle' });
    await this.audit.record(tx, { action: 'plans.carried', object: { kind: 'plan', id: plan.id }, caseId: theCase.id });
  }
}

/** Only the newest version can be answered; what is carried can be agreed with again, no longer refused. */
function assertOpenFor(plan: PlanEntity, agrees: boolean): void {
  const open = plan.state === 'fixed' || (plan.state === 'carried' && agrees);
  if (!open) throw stateConflict(plan.state, []);
}

function whoAnswers(tx: Tx, deciders: readonly PlanPerson[], asked: string | null | undefined): PlanPerson {
  if (tx.actor.kind === 'participant') {
    const { memberId } = tx.actor;
    const self = deciders.find(({ id }) => id === memberId);
    if (!self || (asked && asked !== self.id)) throw forbidden();
    return self;
  }
  if (!asked && deciders.length !== 1) throw invalidField('/memberId', 'required');
  const person = asked ? deciders.find(({ id }) => id === asked) : deciders[0];
  if (!person) throw invalidField('/memberId', 'not-asked');
  return person;
}

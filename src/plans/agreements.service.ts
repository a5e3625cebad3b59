import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { forbidden, invalidField, Problem, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import { AgreementEntity } from './agreement.entity.js';
import { CarryingService } from './carrying.service.js';
import { DraftsService } from './drafts.service.js';
import { PlanEntity } from './plan.entity.js';
import type { PlanPerson } from './plan-people.rules.js';
import type { AgreementAnswer, AgreementRequest } from './plans.dto.js';
import { decidersOf } from './plans.rules.js';
import { PlansService } from './plans.service.js';

/** What somebody said of a plan whose yes it needs; null as long as they said nothing. */
export type OwnAgreement = Pick<PlanEntity, 'version' | 'state'> & { planId: string; agrees: boolean | null };

/** Who stands behind a plan, and when it is carried. */
@Injectable()
export class AgreementsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly carrying: CarryingService,
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
      if (plan.state === 'replaced') throw await this.replaced(tx, caseId);
      assertOpenFor(plan, request.agrees);

      const row = await this.insert(tx, plan, person, request);
      await this.cases.note(tx, { caseId, type: 'plan-agreement', audience: 'main-persons', aboutId: person.id, values: { name: person.name } });
      const action = request.agrees ? 'plans.agreed' : 'plans.disagreed';
      await this.audit.record(tx, { action, object: { kind: 'plan', id: planId }, caseId });
      await this.carrying.carryIfComplete(tx, theCase, plan);
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

  /**
   * What one person said last of the newest version; null without a plan, and for whose yes no plan of this kind needs. The caller
   * has checked who asks.
   */
  async own(tx: Tx, caseId: string, memberId: string): Promise<OwnAgreement | null> {
    const { kind } = await this.cases.require(tx, caseId, 'circle');
    const deciders = decidersOf(KINDS[kind].carriedBy, await this.drafts.people(tx, caseId));
    const plan = deciders.some(({ id }) => id === memberId) ? await this.plans.current(tx, caseId) : null;
    if (!plan) return null;
    const { id: planId, version, state } = plan.plan;
    const said = (await this.plans.agreements(tx, planId)).filter((one) => one.memberId === memberId);
    return { planId, version, state, agrees: said.at(-1)?.agrees ?? null };
  }

  /** Somebody whose yes was needed is not of the circle any more: the others may have said all that is needed. The caller holds the case. */
  async decideWithout(tx: Tx, caseId: string): Promise<void> {
    const { organisationId } = tx;
    const plan = await tx.em.findOneBy(PlanEntity, { organisationId, caseId, state: 'fixed' });
    const theCase = await tx.em.findOneBy(CaseEntity, { organisationId, id: caseId });
    if (plan && theCase && OPEN_STATES.includes(theCase.state)) await this.carrying.carryIfComplete(tx, theCase, plan);
  }

  private async replaced(tx: Tx, caseId: string): Promise<Problem> {
    const newest = (await this.plans.current(tx, caseId))?.plan;
    const current = newest ? { id: newest.id, version: newest.version } : null;
    return new Problem(409, 'plan-replaced', { state: 'replaced', allowed: [], values: { version: newest?.version ?? '' }, current });
  }

  private async insert(tx: Tx, plan: PlanEntity, person: PlanPerson, { agrees, remark }: AgreementRequest): Promise<AgreementEntity> {
    const { organisationId } = tx;
    const id = newId(tx.now);
    const sealed = remark ? await this.vault.seal({ organisationId, table: 'plans_agreements', id }, remark) : null;
    const row = { organisationId, id, caseId: plan.caseId, planId: plan.id, memberId: person.id, agrees, sealed, at: tx.now };
    await tx.em.insert(AgreementEntity, row);
    return row;
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

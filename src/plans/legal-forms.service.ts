import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { legalFormOf, type LegalForm } from '../cases/legal-forms.rules.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { textsFor } from '../texts/texts.js';
import type { LegalFormAnswer } from './legal-forms.dto.js';
import { PlanEntity } from './plan.entity.js';
import { MAY_BE_SUBMITTED } from './plans.rules.js';

/** What a plan says of its form of law. */
export type LegalView = Pick<LegalFormAnswer, 'legalForm' | 'legalTitle' | 'legalText' | 'lawClock'>;

/** The family group plan and the personal plan: the same plan, under a law, with its term. */
@Injectable()
export class LegalFormsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly audit: AuditService,
  ) {}

  /** For the facilitator and the main persons. */
  async read(ctx: Ctx, caseId: string): Promise<LegalFormAnswer> {
    const answer = await this.database.view(ctx, async (tx) => this.ofCase(tx, await this.cases.require(tx, caseId, 'main-person')));
    await this.audit.read(ctx, { action: 'plans.legal-form-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  /** Chooses the form; the same again changes nothing. 409 when the case has ended. */
  async choose(ctx: Ctx, caseId: string, form: LegalForm): Promise<LegalFormAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      if (theCase.legalForm === form) return this.ofCase(tx, theCase);
      const key = { organisationId: tx.organisationId, id: caseId };
      await tx.em.update(CaseEntity, key, { legalForm: form, version: () => 'version + 1' });
      const values = { form: textsFor('nl').legalForms.names[form] };
      await this.cases.note(tx, { caseId, type: 'legal-form-chosen', audience: 'main-persons', values });
      await this.audit.record(tx, { action: 'plans.legal-form-chosen', object: { kind: 'case', id: caseId }, caseId });
      return this.ofCase(tx, { ...theCase, legalForm: form });
    });
  }

  /**
   * Notes when the newest version was handed in, and its term of law as done. Refuses with 409 a plan without a form of law, one
   * that was replaced or returned, and with 400 a day before it was fixed or after today.
   */
  async submit(ctx: Ctx, planId: string, on: string): Promise<LegalFormAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { organisationId } = tx;
      const found = await tx.em.findOneBy(PlanEntity, { organisationId, id: planId });
      if (!found) throw notFound();
      const theCase = await this.cases.lockOpen(tx, found.caseId);
      const plan = await tx.em.findOneByOrFail(PlanEntity, { organisationId, id: planId });
      if (!MAY_BE_SUBMITTED.includes(plan.state)) throw stateConflict(plan.state, []);
      const { legalForm, lawClock } = await this.view(tx, theCase);
      if (legalForm === 'none') throw conflict('no-legal-form');
      if (on > localDay(tx.now)) throw invalidField('/on', 'in-the-future');
      if (on < localDay(plan.fixedAt)) throw invalidField('/on', 'before-plan');
      if (plan.submittedOn !== on) {
        await tx.em.update(PlanEntity, { organisationId, id: planId }, { submittedOn: on });
        if (lawClock) await this.lawClocks.done(tx, theCase.id, lawClock.clock, on);
        const values = { version: plan.version, form: textsFor('nl').legalForms.names[legalForm] };
        await this.cases.note(tx, { caseId: theCase.id, type: 'plan-submitted', audience: 'main-persons', values });
        await this.audit.record(tx, { action: 'plans.submitted', object: { kind: 'plan', id: planId }, caseId: theCase.id });
      }
      return this.ofCase(tx, theCase);
    });
  }

  /** What the plan of this case is called under the law, and its term. The caller has checked who asks. */
  async view(tx: Tx, theCase: Pick<CaseEntity, 'id' | 'kind' | 'legalForm'>): Promise<LegalView> {
    const clocks = await this.lawClocks.list(tx, theCase.id);
    const legalForm = legalFormOf({
      chosen: theCase.legalForm,
      plan: KINDS[theCase.kind].plan,
      laws: await this.lawClocks.laws(tx),
      clocks: clocks.map(({ clock }) => clock),
    });
    const { names, laws } = textsFor('nl').legalForms;
    return {
      legalForm,
      legalTitle: legalForm === 'none' ? null : names[legalForm],
      legalText: legalForm === 'none' ? null : laws[legalForm],
      lawClock: clocks.find(({ clock }) => clock === legalForm) ?? null,
    };
  }

  /** The whole answer inside another read, which has checked who asks and audits. */
  async ofCase(tx: Tx, theCase: CaseEntity): Promise<LegalFormAnswer> {
    const current = { organisationId: tx.organisationId, caseId: theCase.id, state: Not('replaced' as const) };
    const plan = await tx.em.findOneBy(PlanEntity, current);
    return { caseId: theCase.id, ...(await this.view(tx, theCase)), submittedOn: plan?.submittedOn ?? null };
  }
}

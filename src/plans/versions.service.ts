import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/http/problem.js';
import { textsFor } from '../texts/texts.js';
import { differenceOf, type ComparedPlan } from './difference.rules.js';
import { DraftsService } from './drafts.service.js';
import { PlanEntity } from './plan.entity.js';
import { planPartOf } from './plans.policy.js';
import { PlansService } from './plans.service.js';
import { howOften } from './rhythm.rules.js';
import type { PlanDifference, PlanVersion, PlanVersions } from './versions.dto.js';

const NOTHING: ComparedPlan = { goals: [], commitments: [], safetyConditions: [], statements: [], preconditions: null };

/** The versions of a plan beside each other. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly drafts: DraftsService,
    private readonly plans: PlansService,
    private readonly audit: AuditService,
  ) {}

  /** All versions of the plan of a case, newest first, for who may read it. */
  async list(ctx: Ctx, caseId: string): Promise<PlanVersions> {
    const items = await this.database.view(ctx, async (tx) => {
      const { state } = await this.cases.require(tx, caseId, 'circle');
      if (tx.actor.kind === 'participant') planPartOf(tx.actor.memberId, await this.drafts.people(tx, caseId), { stopped: state === 'stopped' });
      return this.of(tx, caseId);
    });
    await this.audit.read(ctx, { action: 'plans.versions-read', object: { kind: 'case', id: caseId }, caseId });
    return { items };
  }

  /** The same, for a page. The caller has checked who asks, and audits. */
  async of(tx: Tx, caseId: string): Promise<PlanVersion[]> {
    const plans = await tx.em.find(PlanEntity, { where: { organisationId: tx.organisationId, caseId }, order: { version: 'DESC' } });
    return plans.map(versionOf);
  }

  /** How a version differs from another one, or the one before, as far as the reader may see both; 400 for one of another case. */
  async difference(ctx: Ctx, planId: string, otherId: string | undefined): Promise<PlanDifference> {
    const answer = await this.database.view(ctx, async (tx): Promise<PlanDifference> => {
      const plan = await this.plans.find(tx, planId);
      const { caseId } = plan;
      await this.cases.require(tx, caseId, 'circle');
      const other = await this.other(tx, plan, otherId);
      const [newer, older] = other && other.version > plan.version ? [other, plan] : [plan, other];
      const seen = await this.plans.partFor(tx, newer);
      const hidden = await this.restrictions.hidden(tx, caseId);
      const names = new Map((await this.drafts.people(tx, caseId)).map(({ id, name }) => [id, name]));
      const nameOf = (id: string): string | null => (hidden.has(id) ? null : (names.get(id) ?? null));
      const lines = differenceOf(older ? await this.plans.partFor(tx, older) : NOTHING, seen, nameOf);
      const { sentence } = textsFor('nl').planDifference;
      return { caseId, newer: versionOf(newer), older: older && versionOf(older), lines: lines.map((line) => ({ ...line, sentence: sentence(line, howOften) })) };
    });
    await this.audit.read(ctx, { action: 'plans.read', object: { kind: 'plan', id: planId }, caseId: answer.caseId });
    return answer;
  }

  private async other(tx: Tx, { caseId, version }: PlanEntity, otherId: string | undefined): Promise<PlanEntity | null> {
    const { organisationId } = tx;
    if (otherId === undefined) return tx.em.findOneBy(PlanEntity, { organisationId, caseId, version: version - 1 });
    const other = await tx.em.findOneBy(PlanEntity, { organisationId, caseId, id: otherId });
    if (!other) throw invalidField('/with', 'unknown-plan');
    return other;
  }
}

const versionOf = ({ id, version, state, fixedAt, carriedAt }: PlanEntity): PlanVersion => {
  return { id, version, state, fixedAt: fixedAt.toISOString(), carriedAt: carriedAt?.toISOString() ?? null };
};

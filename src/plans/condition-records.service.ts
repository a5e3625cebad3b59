import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { CaseEntity } from '../cases/case.entity.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { ConditionEntity } from './condition.entity.js';
import type { SafetyCondition } from './drafts.rules.js';
import type { PlanEntity } from './plan.entity.js';
import { ConditionMessages } from './safety-conditions.messages.js';
import { overdueFrom, testByOf } from './safety-conditions.rules.js';

export const ASK_AFTER_TESTS = defineJob<{ caseId: string; planId: string }>('plans.ask-after-tests', { queue: 'messages' });

/** Served by plans_conditions_by_owner and plans_conditions_by_deputy. */
const WAITING_FOR = statement(
  'plans.conditions-waiting-for',
  `select count(*)::int as theirs, count(*) filter (where c.met is null)::int as waiting from plans_conditions c
   join plans p on p.organisation_id = c.organisation_id and p.id = c.plan_id and p.state <> 'replaced'
   where c.organisation_id = $1 and (c.owner_id = $2 or c.deputy_id = $2)`,
);

/** How a condition stands, with what its owner wrote. */
export interface ConditionStand {
  met: boolean | null;
  testedAt: Date | null;
  testedById: string | null;
  notMetBecause: string | null;
}

/** How what must be safe stands in each version, inside other commands. Who may do so is decided before. */
@Injectable()
export class ConditionRecords {
  constructor(
    private readonly outbox: Outbox,
    private readonly messages: ConditionMessages,
    private readonly vault: Vault,
  ) {}

  /** A version was fixed: each condition is to be looked at anew, and who answers for it hears so. */
  async start(tx: Tx, theCase: CaseEntity, plan: PlanEntity, conditions: readonly SafetyCondition[]): Promise<void> {
    await this.messages.takeBack(tx, theCase.id);
    if (conditions.length === 0) return;
    const testBy = testByOf(plan.fixedAt);
    const { organisationId, id: planId, caseId } = plan;
    const rows = conditions.map(({ id, setByMemberId, deputyMemberId }) => {
      return { organisationId, planId, conditionId: id, caseId, ownerId: setByMemberId, deputyId: deputyMemberId, testBy };
    });
    await tx.em.insert(ConditionEntity, rows);
    const asked = conditions.flatMap(({ setByMemberId, deputyMemberId }) => [setByMemberId, ...(deputyMemberId ? [deputyMemberId] : [])]);
    await this.messages.ask(tx, theCase, plan, new Set(asked), testBy);
    await this.outbox.add(tx, ASK_AFTER_TESTS, { key: planId, payload: { caseId, planId }, runAt: overdueFrom(testBy) });
  }

  /** Writes what was found; of a version from before there were rows, one is made. */
  async write(tx: Tx, plan: PlanEntity, condition: SafetyCondition, found: { met: boolean; testedById: string; reason: string | null }): Promise<ConditionStand> {
    const { organisationId, id: planId, caseId } = plan;
    const key = { organisationId, planId, conditionId: condition.id };
    const { met, testedById, reason } = found;
    const sealed = reason === null ? null : await this.vault.seal(place(tx, planId, condition.id), reason);
    const tested = { met, testedAt: tx.now, testedById, sealed };
    const { affected } = await tx.em.update(ConditionEntity, key, tested);
    if (affected === 0) {
      const { setByMemberId: ownerId, deputyMemberId: deputyId } = condition;
      await tx.em.insert(ConditionEntity, { ...key, caseId, ownerId, deputyId, testBy: testByOf(plan.fixedAt), ...tested });
    }
    return { met, testedAt: tx.now, testedById, notMetBecause: reason };
  }

  /** How the conditions of a version stand, by their id. */
  async ofPlan(tx: Tx, planId: string): Promise<Map<string, ConditionStand>> {
    const rows = await tx.em.findBy(ConditionEntity, { organisationId: tx.organisationId, planId });
    const stands = rows.map(async ({ conditionId, met, testedAt, testedById, sealed }) => {
      const notMetBecause = sealed && (await this.vault.open<string>(place(tx, planId, conditionId), sealed));
      return [conditionId, { met, testedAt, testedById, notMetBecause }] as const;
    });
    return new Map(await Promise.all(stands));
  }

  /** How many points of the newest version wait for whoever answers for them; null when none are theirs. */
  async waitingFor(tx: Tx, memberId: string): Promise<number | null> {
    const [row] = await named<{ theirs: number; waiting: number }>(tx, WAITING_FOR, [tx.organisationId, memberId]);
    return row!.theirs > 0 ? row!.waiting : null;
  }

  /** From now on the facilitator asks after what nobody looked at. Returns how many that are. */
  async overdue(tx: Tx, planId: string): Promise<number> {
    const waiting = { organisationId: tx.organisationId, planId, met: IsNull(), overdueAt: IsNull() };
    const { affected } = await tx.em.update(ConditionEntity, waiting, { overdueAt: tx.now });
    return affected ?? 0;
  }

  /** Of somebody who is erased it stays what they found, and not what they wrote. */
  async forgetReasons(tx: Tx, memberId: string): Promise<void> {
    const rows = await tx.em.findBy(ConditionEntity, { organisationId: tx.organisationId, testedById: memberId });
    const keys = rows.filter(({ sealed }) => sealed !== null).map(({ planId }) => planId);
    if (keys.length === 0) return;
    await tx.em.update(ConditionEntity, { organisationId: tx.organisationId, testedById: memberId, planId: In(keys) }, { sealed: null });
  }
}

const place = ({ organisationId }: Tx, planId: string, conditionId: string): SealRef => ({
  organisationId,
  table: 'plans_conditions',
  id: `${planId} ${conditionId}`,
});

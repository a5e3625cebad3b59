import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { ZONE } from '../platform/local-day.js';
import { localDay } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import type { RetentionPolicy, RetentionPolicyRequest } from './retention.dto.js';
import { ADD_POLICY, POLICY_ON, POLICY_TO_COME, RUN_OF, TRIAL_OF, type PolicyRow, type RunRow } from './retention.queries.js';
import { RETENTION_YEARS, shortens, type RetentionRule } from './retention.rules.js';


type Choice = Omit<RetentionPolicy, 'coming'>;

/** How long an organisation keeps files, and on what ground. */
@Injectable()
export class RetentionPolicyService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  async get(ctx: Ctx): Promise<RetentionPolicy> {
    const policy = await this.database.view(ctx, (tx) => this.policy(tx));
    await this.audit.read(ctx, { action: 'privacy.retention-policy-read', object: null });
    return policy;
  }

  /** Chooses a rule with its ground. To keep files for a shorter time, today's trial run with that rule has to be shown. */
  async put(ctx: Ctx, request: RetentionPolicyRequest): Promise<RetentionPolicy> {
    return this.database.run(ctx, async (tx) => {
      const today = localDay(tx.now);
      const effectiveFrom = request.effectiveFrom ?? today;
      if (effectiveFrom < today) throw invalidField('/effectiveFrom', 'in-the-past');
      if (request.dryRunId !== undefined) await this.assertTrial(tx, request.dryRunId);
      if (shortens(await this.ruleOn(tx, effectiveFrom), request.rule)) await this.assertTried(tx, request);
      const id = newId(tx.now);
      const sealed = await this.vault.seal({ organisationId: tx.organisationId, table: 'privacy_retention_policies', id }, { ground: request.ground });
      await named(tx, ADD_POLICY, [tx.organisationId, id, request.rule, effectiveFrom, sealed, actorId(tx.actor), tx.now]);
      await this.audit.record(tx, { action: `privacy.retention-rule-${request.rule}`, object: { kind: 'retention-policy', id } });
      return this.policy(tx);
    });
  }

  /** The rule in force on a day. */
  async ruleOn(tx: Tx, day: string): Promise<RetentionRule> {
    const [row] = await named<PolicyRow>(tx, POLICY_ON, [tx.organisationId, day]);
    return row?.rule ?? 'default';
  }

  private async assertTrial(tx: Tx, id: string): Promise<void> {
    const [run] = await named<RunRow>(tx, RUN_OF, [tx.organisationId, id]);
    if (!run?.dryRun) throw invalidField('/dryRunId', 'unknown-trial');
  }

  private async assertTried(tx: Tx, { rule, dryRunId }: RetentionPolicyRequest): Promise<void> {
    const midnight = DateTime.fromJSDate(tx.now, { zone: ZONE }).startOf('day').toJSDate();
    const tried = dryRunId ? await named(tx, TRIAL_OF, [tx.organisationId, dryRunId, rule, midnight]) : [];
    if (tried.length === 0) throw conflict('trial-needed');
  }

  private async policy(tx: Tx): Promise<RetentionPolicy> {
    const given = [tx.organisationId, localDay(tx.now)];
    const [now] = await named<PolicyRow>(tx, POLICY_ON, given);
    const [coming] = await named<PolicyRow>(tx, POLICY_TO_COME, given);
    const nobodyChose: Choice = { rule: 'default', years: RETENTION_YEARS.default, ground: null, effectiveFrom: null, setAt: null };
    return { ...(now ? await this.choice(tx, now) : nobodyChose), coming: coming ? await this.choice(tx, coming) : null };
  }

  private async choice(tx: Tx, row: PolicyRow): Promise<Choice> {
    const place = { organisationId: tx.organisationId, table: 'privacy_retention_policies', id: row.id };
    const { ground } = await this.vault.open<{ ground: string }>(place, row.sealed);
    return { rule: row.rule, years: RETENTION_YEARS[row.rule], ground, effectiveFrom: row.effectiveFrom, setAt: row.setAt.toISOString() };
  }
}

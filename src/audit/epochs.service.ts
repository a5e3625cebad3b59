import { Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { systemContext } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Statement } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { AuditService } from './audit.service.js';
import { DigestsService, type Tenant } from './digests.service.js';
import { INSERT_SEAL, LAST_SEAL, LOCK, sealOf, sealValues, type SealRow } from './seals.queries.js';
import { digestOf, type Seal } from './seals.rules.js';

/** Opens a new epoch of the audit log after the database was put back to an earlier moment. */
@Injectable()
export class EpochsService {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly digests: DigestsService,
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  /**
   * For all organisations, since a database is put back as a whole: from now on events carry the next epoch, and each log
   * goes on with a seal that says why and names the newest digest known outside. Needs the owner's connection; writers wait
   * for a moment. Returns the epoch's number.
   */
  async open(ownerUrl: string, tenants: readonly Tenant[], reason: string): Promise<number> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    const opened: { tenant: Tenant; seal: Seal; digest: Buffer }[] = [];
    try {
      await client.query('begin');
      const epoch = await this.nextEpoch(client, tenants);
      // Waits for every writer that is under way, so that all events of the epochs before are there.
      await client.query(`alter table audit_events alter column epoch set default ${epoch}`);
      for (const tenant of tenants) opened.push({ tenant, ...(await this.first(client, tenant, epoch, reason)) });
      await client.query('commit');
      for (const { tenant, seal, digest } of opened) {
        await this.digests.append(tenant, { epoch, number: seal.number, digest: digest.toString('hex'), at: seal.at.toISOString() });
      }
      await this.record(tenants);
      return epoch;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await client.end();
    }
  }

  private async nextEpoch(client: Client, tenants: readonly Tenant[]): Promise<number> {
    // Before the table: a sealer at work holds this one and needs that one.
    for (const tenant of tenants) await this.of(client, tenant, LOCK, [tenant.id]);
    const epochs = await Promise.all(tenants.map(async (tenant) => (await this.digests.newest(tenant))?.epoch ?? 1));
    for (const tenant of tenants) {
      const [row] = await this.of<SealRow>(client, tenant, LAST_SEAL, [tenant.id]);
      epochs.push(row?.epoch ?? 1);
    }
    return Math.max(...epochs) + 1;
  }

  private async first(client: Client, tenant: Tenant, epoch: number, reason: string): Promise<{ seal: Seal; digest: Buffer }> {
    const [row] = await this.of<SealRow>(client, tenant, LAST_SEAL, [tenant.id]);
    const known = await this.digests.newest(tenant);
    const seal: Seal = {
      organisationId: tenant.id,
      epoch,
      number: 1,
      at: this.clock.now(),
      to: row ? sealOf(row).to : null,
      events: 0,
      reason,
      known: known && { epoch: known.epoch, number: known.number, digest: known.digest },
    };
    const digest = digestOf(await this.vault.auditKey(tenant.id), row?.digest ?? null, seal, []);
    await this.of(client, tenant, INSERT_SEAL, sealValues(seal, Buffer.alloc(0), digest));
    return { seal, digest };
  }

  private async record(tenants: readonly Tenant[]): Promise<void> {
    for (const { id } of tenants) {
      await this.database.run(systemContext(id, 'verify-audit'), (tx) =>
        this.audit.record(tx, { action: 'audit.epoch-opened', object: { kind: 'organisation', id } }),
      );
    }
  }

  /** The owner obeys row-level security too. */
  private async of<Row extends object>(client: Client, tenant: Tenant, { text }: Statement, values: unknown[]): Promise<Row[]> {
    await client.query(`select set_config('app.organisation_id', $1, true)`, [tenant.id]);
    return (await client.query<Row>(text, values)).rows;
  }
}

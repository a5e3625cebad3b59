import { Injectable } from '@nestjs/common';
import { systemContext } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { DigestsService, type Tenant } from './digests.service.js';
import {
  BETWEEN, COUNTER, placeValues, SEALS_AFTER, sealOf, UNSEALED, type CounterRow, type SealRow, type UnsealedRow,
} from './seals.queries.js';
import {
  BEFORE_ALL, codeOf, differences, digestOf, isLater, nameOf, type EventLine, type Finding, type Position, type Seal,
} from './seals.rules.js';

/** What may stay unsealed for longer only because a transaction still runs. */
export const UNSEALED_SECONDS = 5;
const SEALS_AT_ONCE = 500;

/** What became of one organisation's audit log. */
export interface Verification {
  organisation: string;
  events: number;
  seals: number;
  epoch: number;
  newest: { seal: string; at: string; digest: string } | null;
  /** Epochs that were opened after a restore; each one is a gap that somebody gave a reason for. */
  breaks: { epoch: number; at: string; reason: string; lost: string | null }[];
  /** Not sealed yet: normal while transactions run, and no sign of tampering. */
  lag: { events: number; oldestSeconds: number; waits: boolean };
  findings: Finding[];
}

interface Chain {
  seals: Map<string, string>;
  breaks: Seal[];
  last: Seal | null;
  lastDigest: Buffer | null;
  to: Position;
  events: number;
}

/** Reads the whole audit log of an organisation again and tells what is not as it was sealed. Changes nothing. */
@Injectable()
export class VerifierService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly digests: DigestsService,
  ) {}

  async verify(tenant: Tenant): Promise<Verification> {
    const key = await this.vault.auditKey(tenant.id);
    // A digest goes outside after its seal: what is there by now is in the database that is read from here on.
    const outside = await this.digests.size(tenant);
    return this.database.view(systemContext(tenant.id, 'verify-audit'), async (tx) => {
      const findings: Finding[] = [];
      const chain = await this.chain(tx, tenant, key, findings);
      await this.compareOutside(tenant, outside, chain, findings);
      const lag = await this.lag(tx, tenant, chain, findings);
      const { last, lastDigest } = chain;
      return {
        organisation: tenant.slug,
        events: chain.events + lag.events,
        seals: chain.seals.size,
        epoch: last?.epoch ?? 1,
        newest: last && { seal: nameOf(last), at: last.at.toISOString(), digest: lastDigest!.toString('hex') },
        breaks: chain.breaks.map(({ epoch, at, reason, known }) => ({
          epoch,
          at: at.toISOString(),
          reason: reason ?? '',
          lost: known && !chain.seals.has(nameOf(known)) ? `up to ${nameOf(known)}` : null,
        })),
        lag,
        findings,
      };
    });
  }

  /** Goes along the seals and makes every digest again. */
  private async chain(tx: Tx, tenant: Tenant, key: Buffer, findings: Finding[]): Promise<Chain> {
    const chain: Chain = { seals: new Map(), breaks: [], last: null, lastDigest: null, to: BEFORE_ALL, events: 0 };
    for (;;) {
      const { epoch, number } = chain.last ?? { epoch: 0, number: 0 };
      const rows = await named<SealRow>(tx, SEALS_AFTER, [tenant.id, epoch, number, SEALS_AT_ONCE]);
      for (const row of rows) await this.link(tx, { row, seal: sealOf(row), key }, chain, findings);
      if (rows.length < SEALS_AT_ONCE) return chain;
    }
  }

  private async link(
    tx: Tx,
    { row, seal, key }: { row: SealRow; seal: Seal; key: Buffer },
    chain: Chain,
    findings: Finding[],
  ): Promise<void> {
    const { last } = chain;
    const follows = last === null ? seal.number === 1 : seal.epoch === last.epoch ? seal.number === last.number + 1 : seal.number === 1;
    if (!follows) findings.push({ kind: 'seal-missing', where: `before ${nameOf(seal)}` });
    if (last !== null && seal.epoch !== last.epoch) {
      chain.breaks.push(seal);
      if (!seal.reason) findings.push({ kind: 'seal-changed', where: `${nameOf(seal)} opens an epoch without a reason` });
    }
    const to = seal.to ?? chain.to;
    const lines = await named<EventLine>(tx, BETWEEN, [seal.organisationId, ...placeValues(chain.to), ...placeValues(to)]);
    const codes = lines.map((line) => codeOf(key, line));
    if (!digestOf(key, chain.lastDigest, seal, codes).equals(row.digest)) {
      // Behind a seal that is gone every digest differs; that it is gone has been told.
      if (follows) findings.push(...differences(seal, row.marks, lines, codes));
    }
    chain.seals.set(nameOf(seal), row.digest.toString('hex'));
    Object.assign(chain, { last: seal, lastDigest: row.digest, to, events: chain.events + lines.length });
  }

  /** Every digest that is known outside must be there; what a new epoch names as lost is told as its break. */
  private async compareOutside(tenant: Tenant, size: number, chain: Chain, findings: Finding[]): Promise<void> {
    let lines = 0;
    for await (const { line, at } of this.digests.lines(tenant, size)) {
      lines += 1;
      const where = `line ${at} of ${this.digests.fileOf(tenant)}`;
      if (!line) {
        findings.push({ kind: 'digest-differs', where: `${where} cannot be read` });
        continue;
      }
      const here = chain.seals.get(nameOf(line));
      if (here === line.digest) continue;
      const givenUp = chain.breaks.some(({ epoch, known }) => known && line.epoch < epoch && !isLater(line, known));
      if (here === undefined && givenUp) continue;
      if (here !== undefined) findings.push({ kind: 'digest-differs', where: `${nameOf(line)}, ${where}` });
      else {
        const end = chain.last ? `the database ends at ${nameOf(chain.last)}` : 'the database has no seal';
        findings.push({ kind: 'cut-tail', where: `${nameOf(line)}, ${where}; ${end}` });
      }
    }
    if (lines === 0 && chain.last && (await this.digests.size(tenant)) === 0) findings.push({ kind: 'no-digests', where: this.digests.fileOf(tenant) });
  }

  private async lag(tx: Tx, tenant: Tenant, chain: Chain, findings: Finding[]): Promise<Verification['lag']> {
    const { last, to } = chain;
    const [counter] = await named<CounterRow>(tx, COUNTER, [to.tx]);
    if (last && to.epoch === last.epoch && counter!.behind) {
      findings.push({ kind: 'counter-behind', where: `${nameOf(last)} covers transaction ${to.tx}, the server is at ${counter!.ended}` });
    }
    const [unsealed] = await named<UnsealedRow>(tx, UNSEALED, [tenant.id, ...placeValues(to), last?.epoch ?? 0]);
    const { events, oldest, ready, oldest_ready } = unsealed!;
    const age = (since: Date | null): number => (since ? Math.max(0, (this.clock.now().getTime() - since.getTime()) / 1000) : 0);
    if (age(oldest_ready) > UNSEALED_SECONDS) {
      findings.push({ kind: 'unsealed', where: `${ready} events, the oldest of ${oldest_ready!.toISOString()}` });
    }
    return { events, oldestSeconds: Math.round(age(oldest)), waits: events > ready };
  }
}

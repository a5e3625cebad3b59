import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { decodeCursor, page, type Page } from '../platform/http/cursor.js';
import { invalidField, notFound, stale } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { lineAmount } from './amounts.rules.js';
import type { CostItem } from './catalogue.rules.js';
import { CatalogueService } from './catalogue.service.js';
import { CostLineEntity } from './cost-line.entity.js';
import type { CostLineAnswer } from './cost-lines.dto.js';
import {
  changeLine, completeLine, type CostLine, type CostLineInput, FACILITATOR_HOUR, priceSource, readQuantity,
} from './cost-lines.rules.js';
import { DEFAULT_REPORT_YEAR } from './cpi.rules.js';
import { MEMBERS_OF_CASE, type MemberOfCase } from './members.queries.js';

const TABLE = 'micro_analysis_cost_lines';

/** What somebody typed: the text of a line without an item, and a unit that is not the item's. */
interface SealedLine {
  text: string | null;
  unit: string | null;
}

export type KeptLine = CostLine & { id: string; caseId: string; createdAt: Date; version: number };

/** What is paid around a case, before, after and once. Only the case's own facilitator writes and lists it. */
@Injectable()
export class CostLinesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
    private readonly catalogue: CatalogueService,
  ) {}

  /** A page of a case's lines, in the order in which they were written down. */
  async list(ctx: Ctx, caseId: string, query: { limit: number; after?: string }): Promise<Page<CostLineAnswer>> {
    const after = decodeCursor(query.after, ['uuid'])?.[0] as string | undefined;
    const found = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId);
      const rows = await tx.em.find(CostLineEntity, {
        where: { organisationId: tx.organisationId, caseId, ...(after ? { id: MoreThan(after) } : {}) },
        order: { id: 'ASC' },
        take: query.limit + 1,
      });
      return Promise.all(rows.map((row) => this.opened(tx, row)));
    });
    await this.audit.read(ctx, { action: 'micro-analysis.cost-lines-read', object: { kind: 'case', id: caseId }, caseId });
    return page(found, query.limit, (line) => [line.id], (line) => this.answer(line));
  }

  /** Writes a line down. Refuses with 400 what cannot be calculated, and a person who is not of this case. */
  async add(ctx: Ctx, caseId: string, input: CostLineInput): Promise<CostLineAnswer> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.require(tx, caseId);
      const line = completeLine(input, this.find);
      await this.requireMember(tx, caseId, line.memberId);
      return this.answer(await this.insert(tx, caseId, line));
    });
  }

  /** Changes a line: 412 when it is not the version that was seen. */
  async change(ctx: Ctx, id: string, seen: number | null, change: CostLineInput): Promise<CostLineAnswer> {
    return this.database.run(ctx, async (tx) => {
      const kept = await this.require(tx, id, seen);
      const line = changeLine(kept, change, this.find);
      await this.requireMember(tx, kept.caseId, line.memberId);
      const version = kept.version + 1;
      const { affected } = await tx.em.update(
        CostLineEntity,
        { organisationId: tx.organisationId, id, version: kept.version },
        { ...(await this.columns(tx, id, line)), version },
      );
      if (!affected) throw stale();
      await this.record(tx, 'micro-analysis.cost-line-changed', kept);
      return this.answer({ ...kept, ...line, version });
    });
  }

  /** Takes a line away: 412 when it is not the version that was seen. */
  async remove(ctx: Ctx, id: string, seen: number | null): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const kept = await this.require(tx, id, seen);
      const { affected } = await tx.em.delete(CostLineEntity, { organisationId: tx.organisationId, id, version: kept.version });
      if (!affected) throw stale();
      await this.record(tx, 'micro-analysis.cost-line-removed', kept);
    });
  }

  /** What the meeting itself took, said at its conclusion: one removable one-off line of the organiser. None for 0 hours. */
  async addFacilitatorHours(tx: Tx, caseId: string, hours: string | number): Promise<void> {
    if (readQuantity(hours) === '0') return;
    const { itemId: _, ...price } = FACILITATOR_HOUR;
    const text = textsFor('nl').microAnalysis.facilitatorHours;
    const line = completeLine(
      { side: 'one-off', per: 'once', basis: 'reported', payer: 'organiser', class: 'fiscal', quantity: hours, text, ...price },
      this.find,
    );
    await this.insert(tx, caseId, line);
  }

  /** All lines of a case, for its analysis. The caller has checked who asks. */
  async all(tx: Tx, caseId: string): Promise<KeptLine[]> {
    const rows = await tx.em.find(CostLineEntity, { where: { organisationId: tx.organisationId, caseId }, order: { id: 'ASC' } });
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  private readonly find = (itemId: string): CostItem | undefined => this.catalogue.find(itemId);

  private async require(tx: Tx, id: string, seen: number | null): Promise<KeptLine> {
    const row = await tx.em.findOneBy(CostLineEntity, { organisationId: tx.organisationId, id });
    if (!row) throw notFound();
    await this.cases.require(tx, row.caseId);
    if (seen !== null && seen !== row.version) throw stale();
    return this.opened(tx, row);
  }

  private async requireMember(tx: Tx, caseId: string, memberId: string | null): Promise<void> {
    if (memberId === null) return;
    const members = await named<MemberOfCase>(tx, MEMBERS_OF_CASE, [tx.organisationId, caseId]);
    if (!members.some((member) => member.id === memberId)) throw invalidField('/memberId', 'unknown-member');
  }

  private async insert(tx: Tx, caseId: string, line: CostLine): Promise<KeptLine> {
    const kept: KeptLine = { id: newId(tx.now), caseId, ...line, createdAt: tx.now, version: 1 };
    await tx.em.insert(CostLineEntity, {
      organisationId: tx.organisationId,
      id: kept.id,
      caseId,
      createdAt: tx.now,
      version: 1,
      ...(await this.columns(tx, kept.id, line)),
    });
    await this.record(tx, 'micro-analysis.cost-line-added', kept);
    return kept;
  }

  private async columns(tx: Tx, id: string, line: CostLine): Promise<Partial<CostLineEntity>> {
    const { text, unit, ...plain } = line;
    const ofItem = unit !== null && unit === (line.itemId && this.find(line.itemId)?.unit);
    const typed: SealedLine = { text, unit: ofItem ? null : unit };
    const sealed = typed.text === null && typed.unit === null ? null : await this.vault.seal(reference(tx, id), typed);
    return { ...plain, unit: ofItem ? unit : null, sealed };
  }

  private async opened(tx: Tx, row: CostLineEntity): Promise<KeptLine> {
    const { organisationId: _, sealed, ...plain } = row;
    const typed = sealed ? await this.vault.open<SealedLine>(reference(tx, row.id), sealed) : { text: null, unit: null };
    return {
      ...plain,
      text: typed.text,
      unit: row.unit ?? typed.unit,
      quantity: readQuantity(row.quantity)!,
      quantityLow: readQuantity(row.quantityLow),
      quantityHigh: readQuantity(row.quantityHigh),
    };
  }

  private answer(line: KeptLine): CostLineAnswer {
    const item = line.itemId ? this.find(line.itemId) : undefined;
    const { createdAt, ...rest } = line;
    return {
      ...rest,
      label: item?.label ?? line.text ?? '',
      ...priceSource(line, item),
      amount: lineAmount(line, DEFAULT_REPORT_YEAR),
      amountPriceYear: DEFAULT_REPORT_YEAR,
      createdAt: createdAt.toISOString(),
    };
  }

  private async record(tx: Tx, action: string, { id, caseId }: KeptLine): Promise<void> {
    await this.cases.note(tx, { caseId, type: 'cost-line-changed', audience: 'facilitator' });
    await this.audit.record(tx, { action, object: { kind: 'cost-line', id }, caseId });
  }
}

const reference = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: TABLE, id });

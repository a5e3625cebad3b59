import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { DraftsService } from './drafts.service.js';
import { PreconditionVersionEntity } from './precondition-version.entity.js';
import type { PreconditionsAnswer, PreconditionsHistory, PreconditionsRequest, PreconditionsState, PreconditionWords } from './preconditions.dto.js';
import { PreconditionsEntity } from './preconditions.entity.js';
import { momentOf } from './statement-history.rules.js';

/** What was said of each, and by whom; null by the facilitator. */
export interface SaidOfPreconditions {
  words: PreconditionWords;
  by: string | null;
}

type Row = Pick<PreconditionsEntity, 'home' | 'money' | 'relations' | 'days' | 'moment' | 'version'> & { at: Date; said: SaidOfPreconditions | null };

/** How the four preconditions stand, in levels and in own words, and how they stood. */
@Injectable()
export class PreconditionsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly privateTimes: PrivateTimeService,
    private readonly restrictions: RestrictionsService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** How they stand; nothing with version 0 as long as nothing was said. 409 while the circle is by itself, as in all of these. */
  async read(ctx: Ctx, caseId: string): Promise<PreconditionsState> {
    const answer = await this.database.view(ctx, async (tx): Promise<PreconditionsState> => {
      await this.privateTimes.assertOpen(tx, await this.cases.require(tx, caseId, 'main-person'));
      return this.state(tx, caseId);
    });
    await this.looked(ctx, caseId);
    return answer;
  }

  /** The same, for a page. The caller has checked who asks, and audits. */
  async state(tx: Tx, caseId: string): Promise<PreconditionsState> {
    const row = await tx.em.findOneBy(PreconditionsEntity, { organisationId: tx.organisationId, caseId });
    if (row) return answerOf(caseId, await this.opened(tx, row), await this.restrictions.hidden(tx, caseId));
    return { caseId, home: null, money: null, relations: null, days: null, words: NO_WORDS, moment: null, updatedAt: null, version: 0 };
  }

  /** Every version, newest first. */
  async history(ctx: Ctx, caseId: string): Promise<PreconditionsHistory> {
    const items = await this.database.view(ctx, async (tx) => {
      await this.privateTimes.assertOpen(tx, await this.cases.require(tx, caseId, 'main-person'));
      const key = { organisationId: tx.organisationId, caseId };
      const row = await tx.em.findOneBy(PreconditionsEntity, key);
      const older = await tx.em.find(PreconditionVersionEntity, { where: key, order: { version: 'DESC' } });
      const rows = [...(row ? [await this.opened(tx, row)] : []), ...(await Promise.all(older.map((one) => this.openedVersion(tx, one))))];
      const hidden = await this.restrictions.hidden(tx, caseId);
      return rows.map((one) => answerOf(caseId, one, hidden));
    });
    await this.looked(ctx, caseId);
    return { items };
  }

  /** Writes how they stand; what stood there is kept. 412 when `seen` is not the newest version. */
  async write(ctx: Ctx, caseId: string, seen: number | null, { words, ...levels }: PreconditionsRequest): Promise<PreconditionsAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId, 'main-person');
      await this.privateTimes.assertOpen(tx, theCase);
      const key = { organisationId: tx.organisationId, caseId };
      const row = await tx.em.findOneBy(PreconditionsEntity, key);
      assertCurrent(seen, row?.version ?? 0);
      const before = row && (await this.opened(tx, row));
      if (row) await this.keepVersion(tx, row, before!.said);

      const said = words ? { words, by: tx.actor.kind === 'participant' ? tx.actor.memberId : null } : (before?.said ?? null);
      const moment = momentOf(theCase.state, (await this.drafts.meeting(tx, caseId)).running);
      const { home, money, relations, days } = levels;
      const sealed = said && (await this.vault.seal(place(tx, caseId), said));
      const written = { home, money, relations, days, moment, sealed, updatedAt: tx.now, version: (row?.version ?? 0) + 1 };
      if (row) await tx.em.update(PreconditionsEntity, key, written);
      else await tx.em.insert(PreconditionsEntity, { ...key, ...written });
      await this.cases.note(tx, { caseId, type: 'preconditions-changed', audience: 'main-persons' });
      await this.audit.record(tx, { action: 'plans.preconditions-written', object: { kind: 'case', id: caseId }, caseId });
      return answerOf(caseId, { ...written, at: tx.now, said }, await this.restrictions.hidden(tx, caseId));
    });
  }

  private async keepVersion(tx: Tx, row: PreconditionsEntity, said: SaidOfPreconditions | null): Promise<void> {
    const { caseId, version, home, money, relations, days, moment, updatedAt } = row;
    const sealed = said && (await this.vault.seal(versionPlace(tx, caseId, version), said));
    const kept = { organisationId: tx.organisationId, caseId, version, home, money, relations, days, moment, sealed, writtenAt: updatedAt };
    await tx.em.insert(PreconditionVersionEntity, kept);
  }

  private async opened(tx: Tx, row: PreconditionsEntity): Promise<Row> {
    return { ...row, at: row.updatedAt, said: row.sealed && (await this.vault.open<SaidOfPreconditions>(place(tx, row.caseId), row.sealed)) };
  }

  private async openedVersion(tx: Tx, row: PreconditionVersionEntity): Promise<Row> {
    const said = row.sealed && (await this.vault.open<SaidOfPreconditions>(versionPlace(tx, row.caseId, row.version), row.sealed));
    return { ...row, at: row.writtenAt, said };
  }

  private async looked(ctx: Ctx, caseId: string): Promise<void> {
    await this.audit.read(ctx, { action: 'plans.preconditions-read', object: { kind: 'case', id: caseId }, caseId });
  }
}

const NO_WORDS = { home: null, money: null, relations: null, days: null };

/** Levels are of the case; words of somebody of whom the reader must not see anything are left out. */
function answerOf(caseId: string, { home, money, relations, days, moment, version, at, said }: Row, hidden: ReadonlySet<string>): PreconditionsAnswer {
  const words = said && !hidden.has(said.by ?? '') ? { ...NO_WORDS, ...said.words } : NO_WORDS;
  return { caseId, home, money, relations, days, words, moment, updatedAt: at.toISOString(), version };
}

const place = (tx: Tx, caseId: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_preconditions', id: caseId });
const versionPlace = (tx: Tx, caseId: string, version: number): SealRef => {
  return { organisationId: tx.organisationId, table: 'plans_precondition_versions', id: `${caseId} ${version}` };
};

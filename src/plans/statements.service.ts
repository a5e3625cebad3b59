import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound, stale } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { DraftsService } from './drafts.service.js';
import { takesPart, type PlanPerson } from './plan-people.rules.js';
import { PEOPLE } from './plans.queries.js';
import type { Preconditions, Statement } from './plans.rules.js';
import { PreconditionsEntity } from './preconditions.entity.js';
import { StatementEntity } from './statement.entity.js';
import { momentOf } from './statement-history.rules.js';
import { StatementVersionEntity } from './statement-version.entity.js';
import type { SaidStatement, StatementAnswer, StatementHistory } from './statements.dto.js';

type Words = Omit<Statement, 'memberId'>;

/** What main persons say in their own words, and what they said before. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly privateTimes: PrivateTimeService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** One main person's three statements; version 0 without words as long as there are none. 409 while the circle is by itself. */
  async read(ctx: Ctx, caseId: string, memberId: string): Promise<StatementAnswer> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.privateTimes.assertOpen(tx, await this.cases.require(tx, caseId, 'main-person'));
      const person = await this.mainPerson(tx, caseId, memberId);
      const row = await this.row(tx, caseId, memberId);
      return answerOf(caseId, person, row && (await this.vault.open<Words>(place(tx, memberId), row.sealed)), row);
    });
    await this.audit.read(ctx, { action: 'plans.statement-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return answer;
  }

  /** Writes one main person's statements: their own, or noted by the facilitator. 409 while the circle is by itself, 412 when `seen` is not the newest version. */
  async write(ctx: Ctx, caseId: string, memberId: string, seen: number | null, words: Words): Promise<StatementAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId, 'main-person');
      await this.privateTimes.assertOpen(tx, theCase);
      const person = await this.mainPerson(tx, caseId, memberId);
      const row = await this.row(tx, caseId, memberId);
      if (seen !== null && seen !== (row?.version ?? 0)) throw stale();
      const { want, can, need } = words;
      if (row) await this.keepVersion(tx, row);
      const sealed = await this.vault.seal(place(tx, memberId), { want, can, need });
      const moment = momentOf(theCase.state, (await this.drafts.meeting(tx, caseId)).running);
      const written = { sealed, moment, updatedAt: tx.now, version: (row?.version ?? 0) + 1 };
      const key = { organisationId: tx.organisationId, caseId, memberId };
      if (row) await tx.em.update(StatementEntity, key, written);
      else await tx.em.insert(StatementEntity, { ...key, ...written });
      await this.cases.note(tx, { caseId, type: 'statements-changed', audience: 'main-persons', aboutId: memberId, values: { name: person.name } });
      await this.audit.record(tx, { action: 'plans.statement-written', object: { kind: 'circle-member', id: memberId }, caseId });
      return answerOf(caseId, person, words, written);
    });
  }

  /** Everything that one main person said of these, newest first. 409 while the circle is by itself. */
  async history(ctx: Ctx, caseId: string, memberId: string): Promise<StatementHistory> {
    const items = await this.database.view(ctx, async (tx) => {
      await this.privateTimes.assertOpen(tx, await this.cases.require(tx, caseId, 'main-person'));
      await this.mainPerson(tx, caseId, memberId);
      return this.said(tx, caseId, memberId);
    });
    await this.audit.read(ctx, { action: 'plans.statement-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return { items };
  }

  /** The same, for a page. The caller has checked who asks, and audits. */
  async said(tx: Tx, caseId: string, memberId: string): Promise<SaidStatement[]> {
    const row = await this.row(tx, caseId, memberId);
    if (!row) return [];
    const where = { organisationId: tx.organisationId, caseId, memberId };
    const older = await tx.em.find(StatementVersionEntity, { where, order: { version: 'DESC' } });
    const words = (sealed: Buffer, ref: SealRef): Promise<Words> => this.vault.open<Words>(ref, sealed);
    const newest = { version: row.version, moment: row.moment, writtenAt: row.updatedAt.toISOString(), ...(await words(row.sealed, place(tx, memberId))) };
    const before = older.map(async ({ version, moment, writtenAt, sealed }) => {
      return { version, moment, writtenAt: writtenAt.toISOString(), ...(await words(sealed, versionPlace(tx, memberId, version))) };
    });
    return [newest, ...(await Promise.all(before))];
  }

  /** All statements of a case. The caller has checked who asks. */
  async all(tx: Tx, caseId: string): Promise<Statement[]> {
    const rows = await tx.em.find(StatementEntity, {
      where: { organisationId: tx.organisationId, caseId },
      order: { memberId: 'ASC' },
    });
    return Promise.all(
      rows.map(async ({ memberId, sealed }) => ({ memberId, ...(await this.vault.open<Words>(place(tx, memberId), sealed)) })),
    );
  }

  /** The preconditions of a case, or null. The caller has checked who asks. */
  async preconditions(tx: Tx, caseId: string): Promise<Preconditions | null> {
    const row = await tx.em.findOneBy(PreconditionsEntity, { organisationId: tx.organisationId, caseId });
    return row && { home: row.home, money: row.money, relations: row.relations, days: row.days };
  }

  private async mainPerson(tx: Tx, caseId: string, memberId: string): Promise<PlanPerson> {
    if (tx.actor.kind === 'participant' && tx.actor.memberId !== memberId) throw notFound();
    const people = await named<PlanPerson>(tx, PEOPLE, [tx.organisationId, caseId]);
    const person = people.find(({ id }) => id === memberId);
    if (!person?.isMainPerson || !takesPart(person)) throw notFound();
    return person;
  }

  /** What stood there before stays as it was. */
  private async keepVersion(tx: Tx, { caseId, memberId, version, moment, updatedAt, sealed }: StatementEntity): Promise<void> {
    const words = await this.vault.open<Words>(place(tx, memberId), sealed);
    const again = await this.vault.seal(versionPlace(tx, memberId, version), words);
    const kept = { organisationId: tx.organisationId, caseId, memberId, version, moment, sealed: again, writtenAt: updatedAt };
    await tx.em.insert(StatementVersionEntity, kept);
  }

  private row(tx: Tx, caseId: string, memberId: string): Promise<StatementEntity | null> {
    return tx.em.findOneBy(StatementEntity, { organisationId: tx.organisationId, caseId, memberId });
  }
}

const place = (tx: Tx, memberId: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_statements', id: memberId });
const versionPlace = (tx: Tx, memberId: string, version: number): SealRef => {
  return { organisationId: tx.organisationId, table: 'plans_statement_versions', id: `${memberId} ${version}` };
};

function answerOf(
  caseId: string,
  person: PlanPerson,
  words: Words | null,
  row: { updatedAt: Date; version: number } | null,
): StatementAnswer {
  return {
    caseId,
    memberId: person.id,
    memberName: person.name,
    want: words?.want ?? null,
    can: words?.can ?? null,
    need: words?.need ?? null,
    updatedAt: row?.updatedAt.toISOString() ?? null,
    version: row?.version ?? 0,
  };
}

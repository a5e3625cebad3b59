import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound, stale } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { takesPart, type PlanPerson } from './plan-people.rules.js';
import { PEOPLE } from './plans.queries.js';
import type { Preconditions, Statement } from './plans.rules.js';
import { PreconditionsEntity } from './preconditions.entity.js';
import { StatementEntity } from './statement.entity.js';
import type { PreconditionsAnswer, StatementAnswer } from './statements.dto.js';

type Words = Omit<Statement, 'memberId'>;

/** What main persons say in their own words, and how the four preconditions stand. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** One main person's three statements; version 0 without words as long as there are none. */
  async read(ctx: Ctx, caseId: string, memberId: string): Promise<StatementAnswer> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      const person = await this.mainPerson(tx, caseId, memberId);
      const row = await this.row(tx, caseId, memberId);
      return answerOf(caseId, person, row && (await this.vault.open<Words>(place(tx, memberId), row.sealed)), row);
    });
    await this.audit.read(ctx, { action: 'plans.statement-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return answer;
  }

  /** Writes one main person's statements: their own, or noted by the facilitator. 412 when `seen` is not the newest version. */
  async write(ctx: Ctx, caseId: string, memberId: string, seen: number | null, words: Words): Promise<StatementAnswer> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.lockOpen(tx, caseId, 'main-person');
      const person = await this.mainPerson(tx, caseId, memberId);
      const row = await this.row(tx, caseId, memberId);
      if (seen !== null && seen !== (row?.version ?? 0)) throw stale();
      const { want, can, need } = words;
      const sealed = await this.vault.seal(place(tx, memberId), { want, can, need });
      const written = { sealed, updatedAt: tx.now, version: (row?.version ?? 0) + 1 };
      const key = { organisationId: tx.organisationId, caseId, memberId };
      if (row) await tx.em.update(StatementEntity, key, written);
      else await tx.em.insert(StatementEntity, { ...key, ...written });
      await this.cases.note(tx, { caseId, type: 'statements-changed', audience: 'main-persons', aboutId: memberId, values: { name: person.name } });
      await this.audit.record(tx, { action: 'plans.statement-written', object: { kind: 'circle-member', id: memberId }, caseId });
      return answerOf(caseId, person, words, written);
    });
  }

  /** Writes how home, money, relations and days stand. */
  async writePreconditions(ctx: Ctx, caseId: string, seen: number | null, levels: Preconditions): Promise<PreconditionsAnswer> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.lockOpen(tx, caseId);
      const key = { organisationId: tx.organisationId, caseId };
      const row = await tx.em.findOneBy(PreconditionsEntity, key);
      if (seen !== null && seen !== (row?.version ?? 0)) throw stale();
      const { home, money, relations, days } = levels;
      const written = { home, money, relations, days, updatedAt: tx.now, version: (row?.version ?? 0) + 1 };
      if (row) await tx.em.update(PreconditionsEntity, key, written);
      else await tx.em.insert(PreconditionsEntity, { ...key, ...written });
      await this.cases.note(tx, { caseId, type: 'preconditions-changed', audience: 'main-persons' });
      await this.audit.record(tx, { action: 'plans.preconditions-written', object: { kind: 'case', id: caseId }, caseId });
      return { ...written, caseId, updatedAt: tx.now.toISOString() };
    });
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

  private row(tx: Tx, caseId: string, memberId: string): Promise<StatementEntity | null> {
    return tx.em.findOneBy(StatementEntity, { organisationId: tx.organisationId, caseId, memberId });
  }
}

const place = (tx: Tx, memberId: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_statements', id: memberId });

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

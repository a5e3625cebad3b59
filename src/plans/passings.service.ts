import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayReach } from '../cases/cases.policy.js';
import { CasesService } from '../cases/cases.service.js';
import { mayHear } from '../circle/circle.policy.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { CheckInMessages } from './check-ins.messages.js';
import type { SealedCommitment } from './commitment.entity.js';
import { movesOf } from './commitments.rules.js';
import { CommitmentsService } from './commitments.service.js';
import { DraftsService } from './drafts.service.js';
import type { Passing, PassingRequest, PassingResponse } from './offers.dto.js';
import { END_PASSING, INSERT_PASSING, OPEN_PASSING, PASSINGS_OF_FACILITATOR, PASSINGS_OF_MEMBER, type PassingRow } from './offers.queries.js';
import { askableBy, mayTakeOver, PASSABLE_STATES } from './offers.rules.js';
import type { PlanPerson } from './plan-people.rules.js';
import { PlansService } from './plans.service.js';

/** A promise that goes from one to another: only with the other's yes, and with its first person until then. */
@Injectable()
export class PassingsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly commitments: CommitmentsService,
    private readonly says: CheckInMessages,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /**
   * Asks somebody to take it over; who was asked before is asked no longer, and asked twice in the same words is asked once. Refuses
   * with 400 who is not of this case, with 409 what is over, and — without saying why — whoever cannot be asked, or not by this person.
   */
  async ask(ctx: Ctx, commitmentId: string, { memberId, note }: PassingRequest): Promise<Passing> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.commitments.require(tx, commitmentId);
      const theCase = await this.cases.lockOpen(tx, caseId, 'circle');
      const row = await this.commitments.require(tx, commitmentId);
      if (!PASSABLE_STATES.includes(row.state)) throw stateConflict(row.state, movesOf(row.state, row.every));
      const people = await this.drafts.people(tx, caseId);
      if (!people.some(({ id }) => id === memberId)) throw invalidField('/memberId', 'unknown-member');
      const askable = await this.askable(tx, theCase, row.memberId, people);
      if (!askable.some(({ id }) => id === memberId)) throw conflict('passing-not-possible');
      const before = await this.open(tx, commitmentId);
      const asked = before?.toId === memberId ? await this.opened(tx, before) : null;
      if (asked && asked.note === (note ?? null)) return asked;

      const id = newId(tx.now);
      await named(tx, END_PASSING, [tx.organisationId, commitmentId, 'withdrawn', tx.now]);
      const sealed = note ? await this.vault.seal(place(tx, id), note) : null;
      await named(tx, INSERT_PASSING, [tx.organisationId, id, caseId, commitmentId, row.memberId, memberId, sealed, tx.now]);
      await this.says.askFirst(tx, theCase, new Map([[memberId, 1]]), `passing ${id}`);
      await this.cases.note(tx, { caseId, type: 'commitment-passing', audience: 'facilitator', aboutId: row.memberId, values: { name: row.memberName } });
      await this.audit.record(tx, { action: 'plans.passing-asked', object: { kind: 'commitment', id: commitmentId }, caseId });
      return this.opened(tx, (await this.open(tx, commitmentId))!);
    });
  }

  /** The answer of who is asked. With a yes it is theirs; the fixed version stays as it is, the draft follows. 409 once answered. */
  async answer(ctx: Ctx, commitmentId: string, { yes }: PassingResponse): Promise<Passing> {
    return this.database.run(ctx, async (tx) => {
      const found = await this.open(tx, commitmentId);
      if (!found || !mayAnswer(tx, found)) throw notFound();
      const { caseId } = found;
      await this.cases.lockOpen(tx, caseId, 'circle');
      const passing = await this.open(tx, commitmentId);
      if (passing?.id !== found.id) throw stateConflict('answered', []);
      const state = yes ? 'accepted' : 'declined';
      await named(tx, END_PASSING, [tx.organisationId, commitmentId, state, tx.now]);
      if (yes) {
        await this.commitments.giveTo(tx, commitmentId, passing.toId);
        await this.cases.note(tx, { caseId, type: 'commitment-passed', audience: 'main-persons', aboutId: passing.fromId, values: { name: passing.fromName } });
        await this.cases.note(tx, { caseId, type: 'commitment-taken-over', audience: 'main-persons', aboutId: passing.toId, values: { name: passing.toName } });
      } else {
        await this.cases.note(tx, { caseId, type: 'commitment-not-passed', audience: 'facilitator', aboutId: passing.toId, values: { name: passing.toName } });
      }
      await this.audit.record(tx, { action: 'plans.passing-answered', object: { kind: 'commitment', id: commitmentId }, caseId });
      return this.opened(tx, { ...passing, state }, await this.restrictions.hidden(tx, caseId));
    });
  }

  /** Open questions of a facilitator's cases, or what the reader is asked and asked others. */
  async list(tx: Tx, caseId: string | null): Promise<Passing[]> {
    const { actor } = tx;
    if (actor.kind === 'staff') {
      return this.all(tx, await named<PassingRow>(tx, PASSINGS_OF_FACILITATOR, [tx.organisationId, actor.staffId, caseId]), new Set());
    }
    if (actor.kind !== 'participant') return [];
    const rows = await named<PassingRow>(tx, PASSINGS_OF_MEMBER, [tx.organisationId, actor.memberId, actor.caseId]);
    const hidden = await this.restrictions.hidden(tx, actor.caseId);
    return this.all(tx, rows.filter(({ toId }) => !hidden.has(toId)), hidden);
  }

  /** Whom the reader may ask to take over what this person does, and may be written to now. */
  async askable(tx: Tx, theCase: CaseEntity, memberId: string, everybody: readonly PlanPerson[]): Promise<PlanPerson[]> {
    const people = everybody.filter((person) => person.id === memberId || mayHear(theCase, person));
    if (tx.actor.kind !== 'participant') return people.filter((person) => person.id !== memberId && mayTakeOver(person));
    const plan = await this.plans.current(tx, theCase.id);
    const inPlan = new Set(plan?.content.commitments.map((one) => one.memberId));
    return askableBy({ id: memberId, inPlan, hidden: await this.restrictions.hidden(tx, theCase.id) }, people);
  }

  private async open(tx: Tx, commitmentId: string): Promise<PassingRow | undefined> {
    return (await named<PassingRow>(tx, OPEN_PASSING, [tx.organisationId, commitmentId]))[0];
  }

  private all(tx: Tx, rows: readonly PassingRow[], hidden: ReadonlySet<string>): Promise<Passing[]> {
    return Promise.all(rows.map((row) => this.opened(tx, row, hidden)));
  }

  private async opened(tx: Tx, row: PassingRow, hidden: ReadonlySet<string> = new Set()): Promise<Passing> {
    const { id, commitmentId, caseId, dueOn, every, state, toName } = row;
    const { text } = await this.vault.open<SealedCommitment>({ organisationId: tx.organisationId, table: 'plans_commitments', id: commitmentId }, row.text);
    const isHidden = hidden.has(row.fromId);
    return {
      id,
      commitmentId,
      caseId,
      text,
      dueOn,
      every,
      state,
      askedOfMe: tx.actor.kind === 'participant' && tx.actor.memberId === row.toId,
      fromName: isHidden ? null : row.fromName,
      toName,
      note: row.sealed && !isHidden ? await this.vault.open<string>(place(tx, id), row.sealed) : null,
      askedAt: row.askedAt.toISOString(),
    };
  }
}

/** The one who is asked, or the facilitator who heard it from them. */
const mayAnswer = (tx: Tx, { caseId, facilitatorId, toId }: PassingRow): boolean =>
  mayReach(tx.actor, { id: caseId, facilitatorId }, 'circle') && (tx.actor.kind !== 'participant' || tx.actor.memberId === toId);

const place = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_passings', id });

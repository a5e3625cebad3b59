import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { OPEN_STATES, type CaseState } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page, type Page } from '../platform/http/cursor.js';
import { invalid, invalidField, notFound, stale, stateConflict } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { next } from '../platform/transitions.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { CommitmentEntity, type SealedCommitment } from './commitment.entity.js';
import type { CommitmentAnswer, CommitmentChange, CommitmentQuery, ProgressRequest } from './commitments.dto.js';
import {
  ALL_OF_MEMBER,
  COMMITMENT,
  COMMITMENT_TO_MOVE,
  MOVE,
  OF_CASE,
  OF_FACILITATOR,
  OF_MEMBER,
  type CommitmentRow,
  type ReportedRow,
} from './commitments.queries.js';
import { isOver, movesOf, noteProblem, transitionsOf, type CommitmentState } from './commitments.rules.js';
import { DraftsService } from './drafts.service.js';
import { mayReachCommitment, speaksForAnother } from './plans.policy.js';
import { PlansService } from './plans.service.js';

/** Before every commitment in the list: where the first page starts. */
const START = ['-infinity', '00000000-0000-0000-0000-000000000000'];

/** As many as a plan holds. */
const MOST_OF_ONE = 200;

/** Who does what: lists, changes, and how it goes. */
@Injectable()
export class CommitmentsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** A facilitator's own cases' commitments, or one's own; soonest first. One statement a page. */
  async list(ctx: Ctx, query: CommitmentQuery): Promise<Page<CommitmentAnswer>> {
    const answer = await this.database.view(ctx, (tx) => this.pageOf(tx, query));
    const caseId = query.caseId ?? null;
    await this.audit.read(ctx, { action: 'plans.commitments-read', object: caseId ? { kind: 'case', id: caseId } : null });
    return answer;
  }

  /** The same within another read, which audits. */
  async pageOf(tx: Tx, query: CommitmentQuery): Promise<Page<CommitmentAnswer>> {
    const { actor } = tx;
    if (actor.kind !== 'staff' && actor.kind !== 'participant') return { items: [], next: null };
    const limit = query.limit ?? DEFAULT_LIMIT;
    const ofFacilitator = query.caseId ? OF_CASE : OF_FACILITATOR;
    const [asked, whose] = actor.kind === 'staff' ? [ofFacilitator, actor.staffId] : [OF_MEMBER, actor.memberId];
    const rows = await named<CommitmentRow>(tx, asked, [
      tx.organisationId,
      whose,
      ...startOf(query.after),
      query.caseId ?? null,
      query.memberId ?? null,
      query.state ?? null,
      query.dueBefore ?? null,
      limit + 1,
    ]);
    const { items, next: more } = page(rows, limit, ({ dueOn, id }) => [dueOn, id]);
    return { items: await Promise.all(items.map((row) => this.opened(tx, row))), next: more };
  }

  /** What one person does, soonest first. The caller has checked who asks, and audits. */
  async ofMember(tx: Tx, memberId: string): Promise<CommitmentAnswer[]> {
    const rows = await named<CommitmentRow>(tx, OF_MEMBER, [tx.organisationId, memberId, ...START, null, null, null, null, MOST_OF_ONE]);
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  /** One commitment, for its person and the facilitator. */
  async read(ctx: Ctx, id: string): Promise<CommitmentAnswer> {
    const answer = await this.database.view(ctx, async (tx) => this.opened(tx, await this.require(tx, id)));
    await this.audit.read(ctx, { action: 'plans.commitment-read', object: { kind: 'commitment', id }, caseId: answer.caseId });
    return answer;
  }

  /**
   * Changes what was agreed, by the facilitator; the fixed plan stays as it is, the draft follows. Refuses with 412 when `seen`
   * is not the newest version, with 409 what is over, with 400 an unknown goal and a date before the case.
   */
  async change(ctx: Ctx, id: string, seen: number | null, change: CommitmentChange): Promise<CommitmentAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.require(tx, id);
      const theCase = await this.cases.lockOpen(tx, caseId);
      const row = await this.require(tx, id);
      if (seen !== null && seen !== row.version) throw stale();
      if (isOver(row.state)) throw stateConflict(row.state, []);
      if (change.dueOn && change.dueOn < localDay(theCase.openedAt)) throw invalidField('/dueOn', 'before-case');
      if (change.goalId) await this.requireGoal(tx, caseId, change.goalId);

      const kept = await this.vault.open<SealedCommitment>(place(tx, id), row.sealed);
      const text = change.text ?? kept.text;
      const changed: CommitmentRow = {
        ...row,
        goalId: change.goalId === undefined ? row.goalId : change.goalId,
        dueOn: change.dueOn ?? row.dueOn,
        every: change.every === undefined ? row.every : change.every,
        sealed: await this.vault.seal(place(tx, id), { ...kept, text }),
        version: row.version + 1,
      };
      const { goalId, dueOn, every, sealed, version } = changed;
      const key = { organisationId: tx.organisationId, id, version: row.version };
      const { affected } = await tx.em.update(CommitmentEntity, key, { goalId, dueOn, every, sealed, version });
      if (affected !== 1) throw stale();
      await this.drafts.follow(tx, caseId, { id, text, goalId, dueOn, every });
      const values = { name: row.memberName };
      await this.cases.note(tx, { caseId, type: 'commitment-changed', audience: 'main-persons', aboutId: row.memberId, values });
      await this.audit.record(tx, { action: 'plans.commitment-changed', object: { kind: 'commitment', id }, caseId });
      return this.opened(tx, changed);
    });
  }

  /**
   * Reports how it goes: one's own, or the facilitator for another. Refuses with 400 a missing reason and a note that does not
   * say whose words it is, with 409 what the state does not allow, with 412 when `seen` is given and not the newest version.
   */
  async report(ctx: Ctx, id: string, seen: number | null, { state, note }: ProgressRequest): Promise<CommitmentAnswer> {
    return this.database.run(ctx, async (tx) => {
      const [row] = await named<ReportedRow>(tx, COMMITMENT_TO_MOVE, [tx.organisationId, id, tx.now]);
      if (!row || !mayReachCommitment(tx.actor, row)) throw notFound();
      if (!OPEN_STATES.includes(row.caseState as CaseState)) throw stateConflict(row.caseState, [], 'case-ended');
      if (seen !== null && seen !== row.version) throw stale();
      const texts = textsFor('nl').plans;
      const report = { state, note: note ?? undefined, forAnother: speaksForAnother(tx.actor), hasLink: row.hasLink };
      const wrong = noteProblem(report, texts.onTheirWord);
      if (wrong) throw invalid([wrong]);
      const moved = await this.move(tx, row, next(transitionsOf(row.every), row.state, state), note ?? null);
      await this.audit.record(tx, { action: 'plans.commitment-moved', object: { kind: 'commitment', id }, caseId: row.caseId });
      await this.cases.note(tx, {
        caseId: row.caseId,
        type: 'commitment-state',
        audience: 'main-persons',
        aboutId: row.memberId,
        values: { name: row.memberName, state: texts.commitmentStates[moved.state] },
      });
      return this.opened(tx, moved);
    });
  }

  /** Releases what someone promised and had not done, with a note for the others; notes of their own go. The caller holds the case. */
  async releaseAll(tx: Tx, memberId: string, note: string): Promise<void> {
    for (const row of await named<CommitmentRow>(tx, ALL_OF_MEMBER, [tx.organisationId, memberId])) {
      // What was done stays done, on the day that it was.
      if (isOver(row.state)) await this.move(tx, row, row.state, null, row.stateSince);
      else await this.move(tx, row, next(transitionsOf(row.every), row.state, 'released'), note);
    }
  }

  private async move(tx: Tx, row: CommitmentRow, state: CommitmentState, note: string | null, since = tx.now): Promise<CommitmentRow> {
    const kept = await this.vault.open<SealedCommitment>(place(tx, row.id), row.sealed);
    const sealed = await this.vault.seal(place(tx, row.id), { text: kept.text, note });
    const moved = await named(tx, MOVE, [tx.organisationId, row.id, row.version, state, since, sealed]);
    if (moved.length !== 1) throw stale();
    return { ...row, state, stateSince: since, sealed, version: row.version + 1 };
  }

  private async require(tx: Tx, id: string): Promise<CommitmentRow> {
    const [row] = await named<CommitmentRow>(tx, COMMITMENT, [tx.organisationId, id]);
    if (!row || !mayReachCommitment(tx.actor, row)) throw notFound();
    return row;
  }

  private async requireGoal(tx: Tx, caseId: string, goalId: string): Promise<void> {
    const current = await this.plans.current(tx, caseId);
    if (!current?.content.goals.some(({ id }) => id === goalId)) throw invalidField('/goalId', 'unknown-goal');
  }

  private async opened(tx: Tx, row: CommitmentRow): Promise<CommitmentAnswer> {
    const { text, note } = await this.vault.open<SealedCommitment>(place(tx, row.id), row.sealed);
    const { id, caseId, planId, memberId, memberName, goalId, dueOn, every, state, version } = row;
    const stateSince = row.stateSince.toISOString();
    const moves = movesOf(state, every);
    return { id, caseId, planId, memberId, memberName, text, goalId, dueOn, every, state, stateSince, note, moves, version };
  }
}

function startOf(after: string | undefined): readonly unknown[] {
  const key = decodeCursor(after, ['string', 'uuid']);
  if (key && !isLocalDate(key[0])) throw invalidField('/after', 'cursor');
  return key ?? START;
}

const isLocalDate = (value: unknown): boolean => DateTime.fromFormat(String(value), 'yyyy-MM-dd').isValid;

const place = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_commitments', id });

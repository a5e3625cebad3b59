import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { OPEN_STATES, type CaseState } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page, type Page } from '../platform/http/cursor.js';
import { invalid, invalidField, notFound, stale, stateConflict } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { next } from '../platform/transitions.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { CheckInsService } from './check-ins.service.js';
import { CommitmentEntity, type SealedCommitment } from './commitment.entity.js';
import type { CommitmentAnswer, CommitmentChange, CommitmentQuery, Perspective, PerspectiveRequest, ProgressRequest } from './commitments.dto.js';
import {
  ALL_OF_CASE,
  ALL_OF_MEMBER,
  COMMITMENT,
  COMMITMENT_TO_GIVE,
  COMMITMENT_TO_MOVE,
  DUE,
  MOVE,
  OF_CASE,
  OF_FACILITATOR,
  OF_MEMBER,
  SET_PERSPECTIVE,
  type CommitmentRow,
  type DueRow,
  type ReportedRow,
} from './commitments.queries.js';
import { isOver, movesOf, noteProblem, transitionsOf, UNKEPT_STATES, type CommitmentState } from './commitments.rules.js';
import { FORGET_HELP, FORGET_OFFERS_OF, GIVE_TO } from './offers.queries.js';
import { PASSABLE_STATES } from './offers.rules.js';
import { DraftsService } from './drafts.service.js';
import { LAPSE } from './obstacles.queries.js';
import { mayReachCommitment, readerIn, speaksForAnother } from './plans.policy.js';
import { PlansService } from './plans.service.js';
import { StandingObstacles } from './standing-obstacles.service.js';

/** Before every commitment in the list: where the first page starts. */
const START = ['-infinity', '00000000-0000-0000-0000-000000000000'];

/** As many as a plan holds. */
const MOST_OF_ONE = 200;

/** A promise on the list of the day. */
export type DuePromise = Omit<DueRow, 'sealed'> & { text: string };

/** Who does what: lists, changes, and how it goes. */
@Injectable()
export class CommitmentsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly checkIns: CheckInsService,
    private readonly privateTimes: PrivateTimeService,
    private readonly restrictions: RestrictionsService,
    private readonly standing: StandingObstacles,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** A facilitator's own cases' commitments, or one's own; soonest first. One statement a page, and one for what is in the way. */
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
    return { items: await this.allOpened(tx, items), next: more };
  }

  /** Promises of a facilitator's open cases that are due before a day and not kept yet, soonest first. The caller audits. */
  async due(tx: Tx, facilitatorId: string, before: string, limit: number): Promise<DuePromise[]> {
    const rows = await named<DueRow>(tx, DUE, [tx.organisationId, facilitatorId, before, limit]);
    return Promise.all(
      rows.map(async ({ sealed, ...row }) => ({ ...row, text: (await this.vault.open<SealedCommitment>(place(tx, row.id), sealed)).text })),
    );
  }

  /** What one person does, soonest first. The caller has checked who asks, and audits. */
  async ofMember(tx: Tx, memberId: string): Promise<CommitmentAnswer[]> {
    const rows = await named<CommitmentRow>(tx, OF_MEMBER, [tx.organisationId, memberId, ...START, null, null, null, null, MOST_OF_ONE]);
    return this.allOpened(tx, rows);
  }

  /** One commitment, for its person and the facilitator. */
  async read(ctx: Ctx, id: string): Promise<CommitmentAnswer> {
    const answer = await this.database.view(ctx, async (tx) => this.opened(tx, await this.require(tx, id)));
    await this.audit.read(ctx, { action: 'plans.commitment-read', object: { kind: 'commitment', id }, caseId: answer.caseId });
    return answer;
  }

  /**
   * Changes what was agreed, by the facilitator; the fixed plan stays as it is, the draft follows. Refuses with 412 when `seen`
   * is not the newest version, with 409 what is over and while the circle is by itself, with 400 an unknown goal and a date before
   * the case or its last meeting.
   */
  async change(ctx: Ctx, id: string, seen: number | null, change: CommitmentChange): Promise<CommitmentAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.require(tx, id);
      const theCase = await this.cases.lockOpen(tx, caseId);
      await this.privateTimes.assertOpen(tx, theCase);
      const row = await this.require(tx, id);
      if (seen !== null && seen !== row.version) throw stale();
      if (isOver(row.state)) throw stateConflict(row.state, []);
      if (change.dueOn && change.dueOn < localDay(theCase.openedAt)) throw invalidField('/dueOn', 'before-case');
      const { heldOn } = await this.drafts.meeting(tx, caseId);
      // A day that stood there already stays: the plan may have been made before another meeting.
      if (change.dueOn && change.dueOn !== row.dueOn && change.dueOn < (heldOn ?? '')) throw invalidField('/dueOn', 'before-meeting');
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
      await this.checkIns.follow(tx, changed);
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
      const report = { state, note: note ?? undefined, forAnother: speaksForAnother(tx.actor), hasLink: row.hasLink };
      const wrong = noteProblem(report, textsFor('nl').plans.onTheirWord);
      if (wrong) throw invalid([wrong]);
      return this.opened(tx, await this.moveTo(tx, row, next(transitionsOf(row.every), row.state, state), note ?? null));
    });
  }

  /** All promises of a case, locked until the command ends. The caller holds the case. */
  async toClose(tx: Tx, caseId: string): Promise<CommitmentRow[]> {
    return named<CommitmentRow>(tx, ALL_OF_CASE, [tx.organisationId, caseId]);
  }

  /** Moves a promise that the caller holds, and says so. Whether it may is decided before. */
  async moveTo(tx: Tx, row: CommitmentRow, state: CommitmentState, note: string | null): Promise<CommitmentRow> {
    const { id, caseId, memberId: aboutId, memberName: name } = row;
    const moved = await this.move(tx, row, state, note);
    await this.audit.record(tx, { action: 'plans.commitment-moved', object: { kind: 'commitment', id }, caseId });
    const values = { name, state: textsFor('nl').plans.commitmentStates[moved.state] };
    await this.cases.note(tx, { caseId, type: 'commitment-state', audience: 'main-persons', aboutId, values });
    return moved;
  }

  /** Releases what someone promised and had not done, with a note for the others; notes of their own go. The caller holds the case. */
  async releaseAll(tx: Tx, memberId: string, note: string): Promise<void> {
    for (const row of await named<CommitmentRow>(tx, ALL_OF_MEMBER, [tx.organisationId, memberId])) {
      // What was done stays done, on the day that it was.
      if (isOver(row.state)) await this.move(tx, row, row.state, null, row.stateSince);
      else await this.move(tx, row, next(transitionsOf(row.every), row.state, 'released'), note);
    }
  }

  /** Releases what someone promised and had not done, and leaves the rest as it is. The caller holds the case. */
  async releaseOpen(tx: Tx, memberId: string, note: string): Promise<void> {
    const rows = await named<CommitmentRow>(tx, ALL_OF_MEMBER, [tx.organisationId, memberId]);
    for (const row of rows.filter(({ state }) => !isOver(state))) {
      await this.move(tx, row, next(transitionsOf(row.every), row.state, 'released'), note);
    }
  }

  /**
   * Says when it will be kept and why not yet, in place of what was said before: its own person, or the facilitator. 400 for a day
   * that is not to come, 409 for what is kept or over, 412 when `seen` is given and not the newest version.
   */
  async setPerspective(ctx: Ctx, id: string, seen: number | null, { date, reason }: PerspectiveRequest): Promise<CommitmentAnswer> {
    return this.database.run(ctx, async (tx) => {
      const [row] = await named<ReportedRow>(tx, COMMITMENT_TO_MOVE, [tx.organisationId, id, tx.now]);
      if (!row || !mayReachCommitment(tx.actor, row)) throw notFound();
      if (!OPEN_STATES.includes(row.caseState as CaseState)) throw stateConflict(row.caseState, [], 'case-ended');
      if (seen !== null && seen !== row.version) throw stale();
      if (date <= localDay(tx.now)) throw invalidField('/date', 'after-today');
      if (!UNKEPT_STATES.includes(row.state)) throw stateConflict(row.state, movesOf(row.state, row.every));
      const perspective = await this.vault.seal(perspectiveOf(tx, id), reason);
      const rows = await named(tx, SET_PERSPECTIVE, [tx.organisationId, id, row.version, date, perspective]);
      if (rows.length !== 1) throw stale();
      await this.checkIns.follow(tx, { ...row, dueOn: date });
      await this.audit.record(tx, { action: 'plans.perspective-set', object: { kind: 'commitment', id }, caseId: row.caseId });
      const values = { name: row.memberName };
      await this.cases.note(tx, { caseId: row.caseId, type: 'commitment-perspective', audience: 'main-persons', aboutId: row.memberId, values });
      return this.opened(tx, { ...row, perspectiveOn: date, perspective, version: row.version + 1 });
    });
  }

  /** Something is in the way of it, or no longer is. The caller holds the case. Refuses with 409 what the state does not allow. */
  async obstruct(tx: Tx, id: string, event: 'obstacle' | 'obstacle-removed'): Promise<void> {
    const row = await this.require(tx, id);
    const state = next(transitionsOf(row.every), row.state, event);
    if (state !== row.state) await this.move(tx, row, state, null);
  }

  /**
   * Gives it to somebody who said yes; the draft follows, what was asked around it goes. The caller holds the case. Refuses with 409
   * what is over by now.
   */
  async giveTo(tx: Tx, id: string, memberId: string): Promise<void> {
    const [row] = await named<CommitmentRow>(tx, COMMITMENT_TO_GIVE, [tx.organisationId, id]);
    if (!row || !PASSABLE_STATES.includes(row.state)) throw stateConflict(row?.state ?? 'released', []);
    const { text } = await this.vault.open<SealedCommitment>(place(tx, id), row.sealed);
    const sealed = await this.vault.seal(place(tx, id), { text, note: null });
    const given = await named(tx, GIVE_TO, [tx.organisationId, id, row.version, memberId, tx.now, sealed]);
    if (given.length !== 1) throw stale();
    for (const statement of [FORGET_OFFERS_OF, FORGET_HELP]) await named(tx, statement, [tx.organisationId, id]);
    // What was in the way was in the way of the one who had it.
    await named(tx, LAPSE, [tx.organisationId, [id], tx.now]);
    const { caseId, goalId, dueOn, every } = row;
    await this.drafts.follow(tx, caseId, { id, memberId, text, goalId, dueOn, every });
    await this.checkIns.follow(tx, { ...row, state: 'promised' });
  }

  private async move(tx: Tx, row: CommitmentRow, state: CommitmentState, note: string | null, since = tx.now): Promise<CommitmentRow> {
    const { text } = await this.vault.open<SealedCommitment>(place(tx, row.id), row.sealed);
    const sealed = await this.vault.seal(place(tx, row.id), { text, note });
    const moved = await named(tx, MOVE, [tx.organisationId, row.id, row.version, state, since, sealed, UNKEPT_STATES]);
    if (moved.length !== 1) throw stale();
    if (row.state === 'blocked' && isOver(state)) await named(tx, LAPSE, [tx.organisationId, [row.id], tx.now]);
    const kept = UNKEPT_STATES.includes(state) ? {} : { perspectiveOn: null, perspective: null };
    const after = { ...row, ...kept, state, stateSince: since, sealed, version: row.version + 1 };
    await this.checkIns.follow(tx, after);
    return after;
  }

  /** One commitment, for its person and the facilitator; 404 for everyone else. */
  async require(tx: Tx, id: string): Promise<CommitmentRow> {
    const [row] = await named<CommitmentRow>(tx, COMMITMENT, [tx.organisationId, id]);
    if (!row || !mayReachCommitment(tx.actor, row)) throw notFound();
    return row;
  }

  private async requireGoal(tx: Tx, caseId: string, goalId: string): Promise<void> {
    const current = await this.plans.current(tx, caseId);
    if (!current?.content.goals.some(({ id }) => id === goalId)) throw invalidField('/goalId', 'unknown-goal');
  }

  private async opened(tx: Tx, row: CommitmentRow): Promise<CommitmentAnswer> {
    return (await this.allOpened(tx, [row]))[0]!;
  }

  private async allOpened(tx: Tx, rows: readonly CommitmentRow[]): Promise<CommitmentAnswer[]> {
    const blocked = rows.find(({ state }) => state === 'blocked');
    const hidden = blocked ? await this.restrictions.hidden(tx, blocked.caseId) : new Set<string>();
    const obstaclesOf = await this.standing.of(tx, rows, readerIn(tx.actor, tx.now), hidden);
    return Promise.all(
      rows.map(async (row) => {
        const { text, note } = await this.vault.open<SealedCommitment>(place(tx, row.id), row.sealed);
        const { id, caseId, planId, memberId, memberName, goalId, dueOn, every, state, version } = row;
        const stateSince = row.stateSince.toISOString();
        const moves = movesOf(state, every);
        const perspective = await this.perspective(tx, row);
        const obstacles = obstaclesOf(id);
        return { id, caseId, planId, memberId, memberName, text, goalId, dueOn, every, state, stateSince, note, perspective, obstacles, moves, version };
      }),
    );
  }

  /** When something will be kept and why not yet; null when nobody said so. */
  async perspective(tx: Tx, { id, perspectiveOn, perspective }: Pick<CommitmentRow, 'id' | 'perspectiveOn' | 'perspective'>): Promise<Perspective | null> {
    return perspective && { date: perspectiveOn!, reason: await this.vault.open<string>(perspectiveOf(tx, id), perspective) };
  }
}

function startOf(after: string | undefined): readonly unknown[] {
  const key = decodeCursor(after, ['string', 'uuid']);
  if (key && !isLocalDate(key[0])) throw invalidField('/after', 'cursor');
  return key ?? START;
}

const isLocalDate = (value: unknown): boolean => DateTime.fromFormat(String(value), 'yyyy-MM-dd').isValid;

const perspectiveOf = (tx: Tx, id: string): SealRef => ({ ...place(tx, id), column: 'perspective' });
const place = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_commitments', id });

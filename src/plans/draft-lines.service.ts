import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict, forbidden, invalid, invalidField, notFound, Problem, stale } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localTime } from '../platform/local-day.js';
import { textsFor } from '../texts/texts.js';
import { DraftAccess } from './draft-access.service.js';
import { draftRejoined, draftWithout, hiddenIds } from './draft-parts.rules.js';
import type { CommitmentLine, CommitmentLineChange, ConditionLine, ConditionLineChange, GoalLine, GoalLineChange, LineRemoved } from './draft-lines.dto.js';
import {
  LINE_LISTS, lineIn, markOf, MOST_LINES, problemsOfLine, sameLine, withHigher, withLine, withoutLine, type DraftLine, type LineKind, type LineMark, type LineOf,
} from './draft-lines.rules.js';
import { answersFor, type Draft, type DraftCommitment, type DraftGoal, type SafetyCondition } from './drafts.rules.js';
import type { DraftCommitmentRequest, DraftGoalRequest, SafetyConditionRequest } from './drafts.dto.js';
import { DraftsService, type KeptDraft } from './drafts.service.js';

/** Writing in one go in a meeting is one entry on the timeline, not one for each line. */
const ONE_ENTRY_MS = 10 * 60_000;

/** The draft of a case as one writes in it. */
interface Opened {
  theCase: CaseEntity;
  kept: KeptDraft;
  /** Of whom the writer must not see anything. */
  hidden: ReadonlySet<string>;
  /** Without what is theirs. */
  draft: Draft;
}

type Answered<Line> = Line & { version: number; changedAt: string | null; changedBy: string | null };

/** Single lines of the draft: several people write in one draft without losing each other's. */
@Injectable()
export class DraftLinesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly access: DraftAccess,
    private readonly restrictions: RestrictionsService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
  ) {}

  /** Adds a goal at the end. Refuses with 400 an id that is there already, with 409 one too many. */
  addGoal(ctx: Ctx, caseId: string, { id, text }: DraftGoalRequest): Promise<GoalLine> {
    return this.add(ctx, caseId, 'goals', (made): DraftGoal => ({ id: id ?? made, text }));
  }

  /** Adds a commitment at the end; refuses with 400 what cannot be meant. */
  addCommitment(ctx: Ctx, caseId: string, { id, memberId, text, goalId, dueOn, every }: DraftCommitmentRequest): Promise<CommitmentLine> {
    return this.add(ctx, caseId, 'commitments', (made): DraftCommitment => {
      return { id: id ?? made, memberId, text, goalId: goalId ?? null, dueOn: dueOn ?? null, every: every ?? null };
    });
  }

  /** Adds a safety condition; the facilitator's only, and with 409 not after the meeting began. */
  addCondition(ctx: Ctx, caseId: string, { id, text, reason, setByMemberId, deputyMemberId, metBy }: SafetyConditionRequest): Promise<ConditionLine> {
    return this.add(ctx, caseId, 'safety-conditions', (made): SafetyCondition => {
      return { id: id ?? made, text, reason: reason ?? null, setByMemberId, deputyMemberId: deputyMemberId ?? null, metBy: metBy ?? null };
    });
  }

  /**
   * Changes one line, and with `higher` puts it one place up. A change of what is not the newest is refused with 412, which carries
   * the line as it stands now, who changed it and when; one that was taken out meanwhile the same, with `current` null.
   */
  changeGoal(ctx: Ctx, caseId: string, id: string, seen: number | null, { text }: GoalLineChange, higher = false): Promise<GoalLine> {
    return this.change(ctx, caseId, 'goals', { id, seen, higher }, (line) => ({ ...line, text: text ?? line.text }));
  }

  /** The same for a commitment. */
  changeCommitment(ctx: Ctx, caseId: string, id: string, seen: number | null, change: CommitmentLineChange, higher = false): Promise<CommitmentLine> {
    return this.change(ctx, caseId, 'commitments', { id, seen, higher }, (line): DraftCommitment => {
      const given = <Value>(value: Value | undefined, was: Value): Value => (value === undefined ? was : value);
      return {
        id,
        memberId: change.memberId ?? line.memberId,
        text: change.text ?? line.text,
        goalId: given(change.goalId, line.goalId),
        dueOn: given(change.dueOn, line.dueOn),
        every: given(change.every, line.every),
      };
    });
  }

  /** The same for a safety condition; of the circle its owner and deputy change it, others say only how it is met. */
  changeCondition(ctx: Ctx, caseId: string, id: string, seen: number | null, change: ConditionLineChange): Promise<ConditionLine> {
    const { metBy } = change;
    return this.change(ctx, caseId, 'safety-conditions', { id, seen }, (line): SafetyCondition => {
      const asked: SafetyCondition = {
        id,
        text: change.text ?? line.text,
        reason: change.reason ?? line.reason,
        setByMemberId: change.setByMemberId ?? line.setByMemberId,
        deputyMemberId: change.deputyMemberId === undefined ? line.deputyMemberId : change.deputyMemberId,
        metBy: line.metBy,
      };
      const { actor } = ctx;
      if (actor.kind === 'participant' && !answersFor(line, actor.memberId) && !sameLine(asked, line)) throw forbidden();
      return { ...asked, metBy: metBy === undefined ? line.metBy : metBy };
    });
  }

  /**
   * Takes a line out; refused with 412 as above when somebody changed it meanwhile, with 409 a safety condition that others ask for
   * once the meeting started.
   */
  async remove(ctx: Ctx, caseId: string, kind: LineKind, id: string, seen: number | null): Promise<LineRemoved> {
    return this.database.run(ctx, async (tx) => {
      const opened = await this.open(tx, caseId);
      await this.current(tx, caseId, opened, kind, { id, seen });
      const draft = withoutLine(opened.draft, kind, id);
      await this.drafts.settleConditions(tx, caseId, draft, opened.draft);
      const written = await this.write(tx, caseId, draft, opened);
      return { caseId, version: written.version };
    });
  }

  private async add<Kind extends LineKind>(ctx: Ctx, caseId: string, kind: Kind, make: (id: string) => LineOf<Kind>): Promise<Answered<LineOf<Kind>>> {
    return this.database.run(ctx, async (tx) => {
      const opened = await this.open(tx, caseId);
      const line = make(newId(tx.now));
      if (lineIn(opened.kept.draft, kind, line.id)) throw invalidField('/id', 'doubled-id');
      if (opened.kept.draft[LINE_LISTS[kind]].length >= MOST_LINES[kind]) throw conflict('draft-full');
      return this.put(tx, opened, kind, line);
    });
  }

  private async change<Kind extends LineKind>(
    ctx: Ctx,
    caseId: string,
    kind: Kind,
    { higher = false, ...which }: { id: string; seen: number | null; higher?: boolean },
    change: (line: LineOf<Kind>) => LineOf<Kind>,
  ): Promise<Answered<LineOf<Kind>>> {
    return this.database.run(ctx, async (tx) => {
      const opened = await this.open(tx, caseId);
      const line = await this.current(tx, caseId, opened, kind, which);
      return this.put(tx, opened, kind, change(line), higher);
    });
  }

  private async open(tx: Tx, caseId: string): Promise<Opened> {
    const theCase = await this.access.toWrite(tx, caseId);
    const kept = await this.drafts.load(tx, caseId);
    const hidden = await this.restrictions.hidden(tx, caseId);
    return { theCase, kept, hidden, draft: draftWithout(kept.draft, hidden) };
  }

  /** The line as it stands, for one who saw its newest version. */
  private async current<Kind extends LineKind>(
    tx: Tx,
    caseId: string,
    { draft, kept: { marks }, hidden }: Opened,
    kind: Kind,
    { id, seen }: { id: string; seen: number | null },
  ): Promise<LineOf<Kind>> {
    const line = lineIn(draft, kind, id);
    const mark = markOf(marks, id);
    if (line && (seen === null || seen === mark.version)) return line;
    if (!line && !marks[id]?.removed) throw notFound();
    if (line && (seen! < 0 || seen! > mark.version)) throw stale();
    throw await this.overtaken(tx, caseId, line ?? null, mark, hidden);
  }

  /** What stands there now and who put it there, so that nothing that was typed is lost. */
  private async overtaken(tx: Tx, caseId: string, line: DraftLine | null, mark: LineMark, hidden: ReadonlySet<string>): Promise<Problem> {
    const names = await this.drafts.namesOf(tx, caseId, [mark], hidden);
    const texts = textsFor('nl').plans;
    const changedBy = names.get(mark.by ?? '') ?? null;
    const values = { who: changedBy ?? texts.someone, at: mark.at ? localTime(new Date(mark.at)) : '', words: line?.text ?? '' };
    const changed = { version: mark.version, changedAt: mark.at, changedBy };
    const current = line ? { ...line, ...changed } : null;
    return new Problem(412, line ? 'line-changed' : 'line-removed', { values, current });
  }

  private async put<Kind extends LineKind>(tx: Tx, opened: Opened, kind: Kind, line: LineOf<Kind>, higher = false): Promise<Answered<LineOf<Kind>>> {
    const { theCase, kept, hidden, draft: before } = opened;
    const changed = withLine(before, kind, line);
    const draft = higher ? withHigher(changed, kind, line.id) : changed;
    const unseen = { hidden, ids: hiddenIds(kept.draft, hidden) };
    const errors = problemsOfLine(await this.drafts.problems(tx, theCase, draft, before, unseen), draft, kind, line.id);
    if (errors.length > 0) throw invalid(errors);
    await this.drafts.settleConditions(tx, theCase.id, draft, before);
    const { marks } = await this.write(tx, theCase.id, draft, opened);
    const mark = markOf(marks, line.id);
    const names = await this.drafts.namesOf(tx, theCase.id, [mark], new Set());
    return { ...line, version: mark.version, changedAt: mark.at, changedBy: names.get(mark.by ?? '') ?? null };
  }

  private async write(tx: Tx, caseId: string, draft: Draft, { kept: before, hidden }: Opened): Promise<KeptDraft> {
    const written = await this.drafts.keep(tx, caseId, draftRejoined(draft, before.draft, hidden), before);
    const fresh = before.updatedAt === null || tx.now.getTime() - before.updatedAt.getTime() > ONE_ENTRY_MS;
    if (fresh) await this.cases.note(tx, { caseId, type: 'draft-changed', audience: 'facilitator' });
    await this.audit.record(tx, { action: 'plans.draft-written', object: { kind: 'case', id: caseId }, caseId });
    return written;
  }
}


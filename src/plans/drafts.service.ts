import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import type { TimelineNote } from '../cases/timeline.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { StaffService } from '../people/staff.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, stale, type FieldError } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { DraftAccess } from './draft-access.service.js';
import { LINE_LISTS, markOf, marksAfter, type LineMark, type LineMarks } from './draft-lines.rules.js';
import { conditionErrors, draftRejoined, draftWithout, hiddenIds } from './draft-parts.rules.js';
import type { PlanDraftAnswer } from './drafts.dto.js';
import {
  alteredConditions,
  completeDraft,
  draftProblems,
  draftWith,
  EMPTY_DRAFT,
  hasNewCondition,
  mayAlterLate,
  type ChangedCommitment,
  type Draft,
  type DraftCommitment,
  type DraftInput,
} from './drafts.rules.js';
import { PlanDraftEntity } from './plan-draft.entity.js';
import { stillWants, type PlanPerson } from './plan-people.rules.js';
import { MEETING_FACTS, PEOPLE, TAKEN_IDS, type MeetingFacts } from './plans.queries.js';

/** A draft with its version; 0 as long as nothing was written. */
export interface KeptDraft {
  draft: Draft;
  /** Who changed which line last, removed ones included. */
  marks: LineMarks;
  version: number;
  updatedAt: Date | null;
}

/** As it is sealed. */
type SealedDraft = Draft & { lines?: LineMarks };

/** What a professional asks before the meeting, without having looked at the draft: it came with the referral. */
export interface ReferredCondition {
  text: string;
  setByMemberId: string;
}

/** The plan in the making: one per case, always there. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly access: DraftAccess,
    private readonly restrictions: RestrictionsService,
    private readonly staff: StaffService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** The draft, for who may have it now (`draftAccess`). */
  async read(ctx: Ctx, caseId: string): Promise<PlanDraftAnswer> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.access.toRead(tx, caseId);
      return this.answer(tx, caseId, await this.load(tx, caseId));
    });
    await this.audit.read(ctx, { action: 'plans.draft-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  /** How often the draft was written, for who may have it now; no words of it, so nobody looked at anything. */
  async versionOf(ctx: Ctx, caseId: string): Promise<number> {
    return this.database.view(ctx, async (tx) => {
      await this.access.toRead(tx, caseId);
      const row = await tx.em.findOne(PlanDraftEntity, { where: { organisationId: tx.organisationId, caseId }, select: { version: true, organisationId: true, caseId: true } });
      return row?.version ?? 0;
    });
  }

  /**
   * Replaces the draft; what is of people whom the writer may not see stays. Refuses with 412 when `seen` is not the newest
   * version, with 400 what cannot be meant and what the circle may not change, and with 409 a safety condition that is new,
   * gone or another one after the meeting started.
   */
  async write(ctx: Ctx, caseId: string, seen: number | null, input: DraftInput): Promise<PlanDraftAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.access.toWrite(tx, caseId);
      const kept = await this.load(tx, caseId);
      if (seen !== null && seen !== kept.version) throw stale();
      const hidden = await this.restrictions.hidden(tx, caseId);
      const before = draftWithout(kept.draft, hidden);
      const draft = completeDraft(input, before, () => newId(tx.now));
      const errors = await this.problems(tx, theCase, draft, before, { hidden, ids: hiddenIds(kept.draft, hidden) });
      if (tx.actor.kind === 'participant') errors.push(...conditionErrors(draft, before, tx.actor.memberId));
      if (errors.length > 0) throw invalid(errors);
      await this.settleConditions(tx, caseId, draft, before);
      const written = await this.keep(tx, caseId, draftRejoined(draft, kept.draft, hidden), kept);
      await this.cases.note(tx, { caseId, type: 'draft-changed', audience: 'facilitator' });
      await this.audit.record(tx, { action: 'plans.draft-written', object: { kind: 'case', id: caseId }, caseId });
      return this.answer(tx, caseId, written);
    });
  }

  /**
   * What became of the safety conditions: before the meeting they are corrected and taken out, and that is written down. Refuses
   * with 409 a new one after the meeting started, and what others than its owner or deputy change in one that a meeting or a
   * version of the plan knows. The caller holds the case.
   */
  async settleConditions(tx: Tx, caseId: string, draft: Draft, before: Draft): Promise<void> {
    const altered = alteredConditions(draft, before);
    const isNew = hasNewCondition(draft, before);
    if (altered.length === 0 && !isNew) return;
    const { started, hasPlan } = await this.meeting(tx, caseId);
    if (isNew && started) throw conflict('safety-condition-late');
    const people = await this.people(tx, caseId);
    const here = new Set(people.filter(stillWants).map(({ id }) => id));
    const isLate = started || hasPlan;
    if (isLate && altered.some((one) => !mayAlterLate(one, actorId(tx.actor), here))) throw conflict('safety-condition-late');
    const nameOf = new Map(people.map(({ id, name }) => [id, name]));
    const said = altered.map(({ was: { id, setByMemberId }, now }) => ({ id, setByMemberId, type: now === null ? ('condition-removed' as const) : ('condition-changed' as const) }));
    await this.cases.note(tx, ...said.map(({ type, setByMemberId: aboutId }): TimelineNote => ({ caseId, type, audience: 'main-persons', aboutId, values: { name: nameOf.get(aboutId) ?? '' } })));
    await this.audit.record(tx, ...said.map(({ id, type }) => ({ action: `plans.${type}`, object: { kind: 'safety-condition', id }, caseId })));
  }

  /** Adds what a referral asks for safety. The caller holds the case and records it. */
  async addReferredConditions(tx: Tx, caseId: string, conditions: readonly ReferredCondition[]): Promise<void> {
    if (conditions.length === 0) return;
    const kept = await this.load(tx, caseId);
    const added = conditions.map(({ text, setByMemberId }) => {
      return { id: newId(tx.now), text, reason: null, setByMemberId, deputyMemberId: null, metBy: null };
    });
    await this.keep(tx, caseId, { ...kept.draft, safetyConditions: [...kept.draft.safetyConditions, ...added] }, kept);
  }

  /** Follows a commitment that the facilitator changed, so that the next version does not undo it. The caller holds the case. */
  async follow(tx: Tx, caseId: string, changed: ChangedCommitment): Promise<void> {
    const kept = await this.load(tx, caseId);
    const followed = draftWith(kept.draft, changed);
    if (followed) await this.keep(tx, caseId, followed, kept);
  }

  /** Puts what somebody offered behind what is there. The caller holds the case, and has checked who asks. */
  async add(tx: Tx, caseId: string, commitment: DraftCommitment): Promise<void> {
    const kept = await this.load(tx, caseId);
    await this.keep(tx, caseId, { ...kept.draft, commitments: [...kept.draft.commitments, commitment] }, kept);
  }

  /** Takes out what someone would do, who does not any more. */
  async without(tx: Tx, caseId: string, memberId: string): Promise<void> {
    const kept = await this.load(tx, caseId);
    const commitments = kept.draft.commitments.filter((one) => one.memberId !== memberId);
    if (commitments.length < kept.draft.commitments.length) await this.keep(tx, caseId, { ...kept.draft, commitments }, kept);
  }

  /** The draft of a case. The caller has checked who asks. */
  async load(tx: Tx, caseId: string): Promise<KeptDraft> {
    const row = await tx.em.findOneBy(PlanDraftEntity, { organisationId: tx.organisationId, caseId });
    if (!row) return { draft: EMPTY_DRAFT, marks: {}, version: 0, updatedAt: null };
    const { lines: marks = {}, ...draft } = await this.vault.open<SealedDraft>(place(tx, caseId), row.sealed);
    return { draft, marks, version: row.version, updatedAt: row.updatedAt };
  }

  /** What cannot be meant in a draft, as the case stands now. `unseen`: who the writer may not see, and the ids of what is theirs. */
  async problems(
    tx: Tx,
    theCase: CaseEntity,
    draft: Draft,
    before: Draft,
    unseen: { hidden: ReadonlySet<string>; ids: readonly string[] } = { hidden: new Set(), ids: [] },
  ): Promise<FieldError[]> {
    const ids = draft.commitments.map(({ id }) => id);
    const taken = await named<{ id: string }>(tx, TAKEN_IDS, [tx.organisationId, theCase.id, ids]);
    const people = await this.people(tx, theCase.id);
    return draftProblems(draft, {
      people: people.filter(({ id }) => !unseen.hidden.has(id)),
      openedOn: localDay(theCase.openedAt),
      before,
      heldOn: (await this.meeting(tx, theCase.id)).heldOn,
      leftWords: textsFor('nl').plans.left,
      takenIds: new Set([...taken.map(({ id }) => id), ...unseen.ids]),
    });
  }

  /** Everyone of the case, those who left included. */
  people(tx: Tx, caseId: string): Promise<PlanPerson[]> {
    return named<PlanPerson>(tx, PEOPLE, [tx.organisationId, caseId]);
  }

  /** How the meetings of the case stand. */
  async meeting(tx: Tx, caseId: string): Promise<MeetingFacts> {
    const [facts] = await named<MeetingFacts>(tx, MEETING_FACTS, [tx.organisationId, caseId, tx.now]);
    return facts!;
  }

  /** The draft as the reader may see it. */
  private async answer(tx: Tx, caseId: string, kept: KeptDraft): Promise<PlanDraftAnswer> {
    const hidden = await this.restrictions.hidden(tx, caseId);
    const draft = draftWithout(kept.draft, hidden);
    const marks = Object.values(LINE_LISTS).flatMap((list) => draft[list].map(({ id }) => ({ id, ...markOf(kept.marks, id) })));
    const names = await this.namesOf(tx, caseId, marks, hidden);
    return {
      caseId,
      ...draft,
      lines: marks.map(({ id, version, at, by }) => ({ id, version, changedAt: at, changedBy: names.get(by ?? '') ?? null })),
      updatedAt: kept.updatedAt?.toISOString() ?? null,
      version: kept.version,
    };
  }

  /** Puts a draft in the place of the one that was there, and marks the lines that differ. The caller holds the case. */
  async keep(tx: Tx, caseId: string, draft: Draft, before: KeptDraft): Promise<KeptDraft> {
    const key = { organisationId: tx.organisationId, caseId };
    const marks = marksAfter(before.marks, before.draft, draft, { by: actorId(tx.actor), at: tx.now.toISOString() });
    const sealed = await this.vault.seal(place(tx, caseId), { ...draft, lines: marks } satisfies SealedDraft);
    const written = { sealed, updatedAt: tx.now, version: before.version + 1 };
    if (before.version === 0) await tx.em.insert(PlanDraftEntity, { ...key, ...written });
    else {
      const { affected } = await tx.em.update(PlanDraftEntity, { ...key, version: before.version }, written);
      if (affected !== 1) throw stale();
    }
    return { draft, marks, version: written.version, updatedAt: tx.now };
  }

  /** The names behind the marks of lines, for one who may not hear of some; null for the service itself and who left no name. */
  async namesOf(tx: Tx, caseId: string, marks: readonly LineMark[], hidden: ReadonlySet<string>): Promise<Map<string, string>> {
    const people = new Map((await this.people(tx, caseId)).map(({ id, name }) => [id, name]));
    const names = new Map<string, string>();
    for (const id of new Set(marks.flatMap(({ by }) => by ?? []))) {
      const name = people.get(id) ?? (await this.staff.find(tx, id))?.name;
      if (name && !hidden.has(id)) names.set(id, name);
    }
    return names;
  }
}

const place = (tx: Tx, caseId: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_drafts', id: caseId });


import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, stale, type FieldError } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { PlanDraftAnswer } from './drafts.dto.js';
import {
  completeDraft,
  draftProblems,
  draftWith,
  EMPTY_DRAFT,
  hasNewCondition,
  type Draft,
  type DraftCommitment,
  type DraftInput,
} from './drafts.rules.js';
import { conditionsWithout } from './plan-answer.policy.js';
import { PlanDraftEntity } from './plan-draft.entity.js';
import type { PlanPerson } from './plan-people.rules.js';
import { MEETING_FACTS, PEOPLE, TAKEN_IDS, type MeetingFacts } from './plans.queries.js';

/** A draft with its version; 0 as long as nothing was written. */
export interface KeptDraft {
  draft: Draft;
  version: number;
  updatedAt: Date | null;
}

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
    private readonly restrictions: RestrictionsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** The draft, for the facilitator and the main persons. */
  async read(ctx: Ctx, caseId: string): Promise<PlanDraftAnswer> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      const kept = await this.load(tx, caseId);
      return answerOf(caseId, { ...kept, draft: draftWithout(kept.draft, await this.restrictions.hidden(tx, caseId)) });
    });
    await this.audit.read(ctx, { action: 'plans.draft-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  /**
   * Replaces the draft. Refuses with 412 when `seen` is not the newest version, with 400 what cannot be meant, and with 409 a
   * new safety condition after the meeting started.
   */
  async write(ctx: Ctx, caseId: string, seen: number | null, input: DraftInput): Promise<PlanDraftAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      const kept = await this.load(tx, caseId);
      if (seen !== null && seen !== kept.version) throw stale();
      const draft = completeDraft(input, kept.draft, () => newId(tx.now));
      const errors = await this.problems(tx, theCase, draft, kept.draft);
      if (errors.length > 0) throw invalid(errors);
      if (hasNewCondition(draft, kept.draft) && (await this.meeting(tx, caseId)).started) throw conflict('safety-condition-late');
      const written = await this.keep(tx, caseId, draft, kept.version);
      await this.cases.note(tx, { caseId, type: 'draft-changed', audience: 'facilitator' });
      await this.audit.record(tx, { action: 'plans.draft-written', object: { kind: 'case', id: caseId }, caseId });
      return answerOf(caseId, written);
    });
  }

  /** Adds what a referral asks for safety. The caller holds the case and records it. */
  async addReferredConditions(tx: Tx, caseId: string, conditions: readonly ReferredCondition[]): Promise<void> {
    if (conditions.length === 0) return;
    const { draft, version } = await this.load(tx, caseId);
    const added = conditions.map(({ text, setByMemberId }) => {
      return { id: newId(tx.now), text, reason: null, setByMemberId, deputyMemberId: null, metBy: null };
    });
    await this.keep(tx, caseId, { ...draft, safetyConditions: [...draft.safetyConditions, ...added] }, version);
  }

  /** Follows a commitment that the facilitator changed, so that the next version does not undo it. The caller holds the case. */
  async follow(tx: Tx, caseId: string, changed: Omit<DraftCommitment, 'memberId'>): Promise<void> {
    const { draft, version } = await this.load(tx, caseId);
    const followed = draftWith(draft, changed);
    if (followed) await this.keep(tx, caseId, followed, version);
  }

  /** Takes out what someone would do, who does not any more. */
  async without(tx: Tx, caseId: string, memberId: string): Promise<void> {
    const { draft, version } = await this.load(tx, caseId);
    const commitments = draft.commitments.filter((one) => one.memberId !== memberId);
    if (commitments.length < draft.commitments.length) await this.keep(tx, caseId, { ...draft, commitments }, version);
  }

  /** The draft of a case. The caller has checked who asks. */
  async load(tx: Tx, caseId: string): Promise<KeptDraft> {
    const row = await tx.em.findOneBy(PlanDraftEntity, { organisationId: tx.organisationId, caseId });
    if (!row) return { draft: EMPTY_DRAFT, version: 0, updatedAt: null };
    return { draft: await this.vault.open<Draft>(place(tx, caseId), row.sealed), version: row.version, updatedAt: row.updatedAt };
  }

  /** What cannot be meant in a draft, as the case stands now. */
  async problems(tx: Tx, theCase: CaseEntity, draft: Draft, before: Draft): Promise<FieldError[]> {
    const ids = draft.commitments.map(({ id }) => id);
    const taken = await named<{ id: string }>(tx, TAKEN_IDS, [tx.organisationId, theCase.id, ids]);
    return draftProblems(draft, {
      people: await this.people(tx, theCase.id),
      openedOn: localDay(theCase.openedAt),
      before,
      takenIds: new Set(taken.map(({ id }) => id)),
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

  private async keep(tx: Tx, caseId: string, draft: Draft, before: number): Promise<KeptDraft> {
    const key = { organisationId: tx.organisationId, caseId };
    const written = { sealed: await this.vault.seal(place(tx, caseId), draft), updatedAt: tx.now, version: before + 1 };
    if (before === 0) await tx.em.insert(PlanDraftEntity, { ...key, ...written });
    else {
      const { affected } = await tx.em.update(PlanDraftEntity, { ...key, version: before }, written);
      if (affected !== 1) throw stale();
    }
    return { draft, version: written.version, updatedAt: tx.now };
  }
}

/** A draft without what is of people of whom the reader must not see anything. */
function draftWithout(draft: Draft, hidden: ReadonlySet<string>): Draft {
  return {
    ...draft,
    commitments: draft.commitments.filter(({ memberId }) => !hidden.has(memberId)),
    safetyConditions: conditionsWithout(draft.safetyConditions, hidden),
  };
}

const place = (tx: Tx, caseId: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_drafts', id: caseId });

function answerOf(caseId: string, { draft, version, updatedAt }: KeptDraft): PlanDraftAnswer {
  return { caseId, ...draft, updatedAt: updatedAt?.toISOString() ?? null, version };
}

import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { GrowthService } from '../circle/growth.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database, databaseErrorCode } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, notFound, Problem, stale } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { statesWith } from '../platform/transitions.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { AgreementEntity } from './agreement.entity.js';
import { CheckInMessages } from './check-ins.messages.js';
import { CheckInsService } from './check-ins.service.js';
import { CommitmentEntity, type SealedCommitment } from './commitment.entity.js';
import { isEmptyDraft, sameDraft } from './drafts.rules.js';
import { ConditionRecords } from './condition-records.service.js';
import { ContributionsService } from './contributions.service.js';
import { DraftsService } from './drafts.service.js';
import { LegalFormsService } from './legal-forms.service.js';
import { LAPSE } from './obstacles.queries.js';
import { ownPart, planAnswer, planWithout, type CommitmentStand } from './plan-answer.policy.js';
import { PlanEntity } from './plan.entity.js';
import type { PlanPerson } from './plan-people.rules.js';
import type { FixedPlanAnswer, PlanAnswer, PlanCondition, PlanForProfessional } from './plans.dto.js';
import { planPartOf, readerIn, type CaseReader } from './plans.policy.js';
import type { MeetingFacts } from './plans.queries.js';
import {
  commitmentsOfVersion,
  PLAN_TRANSITIONS,
  warningsOf,
  type FixedCommitment,
  type PlanContent,
  type VersionCommitments,
} from './plans.rules.js';
import { StandingObstacles } from './standing-obstacles.service.js';
import { StatementsService } from './statements.service.js';
import { columnsOf, PUT_COMMITMENTS } from './versions.queries.js';

/** A plan with what is sealed in it. */
export interface OpenedPlan {
  plan: PlanEntity;
  content: PlanContent;
}

/** An answer to a plan with its remark. */
export type OpenedAgreement = Omit<AgreementEntity, 'sealed'> & { remark: string | null };

/** For whom an answer is made, and of whom they must not see anything. */
interface ReadBy {
  reader: CaseReader;
  hidden: ReadonlySet<string>;
}

const FACILITATOR: ReadBy = { reader: null, hidden: new Set() };

/** Fixed versions of plans: makes them from the draft, reads them. */
@Injectable()
export class PlansService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly growth: GrowthService,
    private readonly drafts: DraftsService,
    private readonly statements: StatementsService,
    private readonly privateTimes: PrivateTimeService,
    private readonly legalForms: LegalFormsService,
    private readonly contributions: ContributionsService,
    private readonly checkIns: CheckInsService,
    private readonly says: CheckInMessages,
    private readonly conditions: ConditionRecords,
    private readonly standing: StandingObstacles,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /**
   * Fixes the draft as the next version; the one before is replaced. Refuses with 409 while a meeting is not concluded, without
   * the private time that the kind asks for or while it runs, and an empty, unchanged or outdated draft; 412 when `seen` is not its newest version.
   */
  async fix(ctx: Ctx, caseId: string, seen: number | null): Promise<FixedPlanAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      const { draft, version: draftVersion } = await this.drafts.load(tx, caseId);
      if (seen !== null && seen !== draftVersion) throw stale();
      const meeting = await this.drafts.meeting(tx, caseId);
      if (meeting.toConclude) throw conflict('conclusion-first');
      const { running, had } = await this.privateTimes.ofCase(tx, caseId);
      if (running) throw conflict('private-time-running');
      if (!had && KINDS[theCase.kind].privateTime === 'required') throw conflict('private-time-missing');
      const before = await this.current(tx, caseId);
      if (isEmptyDraft(draft)) throw conflict('draft-empty');
      if (before && sameDraft(draft, before.content.draft)) throw conflict('draft-unchanged');
      const errors = await this.drafts.problems(tx, theCase, draft, draft);
      if (errors.length > 0) throw new Problem(409, 'draft-outdated', { errors });

      const kept = await tx.em.find(CommitmentEntity, {
        where: { organisationId: tx.organisationId, caseId },
        lock: { mode: 'pessimistic_write' },
      });
      const change = commitmentsOfVersion(
        draft,
        { planId: before?.plan.id ?? null, kept },
        { fixedAt: tx.now, present: new Set(meeting.present), offered: await this.contributions.promisedIn(tx, caseId, draft.commitments) },
      );
      const everyone = await this.drafts.people(tx, caseId);
      const withdrew = new Set(everyone.filter((person) => person.withdrew).map(({ id }) => id));
      const content: PlanContent = {
        draft,
        goals: draft.goals,
        commitments: change.fixed,
        safetyConditions: draft.safetyConditions,
        statements: (await this.statements.all(tx, caseId)).filter(({ memberId }) => !withdrew.has(memberId)),
        preconditions: await this.statements.preconditions(tx, caseId),
      };
      const plan = await this.insert(tx, caseId, meeting, before, content);
      await this.apply(tx, plan, change, kept);
      await this.says.askFirst(tx, theCase, askedPeople(change), plan.id);
      await this.checkIns.plan(tx, caseId);
      await this.conditions.start(tx, theCase, plan, content.safetyConditions);
      if (!before) await this.growth.planReviews(tx, theCase);
      await this.cases.note(tx, { caseId, type: 'plan-fixed', audience: 'circle', values: { version: plan.version } });
      await this.audit.record(tx, { action: 'plans.fixed', object: { kind: 'plan', id: plan.id }, caseId });
      const warnings = warningsOf(change.fixed, everyone).map((code) => ({ code, text: textsFor('nl').plans.warnings[code] }));
      return { ...(await this.answer(tx, { plan, content }, everyone, FACILITATOR)), warnings };
    });
  }

  /** A version, as far as the reader may see it (`planPartOf`). */
  async read(ctx: Ctx, planId: string): Promise<PlanAnswer | PlanForProfessional> {
    const answer = await this.database.view(ctx, async (tx) => {
      const plan = await this.find(tx, planId);
      return this.partFor(tx, plan);
    });
    await this.audit.read(ctx, { action: 'plans.read', object: { kind: 'plan', id: planId }, caseId: answer.caseId });
    return answer;
  }

  /**
   * A version as this person of the case reads it, whoever makes it for them; null is the facilitator. 404 for who has no plan.
   * The caller has checked who asks, and audits.
   */
  async readBy(tx: Tx, plan: PlanEntity, readerId: string | null, standing: { stopped: boolean }): Promise<PlanAnswer | PlanForProfessional> {
    const people = await this.drafts.people(tx, plan.caseId);
    if (readerId === null) return this.answer(tx, await this.opened(tx, plan), people, FACILITATOR);
    const part = planPartOf(readerId, people, standing);
    const hidden = await this.restrictions.hiddenFor(tx, plan.caseId, readerId);
    const reader = people.find(({ id }) => id === readerId)!;
    const whole = planWithout(await this.answer(tx, await this.opened(tx, plan), people, { reader, hidden }), hidden);
    return part === 'whole' ? whole : ownPart(whole, readerId);
  }

  /** The same for the one who asks; the case is checked here. */
  async partFor(tx: Tx, plan: PlanEntity): Promise<PlanAnswer | PlanForProfessional> {
    const { state } = await this.cases.require(tx, plan.caseId, 'circle');
    return this.readBy(tx, plan, tx.actor.kind === 'participant' ? tx.actor.memberId : null, { stopped: state === 'stopped' });
  }

  /** The newest version for one who reads all of it, or null. The caller has checked who asks, and audits. */
  async currentFor(tx: Tx, caseId: string): Promise<PlanAnswer | null> {
    const plan = await tx.em.findOneBy(PlanEntity, { organisationId: tx.organisationId, caseId, state: Not('replaced') });
    return plan && this.whole(tx, plan);
  }

  /** What one person set to be safe, as the newest version holds it; null without a plan. The caller has checked who asks. */
  async conditionsOf(tx: Tx, caseId: string, memberId: string): Promise<PlanCondition[] | null> {
    const whole = await this.currentFor(tx, caseId);
    return whole && whole.safetyConditions.filter(({ setByMemberId }) => setByMemberId === memberId);
  }

  /** A plan by its id, or 404. Who may have it is not checked here. */
  async find(tx: Tx, planId: string): Promise<PlanEntity> {
    const plan = await tx.em.findOneBy(PlanEntity, { organisationId: tx.organisationId, id: planId });
    if (!plan) throw notFound();
    return plan;
  }

  /** A plan with its contents opened. */
  async opened(tx: Tx, plan: PlanEntity): Promise<OpenedPlan> {
    return { plan, content: await this.vault.open<PlanContent>(place(tx, 'plans', plan.id), plan.sealed) };
  }

  /** The newest version of a case, or null. */
  async current(tx: Tx, caseId: string): Promise<OpenedPlan | null> {
    const plan = await tx.em.findOneBy(PlanEntity, { organisationId: tx.organisationId, caseId, state: Not('replaced') });
    return plan && this.opened(tx, plan);
  }

  /** All answers to a plan, oldest first. */
  async agreements(tx: Tx, planId: string): Promise<OpenedAgreement[]> {
    const rows = await tx.em.find(AgreementEntity, { where: { organisationId: tx.organisationId, planId }, order: { id: 'ASC' } });
    return Promise.all(
      rows.map(async ({ sealed, ...plain }) => {
        const remark = sealed && (await this.vault.open<string>(place(tx, 'plans_agreements', plain.id), sealed));
        return { ...plain, remark };
      }),
    );
  }

  /** All of it but what is of people of whom the reader must not see anything. */
  private async whole(tx: Tx, plan: PlanEntity): Promise<PlanAnswer> {
    const people = await this.drafts.people(tx, plan.caseId);
    const hidden = await this.restrictions.hidden(tx, plan.caseId);
    return planWithout(await this.answer(tx, await this.opened(tx, plan), people, { reader: readerIn(tx.actor, tx.now), hidden }), hidden);
  }

  private async answer(tx: Tx, { plan, content }: OpenedPlan, people: readonly PlanPerson[], { reader, hidden }: ReadBy): Promise<PlanAnswer> {
    const { organisationId } = tx;
    const rows = await tx.em.findBy(CommitmentEntity, { organisationId, caseId: plan.caseId });
    const obstaclesOf = await this.standing.of(tx, rows, reader, hidden);
    const stands = await Promise.all(rows.map(async (row) => [row.id, { ...(await this.stand(tx, plan, row)), obstacles: obstaclesOf(row.id) }] as const));
    const theCase = await tx.em.findOneByOrFail(CaseEntity, { organisationId, id: plan.caseId });
    const legal = await this.legalForms.view(tx, theCase);
    const { kind } = theCase;
    const [agreements, tests] = [await this.agreements(tx, plan.id), await this.conditions.ofPlan(tx, plan.id)];
    return planAnswer({ plan, content, stands: new Map(stands), agreements, tests, people, kind, legal });
  }

  private async stand(tx: Tx, plan: PlanEntity, { id, planId, memberId, state, sealed }: CommitmentEntity): Promise<Omit<CommitmentStand, 'obstacles'>> {
    const doneBy = planId === plan.id ? memberId : null;
    if (state !== 'released') return { doneBy, state, releasedBecause: null };
    const { note } = await this.vault.open<SealedCommitment>(place(tx, 'plans_commitments', id), sealed);
    return { doneBy, state, releasedBecause: note };
  }

  private async insert(
    tx: Tx,
    caseId: string,
    meeting: MeetingFacts,
    before: OpenedPlan | null,
    content: PlanContent,
  ): Promise<PlanEntity> {
    if (before) {
      await tx.em.update(
        PlanEntity,
        { organisationId: tx.organisationId, id: before.plan.id, state: In(statesWith(PLAN_TRANSITIONS, 'replaced')) },
        { state: 'replaced' },
      );
    }
    const id = newId(tx.now);
    const plan: PlanEntity = {
      organisationId: tx.organisationId,
      id,
      caseId,
      meetingId: meeting.heldId,
      version: (before?.plan.version ?? 0) + 1,
      state: 'fixed',
      fixedAt: tx.now,
      carriedAt: null,
      submittedOn: null,
      sealed: await this.vault.seal(place(tx, 'plans', id), content),
    };
    await tx.em.insert(PlanEntity, plan);
    return plan;
  }

  private async apply(tx: Tx, plan: PlanEntity, change: VersionCommitments, kept: readonly CommitmentEntity[]): Promise<void> {
    const { organisationId, now } = tx;
    const rows = new Map(kept.map((row) => [row.id, row]));
    const seal = (id: string, sealed: SealedCommitment): Promise<Buffer> => this.vault.seal(place(tx, 'plans_commitments', id), sealed);
    const open = ({ id, sealed }: CommitmentEntity): Promise<SealedCommitment> =>
      this.vault.open<SealedCommitment>(place(tx, 'plans_commitments', id), sealed);
    const fields = ({ memberId, goalId, dueOn, every, id }: FixedCommitment): Partial<CommitmentEntity> => {
      return { planId: plan.id, memberId, goalId, dueOn, every, position: change.fixed.findIndex((one) => one.id === id) };
    };
    const changed: CommitmentEntity[] = [];
    const update = (id: string, changes: Partial<CommitmentEntity>): unknown => changed.push({ ...rows.get(id)!, ...changes });

    const fresh: Partial<CommitmentEntity>[] = [];
    for (const { commitment, state, exists } of change.starting) {
      const { id, text } = commitment;
      const started = { ...fields(commitment), state, stateSince: now, perspectiveOn: null, perspective: null, sealed: await seal(id, { text, note: null }) };
      if (exists) update(id, started);
      else fresh.push({ organisationId, id, caseId: plan.caseId, createdAt: now, version: 1, ...started });
    }
    if (fresh.length > 0) await tx.em.insert(CommitmentEntity, fresh).catch(refuseTakenId);
    for (const commitment of change.carriedOver) {
      const { note } = await open(rows.get(commitment.id)!);
      update(commitment.id, { ...fields(commitment), sealed: await seal(commitment.id, { text: commitment.text, note }) });
    }
    for (const { id } of change.leftOut) {
      const { text } = await open(rows.get(id)!);
      const sealed = await seal(id, { text, note: textsFor('nl').plans.newPlan });
      update(id, { state: 'released', stateSince: now, perspectiveOn: null, perspective: null, sealed });
    }
    if (changed.length > 0) await named(tx, PUT_COMMITMENTS, [organisationId, ...columnsOf(changed)]);
    await named(tx, LAPSE, [organisationId, change.leftOut.map(({ id }) => id), now]);
  }
}

/** How many things are asked of each who was not there. */
function askedPeople({ starting }: VersionCommitments): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { commitment, state } of starting) {
    if (state === 'asked') counts.set(commitment.memberId, (counts.get(commitment.memberId) ?? 0) + 1);
  }
  return counts;
}

/** Another case was just given the same commitment id. */
function refuseTakenId(error: unknown): never {
  throw databaseErrorCode(error) === '23505' ? conflict('draft-outdated') : error;
}

const place = (tx: Tx, table: string, id: string): SealRef => ({ organisationId: tx.organisationId, table, id });

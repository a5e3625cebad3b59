import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { StaffService } from '../people/staff.service.js';
import { participantOf, type Ctx, type ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { messageLanguage, type MessageLanguage } from '../texts/message-languages.js';
import { sheetWords } from '../texts/plan-paper.js';
import { readable } from '../web/format.js';
import { CommitmentsService } from './commitments.service.js';
import { LegalFormsService } from './legal-forms.service.js';
import { PlanEntity } from './plan.entity.js';
import { mayReadPlan, planPartOf, type PlanPart } from './plans.policy.js';
import { ownSheet, planSheet, type PlanSheet, type SheetFacts } from './plan-paper.rules.js';
import { PlansService } from './plans.service.js';

/** A plan for one reader, and from when it is. */
export interface PlanOnPaper {
  sheet: PlanSheet;
  version: number;
  fixedAt: Date;
}

/** For whom a plan is made by the facilitator, and in which language; both left out it is their own. */
export interface PaperFor {
  readerId?: string;
  language?: MessageLanguage;
}

/** What somebody may have of a plan as a sheet: for paper, a page or a voice. The same policy as the plan itself, per reader. */
@Injectable()
export class PlanPapersService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly staff: StaffService,
    private readonly plans: PlansService,
    private readonly legalForms: LegalFormsService,
    private readonly commitments: CommitmentsService,
    private readonly audit: AuditService,
  ) {}

  /** A version by its id, in the reader's language; 404 where the plan itself is. */
  async read(ctx: Ctx, planId: string, { readerId, language }: PaperFor = {}): Promise<PlanOnPaper> {
    const { paper, caseId } = await this.database.view(ctx, async (tx) => {
      const plan = await this.plans.find(tx, planId);
      const theCase = await this.cases.require(tx, plan.caseId, 'circle');
      const reader = tx.actor.kind === 'participant' ? tx.actor.memberId : (readerId ?? null);
      const people = await this.circle.members(tx, theCase.id);
      const self = people.find(({ id }) => id === reader);
      const answer = await this.plans.readBy(tx, plan, reader, standingOf(theCase));
      const facts = await this.facts(tx, theCase, language ?? messageLanguage(self?.language ?? 'nl'));
      const hidden = reader === null ? new Set<string>() : await this.restrictions.hiddenFor(tx, theCase.id, reader);
      const { legalForm } = await this.legalForms.view(tx, theCase);
      const sheet = planSheet({ ...answer, legalForm }, facts, {
        mainPersons: people.filter((person) => person.isMainPerson && person.state !== 'removed' && !hidden.has(person.id)).map(shownName),
        reader: self ? shownName(self) : null,
      });
      return { paper: { sheet, version: plan.version, fixedAt: plan.fixedAt }, caseId: theCase.id };
    });
    await this.audit.read(ctx, { action: 'plans.read', object: { kind: 'plan', id: planId }, caseId });
    return paper;
  }

  /**
   * Which version of a case's plan that is, the newest when none is named: null when there is no plan, 404 when there is not that
   * version. Who may have it is checked where it is read.
   */
  async idOf(ctx: Ctx, caseId: string, version: number | null): Promise<string | null> {
    const [plan] = await this.database.view(ctx, (tx) => this.versionRows(tx, caseId, version));
    if (!plan && version !== null) throw notFound();
    return plan?.id ?? null;
  }

  /** All versions of a case, newest first. The caller has checked who asks. */
  async versions(ctx: Ctx, caseId: string): Promise<{ version: number; fixedAt: Date }[]> {
    return this.database.view(ctx, (tx) => this.versionRows(tx, caseId, null));
  }

  /** What the one who asks does themself, and nothing of anybody else. */
  async own(ctx: Ctx): Promise<Pick<PlanOnPaper, 'sheet'> & { madeAt: Date }> {
    const me = participantOf(ctx);
    const answer = await this.database.view(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, me.caseId, 'circle');
      const self = await this.circle.member(tx, me.memberId);
      const facts = await this.facts(tx, theCase, messageLanguage(self.language ?? 'nl'));
      const commitments = await this.commitments.ofMember(tx, me.memberId);
      return { sheet: ownSheet(commitments, facts, shownName(self), tx.now.toISOString()), madeAt: tx.now };
    });
    await this.audit.read(ctx, { action: 'desk.own-page-read', object: { kind: 'circle-member', id: me.memberId }, caseId: me.caseId });
    return answer;
  }

  /** How much of a plan there is to read for who asks; null for who has none, and as long as there is none. */
  async partFor(tx: Tx, { caseId, memberId }: ParticipantActor): Promise<PlanPart | null> {
    const [plan] = await this.versionRows(tx, caseId, null);
    const self = await this.circle.member(tx, memberId);
    const standing = standingOf(await this.cases.require(tx, caseId, 'circle'));
    return plan && mayReadPlan(self, standing) ? planPartOf(memberId, [self], standing) : null;
  }

  /** For whom of a case a facilitator can make a plan: who reads one. */
  async readers(ctx: Ctx, caseId: string): Promise<CircleMember[]> {
    return this.database.view(ctx, async (tx) => {
      const standing = standingOf(await this.cases.require(tx, caseId));
      const people = await this.circle.members(tx, caseId);
      return people.filter((person) => !GONE.includes(person.state) && mayReadPlan(person, standing));
    });
  }

  private versionRows(tx: Tx, caseId: string, version: number | null): Promise<PlanEntity[]> {
    return tx.em.find(PlanEntity, {
      select: { id: true, version: true, fixedAt: true },
      where: { organisationId: tx.organisationId, caseId, ...(version === null ? {} : { version }) },
      order: { version: 'DESC' },
    });
  }

  private async facts(tx: Tx, theCase: CaseEntity, language: MessageLanguage): Promise<SheetFacts> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    return {
      ...sheetWords(language),
      language,
      plan: KINDS[theCase.kind].plan,
      facilitator: { name: facilitator?.name ?? '', phone: facilitator?.phone ? readable(facilitator.phone) : null },
    };
  }
}

const standingOf = ({ state }: CaseEntity): { stopped: boolean } => ({ stopped: state === 'stopped' });

const GONE: readonly string[] = ['removed', 'refused', 'unreachable'];

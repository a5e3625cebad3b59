import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import type { CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { conditionAnswer } from '../plans/plan-answer.policy.js';
import { takesPart } from '../plans/plan-people.rules.js';
import { PlansService } from '../plans/plans.service.js';
import { testByOf } from '../plans/safety-conditions.rules.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import type { Contact } from '../web/frame.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import type { OwnSafetyPageProps, ConditionsSectionProps } from './safety-conditions.pages.js';

/** What must be safe, for the page of whoever answers for it. */
@Injectable()
export class SafetyPagesService {
  constructor(
    private readonly database: Database,
    private readonly participants: ParticipantPagesService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
  ) {}

  /** Of the newest version what the one who looks named, or is the deputy for; nothing of anybody else. */
  async own(ctx: Ctx): Promise<Omit<OwnSafetyPageProps, 'frame'> & { contact: Contact }> {
    const me = participant(ctx);
    const contact = await this.participants.contactOf(ctx);
    const found = await this.database.view(ctx, async (tx) => {
      const plan = await this.plans.currentFor(tx, me.caseId);
      const conditions = plan?.safetyConditions.filter(({ setByMemberId, deputyMemberId }) => [setByMemberId, deputyMemberId].includes(me.memberId)) ?? [];
      return { plan: plan && { state: plan.state, testBy: testByOf(new Date(plan.fixedAt)) }, conditions };
    });
    await this.audit.read(ctx, { action: 'plans.conditions-read', object: { kind: 'circle-member', id: me.memberId }, caseId: me.caseId });
    return { contact, ...found };
  }

  /** For the page of a case, inside its read: as the newest version has them, or the draft before there is one. */
  async ofCase(tx: Tx, theCase: CaseEntity, people: readonly CircleMember[]): Promise<Omit<ConditionsSectionProps, 'reference'>> {
    const plan = await this.plans.currentFor(tx, theCase.id);
    const { draft } = await this.drafts.load(tx, theCase.id);
    const names = new Map(people.map((person) => [person.id, shownName(person)]));
    const conditions = plan?.safetyConditions ?? draft.safetyConditions.map((condition) => conditionAnswer(condition, undefined, names));
    return {
      conditions: conditions.map((one) => ({ ...one, setBy: names.get(one.setByMemberId) ?? '', deputy: names.get(one.deputyMemberId ?? '') ?? null })),
      state: plan?.state ?? null,
      canAdd: OPEN_STATES.includes(theCase.state) && !(await this.drafts.meeting(tx, theCase.id)).started,
      professionals: people
        .filter(({ circleKind, state }) => circleKind === 'professional' && takesPart({ state }))
        .map((person) => ({ id: person.id, name: person.name })),
    };
  }
}

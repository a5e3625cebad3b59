import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { mayHear } from '../circle/circle.policy.js';
import { CONTACTABLE_STATES } from '../circle/circle.rules.js';
import { CircleService } from '../circle/circle.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { CommitmentEntity } from './commitment.entity.js';
import type { CommitmentState } from './commitments.rules.js';

/** Said yes to: who was only asked hears that question and not this too. */
const PROMISED: readonly CommitmentState[] = ['promised', 'doing', 'running', 'blocked'];

/** The plan is there: to main persons, and to who promised something in it. What it says stands on their page only. */
@Injectable()
export class PlanCarriedMessages implements OnModuleInit {
  constructor(
    private readonly cases: CasesService,
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly staff: StaffService,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded({ ended: (tx, { id }) => this.takeBack(tx, id) });
  }

  /** Tells it once for each version. */
  async tell(tx: Tx, theCase: CaseEntity, planId: string): Promise<void> {
    const where = { organisationId: tx.organisationId, planId, state: In(PROMISED) };
    const promised = new Set((await tx.em.find(CommitmentEntity, { select: { memberId: true }, where })).map(({ memberId }) => memberId));
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    for (const member of await this.circle.members(tx, theCase.id)) {
      const { id, isMainPerson, state } = member;
      const hears = isMainPerson ? state !== 'removed' : promised.has(id) && CONTACTABLE_STATES.includes(state) && mayHear(theCase, member);
      if (!hears) continue;
      const recipient = this.circle.recipient(member);
      await this.messages.queue(tx, {
        ...recipient,
        caseId: theCase.id,
        withLink: !isMainPerson && (recipient.channel === 'mail' || recipient.channel === 'sms'),
        template: 'plan-carried',
        values: { facilitator: facilitator?.name, phone: facilitator?.phone, isMainPerson },
        key: `plan-carried ${planId} ${id}`,
      });
    }
  }

  /** What was not sent yet of a plan that does not stand any more. */
  async takeBack(tx: Tx, caseId: string): Promise<void> {
    await this.messages.cancel(tx, { caseId, templates: ['plan-carried'] });
  }
}

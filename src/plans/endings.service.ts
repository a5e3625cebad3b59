import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseEndListener } from '../cases/cases.events.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import type { MeetingNoMoreListener } from '../circle/circle.events.js';
import { INVITED_STATES } from '../circle/circle.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { ConsentsService } from '../circle/consents.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { textsFor } from '../texts/texts.js';
import { CommitmentsService } from './commitments.service.js';
import { DraftsService } from './drafts.service.js';
import { stillWants } from './plan-people.rules.js';
import { PlansService } from './plans.service.js';

/**
 * A plan is of those whose yes it is. When the last main person takes it back the case stops: nobody has to do anything any more,
 * dates are called off, the circle hears it in one message, and the plan stays theirs to read. As long as another main person
 * wants it, it goes on without the one who does not: what they would do is released, and the next version has not their words.
 */
@Injectable()
export class PlanEndings implements MeetingNoMoreListener, CaseEndListener, OnModuleInit {
  constructor(
    private readonly consents: ConsentsService,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly plans: PlansService,
    private readonly drafts: DraftsService,
    private readonly commitments: CommitmentsService,
    private readonly messages: MessagesService,
    private readonly staff: StaffService,
  ) {}

  onModuleInit(): void {
    this.consents.onMeetingNoMore(this);
    this.cases.onEnded(this);
  }

  /** Before there is a plan nothing runs that could stop: the yes can be said again. */
  async meetingNoMore(tx: Tx, theCase: CaseEntity, { id }: CircleMember): Promise<void> {
    if (!OPEN_STATES.includes(theCase.state) || !(await this.plans.current(tx, theCase.id))) return;
    const mainPersons = (await this.drafts.people(tx, theCase.id)).filter(({ isMainPerson }) => isMainPerson);
    if (mainPersons.some((person) => person.id !== id && stillWants(person))) {
      await this.commitments.releaseOpen(tx, id, textsFor('nl').plans.withoutThem);
      await this.drafts.without(tx, theCase.id, id);
      return;
    }
    const reason = 'resident-stops';
    await this.cases.endWithin(tx, theCase, 'stopped', reason, { reason: textsFor('nl').cases.stopReasons[reason] });
    await this.tell(tx, theCase);
  }

  /** Nobody does anything any more in a case that stopped, whatever made it stop. */
  async ended(tx: Tx, theCase: CaseEntity, how: 'closed' | 'stopped'): Promise<void> {
    if (how !== 'stopped') return;
    for (const { id } of await this.circle.members(tx, theCase.id)) {
      await this.commitments.releaseOpen(tx, id, textsFor('nl').plans.planStopped);
    }
  }

  /** Who was spoken to or invited hears it once: with what they hear of a date that is off, or in a message of its own. */
  private async tell(tx: Tx, theCase: CaseEntity): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    for (const member of (await this.circle.members(tx, theCase.id)).filter(wasContacted)) {
      const values = { planStopped: true };
      if (await this.messages.amend(tx, { memberId: member.id, template: 'meeting-cancelled', values })) continue;
      await this.messages.queue(tx, {
        ...this.circle.recipient(member),
        template: 'plan-stopped',
        values: { facilitator: facilitator?.name, phone: facilitator?.phone },
        caseId: theCase.id,
        urgent: theCase.urgent,
        key: `plan-stopped ${theCase.id} ${member.id}`,
      });
    }
  }
}

const wasContacted = ({ isMainPerson, state }: CircleMember): boolean => !isMainPerson && (state === 'approached' || INVITED_STATES.includes(state));

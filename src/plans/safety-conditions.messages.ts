import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import { CONTACTABLE_STATES, INVITED_STATES } from '../circle/circle.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import type { Template } from '../messages/templates.rules.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import type { PlanEntity } from './plan.entity.js';

/** What people hear about what must be safe: never what that is, for a message may be read by others. Each is said to somebody once a version. */
@Injectable()
export class ConditionMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly staff: StaffService,
  ) {}

  /** Asks those who answer for a condition to look at it, as far as they may be written to. */
  async ask(tx: Tx, theCase: CaseEntity, plan: PlanEntity, ids: ReadonlySet<string>, testBy: string): Promise<void> {
    const people = (await this.circle.members(tx, theCase.id)).filter(({ id, state }) => ids.has(id) && CONTACTABLE_STATES.includes(state));
    const from = await this.from(tx, theCase);
    for (const member of people.filter((person) => mayHear(theCase, person))) {
      const key = `condition-test ${plan.id} ${member.id}`;
      await this.messages.queue(tx, { ...this.toMember(theCase, member), template: 'condition-test', values: { ...from, testBy }, key });
    }
  }

  /** Tells the main persons and the informal circle that the plan comes back to them. */
  async returned(tx: Tx, theCase: CaseEntity, plan: PlanEntity): Promise<void> {
    await this.takeBack(tx, theCase.id);
    const from = await this.from(tx, theCase);
    for (const member of await this.circle.members(tx, theCase.id)) {
      if (!isOfCircle(member) || !mayHear(theCase, member)) continue;
      const key = `plan-returned ${plan.id} ${member.id}`;
      const values = { ...from, isMainPerson: member.isMainPerson };
      await this.messages.queue(tx, { ...this.toMember(theCase, member), template: 'plan-returned', values, key });
    }
  }

  /** What was not sent yet about looking at a version that is no longer looked at. */
  async takeBack(tx: Tx, caseId: string): Promise<void> {
    await this.messages.cancel(tx, { caseId, templates: ['condition-test'] });
  }

  private async from(tx: Tx, theCase: CaseEntity): Promise<{ facilitator: string | null; phone: string | null }> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    return { facilitator: facilitator?.name ?? null, phone: facilitator?.phone ?? null };
  }

  private toMember(theCase: CaseEntity, member: CircleMember): Omit<NewMessage<Template>, 'template' | 'values' | 'key'> {
    const recipient = this.circle.recipient(member);
    const withLink = !member.isMainPerson && (recipient.channel === 'mail' || recipient.channel === 'sms');
    return { ...recipient, caseId: theCase.id, withLink, urgent: theCase.urgent };
  }
}

/** Whose plan it is: main persons, and who of the informal circle was spoken to or invited. */
const isOfCircle = ({ isMainPerson, circleKind, state }: CircleMember): boolean =>
  isMainPerson ? state !== 'removed' : circleKind === 'informal' && (state === 'approached' || INVITED_STATES.includes(state));

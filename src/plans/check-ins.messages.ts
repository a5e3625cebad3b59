import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import { CONTACTABLE_STATES } from '../circle/circle.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';

/** About how many promises each person hears, by id. */
export type CountByPerson = ReadonlyMap<string, number>;

/** What people hear of their promises: how many, never what or of whom, for anybody may read along. One message a person. */
@Injectable()
export class CheckInMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly staff: StaffService,
  ) {}

  /** Asks each how it goes; a second time on one local day (`on`) says nothing. Returns how many were asked. */
  async ask(tx: Tx, theCase: CaseEntity, counts: CountByPerson, on: string): Promise<number> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const people = await this.listeners(tx, theCase, counts);
    for (const member of people) {
      await this.messages.queue(tx, {
        ...this.to(theCase, member),
        template: 'check-in',
        values: { facilitator: facilitator?.name, phone: facilitator?.phone, count: counts.get(member.id)!, isMainPerson: member.isMainPerson },
        key: `check-in ${member.id} ${on}`,
      });
    }
    return people.length;
  }

  /** Asks each whether they want to do something that was thought of for them; once per `key`. */
  async askFirst(tx: Tx, theCase: CaseEntity, counts: CountByPerson, key: string): Promise<void> {
    if (counts.size === 0) return;
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const asker = await this.restrictions.askers(tx, theCase);
    for (const member of await this.listeners(tx, theCase, counts)) {
      await this.messages.queue(tx, {
        ...this.to(theCase, member),
        template: 'promise-asked',
        values: {
          facilitator: facilitator?.name,
          phone: facilitator?.phone,
          count: counts.get(member.id)!,
          resident: member.isMainPerson ? null : (asker(member.id) ?? facilitator?.name ?? ''),
        },
        key: `promise-asked ${key} ${member.id}`,
      });
    }
  }

  /** Those of them who take part and may be written to now. */
  private async listeners(tx: Tx, theCase: CaseEntity, counts: CountByPerson): Promise<CircleMember[]> {
    const people = await this.circle.members(tx, theCase.id);
    return people.filter((member) => counts.has(member.id) && CONTACTABLE_STATES.includes(member.state) && mayHear(theCase, member));
  }

  private to(theCase: CaseEntity, member: CircleMember): Omit<NewMessage<'check-in'>, 'template' | 'values' | 'key'> {
    const { channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours } = this.circle.recipient(member);
    const withLink = !member.isMainPerson && (channel === 'mail' || channel === 'sms');
    return { channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours, caseId: theCase.id, withLink };
  }
}

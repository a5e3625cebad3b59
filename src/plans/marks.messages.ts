import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { mayHear } from '../circle/circle.policy.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { takesPart } from '../meetings/responses.rules.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import type { LeftOver } from '../texts/nl/marks.js';

interface Asking {
  closed: boolean;
  key: string;
  /** By person; who had nothing open is not in it. */
  left?: ReadonlyMap<string, LeftOver>;
}

/** What people hear when something is behind them: thanks, and two marks asked. Says nothing of what it was about. */
@Injectable()
export class MarksMessages {
  constructor(
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly staff: StaffService,
  ) {}

  /**
   * Asks these people, each once per `key`. After a meeting only those to whom it can be written: nobody is called for a mark; when
   * the case is closed everyone is thanked, and hears what becomes of what they would do. Returns how many.
   */
  async ask(tx: Tx, theCase: CaseEntity, people: readonly CircleMember[], { closed, key, left }: Asking): Promise<number> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    const asked = people
      .filter((one) => takesPart(one) && mayHear(theCase, one))
      .flatMap((member): NewMessage<'marks-asked'>[] => {
        const { channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours } = this.circle.recipient(member);
        const isWritten = channel === 'mail' || channel === 'sms';
        if (!isWritten && !closed) return [];
        return [{
          channel, to, otherwise, textTo, memberId, linkMakesKnown, safeHours,
          caseId: theCase.id,
          withLink: !member.isMainPerson && isWritten,
          template: 'marks-asked',
          values: { facilitator: facilitator?.name, phone: facilitator?.phone, closed, isMainPerson: member.isMainPerson, left: left?.get(member.id) ?? null },
          key: `marks-asked ${key} ${member.id}`,
        }];
      });
    await this.messages.queueAll(tx, asked);
    return asked.length;
  }
}

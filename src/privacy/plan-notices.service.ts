import { Injectable } from '@nestjs/common';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { MessagesService } from '../messages/messages.service.js';
import type { Tx } from '../platform/database/tx.js';

/** Says to main persons from which day nothing is left of their plan, so that each can keep it. */
@Injectable()
export class PlanNotices {
  constructor(
    private readonly circle: CircleService,
    private readonly messages: MessagesService,
  ) {}

  /** Each in their own way, once for a day; a new link to their page comes only from the facilitator. */
  async tell(tx: Tx, caseId: string, people: readonly CircleMember[], goesOn: string): Promise<void> {
    for (const person of people) {
      await this.messages.queue(tx, {
        ...this.circle.recipient(person),
        template: 'plan-goes',
        values: { goesOn },
        caseId,
        key: `plan-goes/${person.id}/${goesOn}`,
      });
    }
  }
}

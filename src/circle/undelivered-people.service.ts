import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CasesService } from '../cases/cases.service.js';
import type { PeoplePort } from '../messages/messages.events.js';
import type { Undelivered } from '../messages/messages.rules.js';
import { UndeliveredService } from '../messages/undelivered.service.js';
import type { Tx } from '../platform/database/tx.js';
import { CircleService } from './circle.service.js';
import { shownName } from './members.service.js';

/** Tells who sends messages how people are reached when a message does not arrive, and the facilitator that it did not. */
@Injectable()
export class UndeliveredPeopleService implements OnModuleInit, PeoplePort {
  constructor(
    private readonly undeliveredMessages: UndeliveredService,
    private readonly circle: CircleService,
    private readonly cases: CasesService,
  ) {}

  onModuleInit(): void {
    this.undeliveredMessages.ask(this);
  }

  async byHand(tx: Tx, memberId: string): Promise<{ channel: 'call' | 'letter' | 'visit'; caseId: string } | null> {
    const member = await this.circle.find(tx, memberId);
    if (!member || member.erasedAt || member.state === 'removed' || member.state === 'refused') return null;
    return { channel: member.phone ? 'call' : member.address ? 'letter' : 'visit', caseId: member.caseId };
  }

  async addressNow(tx: Tx, memberId: string, channel: string): Promise<string | null> {
    const member = await this.circle.find(tx, memberId);
    return (channel === 'mail' ? member?.email : channel === 'sms' ? member?.phone : null) ?? null;
  }

  async undelivered(tx: Tx, { memberId, caseId, why }: { memberId: string; caseId: string; why: Undelivered }): Promise<void> {
    const name = shownName(await this.circle.member(tx, memberId));
    const type = why === 'complaint' ? 'mail-unwanted' : 'message-undelivered';
    await this.cases.note(tx, { caseId, type, audience: 'facilitator', aboutId: memberId, values: { name } });
  }
}

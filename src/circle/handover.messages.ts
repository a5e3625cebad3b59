import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { Handover, HandoverListener, Moved } from '../cases/cases.events.js';
import { HandoverService } from '../cases/handover.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { INVITED_STATES } from './circle.rules.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { RestrictionsService } from './restrictions.service.js';

// Main persons have no state that says it: a message that went, a page that they opened. Reads messages and people_sessions.
const MET = statement(
  'circle.met-before',
  `select m.id from circle_members m
   where m.organisation_id = $1 and m.case_id = $2 and m.is_main_person and m.state <> 'removed' and (m.reached_at is not null
     or exists (select 1 from messages w where w.organisation_id = $1 and w.member_id = m.id and w.state = 'sent')
     or exists (select 1 from people_sessions s where s.organisation_id = $1 and s.member_id = m.id))`,
);

/** Tells people by name who follows: only those who were in contact before, each once. */
@Injectable()
export class HandoverMessages implements OnModuleInit, HandoverListener {
  constructor(
    private readonly handovers: HandoverService,
    private readonly circle: CircleService,
    private readonly messages: MessagesService,
    private readonly restrictions: RestrictionsService,
  ) {}

  onModuleInit(): void {
    this.handovers.onHandedOver(this);
  }

  async handedOver(tx: Tx, cases: readonly CaseEntity[], { from, to }: Handover): Promise<Partial<Moved>> {
    let told = 0;
    for (const theCase of cases) {
      // What waits to be said is said by the one who is there when it goes.
      await this.messages.signAnew(tx, theCase.id, { facilitator: to.name, phone: to.phone });
      const met = new Set((await named<{ id: string }>(tx, MET, [tx.organisationId, theCase.id])).map(({ id }) => id));
      const asker = await this.restrictions.askers(tx, theCase);
      for (const member of await this.circle.members(tx, theCase.id)) {
        if (!met.has(member.id) && !wasContacted(theCase, member)) continue;
        const resident = member.isMainPerson ? null : asker(member.id);
        await this.tell(tx, theCase, member, { before: from.name, facilitator: to.name, phone: to.phone, resident });
        told += 1;
      }
    }
    return { told };
  }

  private async tell(
    tx: Tx,
    theCase: CaseEntity,
    member: CircleMember,
    who: { before: string; facilitator: string; phone: string | null; resident: string | null },
  ): Promise<void> {
    const { isMainPerson } = member;
    const recipient = this.circle.recipient(member);
    await this.messages.queue(tx, {
      ...recipient,
      template: 'handover',
      values: { ...who, isMainPerson },
      caseId: theCase.id,
      withLink: !isMainPerson && (recipient.channel === 'mail' || recipient.channel === 'sms'),
      key: `handover ${theCase.id} ${theCase.version} ${member.id}`,
    });
  }
}

/** Somebody of the circle who heard of this before: spoken to, or invited. */
const wasContacted = (theCase: CaseEntity, { isMainPerson, state }: CircleMember): boolean =>
  !isMainPerson && theCase.consentGiven && (state === 'approached' || INVITED_STATES.includes(state));

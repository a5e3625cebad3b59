import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { MemberLeftListener } from '../circle/circle.events.js';
import type { CircleMember } from '../circle/circle.service.js';
import { LeavingService } from '../circle/leaving.service.js';
import type { Tx } from '../platform/database/tx.js';
import { CalendarCopies } from './calendar-copies.service.js';
import { MeetingMessages } from './meetings.messages.js';
import { isDated, MeetingRecords } from './records.service.js';

/** Somebody who leaves the circle does not keep its date in their calendar. */
@Injectable()
export class CalendarLeavers implements OnModuleInit, MemberLeftListener {
  constructor(
    private readonly leaving: LeavingService,
    private readonly copies: CalendarCopies,
    private readonly records: MeetingRecords,
    private readonly messages: MeetingMessages,
  ) {}

  onModuleInit(): void {
    this.leaving.onLeft(this);
  }

  async left(tx: Tx, theCase: CaseEntity, person: CircleMember): Promise<void> {
    for (const id of await this.copies.standing(tx, person.id)) {
      const meeting = await this.records.read(tx, id);
      if (isDated(meeting)) await this.messages.withdrawn(tx, theCase, meeting, person, { left: true });
    }
  }
}

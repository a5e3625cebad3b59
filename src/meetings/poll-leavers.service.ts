import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { MemberLeftListener } from '../circle/circle.events.js';
import type { CircleMember } from '../circle/circle.service.js';
import { LeavingService } from '../circle/leaving.service.js';
import type { Tx } from '../platform/database/tx.js';
import { PollsService } from './polls.service.js';
import { MeetingRecords } from './records.service.js';

/** A poll does not wait for somebody who left the circle. */
@Injectable()
export class PollLeavers implements OnModuleInit, MemberLeftListener {
  constructor(
    private readonly leaving: LeavingService,
    private readonly records: MeetingRecords,
    private readonly polls: PollsService,
  ) {}

  onModuleInit(): void {
    this.leaving.onLeft(this);
  }

  async left(tx: Tx, theCase: CaseEntity, person: CircleMember): Promise<void> {
    for (const meeting of await this.records.ofCase(tx, theCase.id)) {
      if (meeting.state === 'polling') await this.polls.left(tx, theCase, meeting, person);
    }
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactErasureListener } from '../circle/circle.events.js';
import type { CircleMember } from '../circle/circle.service.js';
import { ContactErasureService } from '../circle/contact-erasure.service.js';
import { named, statement, type Tx } from '../platform/database/tx.js';

const FORGET_REMARKS = statement(
  'meetings.forget-remarks',
  'update meetings_responses set sealed = null where organisation_id = $1 and member_id = $2 and sealed is not null',
);
const FORGET_CHAIR = statement(
  'meetings.forget-chair',
  'update meetings set chair_member_id = null where organisation_id = $1 and chair_member_id = $2',
);

/** Of someone who was erased an answer to a date stays, and not what they wrote with it, nor that they were asked to lead. */
@Injectable()
export class MeetingErasure implements ContactErasureListener, OnModuleInit {
  constructor(private readonly erasure: ContactErasureService) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  async contactErased(tx: Tx, { id }: CircleMember): Promise<void> {
    await named(tx, FORGET_REMARKS, [tx.organisationId, id]);
    await named(tx, FORGET_CHAIR, [tx.organisationId, id]);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactErasureListener } from '../circle/circle.events.js';
import type { CircleMember } from '../circle/circle.service.js';
import { ContactErasureService } from '../circle/contact-erasure.service.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { textsFor } from '../texts/texts.js';
import { CommitmentsService } from './commitments.service.js';
import { DraftsService } from './drafts.service.js';

const FORGET_REMARKS = statement(
  'plans.forget-remarks',
  'update plans_agreements set sealed = null where organisation_id = $1 and member_id = $2 and sealed is not null',
);

/** What someone promised is released when they are erased: the others see that nobody does it any more. Their remarks go. */
@Injectable()
export class PlanErasure implements ContactErasureListener, OnModuleInit {
  constructor(
    private readonly erasure: ContactErasureService,
    private readonly commitments: CommitmentsService,
    private readonly drafts: DraftsService,
  ) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  async contactErased(tx: Tx, { id, caseId }: CircleMember): Promise<void> {
    await this.commitments.releaseAll(tx, id, textsFor('nl').privacy.releasedNote);
    await this.drafts.without(tx, caseId, id);
    await named(tx, FORGET_REMARKS, [tx.organisationId, id]);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactErasureListener } from '../circle/circle.events.js';
import type { CircleMember } from '../circle/circle.service.js';
import { ContactErasureService } from '../circle/contact-erasure.service.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { textsFor } from '../texts/texts.js';
import { AgreementsService } from './agreements.service.js';
import { CommitmentsService } from './commitments.service.js';
import { ConditionRecords } from './condition-records.service.js';
import { DraftsService } from './drafts.service.js';
import { MarksService } from './marks.service.js';
import { ObstaclesService } from './obstacles.service.js';
import { END_PASSINGS_OF_MEMBER, FORGET_OF_MEMBER } from './offers.queries.js';

const FORGET_REMARKS = statement(
  'plans.forget-remarks',
  'update plans_agreements set sealed = null where organisation_id = $1 and member_id = $2 and sealed is not null',
);

/** What someone promised is released when they are erased: the others see that nobody does it any more. Their remarks go, and what they wrote about what was in the way, and what they asked and offered. */
@Injectable()
export class PlanErasure implements ContactErasureListener, OnModuleInit {
  constructor(
    private readonly erasure: ContactErasureService,
    private readonly commitments: CommitmentsService,
    private readonly drafts: DraftsService,
    private readonly obstacles: ObstaclesService,
    private readonly conditions: ConditionRecords,
    private readonly marks: MarksService,
    private readonly agreements: AgreementsService,
  ) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  /** What they said stays for now; what they would do is nobody's any more. */
  async contactHeld(tx: Tx, { id, caseId }: CircleMember): Promise<void> {
    await this.commitments.releaseOpen(tx, id, textsFor('nl').plans.withoutThem);
    await this.drafts.without(tx, caseId, id);
    await named(tx, END_PASSINGS_OF_MEMBER, [tx.organisationId, id, tx.now]);
    await this.agreements.decideWithout(tx, caseId);
  }

  async contactErased(tx: Tx, { id, caseId }: CircleMember): Promise<void> {
    await this.commitments.releaseAll(tx, id, textsFor('nl').privacy.releasedNote);
    await this.drafts.without(tx, caseId, id);
    await this.obstacles.forget(tx, id, caseId);
    await this.conditions.forgetReasons(tx, id);
    await this.marks.forget(tx, id);
    await named(tx, END_PASSINGS_OF_MEMBER, [tx.organisationId, id, tx.now]);
    for (const statement of FORGET_OF_MEMBER) await named(tx, statement, [tx.organisationId, id]);
    await this.agreements.decideWithout(tx, caseId);
    await named(tx, FORGET_REMARKS, [tx.organisationId, id]);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { Handover, HandoverListener, Moved } from '../cases/cases.events.js';
import { HandoverService } from '../cases/handover.service.js';
import { named, statement, type Tx } from '../platform/database/tx.js';

const GIVE = statement(
  'referrals.give',
  `update referrals set accepted_by = $3, version = version + 1
   where organisation_id = $1 and id = any ($2) and state = 'accepted'`,
);

/** What a case began with is read by its facilitator only, so it goes along with the case. */
@Injectable()
export class ReferralHandoverService implements OnModuleInit, HandoverListener {
  constructor(private readonly handovers: HandoverService) {}

  onModuleInit(): void {
    this.handovers.onHandedOver(this);
  }

  async handedOver(tx: Tx, cases: readonly CaseEntity[], { to }: Handover): Promise<Partial<Moved>> {
    const ids = cases.flatMap(({ referralId }) => referralId ?? []);
    if (ids.length > 0) await named(tx, GIVE, [tx.organisationId, ids, to.id]);
    return {};
  }
}

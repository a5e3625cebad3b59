import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { PartiesPort } from '../circle/circle.events.js';
import { IndependenceService } from '../circle/independence.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import { ReferralStore } from './referral-store.service.js';

/** For whom the one who referred works, as they wrote it or as their account says: a party at the table. */
@Injectable()
export class ReferralPartiesService implements OnModuleInit, PartiesPort {
  constructor(
    private readonly independence: IndependenceService,
    private readonly store: ReferralStore,
    private readonly staff: StaffService,
  ) {}

  onModuleInit(): void {
    this.independence.onParties(this);
  }

  async organisations(tx: Tx, { referralId, facilitatorId }: CaseEntity): Promise<string[]> {
    const referral = referralId ? await this.store.find(tx, { id: referralId }) : null;
    // A facilitator who wrote a referral down themself is no party by it.
    const by = referral?.referrerStaffId;
    const account = by && by !== facilitatorId ? await this.staff.find(tx, by) : null;
    return [referral?.content.referrer?.organisation, account?.employer].flatMap((one) => one ?? []);
  }
}

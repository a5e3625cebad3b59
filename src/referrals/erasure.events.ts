import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ContactErasureListener } from '../circle/circle.events.js';
import type { CircleMember } from '../circle/circle.service.js';
import { ContactErasureService } from '../circle/contact-erasure.service.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { textsFor } from '../texts/texts.js';
import { ReferralStore } from './referral-store.service.js';
import { withoutPerson } from './referrals.rules.js';

// Reads: cases.
const REFERRAL_OF_CASE = statement('referrals.of-case', 'select referral_id as id from cases where organisation_id = $1 and id = $2');

/** Who was erased from the circle also stood in the referral that proposed them. */
@Injectable()
export class ReferralErasure implements ContactErasureListener, OnModuleInit {
  constructor(
    private readonly erasure: ContactErasureService,
    private readonly store: ReferralStore,
  ) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  async contactErased(tx: Tx, person: CircleMember): Promise<void> {
    const [found] = await named<{ id: string | null }>(tx, REFERRAL_OF_CASE, [tx.organisationId, person.caseId]);
    const referral = found?.id ? await this.store.find(tx, { id: found.id }, true) : null;
    if (!referral) return;
    const { someone } = textsFor('nl').privacy;
    const circle = referral.content.circle.map((proposed) => withoutPerson(proposed, person, someone));
    await this.store.reseal(tx, referral, { ...referral.content, circle });
  }
}

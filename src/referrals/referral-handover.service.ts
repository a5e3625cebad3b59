import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { Handover, HandoverListener, Moved } from '../cases/cases.events.js';
import type { CaseState } from '../cases/cases.rules.js';
import { HandoverService } from '../cases/handover.service.js';
import { actorId } from '../platform/actor.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { ReferralStore } from './referral-store.service.js';
import { UrgentMessages } from './urgent.messages.js';

const NOT_HELD: readonly CaseState[] = ['preparing', 'scheduled'];

const GIVE = statement(
  'referrals.give',
  `update referrals set accepted_by = $3, version = version + 1
   where organisation_id = $1 and id = any ($2) and state = 'accepted'`,
);

/**
 * What a case began with is read by its facilitator only, so it goes along with the case. Who is given an urgent one that was not
 * held yet hears of it at once.
 */
@Injectable()
export class ReferralHandoverService implements OnModuleInit, HandoverListener {
  constructor(
    private readonly handovers: HandoverService,
    private readonly store: ReferralStore,
    private readonly messages: UrgentMessages,
  ) {}

  onModuleInit(): void {
    this.handovers.onHandedOver(this);
  }

  async handedOver(tx: Tx, cases: readonly CaseEntity[], { to }: Handover): Promise<Partial<Moved>> {
    const ids = cases.flatMap(({ referralId }) => referralId ?? []);
    if (ids.length > 0) await named(tx, GIVE, [tx.organisationId, ids, to.id]);
    if (actorId(tx.actor) === to.id) return {};
    for (const { referralId } of cases.filter(({ urgent, state }) => urgent && NOT_HELD.includes(state))) {
      const referral = referralId === null ? null : await this.store.find(tx, { id: referralId });
      if (referral) await this.messages.alert(tx, referral, to, 'given');
    }
    return {};
  }
}

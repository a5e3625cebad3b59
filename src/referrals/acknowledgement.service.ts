import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { HandoverService } from '../cases/handover.service.js';
import { StaffService } from '../people/staff.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict, notFound, stateConflict } from '../platform/http/problem.js';
import { ReferralStore, type OpenReferral } from './referral-store.service.js';
import { ended, takesOn } from './referrals.policy.js';
import { REFERRAL_TRANSITIONS } from './referrals.rules.js';
import { ReferralsService, type ReferralView } from './referrals.service.js';
import { partIn, type Part } from './urgent.rules.js';
import { UrgentService } from './urgent.service.js';

/** "Ik pak het op": somebody says that they have an acute referral. */
@Injectable()
export class AcknowledgementService {
  constructor(
    private readonly database: Database,
    private readonly store: ReferralStore,
    private readonly referrals: ReferralsService,
    private readonly urgent: UrgentService,
    private readonly handovers: HandoverService,
    private readonly staff: StaffService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The first on duty, the second, or a lead. The second leads the case from then on; a lead only sees to it that somebody does.
   * Where nobody was on duty a facilitator takes it on by this. A repeat keeps the first. 404 for everyone else.
   */
  async acknowledge(ctx: Ctx, id: string): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.store.get(tx, id, true);
      const part = partIn(tx.actor, referral);
      if (part === null) throw notFound();
      // Of who may take it on anyway it is no secret that it is there.
      if (referral.safetyLevel !== 'acute') throw takesOn(tx.actor, referral) ? conflict('not-acute') : notFound();
      if (referral.state !== 'received' && referral.state !== 'accepted') {
        throw stateConflict(referral.state, Object.keys(REFERRAL_TRANSITIONS[referral.state]));
      }
      if (!referral.acknowledgedAt) await this.first(tx, referral, part);
      return this.answer(tx, await this.store.get(tx, id));
    });
  }

  private async first(tx: Tx, referral: OpenReferral, part: Part): Promise<void> {
    const me = (await this.staff.find(tx, actorId(tx.actor)!))!;
    await this.audit.record(tx, { action: 'referrals.acknowledged', object: { kind: 'referral', id: referral.id }, caseId: referral.caseId });
    if (part === 'taker') {
      await this.urgent.take(tx, referral, me);
      return;
    }
    await this.urgent.acknowledged(tx, referral, me);
    if (part === 'second') await this.handovers.within(tx, referral.caseId!, { facilitatorId: me.id, reason: 'on-duty' });
  }

  /** Who had it first and came too late reads no more of it than that somebody has it. */
  private async answer(tx: Tx, referral: OpenReferral): Promise<ReferralView> {
    const tooLate = referral.acceptedBy !== actorId(tx.actor) && !hasRole(tx.actor, 'lead');
    return tooLate ? ended(referral) : this.referrals.answer(tx, referral);
  }
}

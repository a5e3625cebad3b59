import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { summaryOf } from '../cases/cases.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseSummary } from '../cases/cases.dto.js';
import type { CircleMember } from '../circle/circle.service.js';
import { inFull as memberInFull } from '../circle/circle.policy.js';
import { StaffService } from '../people/staff.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent, forbidden, invalidField, notFound } from '../platform/http/problem.js';
import { AcceptanceService } from './acceptance.service.js';
import { ReferralStore, type OpenReferral } from './referral-store.service.js';
import type { AcceptedCase, AcceptanceRequest, DeclineRequest, InformationRequest, WithdrawalRequest } from './referrals.dto.js';
import { isReferrer, takesOn } from './referrals.policy.js';
import { ReferralsService, type ReferralView } from './referrals.service.js';
import { ReferrersService } from './referrers.service.js';
import { UrgentService } from './urgent.service.js';

/** What is decided about a referral: taken on, declined, withdrawn, or asked about. */
@Injectable()
export class TriageService {
  constructor(
    private readonly database: Database,
    private readonly store: ReferralStore,
    private readonly referrals: ReferralsService,
    private readonly referrers: ReferrersService,
    private readonly acceptances: AcceptanceService,
    private readonly urgent: UrgentService,
    private readonly staff: StaffService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Takes a referral on: a lead for anyone, a facilitator for themself. Opens the case with its main persons (approved) and
   * the people who were named (proposed), all in one transaction. A referrer who asks for something to be safe is proposed too.
   */
  async accept(ctx: Ctx, id: string, { facilitatorId, kind }: AcceptanceRequest, seen: number | null = null): Promise<AcceptedCase | CaseSummary> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.readable(tx, id, seen);
      if (!hasRole(tx.actor, 'lead') && !(hasRole(tx.actor, 'facilitator') && actorId(tx.actor) === facilitatorId)) throw forbidden();
      const facilitator = await this.staff.holdFacilitator(tx, facilitatorId, '/facilitatorId');
      const chosen = kind ?? (referral.kind === 'unknown' ? undefined : referral.kind);
      if (chosen === undefined) throw invalidField('/kind', 'required');
      const { referral: accepted, theCase, members } = await this.acceptances.open(tx, referral, { facilitator, kind: chosen });
      if (referral.safetyLevel === 'acute') await this.urgent.takenOn(tx, accepted, facilitator);
      else await this.referrers.tellAccepted(tx, accepted, facilitator);
      await this.audit.record(tx, { action: 'referrals.accepted', object: object(id), caseId: theCase.id });
      return acceptedCase(tx, theCase, members);
    });
  }

  /** Not taken on; the referrer hears why. */
  async decline(ctx: Ctx, id: string, { reason, remark }: DeclineRequest, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.readable(tx, id, seen);
      const moved = await this.move(tx, referral, 'decline', reason, remark);
      await this.referrers.tellDeclined(tx, moved, reason);
      await this.audit.record(tx, { action: 'referrals.declined', object: object(id) });
      return this.referrals.answer(tx, moved, referral);
    });
  }

  /** Taken back, by the referrer or the lead. */
  async withdraw(ctx: Ctx, id: string, { reason, remark }: WithdrawalRequest, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.store.get(tx, id, true);
      if (!isReferrer(tx.actor, referral) && !hasRole(tx.actor, 'lead')) throw notFound();
      assertCurrent(seen, referral.version);
      const moved = await this.move(tx, referral, 'withdraw', reason, remark);
      await this.audit.record(tx, { action: 'referrals.withdrawn', object: object(id) });
      return this.referrals.answer(tx, moved, referral);
    });
  }

  /** Asks the referrer for more; it waits until they answer. */
  async askInformation(ctx: Ctx, id: string, { reason, remark }: InformationRequest, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.readable(tx, id, seen);
      const moved = await this.move(tx, referral, 'ask', reason, remark);
      await this.referrers.askInformation(tx, moved, reason);
      await this.audit.record(tx, { action: 'referrals.asked', object: object(id) });
      return this.referrals.answer(tx, moved, referral);
    });
  }

  private async readable(tx: Tx, id: string, seen: number | null): Promise<OpenReferral> {
    const referral = await this.store.get(tx, id, true);
    if (!takesOn(tx.actor, referral)) throw notFound();
    assertCurrent(seen, referral.version);
    return referral;
  }

  private async move(tx: Tx, referral: OpenReferral, event: 'decline' | 'withdraw' | 'ask', reason: string, remark?: string): Promise<OpenReferral> {
    return this.store.move(tx, referral, event, { endReason: reason, content: { ...referral.content, remark: remark ?? null } });
  }
}

const object = (id: string): { kind: string; id: string } => ({ kind: 'referral', id });

/** A fresh case. Its contents only for its own facilitator: a lead assigns, and does not read along. */
function acceptedCase(tx: Tx, theCase: CaseEntity, members: CircleMember[]): AcceptedCase | CaseSummary {
  const own = tx.actor.kind === 'staff' && tx.actor.staffId === theCase.facilitatorId;
  if (!own) return summaryOf(theCase);
  const circle = members.map(memberInFull);
  return { ...summaryOf(theCase), resident: circle[0]!, circle, meetings: [], currentPlan: null };
}

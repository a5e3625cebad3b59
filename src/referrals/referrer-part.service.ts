import { Injectable } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import type { Tx } from '../platform/database/tx.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { PlansService } from '../plans/plans.service.js';
import type { ReferrerCommitment, ReferrerCondition } from './referrals.dto.js';
import type { OpenReferral } from './referral-store.service.js';

/** What the referrer does themself, and how what they want to be safe is met. */
export interface ReferrerPart {
  caseEnded: 'closed' | 'stopped' | null;
  commitments: ReferrerCommitment[];
  safetyConditions: ReferrerCondition[];
}

/** The referrer's own part of the case that their referral became. Nothing of anybody else. */
@Injectable()
export class ReferrerPartService {
  constructor(
    private readonly commitments: CommitmentsService,
    private readonly plans: PlansService,
  ) {}

  /** Before there is a plan: the conditions as they were referred, with nothing about how they are met. */
  async of(tx: Tx, { caseId, referrerMemberId, content }: OpenReferral): Promise<ReferrerPart> {
    const referred = (content.safety.conditions ?? []).map((text) => ({ text, metBy: null, met: null }));
    const theCase = caseId === null ? null : await tx.em.findOneBy(CaseEntity, { organisationId: tx.organisationId, id: caseId });
    const caseEnded = theCase?.state === 'closed' || theCase?.state === 'stopped' ? theCase.state : null;
    if (caseId === null || referrerMemberId === null) return { caseEnded, commitments: [], safetyConditions: referred };
    const own = await this.commitments.ofMember(tx, referrerMemberId);
    const planned = await this.plans.conditionsOf(tx, caseId, referrerMemberId);
    return {
      caseEnded,
      commitments: own.map(({ id, text, dueOn, every, state }) => ({ id, text, dueOn, every, state })),
      safetyConditions: planned ? planned.map(({ text, metBy, met }) => ({ text, metBy, met })) : referred,
    };
  }
}

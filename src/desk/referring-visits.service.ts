import { Injectable } from '@nestjs/common';
import { OrganisationsService } from '../people/organisations.service.js';
import type { Ctx } from '../platform/actor.js';
import type { StatefulRequest } from '../platform/http/access.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { ReferralDraftsService, type KeptDraft } from '../referrals/referral-drafts.service.js';
import { UrgentService } from '../referrals/urgent.service.js';
import type { Visitor } from '../referrals/wizard.rules.js';

/** Somebody who fills in a referral: of which organisation, and with which draft. */
export interface ReferringVisit {
  ctx: Ctx;
  by: Visitor;
  token: string | undefined;
}

/** Who is at `/aanmelden`. Somebody with a personal link refers as a stranger: what they type is no part of their file. */
@Injectable()
export class ReferringVisits {
  constructor(
    private readonly drafts: ReferralDraftsService,
    private readonly organisations: OrganisationsService,
    private readonly urgent: UrgentService,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Holds the token of the draft. */
  get cookie(): string {
    return this.publicUrl.secure ? '__Host-referral' : 'referral';
  }

  /** The visit of somebody who has begun, or has signed in; null for everyone else. */
  async visit(request: StatefulRequest): Promise<ReferringVisit | null> {
    const token = request.cookies[this.cookie];
    const { actor } = request.state!.ctx!;
    if (actor.kind === 'staff') return { ctx: request.state!.ctx!, by: 'staff', token };
    const organisationId = await this.drafts.organisationOf(token);
    return organisationId ? stranger(request, organisationId, token) : null;
  }

  /** The visit of somebody who begins. Refused with 400 when nothing says of which organisation. */
  async newVisit(request: StatefulRequest, slug: string | null): Promise<ReferringVisit> {
    const { actor } = request.state!.ctx!;
    if (actor.kind === 'staff') return { ctx: request.state!.ctx!, by: 'staff', token: undefined };
    const { id } = await this.organisations.forStranger(request.hostname, slug ?? undefined);
    return stranger(request, id, undefined);
  }

  async find(request: StatefulRequest): Promise<{ visit: ReferringVisit; kept: KeptDraft } | null> {
    const visit = await this.visit(request);
    const kept = visit && (await this.drafts.find(visit.ctx, visit.token));
    return visit && kept && { visit, kept };
  }

  /** Whether somebody is on duty at this moment, and whom to call. */
  async now({ ctx }: ReferringVisit): Promise<{ onDuty: boolean; phone: string | null }> {
    const { onDuty, callInstead } = await this.urgent.now(ctx);
    return { onDuty, phone: callInstead };
  }
}

function stranger(request: StatefulRequest, organisationId: string, token: string | undefined): ReferringVisit {
  return { ctx: { actor: { kind: 'anonymous', organisationId }, requestId: request.id, address: request.ip }, by: 'stranger', token };
}

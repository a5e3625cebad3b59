import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { localDay } from '../platform/local-day.js';
import { plusWorkingDays } from '../platform/working-days.js';
import { InformationAnswer, WithdrawalRequest, type ReferralForReferrer } from '../referrals/referrals.dto.js';
import { REACH_WORKING_DAYS, TRIAGE_WORKING_DAYS } from '../referrals/referrals.rules.js';
import { ReferralsService } from '../referrals/referrals.service.js';
import { TriageService } from '../referrals/triage.service.js';
import { address, ROUTES } from './desk.routes.js';
import { OwnReferralPage, OwnReferralsPage } from './own-referrals.pages.js';
import { contextOf, versionOf, VisitsService, type Fields, type Page } from './visits.service.js';

const REFERRERS = { roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] } as const;

/** `/aanmeldingen`: what somebody who works here has referred, seen as its referrer and no further. */
@ApiExcludeController()
@Controller()
export class OwnReferralsPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly referrals: ReferralsService,
    private readonly triage: TriageService,
  ) {}

  @Get(ROUTES.ownReferrals)
  @Access(REFERRERS)
  async list(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query('na') after?: string): Promise<void> {
    const { items, next } = await this.referrals.ownList(contextOf(request), { after });
    const nextPage = next && `${ROUTES.ownReferrals}?na=${encodeURIComponent(next)}`;
    await this.visits.show(request, reply, (frame) => <OwnReferralsPage frame={frame} referrals={items} nextPage={nextPage} />);
  }

  @Get(ROUTES.ownReferral)
  @Access(REFERRERS)
  async one(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('referralId') id: string): Promise<void> {
    await this.visits.show(request, reply, this.page(request, id));
  }

  /** The answer to what was asked. */
  @Post(ROUTES.ownReferralAnswer)
  @Access(REFERRERS)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('referralId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...typed } = fields;
    await this.visits.act(request, reply, { to: address(ROUTES.ownReferral, { referralId: id }), done: 'referral-answered', page: this.page(request, id) }, async () =>
      this.referrals.inform(contextOf(request), id, await this.visits.body(InformationAnswer, typed), versionOf(fields)),
    );
  }

  @Post(ROUTES.ownReferralWithdrawal)
  @Access(REFERRERS)
  async withdraw(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('referralId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...typed } = fields;
    await this.visits.act(request, reply, { to: address(ROUTES.ownReferral, { referralId: id }), done: 'referral-withdrawn', page: this.page(request, id) }, async () =>
      this.triage.withdraw(contextOf(request), id, await this.visits.body(WithdrawalRequest, typed), versionOf(fields)),
    );
  }

  private page(request: StatefulRequest, id: string): Page {
    return async (frame) => {
      const ctx = contextOf(request);
      const referral = await this.referrals.own(ctx, id);
      const organisation = await this.visits.organisation(ctx.actor.organisationId);
      return <OwnReferralPage frame={frame} referral={referral} waitsUntil={waitsUntil(referral)} phone={organisation?.phone ?? null} />;
    };
  }
}

/** Until when the referrer may expect to wait: for somebody who looks at it, then for the facilitator who calls. */
function waitsUntil({ state, receivedAt, acceptedAt, meetingStartsAt }: ReferralForReferrer): string | null {
  if (state === 'received' && receivedAt) return plusWorkingDays(localDay(new Date(receivedAt)), TRIAGE_WORKING_DAYS);
  if (state === 'accepted' && acceptedAt && !meetingStartsAt) return plusWorkingDays(localDay(new Date(acceptedAt)), REACH_WORKING_DAYS);
  return null;
}

import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CaseSummary } from '../cases/cases.dto.js';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import {
  AcceptanceRequest,
  AcceptedCase,
  ReferralConfirmationRequest,
  DeclineRequest,
  EndedReferral,
  InformationAnswer,
  InformationRequest,
  NewReferral,
  Referral,
  ReferralForReferrer,
  ReferralList,
  ReferralQuery,
  ReferralReceipt,
  WithdrawalRequest,
} from './referrals.dto.js';
import { AcknowledgementService } from './acknowledgement.service.js';
import { ReferralsService, type ReferralView } from './referrals.service.js';
import { TriageService } from './triage.service.js';
import { DutyNow, DutyQuery } from './urgent.dto.js';
import { UrgentService } from './urgent.service.js';

@ApiTags('referrals')
@Controller('v1')
export class ReferralsController {
  constructor(
    private readonly referrals: ReferralsService,
    private readonly triage: TriageService,
    private readonly acknowledgements: AcknowledgementService,
    private readonly urgent: UrgentService,
  ) {}

  /** Refers someone, or oneself. Also without identity. */
  @Post('referrals')
  @AnswersAnyOf(201, Referral, ReferralForReferrer, ReferralReceipt)
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin', 'anonymous'], needsOrganisation: true, refuses: [429] })
  async refer(
    @Context() ctx: Ctx,
    @Body() body: NewReferral,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralView> {
    const made = await this.referrals.refer(ctx, body);
    reply.header('Location', `/v1/referrals/${made.id}`);
    return made;
  }

  /** Leads: all; facilitators: open ones, those they picked up and their own; referrers: their own. Newest first. */
  @Get('referrals')
  @Access({ roles: ['referrer', 'facilitator', 'lead'] })
  list(@Context() ctx: Ctx, @Query() query: ReferralQuery): Promise<ReferralList> {
    return this.referrals.list(ctx, query);
  }

  /** One referral, as far as the reader may see it. */
  @Get('referrals/:id')
  @AnswersAnyOf(200, Referral, EndedReferral, ReferralForReferrer)
  @Access({ roles: ['referrer', 'facilitator', 'lead'] })
  get(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<ReferralView> {
    return this.referrals.get(ctx, id);
  }

  /** Takes a referral on: it becomes a case. */
  @Post('referrals/:id/acceptance')
  @AnswersAnyOf(201, AcceptedCase, CaseSummary)
  @Access({ roles: ['facilitator', 'lead'] })
  async accept(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: AcceptanceRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedCase | CaseSummary> {
    const opened = await this.triage.accept(ctx, id, body, seen);
    reply.header('Location', `/v1/cases/${opened.id}`);
    return opened;
  }

  /** Acute: the one on duty says that they have it; also the second, or a lead. A repeat answers the same. */
  @Post('referrals/:id/acknowledgement')
  @AnswersAnyOf(200, Referral, EndedReferral)
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'lead'], refuses: [409] })
  acknowledge(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<ReferralView> {
    return this.acknowledgements.acknowledge(ctx, id);
  }

  /** Whether somebody is on duty for what is acute, and whom to call when nobody is. For everyone, before they refer. */
  @Get('duty')
  @Access({ roles: ['anonymous', 'referrer', 'facilitator', 'lead', 'analyst', 'admin', 'main-person', 'member'], needsOrganisation: true })
  duty(@Context() ctx: Ctx, @Query() { organisation }: DutyQuery): Promise<DutyNow> {
    return this.urgent.now(ctx, organisation);
  }

  /** Does not take it on. */
  @Post('referrals/:id/refusal')
  @ApiOkResponse({ type: Referral })
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'lead'] })
  decline(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: DeclineRequest,
  ): Promise<ReferralView> {
    return this.triage.decline(ctx, id, body, seen);
  }

  /** Takes it back: the referrer or the lead. */
  @Post('referrals/:id/withdrawal')
  @AnswersAnyOf(200, Referral, ReferralForReferrer)
  @HttpCode(200)
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] })
  withdraw(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: WithdrawalRequest,
  ): Promise<ReferralView> {
    return this.triage.withdraw(ctx, id, body, seen);
  }

  /** Asks the referrer for more. */
  @Post('referrals/:id/information-request')
  @ApiOkResponse({ type: Referral })
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'lead'] })
  ask(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: InformationRequest,
  ): Promise<ReferralView> {
    return this.triage.askInformation(ctx, id, body, seen);
  }

  /** The referrer's answer. */
  @Post('referrals/:id/information')
  @AnswersAnyOf(200, Referral, ReferralForReferrer)
  @HttpCode(200)
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin'] })
  inform(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: InformationAnswer,
  ): Promise<ReferralView> {
    return this.referrals.inform(ctx, id, body, seen);
  }

  /** A referrer without an account confirms by the link in their mail. */
  @Post('referral-confirmations')
  @HttpCode(200)
  @Access({ roles: ['anonymous'], refuses: [404] })
  confirm(@Context() ctx: Ctx, @Body() body: ReferralConfirmationRequest): Promise<ReferralReceipt> {
    return this.referrals.confirm(ctx, body.token);
  }
}

import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import {
  CaseConsents,
  GivenConsent,
  ConsentForParticipants,
  ConsentList,
  MicroAnalysisConsentRequest,
  ReleaseRequest,
  WithdrawalOfConsentRequest,
} from './consents.dto.js';
import { ConsentsService } from './consents.service.js';
import { ContactRestriction, ContactRestrictionList, ContactRestrictionRequest, RestrictionEndRequest } from './restrictions.dto.js';
import { RestrictionsService } from './restrictions.service.js';

@ApiTags('circle')
@Controller('v1')
export class ConsentsController {
  constructor(
    private readonly consents: ConsentsService,
    private readonly restrictions: RestrictionsService,
  ) {}

  /** This professional may speak about one subject until a date. */
  @Post('circle-members/:id/releases')
  @AnswersAnyOf(201, GivenConsent, ConsentForParticipants)
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true })
  release(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ReleaseRequest): Promise<GivenConsent | ConsentForParticipants> {
    return this.consents.release(ctx, id, body);
  }

  /** I join the micro-analysis, or not: said by a main person, or noted by the facilitator. */
  @Put('cases/:id/micro-analysis-consent/:memberId')
  @AnswersAnyOf(200, GivenConsent, ConsentForParticipants)
  @Access({ roles: ['facilitator', 'main-person'] })
  joinMicroAnalysis(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('memberId') memberId: string,
    @Body() body: MicroAnalysisConsentRequest,
  ): Promise<GivenConsent | ConsentForParticipants> {
    return this.consents.joinMicroAnalysis(ctx, id, memberId, body);
  }

  /** What one person said yes to, and what of it was taken back. */
  @Get('circle-members/:id/consents')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  ofPerson(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<ConsentList> {
    return this.consents.ofPerson(ctx, id);
  }

  /** Every yes of a case, and who was told at first contact what we keep. */
  @Get('cases/:id/consents')
  @Access({ roles: ['facilitator'] })
  ofCase(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<CaseConsents> {
    return this.consents.ofCase(ctx, id);
  }

  /** Takes a yes back. */
  @Post('consents/:id/withdrawal')
  @HttpCode(200)
  @AnswersAnyOf(200, GivenConsent, ConsentForParticipants)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  withdraw(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: WithdrawalOfConsentRequest): Promise<GivenConsent | ConsentForParticipants> {
    return this.consents.withdraw(ctx, id, body);
  }

  /** Keeps two people apart. Nobody but facilitators learns of it. */
  @Post('cases/:id/contact-restrictions')
  @Access({ roles: ['facilitator'] })
  restrict(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ContactRestrictionRequest): Promise<ContactRestriction> {
    return this.restrictions.restrict(ctx, id, body);
  }

  /** Who is kept apart, those that ended too. */
  @Get('cases/:id/contact-restrictions')
  @Access({ roles: ['facilitator'] })
  restrictionsOf(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<ContactRestrictionList> {
    return this.restrictions.list(ctx, id);
  }

  /** The two may meet again. */
  @Post('contact-restrictions/:id/ending')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  end(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: RestrictionEndRequest): Promise<ContactRestriction> {
    return this.restrictions.end(ctx, id, body);
  }
}

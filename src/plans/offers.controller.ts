import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { ContributionsService } from './contributions.service.js';
import { HelpService } from './help.service.js';
import {
  Contribution, ContributionRequest, ContributionResponse, Help, HelpOfferRequest, HelpRequest, Offers, OffersQuery, Passing, PassingRequest, PassingResponse,
} from './offers.dto.js';
import { OffersService } from './offers.service.js';
import { PassingsService } from './passings.service.js';

const CIRCLE = ['facilitator', 'main-person', 'member'] as const;

@ApiTags('plans')
@Controller('v1')
export class OffersController {
  constructor(
    private readonly offers: OffersService,
    private readonly passings: PassingsService,
    private readonly help: HelpService,
    private readonly contributions: ContributionsService,
  ) {}

  /** What is asked and offered around promises: in the facilitator's own cases, or of and by yourself. */
  @Get('offers')
  @Access({ roles: CIRCLE })
  list(@Context() ctx: Ctx, @Query() query: OffersQuery): Promise<Offers> {
    return this.offers.list(ctx, query.caseId ?? null);
  }

  /** Asks somebody to take a promise over; it stays with its person until they said yes. */
  @Post('commitments/:id/passing-on')
  @Access({ roles: CIRCLE })
  pass(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: PassingRequest): Promise<Passing> {
    return this.passings.ask(ctx, id, body);
  }

  /** Says yes or no to taking it over: the one who is asked, or the facilitator for them. */
  @Post('commitments/:id/passing-on/answer')
  @HttpCode(200)
  @Access({ roles: CIRCLE })
  answerPassing(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: PassingResponse): Promise<Passing> {
    return this.passings.answer(ctx, id, body);
  }

  /** "I could use some help": said again, it takes the place of what was said. */
  @Post('commitments/:id/help')
  @HttpCode(200)
  @Access({ roles: CIRCLE })
  askHelp(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: HelpRequest): Promise<Help> {
    return this.help.ask(ctx, id, body);
  }

  /** Offers help with what another promised and shares that they could use some. */
  @Post('commitments/:id/help/offers')
  @HttpCode(200)
  @Access({ roles: CIRCLE, knownDevice: true })
  offerHelp(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: HelpOfferRequest): Promise<Help> {
    return this.help.offer(ctx, id, body);
  }

  /** Offers to do something, in a kind of case where each says so for themself. */
  @Post('cases/:id/contributions')
  @Access({ roles: CIRCLE })
  contribute(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ContributionRequest): Promise<Contribution> {
    return this.contributions.offer(ctx, id, body);
  }

  /** Takes what somebody offers into the plan in the making, or not. */
  @Post('contributions/:id/answer')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  answerContribution(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ContributionResponse): Promise<Contribution> {
    return this.contributions.answer(ctx, id, body);
  }
}

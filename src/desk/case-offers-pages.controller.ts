import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ContributionsService } from '../plans/contributions.service.js';
import { HelpService } from '../plans/help.service.js';
import { ContributionResponse, HelpOfferRequest, PassingRequest, PassingResponse } from '../plans/offers.dto.js';
import { PassingsService } from '../plans/passings.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { VisitsService, type Fields } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** On the page of a case: answers to what people ask and offer around promises, as the facilitator heard them. */
@ApiExcludeController()
@Controller()
export class CaseOffersPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: CaseFormsService,
    private readonly passings: PassingsService,
    private readonly helps: HelpService,
    private readonly contributions: ContributionsService,
  ) {}

  @Post(ROUTES.passingAsk)
  @Access(FACILITATOR)
  async ask(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'passing-noted', async (ctx) => this.passings.ask(ctx, id, await this.visits.body(PassingRequest, fields)));
  }

  @Post(ROUTES.passingAnswer)
  @Access(FACILITATOR)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'noted', async (ctx) =>
      this.passings.answer(ctx, id, await this.visits.body(PassingResponse, fields, { flags: ['yes'] })),
    );
  }

  @Post(ROUTES.helpOffer)
  @Access(FACILITATOR)
  async help(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'noted', async (ctx) => this.helps.offer(ctx, id, await this.visits.body(HelpOfferRequest, fields)));
  }

  @Post(ROUTES.contributionAnswer)
  @Access(FACILITATOR)
  async contribution(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('contributionId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, fields.accept === 'true' ? 'contribution-in' : 'contribution-out', async (ctx) =>
      this.contributions.answer(ctx, id, await this.visits.body(ContributionResponse, fields, { flags: ['accept'] })),
    );
  }
}

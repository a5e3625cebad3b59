import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CommitmentsService } from '../plans/commitments.service.js';
import { ContributionsService } from '../plans/contributions.service.js';
import { HelpService } from '../plans/help.service.js';
import { ContributionRequest, ContributionResponse, HelpOfferRequest, HelpRequest, PassingRequest, PassingResponse } from '../plans/offers.dto.js';
import { PassingsService } from '../plans/passings.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { conflict, Problem } from '../platform/http/problem.js';
import { ROUTES } from './desk.routes.js';
import { OwnPages } from './own-pages.service.js';
import { participant } from './participant-pages.service.js';
import { contextOf, onceOnly, textOf, VisitsService, type Fields } from './visits.service.js';

const CIRCLE = { roles: ['main-person', 'member'] } as const;

/** What people ask and offer one another around promises, on `/kring` and `/mijn`. */
@ApiExcludeController()
@Controller()
export class OwnOffersPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: OwnPages,
    private readonly commitments: CommitmentsService,
    private readonly passings: PassingsService,
    private readonly help: HelpService,
    private readonly contributions: ContributionsService,
  ) {}

  /** Asks somebody else to take an own promise over. */
  @Post(ROUTES.ownPassing)
  @Access(CIRCLE)
  async pass(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.done(request, reply, 'passing-asked', () =>
      stillThere(async () => this.passings.ask(contextOf(request), id, await this.visits.body(PassingRequest, fields))),
    );
  }

  /** Yes or "liever niet" to taking over what another promised. */
  @Post(ROUTES.ownTakingOver)
  @Access(CIRCLE)
  async takeOver(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const yes = textOf(fields, 'yes') === 'true';
    await this.pages.done(request, reply, yes ? 'taken-over' : 'not-taken-over', () =>
      stillThere(() =>
        onceOnly(
          async () => this.passings.answer(ctx, id, await this.visits.body(PassingResponse, fields, { flags: ['yes'] })),
          async () => yes && (await this.commitments.read(ctx, id)) !== null,
        ),
      ),
    );
  }

  /** "Ik kan hulp gebruiken": for the facilitator, or for the circle too. */
  @Post(ROUTES.ownHelp)
  @Access(CIRCLE)
  async askHelp(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.done(request, reply, 'help-asked', () =>
      stillThere(async () => this.help.ask(contextOf(request), id, await this.visits.body(HelpRequest, fields, { flags: ['share'] }))),
    );
  }

  /** "Ik help mee", with what another promised. */
  @Post(ROUTES.ownHelping)
  @Access({ ...CIRCLE, knownDevice: true })
  async offerHelp(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.done(request, reply, 'help-offered', () =>
      stillThere(async () => this.help.offer(contextOf(request), id, await this.visits.body(HelpOfferRequest, { text: textOf(fields, 'text') }))),
    );
  }

  /** What somebody wants to do, or that they may be asked. */
  @Post(ROUTES.ownContribution)
  @Access(CIRCLE)
  async contribute(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    await this.pages.done(request, reply, 'contribution-offered', async () => {
      await this.contributions.offer(ctx, participant(ctx).caseId, await this.visits.body(ContributionRequest, fields, { flags: ['openOffer'] }));
    });
  }

  /** A main person's yes or "liever niet" to what somebody wants to do. */
  @Post(ROUTES.mineContribution)
  @Access({ roles: ['main-person'], knownDevice: true })
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('contributionId') id: string, @Body() fields: Fields): Promise<void> {
    const done = textOf(fields, 'accept') === 'true' ? 'contribution-accepted' : 'contribution-declined';
    await this.pages.done(request, reply, done, () =>
      stillThere(async () => this.contributions.answer(contextOf(request), id, await this.visits.body(ContributionResponse, fields, { flags: ['accept'] }))),
    );
  }
}

const MOVED_ON = ['not-found', 'state-conflict'];

/** What was answered, done or taken back meanwhile is no page that is missing: one's own page says so, and how it is now. */
async function stillThere(command: () => Promise<unknown>): Promise<void> {
  try {
    await command();
  } catch (error) {
    throw error instanceof Problem && MOVED_ON.includes(error.code) ? conflict('moved-on') : error;
  }
}

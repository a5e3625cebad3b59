import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { instantAt } from '../meetings/meetings.rules.js';
import { PlanningService } from '../meetings/planning.service.js';
import { ReviewRequest } from '../meetings/reviews.dto.js';
import { PerspectiveRequest, ProgressRequest } from '../plans/commitments.dto.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { ObstacleRequest } from '../plans/obstacles.dto.js';
import { ObstaclesService } from '../plans/obstacles.service.js';
import { SixWeeksService } from '../plans/six-weeks.service.js';
import type { Ctx } from '../platform/actor.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { CasePagesService } from './case-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { SixWeeksPage } from './six-weeks.pages.js';
import { SixWeeksPagesService } from './six-weeks-pages.service.js';
import { contextOf, textOf, versionOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}/zes-weken`: what came of the promises, and looking back. */
@ApiExcludeController()
@Controller()
export class SixWeeksPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly cases: CasePagesService,
    private readonly pages: SixWeeksPagesService,
    private readonly commitments: CommitmentsService,
    private readonly obstacles: ObstaclesService,
    private readonly planning: PlanningService,
    private readonly sixWeeks: SixWeeksService,
  ) {}

  @Get(ROUTES.sixWeeks)
  @Access(FACILITATOR)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.page(request));
  }

  /** How it goes, on their word. */
  @Post(ROUTES.sixWeeksProgress)
  @Access(FACILITATOR)
  async progress(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, 'noted', async (ctx) => {
      await this.commitments.report(ctx, id, versionOf(fields), await this.visits.body(ProgressRequest, rest));
    });
  }

  @Post(ROUTES.sixWeeksLater)
  @Access(FACILITATOR)
  async later(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, 'noted', async (ctx) => {
      await this.commitments.setPerspective(ctx, id, versionOf(fields), await this.visits.body(PerspectiveRequest, rest));
    });
  }

  /** What is in the way of it, on their word. */
  @Post(ROUTES.sixWeeksObstacle)
  @Access(FACILITATOR)
  async inTheWay(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, 'noted', async (ctx) => {
      await this.obstacles.raise(ctx, id, await this.visits.body(ObstacleRequest, fields));
    });
  }

  /** A suggested moment, or a day and a time as people type them; a time that does not exist is left for the check to refuse. */
  @Post(ROUTES.sixWeeksReview)
  @Access(FACILITATOR)
  async review(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { slot: _slot, date: _date, from: _from, ...rest } = fields;
    const chosen = textOf(fields, 'slot');
    const typed = (): string => instantAt(textOf(fields, 'date'), textOf(fields, 'from'))?.toISOString() ?? '?';
    await this.act(request, reply, 'review', async (ctx, caseId) => {
      const startsAt = chosen && chosen !== 'other' ? chosen : typed();
      await this.planning.review(ctx, caseId, await this.visits.body(ReviewRequest, { ...rest, startsAt }));
    });
  }

  /** Where nobody meets: the facilitator called round. */
  @Post(ROUTES.sixWeeksLookedBack)
  @Access(FACILITATOR)
  async lookedBack(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.act(request, reply, 'noted', (ctx, caseId) => this.sixWeeks.lookedBack(ctx, caseId));
  }

  private async act(request: StatefulRequest, reply: FastifyReply, done: string, command: (ctx: Ctx, caseId: string) => Promise<unknown>): Promise<void> {
    const ctx = contextOf(request);
    const caseId = await this.cases.idOf(ctx, referenceOf(request));
    const to = address(ROUTES.sixWeeks, { ref: referenceOf(request) });
    await this.visits.act(request, reply, { to, done, page: this.page(request) }, () => command(ctx, caseId));
  }

  private page(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const caseId = await this.cases.idOf(ctx, referenceOf(request));
      return <SixWeeksPage frame={frame} {...await this.pages.page(ctx, caseId)} />;
    };
  }
}

const referenceOf = (request: StatefulRequest): string => (request.params as { ref: string }).ref;

import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DirectorsRequest } from '../plans/directors.dto.js';
import { DirectorsService } from '../plans/directors.service.js';
import { ObstacleAnswers } from '../plans/obstacle-answers.service.js';
import { LessonRequest } from '../plans/obstacle-lessons.dto.js';
import { ObstacleLessons } from '../plans/obstacle-lessons.service.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { ROUTES } from './desk.routes.js';
import { LeadObstaclesPage } from './lead-obstacles.pages.js';
import { contextOf, VisitsService, type Fields, type Page } from './visits.service.js';

const LEAD = { roles: ['lead'] } as const;
const MOST = 100;

/** `/leiding/belemmeringen`: what stands long in all cases, what comes back, and who is written to. */
@ApiExcludeController()
@Controller()
export class LeadObstaclesPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly answers: ObstacleAnswers,
    private readonly lessons: ObstacleLessons,
    private readonly directors: DirectorsService,
  ) {}

  @Get(ROUTES.leadObstacles)
  @Access(LEAD)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.page(request));
  }

  @Post(ROUTES.leadDirectors)
  @Access(LEAD)
  async direct(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.leadObstacles, done: 'noted', page: this.page(request) }, async () => {
      const { items } = await this.visits.body(DirectorsRequest, fields, { rows: { items: 'organisation' } });
      await this.directors.replace(contextOf(request), items ?? []);
    });
  }

  @Post(ROUTES.leadLesson)
  @Access(LEAD)
  async learn(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.leadObstacles, done: 'noted', page: this.page(request) }, async () => {
      await this.lessons.write(contextOf(request), await this.visits.body(LessonRequest, fields));
    });
  }

  private page(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const { items } = await this.answers.standingForLead(ctx, MOST);
      return <LeadObstaclesPage frame={frame} standing={items} book={await this.lessons.book(ctx)} directors={(await this.directors.list(ctx)).items} />;
    };
  }
}

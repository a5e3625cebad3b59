import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CircleService } from '../circle/circle.service.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { DirectorMails } from '../plans/director-mails.service.js';
import { ObstacleAnswers } from '../plans/obstacle-answers.service.js';
import { DirectorMailAnswerRequest, ObstacleAnswer, ObstacleChange, ObstacleReopeningRequest, ObstacleRequest, RemovalRequest } from '../plans/obstacles.dto.js';
import { ObstaclesService } from '../plans/obstacles.service.js';
import { takesPart } from '../plans/plan-people.rules.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { invalidField } from '../platform/http/problem.js';
import { CaseObstaclesPage } from './case-obstacles.pages.js';
import { CasePagesService } from './case-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { contextOf, textOf, versionOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;
const MOST = 100;

/** `/werk/trajecten/{ref}/belemmeringen`: what is in the way in one case. */
@ApiExcludeController()
@Controller()
export class CaseObstaclesPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly cases: CasePagesService,
    private readonly circle: CircleService,
    private readonly commitments: CommitmentsService,
    private readonly obstacles: ObstaclesService,
    private readonly answers: ObstacleAnswers,
    private readonly mails: DirectorMails,
    private readonly database: Database,
  ) {}

  @Get(ROUTES.caseObstacles)
  @Access(FACILITATOR)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.page(request));
  }

  @Post(ROUTES.caseObstacles)
  @Access(FACILITATOR)
  async raise(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { commitmentId, ...fields }: Fields): Promise<void> {
    await this.act(request, reply, async (ctx) => {
      await this.obstacles.raise(ctx, textOf({ commitmentId }, 'commitmentId'), await this.visits.body(ObstacleRequest, fields));
    });
  }

  @Post(ROUTES.caseObstacleGone)
  @Access(FACILITATOR)
  async gone(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, async (ctx) => {
      await this.obstacles.remove(ctx, id, versionOf(fields), await this.visits.body(RemovalRequest, rest));
    });
  }

  @Post(ROUTES.caseObstacleBack)
  @Access(FACILITATOR)
  async back(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, async (ctx) => {
      await this.obstacles.reopen(ctx, id, versionOf(fields), await this.visits.body(ObstacleReopeningRequest, rest));
    });
  }

  @Post(ROUTES.caseObstacleMove)
  @Access(FACILITATOR)
  async move(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, async (ctx) => {
      const body = await this.visits.body(ObstacleChange, rest);
      if (!body.whoseMove) throw invalidField('/whoseMove', 'one-mover');
      await this.obstacles.change(ctx, id, versionOf(fields), body);
    });
  }

  @Post(ROUTES.caseObstacleShare)
  @Access(FACILITATOR)
  async share(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, async (ctx) => {
      await this.obstacles.change(ctx, id, versionOf(fields), await this.visits.body(ObstacleChange, rest, { flags: ['shareText'] }));
    });
  }

  /** What a main person said of the text for a director. */
  @Post(ROUTES.caseObstacleDirector)
  @Access(FACILITATOR)
  async director(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, async (ctx) => {
      await this.mails.answer(ctx, id, await this.visits.body(DirectorMailAnswerRequest, fields, { flags: ['agrees'] }));
    });
  }

  private async act(request: StatefulRequest, reply: FastifyReply, command: (ctx: Ctx) => Promise<void>): Promise<void> {
    const to = address(ROUTES.caseObstacles, { ref: referenceOf(request) });
    await this.visits.act(request, reply, { to, done: 'noted', page: this.page(request) }, () => command(contextOf(request)));
  }

  private page(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const reference = referenceOf(request);
    return async (frame) => {
      const caseId = await this.cases.idOf(ctx, reference);
      const { items } = await this.answers.list(ctx, { caseId, limit: MOST });
      const all = items.filter((item): item is ObstacleAnswer => 'whoseMove' in item);
      const contents = await this.database.view(ctx, async (tx) => ({
        people: (await this.circle.members(tx, caseId)).filter(takesPart),
        promises: (await this.commitments.pageOf(tx, { caseId, limit: MOST })).items,
      }));
      const people = contents.people.map(({ id, name }) => ({ value: id, label: name }));
      const standing = contents.promises.filter(({ state }) => ['promised', 'doing', 'running', 'blocked'].includes(state));
      return (
        <CaseObstaclesPage
          frame={frame}
          reference={reference}
          obstacles={[...all.filter(({ state }) => state === 'open'), ...all.filter(({ state }) => state !== 'open')]}
          promises={standing.map(({ id, memberName, text }) => ({ value: id, label: `${memberName}: ${text}` }))}
          people={people}
          mainPersons={contents.people.filter(({ isMainPerson }) => isMainPerson).map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    };
  }
}

const referenceOf = (request: StatefulRequest): string => (request.params as { ref: string }).ref;

import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import { DirectorMails } from './director-mails.service.js';
import { ObstacleAnswers, type AnyObstacle } from './obstacle-answers.service.js';
import {
  DirectorMailAnswerRequest,
  ObstacleAnswer,
  ObstacleChange,
  ObstacleForCircle,
  ObstacleForLead,
  ObstacleList,
  ObstacleQuery,
  ObstacleReopeningRequest,
  ObstacleRequest,
  RemovalRequest,
} from './obstacles.dto.js';
import { ObstaclesService } from './obstacles.service.js';

@ApiTags('plans')
@Controller('v1')
export class ObstaclesController {
  constructor(
    private readonly obstacles: ObstaclesService,
    private readonly answers: ObstacleAnswers,
    private readonly mails: DirectorMails,
  ) {}

  /** Something is in the way of a promise, and somebody has to move: it is `blocked`. By who promised, or the facilitator. */
  @Post('commitments/:id/obstacles')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  raise(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ObstacleRequest): Promise<ObstacleAnswer> {
    return this.obstacles.raise(ctx, id, body);
  }

  /** What is in the way in your own cases, or of what you do; for a lead what stands for five working days. Oldest first. */
  @Get('obstacles')
  @Access({ roles: ['facilitator', 'lead', 'main-person', 'member'] })
  list(@Context() ctx: Ctx, @Query() query: ObstacleQuery): Promise<ObstacleList> {
    return this.answers.list(ctx, query);
  }

  @Get('obstacles/:id')
  @AnswersAnyOf(200, ObstacleAnswer, ObstacleForCircle, ObstacleForLead)
  @Access({ roles: ['facilitator', 'lead', 'main-person', 'member'] })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<AnyObstacle> {
    return this.answers.read(ctx, id);
  }

  /** Another one's move, or whether the lead may read the text (the facilitator's). The clock goes on. */
  @Patch('obstacles/:id')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  change(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: ObstacleChange,
  ): Promise<ObstacleAnswer> {
    return this.obstacles.change(ctx, id, seen, body);
  }

  /** It is gone; the promise is `doing` again when nothing else is in its way. */
  @Post('obstacles/:id/removal')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  remove(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: RemovalRequest): Promise<ObstacleAnswer> {
    return this.obstacles.remove(ctx, id, seen, body);
  }

  /** It is in the way again; the clock starts anew. */
  @Post('obstacles/:id/reopening')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  reopen(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: ObstacleReopeningRequest,
  ): Promise<ObstacleAnswer> {
    return this.obstacles.reopen(ctx, id, seen, body);
  }

  /** Says whether the text for a director may go: each main person, or the facilitator who notes it. It goes with the yes of all. */
  @Post('obstacles/:id/director-mail-answers')
  @HttpCode(200)
  @AnswersAnyOf(200, ObstacleAnswer, ObstacleForCircle)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  answer(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: DirectorMailAnswerRequest): Promise<AnyObstacle> {
    return this.mails.answer(ctx, id, body);
  }
}

import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { ReferrerContact, ReferrerContactRequest, TaskPage, TaskQuery } from './tasks.dto.js';
import { TasksService } from './tasks.service.js';

@ApiTags('circle')
@Controller('v1')
export class TasksController {
  constructor(private readonly tasks: TasksService) {}

  /** What waits for the facilitator, person by person: what is due first stands first. */
  @Get('tasks')
  @Access({ roles: ['facilitator'] })
  list(@Context() ctx: Ctx, @Query() query: TaskQuery): Promise<TaskPage> {
    return this.tasks.list(ctx, query);
  }

  /** Notes that the facilitator reached who referred; the first time counts. */
  @Post('cases/:id/referrer-contact')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  referrer(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ReferrerContactRequest): Promise<ReferrerContact> {
    return this.tasks.referrerReached(ctx, id, body);
  }
}

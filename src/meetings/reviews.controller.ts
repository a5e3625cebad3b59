import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { MeetingAnswer } from './meetings.dto.js';
import { PlanningService } from './planning.service.js';
import { ReviewRequest } from './reviews.dto.js';

@ApiTags('meetings')
@Controller('v1/cases/:id/reviews')
export class ReviewsController {
  constructor(private readonly planning: PlanningService) {}

  /** Fixes a date to look back on the plan; from then on a meeting like any other, which never moves the case. */
  @Post()
  @Access({ roles: ['facilitator'] })
  async plan(
    @Context() ctx: Ctx,
    @IdParam('id') caseId: string,
    @Body() body: ReviewRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingAnswer> {
    const review = await this.planning.review(ctx, caseId, body);
    reply.header('Location', `/v1/meetings/${review.id}`);
    return review;
  }
}

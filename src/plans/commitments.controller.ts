import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { CommitmentAnswer, CommitmentChange, CommitmentList, CommitmentQuery, PerspectiveRequest, ProgressRequest } from './commitments.dto.js';
import { CommitmentsService } from './commitments.service.js';

@ApiTags('plans')
@Controller('v1/commitments')
export class CommitmentsController {
  constructor(private readonly commitments: CommitmentsService) {}

  /** What is done in the facilitator's own cases, or by yourself; soonest first. */
  @Get()
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  list(@Context() ctx: Ctx, @Query() query: CommitmentQuery): Promise<CommitmentList> {
    return this.commitments.list(ctx, query);
  }

  @Get(':id')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<CommitmentAnswer> {
    return this.commitments.read(ctx, id);
  }

  /** Changes what was agreed; the fixed plan stays as it is. Needs If-Match. */
  @Patch(':id')
  @Access({ roles: ['facilitator'] })
  change(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: CommitmentChange,
  ): Promise<CommitmentAnswer> {
    return this.commitments.change(ctx, id, seen, body);
  }

  /** How it goes: each says so of their own, the facilitator for those without a link. */
  @Post(':id/progress')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  report(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: ProgressRequest,
  ): Promise<CommitmentAnswer> {
    return this.commitments.report(ctx, id, seen, body);
  }

  /** Not kept yet: when it will be, and why not now. Said again it takes the place of what was said before. */
  @Post(':id/perspective')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  perspective(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: PerspectiveRequest,
  ): Promise<CommitmentAnswer> {
    return this.commitments.setPerspective(ctx, id, seen, body);
  }
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { CancellationsService } from './cancellations.service.js';
import { MeetingAnswer } from './meetings.dto.js';
import { CancellationRequest, MoveRequest } from './moving.dto.js';
import { MovingService } from './moving.service.js';

@ApiTags('meetings')
@Controller('v1')
export class MovingController {
  constructor(
    private readonly moving: MovingService,
    private readonly cancellations: CancellationsService,
  ) {}

  /** Moves a fixed meeting to another date, or another place. Everyone who takes part hears of it once, and is asked again. */
  @Post('meetings/:id/move')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  move(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() version: number | null, @Body() body: MoveRequest): Promise<MeetingAnswer> {
    return this.moving.move(ctx, id, body, version);
  }

  /** Calls a date off, or the search for one. The case is prepared again, or goes on with its plan. */
  @Post('meetings/:id/cancellation')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  cancel(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() version: number | null,
    @Body() body: CancellationRequest,
  ): Promise<MeetingAnswer> {
    return this.cancellations.cancel(ctx, id, body, version);
  }
}

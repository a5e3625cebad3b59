import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { PageQuery } from '../platform/http/cursor.js';
import { FacilitatorList, HandoverRequest, MovedCaseload } from './handover.dto.js';
import { HandoverService } from './handover.service.js';

@ApiTags('cases')
@Controller('v1/facilitators')
export class FacilitatorsController {
  constructor(private readonly handovers: HandoverService) {}

  /** The facilitators by name, with how many cases they have open and whether they are on duty. */
  @Get()
  @Access({ roles: ['facilitator', 'lead'] })
  list(@Context() ctx: Ctx, @Query() query: PageQuery): Promise<FacilitatorList> {
    return this.handovers.facilitators(ctx, query);
  }

  /**
   * Gives all that somebody has to somebody else in one step: open cases, agenda, tasks and duties. 409 with `meetings` when the
   * one who takes over is elsewhere at that time: name a stand-in for each.
   */
  @Post(':id/handover')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'lead', 'admin'] })
  handOver(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: HandoverRequest): Promise<MovedCaseload> {
    return this.handovers.ofCaseload(ctx, id, body);
  }
}

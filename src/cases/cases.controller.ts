import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, Entering, IdParam, IfMatch, type Unentered } from '../platform/http/access.js';
import { PageQuery } from '../platform/http/cursor.js';
import { CaseListsService } from './case-lists.service.js';
import { CaseList, CaseQuery, CaseSummary, ClosureRequest, SafetyCheckAnswer, SafetyCheckRequest, StopRequest, Timeline } from './cases.dto.js';
import { CasesService } from './cases.service.js';
import { HandoverRequest } from './handover.dto.js';
import { HandoverService } from './handover.service.js';

@ApiTags('cases')
@Controller('v1/cases')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly lists: CaseListsService,
    private readonly handovers: HandoverService,
  ) {}

  /** A facilitator's own cases, or every case for a lead; newest first. */
  @Get()
  @Access({ roles: ['facilitator', 'lead'], entersItself: true })
  list(@Entering() entering: Unentered, @Query() query: CaseQuery): Promise<CaseList> {
    return this.lists.list(entering, query);
  }

  /** What happened, newest first, as far as the reader may see it. */
  @Get(':id/timeline')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  timeline(@Context() ctx: Ctx, @IdParam('id') id: string, @Query() query: PageQuery): Promise<Timeline> {
    return this.cases.timeline(ctx, id, query);
  }

  /** Records the safety check. Until it is complete no meeting is planned where it is needed. */
  @Put(':id/safety-check')
  @Access({ roles: ['facilitator'] })
  checkSafety(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: SafetyCheckRequest,
  ): Promise<SafetyCheckAnswer> {
    return this.cases.checkSafety(ctx, id, body, seen);
  }

  /** Stops a case with its reason; everything planned is called off. */
  @Post(':id/stop')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  stop(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: StopRequest,
  ): Promise<CaseSummary> {
    return this.cases.stop(ctx, id, body, seen);
  }

  /** Closes a case with what came of it. */
  @Post(':id/closure')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  close(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: ClosureRequest,
  ): Promise<CaseSummary> {
    return this.cases.close(ctx, id, body, seen);
  }

  /** Gives a case to another facilitator, with its meetings and tasks; people who were in contact hear who follows. */
  @Post(':id/handover')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'lead'] })
  handOver(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: HandoverRequest,
  ): Promise<CaseSummary> {
    return this.handovers.ofCase(ctx, id, body, seen);
  }
}

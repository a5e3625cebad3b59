import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { MicroAnalysisAnswer, MicroAnalysisQuery } from './micro-analysis.dto.js';
import { MicroAnalysisService } from './micro-analysis.service.js';

@ApiTags('micro-analysis')
@Controller('v1')
export class MicroAnalysisController {
  constructor(private readonly analysis: MicroAnalysisService) {}

  /** Wellbeing and costs before and after, by payer, with ranges and limits. A main person reads their own case. */
  @Get('cases/:id/micro-analysis')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  read(@Context() ctx: Ctx, @IdParam('id') id: string, @Query() query: MicroAnalysisQuery): Promise<MicroAnalysisAnswer> {
    return this.analysis.read(ctx, id, query);
  }
}

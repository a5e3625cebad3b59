import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { CaseSummary } from './cases.dto.js';
import { ReopeningRequest } from './reopening.dto.js';
import { ReopeningService } from './reopening.service.js';

@ApiTags('cases')
@Controller('v1/cases')
export class ReopeningController {
  constructor(private readonly reopenings: ReopeningService) {}

  /** Takes up a case again that was closed less than a year ago: weer bij elkaar. A main person does so too. */
  @Post(':id/reopening')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  reopen(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: ReopeningRequest): Promise<CaseSummary> {
    return this.reopenings.reopen(ctx, id, body, seen);
  }
}

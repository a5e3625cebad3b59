import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { PreconditionsAnswer, PreconditionsHistory, PreconditionsRequest, PreconditionsState } from './preconditions.dto.js';
import { PreconditionsService } from './preconditions.service.js';

const OWN = { roles: ['facilitator', 'main-person'], knownDevice: true } as const;

@ApiTags('plans')
@Controller('v1/cases/:id/preconditions')
export class PreconditionsController {
  constructor(private readonly preconditions: PreconditionsService) {}

  /** How home, money, relations and days stand, with what was said of them; version 0 as long as nothing was. */
  @Get()
  @Access(OWN)
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PreconditionsState> {
    return this.preconditions.read(ctx, id);
  }

  /** Writes how they stand; by a main person themself, or noted by the facilitator. */
  @Put()
  @Access(OWN)
  write(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: PreconditionsRequest): Promise<PreconditionsAnswer> {
    return this.preconditions.write(ctx, id, seen, body);
  }

  /** How they stood at every moment, newest first. */
  @Get('history')
  @Access(OWN)
  history(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PreconditionsHistory> {
    return this.preconditions.history(ctx, id);
  }
}

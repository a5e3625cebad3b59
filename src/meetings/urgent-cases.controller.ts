import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { NotHeldAnswer, NotHeldRequest, TonightAnswer, TonightRequest } from './urgent-cases.dto.js';
import { UrgentCasesService } from './urgent-cases.service.js';

@ApiTags('meetings')
@Controller('v1/cases/:id')
export class UrgentCasesController {
  constructor(private readonly urgentCases: UrgentCasesService) {}

  /** Who is there tonight, of an urgent case that meets tomorrow. */
  @Put('tonight')
  @Access({ roles: ['facilitator'], refuses: [409] })
  tonight(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() { who }: TonightRequest): Promise<TonightAnswer> {
    return this.urgentCases.noteTonight(ctx, id, who);
  }

  /** Why an urgent case was not held the same day; the leads hear it. */
  @Post('not-held')
  @HttpCode(200)
  @Access({ roles: ['facilitator'], refuses: [409] })
  notHeld(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: NotHeldRequest): Promise<NotHeldAnswer> {
    return this.urgentCases.noteNotHeld(ctx, id, body);
  }
}

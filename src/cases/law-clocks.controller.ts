import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { PageQuery } from '../platform/http/cursor.js';
import { LawClockAnswer, LawClockChange, LawClocks, LawSettings, OpenLawClocks } from './law-clocks.dto.js';
import { LawClocksService } from './law-clocks.service.js';

@ApiTags('cases')
@Controller('v1')
export class LawClocksController {
  constructor(private readonly clocks: LawClocksService) {}

  /** The laws whose terms are shown here. */
  @Get('law-settings')
  @Access({ roles: ['facilitator', 'lead', 'admin'] })
  settings(@Context() ctx: Ctx): Promise<LawSettings> {
    return this.clocks.settings(ctx);
  }

  /** Chooses the laws for cases that are opened from now on. */
  @Put('law-settings')
  @Access({ roles: ['lead', 'admin'] })
  change(@Context() ctx: Ctx, @Body() body: LawSettings): Promise<LawSettings> {
    return this.clocks.change(ctx, body);
  }

  /** Open terms of law, the first to end first: a lead's all, a facilitator's own. */
  @Get('law-clocks')
  @Access({ roles: ['facilitator', 'lead'] })
  open(@Context() ctx: Ctx, @Query() query: PageQuery): Promise<OpenLawClocks> {
    return this.clocks.open(ctx, query);
  }

  /** The terms of law that run in this case. */
  @Get('cases/:id/law-clocks')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  ofCase(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<LawClocks> {
    return this.clocks.ofCase(ctx, id);
  }

  /** Notes the day on which it was done; null takes that back. */
  @Put('cases/:id/law-clocks/:clock')
  @Access({ roles: ['facilitator'] })
  note(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @Param('clock') clock: string,
    @Body() body: LawClockChange,
  ): Promise<LawClockAnswer> {
    return this.clocks.note(ctx, id, clock, body.doneOn ?? null);
  }
}

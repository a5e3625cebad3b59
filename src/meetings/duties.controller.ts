import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { Roster, RosterRequest } from './duties.dto.js';
import { DutiesService } from './duties.service.js';

@ApiTags('meetings')
@Controller('v1/duty-roster')
export class DutiesController {
  constructor(private readonly duties: DutiesService) {}

  /** Who is on duty when: the whole roster. */
  @Get()
  @Access({ roles: ['facilitator', 'lead'] })
  read(@Context() ctx: Ctx): Promise<Roster> {
    return this.duties.roster(ctx);
  }

  /** Puts this roster in place of the one there was. */
  @Put()
  @Access({ roles: ['lead'] })
  replace(@Context() ctx: Ctx, @Body() { items }: RosterRequest): Promise<Roster> {
    return this.duties.replace(ctx, items);
  }
}

import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { DutySettingsAnswer, DutySettingsRequest, Roster, RosterRequest } from './duties.dto.js';
import { DutiesService } from './duties.service.js';
import { DutySettings } from './duty-settings.service.js';

@ApiTags('meetings')
@Controller('v1')
export class DutiesController {
  constructor(
    private readonly duties: DutiesService,
    private readonly settings: DutySettings,
  ) {}

  /** Who is on duty when: the whole roster. */
  @Get('duty-roster')
  @Access({ roles: ['facilitator', 'lead'] })
  read(@Context() ctx: Ctx): Promise<Roster> {
    return this.duties.roster(ctx);
  }

  /** Puts this roster in place of the one there was. */
  @Put('duty-roster')
  @Access({ roles: ['lead'] })
  replace(@Context() ctx: Ctx, @Body() { items }: RosterRequest): Promise<Roster> {
    return this.duties.replace(ctx, items);
  }

  /** Whom to call when nobody is on duty. */
  @Get('duty-settings')
  @Access({ roles: ['facilitator', 'lead'] })
  settingsNow(@Context() ctx: Ctx): Promise<DutySettingsAnswer> {
    return this.settings.read(ctx);
  }

  /** Chooses another number, or the organisation's own again. */
  @Put('duty-settings')
  @Access({ roles: ['lead'] })
  changeSettings(@Context() ctx: Ctx, @Body() { phone }: DutySettingsRequest): Promise<DutySettingsAnswer> {
    return this.settings.change(ctx, phone ?? null);
  }
}

import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { ChairRequest, Script } from './script.dto.js';
import { ScriptService } from './script.service.js';

@ApiTags('meetings')
@Controller('v1')
export class ScriptController {
  constructor(private readonly scripts: ScriptService) {}

  /** How the meeting goes, phase by phase: for its facilitator, whom it is about, and who leads it. 404 for everyone else. */
  @Get('meetings/:id/script')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  show(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<Script> {
    return this.scripts.show(ctx, id);
  }

  /** Somebody of the circle leads the meeting from now on, or whom its kind of case says does so again. */
  @Put('meetings/:id/chair')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: 'main-person' })
  chair(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() version: number | null, @Body() body: ChairRequest): Promise<Script> {
    return this.scripts.setChair(ctx, id, body, version);
  }
}

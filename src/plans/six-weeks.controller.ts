import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { Composite } from '../platform/http/etag.js';
import { SixWeeksAnswer } from './six-weeks.dto.js';
import { SixWeeksService } from './six-weeks.service.js';

@ApiTags('plans')
@Controller('v1/cases/:id/six-weeks')
export class SixWeeksController {
  constructor(private readonly sixWeeks: SixWeeksService) {}

  /** Every promise of the plan as it stands: done, with perspective, with something in the way, or still to be sorted. */
  @Get()
  @Composite()
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<SixWeeksAnswer> {
    return this.sixWeeks.read(ctx, id);
  }
}

import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { DEFAULT_LIMIT, decodeCursor, page, PageQuery } from '../platform/http/cursor.js';
import { invalidField } from '../platform/http/problem.js';
import { InstrumentList, MeasurementAnswer, NewMeasurement } from './wellbeing.dto.js';
import { WellbeingService } from './wellbeing.service.js';

@ApiTags('micro-analysis')
@Controller('v1')
export class WellbeingController {
  constructor(private readonly wellbeing: WellbeingService) {}

  /** The instruments as data: items, range, score, threshold, source, licence, and the words to ask them in. */
  @Get('wellbeing-instruments')
  @Access({ roles: ['facilitator', 'lead', 'analyst', 'main-person'] })
  instruments(@Query() query: PageQuery): InstrumentList {
    const after = decodeCursor(query.after, ['string'])?.[0] as string | undefined;
    const all = this.wellbeing.instruments();
    if (after !== undefined && !all.some(({ id }) => id === after)) throw invalidField('/after', 'cursor');
    const rows = all.filter(({ id }) => id > (after ?? ''));
    return page(rows, query.limit ?? DEFAULT_LIMIT, ({ id }) => [id]);
  }

  /** Keeps what a main person answered, and gives the score. */
  @Post('cases/:id/wellbeing-measurements')
  @Access({ roles: ['facilitator', 'main-person'] })
  measure(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: NewMeasurement): Promise<MeasurementAnswer> {
    return this.wellbeing.measure(ctx, id, body);
  }
}

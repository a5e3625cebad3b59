import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { MonthlyFiguresAnswer, MonthsQuery } from './figures.dto.js';
import { FIGURE_COLUMNS, preferred, toCsv } from './figures.rules.js';
import { FiguresService } from './figures.service.js';

@ApiTags('micro-analysis')
@Controller('v1/reports')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  /** The organisation's own counts per month, as JSON or as text/csv that no spreadsheet calculates with. */
  @Get('monthly-figures')
  @Access({ roles: ['lead'], produces: ['text/csv'] })
  @ApiExtraModels(MonthlyFiguresAnswer)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(MonthlyFiguresAnswer) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async monthly(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MonthlyFiguresAnswer | string> {
    const type = preferred(accept, ['application/json', 'text/csv']);
    if (!type) throw new Problem(406, 'not-acceptable');
    const items = await this.figures.monthly(ctx, query);
    reply.header('Vary', 'Accept');
    if (type === 'application/json') return { items };
    reply.header('Content-Type', 'text/csv; charset=utf-8');
    reply.header('Content-Disposition', 'attachment; filename="monthly-figures.csv"');
    return toCsv(FIGURE_COLUMNS, items.map((row) => ({ ...row })));
  }
}

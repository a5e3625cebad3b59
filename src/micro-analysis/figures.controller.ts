import { applyDecorators, Controller, Get, Headers, Query, Res, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, preferred } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { CircleGrowthAnswer, DropOffAnswer, LeadTimesAnswer, MonthlyFiguresAnswer, MonthsQuery, ObstaclesAnswer, ReachAnswer } from './figures.dto.js';
import { reportCsv, type ReportName } from './figures.rules.js';
import { FiguresService } from './figures.service.js';

/** A report of the organisation's own counts: for leads, as JSON or as text/csv that no spreadsheet calculates with. */
const Report = (name: ReportName, answer: Type): MethodDecorator =>
  applyDecorators(
    Get(name),
    Access({ roles: ['lead'], produces: ['text/csv'] }),
    ApiExtraModels(answer),
    ApiOkResponse({
      content: {
        'application/json': { schema: { $ref: getSchemaPath(answer) } },
        'text/csv': { schema: { type: 'string' } },
      },
    }),
  );

@ApiTags('micro-analysis')
@Controller('v1/reports')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  /** The organisation's own counts per month. */
  @Report('monthly-figures', MonthlyFiguresAnswer)
  async monthly(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MonthlyFiguresAnswer | string> {
    return answer('monthly-figures', accept, reply, () => this.figures.monthly(ctx, query));
  }

  /** How many days each step took, from the referral to what people promised, of the steps that ended in these months. */
  @Report('lead-times', LeadTimesAnswer)
  async leadTimes(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LeadTimesAnswer | string> {
    return answer('lead-times', accept, reply, () => this.figures.leadTimes(ctx, query));
  }

  /** How large the circle was at referral, meeting, first and last review, of the moments that came in these months. */
  @Report('circle-growth', CircleGrowthAnswer)
  async circleGrowth(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CircleGrowthAnswer | string> {
    return answer('circle-growth', accept, reply, () => this.figures.circleGrowth(ctx, query));
  }

  /** What was in the way of promises, by its kind: what came up and went away in these months, and what stood at their end. */
  @Report('obstacles', ObstaclesAnswer)
  async obstacles(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ObstaclesAnswer | string> {
    return answer('obstacles', accept, reply, () => this.figures.obstacles(ctx, query));
  }

  /** How many people were approached, reached and heard by each channel. The message log is kept for 90 days: older months know attempts at contact only. */
  @Report('reach', ReachAnswer)
  async reach(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReachAnswer | string> {
    return answer('reach', accept, reply, () => this.figures.reach(ctx, query));
  }

  /** How many cases and people came to each step, how many stopped there, and why, of the referrals and people of these months. */
  @Report('drop-off', DropOffAnswer)
  async dropOff(
    @Context() ctx: Ctx,
    @Query() query: MonthsQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DropOffAnswer | string> {
    return answer('drop-off', accept, reply, () => this.figures.dropOff(ctx, query));
  }
}

/** The rows in the form that was asked for; 406 for another one. */
async function answer<Row extends object>(
  name: ReportName,
  accept: string | undefined,
  reply: FastifyReply,
  rows: () => Promise<Row[]>,
): Promise<{ items: Row[] } | string> {
  const type = preferred(accept, ['application/json', 'text/csv']);
  if (!type) throw new Problem(406, 'not-acceptable');
  const items = await rows();
  reply.header('Vary', 'Accept');
  if (type === 'application/json') return { items };
  reply.header('Content-Type', 'text/csv; charset=utf-8');
  reply.header('Content-Disposition', `attachment; filename="${name}.csv"`);
  return reportCsv(name, items);
}

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { readMonths, REPORT_COLUMNS, reportCsv, type ReportName } from '../micro-analysis/figures.rules.js';
import { FiguresService } from '../micro-analysis/figures.service.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { ROUTES } from './desk.routes.js';
import { LeadFiguresPage } from './lead-figures.pages.js';
import { contextOf, VisitsService } from './visits.service.js';

const LEAD = { roles: ['lead'] } as const;
const YEARS_BACK = 2;

interface Asked {
  van?: string;
  tot?: string;
}

/** `/leiding/cijfers`: the reports of own counts as a page, and as files. */
@ApiExcludeController()
@Controller()
export class LeadFiguresPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly figures: FiguresService,
    private readonly clock: Clock,
  ) {}

  @Get(ROUTES.leadFigures)
  @Access(LEAD)
  async page(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() asked: Asked): Promise<void> {
    const ctx = contextOf(request);
    const months = this.months(asked);
    const { from, to } = months;
    await this.visits.show(request, reply, async (frame) => {
      const leadTimes = await this.figures.leadTimes(ctx, months);
      const growth = await this.figures.circleGrowth(ctx, months);
      const reach = await this.figures.reach(ctx, months);
      const dropOff = await this.figures.dropOff(ctx, months);
      const marks = await this.figures.marks(ctx, months);
      const thisYear = Number(localDay(this.clock.now()).slice(0, 4));
      const years = Array.from({ length: YEARS_BACK + 1 }, (_, i) => thisYear - i);
      return <LeadFiguresPage frame={frame} from={from} to={to} years={years} leadTimes={leadTimes} growth={growth} reach={reach} dropOff={dropOff} marks={marks} />;
    });
  }

  @Get(ROUTES.leadFiguresFile)
  @Access(LEAD)
  async file(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() asked: Asked): Promise<void> {
    const name = (request.params as { name: string }).name.replace(/\.csv$/, '');
    if (!Object.hasOwn(REPORT_COLUMNS, name)) throw notFound();
    const csv = reportCsv(name as ReportName, await this.rows(contextOf(request), name as ReportName, this.months(asked)));
    void reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', `attachment; filename="${name}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(csv);
  }

  private rows(ctx: Ctx, name: ReportName, months: { from: string; to: string }): Promise<object[]> {
    const reports: Record<ReportName, () => Promise<object[]>> = {
      'monthly-figures': () => this.figures.monthly(ctx, months),
      'lead-times': () => this.figures.leadTimes(ctx, months),
      'circle-growth': () => this.figures.circleGrowth(ctx, months),
      obstacles: () => this.figures.obstacles(ctx, months),
      reach: () => this.figures.reach(ctx, months),
      'drop-off': () => this.figures.dropOff(ctx, months),
    };
    return reports[name]();
  }

  private months({ van, tot }: Asked): { from: string; to: string } {
    const asked = { ...(van === undefined ? {} : { from: van }), ...(tot === undefined ? {} : { to: tot }) };
    const { first, last } = readMonths(asked, this.clock.now());
    return { from: first, to: last };
  }
}

import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AbsenceRequest, AvailabilityRequest } from '../meetings/availability.dto.js';
import { AvailabilityService } from '../meetings/availability.service.js';
import { CalendarFeedsService } from '../meetings/calendar-feeds.service.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { actorId } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { AgendaPage, ShownFeedPage } from './agenda.pages.js';
import { ROUTES } from './desk.routes.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const MOST_FREE = 5;
const WEEKS_AHEAD_MS = 8 * 7 * 24 * 60 * 60 * 1000;

/** `/werk/agenda`: one's own weeks, hours and absences, and the address for a calendar program. */
@ApiExcludeController()
@Controller()
export class AgendaPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly availability: AvailabilityService,
    private readonly feeds: CalendarFeedsService,
    private readonly meetings: MeetingsService,
    private readonly database: Database,
  ) {}

  @Get(ROUTES.agenda)
  @Access(FACILITATOR)
  async agenda(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own(request));
  }

  @Post(ROUTES.agendaHours)
  @Access(FACILITATOR)
  async hours(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.agenda, done: 'hours-changed', page: this.own(request) }, async () => {
      const typed = WEEKDAYS.map((weekday) => ({ weekday, from: textOf(fields, `from.${weekday}`), until: textOf(fields, `until.${weekday}`) }));
      const hours = typed.filter(({ from, until }) => from || until).map(({ weekday, from, until }) => ({ weekday, from: minuteOf(from), until: minuteOf(until) }));
      const shape = { numbers: ['hours.*.weekday', 'hours.*.from', 'hours.*.until'] };
      const asFields = Object.fromEntries(hours.flatMap((part, i) => Object.entries(part).map(([name, value]) => [`hours.${i}.${name}`, String(value)])));
      await this.availability.replace(contextOf(request), hours.length === 0 ? { hours: [] } : await this.visits.body(AvailabilityRequest, asFields, shape));
    });
  }

  @Post(ROUTES.agendaAbsences)
  @Access(FACILITATOR)
  async absent(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.agenda, done: 'absence-added', page: this.own(request) }, async () => {
      await this.availability.add(contextOf(request), await this.visits.body(AbsenceRequest, fields));
    });
  }

  @Post(ROUTES.agendaAbsence)
  @Access(FACILITATOR)
  async present(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('absenceId') id: string): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.agenda, done: 'absence-removed', page: this.own(request) }, () =>
      this.availability.remove(contextOf(request), id),
    );
  }

  /** Shows the address at once: it cannot be shown again. */
  @Post(ROUTES.agendaFeed)
  @Access(FACILITATOR)
  async feed(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { url } = await this.feeds.make(contextOf(request));
    await this.visits.show(request, reply, (frame) => <ShownFeedPage frame={frame} url={url} />);
  }

  @Post(ROUTES.agendaFeedEnd)
  @Access(FACILITATOR)
  async feedEnd(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.agenda, done: 'feed-ended', page: this.own(request) }, () =>
      this.feeds.end(contextOf(request)),
    );
  }

  private own(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const staffId = actorId(ctx.actor)!;
    return async (frame) => {
      const { hours } = await this.availability.own(ctx);
      const { items } = await this.availability.absences(ctx);
      const rest = await this.database.view(ctx, async (tx) => ({
        meetings: await this.meetings.ahead(tx, staffId, { from: tx.now, to: new Date(tx.now.getTime() + WEEKS_AHEAD_MS) }),
        free: await this.availability.suggestions(tx, staffId, MOST_FREE),
        feedSince: await this.feeds.since(tx, staffId),
      }));
      return <AgendaPage frame={frame} hours={hours} absences={items} {...rest} />;
    };
  }
}

/** A time of day in minutes; what is none is refused by the check that follows. */
function minuteOf(typed: string): number {
  const found = /^(\d{2}):(\d{2})$/.exec(typed);
  return found ? Number(found[1]) * 60 + Number(found[2]) : -1;
}

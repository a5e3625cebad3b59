import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LooksService } from '../audit/looks.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { DEFAULT_LIMIT } from '../platform/http/cursor.js';
import { textsFor } from '../texts/texts.js';
import { dayOfYear, time, type Instant } from '../web/format.js';
import { ROUTES } from './desk.routes.js';
import { LogPage, LooksPage } from './looks.pages.js';
import { LOG_FILTER, LOG_NAMES, NEWEST_SEAL } from './looks-pages.queries.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, VisitsService } from './visits.service.js';

interface Asked {
  nummer?: string;
  persoon?: string;
  na?: string;
}

/** Who looked at what: for everyone in a circle at what is theirs, for an admin all of it. */
@ApiExcludeController()
@Controller()
export class LooksPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly looks: LooksService,
    private readonly participants: ParticipantPagesService,
    private readonly database: Database,
  ) {}

  @Get(ROUTES.mineLooks)
  @Access({ roles: ['main-person'], knownDevice: true })
  mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.own(request, reply);
  }

  @Get(ROUTES.circleLooks)
  @Access({ roles: ['member'], knownDevice: true })
  circle(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.own(request, reply);
  }

  @Get(ROUTES.adminLog)
  @Access({ roles: ['admin'] })
  async log(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { nummer = '', persoon = '', na } = request.query as Asked;
    const ctx = contextOf(request);
    const asked = { reference: nummer.trim(), person: persoon.trim() };
    const { caseId, actorId, seal } = await this.found(ctx, asked);
    const unknown = (asked.reference !== '' && !caseId) || (asked.person !== '' && !actorId);
    const { items, next } = unknown ? { items: [], next: null } : await this.looks.events(ctx, { caseId, actorId, after: na, limit: DEFAULT_LIMIT });
    const ids = items.flatMap((event) => (event.actorKind === 'staff' && event.actorId ? [event.actorId] : []));
    const names = await this.database.view(ctx, (tx) => named<{ id: string; name: string }>(tx, LOG_NAMES, [tx.organisationId, ids]));
    const events = items.map((event) => ({
      ...event,
      name: names.find(({ id }) => id === event.actorId)?.name ?? null,
      moment: moment(event.at),
    }));
    const older = next && `${ROUTES.adminLog}?${new URLSearchParams({ nummer: asked.reference, persoon: asked.person, na: next }).toString()}`;
    await this.visits.show(request, reply, (frame) => (
      <LogPage frame={frame} events={events} asked={asked} unknown={unknown} seal={seal} next={older} />
    ));
  }

  private async own(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const ctx = contextOf(request);
    const { na: after } = request.query as Asked;
    const [{ items, next }, contact] = await Promise.all([this.looks.own(ctx, { after }), this.participants.contactOf(ctx)]);
    await this.visits.show(request, reply, (frame) => (
      <LooksPage frame={{ ...frame, contact }} mainPerson={participant(ctx).isMainPerson} looks={items} next={next} />
    ));
  }

  private async found(
    ctx: Ctx,
    { reference, person }: { reference: string; person: string },
  ): Promise<{ caseId?: string; actorId?: string; seal: { number: number; date: string } | null }> {
    return this.database.view(ctx, async (tx) => {
      const [row] = await named<{ caseId: string | null; actorId: string | null }>(tx, LOG_FILTER, [tx.organisationId, reference, person]);
      const [seal] = await named<{ number: number; at: Date }>(tx, NEWEST_SEAL, [tx.organisationId]);
      return {
        caseId: row?.caseId ?? undefined,
        actorId: row?.actorId ?? undefined,
        seal: seal ? { number: seal.number, date: moment(seal.at) } : null,
      };
    });
  }
}

const moment = (at: Instant): string => textsFor('nl').web.dates.at(dayOfYear(at), time(at));

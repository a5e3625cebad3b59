import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HandoverRequest } from '../cases/handover.dto.js';
import { HandoverService } from '../cases/handover.service.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { AgendaHandoverService } from '../meetings/agenda-handover.service.js';
import { DutyRequest, DutySettingsRequest } from '../meetings/duties.dto.js';
import { DutiesService } from '../meetings/duties.service.js';
import { DutySettings } from '../meetings/duty-settings.service.js';
import { instantAt } from '../meetings/meetings.rules.js';
import { Database } from '../platform/database/database.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { WaitingService } from '../referrals/waiting.service.js';
import { CasePagesService } from './case-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { HandoverPage, LeadPage } from './lead.pages.js';
import { UrgentPagesService } from './urgent-pages.service.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const LEAD = { roles: ['lead'] } as const;
const FACILITATOR = { roles: ['facilitator'] } as const;
const MOST_FACILITATORS = 100;
const MOST_CLOCKS = 25;
/** A stand-in that was not chosen is none. */
const HANDOVER_FORM = { rows: { standIns: 'facilitatorId' } };

/** `/leiding`: workload, duty roster and handover, and the same handover for one case of one's own. */
@ApiExcludeController()
@Controller()
export class LeadPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly handovers: HandoverService,
    private readonly agendas: AgendaHandoverService,
    private readonly duties: DutiesService,
    private readonly dutySettings: DutySettings,
    private readonly urgent: UrgentPagesService,
    private readonly lawClocks: LawClocksService,
    private readonly waiting: WaitingService,
    private readonly cases: CasePagesService,
    private readonly database: Database,
  ) {}

  @Get(ROUTES.lead)
  @Access(LEAD)
  async lead(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.leadPage(request));
  }

  @Post(ROUTES.leadDuties)
  @Access(LEAD)
  async addDuty(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.lead, done: 'duty-added', page: this.leadPage(request) }, async () => {
      await this.duties.add(contextOf(request), await this.visits.body(DutyRequest, withInstants(fields)));
    });
  }

  @Post(ROUTES.leadDutyPhone)
  @Access(LEAD)
  async dutyPhone(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.lead, done: 'noted', page: this.leadPage(request) }, async () => {
      const { phone } = await this.visits.body(DutySettingsRequest, fields);
      await this.dutySettings.change(contextOf(request), phone ?? null);
    });
  }

  @Post(ROUTES.leadDuty)
  @Access(LEAD)
  async removeDuty(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('dutyId') id: string): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.lead, done: 'duty-removed', page: this.leadPage(request) }, () =>
      this.duties.remove(contextOf(request), id),
    );
  }

  @Get(ROUTES.leadHandover)
  @Access(LEAD)
  async caseload(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string): Promise<void> {
    await this.visits.show(request, reply, this.caseloadPage(request, id));
  }

  @Post(ROUTES.leadHandover)
  @Access(LEAD)
  async handOverCaseload(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.lead, done: 'handed-over', page: this.caseloadPage(request, id) }, async () => {
      await this.handovers.ofCaseload(contextOf(request), id, await this.visits.body(HandoverRequest, fields, HANDOVER_FORM));
    });
  }

  @Get(ROUTES.handOverCase)
  @Access(FACILITATOR)
  async oneCase(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.casePage(request));
  }

  /** Afterwards the case is somebody else's: back to one's own work. */
  @Post(ROUTES.handOverCase)
  @Access(FACILITATOR)
  async handOverCase(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const caseId = await this.cases.idOf(ctx, referenceOf(request));
    await this.visits.act(request, reply, { to: ROUTES.work, done: 'handed-over', page: this.casePage(request) }, async () => {
      await this.handovers.ofCase(ctx, caseId, await this.visits.body(HandoverRequest, fields, HANDOVER_FORM), null);
    });
  }

  private leadPage(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const { items } = await this.handovers.facilitators(ctx, { limit: MOST_FACILITATORS });
      const duties = await this.database.view(ctx, (tx) => this.duties.ahead(tx));
      const waited = await this.database.view(ctx, (tx) => this.waiting.tooLong(tx));
      const { items: clocks, next } = await this.lawClocks.open(ctx, { limit: MOST_CLOCKS });
      const urgent = await this.urgent.waiting(ctx, 'all');
      const { phone } = await this.dutySettings.read(ctx);
      const laws = { clocks, more: next !== null };
      return <LeadPage frame={frame} facilitators={items} duties={duties} waited={waited} lawClocks={laws} urgent={urgent} dutyPhone={phone} />;
    };
  }

  private caseloadPage(request: StatefulRequest, staffId: string): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const { items } = await this.handovers.facilitators(ctx, { limit: MOST_FACILITATORS });
      const from = items.find(({ id }) => id === staffId);
      if (!from) throw notFound();
      const meetings = await this.database.view(ctx, (tx) => this.agendas.ahead(tx, staffId, null));
      const followers = items.filter(({ id }) => id !== staffId);
      const action = address(ROUTES.leadHandover, { staffId });
      return <HandoverPage frame={frame} action={action} what={from.name} back={ROUTES.lead} followers={followers} meetings={meetings} />;
    };
  }

  private casePage(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const ref = referenceOf(request);
    return async (frame) => {
      const caseId = await this.cases.idOf(ctx, ref);
      const me = ctx.actor.kind === 'staff' ? ctx.actor.staffId : '';
      const { items } = await this.handovers.facilitators(ctx, { limit: MOST_FACILITATORS });
      const meetings = await this.database.view(ctx, (tx) => this.agendas.ahead(tx, me, [caseId]));
      const followers = items.filter(({ id }) => id !== me);
      const back = address(ROUTES.case, { ref });
      return <HandoverPage frame={frame} action={address(ROUTES.handOverCase, { ref })} what={ref} back={back} followers={followers} meetings={meetings} />;
    };
  }
}

const referenceOf = (request: StatefulRequest): string => (request.params as { ref: string }).ref;

/** A day and a time, as instants; what cannot be one is left for the check to refuse. */
function withInstants(fields: Fields): Fields {
  const at = (end: string): string => instantAt(textOf(fields, `${end}.date`), textOf(fields, `${end}.time`))?.toISOString() ?? '?';
  const rest = Object.entries(fields).filter(([name]) => !/^(from|to)\./.test(name));
  return { ...Object.fromEntries(rest), from: at('from'), to: at('to') };
}

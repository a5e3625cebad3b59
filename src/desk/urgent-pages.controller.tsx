import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ContactAttemptRequest } from '../circle/circle.dto.js';
import { InvitationsService } from '../circle/invitations.service.js';
import { MembersService } from '../circle/members.service.js';
import { NewMeeting, ResponseRequest } from '../meetings/meetings.dto.js';
import { PlanningService } from '../meetings/planning.service.js';
import { ResponsesService } from '../meetings/responses.service.js';
import { NotHeldRequest, TonightRequest } from '../meetings/urgent-cases.dto.js';
import { UrgentCasesService } from '../meetings/urgent-cases.service.js';
import { asksWhoIsThere } from '../meetings/urgent.rules.js';
import { hasRole, type Ctx, type StaffActor } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { invalidField } from '../platform/http/problem.js';
import { AcknowledgementService } from '../referrals/acknowledgement.service.js';
import { renderFragment } from '../web/page.js';
import { address, ROUTES, withDone } from './desk.routes.js';
import { LiveStreams } from './live-streams.service.js';
import { UrgentPagesService } from './urgent-pages.service.js';
import { TakePage, UrgentPage, UrgentPart } from './urgent.pages.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;
const TAKERS = { roles: ['facilitator', 'lead'] } as const;

/** `/werk/spoed/{ref}`: what cannot wait, live; and the button behind an alert. */
@ApiExcludeController()
@Controller()
export class UrgentPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: UrgentPagesService,
    private readonly streams: LiveStreams,
    private readonly acknowledgements: AcknowledgementService,
    private readonly invitations: InvitationsService,
    private readonly members: MembersService,
    private readonly planning: PlanningService,
    private readonly responses: ResponsesService,
    private readonly urgentCases: UrgentCasesService,
    private readonly clock: Clock,
  ) {}

  /** One button, and nothing of whom it is about. */
  @Get(ROUTES.takeUrgent)
  @Access(TAKERS)
  async asks(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('referralId') id: string): Promise<void> {
    await this.visits.show(request, reply, this.takePage(request, id));
  }

  @Post(ROUTES.takeUrgent)
  @Access(TAKERS)
  async takes(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('referralId') id: string): Promise<void> {
    const ctx = contextOf(request);
    let to: string = ROUTES.work;
    await this.visits.act(request, reply, { to: () => to, done: 'taken', page: this.takePage(request, id) }, async () => {
      await this.acknowledgements.acknowledge(ctx, id);
      const { isOwn, reference, caseId } = await this.pages.acute(ctx, id);
      if (isOwn && reference) to = address(ROUTES.urgent, { ref: reference });
      else if (hasRole(ctx.actor, 'lead')) to = caseId ? ROUTES.lead : ROUTES.work;
    });
  }

  @Get(ROUTES.urgent)
  @Access(FACILITATOR)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.page(request));
  }

  /** The part of the page that follows what others change. */
  @Get(ROUTES.urgentPart)
  @Access(FACILITATOR)
  async part(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = await this.visits.frame(request, reply);
    const state = await this.pages.state(contextOf(request), referenceOf(request));
    void reply.header('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(renderFragment(<UrgentPart frame={frame} state={state} />));
  }

  /** Says when to ask for that part again: server-sent events. */
  @Get(ROUTES.urgentStream)
  @Access(FACILITATOR)
  async stream(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const ctx = contextOf(request);
    const caseId = await this.pages.idOf(ctx, referenceOf(request));
    this.streams.open(reply, ctx.actor as StaffActor, this.visits.sessionOf(request)!, caseId);
  }

  /** Reached by phone, or not. */
  @Post(ROUTES.urgentCall)
  @Access(FACILITATOR)
  async called(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, 'contact', async (ctx) => {
      const attempt = { at: this.clock.now().toISOString(), channel: 'call', outcome: fields.outcome };
      await this.invitations.attempt(ctx, id, await this.visits.body(ContactAttemptRequest, attempt));
    });
  }

  /** The main person said yes: to this one being asked, or of themself to the meeting. */
  @Post(ROUTES.urgentApprove)
  @Access(FACILITATOR)
  async approve(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.act(request, reply, 'approved', (ctx) => this.members.approve(ctx, id, { by: 'main-person' }));
  }

  /** What somebody said on the phone about the date. */
  @Post(ROUTES.urgentAnswer)
  @Access(FACILITATOR)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string, @Body() fields: Fields): Promise<void> {
    const { meetingId: _, ...answers } = fields;
    await this.act(request, reply, 'noted', async (ctx) => {
      await this.responses.respond(ctx, textOf(fields, 'meetingId'), id, await this.visits.body(ResponseRequest, answers), null);
    });
  }

  @Post(ROUTES.urgentInvite)
  @Access(FACILITATOR)
  async invite(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.act(request, reply, 'invited', (ctx, caseId) => this.invitations.invite(ctx, caseId, {}));
  }

  /** One of the moments that were offered; before a night only when it is known who is there. */
  @Post(ROUTES.urgentPlan)
  @Access(FACILITATOR)
  async plan(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, 'meeting', async (ctx, caseId) => {
      if (textOf(fields, 'slot') === '') throw invalidField('/slot', 'required');
      const [startsAt = '', endsAt = ''] = textOf(fields, 'slot').split('/');
      const place = { type: 'other', address: textOf(fields, 'place.address') };
      const body = await this.visits.body(NewMeeting, { 'place.type': place.type, 'place.address': place.address, 'slots.0.startsAt': startsAt, 'slots.0.endsAt': endsAt });
      const who = textOf(fields, 'who').trim();
      const { tonight } = await this.pages.state(ctx, referenceOf(request));
      if (who === '' && tonight === null && asksWhoIsThere(this.clock.now(), body.slots[0]!.startsAt)) throw invalidField('/who', 'required');
      if (who !== '') await this.urgentCases.noteTonight(ctx, caseId, (await this.visits.body(TonightRequest, { who })).who);
      await this.planning.plan(ctx, caseId, body);
    });
  }

  @Post(ROUTES.urgentNotHeld)
  @Access(FACILITATOR)
  async notHeld(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, 'noted', async (ctx, caseId) => this.urgentCases.noteNotHeld(ctx, caseId, await this.visits.body(NotHeldRequest, fields)));
  }

  private page(request: StatefulRequest): Page {
    return async (frame) => <UrgentPage frame={frame} state={await this.pages.state(contextOf(request), referenceOf(request))} />;
  }

  private takePage(request: StatefulRequest, id: string): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const referral = await this.pages.acute(ctx, id);
      const takes = hasRole(ctx.actor, 'facilitator');
      return <TakePage frame={frame} referral={referral} lead={!takes} second={takes && !referral.isOwn && referral.caseId !== null} />;
    };
  }

  private async act(request: StatefulRequest, reply: FastifyReply, done: string, command: (ctx: Ctx, caseId: string) => Promise<unknown>): Promise<void> {
    const ctx = contextOf(request);
    const ref = referenceOf(request);
    const caseId = await this.pages.idOf(ctx, ref);
    const to = withDone(address(ROUTES.urgent, { ref }), done);
    await this.visits.act(request, reply, { to, page: this.page(request) }, () => command(ctx, caseId));
  }
}

const referenceOf = (request: StatefulRequest): string => (request.params as { ref: string }).ref;

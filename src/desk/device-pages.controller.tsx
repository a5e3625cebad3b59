import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { CodeRequest, LinkAgainRequest, StepUpRequest } from '../circle/links.dto.js';
import { LinkRequestsService } from '../circle/link-requests.service.js';
import { CircleLinksService } from '../circle/links.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { StepUpService } from '../people/step-up.service.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import type { Frame } from '../web/frame.js';
import { ROUTES, withDone } from './desk.routes.js';
import { DevicePage, LinkAgainPage } from './device.pages.js';
import { OrganisationPhone } from './link.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, textOf, VisitsService, type Fields } from './visits.service.js';

const PARTICIPANT = { roles: ['main-person', 'member'] } as const;

/** Making a device known, and asking for a link again. */
@ApiExcludeController()
@Controller()
export class DevicePagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
    private readonly links: CircleLinksService,
    private readonly requests: LinkRequestsService,
    private readonly stepUp: StepUpService,
    private readonly organisations: OrganisationsService,
    private readonly clock: Clock,
  ) {}

  @Get(ROUTES.device)
  @Access(PARTICIPANT)
  async device(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { code, next } = request.query as { code?: string; next?: string };
    await this.visits.show(request, reply, this.page(contextOf(request), next, code === 'sms' || code === 'mail' ? code : null));
  }

  /** Sends a code. */
  @Post(ROUTES.deviceCode)
  @Access(PARTICIPANT)
  async send(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const next = textOf(fields, 'next');
    const via = textOf(fields, 'via');
    const to = `${ROUTES.device}?code=${encodeURIComponent(via)}&next=${encodeURIComponent(ownPage(ctx, next))}`;
    await this.visits.act(request, reply, { to, page: this.page(ctx, next, null) }, async () =>
      this.links.sendCode(ctx, await this.visits.body(StepUpRequest, { via })),
    );
  }

  /** The code that was sent; afterwards back to the page that was asked for. */
  @Post(ROUTES.device)
  @Access(PARTICIPANT)
  async confirm(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const next = textOf(fields, 'next');
    const page = { to: withDone(ownPage(ctx, next), 'device-known'), page: this.page(ctx, next, 'typed') };
    await this.visits.act(request, reply, page, async () => {
      const { code } = await this.visits.body(CodeRequest, { code: textOf(fields, 'code') });
      await this.stepUp.confirm(ctx, code);
    });
  }

  @Get(ROUTES.linkAgain)
  @Access({ roles: ['anonymous'] })
  async linkAgain(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, await this.againPage(request, false));
  }

  /** Says the same to everybody, and does the same work. */
  @Post(ROUTES.linkAgain)
  @Access({ roles: ['anonymous'] })
  async askAgain(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const failed = await this.againPage(request, false);
    await this.visits.act(request, reply, { to: `${ROUTES.linkAgain}/onderweg`, page: failed }, async () => {
      const { contact } = await this.visits.body(LinkAgainRequest, { contact: textOf(fields, 'contact') });
      const { id } = await this.organisations.forStranger(request.hostname, undefined);
      const ctx: Ctx = { actor: { kind: 'anonymous', organisationId: id }, requestId: request.id, address: request.ip };
      await this.requests.ask(ctx, request.ip, contact);
    });
  }

  @Get(`${ROUTES.linkAgain}/onderweg`)
  @Access({ roles: ['anonymous'] })
  async taken(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, await this.againPage(request, true));
  }

  private async againPage(_request: StatefulRequest, taken: boolean): Promise<(frame: Frame) => VNode> {
    const organisation = await this.visits.organisation(undefined);
    const phone = organisation?.phone ? <OrganisationPhone phone={organisation.phone} /> : null;
    return (frame) => <LinkAgainPage frame={frame} taken={taken} phone={phone} />;
  }

  /** `typed`: a code was typed, so one was sent, by whichever way there is. */
  private page(ctx: Ctx, next: string | undefined, sent: 'sms' | 'mail' | 'typed' | null): (frame: Frame) => Promise<VNode> {
    return async (frame) => {
      const ways = await this.links.codeWays(ctx);
      const { knownUntil } = participant(ctx);
      const known = knownUntil && knownUntil > this.clock.now() ? knownUntil : null;
      const contact = await this.pages.contactOf(ctx);
      const by = sent === 'typed' ? (ways[0]?.via ?? null) : sent;
      return <DevicePage frame={{ ...frame, contact }} ways={ways} sent={by} next={ownPage(ctx, next)} knownUntil={known} />;
    };
  }
}

/** A page of a participant's own to go back to, never another site; their first page without one. */
function ownPage(ctx: Ctx, next: string | undefined): string {
  const home = participant(ctx).isMainPerson ? ROUTES.mine : ROUTES.circle;
  return next && /^\/(mijn|kring)(\/[\w\-/]*)?(\?[\w\-=&%]*)?$/.test(next) ? next : home;
}

import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { ReferralsService } from '../referrals/referrals.service.js';
import { ROUTES } from './desk.routes.js';
import { RemovedPage } from './circle.pages.js';
import { LinkRemovalService } from './link-removal.service.js';
import { ConfirmReferralPage, LinkEndedPage, LinkPage } from './link.pages.js';
import { StartPage } from './start.pages.js';
import { contextOf, VisitsService } from './visits.service.js';

/** The pages for everyone: the start, and the links in mails. */
@ApiExcludeController()
@Controller()
export class PublicPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly participants: ParticipantSessionsService,
    private readonly referrals: ReferralsService,
    private readonly removals: LinkRemovalService,
  ) {}

  @Get(ROUTES.start)
  @Access({ roles: ['anonymous'] })
  async start(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const organisation = await this.visits.organisation(undefined);
    await this.visits.show(request, reply, (frame) => <StartPage frame={frame} phone={organisation?.phone ?? null} email={null} />);
  }

  /** Mail scanners follow links: opening one changes nothing, its button does. */
  @Get(ROUTES.link)
  @Access({ roles: ['anonymous'] })
  async linkPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    const found = await this.participants.linkFor({ address: request.ip, requestId: request.id }, token);
    if (!found) return this.linkEnded(request, reply);
    const notice = found.isMainPerson ? null : await this.removals.notice(found, request.id);
    await this.visits.show(request, reply, (frame) => <LinkPage frame={frame} token={token} name={found.firstName} notice={notice} />);
  }

  /** "Haal mij weg" at the link itself: the second tap from the mail. */
  @Post(ROUTES.linkRemoval)
  @Access({ roles: ['anonymous'] })
  async removeByLink(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    const removed = await this.removals.remove({ address: request.ip, requestId: request.id }, token);
    if (!removed) return this.linkEnded(request, reply);
    await this.visits.show(request, reply, (frame) => <RemovedPage frame={frame} />);
  }

  /** Opens the session on this device and goes on to an address without the token. */
  @Post(ROUTES.link)
  @Access({ roles: ['anonymous'] })
  async enter(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    try {
      const before = this.visits.sessionOf(request);
      const session = await this.participants.enterByLink({ address: request.ip, requestId: request.id }, token, before);
      this.visits.keepSession(reply, session);
      void reply.header('Cache-Control', 'no-store').redirect(session.member.isResident ? ROUTES.mine : ROUTES.circle, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      await this.linkEnded(request, reply);
    }
  }

  @Get(ROUTES.confirmReferral)
  @Access({ roles: ['anonymous'] })
  async confirmPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    if (!(await this.referrals.awaitsConfirmation({ address: request.ip, requestId: request.id }, token))) return this.linkEnded(request, reply);
    await this.visits.show(request, reply, (frame) => <ConfirmReferralPage frame={frame} token={token} confirmed={false} />);
  }

  @Post(ROUTES.confirmReferral)
  @Access({ roles: ['anonymous'] })
  async confirm(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    await this.referrals.confirm(contextOf(request), token);
    await this.visits.show(request, reply, (frame) => <ConfirmReferralPage frame={frame} token={token} confirmed />);
  }

  private async linkEnded(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const organisation = await this.visits.organisation(undefined);
    await this.visits.show(request, reply, (frame) => <LinkEndedPage frame={frame} phone={organisation?.phone ?? null} />, 404);
  }
}

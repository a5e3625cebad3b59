import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { hasRole } from '../platform/actor.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { AcceptanceRequest } from '../referrals/referrals.dto.js';
import { TriageService } from '../referrals/triage.service.js';
import type { Frame } from '../web/frame.js';
import { address, ROUTES } from './desk.routes.js';
import { contextOf, VisitsService, type Fields } from './visits.service.js';
import { WorkPagesService } from './work-pages.service.js';
import { UrgentPagesService } from './urgent-pages.service.js';
import { WorkPage } from './work.pages.js';

const TAKERS = { roles: ['facilitator', 'lead'] } as const;

/** `/werk`: who needs what today, and the referrals to take. */
@ApiExcludeController()
@Controller()
export class WorkPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: WorkPagesService,
    private readonly triage: TriageService,
    private readonly urgent: UrgentPagesService,
  ) {}

  @Get(ROUTES.work)
  @Access(TAKERS)
  async work(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own(request));
  }

  /** Takes a referral on; a facilitator goes straight to the new case. */
  @Post(ROUTES.acceptReferral)
  @Access(TAKERS)
  async accept(
    @Req() request: StatefulRequest,
    @Res() reply: FastifyReply,
    @IdParam('referralId') id: string,
    @Body() fields: Fields,
  ): Promise<void> {
    const ctx = contextOf(request);
    let to: string = ROUTES.work;
    await this.visits.act(request, reply, { to: () => to, done: 'accepted', page: this.own(request) }, async () => {
      const taken = await this.triage.accept(ctx, id, await this.visits.body(AcceptanceRequest, fields));
      const own = hasRole(ctx.actor, 'facilitator') && ctx.actor.kind === 'staff' && taken.facilitatorId === ctx.actor.staffId;
      if (own) to = address(ROUTES.case, { ref: taken.reference });
    });
  }

  /** A call, letter or visit of the list is done. */
  @Post(ROUTES.handMessageDone)
  @Access({ roles: ['facilitator'] })
  async handMessageDone(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('messageId') id: string): Promise<void> {
    await this.visits.act(request, reply, { to: () => ROUTES.work, done: 'hand-message', page: this.own(request) }, () =>
      this.pages.handMessageDone(contextOf(request), id),
    );
  }

  private own(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => {
      const ctx = contextOf(request);
      const urgent = await this.urgent.waiting(ctx, hasRole(ctx.actor, 'facilitator') ? 'own' : 'all');
      return <WorkPage frame={frame} urgent={urgent} {...await this.pages.workPage(ctx, request.query as { after?: string })} />;
    };
  }
}

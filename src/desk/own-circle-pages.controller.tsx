import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MemberEndRequest, NewMember } from '../circle/circle.dto.js';
import { LeavingService } from '../circle/leaving.service.js';
import { MembersService } from '../circle/members.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { ROUTES } from './desk.routes.js';
import { MoreOfCirclePage, OwnCirclePage } from './own-circle.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const MINE = { roles: ['main-person'], knownDevice: true } as const;

/** `/mijn/kring`: who may be asked, and who else there is. */
@ApiExcludeController()
@Controller()
export class OwnCirclePagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
    private readonly members: MembersService,
    private readonly leaving: LeavingService,
  ) {}

  @Get(ROUTES.mineCircle)
  @Access(MINE)
  circle(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.own(request));
  }

  @Get(ROUTES.mineCircleMore)
  @Access(MINE)
  more(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query('vraag') question = '0'): Promise<void> {
    return this.visits.show(request, reply, this.form(request, question));
  }

  /** One more; with "ja" they may be asked at once, for who brings somebody says so. */
  @Post(ROUTES.mineCircleMore)
  @Access(MINE)
  add(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { may, ...fields }: Fields): Promise<void> {
    const ctx = contextOf(request);
    const way = textOf(fields, 'viaMemberId') ? { reach: 'via-member' } : {};
    const done = may === 'true' ? 'circle-added-yes' : 'circle-added';
    return this.visits.act(request, reply, { to: ROUTES.mineCircle, done, page: this.form(request, '0') }, async () => {
      const { id } = await this.members.propose(ctx, participant(ctx).caseId, await this.visits.body(NewMember, { ...fields, ...way }));
      if (may === 'true') await this.members.approve(ctx, id, {});
    });
  }

  @Post(ROUTES.mineApprove)
  @Access(MINE)
  approve(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    const page = { to: ROUTES.mineCircle, done: 'approved', page: this.own(request) };
    return this.visits.act(request, reply, page, () => this.members.approve(contextOf(request), id, {}));
  }

  @Post(ROUTES.mineRefuse)
  @Access(MINE)
  refuse(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    // About somebody whom another main person brings it is said to the facilitator.
    let done = 'objection';
    const page = { to: ROUTES.mineCircle, done: () => done, page: this.own(request) };
    return this.visits.act(request, reply, page, async () => {
      const { state } = await this.leaving.refuse(contextOf(request), id, await this.visits.body(MemberEndRequest, { reason: 'main-person' }));
      if (state === 'refused') done = 'refused';
    });
  }

  private own(request: StatefulRequest): Page {
    return async (frame) => {
      const { contact, props } = await this.pages.ownCircle(contextOf(request));
      return <OwnCirclePage frame={{ ...frame, contact }} {...props} />;
    };
  }

  private form(request: StatefulRequest, question: string): Page {
    return async (frame) => {
      const { contact, props } = await this.pages.ownCircle(contextOf(request));
      const through = props.people.filter(({ open, state }) => !open && state !== 'refused' && state !== 'unreachable');
      return <MoreOfCirclePage frame={{ ...frame, contact }} question={/^\d{1,3}$/.test(question) ? Number(question) : 0} through={through} />;
    };
  }
}

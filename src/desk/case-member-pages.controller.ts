import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApprovalRequest, MemberChanges, ObjectionTalkRequest, UnreachableRequest } from '../circle/circle.dto.js';
import { LeavingService } from '../circle/leaving.service.js';
import { MembersService } from '../circle/members.service.js';
import { halves } from '../meetings/parts.rules.js';
import { PartsService } from '../meetings/parts.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { contextOf, partsOf, textOf, VisitsService, type Fields } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}`: what asks for care around people of the circle, and meetings in parts. */
@ApiExcludeController()
@Controller()
export class CaseMemberPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: CaseFormsService,
    private readonly members: MembersService,
    private readonly leaving: LeavingService,
    private readonly parts: PartsService,
  ) {}

  @Post(ROUTES.changeMember)
  @Access(FACILITATOR)
  async change(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { memberId: _, ...changes } = fields;
    await this.pages.act(request, reply, 'member-changed', async (ctx) =>
      this.members.change(ctx, textOf(fields, 'memberId'), await this.visits.body(MemberChanges, changes), null),
    );
  }

  @Post(ROUTES.unreachable)
  @Access(FACILITATOR)
  async unreachable(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { memberId: _, ...said } = fields;
    await this.pages.act(request, reply, 'unreachable', async (ctx) =>
      this.leaving.unreachable(ctx, textOf(fields, 'memberId'), await this.visits.body(UnreachableRequest, said)),
    );
  }

  @Post(ROUTES.objectionTalk)
  @Access(FACILITATOR)
  async talked(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'objection-talked', async (ctx) =>
      this.leaving.talkedOver(ctx, id, await this.visits.body(ObjectionTalkRequest, fields)),
    );
  }

  /** The yes with the word of who has authority, today, in conversation. */
  @Post(ROUTES.guardianYes)
  @Access(FACILITATOR)
  async guardian(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'guardian-yes', async (ctx) =>
      this.members.approve(ctx, id, await this.visits.body(ApprovalRequest, { ...fields, by: 'main-person' })),
    );
  }

  @Post(ROUTES.meetingParts)
  @Access(FACILITATOR)
  async split(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'meeting-parts', async () => {
      const ctx = contextOf(request);
      await this.parts.split(ctx, id, { parts: halves(partsOf(fields), await this.parts.shortestMinutes(ctx, id)) }, null);
    });
  }
}

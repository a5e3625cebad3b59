import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import {
  ApprovalRequest,
  ContactAttemptAnswer,
  ContactAttemptRequest,
  Invitations,
  InvitationsRequest,
  Member,
  MemberChanges,
  MemberEndRequest,
  MemberForParticipants,
  MemberList,
  NewMember,
  ObjectionTalkRequest,
  UnreachableRequest,
} from './circle.dto.js';
import { InvitationsService } from './invitations.service.js';
import { LeavingService } from './leaving.service.js';
import { MembersService } from './members.service.js';

@ApiTags('circle')
@Controller('v1')
export class CircleController {
  constructor(
    private readonly members: MembersService,
    private readonly leaving: LeavingService,
    private readonly invitations: InvitationsService,
  ) {}

  /** Everyone of the case, main persons included. */
  @Get('cases/:id/circle-members')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  list(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<MemberList> {
    return this.members.list(ctx, id);
  }

  /** Proposes someone for the circle. */
  @Post('cases/:id/circle-members')
  @AnswersAnyOf(201, Member, MemberForParticipants)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  propose(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: NewMember): Promise<Member | MemberForParticipants> {
    return this.members.propose(ctx, id, body);
  }

  /** One member: the facilitator and the member see everything, a main person what the circle may know. */
  @Get('circle-members/:id')
  @AnswersAnyOf(200, Member, MemberForParticipants)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  get(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<Member | MemberForParticipants> {
    return this.members.get(ctx, id);
  }

  /** Changes what is known of a member. */
  @Patch('circle-members/:id')
  @ApiOkResponse({ type: Member })
  @Access({ roles: ['facilitator'] })
  change(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch({ required: true }) version: number | null,
    @Body() body: MemberChanges,
  ): Promise<Member | MemberForParticipants> {
    return this.members.change(ctx, id, body, version);
  }

  /** Somebody says that this person may be asked. */
  @Post('circle-members/:id/approval')
  @AnswersAnyOf(200, Member, MemberForParticipants)
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  approve(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: ApprovalRequest,
  ): Promise<Member | MemberForParticipants> {
    return this.members.approve(ctx, id, body, seen);
  }

  /** "Liever niet": this person is not asked, or does not want to be. */
  @Post('circle-members/:id/refusal')
  @AnswersAnyOf(200, Member, MemberForParticipants)
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  refuse(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: MemberEndRequest,
  ): Promise<Member | MemberForParticipants> {
    return this.leaving.refuse(ctx, id, body, seen);
  }

  /** Takes someone out of the circle; a member may remove themself. Links and sessions end at once. */
  @Post('circle-members/:id/removal')
  @AnswersAnyOf(200, Member, MemberForParticipants)
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  remove(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: MemberEndRequest,
  ): Promise<Member | MemberForParticipants> {
    return this.leaving.remove(ctx, id, body, seen);
  }

  /** This person cannot be reached: they are waited for no longer, and how to reach them is erased. */
  @Post('circle-members/:id/unreachable')
  @ApiOkResponse({ type: Member })
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  unreachable(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: UnreachableRequest,
  ): Promise<Member | MemberForParticipants> {
    return this.leaving.unreachable(ctx, id, body, seen);
  }

  /** What main persons said against this person, whom another one brings, was talked over. */
  @Post('circle-members/:id/objection-talk')
  @ApiOkResponse({ type: Member })
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  talkedOver(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: ObjectionTalkRequest,
  ): Promise<Member | MemberForParticipants> {
    return this.leaving.talkedOver(ctx, id, body, seen);
  }

  /** Notes that the facilitator tried to reach someone. */
  @Post('circle-members/:id/contact-attempts')
  @Access({ roles: ['facilitator'] })
  attempt(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() seen: number | null,
    @Body() body: ContactAttemptRequest,
  ): Promise<ContactAttemptAnswer> {
    return this.invitations.attempt(ctx, id, body, seen);
  }

  /** Invites the given members, or everyone who may be invited and is not yet. */
  @Post('cases/:id/invitations')
  @HttpCode(202)
  @Access({ roles: ['facilitator'] })
  invite(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: InvitationsRequest): Promise<Invitations> {
    return this.invitations.invite(ctx, id, body);
  }
}

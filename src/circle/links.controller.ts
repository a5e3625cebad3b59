import { Body, Controller, Delete, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { StepUpService } from '../people/step-up.service.js';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch, type StatefulRequest } from '../platform/http/access.js';
import { Member, MemberForParticipants } from './circle.dto.js';
import { LinkRequestsService } from './link-requests.service.js';
import { CodeRequest, CodeSent, KnownDevice, LinkAgain, LinkAgainRequest, LostPhone, NewLink, NewLinkRequest, StepUpRequest } from './links.dto.js';
import { CircleLinksService } from './links.service.js';

@ApiTags('circle')
@Controller('v1')
export class LinksController {
  constructor(
    private readonly links: CircleLinksService,
    private readonly requests: LinkRequestsService,
    private readonly stepUp: StepUpService,
  ) {}

  /** A new personal link; older ones end. */
  @Post('circle-members/:id/links')
  @Access({ roles: ['facilitator'] })
  link(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: NewLinkRequest): Promise<NewLink> {
    return this.links.link(ctx, id, body);
  }

  /** Ends all links of a person, and what was opened with them. */
  @Delete('circle-members/:id/links')
  @HttpCode(204)
  @Access({ roles: ['facilitator'] })
  async revoke(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<void> {
    await this.links.revoke(ctx, id);
  }

  /** The number of this person was verified in conversation. */
  @Post('circle-members/:id/phone-verification')
  @HttpCode(200)
  @ApiOkResponse({ type: Member })
  @Access({ roles: ['facilitator'] })
  verifyPhone(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null): Promise<Member | MemberForParticipants> {
    return this.links.verifyPhone(ctx, id, seen);
  }

  /** The phone of this person is lost: every link, session and known device of theirs ends at once. */
  @Post('circle-members/:id/lost-phone')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  lostPhone(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<LostPhone> {
    return this.links.lostPhone(ctx, id);
  }

  /** Sends a code of six digits to this person's own phone or mail. */
  @Post('participant-sessions/step-up')
  @HttpCode(202)
  @Access({ roles: ['main-person', 'member'], refuses: [409, 429] })
  sendCode(@Context() ctx: Ctx, @Body() body: StepUpRequest): Promise<CodeSent> {
    return this.links.sendCode(ctx, body);
  }

  /** The code that was sent: the device is known from now on. */
  @Post('participant-sessions/step-up/confirmation')
  @HttpCode(200)
  @Access({ roles: ['main-person', 'member'], refuses: [429] })
  confirm(@Context() ctx: Ctx, @Body() { code }: CodeRequest): Promise<KnownDevice> {
    return this.stepUp.confirm(ctx, code);
  }

  /** "Send my link again": the same answer for everybody, at once. */
  @Post('link-requests')
  @HttpCode(202)
  @Access({ roles: ['anonymous'], needsOrganisation: true, refuses: [429] })
  again(@Context() ctx: Ctx, @Req() request: StatefulRequest, @Body() { contact }: LinkAgainRequest): Promise<LinkAgain> {
    return this.requests.ask(ctx, request.ip, contact);
  }
}

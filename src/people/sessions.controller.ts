import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, type StatefulRequest } from '../platform/http/access.js';
import { LinkRequest, Me, ParticipantSession, SignInRequest, StaffSession } from './people.dto.js';
import { ParticipantSessionsService } from './participant-sessions.service.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('people')
@Controller('v1')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly participants: ParticipantSessionsService,
  ) {}

  /** Signs staff in with a local account. */
  @Post('sessions')
  @Access({ roles: ['anonymous'], idempotent: false, refuses: [401, 403, 429] })
  signIn(@Body() body: SignInRequest, @Req() request: StatefulRequest): Promise<StaffSession> {
    return this.sessions.signIn({ address: request.ip, requestId: request.id }, body.email, body.password);
  }

  /** Ends the session of the token that asks, of staff or participant. */
  @Delete('sessions/current')
  @HttpCode(204)
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin', 'main-person', 'member'] })
  async signOut(@Context() ctx: Ctx): Promise<void> {
    await this.sessions.endOwn(ctx);
  }

  /** Exchanges a personal link for a session on this device. */
  @Post('participant-sessions')
  @Access({ roles: ['anonymous'], idempotent: false, refuses: [401, 429] })
  enter(@Body() body: LinkRequest, @Req() request: StatefulRequest): Promise<ParticipantSession> {
    return this.participants.enterByLink({ address: request.ip, requestId: request.id }, body.linkToken);
  }

  /** Who am I, what may I. */
  @Get('me')
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin', 'main-person', 'member'] })
  me(@Context() ctx: Ctx): Me {
    return this.sessions.me(ctx.actor);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { STAFF_ROLES, type Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch, type StatefulRequest } from '../platform/http/access.js';
import { PasswordsService } from './passwords.service.js';
import { StaffAccountsService } from './staff-accounts.service.js';
import { StaffSessionsService } from './staff-sessions.service.js';
import {
  DisablingRequest,
  NewStaff,
  PasswordChange,
  PasswordResetAnswer, PasswordResetRequest,
  SessionList,
  StaffChange,
  StaffInvitation,
  StaffMember,
  StaffPage,
  StaffQuery,
} from './staff.dto.js';

const ADMIN = { roles: ['admin'] } as const;
const ANY_STAFF = { roles: STAFF_ROLES } as const;

@ApiTags('people')
@Controller('v1')
export class StaffController {
  constructor(
    private readonly accounts: StaffAccountsService,
    private readonly sessions: StaffSessionsService,
    private readonly passwords: PasswordsService,
  ) {}

  /** Everyone who works here or did, by name. */
  @Get('staff')
  @Access(ADMIN)
  list(@Context() ctx: Ctx, @Query() query: StaffQuery): Promise<StaffPage> {
    return this.accounts.list(ctx, query);
  }

  /** Adds an account and mails a link to choose a password, which works once and for 72 hours. */
  @Post('staff')
  @Access(ADMIN)
  invite(@Context() ctx: Ctx, @Body() body: NewStaff): Promise<StaffMember> {
    return this.accounts.invite(ctx, body);
  }

  @Get('staff/:id')
  @Access(ADMIN)
  show(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<StaffMember> {
    return this.accounts.show(ctx, id);
  }

  /** Changes an account; a role counts from the next request on. */
  @Patch('staff/:id')
  @Access(ADMIN)
  change(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: StaffChange,
  ): Promise<StaffMember> {
    return this.accounts.change(ctx, id, body, seen);
  }

  /** Closes an account: sessions and links end at once. Open cases, meetings and duties go to `handOverTo`. */
  @Post('staff/:id/disabling')
  @HttpCode(200)
  @Access(ADMIN)
  disable(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: DisablingRequest): Promise<StaffMember> {
    return this.accounts.disable(ctx, id, body);
  }

  /** Opens a closed account again. */
  @Post('staff/:id/enabling')
  @HttpCode(200)
  @Access(ADMIN)
  enable(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<StaffMember> {
    return this.accounts.enable(ctx, id);
  }

  /** A new link to choose a password; earlier ones end. */
  @Post('staff/:id/invitations')
  @Access(ADMIN)
  sendAgain(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<StaffInvitation> {
    return this.accounts.sendAgain(ctx, id);
  }

  /** Somebody's open sessions. */
  @Get('staff/:id/sessions')
  @Access(ADMIN)
  sessionsOf(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<SessionList> {
    return this.accounts.sessionsOf(ctx, id);
  }

  /** Ends all of somebody's sessions. */
  @Delete('staff/:id/sessions')
  @HttpCode(204)
  @Access(ADMIN)
  endSessionsOf(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<void> {
    return this.accounts.endSessionsOf(ctx, id);
  }

  /** One's own open sessions. */
  @Get('me/sessions')
  @Access(ANY_STAFF)
  ownSessions(@Context() ctx: Ctx): Promise<SessionList> {
    return this.sessions.own(ctx);
  }

  /** Ends one of one's own sessions. */
  @Delete('me/sessions/:id')
  @HttpCode(204)
  @Access(ANY_STAFF)
  endOwnSession(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<void> {
    return this.sessions.endOwn(ctx, id);
  }

  /** Changes one's own password; every other session ends. */
  @Put('me/password')
  @HttpCode(204)
  @Access({ ...ANY_STAFF, refuses: [409, 429] })
  changePassword(@Context() ctx: Ctx, @Body() body: PasswordChange): Promise<void> {
    return this.passwords.change(ctx, body);
  }

  /** Mails a link to who forgot their password; the same answer whether or not there is such an account. */
  @Post('password-resets')
  @HttpCode(202)
  @Access({ roles: ['anonymous'], idempotent: false, refuses: [403, 429] })
  async askReset(@Req() request: StatefulRequest, @Body() body: PasswordResetRequest): Promise<PasswordResetAnswer> {
    await this.passwords.askReset({ address: request.ip, requestId: request.id }, body.email);
    return { status: 'taken' };
  }
}

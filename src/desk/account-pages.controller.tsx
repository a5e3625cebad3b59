import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PasswordsService } from '../people/passwords.service.js';
import { PasswordChange } from '../people/staff.dto.js';
import { StaffSessionsService } from '../people/staff-sessions.service.js';
import { STAFF_ROLES } from '../platform/actor.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { AccountPage } from './account.pages.js';
import { ROUTES } from './desk.routes.js';
import { contextOf, VisitsService, type Fields, type Page } from './visits.service.js';

const ANY_STAFF = { roles: STAFF_ROLES } as const;

/** `/mijn-account`: for everyone who works here. */
@ApiExcludeController()
@Controller()
export class AccountPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly sessions: StaffSessionsService,
    private readonly passwords: PasswordsService,
  ) {}

  @Get(ROUTES.account)
  @Access(ANY_STAFF)
  async account(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own(request));
  }

  @Post(ROUTES.accountPassword)
  @Access(ANY_STAFF)
  async password(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.account, done: 'password-changed', page: this.own(request) }, async () => {
      await this.passwords.change(contextOf(request), await this.visits.body(PasswordChange, fields));
    });
  }

  @Post(ROUTES.accountSession)
  @Access(ANY_STAFF)
  async endSession(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('sessionId') id: string): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.account, done: 'session-ended', page: this.own(request) }, () =>
      this.sessions.endOwn(contextOf(request), id),
    );
  }

  private own(request: StatefulRequest): Page {
    return async (frame) => <AccountPage frame={frame} sessions={(await this.sessions.own(contextOf(request))).items} />;
  }
}

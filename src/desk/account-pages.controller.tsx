import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { STAFF_ROLES } from '../platform/actor.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { AccountPage } from './account.pages.js';
import { ROUTES } from './desk.routes.js';
import { VisitsService } from './visits.service.js';

/** `/mijn-account`: for everyone who works here. */
@ApiExcludeController()
@Controller()
export class AccountPagesController {
  constructor(private readonly visits: VisitsService) {}

  @Get(ROUTES.account)
  @Access({ roles: STAFF_ROLES })
  async account(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, (frame) => <AccountPage frame={frame} />);
  }
}

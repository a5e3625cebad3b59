import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { AdminStartPage } from './admin-start.pages.js';
import { ROUTES } from './desk.routes.js';
import { VisitsService } from './visits.service.js';

/** `/beheer`: where an admin begins. */
@ApiExcludeController()
@Controller()
export class AdminPagesController {
  constructor(private readonly visits: VisitsService) {}

  @Get(ROUTES.admin)
  @Access({ roles: ['admin'] })
  async start(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, (frame) => <AdminStartPage frame={frame} />);
  }
}

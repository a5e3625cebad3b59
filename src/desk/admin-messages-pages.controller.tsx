import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RetriesService } from '../messages/retries.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { AdminMessagesPage } from './admin-messages.pages.js';
import { AdminMessagesService } from './admin-messages.service.js';
import { ROUTES } from './desk.routes.js';
import { contextOf, VisitsService, type Page } from './visits.service.js';

const ADMIN = { roles: ['admin'] } as const;

/** `/beheer/berichten`: messages that did not arrive, for an admin. */
@ApiExcludeController()
@Controller()
export class AdminMessagesPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: AdminMessagesService,
    private readonly retries: RetriesService,
  ) {}

  @Get(ROUTES.adminMessages)
  @Access(ADMIN)
  async list(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.page(request));
  }

  @Post(ROUTES.adminMessageAgain)
  @Access(ADMIN)
  async again(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('messageId') id: string): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.adminMessages, done: 'message-again', page: this.page(request) }, () =>
      this.retries.again(contextOf(request), id),
    );
  }

  private page(request: StatefulRequest): Page {
    const { na } = request.query as { na?: string };
    return async (frame) => <AdminMessagesPage frame={frame} {...await this.pages.page(contextOf(request), na)} />;
  }
}

import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DirectorMails } from '../plans/director-mails.service.js';
import { DirectorMailAnswerRequest } from '../plans/obstacles.dto.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { ROUTES } from './desk.routes.js';
import { OwnPages } from './own-pages.service.js';
import { contextOf, VisitsService, type Fields } from './visits.service.js';

/** What a main person says of a text for a director. */
@ApiExcludeController()
@Controller()
export class OwnObstaclesPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: OwnPages,
    private readonly mails: DirectorMails,
  ) {}

  @Post(ROUTES.mineDirector)
  @Access({ roles: ['main-person'], knownDevice: true })
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.done(request, reply, 'answer', async () =>
      this.mails.answer(contextOf(request), id, await this.visits.body(DirectorMailAnswerRequest, fields, { flags: ['agrees'] })),
    );
  }
}

import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DirectorMails } from '../plans/director-mails.service.js';
import { DirectorMailAnswerRequest } from '../plans/obstacles.dto.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { ROUTES } from './desk.routes.js';
import { MinePage } from './mine.pages.js';
import { ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, VisitsService, type Fields } from './visits.service.js';

/** What a main person says of a text for a director. */
@ApiExcludeController()
@Controller()
export class OwnObstaclesPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
    private readonly mails: DirectorMails,
  ) {}

  @Post(ROUTES.mineDirector)
  @Access({ roles: ['main-person'], knownDevice: true })
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('obstacleId') id: string, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const again = async (): Promise<Awaited<ReturnType<ParticipantPagesService['minePage']>>> => this.pages.minePage(ctx);
    await this.visits.act(
      request,
      reply,
      {
        to: ROUTES.mine,
        done: 'answer',
        page: async (frame) => {
          const { contact, props } = await again();
          return <MinePage frame={{ ...frame, contact }} {...props} />;
        },
      },
      async () => this.mails.answer(ctx, id, await this.visits.body(DirectorMailAnswerRequest, fields, { flags: ['agrees'] })),
    );
  }
}

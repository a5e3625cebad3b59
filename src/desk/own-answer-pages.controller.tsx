import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CircleAnswersService } from '../circle/circle-answers.service.js';
import { CircleAnswerRequest } from '../circle/growth.dto.js';
import type { GrowthMoment } from '../circle/growth.rules.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { ROUTES } from './desk.routes.js';
import { OwnAnswerPage } from './own-answer.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const MINE = { roles: ['main-person'], knownDevice: true } as const;

/** `/mijn/op-wie`: on whom a main person counts now. */
@ApiExcludeController()
@Controller()
export class OwnAnswerPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
    private readonly answers: CircleAnswersService,
  ) {}

  @Get(ROUTES.mineAnswer)
  @Access(MINE)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own(request));
  }

  /** One name on each line; none is an answer too. */
  @Post(ROUTES.mineAnswer)
  @Access(MINE)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    const names = textOf(fields, 'names').split(/\r?\n/).map((name) => name.trim()).filter((name) => name !== '');
    await this.visits.act(request, reply, { to: ROUTES.mineAnswer, done: 'counted-on', page: this.own(request) }, async () => {
      const moment = textOf(fields, 'moment') as GrowthMoment;
      // A form leaves out what is empty: here an empty list says something.
      const body = names.length > 0 ? await this.visits.body(CircleAnswerRequest, { names, moment }, { lists: ['names'] }) : { names, moment };
      await this.answers.answer(ctx, caseId, memberId, body);
    });
  }

  private own(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    return async (frame) => {
      const contact = await this.pages.contactOf(ctx);
      return <OwnAnswerPage frame={{ ...frame, contact }} answers={await this.answers.read(ctx, caseId, memberId)} />;
    };
  }
}

import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { ROUTES } from './desk.routes.js';
import { LetterPage } from './letters.pages.js';
import { LettersService } from './letters.service.js';
import { contextOf, VisitsService } from './visits.service.js';

/** `/werk/trajecten/{ref}/brief/{id}`: a message by hand, to print and put in an envelope. */
@ApiExcludeController()
@Controller()
export class LettersPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly letters: LettersService,
  ) {}

  @Get(ROUTES.handLetter)
  @Access({ roles: ['facilitator'] })
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('ref') ref: string, @IdParam('messageId') id: string): Promise<void> {
    const letter = await this.letters.letter(contextOf(request), id);
    if (letter.reference !== ref) throw notFound();
    await this.visits.show(request, reply, (frame) => <LetterPage frame={frame} letter={letter} />);
  }
}

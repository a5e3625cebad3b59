import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CancellationsService } from '../meetings/cancellations.service.js';
import { instantAt } from '../meetings/meetings.rules.js';
import { CancellationRequest, MoveRequest } from '../meetings/moving.dto.js';
import { MovingService } from '../meetings/moving.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { textOf, VisitsService, type Fields } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}`: dates that move or are off, and coming together again. */
@ApiExcludeController()
@Controller()
export class CaseDatesPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: CaseFormsService,
    private readonly moving: MovingService,
    private readonly cancellations: CancellationsService,
  ) {}

  /** The new date is typed as people say it; a time that does not exist is left for the check to refuse. */
  @Post(ROUTES.moveMeeting)
  @Access(FACILITATOR)
  async move(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    const { date: _date, from: _from, to: _to, ...rest } = fields;
    const at = (part: string): string => instantAt(textOf(fields, 'date'), textOf(fields, part))?.toISOString() ?? '?';
    await this.pages.act(request, reply, 'moved', async (ctx) => {
      await this.moving.move(ctx, id, await this.visits.body(MoveRequest, { ...rest, startsAt: at('from'), endsAt: at('to') }), null);
    });
  }

  @Post(ROUTES.callOffMeeting)
  @Access(FACILITATOR)
  async callOff(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'called-off', async (ctx) => {
      await this.cancellations.cancel(ctx, id, await this.visits.body(CancellationRequest, fields), null);
    });
  }
}

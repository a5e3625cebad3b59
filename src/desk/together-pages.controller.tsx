import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReopeningRequest } from '../cases/reopening.dto.js';
import type { Together } from '../cases/reopening.rules.js';
import { ReopeningService } from '../cases/reopening.service.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { OwnPages } from './own-pages.service.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, onceOnly, VisitsService, type Fields } from './visits.service.js';

/** Coming together again: the button of a main person, and the form of the facilitator. */
@ApiExcludeController()
@Controller()
export class TogetherPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly own: OwnPages,
    private readonly mine: ParticipantPagesService,
    private readonly pages: CaseFormsService,
    private readonly reopenings: ReopeningService,
  ) {}

  /** One tap: the case is taken up again, or the facilitator reads that it does not go well; and finds a call on their list. */
  @Post(ROUTES.mineTogether)
  @Access({ roles: ['main-person'], knownDevice: true })
  async ask(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const ask = async (): Promise<void> => {
      await this.reopenings.comeTogether(ctx, participant(ctx).caseId, await this.visits.body(ReopeningRequest, fields));
      await this.mine.askCallBack(ctx, 'together-asked');
    };
    await this.own.done(request, reply, 'together-asked', () => onceOnly(ask, () => this.mine.askedTogether(ctx)));
  }

  /** Takes up what was closed; while a plan is carried out the form for a new date is next. */
  @Post(ROUTES.reopen)
  @Access({ roles: ['facilitator'] })
  async again(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    let how: Together = 'reopen';
    const done = (): string => (how === 'plan' ? 'together' : 'reopened');
    await this.pages.act(request, reply, done, async (ctx, caseId) => {
      how = await this.reopenings.comeTogether(ctx, caseId, await this.visits.body(ReopeningRequest, fields));
    }, 'beraad');
  }
}

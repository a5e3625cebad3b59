import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MarksRequest } from '../plans/marks.dto.js';
import { marksError } from '../plans/marks.rules.js';
import { MarksService } from '../plans/marks.service.js';
import { Database } from '../platform/database/database.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { invalidField, notFound } from '../platform/http/problem.js';
import { ROUTES } from './desk.routes.js';
import { MarksPage } from './marks.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, VisitsService, type Fields, type Page } from './visits.service.js';

const CIRCLE = { roles: ['main-person', 'member'] } as const;

/** `/kring/cijfers`: two marks and a sentence of one's own. */
@ApiExcludeController()
@Controller()
export class MarksPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
    private readonly marks: MarksService,
    private readonly database: Database,
  ) {}

  @Get(ROUTES.ownMarks)
  @Access(CIRCLE)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own(request));
  }

  @Post(ROUTES.ownMarks)
  @Access(CIRCLE)
  async give(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { caseId } = participant(ctx);
    await this.visits.act(request, reply, { to: ROUTES.ownMarks, done: 'answer', page: this.own(request) }, async () => {
      const body = await this.visits.body(MarksRequest, fields, { numbers: ['meeting', 'plan'], flags: ['mayShare'] });
      if (marksError(body)) throw invalidField('/meeting', 'mark-or-sentence');
      await this.marks.give(ctx, caseId, body);
    });
  }

  /** 404 as long as there is nothing to mark. */
  private own(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const { caseId, memberId, isMainPerson } = participant(ctx);
    return async (frame) => {
      const contact = await this.pages.contactOf(ctx);
      const found = await this.database.view(ctx, (tx) => this.marks.own(tx, caseId, memberId));
      if (!found) throw notFound();
      return <MarksPage frame={{ ...frame, contact }} {...found} isMainPerson={isMainPerson} />;
    };
  }
}

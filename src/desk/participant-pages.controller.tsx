import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ParticipationRequest } from '../circle/preparation.dto.js';
import { ofWay } from '../circle/preparation.rules.js';
import { ParticipationService } from '../circle/participation.service.js';
import { LeavingService } from '../circle/leaving.service.js';
import { ResponseRequest } from '../meetings/meetings.dto.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { ResponsesService } from '../meetings/responses.service.js';
import { AgreementsService } from '../plans/agreements.service.js';
import { ProgressRequest } from '../plans/commitments.dto.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { ObstacleRequest } from '../plans/obstacles.dto.js';
import { ObstaclesService } from '../plans/obstacles.service.js';
import { AgreementRequest } from '../plans/plans.dto.js';
import { StatementRequest } from '../plans/statements.dto.js';
import { StatementsService } from '../plans/statements.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { RemovalPage, RemovedPage } from './circle.pages.js';
import { ROUTES } from './desk.routes.js';
import { OwnPages } from './own-pages.service.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, onceOnly, textOf, versionOf, VisitsService, type Fields } from './visits.service.js';

const CIRCLE = { roles: ['main-person', 'member'] } as const;
const MINE = { roles: ['main-person'], knownDevice: true } as const;

/** The pages behind a personal link: `/kring` for who was asked, `/mijn` for whom it is about. */
@ApiExcludeController()
@Controller()
export class ParticipantPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly own: OwnPages,
    private readonly pages: ParticipantPagesService,
    private readonly meetings: MeetingsService,
    private readonly responses: ResponsesService,
    private readonly commitments: CommitmentsService,
    private readonly obstacles: ObstaclesService,
    private readonly leaving: LeavingService,
    private readonly participations: ParticipationService,
    private readonly statements: StatementsService,
    private readonly agreements: AgreementsService,
  ) {}

  @Get(ROUTES.circle)
  @Access(CIRCLE)
  async circle(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    if (participant(contextOf(request)).isMainPerson) {
      void reply.redirect(ROUTES.mine, 303);
      return;
    }
    await this.visits.show(request, reply, this.own.page(request));
  }

  @Get(ROUTES.mine)
  @Access({ roles: ['main-person'] })
  async mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own.page(request));
  }

  /** One tap for one date; or none of the dates, with what would do. */
  @Post(ROUTES.answer)
  @Access(CIRCLE)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { answer: tapped, meetingId, ...others } = fields;
    const [slotId = '', answer = ''] = String(tapped ?? '').split(':');
    await this.own.done(request, reply, 'answer', async () => {
      const body = await this.visits.body(ResponseRequest, tapped === undefined ? others : { [`answers.${slotId}`]: answer });
      await this.responses.respond(ctx, String(meetingId ?? ''), participant(ctx).memberId, body, null);
    });
  }

  /** How it goes with an own promise. */
  @Post(ROUTES.ownCommitment)
  @Access(CIRCLE)
  async progress(
    @Req() request: StatefulRequest,
    @Res() reply: FastifyReply,
    @IdParam('commitmentId') id: string,
    @Body() fields: Fields,
  ): Promise<void> {
    const ctx = contextOf(request);
    const state = textOf(fields, 'state');
    const kept = state === 'done' || state === 'running';
    // The page itself says thank you for what was kept.
    const done = kept ? undefined : state === 'given-back' ? 'given-back' : 'commitment';
    const report = async (): Promise<void> => {
      const { version: _, ...rest } = fields;
      await this.commitments.report(ctx, id, versionOf(fields), await this.visits.body(ProgressRequest, rest));
    };
    const isSo = async (): Promise<boolean> => (await this.commitments.read(ctx, id)).state === state;
    await this.own.done(request, reply, done, () => onceOnly(report, isSo), kept ? `?gehouden=${id}` : '');
  }

  /** Something is in the way of an own promise; whoever knows no organisation that can take it away keeps the move. */
  @Post(ROUTES.ownStuck)
  @Access(CIRCLE)
  async stuck(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    await this.own.done(request, reply, 'stuck', async () => {
      const mover = textOf(fields, 'whoseMove.organisation') ? {} : { 'whoseMove.memberId': participant(ctx).memberId };
      await this.obstacles.raise(ctx, id, await this.visits.body(ObstacleRequest, { ...fields, ...mover }));
    });
  }

  /** How somebody takes part, also without being there. */
  @Post(ROUTES.ownPart)
  @Access({ roles: ['member'] })
  async part(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    await this.own.done(request, reply, 'own-part', async () => {
      const body = await this.visits.body(ParticipationRequest, ofWay(textOf(fields, 'way'), fields));
      await this.participations.set(ctx, participant(ctx).memberId, body);
    });
  }

  @Get(ROUTES.removeMe)
  @Access({ roles: ['member'] })
  async removalPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const contact = await this.pages.contactOf(contextOf(request));
    await this.visits.show(request, reply, (frame) => <RemovalPage frame={{ ...frame, contact }} />);
  }

  /** "Haal mij weg": the links and sessions of this person end with it, so this answer is the last page they see. */
  @Post(ROUTES.removeMe)
  @Access({ roles: ['member'] })
  async removeMe(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const ctx = contextOf(request);
    await this.leaving.remove(ctx, participant(ctx).memberId, { reason: 'own-wish' });
    await this.visits.show(request, reply, (frame) => <RemovedPage frame={frame} />);
  }

  @Get(ROUTES.calendar)
  @Access(CIRCLE)
  async calendar(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string): Promise<void> {
    const { filename, contentType, content } = await this.meetings.calendarFile(contextOf(request), id);
    void reply.type(contentType).header('Content-Disposition', `attachment; filename="${filename}"`).send(content);
  }

  @Post(ROUTES.callBack)
  @Access(CIRCLE)
  async callBack(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.own.done(request, reply, 'call-back', () => this.pages.askCallBack(contextOf(request)));
  }

  @Post(ROUTES.mineStatement)
  @Access(MINE)
  async statement(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    await this.own.done(request, reply, 'own-statement', async () => {
      await this.statements.write(ctx, caseId, memberId, null, await this.visits.body(StatementRequest, fields));
    });
  }

  @Post(ROUTES.mineAgreement)
  @Access(MINE)
  async agree(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { planId: _, ...answer } = fields;
    await this.own.done(request, reply, 'agreement', async () => {
      const body = await this.visits.body(AgreementRequest, answer, { flags: ['agrees'] });
      await this.agreements.answer(contextOf(request), textOf(fields, 'planId'), body);
    });
  }
}

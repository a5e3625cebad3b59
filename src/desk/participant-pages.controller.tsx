import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
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
import { PassingResponse } from '../plans/offers.dto.js';
import { ObstacleRequest } from '../plans/obstacles.dto.js';
import { ObstaclesService } from '../plans/obstacles.service.js';
import { PassingsService } from '../plans/passings.service.js';
import { AgreementRequest } from '../plans/plans.dto.js';
import { StatementRequest } from '../plans/statements.dto.js';
import { StatementsService } from '../plans/statements.service.js';
import type { Ctx } from '../platform/actor.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import type { Frame } from '../web/frame.js';
import { CirclePage, RemovalPage, RemovedPage } from './circle.pages.js';
import { ROUTES } from './desk.routes.js';
import { MinePage } from './mine.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, textOf, versionOf, VisitsService, type Fields } from './visits.service.js';

const CIRCLE = { roles: ['main-person', 'member'] } as const;
const MINE = { roles: ['main-person'], knownDevice: true } as const;

/** The pages behind a personal link: `/kring` for who was asked, `/mijn` for whom it is about. */
@ApiExcludeController()
@Controller()
export class ParticipantPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
    private readonly meetings: MeetingsService,
    private readonly responses: ResponsesService,
    private readonly commitments: CommitmentsService,
    private readonly passings: PassingsService,
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
    await this.visits.show(request, reply, this.own(request));
  }

  @Get(ROUTES.mine)
  @Access({ roles: ['main-person'] })
  async mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.own(request));
  }

  /** One tap for one date; or none of the dates, with what would do. */
  @Post(ROUTES.answer)
  @Access(CIRCLE)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { answer: tapped, meetingId, ...others } = fields;
    const [slotId = '', answer = ''] = String(tapped ?? '').split(':');
    await this.done(request, reply, 'answer', async () => {
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
    const to = `${home(ctx)}${kept ? `?gehouden=${id}` : ''}`;
    await this.done(request, reply, state === 'given-back' ? 'given-back' : kept ? 'kept' : 'commitment', async () => {
      const { version: _, ...rest } = fields;
      await this.commitments.report(ctx, id, versionOf(fields), await this.visits.body(ProgressRequest, rest));
    }, to);
  }

  /** Something is in the way of an own promise; whoever knows no organisation that can take it away keeps the move. */
  @Post(ROUTES.ownStuck)
  @Access(CIRCLE)
  async stuck(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    await this.done(request, reply, 'stuck', async () => {
      const mover = textOf(fields, 'whoseMove.organisation') ? {} : { 'whoseMove.memberId': participant(ctx).memberId };
      await this.obstacles.raise(ctx, id, await this.visits.body(ObstacleRequest, { ...fields, ...mover }));
    });
  }

  /** Yes or "liever niet" to taking over what another promised. */
  @Post(ROUTES.ownTakingOver)
  @Access(CIRCLE)
  async takeOver(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    await this.done(request, reply, 'commitment', async () => {
      await this.passings.answer(contextOf(request), id, await this.visits.body(PassingResponse, fields, { flags: ['yes'] }));
    });
  }

  /** How somebody takes part, also without being there. */
  @Post(ROUTES.ownPart)
  @Access({ roles: ['member'] })
  async part(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    await this.done(request, reply, 'own-part', async () => {
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
    await this.done(request, reply, 'call-back', () => this.pages.askCallBack(contextOf(request)));
  }

  @Post(ROUTES.mineStatement)
  @Access(MINE)
  async statement(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    await this.done(request, reply, 'own-statement', async () => {
      await this.statements.write(ctx, caseId, memberId, null, await this.visits.body(StatementRequest, fields));
    });
  }

  @Post(ROUTES.mineAgreement)
  @Access(MINE)
  async agree(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { planId: _, ...answer } = fields;
    await this.done(request, reply, 'agreement', async () => {
      const body = await this.visits.body(AgreementRequest, answer, { flags: ['agrees'] });
      await this.agreements.answer(contextOf(request), textOf(fields, 'planId'), body);
    });
  }

  private done(request: StatefulRequest, reply: FastifyReply, done: string, command: () => Promise<unknown>, to?: string): Promise<void> {
    return this.visits.act(request, reply, { to: to ?? home(contextOf(request)), done, page: this.own(request) }, command);
  }

  /** The page of the one who asks. */
  private own(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    const ctx = contextOf(request);
    return async (frame) => {
      if (participant(ctx).isMainPerson) {
        const { contact, props } = await this.pages.minePage(ctx);
        return <MinePage frame={{ ...frame, contact }} {...props} />;
      }
      const { gehouden } = request.query as { gehouden?: string };
      const { contact, props } = await this.pages.circlePage(ctx, gehouden ?? null);
      return <CirclePage frame={{ ...frame, contact }} {...props} />;
    };
  }
}

const home = (ctx: Ctx): string => (participant(ctx).isMainPerson ? ROUTES.mine : ROUTES.circle);

import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { MemberEndRequest } from '../circle/circle.dto.js';
import { MembersService } from '../circle/members.service.js';
import { ResponseRequest } from '../meetings/meetings.dto.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { ResponsesService } from '../meetings/responses.service.js';
import { AgreementsService } from '../plans/agreements.service.js';
import { ProgressRequest } from '../plans/commitments.dto.js';
import { CommitmentsService } from '../plans/commitments.service.js';
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
    private readonly members: MembersService,
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

  /** One tap for one date. */
  @Post(ROUTES.answer)
  @Access(CIRCLE)
  async answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const [slotId = '', answer = ''] = textOf(fields, 'answer').split(':');
    await this.done(request, reply, 'answer', async () => {
      const body = await this.visits.body(ResponseRequest, { [`answers.${slotId}`]: answer });
      await this.responses.respond(ctx, textOf(fields, 'meetingId'), participant(ctx).memberId, body, null);
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
    await this.members.remove(ctx, participant(ctx).memberId, { reason: 'own-wish' });
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

  @Post(ROUTES.mineApprove)
  @Access(MINE)
  async approve(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.done(request, reply, 'approved', () => this.members.approve(contextOf(request), id, {}));
  }

  @Post(ROUTES.mineRefuse)
  @Access(MINE)
  async refuse(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.done(request, reply, 'refused', async () =>
      this.members.refuse(contextOf(request), id, await this.visits.body(MemberEndRequest, { reason: 'main-person' })),
    );
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

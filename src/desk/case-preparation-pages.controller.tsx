import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ContactAttemptRequest } from '../circle/circle.dto.js';
import { IndependenceCheckRequest } from '../circle/independence.dto.js';
import { IndependenceService } from '../circle/independence.service.js';
import { InvitationsService } from '../circle/invitations.service.js';
import { ParticipationService } from '../circle/participation.service.js';
import { ParticipationRequest, PreparationTalkRequest } from '../circle/preparation.dto.js';
import { PreparationService } from '../circle/preparation.service.js';
import { TasksService } from '../circle/tasks.service.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { CasePagesService } from './case-pages.service.js';
import { CasePreparationPage } from './case-preparation.pages.js';
import { CasePreparationService } from './case-preparation.service.js';
import { address, ROUTES } from './desk.routes.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}/voorbereiding`: what is done before the meeting. */
@ApiExcludeController()
@Controller()
export class CasePreparationPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly cases: CasePagesService,
    private readonly pages: CasePreparationService,
    private readonly preparation: PreparationService,
    private readonly participations: ParticipationService,
    private readonly invitations: InvitationsService,
    private readonly independence: IndependenceService,
    private readonly tasks: TasksService,
    private readonly clock: Clock,
  ) {}

  @Get(ROUTES.casePreparation)
  @Access(FACILITATOR)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.page(request));
  }

  /** A talk that was held just now, or was not possible. */
  @Post(ROUTES.noteTalk)
  @Access(FACILITATOR)
  async talk(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { memberId, ...fields }: Fields): Promise<void> {
    await this.act(request, reply, 'talk', async (ctx) => {
      const body = await this.visits.body(PreparationTalkRequest, { ...fields, at: this.clock.now().toISOString() });
      await this.preparation.talk(ctx, textOf({ memberId }, 'memberId'), body);
    });
  }

  @Post(ROUTES.noteAttempt)
  @Access(FACILITATOR)
  async attempt(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { memberId, ...fields }: Fields): Promise<void> {
    await this.act(request, reply, 'contact', async (ctx) => {
      const body = await this.visits.body(ContactAttemptRequest, { ...fields, at: this.clock.now().toISOString() });
      await this.invitations.attempt(ctx, textOf({ memberId }, 'memberId'), body);
    });
  }

  @Post(ROUTES.noteParticipation)
  @Access(FACILITATOR)
  async part(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { memberId, ...fields }: Fields): Promise<void> {
    await this.act(request, reply, 'noted', async (ctx) => {
      await this.participations.set(ctx, textOf({ memberId }, 'memberId'), await this.visits.body(ParticipationRequest, fields));
    });
  }

  @Post(ROUTES.noteIndependence)
  @Access(FACILITATOR)
  async free(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, 'noted', async (ctx, caseId) => {
      await this.independence.check(ctx, caseId, await this.visits.body(IndependenceCheckRequest, fields, { flags: ['wishesMet'] }));
    });
  }

  @Post(ROUTES.referrerReached)
  @Access(FACILITATOR)
  async referrer(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.act(request, reply, 'contact', (ctx, caseId) => this.tasks.referrerReached(ctx, caseId, { at: this.clock.now(), channel: 'call' }));
  }

  private async act(request: StatefulRequest, reply: FastifyReply, done: string, command: (ctx: Ctx, caseId: string) => Promise<unknown>): Promise<void> {
    const ctx = contextOf(request);
    const caseId = await this.cases.idOf(ctx, referenceOf(request));
    const to = address(ROUTES.casePreparation, { ref: referenceOf(request) });
    await this.visits.act(request, reply, { to, done, page: this.page(request) }, () => command(ctx, caseId));
  }

  private page(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const caseId = await this.cases.idOf(ctx, referenceOf(request));
      return <CasePreparationPage frame={frame} {...await this.pages.page(ctx, caseId)} />;
    };
  }
}

const referenceOf = (request: StatefulRequest): string => (request.params as { ref: string }).ref;

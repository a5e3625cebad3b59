import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { MembersService } from '../circle/members.service.js';
import type { Member } from '../circle/circle.dto.js';
import { CorrectionsService } from '../privacy/corrections.service.js';
import { ErasureRequestsService } from '../privacy/erasure-requests.service.js';
import { PersonDataDocument } from '../privacy/person-data.pages.js';
import { PersonDataService } from '../privacy/person-data.service.js';
import { CorrectionAnswerRequest, CorrectionRequest, ErasureAsked, ErasureDecision, OwnChanges } from '../privacy/rights.dto.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import type { Frame } from '../web/frame.js';
import { renderPage } from '../web/page.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { DataPage, ErasurePage, ErasuresPage } from './privacy.pages.js';
import { contextOf, versionOf, VisitsService, type Fields } from './visits.service.js';

const MAIN = { roles: ['main-person'], knownDevice: true } as const;
const MEMBER = { roles: ['member'] } as const;
const LEAD = { roles: ['lead'] } as const;
/** What can be emptied in the form; the name cannot. */
const MAY_BE_TAKEN = ['firstName', 'email', 'phone', 'address', 'language'] as const;

/** What is kept of me; for the facilitator and the lead what was asked about it. */
@ApiExcludeController()
@Controller()
export class PrivacyPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly participants: ParticipantPagesService,
    private readonly cases: CaseFormsService,
    private readonly data: PersonDataService,
    private readonly corrections: CorrectionsService,
    private readonly erasures: ErasureRequestsService,
    private readonly members: MembersService,
  ) {}

  @Get(ROUTES.mineData)
  @Access(MAIN)
  mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.own(request));
  }

  @Get(ROUTES.circleData)
  @Access(MEMBER)
  circle(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.own(request));
  }

  @Get(ROUTES.mineDataFile)
  @Access(MAIN)
  mineFile(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.file(request, reply);
  }

  @Get(ROUTES.circleDataFile)
  @Access(MEMBER)
  circleFile(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.file(request, reply);
  }

  @Post(ROUTES.mineData)
  @Access(MAIN)
  changeMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.change(request, reply, ROUTES.mineData, fields);
  }

  @Post(ROUTES.circleData)
  @Access(MEMBER)
  changeCircle(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.change(request, reply, ROUTES.circleData, fields);
  }

  @Post(ROUTES.mineCorrection)
  @Access(MAIN)
  askMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.ask(request, reply, ROUTES.mineData, fields);
  }

  @Post(ROUTES.circleCorrection)
  @Access(MEMBER)
  askCircle(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.ask(request, reply, ROUTES.circleData, fields);
  }

  @Get(ROUTES.mineErasure)
  @Access(MAIN)
  erasurePage(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.erasure(request));
  }

  @Post(ROUTES.mineErasure)
  @Access(MAIN)
  askErasure(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    return this.visits.act(request, reply, { to: ROUTES.mineData, done: 'erasure-asked', page: this.erasure(request) }, async () => {
      await this.erasures.ask(ctx, await this.visits.body(ErasureAsked, { stopContact: 'false', ...fields }, { flags: ['stopContact'] }));
    });
  }

  /** The facilitator says what became of it. */
  @Post(ROUTES.correctionAnswer)
  @Access({ roles: ['facilitator'] })
  answer(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('correctionId') id: string, @Body() fields: Fields): Promise<void> {
    return this.cases.act(request, reply, 'correction-answered', async (ctx) => {
      await this.corrections.answer(ctx, id, await this.visits.body(CorrectionAnswerRequest, fields));
    });
  }

  @Get(ROUTES.erasures)
  @Access(LEAD)
  requests(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.toDecide(request));
  }

  @Post(ROUTES.erasureDecision)
  @Access(LEAD)
  decide(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('requestId') id: string, @Body() fields: Fields): Promise<void> {
    return this.visits.act(request, reply, { to: ROUTES.erasures, done: 'erasure-decided', page: this.toDecide(request) }, async () => {
      await this.erasures.decide(contextOf(request), id, await this.visits.body(ErasureDecision, fields));
    });
  }

  private change(request: StatefulRequest, reply: FastifyReply, to: string, { version, ...fields }: Fields): Promise<void> {
    return this.visits.act(request, reply, { to, done: 'data-changed', page: this.own(request) }, async () => {
      const body = await this.visits.body(OwnChanges, fields);
      // A field that came empty takes away; what the form does not ask stays.
      for (const name of MAY_BE_TAKEN) if (fields[name] === '') body[name] = null;
      await this.corrections.change(contextOf(request), body, versionOf({ version }));
    });
  }

  private ask(request: StatefulRequest, reply: FastifyReply, to: string, fields: Fields): Promise<void> {
    return this.visits.act(request, reply, { to, done: 'correction-asked', page: this.own(request) }, async () => {
      await this.corrections.ask(contextOf(request), await this.visits.body(CorrectionRequest, fields));
    });
  }

  private own(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => {
      const ctx = contextOf(request);
      const { memberId, isMainPerson } = participant(ctx);
      const contact = await this.participants.contactOf(ctx);
      const data = await this.data.own(ctx);
      const me = (await this.members.get(ctx, memberId)) as Member;
      const { items: corrections } = await this.corrections.own(ctx);
      const { items: erasures } = isMainPerson ? await this.erasures.mine(ctx) : { items: [] };
      return <DataPage frame={{ ...frame, contact }} data={data} me={me} corrections={corrections} erasures={erasures} />;
    };
  }

  private erasure(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => {
      const contact = await this.participants.contactOf(contextOf(request));
      return <ErasurePage frame={{ ...frame, contact }} />;
    };
  }

  private toDecide(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => <ErasuresPage frame={frame} requests={(await this.erasures.list(contextOf(request))).items} />;
  }

  private async file(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const { name } = request.params as { name: string };
    if (name !== 'gegevens.html' && name !== 'gegevens.json') throw notFound();
    const data = await this.data.own(contextOf(request));
    const page = name === 'gegevens.html';
    void reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', `attachment; filename="${name}"`)
      .type(page ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
      .send(page ? renderPage(PersonDataDocument({ data })) : JSON.stringify(data, null, 2));
  }
}

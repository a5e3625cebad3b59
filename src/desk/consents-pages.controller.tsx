import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import type { VNode } from 'preact';
import { MicroAnalysisConsentRequest, ReleaseRequest, WithdrawalOfConsentRequest } from '../circle/consents.dto.js';
import { ConsentsService } from '../circle/consents.service.js';
import { ContactRestrictionRequest, RestrictionEndRequest } from '../circle/restrictions.dto.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { Clock } from '../platform/clock.js';
import { Access, IdParam, UUID, type StatefulRequest } from '../platform/http/access.js';
import { invalidField, notFound } from '../platform/http/problem.js';
import type { Frame } from '../web/frame.js';
import { CaseFormsService } from './case-forms.service.js';
import { ConsentsPagesService } from './consents-pages.service.js';
import { OwnYesPage } from './consents.pages.js';
import { ROUTES } from './desk.routes.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, textOf, VisitsService, type Fields } from './visits.service.js';

const MAIN = { roles: ['main-person'] } as const;
const MEMBER = { roles: ['member'] } as const;
const FACILITATOR = { roles: ['facilitator'] } as const;
const ZONE = 'Europe/Amsterdam';

/** What people said yes to, where they take it back; for the facilitator what was said and who must not meet whom. */
@ApiExcludeController()
@Controller()
export class ConsentsPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly participants: ParticipantPagesService,
    private readonly pages: ConsentsPagesService,
    private readonly cases: CaseFormsService,
    private readonly consents: ConsentsService,
    private readonly restrictions: RestrictionsService,
    private readonly clock: Clock,
  ) {}

  @Get(ROUTES.mineYes)
  @Access(MAIN)
  mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.own(request));
  }

  @Get(ROUTES.circleYes)
  @Access(MEMBER)
  circle(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.own(request));
  }

  /** To join the figures, or rather not. */
  @Post(ROUTES.mineFigures)
  @Access(MAIN)
  figures(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    const done = textOf(fields, 'given') === 'true' ? 'figures-yes' : 'figures-no';
    return this.visits.act(request, reply, { to: ROUTES.mineYes, done, page: this.own(request) }, async () => {
      const said = { given: fields.given, on: this.today(), how: 'own-page' };
      await this.consents.joinMicroAnalysis(ctx, caseId, memberId, await this.visits.body(MicroAnalysisConsentRequest, said, { flags: ['given'] }));
    });
  }

  @Post(ROUTES.mineYesBack)
  @Access(MAIN)
  mineBack(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('consentId') id: string): Promise<void> {
    return this.back(request, reply, id, ROUTES.mineYes);
  }

  @Post(ROUTES.circleYesBack)
  @Access(MEMBER)
  circleBack(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('consentId') id: string): Promise<void> {
    return this.back(request, reply, id, ROUTES.circleYes);
  }

  /** That somebody lets a professional speak about something, said to the facilitator. */
  @Post(ROUTES.noteRelease)
  @Access(FACILITATOR)
  noteRelease(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { memberId, ...fields }: Fields): Promise<void> {
    return this.cases.act(request, reply, 'yes-noted', async (ctx) => {
      const body = await this.visits.body(ReleaseRequest, fields);
      await this.consents.release(ctx, chosen(memberId), body);
    });
  }

  @Post(ROUTES.noteFigures)
  @Access(FACILITATOR)
  noteFigures(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { memberId, ...fields }: Fields): Promise<void> {
    return this.cases.act(request, reply, 'yes-noted', async (ctx, caseId) => {
      const body = await this.visits.body(MicroAnalysisConsentRequest, fields, { flags: ['given'] });
      await this.consents.joinMicroAnalysis(ctx, caseId, chosen(memberId), body);
    });
  }

  @Post(ROUTES.noteYesBack)
  @Access(FACILITATOR)
  noteBack(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('consentId') id: string, @Body() fields: Fields): Promise<void> {
    return this.cases.act(request, reply, 'yes-taken-back', async (ctx) => {
      await this.consents.withdraw(ctx, id, await this.visits.body(WithdrawalOfConsentRequest, fields));
    });
  }

  @Post(ROUTES.keepApart)
  @Access(FACILITATOR)
  keepApart(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.cases.act(request, reply, 'kept-apart', async (ctx, caseId) => {
      await this.restrictions.restrict(ctx, caseId, await this.visits.body(ContactRestrictionRequest, fields));
    });
  }

  @Post(ROUTES.endApart)
  @Access(FACILITATOR)
  endApart(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('restrictionId') id: string, @Body() fields: Fields): Promise<void> {
    return this.cases.act(request, reply, 'apart-ended', async (ctx) => {
      await this.restrictions.end(ctx, id, await this.visits.body(RestrictionEndRequest, fields));
    });
  }

  private back(request: StatefulRequest, reply: FastifyReply, id: string, to: string): Promise<void> {
    return this.visits.act(request, reply, { to, done: 'yes-back', page: this.own(request) }, () =>
      this.consents.withdraw(contextOf(request), id, {}),
    );
  }

  private own(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => {
      const ctx = contextOf(request);
      const contact = await this.participants.contactOf(ctx);
      return <OwnYesPage frame={{ ...frame, contact }} {...await this.pages.own(ctx)} />;
    };
  }

  private today(): string {
    return DateTime.fromJSDate(this.clock.now(), { zone: ZONE }).toISODate()!;
  }
}

/** Whom the form was about; a form without it asks for it. */
function chosen(memberId: unknown): string {
  if (typeof memberId !== 'string' || memberId === '') throw invalidField('/memberId', 'required');
  if (!UUID.test(memberId)) throw notFound();
  return memberId;
}

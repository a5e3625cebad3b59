import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DraftLinesService } from '../plans/draft-lines.service.js';
import { SafetyConditionRequest } from '../plans/drafts.dto.js';
import { LegalFormRequest, SubmissionRequest } from '../plans/legal-forms.dto.js';
import { LegalFormsService } from '../plans/legal-forms.service.js';
import { ConditionTestRequest } from '../plans/safety-conditions.dto.js';
import { SafetyConditionsService } from '../plans/safety-conditions.service.js';
import { Access, IdParam, UUID, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { OwnSafetyPage } from './safety-conditions.pages.js';
import { SafetyPagesService } from './safety-pages.service.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const OWN = { roles: ['member'], knownDevice: true } as const;
const FACILITATOR = { roles: ['facilitator'] } as const;

/** What must be safe: looked at by who named it, and named for them by the facilitator; and the form of law of the plan. */
@ApiExcludeController()
@Controller()
export class SafetyPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: SafetyPagesService,
    private readonly cases: CaseFormsService,
    private readonly conditions: SafetyConditionsService,
    private readonly lines: DraftLinesService,
    private readonly legalForms: LegalFormsService,
  ) {}

  @Get(ROUTES.ownSafety)
  @Access(OWN)
  own(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.page(request));
  }

  @Post(ROUTES.ownSafetyTest)
  @Access(OWN)
  test(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('conditionId') id: string, @Body() fields: Fields): Promise<void> {
    const done = textOf(fields, 'met') === 'true' ? 'condition-met' : 'condition-not-met';
    return this.visits.act(request, reply, { to: ROUTES.ownSafety, done, page: this.page(request) }, async () => {
      await this.conditions.test(contextOf(request), id, await this.visits.body(ConditionTestRequest, fields, { flags: ['met'] }));
    });
  }

  /** One more, named by a professional before the meeting. */
  @Post(ROUTES.addSafetyCondition)
  @Access(FACILITATOR)
  add(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.cases.act(request, reply, 'condition-added', async (ctx, caseId) => {
      await this.lines.addCondition(ctx, caseId, await this.visits.body(SafetyConditionRequest, fields));
    });
  }

  @Post(ROUTES.legalForm)
  @Access(FACILITATOR)
  choose(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    return this.cases.act(request, reply, 'legal-form', async (ctx, caseId) => {
      const { form } = await this.visits.body(LegalFormRequest, fields);
      await this.legalForms.choose(ctx, caseId, form);
    });
  }

  @Post(ROUTES.planSubmission)
  @Access(FACILITATOR)
  submit(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { planId, ...fields }: Fields): Promise<void> {
    return this.cases.act(request, reply, 'plan-submitted', async (ctx) => {
      const { on } = await this.visits.body(SubmissionRequest, fields);
      if (typeof planId !== 'string' || !UUID.test(planId)) throw notFound();
      await this.legalForms.submit(ctx, planId, on);
    });
  }

  private page(request: StatefulRequest): Page {
    return async (frame) => {
      const { contact, ...props } = await this.pages.own(contextOf(request));
      return <OwnSafetyPage frame={{ ...frame, contact }} {...props} />;
    };
  }
}

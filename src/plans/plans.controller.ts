import { createHash } from 'node:crypto';
import { Body, Controller, Get, Headers, Post, Put, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch, preferred } from '../platform/http/access.js';
import { anyOf } from '../platform/http/answers.js';
import { Composite } from '../platform/http/etag.js';
import { Problem } from '../platform/http/problem.js';
import { AgreementsService } from './agreements.service.js';
import { PlanDraftAnswer, PlanDraftRequest } from './drafts.dto.js';
import { DraftsService } from './drafts.service.js';
import { AgreementAnswer, AgreementRequest, FixedPlanAnswer, PlanAnswer, PlanForProfessional } from './plans.dto.js';
import { PlanPapersService } from './plan-papers.service.js';
import { planPdf } from './plan-pdf.pages.js';
import { planText } from './plan-text.rules.js';
import { PlansService } from './plans.service.js';

@ApiTags('plans')
@Controller('v1')
export class PlansController {
  constructor(
    private readonly drafts: DraftsService,
    private readonly plans: PlansService,
    private readonly agreements: AgreementsService,
    private readonly papers: PlanPapersService,
  ) {}

  /** The plan in the making, for the facilitator, main persons and who writes at the meeting; always there, empty with version 0 at first. */
  @Get('cases/:id/plan-draft')
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true, refuses: [409] })
  readDraft(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PlanDraftAnswer> {
    return this.drafts.read(ctx, id);
  }

  /** Replaces the draft; needs If-Match. */
  @Put('cases/:id/plan-draft')
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true })
  writeDraft(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: PlanDraftRequest,
  ): Promise<PlanDraftAnswer> {
    return this.drafts.write(ctx, id, seen, body);
  }

  /** Fixes the draft as the next version of the plan; `warnings` asks whether you are sure. If-Match is the draft's. */
  @Post('cases/:id/plans')
  @Access({ roles: ['facilitator'] })
  fix(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null): Promise<FixedPlanAnswer> {
    return this.plans.fix(ctx, id, seen);
  }

  /**
   * A fixed version of a plan, as far as you may see it: as data, as a tagged PDF to print, or as sentences to listen to, the last
   * two in your language where we have it.
   */
  @Get('plans/:id')
  @Composite()
  @ApiExtraModels(PlanAnswer, PlanForProfessional)
  @ApiOkResponse({
    content: {
      'application/json': { schema: anyOf(PlanAnswer, PlanForProfessional) },
      'application/pdf': { schema: { type: 'string', format: 'binary' } },
      'text/plain': { schema: { type: 'string' } },
    },
  })
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true, produces: ['application/pdf', 'text/plain'] })
  async read(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanAnswer | PlanForProfessional | Buffer | string> {
    const type = preferred(accept, ['application/json', 'application/pdf', 'text/plain']);
    if (!type) throw new Problem(406, 'not-acceptable');
    reply.header('Vary', 'Accept');
    if (type === 'application/json') return this.plans.read(ctx, id);
    const { sheet, version, fixedAt } = await this.papers.read(ctx, id);
    const content = type === 'application/pdf' ? await planPdf(sheet, fixedAt) : planText(sheet);
    reply.header('Content-Type', type === 'text/plain' ? 'text/plain; charset=utf-8' : type).header('Content-Language', sheet.language);
    if (type === 'application/pdf') reply.header('Content-Disposition', `inline; filename="plan-${version}.pdf"`);
    reply.header('ETag', `"${version}.${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`);
    return content;
  }

  /** Says yes or no to a plan: your own answer, or told to the facilitator. */
  @Post('plans/:id/agreements')
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true })
  agree(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: AgreementRequest): Promise<AgreementAnswer> {
    return this.agreements.answer(ctx, id, body);
  }
}

import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import { Composite } from '../platform/http/etag.js';
import { AgreementsService } from './agreements.service.js';
import { PlanDraftAnswer, PlanDraftRequest } from './drafts.dto.js';
import { DraftsService } from './drafts.service.js';
import { AgreementAnswer, AgreementRequest, FixedPlanAnswer, PlanAnswer, PlanForProfessional } from './plans.dto.js';
import { PlansService } from './plans.service.js';

@ApiTags('plans')
@Controller('v1')
export class PlansController {
  constructor(
    private readonly drafts: DraftsService,
    private readonly plans: PlansService,
    private readonly agreements: AgreementsService,
  ) {}

  /** The plan in the making; always there, empty with version 0 at first. */
  @Get('cases/:id/plan-draft')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  readDraft(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PlanDraftAnswer> {
    return this.drafts.read(ctx, id);
  }

  /** Replaces the draft; needs If-Match. */
  @Put('cases/:id/plan-draft')
  @Access({ roles: ['facilitator'] })
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

  /** A fixed version of a plan, as far as you may see it. */
  @Get('plans/:id')
  @Composite()
  @AnswersAnyOf(200, PlanAnswer, PlanForProfessional)
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PlanAnswer | PlanForProfessional> {
    return this.plans.read(ctx, id);
  }

  /** Says yes or no to a plan: your own answer, or told to the facilitator. */
  @Post('plans/:id/agreements')
  @Access({ roles: ['facilitator', 'main-person', 'member'], knownDevice: true })
  agree(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: AgreementRequest): Promise<AgreementAnswer> {
    return this.agreements.answer(ctx, id, body);
  }
}

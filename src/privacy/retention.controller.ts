import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { PageQuery } from '../platform/http/cursor.js';
import { LegalHoldsService } from './legal-holds.service.js';
import {
  LegalHold,
  LegalHoldRequest,
  LegalHolds,
  RetentionCases,
  RetentionPolicy,
  RetentionPolicyRequest,
  RetentionRun,
  RetentionRunRequest,
  RetentionRuns,
} from './retention.dto.js';
import { RetentionPolicyService } from './retention-policy.service.js';
import { RetentionRunsService } from './retention-runs.service.js';

const ADMIN = { roles: ['admin'] } as const;

@ApiTags('privacy')
@Controller('v1')
export class RetentionController {
  constructor(
    private readonly policies: RetentionPolicyService,
    private readonly holds: LegalHoldsService,
    private readonly runs: RetentionRunsService,
  ) {}

  /** How long files are kept, and on what ground. */
  @Get('retention-policy')
  @Access(ADMIN)
  policy(@Context() ctx: Ctx): Promise<RetentionPolicy> {
    return this.policies.get(ctx);
  }

  /** Chooses the rule. A shorter one needs the id of today's trial run with that rule: 409 without. */
  @Put('retention-policy')
  @Access(ADMIN)
  choose(@Context() ctx: Ctx, @Body() body: RetentionPolicyRequest): Promise<RetentionPolicy> {
    return this.policies.put(ctx, body);
  }

  /** The cases of which nothing may be erased; without their contents. */
  @Get('legal-holds')
  @Access({ roles: ['lead', 'admin'] })
  heldCases(@Context() ctx: Ctx, @Query() query: PageQuery): Promise<LegalHolds> {
    return this.holds.list(ctx, query);
  }

  /** The legal hold of a case; its facilitator sees it too. */
  @Get('cases/:id/legal-hold')
  @Access({ roles: ['facilitator', 'lead', 'admin'] })
  hold(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<LegalHold> {
    return this.holds.get(ctx, id);
  }

  /** Puts a case on hold: nothing of it is erased while it stands, also not by request. */
  @Put('cases/:id/legal-hold')
  @Access({ roles: ['lead', 'admin'] })
  putHold(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: LegalHoldRequest): Promise<LegalHold> {
    return this.holds.put(ctx, id, body);
  }

  /** Ends the hold: the next run does what it left. */
  @Delete('cases/:id/legal-hold')
  @HttpCode(204)
  @Access({ roles: ['lead', 'admin'] })
  async endHold(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<void> {
    await this.holds.end(ctx, id);
  }

  /** Starts a run, or a trial that erases nothing; `Location` says where its report grows. Backups are beyond its reach. */
  @Post('retention-runs')
  @HttpCode(202)
  @Access(ADMIN)
  async start(
    @Context() ctx: Ctx,
    @Body() body: RetentionRunRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RetentionRun> {
    const run = await this.runs.start(ctx, body);
    reply.header('Location', `/v1/retention-runs/${run.id}`);
    return run;
  }

  /** Runs and trials, newest first. */
  @Get('retention-runs')
  @Access(ADMIN)
  list(@Context() ctx: Ctx, @Query() query: PageQuery): Promise<RetentionRuns> {
    return this.runs.list(ctx, query);
  }

  /** One run with its report: counts per rule and table, and of cases by what became of them. */
  @Get('retention-runs/:id')
  @Access(ADMIN)
  run(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<RetentionRun> {
    return this.runs.get(ctx, id);
  }

  /** The cases of a report: references and counts, no names. */
  @Get('retention-runs/:id/cases')
  @Access(ADMIN)
  cases(@Context() ctx: Ctx, @IdParam('id') id: string, @Query() query: PageQuery): Promise<RetentionCases> {
    return this.runs.cases(ctx, id, query);
  }
}

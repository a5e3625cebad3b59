import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { LegalHoldsService } from '../privacy/legal-holds.service.js';
import { LegalHoldForm, RetentionPolicyRequest, RetentionRunRequest } from '../privacy/retention.dto.js';
import { RetentionPolicyService } from '../privacy/retention-policy.service.js';
import { RetentionRunsService } from '../privacy/retention-runs.service.js';
import type { Frame } from '../web/frame.js';
import { address, ROUTES } from './desk.routes.js';
import { RetentionErasePage, RetentionPage, RetentionRunPage } from './retention.pages.js';
import { contextOf, VisitsService, type Fields } from './visits.service.js';

const ADMIN = { roles: ['admin'] } as const;
const HOLDS_SHOWN = 100;

/** `/beheer/bewaren`: the rule, what is held, trials and runs. */
@ApiExcludeController()
@Controller()
export class RetentionPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly policies: RetentionPolicyService,
    private readonly holds: LegalHoldsService,
    private readonly runs: RetentionRunsService,
  ) {}

  @Get(ROUTES.retention)
  @Access(ADMIN)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.overview(request));
  }

  /** Who keeps files shorter has tried that today: the page finds that trial by itself. */
  @Post(ROUTES.retentionRule)
  @Access(ADMIN)
  async choose(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const round = { to: ROUTES.retention, done: 'retention-rule', page: this.overview(request) };
    await this.visits.act(request, reply, round, async () => {
      const ctx = contextOf(request);
      const body = await this.visits.body(RetentionPolicyRequest, fields);
      const dryRunId = (await this.runs.trialToday(ctx, body.rule)) ?? undefined;
      await this.policies.put(ctx, { ...body, dryRunId });
    });
  }

  @Post(ROUTES.retentionHold)
  @Access(ADMIN)
  async hold(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const round = { to: ROUTES.retention, done: 'legal-hold', page: this.overview(request) };
    await this.visits.act(request, reply, round, async () => {
      const { reference, ...body } = await this.visits.body(LegalHoldForm, fields);
      await this.holds.putByReference(contextOf(request), reference, body);
    });
  }

  @Post(ROUTES.retentionRelease)
  @Access(ADMIN)
  async release(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('caseId') caseId: string): Promise<void> {
    const round = { to: ROUTES.retention, done: 'legal-hold-ended', page: this.overview(request) };
    await this.visits.act(request, reply, round, () => this.holds.end(contextOf(request), caseId));
  }

  /** Starts a trial and goes to its page, which grows while it is made. */
  @Post(ROUTES.retentionTrial)
  @Access(ADMIN)
  async trial(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.start(request, reply, this.overview(request), () =>
      this.visits.body(RetentionRunRequest, { ...fields, dryRun: 'true' }, { flags: ['dryRun'] }),
    );
  }

  @Get(ROUTES.retentionErase)
  @Access(ADMIN)
  async ask(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, (frame) => <RetentionErasePage frame={frame} />);
  }

  @Post(ROUTES.retentionErase)
  @Access(ADMIN)
  async erase(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.start(request, reply, (frame) => <RetentionErasePage frame={frame} />, () => Promise.resolve({ dryRun: false }));
  }

  @Get(ROUTES.retentionRun)
  @Access(ADMIN)
  async run(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('runId') id: string): Promise<void> {
    const ctx = contextOf(request);
    const { after } = request.query as { after?: string };
    await this.visits.show(request, reply, async (frame) => {
      const run = await this.runs.get(ctx, id);
      const { items, next } = await this.runs.cases(ctx, id, { after });
      const here = address(ROUTES.retentionRun, { runId: id });
      return <RetentionRunPage frame={frame} run={run} cases={items} more={next && `${here}?after=${encodeURIComponent(next)}`} />;
    });
  }

  private async start(
    request: StatefulRequest,
    reply: FastifyReply,
    page: (frame: Frame) => Promise<VNode> | VNode,
    body: () => Promise<RetentionRunRequest>,
  ): Promise<void> {
    let to: string = ROUTES.retention;
    await this.visits.act(request, reply, { to: () => to, page }, async () => {
      const { id } = await this.runs.start(contextOf(request), await body());
      to = address(ROUTES.retentionRun, { runId: id });
    });
  }

  private overview(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => {
      const ctx = contextOf(request);
      const { after } = request.query as { after?: string };
      const [policy, holds, runs] = [
        await this.policies.get(ctx),
        await this.holds.list(ctx, { limit: HOLDS_SHOWN }),
        await this.runs.list(ctx, { after }),
      ];
      const older = runs.next && `${ROUTES.retention}?after=${encodeURIComponent(runs.next)}`;
      return <RetentionPage frame={frame} policy={policy} holds={holds.items} runs={runs.items} older={older} />;
    };
  }
}

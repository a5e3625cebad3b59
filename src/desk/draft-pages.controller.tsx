import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CommitmentLineChange, ConditionLineChange, GoalLineChange } from '../plans/draft-lines.dto.js';
import { LINE_LISTS, type LineKind } from '../plans/draft-lines.rules.js';
import { DraftLinesService } from '../plans/draft-lines.service.js';
import { DraftCommitmentRequest, DraftGoalRequest } from '../plans/drafts.dto.js';
import { DraftsService } from '../plans/drafts.service.js';
import type { Ctx } from '../platform/actor.js';
import { Access, UUID, type StatefulRequest } from '../platform/http/access.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { CasePagesService } from './case-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { DraftPagesService } from './draft-pages.service.js';
import { WritingPage, type Overtaken } from './draft.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, textOf, versionOf, VisitsService, type Fields } from './visits.service.js';

/** Where somebody writes: the facilitator at the case, a main person at `/mijn`, who was named to write at `/kring`. */
interface Desk {
  caseId: string;
  address: string;
  back: string;
  isStaff: boolean;
}

/** Writing in the plan together, line by line. */
@ApiExcludeController()
@Controller()
export class DraftPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: DraftPagesService,
    private readonly cases: CasePagesService,
    private readonly participants: ParticipantPagesService,
    private readonly lines: DraftLinesService,
    private readonly drafts: DraftsService,
  ) {}

  @Get(ROUTES.caseWriting)
  @Access({ roles: ['facilitator'] })
  async ofCase(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(request, reply);
  }

  @Post(ROUTES.caseWriting)
  @Access({ roles: ['facilitator'] })
  async writeOfCase(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.write(request, reply, fields);
  }

  @Get(ROUTES.mineWriting)
  @Access({ roles: ['main-person'], knownDevice: true })
  async mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(request, reply);
  }

  @Post(ROUTES.mineWriting)
  @Access({ roles: ['main-person'], knownDevice: true })
  async writeMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.write(request, reply, fields);
  }

  @Get(ROUTES.circleWriting)
  @Access({ roles: ['member'], knownDevice: true })
  async scribe(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(request, reply);
  }

  @Post(ROUTES.circleWriting)
  @Access({ roles: ['member'], knownDevice: true })
  async writeScribe(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.write(request, reply, fields);
  }

  @Get(ROUTES.caseWritingCount)
  @Access({ roles: ['facilitator'] })
  async countOfCase(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.count(request, reply);
  }

  @Get(ROUTES.mineWritingCount)
  @Access({ roles: ['main-person'], knownDevice: true })
  async countOfMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.count(request, reply);
  }

  @Get(ROUTES.circleWritingCount)
  @Access({ roles: ['member'], knownDevice: true })
  async countOfScribe(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.count(request, reply);
  }

  private async count(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const { caseId } = await this.desk(request);
    const version = await this.drafts.versionOf(contextOf(request), caseId);
    void reply.header('Cache-Control', 'no-store').type('text/plain; charset=utf-8').send(String(version));
  }

  private async desk(request: StatefulRequest): Promise<Desk> {
    const ctx = contextOf(request);
    if (ctx.actor.kind === 'participant') {
      const { caseId, isMainPerson } = participant(ctx);
      const [at, back] = isMainPerson ? [ROUTES.mineWriting, ROUTES.mine] : [ROUTES.circleWriting, ROUTES.circle];
      return { caseId, address: at, back, isStaff: false };
    }
    const { ref } = request.params as { ref: string };
    const caseId = await this.cases.idOf(ctx, ref);
    return { caseId, address: address(ROUTES.caseWriting, { ref }), back: `${address(ROUTES.case, { ref })}#plan`, isStaff: true };
  }

  private async show(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const desk = await this.desk(request);
    await this.visits.show(request, reply, this.page(contextOf(request), desk, () => null));
  }

  private page(ctx: Ctx, desk: Desk, overtaken: () => Overtaken | null): Parameters<VisitsService['show']>[2] {
    return async (frame) => {
      const contact = desk.isStaff ? null : await this.participants.contactOf(ctx);
      const { caseId: _, ...where } = desk;
      return <WritingPage frame={{ ...frame, contact }} {...where} {...await this.pages.page(ctx, desk.caseId)} overtaken={overtaken()} />;
    };
  }

  private async write(request: StatefulRequest, reply: FastifyReply, fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const desk = await this.desk(request);
    const kind = textOf(fields, 'kind') as LineKind;
    const lineId = textOf(fields, 'lineId');
    const isNew = lineId === 'nieuw';
    if (!Object.hasOwn(LINE_LISTS, kind) || !(isNew || UUID.test(lineId))) throw notFound();
    let overtaken: Overtaken | null = null;
    const asked = textOf(fields, 'do');
    const isRemoval = asked === 'remove';
    const to = { to: desk.address, done: isRemoval ? 'line-gone' : 'line', page: this.page(ctx, desk, () => overtaken) };
    await this.visits.act(request, reply, to, async () => {
      const { kind: _kind, lineId: _lineId, version: _version, do: _do, ...typed } = fields;
      try {
        if (isNew) await this.add(ctx, desk.caseId, kind, typed);
        else if (isRemoval) await this.lines.remove(ctx, desk.caseId, kind, lineId, versionOf(fields));
        else await this.change(ctx, desk, { kind, lineId, seen: versionOf(fields), higher: asked === 'higher' }, typed);
      } catch (error) {
        if (error instanceof Problem && error.status === 412) overtaken = { kind, lineId, current: (error.extra.current ?? null) as Overtaken['current'] };
        throw error;
      }
    });
  }

  private async add(ctx: Ctx, caseId: string, kind: LineKind, typed: Fields): Promise<unknown> {
    if (kind === 'goals') return this.lines.addGoal(ctx, caseId, await this.visits.body(DraftGoalRequest, typed));
    if (kind === 'commitments') return this.lines.addCommitment(ctx, caseId, await this.visits.body(DraftCommitmentRequest, typed));
    throw notFound();
  }

  /** What was left empty on the page is empty, not as it was. */
  private async change(
    ctx: Ctx,
    { caseId, isStaff }: Desk,
    { kind, lineId, seen, higher }: { kind: LineKind; lineId: string; seen: number | null; higher: boolean },
    typed: Fields,
  ): Promise<unknown> {
    if (kind === 'goals') {
      const { text } = await this.visits.body(DraftGoalRequest, typed);
      return this.lines.changeGoal(ctx, caseId, lineId, seen, { text } satisfies GoalLineChange, higher);
    }
    if (kind === 'commitments') {
      const { id: _, goalId = null, dueOn = null, every = null, ...rest } = await this.visits.body(DraftCommitmentRequest, typed);
      return this.lines.changeCommitment(ctx, caseId, lineId, seen, { ...rest, goalId, dueOn, every } satisfies CommitmentLineChange, higher);
    }
    // What is asked is the facilitator's to change; the circle says how it is met.
    const { metBy = null, deputyMemberId = null, ...asked } = await this.visits.body(ConditionLineChange, isStaff ? typed : { metBy: typed.metBy });
    return this.lines.changeCondition(ctx, caseId, lineId, seen, isStaff ? { ...asked, deputyMemberId, metBy } : { metBy });
  }
}

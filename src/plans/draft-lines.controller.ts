import { Body, Controller, Delete, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { CommitmentLine, CommitmentLineChange, ConditionLine, ConditionLineChange, GoalLine, GoalLineChange, LineRemoved } from './draft-lines.dto.js';
import { DraftLinesService } from './draft-lines.service.js';
import { DraftCommitmentRequest, DraftGoalRequest, SafetyConditionRequest } from './drafts.dto.js';

const WRITERS = { roles: ['facilitator', 'main-person', 'member'], knownDevice: true } as const;

/** Lines of the draft, each with a version of its own: several people write in one plan at once. */
@ApiTags('plans')
@Controller('v1/cases/:id/plan-draft')
export class DraftLinesController {
  constructor(private readonly lines: DraftLinesService) {}

  /** Adds a goal at the end of the draft. */
  @Post('goals')
  @Access(WRITERS)
  addGoal(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: DraftGoalRequest): Promise<GoalLine> {
    return this.lines.addGoal(ctx, id, body);
  }

  /** Adds a commitment at the end of the draft. */
  @Post('commitments')
  @Access(WRITERS)
  addCommitment(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: DraftCommitmentRequest): Promise<CommitmentLine> {
    return this.lines.addCommitment(ctx, id, body);
  }

  /** Adds a safety condition at the end of the draft. */
  @Post('safety-conditions')
  @Access({ roles: ['facilitator'] })
  addCondition(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: SafetyConditionRequest): Promise<ConditionLine> {
    return this.lines.addCondition(ctx, id, body);
  }

  /** Changes a goal; If-Match is the line's version. With 412 `current` is the line as it stands now. */
  @Patch('goals/:lineId')
  @Access(WRITERS)
  changeGoal(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('lineId') lineId: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: GoalLineChange,
  ): Promise<GoalLine> {
    return this.lines.changeGoal(ctx, id, lineId, seen, body);
  }

  /** Changes a commitment of the draft; If-Match is the line's version. With 412 `current` is the line as it stands now. */
  @Patch('commitments/:lineId')
  @Access(WRITERS)
  changeCommitment(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('lineId') lineId: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: CommitmentLineChange,
  ): Promise<CommitmentLine> {
    return this.lines.changeCommitment(ctx, id, lineId, seen, body);
  }

  /** Changes a safety condition; If-Match is the line's version. Main persons and the scribe change `metBy` only. */
  @Patch('safety-conditions/:lineId')
  @Access(WRITERS)
  changeCondition(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('lineId') lineId: string,
    @IfMatch({ required: true }) seen: number | null,
    @Body() body: ConditionLineChange,
  ): Promise<ConditionLine> {
    return this.lines.changeCondition(ctx, id, lineId, seen, body);
  }

  /** Takes a goal out; commitments that were for it are for none. If-Match is the line's version. */
  @Delete('goals/:lineId')
  @Access(WRITERS)
  removeGoal(@Context() ctx: Ctx, @IdParam('id') id: string, @IdParam('lineId') lineId: string, @IfMatch({ required: true }) seen: number | null): Promise<LineRemoved> {
    return this.lines.remove(ctx, id, 'goals', lineId, seen);
  }

  /** Takes a commitment out of the draft. If-Match is the line's version. */
  @Delete('commitments/:lineId')
  @Access(WRITERS)
  removeCommitment(@Context() ctx: Ctx, @IdParam('id') id: string, @IdParam('lineId') lineId: string, @IfMatch({ required: true }) seen: number | null): Promise<LineRemoved> {
    return this.lines.remove(ctx, id, 'commitments', lineId, seen);
  }

  /** Takes a safety condition out of the draft. If-Match is the line's version. */
  @Delete('safety-conditions/:lineId')
  @Access({ roles: ['facilitator'] })
  removeCondition(@Context() ctx: Ctx, @IdParam('id') id: string, @IdParam('lineId') lineId: string, @IfMatch({ required: true }) seen: number | null): Promise<LineRemoved> {
    return this.lines.remove(ctx, id, 'safety-conditions', lineId, seen);
  }
}

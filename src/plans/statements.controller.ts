import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { StatementAnswer, StatementHistory, StatementRequest } from './statements.dto.js';
import { StatementsService } from './statements.service.js';

@ApiTags('plans')
@Controller('v1/cases/:id')
export class StatementsController {
  constructor(private readonly statements: StatementsService) {}

  /** What a main person wants, can do and needs. Their own on a known device, or the facilitator. */
  @Get('statements/:memberId')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true, refuses: [409] })
  read(@Context() ctx: Ctx, @IdParam('id') id: string, @IdParam('memberId') memberId: string): Promise<StatementAnswer> {
    return this.statements.read(ctx, id, memberId);
  }

  /** Writes a main person's three statements. */
  @Put('statements/:memberId')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  write(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('memberId') memberId: string,
    @IfMatch() seen: number | null,
    @Body() body: StatementRequest,
  ): Promise<StatementAnswer> {
    return this.statements.write(ctx, id, memberId, seen, body);
  }

  /** Everything that a main person said of these, newest first, with when: before, during or after the meeting. */
  @Get('statements/:memberId/history')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  history(@Context() ctx: Ctx, @IdParam('id') id: string, @IdParam('memberId') memberId: string): Promise<StatementHistory> {
    return this.statements.history(ctx, id, memberId);
  }
}

import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { IndependenceCheck, IndependenceCheckRequest } from './independence.dto.js';
import { IndependenceService } from './independence.service.js';

@ApiTags('cases')
@Controller('v1/cases/:id/independence-check')
export class IndependenceController {
  constructor(private readonly independence: IndependenceService) {}

  /** Whether the facilitator is free of ties to anybody in the case. */
  @Get()
  @Access({ roles: ['facilitator'] })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<IndependenceCheck> {
    return this.independence.read(ctx, id);
  }

  /** Records it, before anybody is invited. In an Eigen Kracht case invitations wait for it. */
  @Put()
  @Access({ roles: ['facilitator'] })
  check(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: IndependenceCheckRequest): Promise<IndependenceCheck> {
    return this.independence.check(ctx, id, body);
  }
}

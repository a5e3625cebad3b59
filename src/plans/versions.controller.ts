import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { DifferenceQuery, PlanDifference, PlanVersions } from './versions.dto.js';
import { VersionsService } from './versions.service.js';

const READERS = { roles: ['facilitator', 'main-person', 'member'], knownDevice: true } as const;

@ApiTags('plans')
@Controller('v1')
export class VersionsController {
  constructor(private readonly versions: VersionsService) {}

  /** All versions of the plan of a case, newest first. A version never changes after it was fixed. */
  @Get('cases/:id/plans')
  @Access(READERS)
  list(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PlanVersions> {
    return this.versions.list(ctx, id);
  }

  /** How a version differs from another of the same plan, line by line, in words and in fields; only what you may read of both. */
  @Get('plans/:id/difference')
  @Access(READERS)
  difference(@Context() ctx: Ctx, @IdParam('id') id: string, @Query() query: DifferenceQuery): Promise<PlanDifference> {
    return this.versions.difference(ctx, id, query.with);
  }
}

import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import { Composite } from '../platform/http/etag.js';
import { MarksAnswer, MarksForMainPerson, MarksRequest, OwnMarks } from './marks.dto.js';
import { MarksService } from './marks.service.js';

@ApiTags('plans')
@Controller('v1/cases/:id/marks')
export class MarksController {
  constructor(private readonly marks: MarksService) {}

  /** Two marks and a sentence, of one's own; said again they take the place of those before. */
  @Post()
  @Access({ roles: ['main-person', 'member'] })
  give(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: MarksRequest): Promise<OwnMarks> {
    return this.marks.give(ctx, id, body);
  }

  /** What everyone gave, without names. A main person reads the sentences that may be shared. */
  @Get()
  @Composite()
  @AnswersAnyOf(200, MarksAnswer, MarksForMainPerson)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<MarksAnswer | MarksForMainPerson> {
    return this.marks.read(ctx, id);
  }
}

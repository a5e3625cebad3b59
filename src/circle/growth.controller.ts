import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { CircleAnswersService } from './circle-answers.service.js';
import { CircleAnswerRequest, CircleAnswers } from './growth.dto.js';

@ApiTags('circle')
@Controller('v1/cases/:id/circle-answers')
export class GrowthController {
  constructor(private readonly answers: CircleAnswersService) {}

  /** On whom a main person counts, at each of the four moments. Their own on a known device, or the facilitator. */
  @Get(':memberId')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  read(@Context() ctx: Ctx, @IdParam('id') id: string, @IdParam('memberId') memberId: string): Promise<CircleAnswers> {
    return this.answers.read(ctx, id, memberId);
  }

  /** Answers "op wie kun je nu rekenen?" for the present moment, in place of what was answered for it before. */
  @Put(':memberId')
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  answer(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('memberId') memberId: string,
    @Body() body: CircleAnswerRequest,
  ): Promise<CircleAnswers> {
    return this.answers.answer(ctx, id, memberId, body);
  }
}

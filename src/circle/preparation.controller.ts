import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { ParticipationService } from './participation.service.js';
import {
  ContactAttemptList, Participation, ParticipationRequest, PreparationTalkAnswer, PreparationTalkList, PreparationTalkRequest,
} from './preparation.dto.js';
import { PreparationService } from './preparation.service.js';

@ApiTags('circle')
@Controller('v1/circle-members/:id')
export class PreparationController {
  constructor(
    private readonly preparation: PreparationService,
    private readonly participations: ParticipationService,
  ) {}

  /** Notes a talk before the meeting, with a main person too. Held on an approved member, it is the first contact. */
  @Post('preparation-talks')
  @Access({ roles: ['facilitator'] })
  talk(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: PreparationTalkRequest): Promise<PreparationTalkAnswer> {
    return this.preparation.talk(ctx, id, body);
  }

  /** The talks with one person, newest first. */
  @Get('preparation-talks')
  @Access({ roles: ['facilitator'] })
  talks(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PreparationTalkList> {
    return this.preparation.talks(ctx, id);
  }

  /** How often and how it was tried to reach one person, newest first. */
  @Get('contact-attempts')
  @Access({ roles: ['facilitator'] })
  attempts(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<ContactAttemptList> {
    return this.preparation.attempts(ctx, id);
  }

  /** How somebody takes part: read by themself and the facilitator. */
  @Get('participation')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  participation(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<Participation> {
    return this.participations.read(ctx, id);
  }

  /** Says how somebody takes part: they themself, or the facilitator on their word. */
  @Put('participation')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  takePart(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ParticipationRequest): Promise<Participation> {
    return this.participations.set(ctx, id, body);
  }
}

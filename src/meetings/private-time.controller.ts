import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import { MeetingAnswer, MeetingForMainPerson, MeetingForMember, type MeetingView } from './meetings.dto.js';
import { CallRequest, PrivateTimeRequest, ScribeRequest } from './private-time.dto.js';
import { PrivateTimeService } from './private-time.service.js';
import { ScribesService } from './scribes.service.js';

@ApiTags('meetings')
@Controller('v1/meetings/:id')
export class PrivateTimeController {
  constructor(
    private readonly privateTimes: PrivateTimeService,
    private readonly scribes: ScribesService,
  ) {}

  /** The circle starts or ends time by itself; the facilitator may start it on their word. */
  @Post('private-time')
  @HttpCode(200)
  @AnswersAnyOf(200, MeetingAnswer, MeetingForMainPerson, MeetingForMember)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  say(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: PrivateTimeRequest): Promise<MeetingView> {
    return this.privateTimes.say(ctx, id, body, seen);
  }

  /** The circle calls somebody in while it is by itself: the facilitator, or (a main person) somebody from outside. Nobody calls themself. */
  @Post('private-time/calls')
  @HttpCode(200)
  @AnswersAnyOf(200, MeetingForMainPerson, MeetingForMember)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  callIn(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: CallRequest): Promise<MeetingView> {
    return this.privateTimes.callIn(ctx, id, body, seen);
  }

  /** Who was called in leaves again: said by the circle, or by themself. */
  @Post('private-time/leaving')
  @HttpCode(200)
  @AnswersAnyOf(200, MeetingAnswer, MeetingForMainPerson, MeetingForMember)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  leave(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: CallRequest): Promise<MeetingView> {
    return this.privateTimes.leave(ctx, id, body, seen);
  }

  /** Who writes the plan on their own device while another leads; ends with the day of the meeting, or its conclusion. */
  @Put('scribe')
  @AnswersAnyOf(200, MeetingAnswer, MeetingForMainPerson)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  nameScribe(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: ScribeRequest): Promise<MeetingView> {
    return this.scribes.name(ctx, id, body.memberId ?? null, seen);
  }
}

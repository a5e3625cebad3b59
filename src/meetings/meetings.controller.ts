import { Body, Controller, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { AnswersAnyOf } from '../platform/http/answers.js';
import { ConclusionsService } from './conclusions.service.js';
import {
  AttendanceRequest,
  ConclusionRequest,
  ConfirmationRequest,
  MeetingAnswer,
  MeetingForMainPerson,
  MeetingForMember,
  NewMeeting,
  PartsRequest,
  ResponseAnswer,
  ResponseRequest,
  type MeetingView,
} from './meetings.dto.js';
import { MeetingsService } from './meetings.service.js';
import { PartsService } from './parts.service.js';
import { PlanningService } from './planning.service.js';
import { ResponsesService } from './responses.service.js';

@ApiTags('meetings')
@Controller('v1')
export class MeetingsController {
  constructor(
    private readonly meetings: MeetingsService,
    private readonly planning: PlanningService,
    private readonly parts: PartsService,
    private readonly responses: ResponsesService,
    private readonly conclusions: ConclusionsService,
  ) {}

  /** Plans a meeting: one date is fixed at once, 2–10 are a poll. Everyone who takes part hears of it. */
  @Post('cases/:id/meetings')
  @Access({ roles: ['facilitator'] })
  async plan(
    @Context() ctx: Ctx,
    @IdParam('id') caseId: string,
    @Body() body: NewMeeting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingAnswer> {
    const meeting = await this.planning.plan(ctx, caseId, body);
    reply.header('Location', `/v1/meetings/${meeting.id}`);
    return meeting;
  }

  /** A meeting: everything for the facilitator, the answers for main persons, date and place and their own answers for others. */
  @Get('meetings/:id')
  @AnswersAnyOf(200, MeetingAnswer, MeetingForMainPerson, MeetingForMember)
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  show(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<MeetingView> {
    return this.meetings.show(ctx, id);
  }

  /** Who comes from when until when, in place of what was so: for people who must not meet. Empty: everyone for the whole. */
  @Put('meetings/:id/parts')
  @Access({ roles: ['facilitator'] })
  split(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: PartsRequest): Promise<MeetingAnswer> {
    return this.parts.split(ctx, id, body, seen);
  }

  /** Answers dates, for oneself; the facilitator also for others. Dates that are left out keep their answer. */
  @Put('meetings/:id/responses/:memberId')
  @Access({ roles: ['facilitator', 'main-person', 'member'] })
  respond(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IdParam('memberId') memberId: string,
    @IfMatch() version: number | null,
    @Body() body: ResponseRequest,
  ): Promise<ResponseAnswer> {
    return this.responses.respond(ctx, id, memberId, body, version);
  }

  /** Chooses the date of a poll; it may be another than the best ranked. */
  @Post('meetings/:id/confirmation')
  @AnswersAnyOf(200, MeetingAnswer, MeetingForMainPerson)
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'main-person'] })
  confirm(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() version: number | null,
    @Body() body: ConfirmationRequest,
  ): Promise<MeetingView> {
    return this.planning.confirm(ctx, id, body, version);
  }

  /** The invitation as it stands, for the calendar of the one who asks. */
  @Get('meetings/:id/calendar.ics')
  @Access({ roles: ['facilitator', 'main-person', 'member'], produces: ['text/calendar'] })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  async calendar(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const file = await this.meetings.calendarFile(ctx, id);
    reply
      .header('Content-Type', file.contentType)
      .header('Content-Disposition', `attachment; filename="${file.filename}"`)
      .header('ETag', `"${file.version}"`);
    return file.content;
  }

  /** Notes who was there, and from when until when if not for the whole; replaces what was noted before. */
  @Put('meetings/:id/attendance')
  @AnswersAnyOf(200, MeetingAnswer, MeetingForMainPerson)
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  attendance(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() version: number | null,
    @Body() body: AttendanceRequest,
  ): Promise<MeetingView> {
    return this.conclusions.noteAttendance(ctx, id, body.items, version);
  }

  /** Concludes the meeting. Without a plan the case is closed, with the reason. */
  @Post('meetings/:id/conclusion')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  conclude(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch() version: number | null,
    @Body() body: ConclusionRequest,
  ): Promise<MeetingAnswer> {
    return this.conclusions.conclude(ctx, id, body, version);
  }
}

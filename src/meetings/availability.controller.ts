import { Body, Controller, Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { Absence, AbsenceList, AbsenceRequest, Availability, AvailabilityRequest } from './availability.dto.js';
import { AvailabilityService } from './availability.service.js';
import { CalendarFeed } from './calendar-feeds.dto.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** When one works and when one is away, and the address of one's own agenda. */
@ApiTags('meetings')
@Controller('v1/me')
export class AvailabilityController {
  constructor(
    private readonly availability: AvailabilityService,
    private readonly feeds: CalendarFeedsService,
  ) {}

  /** The hours at which one works, by weekday. */
  @Get('availability')
  @Access(FACILITATOR)
  read(@Context() ctx: Ctx): Promise<Availability> {
    return this.availability.own(ctx);
  }

  /** Puts these hours in place of those there were. A date outside them can still be planned; the answer warns. */
  @Put('availability')
  @Access(FACILITATOR)
  replace(@Context() ctx: Ctx, @Body() body: AvailabilityRequest): Promise<Availability> {
    return this.availability.replace(ctx, body);
  }

  /** When one is away, from now on. */
  @Get('absences')
  @Access(FACILITATOR)
  absences(@Context() ctx: Ctx): Promise<AbsenceList> {
    return this.availability.absences(ctx);
  }

  /** Notes that one is away; nothing is planned in that time. Names the fixed meetings that fall in it. */
  @Post('absences')
  @Access(FACILITATOR)
  add(@Context() ctx: Ctx, @Body() body: AbsenceRequest): Promise<Absence> {
    return this.availability.add(ctx, body);
  }

  @Delete('absences/:id')
  @HttpCode(204)
  @Access(FACILITATOR)
  async remove(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<void> {
    await this.availability.remove(ctx, id);
  }

  /** Makes the secret address of one's agenda; the one before stops working. It is shown this once. */
  @Post('calendar-feeds')
  @Access(FACILITATOR)
  async makeFeed(@Context() ctx: Ctx, @Res({ passthrough: true }) reply: FastifyReply): Promise<CalendarFeed> {
    reply.header('Cache-Control', 'no-store');
    return this.feeds.make(ctx);
  }

  /** Ends the secret address; also when there is none. */
  @Delete('calendar-feeds')
  @HttpCode(204)
  @Access(FACILITATOR)
  async endFeed(@Context() ctx: Ctx): Promise<void> {
    await this.feeds.end(ctx);
  }
}

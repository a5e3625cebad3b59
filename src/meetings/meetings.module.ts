import { Module } from '@nestjs/common';
import { AgendaHandoverService } from './agenda-handover.service.js';
import { CalendarService } from './calendar.service.js';
import { ConclusionsService } from './conclusions.service.js';
import { DutiesController } from './duties.controller.js';
import { DutiesService } from './duties.service.js';
import { MeetingErasure } from './erasure.events.js';
import { MeetingsController } from './meetings.controller.js';
import { MeetingMessages } from './meetings.messages.js';
import { MeetingsService } from './meetings.service.js';
import { PlanningService } from './planning.service.js';
import { MeetingRecords } from './records.service.js';
import { ResponsesService } from './responses.service.js';

/** Polls, dates, answers, calendar invitations, attendance and what came of a meeting. */
@Module({
  controllers: [MeetingsController, DutiesController],
  providers: [
    AgendaHandoverService,
    DutiesService,
    CalendarService,
    ConclusionsService,
    MeetingErasure,
    MeetingMessages,
    MeetingRecords,
    MeetingsService,
    PlanningService,
    ResponsesService,
  ],
  exports: [AgendaHandoverService, ConclusionsService, DutiesService, MeetingRecords, MeetingsService, PlanningService, ResponsesService],
})
export class MeetingsModule {}

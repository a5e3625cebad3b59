import { Module } from '@nestjs/common';
import { AgendaHandoverService } from './agenda-handover.service.js';
import { AvailabilityController } from './availability.controller.js';
import { AvailabilityService } from './availability.service.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';
import { CalendarCopies } from './calendar-copies.service.js';
import { CalendarLeavers } from './calendar-leavers.service.js';
import { BookingsService } from './bookings.service.js';
import { CalendarService } from './calendar.service.js';
import { CancellationsService } from './cancellations.service.js';
import { ConclusionsService } from './conclusions.service.js';
import { DutiesController } from './duties.controller.js';
import { DutiesService } from './duties.service.js';
import { DutySettings } from './duty-settings.service.js';
import { MeetingErasure } from './erasure.events.js';
import { MeetingsController } from './meetings.controller.js';
import { MeetingMessages } from './meetings.messages.js';
import { MeetingsService } from './meetings.service.js';
import { MovingController } from './moving.controller.js';
import { MovingService } from './moving.service.js';
import { PartsService } from './parts.service.js';
import { PlanningService } from './planning.service.js';
import { PollLeavers } from './poll-leavers.service.js';
import { PollsService } from './polls.service.js';
import { PrivateTimeController } from './private-time.controller.js';
import { PrivateTimeJobs } from './private-time.jobs.js';
import { PrivateTimeService } from './private-time.service.js';
import { MeetingRecords } from './records.service.js';
import { ScriptController } from './script.controller.js';
import { ScriptService } from './script.service.js';
import { UrgentCasesController } from './urgent-cases.controller.js';
import { UrgentCasesService } from './urgent-cases.service.js';
import { RemindersJobs } from './reminders.jobs.js';
import { ReminderMessages } from './reminders.messages.js';
import { RemindersService } from './reminders.service.js';
import { ReviewsController } from './reviews.controller.js';
import { ResponsesService } from './responses.service.js';
import { ScribesService } from './scribes.service.js';
import { TogetherService } from './together.service.js';

/** Polls, dates, answers, calendar invitations, attendance and what came of a meeting. */
@Module({
  controllers: [MeetingsController, MovingController, ScriptController, UrgentCasesController, DutiesController, AvailabilityController, CalendarFeedsController, PrivateTimeController, ReviewsController],
  providers: [
    AgendaHandoverService,
    DutiesService,
    BookingsService,
    AvailabilityService,
    CalendarCopies,
    CalendarFeedsService,
    DutySettings,
    CalendarService,
    CalendarLeavers,
    CancellationsService,
    ConclusionsService,
    MeetingErasure,
    MeetingMessages,
    MeetingRecords,
    MeetingsService,
    MovingService,
    PartsService,
    TogetherService,
    PlanningService,
    PollLeavers,
    PollsService,
    PrivateTimeService,
    ReminderMessages,
    RemindersJobs,
    PrivateTimeJobs,
    RemindersService,
    ResponsesService,
    ScriptService,
    ScribesService,
    UrgentCasesService,
  ],
  exports: [
    AgendaHandoverService,
    AvailabilityService,
    CalendarFeedsService,
    CancellationsService,
    ConclusionsService,
    DutiesService,
    DutySettings,
    MeetingRecords,
    MeetingsService,
    MovingService,
    PartsService,
    PlanningService,
    PrivateTimeService,
    ResponsesService,
    ScriptService,
    ScribesService,
    UrgentCasesService,
    TogetherService,
  ],
})
export class MeetingsModule {}

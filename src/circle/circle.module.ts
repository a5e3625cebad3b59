import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CircleController } from './circle.controller.js';
import { CircleAnswersService } from './circle-answers.service.js';
import { CircleMemberEntity } from './circle-member.entity.js';
import { ConsentEntity } from './consent.entity.js';
import { ConsentRecords } from './consent-records.service.js';
import { ConsentsController } from './consents.controller.js';
import { ConsentsService } from './consents.service.js';
import { CircleService } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import { GrowthController } from './growth.controller.js';
import { GrowthJobs } from './growth.jobs.js';
import { GrowthService } from './growth.service.js';
import { HandoverMessages } from './handover.messages.js';
import { InvitationsService } from './invitations.service.js';
import { IndependenceController } from './independence.controller.js';
import { IndependenceService } from './independence.service.js';
import { LinkRequestsService } from './link-requests.service.js';
import { LinksController } from './links.controller.js';
import { LinksJobs } from './links.jobs.js';
import { CircleLinksService } from './links.service.js';
import { LeavingService } from './leaving.service.js';
import { MembersService } from './members.service.js';
import { NoticesService } from './notices.service.js';
import { ParticipationService } from './participation.service.js';
import { PreparationController } from './preparation.controller.js';
import { PreparationService } from './preparation.service.js';
import { TasksController } from './tasks.controller.js';
import { TasksService } from './tasks.service.js';
import { RestrictionsService } from './restrictions.service.js';
import { UndeliveredPeopleService } from './undelivered-people.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CircleMemberEntity, ConsentEntity])],
  controllers: [CircleController, ConsentsController, GrowthController, IndependenceController, TasksController, LinksController, PreparationController],
  providers: [
    CircleService, MembersService, LeavingService, InvitationsService, ContactErasureService, ConsentRecords, ConsentsService, NoticesService, RestrictionsService,
    CircleLinksService, LinkRequestsService, LinksJobs, HandoverMessages,
    GrowthService, GrowthJobs, CircleAnswersService, PreparationService, ParticipationService, TasksService, IndependenceService,
    UndeliveredPeopleService,
  ],
  exports: [
    CircleService, MembersService, LeavingService, InvitationsService, ContactErasureService, ConsentRecords, ConsentsService, NoticesService, RestrictionsService,
    CircleLinksService, LinkRequestsService,
    GrowthService, CircleAnswersService, PreparationService, ParticipationService, TasksService, IndependenceService,
  ],
})
export class CircleModule {}

import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CircleController } from './circle.controller.js';
import { CircleMemberEntity } from './circle-member.entity.js';
import { ConsentEntity } from './consent.entity.js';
import { ConsentRecords } from './consent-records.service.js';
import { ConsentsController } from './consents.controller.js';
import { ConsentsService } from './consents.service.js';
import { CircleService } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import { HandoverMessages } from './handover.messages.js';
import { InvitationsService } from './invitations.service.js';
import { LinkRequestsService } from './link-requests.service.js';
import { LinksController } from './links.controller.js';
import { LinksJobs } from './links.jobs.js';
import { CircleLinksService } from './links.service.js';
import { MembersService } from './members.service.js';
import { NoticesService } from './notices.service.js';
import { RestrictionsService } from './restrictions.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CircleMemberEntity, ConsentEntity])],
  controllers: [CircleController, ConsentsController, LinksController],
  providers: [
    CircleService, MembersService, InvitationsService, ContactErasureService, ConsentRecords, ConsentsService, NoticesService, RestrictionsService,
    CircleLinksService, LinkRequestsService, LinksJobs, HandoverMessages,
  ],
  exports: [
    CircleService, MembersService, InvitationsService, ContactErasureService, ConsentRecords, ConsentsService, NoticesService, RestrictionsService,
    CircleLinksService, LinkRequestsService,
  ],
})
export class CircleModule {}

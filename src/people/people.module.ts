import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StrictRequest } from '../platform/http/strict-request.js';
import { AccessPolicy } from './access.policy.js';
import { IdentitiesService } from './identities.service.js';
import { LinksService } from './links.service.js';
import { OidcService } from './oidc.service.js';
import { StepUpService } from './step-up.service.js';
import { OrganisationsService } from './organisations.service.js';
import { ParticipantSessionsService } from './participant-sessions.service.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { StaffAccountsService } from './staff-accounts.service.js';
import { StaffSessionsService } from './staff-sessions.service.js';
import { StaffController } from './staff.controller.js';
import { StaffEntity } from './staff.entity.js';
import { StaffService } from './staff.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([StaffEntity])],
  controllers: [SessionsController, StaffController],
  providers: [
    OrganisationsService, StaffService, SessionsService, ParticipantSessionsService, LinksService, StepUpService,
    StaffAccountsService, StaffSessionsService, PasswordsService, OidcService, IdentitiesService,
    { provide: APP_GUARD, useClass: AccessPolicy },
    // After it: who may not come in does not hear what was wrong with the request.
    { provide: APP_GUARD, useClass: StrictRequest },
  ],
  exports: [
    OrganisationsService, StaffService, SessionsService, ParticipantSessionsService, LinksService, StepUpService,
    StaffAccountsService, StaffSessionsService, PasswordsService, OidcService, IdentitiesService,
  ],
})
export class PeopleModule {}

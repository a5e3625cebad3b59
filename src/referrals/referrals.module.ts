import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { AcceptanceService } from './acceptance.service.js';
import { AcknowledgementService } from './acknowledgement.service.js';
import { ReferralDraftsService } from './referral-drafts.service.js';
import { ReferralErasure } from './erasure.events.js';
import { ReferralEntity } from './referral.entity.js';
import { ReferralPartiesService } from './referral-parties.service.js';
import { ReferralHandoverService } from './referral-handover.service.js';
import { ReferralStore } from './referral-store.service.js';
import { ReferralsController } from './referrals.controller.js';
import { ReferralsService } from './referrals.service.js';
import { ReferrerPartService } from './referrer-part.service.js';
import { ReferrersService } from './referrers.service.js';
import { TriageService } from './triage.service.js';
import { UrgentJobs } from './urgent.jobs.js';
import { UrgentMessages } from './urgent.messages.js';
import { UrgentService } from './urgent.service.js';
import { WaitingService } from './waiting.service.js';

@Module({
  imports: [MeetingsModule, PlansModule, TypeOrmModule.forFeature([ReferralEntity])],
  controllers: [ReferralsController],
  providers: [
    AcceptanceService,
    AcknowledgementService,
    ReferralDraftsService,
    ReferralErasure,
    ReferralStore,
    ReferralsService,
    ReferralPartiesService, ReferralHandoverService,
    ReferrersService,
    ReferrerPartService,
    TriageService,
    UrgentJobs,
    UrgentMessages,
    UrgentService,
    WaitingService,
  ],
  exports: [AcknowledgementService, ReferralDraftsService, ReferralStore, ReferralsService, TriageService, UrgentService, WaitingService],
})
export class ReferralsModule {}

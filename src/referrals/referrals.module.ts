import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PlansModule } from '../plans/plans.module.js';
import { ReferralErasure } from './erasure.events.js';
import { ReferralEntity } from './referral.entity.js';
import { ReferralHandoverService } from './referral-handover.service.js';
import { ReferralStore } from './referral-store.service.js';
import { ReferralsController } from './referrals.controller.js';
import { ReferralsService } from './referrals.service.js';
import { ReferrerPartService } from './referrer-part.service.js';
import { ReferrersService } from './referrers.service.js';
import { TriageService } from './triage.service.js';

@Module({
  imports: [PlansModule, TypeOrmModule.forFeature([ReferralEntity])],
  controllers: [ReferralsController],
  providers: [ReferralErasure, ReferralStore, ReferralsService, ReferralHandoverService, ReferrersService, ReferrerPartService, TriageService],
  exports: [ReferralStore, ReferralsService, TriageService],
})
export class ReferralsModule {}

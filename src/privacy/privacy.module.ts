import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MicroAnalysisModule } from '../micro-analysis/micro-analysis.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { CaseDataService } from './case-data.service.js';
import { CorrectionsService } from './corrections.service.js';
import { ErasureRequestsService } from './erasure-requests.service.js';
import { ErasureService } from './erasure.service.js';
import { LegalHoldsService } from './legal-holds.service.js';
import { PersonDataController } from './person-data.controller.js';
import { PersonDataService } from './person-data.service.js';
import { PlanDataService } from './plan-data.service.js';
import { PlanNotices } from './plan-notices.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionPolicyService } from './retention-policy.service.js';
import { RetentionRunsService } from './retention-runs.service.js';
import { RetentionSteps } from './retention-steps.service.js';
import { RightsController } from './rights.controller.js';
import { TraceDataService } from './trace-data.service.js';

/** What people may ask of whoever keeps something about them: to see it, to have it put right, to have it erased; and how long it is kept. */
@Module({
  imports: [MeetingsModule, MicroAnalysisModule, ReferralsModule],
  controllers: [PersonDataController, RetentionController, RightsController],
  providers: [
    CaseDataService, PlanDataService, TraceDataService, PersonDataService, CorrectionsService, ErasureRequestsService, ErasureService, LegalHoldsService,
    PlanNotices, RetentionPolicyService, RetentionRunsService, RetentionSteps,
  ],
  exports: [
    PersonDataService, CorrectionsService, ErasureRequestsService, ErasureService, LegalHoldsService, RetentionPolicyService, RetentionRunsService,
  ],
})
export class PrivacyModule {}

import { Module } from '@nestjs/common';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { CaseDataService } from './case-data.service.js';
import { PersonDataController } from './person-data.controller.js';
import { PersonDataService } from './person-data.service.js';
import { TraceDataService } from './trace-data.service.js';

/** What people may ask of whoever keeps something about them: to see it, to have it put right, to have it erased; and how long it is kept. */
@Module({
  imports: [ReferralsModule],
  controllers: [PersonDataController],
  providers: [CaseDataService, TraceDataService, PersonDataService],
  exports: [PersonDataService],
})
export class PrivacyModule {}

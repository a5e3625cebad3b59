import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MicroAnalysisModule } from '../micro-analysis/micro-analysis.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { CaseFileController } from './case-file.controller.js';
import { CaseFileService } from './case-file.service.js';
import { ParticipantPagesController } from './participant-pages.controller.js';
import { ParticipantPagesService } from './participant-pages.service.js';
import { PublicPagesController } from './public-pages.controller.js';
import { VisitsService } from './visits.service.js';

/** What draws on many modules: the case as a whole, and the pages. */
@Module({
  imports: [MeetingsModule, PlansModule, ReferralsModule, MicroAnalysisModule],
  controllers: [CaseFileController, PublicPagesController, ParticipantPagesController],
  providers: [CaseFileService, VisitsService, ParticipantPagesService],
})
export class DeskModule {}

import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MicroAnalysisModule } from '../micro-analysis/micro-analysis.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { AccountPagesController } from './account-pages.controller.js';
import { AdminStaffPagesController } from './admin-staff-pages.controller.js';
import { AdminPagesController } from './admin-pages.controller.js';
import { SecurityContactController } from '../web/security-contact.controller.js';
import { CaseFileController } from './case-file.controller.js';
import { CaseFileService } from './case-file.service.js';
import { CaseFormsService } from './case-forms.service.js';
import { CasePagesController } from './case-pages.controller.js';
import { CasePagesService } from './case-pages.service.js';
import { CasePeoplePagesController } from './case-people-pages.controller.js';
import { LinkRemovalService } from './link-removal.service.js';
import { LooksPagesController } from './looks-pages.controller.js';
import { ConsentsPagesController } from './consents-pages.controller.js';
import { ConsentsPagesService } from './consents-pages.service.js';
import { DevicePagesController } from './device-pages.controller.js';
import { LeadPagesController } from './lead-pages.controller.js';
import { ParticipantPagesController } from './participant-pages.controller.js';
import { ParticipantPagesService } from './participant-pages.service.js';
import { PasswordPagesController } from './password-pages.controller.js';
import { PrivacyPagesController } from './privacy-pages.controller.js';
import { PublicPagesController } from './public-pages.controller.js';
import { SignInPagesController } from './sign-in-pages.controller.js';
import { RetentionPagesController } from './retention-pages.controller.js';
import { VisitsService } from './visits.service.js';
import { WorkPagesController } from './work-pages.controller.js';
import { WorkPagesService } from './work-pages.service.js';

/** What draws on many modules: the case as a whole, and the pages. */
@Module({
  imports: [MeetingsModule, PlansModule, ReferralsModule, MicroAnalysisModule, PrivacyModule],
  controllers: [
    CaseFileController,
    PublicPagesController,
    SignInPagesController,
    SecurityContactController,
    ParticipantPagesController,
    LooksPagesController,
    DevicePagesController,
    ConsentsPagesController,
    WorkPagesController,
    CasePagesController,
    CasePeoplePagesController,
    PrivacyPagesController,
    AdminPagesController,
    AccountPagesController,
    AdminStaffPagesController,
    LeadPagesController,
    PasswordPagesController,
    RetentionPagesController,
  ],
  providers: [CaseFileService, LinkRemovalService, ConsentsPagesService, VisitsService, ParticipantPagesService, WorkPagesService, CasePagesService, CaseFormsService],
})
export class DeskModule {}

import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { MicroAnalysisModule } from '../micro-analysis/micro-analysis.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { AccountPagesController } from './account-pages.controller.js';
import { AdminMessagesPagesController } from './admin-messages-pages.controller.js';
import { AdminMessagesService } from './admin-messages.service.js';
import { AdminTextsPagesController } from './admin-texts-pages.controller.js';
import { AdminStaffPagesController } from './admin-staff-pages.controller.js';
import { AdminPagesController } from './admin-pages.controller.js';
import { SecurityContactController } from '../web/security-contact.controller.js';
import { TogetherPagesController } from './together-pages.controller.js';
import { CaseDatesPagesController } from './case-dates-pages.controller.js';
import { AgendaPagesController } from './agenda-pages.controller.js';
import { CaseFileController } from './case-file.controller.js';
import { CaseFileService } from './case-file.service.js';
import { CaseFormsService } from './case-forms.service.js';
import { CaseMemberPagesController } from './case-member-pages.controller.js';
import { CasePagesController } from './case-pages.controller.js';
import { CasePagesService } from './case-pages.service.js';
import { CasePreparationPagesController } from './case-preparation-pages.controller.js';
import { CasePreparationService } from './case-preparation.service.js';
import { OwnAnswerPagesController } from './own-answer-pages.controller.js';
import { CasePeoplePagesController } from './case-people-pages.controller.js';
import { DraftPagesController } from './draft-pages.controller.js';
import { DraftPagesService } from './draft-pages.service.js';
import { LookBackPagesController } from './look-back-pages.controller.js';
import { LettersController } from './letters.controller.js';
import { LettersPagesController } from './letters-pages.controller.js';
import { LettersService } from './letters.service.js';
import { LinkRemovalService } from './link-removal.service.js';
import { TablePagesController } from './table-pages.controller.js';
import { TablePagesService } from './table-pages.service.js';
import { LooksPagesController } from './looks-pages.controller.js';
import { SafetyPagesController } from './safety-pages.controller.js';
import { SafetyPagesService } from './safety-pages.service.js';
import { ConsentsPagesController } from './consents-pages.controller.js';
import { ConsentsPagesService } from './consents-pages.service.js';
import { DevicePagesController } from './device-pages.controller.js';
import { LeadFiguresPagesController } from './lead-figures-pages.controller.js';
import { LeadPagesController } from './lead-pages.controller.js';
import { ChairingPagesService } from './chairing-pages.service.js';
import { ChairingPagesController } from './chairing-pages.controller.js';
import { ScriptPagesController } from './script-pages.controller.js';
import { OwnCirclePagesController } from './own-circle-pages.controller.js';
import { ParticipantPagesController } from './participant-pages.controller.js';
import { ParticipantPagesService } from './participant-pages.service.js';
import { PasswordPagesController } from './password-pages.controller.js';
import { PlanPaperPagesController } from './plan-paper-pages.controller.js';
import { PrivacyPagesController } from './privacy-pages.controller.js';
import { PublicPagesController } from './public-pages.controller.js';
import { SignInPagesController } from './sign-in-pages.controller.js';
import { OwnReferralsPagesController } from './own-referrals-pages.controller.js';
import { ReferringPagesController } from './referring-pages.controller.js';
import { ReferringVisits } from './referring-visits.service.js';
import { RetentionPagesController } from './retention-pages.controller.js';
import { CaseObstaclesPagesController } from './case-obstacles-pages.controller.js';
import { CaseOffersPagesController } from './case-offers-pages.controller.js';
import { CaseOffersService } from './case-offers.service.js';
import { LeadObstaclesPagesController } from './lead-obstacles-pages.controller.js';
import { OwnObstaclesPagesController } from './own-obstacles-pages.controller.js';
import { OwnOffersPagesController } from './own-offers-pages.controller.js';
import { OwnOffersService } from './own-offers.service.js';
import { OwnPages } from './own-pages.service.js';
import { LiveStreams } from './live-streams.service.js';
import { MarksPagesController } from './marks-pages.controller.js';
import { SixWeeksPagesController } from './six-weeks-pages.controller.js';
import { SixWeeksPagesService } from './six-weeks-pages.service.js';
import { UrgentPagesController } from './urgent-pages.controller.js';
import { UrgentPagesService } from './urgent-pages.service.js';
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
    SafetyPagesController,
    OwnCirclePagesController,
    ChairingPagesController,
    ScriptPagesController,
    OwnAnswerPagesController,
    TablePagesController,
    CasePreparationPagesController,
    WorkPagesController,
    AgendaPagesController,
    LettersController,
    LettersPagesController,
    UrgentPagesController,
    CasePagesController,
    DraftPagesController,
    LookBackPagesController,
    CaseDatesPagesController,
    TogetherPagesController,
    SixWeeksPagesController,
    CaseObstaclesPagesController,
    CaseOffersPagesController,
    LeadObstaclesPagesController,
    OwnObstaclesPagesController,
    OwnOffersPagesController,
    MarksPagesController,
    CaseMemberPagesController,
    CasePeoplePagesController,
    PlanPaperPagesController,
    PrivacyPagesController,
    AdminPagesController,
    AdminMessagesPagesController,
    AdminTextsPagesController,
    AccountPagesController,
    AdminStaffPagesController,
    LeadPagesController,
    LeadFiguresPagesController,
    PasswordPagesController,
    RetentionPagesController,
    ReferringPagesController,
    OwnReferralsPagesController,
  ],
  providers: [
    ChairingPagesService,
    CasePreparationService,
    CaseFileService,
    ReferringVisits,
    LinkRemovalService,
    ConsentsPagesService,
    SafetyPagesService,
    VisitsService,
    ParticipantPagesService,
    OwnOffersService,
    OwnPages,
    DraftPagesService,
    TablePagesService,
    WorkPagesService,
    LettersService,
    AdminMessagesService,
    CasePagesService,
    CaseFormsService,
    SixWeeksPagesService,
    CaseOffersService,
    LiveStreams,
    UrgentPagesService,
  ],
})
export class DeskModule {}

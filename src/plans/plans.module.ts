import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { AgreementEntity } from './agreement.entity.js';
import { AgreementsService } from './agreements.service.js';
import { CheckInJobs } from './check-ins.jobs.js';
import { CheckInMessages } from './check-ins.messages.js';
import { CheckInsService } from './check-ins.service.js';
import { CarryingService } from './carrying.service.js';
import { CommitmentEntity } from './commitment.entity.js';
import { CommitmentsController } from './commitments.controller.js';
import { CommitmentsService } from './commitments.service.js';
import { ConditionEntity } from './condition.entity.js';
import { ConditionRecords } from './condition-records.service.js';
import { DraftAccess } from './draft-access.service.js';
import { DraftLinesController } from './draft-lines.controller.js';
import { DraftLinesService } from './draft-lines.service.js';
import { ContributionsService } from './contributions.service.js';
import { HelpService } from './help.service.js';
import { OffersController } from './offers.controller.js';
import { OffersService } from './offers.service.js';
import { PassingsService } from './passings.service.js';
import { DraftsService } from './drafts.service.js';
import { LegalFormsController } from './legal-forms.controller.js';
import { LegalFormsService } from './legal-forms.service.js';
import { PlanClosings } from './closings.service.js';
import { PlanEndings } from './endings.service.js';
import { PlanErasure } from './erasure.events.js';
import { DirectorMails } from './director-mails.service.js';
import { DirectorsController } from './directors.controller.js';
import { DirectorsService } from './directors.service.js';
import { EscalationJobs } from './escalations.jobs.js';
import { EscalationMessages } from './escalations.messages.js';
import { EscalationsService } from './escalations.service.js';
import { ObstacleKeys } from './obstacle-keys.service.js';
import { ObstacleAnswers } from './obstacle-answers.service.js';
import { ObstacleLessonsController } from './obstacle-lessons.controller.js';
import { ObstacleLessons } from './obstacle-lessons.service.js';
import { ObstacleEntity } from './obstacle.entity.js';
import { ObstaclesController } from './obstacles.controller.js';
import { ObstaclesService } from './obstacles.service.js';
import { MarksController } from './marks.controller.js';
import { MarksJobs } from './marks.jobs.js';
import { MarksMessages } from './marks.messages.js';
import { MarksService } from './marks.service.js';
import { PlanDraftEntity } from './plan-draft.entity.js';
import { PlanEntity } from './plan.entity.js';
import { PlanCarriedMessages } from './plan-carried.messages.js';
import { PlanPapersService } from './plan-papers.service.js';
import { PlansController } from './plans.controller.js';
import { PlansService } from './plans.service.js';
import { PreconditionVersionEntity } from './precondition-version.entity.js';
import { PreconditionsController } from './preconditions.controller.js';
import { PreconditionsService } from './preconditions.service.js';
import { StatementVersionEntity } from './statement-version.entity.js';
import { PreconditionsEntity } from './preconditions.entity.js';
import { SixWeeksController } from './six-weeks.controller.js';
import { SixWeeksJobs } from './six-weeks.jobs.js';
import { SixWeeksService } from './six-weeks.service.js';
import { SafetyConditionsController } from './safety-conditions.controller.js';
import { ConditionJobs } from './safety-conditions.jobs.js';
import { ConditionMessages } from './safety-conditions.messages.js';
import { SafetyConditionsService } from './safety-conditions.service.js';
import { ScriptSafety } from './script.events.js';
import { StandingObstacles } from './standing-obstacles.service.js';
import { StatementEntity } from './statement.entity.js';
import { StatementsController } from './statements.controller.js';
import { VersionsController } from './versions.controller.js';
import { VersionsService } from './versions.service.js';
import { StatementsService } from './statements.service.js';

const entities = [
  StatementEntity,
  StatementVersionEntity,
  PreconditionsEntity,
  PreconditionVersionEntity,
  PlanDraftEntity,
  PlanEntity,
  AgreementEntity,
  CommitmentEntity,
  ObstacleEntity,
  ConditionEntity,
];
const services = [
  StatementsService,
  PreconditionsService,
  DraftAccess,
  DraftsService,
  DraftLinesService,
  LegalFormsService,
  StandingObstacles,
  PlansService,
  CarryingService,
  VersionsService,
  AgreementsService,
  CommitmentsService,
  ConditionRecords,
  ConditionMessages,
  SafetyConditionsService,
  SixWeeksService,
  MarksService,
  CheckInsService,
  CheckInMessages,
  ObstacleKeys,
  EscalationsService,
  EscalationMessages,
  DirectorsService,
  ObstacleAnswers,
  DirectorMails,
  ObstaclesService,
  PassingsService,
  HelpService,
  ContributionsService,
  OffersService,
  PlanPapersService,
  PlanCarriedMessages,
  ObstacleLessons,
];

/** What people want, the plan that comes of it, and who does what. */
@Module({
  imports: [TypeOrmModule.forFeature(entities), MeetingsModule],
  controllers: [
    StatementsController,
    PreconditionsController,
    PlansController,
    VersionsController,
    DraftLinesController,
    LegalFormsController,
    SafetyConditionsController,
    CommitmentsController,
    SixWeeksController,
    MarksController,
    ObstaclesController,
    OffersController,
    DirectorsController,
    ObstacleLessonsController,
  ],
  providers: [
    ...services,
    PlanEndings,
    PlanClosings,
    PlanErasure,
    ScriptSafety,
    ConditionJobs,
    SixWeeksJobs,
    MarksJobs,
    MarksMessages,
    EscalationJobs,
    CheckInJobs,
  ],
  exports: services,
})
export class PlansModule {}

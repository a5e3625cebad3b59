import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgreementEntity } from './agreement.entity.js';
import { AgreementsService } from './agreements.service.js';
import { CommitmentEntity } from './commitment.entity.js';
import { CommitmentsController } from './commitments.controller.js';
import { CommitmentsService } from './commitments.service.js';
import { DraftsService } from './drafts.service.js';
import { PlanErasure } from './erasure.events.js';
import { PlanDraftEntity } from './plan-draft.entity.js';
import { PlanEntity } from './plan.entity.js';
import { PlansController } from './plans.controller.js';
import { PlansService } from './plans.service.js';
import { PreconditionsEntity } from './preconditions.entity.js';
import { StatementEntity } from './statement.entity.js';
import { StatementsController } from './statements.controller.js';
import { StatementsService } from './statements.service.js';

const entities = [StatementEntity, PreconditionsEntity, PlanDraftEntity, PlanEntity, AgreementEntity, CommitmentEntity];
const services = [StatementsService, DraftsService, PlansService, AgreementsService, CommitmentsService];

/** What people want, the plan that comes of it, and who does what. */
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [StatementsController, PlansController, CommitmentsController],
  providers: [...services, PlanErasure],
  exports: services,
})
export class PlansModule {}

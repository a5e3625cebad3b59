import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CaseEntity } from './case.entity.js';
import { CaseListsService } from './case-lists.service.js';
import { CasesController } from './cases.controller.js';
import { CasesService } from './cases.service.js';
import { FacilitatorsController } from './facilitators.controller.js';
import { HandoverService } from './handover.service.js';
import { LawClocksController } from './law-clocks.controller.js';
import { LawClocksService } from './law-clocks.service.js';
import { ReopeningController } from './reopening.controller.js';
import { ReopeningService } from './reopening.service.js';
import { TimelineService } from './timeline.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CaseEntity])],
  controllers: [CasesController, FacilitatorsController, LawClocksController, ReopeningController],
  providers: [CasesService, CaseListsService, HandoverService, TimelineService, LawClocksService, ReopeningService],
  exports: [CasesService, CaseListsService, HandoverService, TimelineService, LawClocksService, ReopeningService],
})
export class CasesModule {}

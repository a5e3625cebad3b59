import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CaseEntity } from './case.entity.js';
import { CaseListsService } from './case-lists.service.js';
import { CasesController } from './cases.controller.js';
import { CasesService } from './cases.service.js';
import { LawClocksController } from './law-clocks.controller.js';
import { LawClocksService } from './law-clocks.service.js';
import { TimelineService } from './timeline.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CaseEntity])],
  controllers: [CasesController, LawClocksController],
  providers: [CasesService, CaseListsService, TimelineService, LawClocksService],
  exports: [CasesService, CaseListsService, TimelineService, LawClocksService],
})
export class CasesModule {}

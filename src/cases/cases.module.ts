import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CaseEntity } from './case.entity.js';
import { CaseListsService } from './case-lists.service.js';
import { CasesController } from './cases.controller.js';
import { CasesService } from './cases.service.js';
import { TimelineService } from './timeline.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CaseEntity])],
  controllers: [CasesController],
  providers: [CasesService, CaseListsService, TimelineService],
  exports: [CasesService, CaseListsService],
})
export class CasesModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { CatalogueService } from './catalogue.service.js';
import { CostLineEntity } from './cost-line.entity.js';
import { CostLinesController } from './cost-lines.controller.js';
import { CostLinesService } from './cost-lines.service.js';
import { FiguresController } from './figures.controller.js';
import { FiguresService } from './figures.service.js';
import { MeasurementEntity } from './measurement.entity.js';
import { MicroAnalysisController } from './micro-analysis.controller.js';
import { MicroAnalysisEvents } from './micro-analysis.events.js';
import { MicroAnalysisService } from './micro-analysis.service.js';
import { WellbeingController } from './wellbeing.controller.js';
import { WellbeingService } from './wellbeing.service.js';

/** Wellbeing and costs before and after a meeting, and the organisation's own figures. */
@Module({
  imports: [TypeOrmModule.forFeature([CostLineEntity, MeasurementEntity]), MeetingsModule],
  controllers: [WellbeingController, CostLinesController, MicroAnalysisController, FiguresController],
  providers: [CatalogueService, CostLinesService, WellbeingService, MicroAnalysisService, FiguresService, MicroAnalysisEvents],
  exports: [CatalogueService, CostLinesService, WellbeingService, MicroAnalysisService, FiguresService],
})
export class MicroAnalysisModule {}

import { Module } from '@nestjs/common';
import { CaseFileController } from './case-file.controller.js';
import { CaseFileService } from './case-file.service.js';

/** What draws on many modules: the case as a whole, and the pages. */
@Module({
  controllers: [CaseFileController],
  providers: [CaseFileService],
})
export class DeskModule {}

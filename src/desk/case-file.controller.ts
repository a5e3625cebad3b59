import { Controller, Get } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Member, MemberForParticipants } from '../circle/circle.dto.js';
import { Access, Entering, IdParam, type Unentered } from '../platform/http/access.js';
import { Composite } from '../platform/http/etag.js';
import { CaseFile, CaseFileForMainPerson } from './case-file.dto.js';
import { CaseFileService } from './case-file.service.js';

@ApiTags('cases')
@ApiExtraModels(CaseFile, CaseFileForMainPerson, Member, MemberForParticipants)
@Controller('v1/cases')
export class CaseFileController {
  constructor(private readonly files: CaseFileService) {}

  /** One case with its people, meetings and plan, for its own facilitator and its main persons. A lead assigns, and does not read along. */
  @Get(':id')
  @Composite()
  @ApiOkResponse({ schema: { anyOf: [{ $ref: getSchemaPath(CaseFile) }, { $ref: getSchemaPath(CaseFileForMainPerson) }] } })
  @Access({ roles: ['facilitator', 'lead', 'main-person', 'member'], knownDevice: 'main-person', entersItself: true })
  read(@Entering() entering: Unentered, @IdParam('id') id: string): Promise<CaseFile | CaseFileForMainPerson> {
    return this.files.read(entering, id);
  }
}

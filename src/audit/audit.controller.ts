import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { PageQuery } from '../platform/http/cursor.js';
import { AuditEventPage, AuditEventsQuery, FileLookPage } from './audit.dto.js';
import { LooksService } from './looks.service.js';

@ApiTags('audit')
@Controller('v1')
export class AuditController {
  constructor(private readonly looks: LooksService) {}

  /** The audit log, newest first: ids and codes, no contents. Reading it is recorded too. */
  @Get('audit-events')
  @Access({ roles: ['admin'] })
  events(@Context() ctx: Ctx, @Query() query: AuditEventsQuery): Promise<AuditEventPage> {
    return this.looks.events(ctx, query);
  }

  /** Who looked in my file, per person and day: main persons see the whole file's, others their own row's. */
  @Get('me/file-looks')
  @Access({ roles: ['main-person', 'member'], knownDevice: true })
  fileLooks(@Context() ctx: Ctx, @Query() query: PageQuery): Promise<FileLookPage> {
    return this.looks.own(ctx, query);
  }
}

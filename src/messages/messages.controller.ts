import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { MessagePage, MessagesQuery } from './messages.dto.js';
import { MessagesService } from './messages.service.js';

@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  /** The message log, newest first: a facilitator's own cases, or all for an admin. Never what a message said. */
  @Get()
  @Access({ roles: ['facilitator', 'admin'] })
  @ApiOkResponse({ type: MessagePage })
  list(@Context() ctx: Ctx, @Query() query: MessagesQuery): Promise<MessagePage> {
    return this.messages.list(ctx, query);
  }
}

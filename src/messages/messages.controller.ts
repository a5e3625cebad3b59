import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { MessageItem, MessagePage, MessagesQuery } from './messages.dto.js';
import { MessagesService } from './messages.service.js';
import { RetriesService } from './retries.service.js';

@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly retries: RetriesService,
  ) {}

  /** The message log, newest first: a facilitator's own cases, or all for an admin. Never what a message said. */
  @Get()
  @Access({ roles: ['facilitator', 'admin'] })
  @ApiOkResponse({ type: MessagePage })
  list(@Context() ctx: Ctx, @Query() query: MessagesQuery): Promise<MessagePage> {
    return this.messages.list(ctx, query);
  }

  /**
   * Sends a message again that is `dead`, `bounced` or `failed`, to the address that is right now. One that is on its way already
   * is answered as it is. 409 when what it said is gone or no longer right, and while nothing arrives at that address.
   */
  @Post(':id/retry')
  @HttpCode(200)
  @Access({ roles: ['facilitator', 'admin'] })
  @ApiOkResponse({ type: MessageItem })
  retry(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<MessageItem> {
    return this.retries.again(ctx, id);
  }
}

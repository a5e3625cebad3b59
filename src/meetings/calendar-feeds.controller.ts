import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../platform/http/access.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';

@ApiTags('meetings')
@Controller('agenda')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeedsService) {}

  /** A facilitator's agenda for a calendar program: `file` is the secret with `.ics` behind it. Who has the address needs no more. */
  @Get(':file')
  @Access({ roles: ['anonymous'], produces: ['text/calendar'], refuses: [404, 429] })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  async feed(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const content = await this.feeds.read({ file, requestId: request.id, address: request.ip });
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    reply.header('ETag', tag).header('Cache-Control', 'private, max-age=300');
    const known = request.headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
    if (known.includes(tag) || known.includes('*')) {
      reply.status(304);
      return undefined;
    }
    reply.header('Content-Type', 'text/calendar; charset=utf-8; method=PUBLISH').header('Content-Disposition', 'inline; filename="agenda.ics"');
    return content;
  }
}

import { Body, Controller, HttpCode, Post, Query, Req, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { LONGEST_MAIL, ReturnAnswer, ReturnedMailQuery, ReturnedMailRequest, SmsReportRequest } from './returns.dto.js';
import { ReturnsService, type Caller } from './returns.service.js';

const callerOf = (request: StatefulRequest): Caller => ({
  authorization: request.headers.authorization,
  address: request.ip,
  requestId: request.id,
});

/** The report stands before the mail that it is about: what comes after this may be as long as it likes. */
const readable = (mail: string): string => mail.slice(0, LONGEST_MAIL).replace(NOT_TEXT, ' ');
// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]/g;

/** The way in for the mail server and the SMS gateway, with the bearer token of DELIVERY_TOKEN. */
@ApiTags('messages')
@Controller('v1/delivery-reports')
export class ReturnsController implements OnModuleInit {
  constructor(
    private readonly returns: ReturnsService,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /** A mail server has the mail itself to give, and no JSON. */
  onModuleInit(): void {
    const server = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    server.addContentTypeParser('message/rfc822', { parseAs: 'string' }, (_request, body, done) => done(null, { mail: readable(String(body)) }));
  }

  /** A mail that came back, or a complaint about one: as the mail itself (`message/rfc822`) or in JSON. */
  @Post('mail')
  @HttpCode(200)
  @Access({ roles: ['anonymous'], refuses: [401, 404, 429] })
  @ApiOkResponse({ type: ReturnAnswer })
  async mail(@Req() request: StatefulRequest, @Query() query: ReturnedMailQuery, @Body() body: ReturnedMailRequest): Promise<ReturnAnswer> {
    return { outcome: await this.returns.mail(callerOf(request), body.mail, query.recipient) };
  }

  /** What became of a text message, as NotifyNL reports it. */
  @Post('sms')
  @HttpCode(200)
  @Access({ roles: ['anonymous'], refuses: [401, 404, 429] })
  @ApiOkResponse({ type: ReturnAnswer })
  async sms(@Req() request: StatefulRequest, @Body() body: SmsReportRequest): Promise<ReturnAnswer> {
    return { outcome: await this.returns.sms(callerOf(request), body) };
  }
}

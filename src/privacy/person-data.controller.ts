import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { renderPage } from '../web/page.js';
import { HandOver, PersonData } from './person-data.dto.js';
import { PersonDataDocument } from './person-data.pages.js';
import { wantsPage } from './person-data.rules.js';
import { PersonDataService } from './person-data.service.js';

const BOTH = {
  content: { 'application/json': { schema: { $ref: getSchemaPath(PersonData) } }, 'text/html': { schema: { type: 'string' } } },
} as const;

@ApiTags('privacy')
@Controller('v1')
export class PersonDataController {
  constructor(private readonly data: PersonDataService) {}

  /** Everything that is held about the one who asks, others redacted; as JSON, or with `Accept: text/html` as one file to read and print. */
  @Get('me/data')
  @Access({ roles: ['main-person', 'member'], knownDevice: 'main-person', produces: ['text/html'] })
  @ApiOkResponse({ type: PersonData, ...BOTH })
  @Header('Cache-Control', 'no-store')
  async own(@Context() ctx: Ctx, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PersonData | string> {
    return answer(await this.data.own(ctx), request, reply);
  }

  /** The same for the facilitator of the case, who hands it to the person: say to whom, and how. Both stand on the timeline. */
  @Get('circle-members/:id/data')
  @Access({ roles: ['facilitator'], produces: ['text/html'], refuses: [409] })
  @ApiOkResponse({ type: PersonData, ...BOTH })
  @Header('Cache-Control', 'no-store')
  async handOver(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @Query() query: HandOver,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PersonData | string> {
    return answer(await this.data.handOver(ctx, id, query), request, reply);
  }
}

/** As JSON, or as a file of its own: shown within our pages its style would be refused. */
export function answer(data: PersonData, request: FastifyRequest, reply: FastifyReply): PersonData | string {
  if (!wantsPage(request.headers.accept)) return data;
  void reply.header('Content-Type', 'text/html; charset=utf-8').header('Content-Disposition', 'attachment; filename="mijn-gegevens.html"');
  return renderPage(PersonDataDocument({ data }));
}

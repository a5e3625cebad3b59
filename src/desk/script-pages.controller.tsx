import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChairRequest } from '../meetings/script.dto.js';
import { ScriptService } from '../meetings/script.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { CasePagesService } from './case-pages.service.js';
import { ChairingPagesService } from './chairing-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { CaseScriptPage, StandInPage } from './script.pages.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}/draaiboek`: the script for the facilitator, and who leads. */
@ApiExcludeController()
@Controller()
export class ScriptPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly cases: CasePagesService,
    private readonly pages: ChairingPagesService,
    private readonly scripts: ScriptService,
  ) {}

  @Get(ROUTES.caseScript)
  @Access(FACILITATOR)
  show(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('ref') ref: string, @Query('soort') type?: string): Promise<void> {
    return this.visits.show(request, reply, this.page(request, ref, type));
  }

  /** For who leads a colleague's meeting: that meeting, and nothing more of the case. */
  @Get(ROUTES.standInScript)
  @Access(FACILITATOR)
  standIn(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string): Promise<void> {
    return this.visits.show(request, reply, async (frame) => <StandInPage frame={frame} {...await this.pages.standIn(contextOf(request), id)} />);
  }

  @Post(ROUTES.caseChair)
  @Access(FACILITATOR)
  async chair(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('ref') ref: string, @Body() { meetingId, ...fields }: Fields): Promise<void> {
    const to = address(ROUTES.caseScript, { ref });
    await this.visits.act(request, reply, { to, done: 'chair-set', page: this.page(request, ref) }, async () => {
      const { memberId } = await this.visits.body(ChairRequest, fields);
      await this.scripts.setChair(contextOf(request), textOf({ meetingId }, 'meetingId'), { memberId: memberId ?? null });
    });
  }

  private page(request: StatefulRequest, reference: string, type?: string): Page {
    const ctx = contextOf(request);
    return async (frame) => <CaseScriptPage frame={frame} reference={reference} {...await this.pages.caseScript(ctx, await this.cases.idOf(ctx, reference), type)} />;
  }
}

import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import type { Ctx } from '../platform/actor.js';
import type { StatefulRequest } from '../platform/http/access.js';
import type { Frame } from '../web/frame.js';
import { CasePagesService } from './case-pages.service.js';
import { CasePage } from './case.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { contextOf, VisitsService } from './visits.service.js';

/** What every form on the page of a case does: its command, then back to the page, or to a `section` of it. */
@Injectable()
export class CaseFormsService {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: CasePagesService,
  ) {}

  /** The page of the case in the address. */
  page(request: StatefulRequest): (frame: Frame) => Promise<VNode> {
    return async (frame) => <CasePage frame={frame} {...await this.pages.casePage(contextOf(request), referenceOf(request))} />;
  }

  async act(
    request: StatefulRequest,
    reply: FastifyReply,
    done: string | (() => string),
    command: (ctx: Ctx, caseId: string) => Promise<unknown>,
    section?: string,
  ): Promise<void> {
    const ctx = contextOf(request);
    const reference = referenceOf(request);
    const caseId = await this.pages.idOf(ctx, reference);
    const to = `${address(ROUTES.case, { ref: reference })}${section ? `#${section}` : ''}`;
    await this.visits.act(request, reply, { to, done, page: this.page(request) }, () => command(ctx, caseId));
  }
}

const referenceOf = (request: StatefulRequest): string => (request.params as { ref: string }).ref;

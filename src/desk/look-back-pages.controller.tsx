import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PreconditionsRequest } from '../plans/preconditions.dto.js';
import { PreconditionsService } from '../plans/preconditions.service.js';
import { StatementsService } from '../plans/statements.service.js';
import { VersionsService } from '../plans/versions.service.js';
import { Access, UUID, type StatefulRequest } from '../platform/http/access.js';
import { CasePagesService } from './case-pages.service.js';
import { address, ROUTES } from './desk.routes.js';
import { SaidPage, VersionsPage } from './look-back.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, versionOf, VisitsService, type Fields, type Page } from './visits.service.js';

const MINE = { roles: ['main-person'], knownDevice: true } as const;

/** Looking back: what a main person said at every moment, and the versions of a plan beside each other. */
@ApiExcludeController()
@Controller()
export class LookBackPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly participants: ParticipantPagesService,
    private readonly cases: CasePagesService,
    private readonly statements: StatementsService,
    private readonly preconditions: PreconditionsService,
    private readonly versions: VersionsService,
  ) {}

  @Get(ROUTES.mineStatement)
  @Access(MINE)
  async said(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.saidPage(request));
  }

  @Post(ROUTES.minePreconditions)
  @Access(MINE)
  async stands(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const ctx = contextOf(request);
    const { version: _, ...typed } = fields;
    await this.visits.act(request, reply, { to: ROUTES.mineStatement, done: 'own-preconditions', page: this.saidPage(request) }, async () => {
      const body = await this.visits.body(PreconditionsRequest, typed);
      // What was left empty on the page is empty, not as it was.
      await this.preconditions.write(ctx, participant(ctx).caseId, versionOf(fields), { ...body, words: body.words ?? {} });
    });
  }

  @Get(ROUTES.mineVersions)
  @Access(MINE)
  async ownVersions(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { caseId } = participant(contextOf(request));
    await this.visits.show(request, reply, this.versionsPage(request, caseId, { address: ROUTES.mineVersions, back: ROUTES.mine, isStaff: false }));
  }

  @Get(ROUTES.caseVersions)
  @Access({ roles: ['facilitator'] })
  async caseVersions(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { ref } = request.params as { ref: string };
    const caseId = await this.cases.idOf(contextOf(request), ref);
    const where = { address: address(ROUTES.caseVersions, { ref }), back: `${address(ROUTES.case, { ref })}#plan`, isStaff: true };
    await this.visits.show(request, reply, this.versionsPage(request, caseId, where));
  }

  private saidPage(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const { caseId, memberId } = participant(ctx);
    return async (frame) => {
      const contact = await this.participants.contactOf(ctx);
      const said = await this.statements.history(ctx, caseId, memberId);
      const now = await this.preconditions.read(ctx, caseId);
      const stood = await this.preconditions.history(ctx, caseId);
      return <SaidPage frame={{ ...frame, contact }} said={said.items} now={now} stood={stood.items} />;
    };
  }

  /** The chosen version beside the one before; the newest when none was chosen. */
  private versionsPage(request: StatefulRequest, caseId: string, where: { address: string; back: string; isStaff: boolean }): Page {
    const ctx = contextOf(request);
    const { versie } = request.query as { versie?: string };
    return async (frame) => {
      const contact = where.isStaff ? null : await this.participants.contactOf(ctx);
      const { items } = await this.versions.list(ctx, caseId);
      const chosen = items.find(({ id }) => id === (versie && UUID.test(versie) ? versie : items[0]?.id));
      const difference = chosen ? await this.versions.difference(ctx, chosen.id, undefined) : null;
      return <VersionsPage frame={{ ...frame, contact }} {...where} versions={items} difference={difference} />;
    };
  }
}

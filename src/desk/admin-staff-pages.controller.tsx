import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HandoverService } from '../cases/handover.service.js';
import { StaffAccountsService } from '../people/staff-accounts.service.js';
import { DisablingRequest, NewStaff, type StaffQuery } from '../people/staff.dto.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { StaffListPage, StaffMemberPage } from './admin-staff.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { contextOf, versionOf, VisitsService, type Fields, type Page } from './visits.service.js';

const ADMIN = { roles: ['admin'] } as const;
const ON_PAGE = 50;
const MOST_FOLLOWERS = 100;

/** `/beheer/medewerkers`: accounts, for an admin. */
@ApiExcludeController()
@Controller()
export class AdminStaffPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly accounts: StaffAccountsService,
    private readonly handovers: HandoverService,
    private readonly database: Database,
  ) {}

  @Get(ROUTES.adminStaff)
  @Access(ADMIN)
  async list(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.listPage(request));
  }

  @Post(ROUTES.adminStaff)
  @Access(ADMIN)
  async invite(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.visits.act(request, reply, { to: ROUTES.adminStaff, done: 'staff-invited', page: this.listPage(request) }, async () => {
      await this.accounts.invite(contextOf(request), await this.body(fields));
    });
  }

  @Get(ROUTES.adminStaffMember)
  @Access(ADMIN)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string): Promise<void> {
    await this.visits.show(request, reply, this.memberPage(request, id));
  }

  @Post(ROUTES.adminStaffMember)
  @Access(ADMIN)
  async change(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...rest } = fields;
    await this.act(request, reply, id, 'staff-changed', async (ctx) => {
      // The form has every field: without a tick there is no role, and that is refused.
      const change = await this.body(rest);
      await this.accounts.change(ctx, id, { ...change, phone: change.phone ?? null, employer: change.employer ?? null, languages: change.languages ?? [] }, versionOf(fields));
    });
  }

  @Post(ROUTES.adminStaffDisable)
  @Access(ADMIN)
  async disable(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string, @Body() fields: Fields): Promise<void> {
    await this.act(request, reply, id, 'staff-disabled', async (ctx) => {
      await this.accounts.disable(ctx, id, await this.visits.body(DisablingRequest, fields));
    });
  }

  @Post(ROUTES.adminStaffEnable)
  @Access(ADMIN)
  async enable(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string): Promise<void> {
    await this.act(request, reply, id, 'staff-enabled', (ctx) => this.accounts.enable(ctx, id));
  }

  @Post(ROUTES.adminStaffLink)
  @Access(ADMIN)
  async sendLink(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string): Promise<void> {
    await this.act(request, reply, id, 'staff-link', (ctx) => this.accounts.sendAgain(ctx, id));
  }

  @Post(ROUTES.adminStaffSessions)
  @Access(ADMIN)
  async endSessions(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('staffId') id: string): Promise<void> {
    await this.act(request, reply, id, 'sessions-ended', (ctx) => this.accounts.endSessionsOf(ctx, id));
  }

  /** Languages stand in one field, with commas. */
  private body({ languages, ...fields }: Fields): Promise<NewStaff> {
    const named = String(languages ?? '').split(',').map((language) => language.trim()).filter((language) => language !== '');
    return this.visits.body(NewStaff, named.length > 0 ? { ...fields, languages: named } : fields, { lists: ['roles', 'languages'] });
  }

  private async act(
    request: StatefulRequest,
    reply: FastifyReply,
    id: string,
    done: string,
    command: (ctx: Ctx) => Promise<unknown>,
  ): Promise<void> {
    const to = address(ROUTES.adminStaffMember, { staffId: id });
    await this.visits.act(request, reply, { to, done, page: this.memberPage(request, id) }, () => command(contextOf(request)));
  }

  private listPage(request: StatefulRequest): Page {
    return async (frame) => {
      const { after } = request.query as StaffQuery;
      const { items, next } = await this.accounts.list(contextOf(request), { limit: ON_PAGE, after });
      return <StaffListPage frame={frame} staff={items} nextPage={next && `${ROUTES.adminStaff}?after=${next}`} />;
    };
  }

  private memberPage(request: StatefulRequest, id: string): Page {
    const ctx = contextOf(request);
    return async (frame) => {
      const member = await this.accounts.show(ctx, id);
      const carried = await this.database.view(ctx, (tx) => this.handovers.carried(tx, id));
      const { items } = await this.handovers.facilitators(ctx, { limit: MOST_FOLLOWERS });
      return (
        <StaffMemberPage
          frame={frame}
          member={member}
          isSelf={id === actorId(ctx.actor)}
          sessions={(await this.accounts.sessionsOf(ctx, id)).items}
          carried={carried}
          followers={items.filter((one) => one.id !== id)}
        />
      );
    };
  }
}

import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ContactAttemptRequest, MemberEndRequest, NewMember } from '../circle/circle.dto.js';
import { NewLinkRequest } from '../circle/links.dto.js';
import { CircleLinksService } from '../circle/links.service.js';
import { InvitationsService } from '../circle/invitations.service.js';
import { LeavingService } from '../circle/leaving.service.js';
import { MembersService, shownName } from '../circle/members.service.js';
import { AgreementsService } from '../plans/agreements.service.js';
import { ProgressRequest } from '../plans/commitments.dto.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { AgreementRequest } from '../plans/plans.dto.js';
import { PlansService } from '../plans/plans.service.js';
import { PreconditionsRequest } from '../plans/preconditions.dto.js';
import { PreconditionsService } from '../plans/preconditions.service.js';
import { StatementRequest } from '../plans/statements.dto.js';
import { StatementsService } from '../plans/statements.service.js';
import { Clock } from '../platform/clock.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { ShownLinkPage } from './case-circle.pages.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { contextOf, textOf, versionOf, VisitsService, type Fields } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}`: the circle, and what its people say, agree and promise. */
@ApiExcludeController()
@Controller()
export class CasePeoplePagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: CaseFormsService,
    private readonly members: MembersService,
    private readonly leaving: LeavingService,
    private readonly invitations: InvitationsService,
    private readonly links: CircleLinksService,
    private readonly statements: StatementsService,
    private readonly conditions: PreconditionsService,
    private readonly plans: PlansService,
    private readonly agreements: AgreementsService,
    private readonly commitments: CommitmentsService,
    private readonly clock: Clock,
  ) {}

  @Post(ROUTES.addMember)
  @Access(FACILITATOR)
  async addMember(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'member', async (ctx, caseId) =>
      this.members.propose(ctx, caseId, await this.visits.body(NewMember, fields, { flags: ['professional'] })),
    );
  }

  /** Approval that was said to the facilitator, today, in conversation. */
  @Post(ROUTES.approveMember)
  @Access(FACILITATOR)
  async approve(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.pages.act(request, reply, 'approved', (ctx) => this.members.approve(ctx, id, { by: 'main-person' }));
  }

  @Post(ROUTES.refuseMember)
  @Access(FACILITATOR)
  async refuse(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.pages.act(request, reply, 'refused', async (ctx) =>
      this.leaving.refuse(ctx, id, await this.visits.body(MemberEndRequest, {})),
    );
  }

  @Post(ROUTES.removeMember)
  @Access(FACILITATOR)
  async remove(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.pages.act(request, reply, 'removed', async (ctx) =>
      this.leaving.remove(ctx, id, await this.visits.body(MemberEndRequest, {})),
    );
  }

  /** A new link: by mail, or shown here for the person at the table. */
  @Post(ROUTES.memberLink)
  @Access(FACILITATOR)
  async link(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string, @Body() fields: Fields): Promise<void> {
    if (textOf(fields, 'via') !== 'show') {
      await this.pages.act(request, reply, 'link', async (ctx) => this.links.link(ctx, id, await this.visits.body(NewLinkRequest, { via: fields.via })));
      return;
    }
    const ctx = contextOf(request);
    const { url, expiresAt } = await this.links.link(ctx, id, { via: 'show' });
    const member = await this.members.get(ctx, id);
    const { ref } = request.params as { ref: string };
    await this.visits.show(request, reply, (frame) => (
      <ShownLinkPage frame={frame} reference={ref} name={shownName(member)} url={url!} expiresAt={expiresAt} />
    ));
  }

  @Post(ROUTES.verifyPhone)
  @Access(FACILITATOR)
  async verifyPhone(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.pages.act(request, reply, 'phone-verified', (ctx) => this.links.verifyPhone(ctx, id, null));
  }

  /** Ends every link, session and known device of the person at once. */
  @Post(ROUTES.lostPhone)
  @Access(FACILITATOR)
  async lostPhone(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('memberId') id: string): Promise<void> {
    await this.pages.act(request, reply, 'phone-lost', (ctx) => this.links.lostPhone(ctx, id));
  }

  @Post(ROUTES.contact)
  @Access(FACILITATOR)
  async contact(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { memberId: _, ...attempt } = fields;
    await this.pages.act(request, reply, 'contact', async (ctx) => {
      const body = await this.visits.body(ContactAttemptRequest, { ...attempt, at: this.clock.now().toISOString() });
      await this.invitations.attempt(ctx, textOf(fields, 'memberId'), body);
    });
  }

  @Post(ROUTES.invite)
  @Access(FACILITATOR)
  async invite(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.act(request, reply, 'invited', (ctx, caseId) => this.invitations.invite(ctx, caseId, {}));
  }

  @Post(ROUTES.statement)
  @Access(FACILITATOR)
  async statement(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { memberId: _, ...words } = fields;
    await this.pages.act(request, reply, 'statement', async (ctx, caseId) =>
      this.statements.write(ctx, caseId, textOf(fields, 'memberId'), null, await this.visits.body(StatementRequest, words)),
    );
  }

  @Post(ROUTES.preconditions)
  @Access(FACILITATOR)
  async preconditions(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'preconditions', async (ctx, caseId) =>
      this.conditions.write(ctx, caseId, null, await this.visits.body(PreconditionsRequest, fields)),
    );
  }

  @Post(ROUTES.fixPlan)
  @Access(FACILITATOR)
  async fix(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.act(request, reply, 'fixed', (ctx, caseId) => this.plans.fix(ctx, caseId, null));
  }

  @Post(ROUTES.agreement)
  @Access(FACILITATOR)
  async agree(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const { planId: _, ...answer } = fields;
    await this.pages.act(request, reply, 'noted', async (ctx) => {
      const body = await this.visits.body(AgreementRequest, answer, { flags: ['agrees'] });
      await this.agreements.answer(ctx, textOf(fields, 'planId'), body);
    });
  }

  @Post(ROUTES.commitment)
  @Access(FACILITATOR)
  async progress(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('commitmentId') id: string, @Body() fields: Fields): Promise<void> {
    const { version: _, ...progress } = fields;
    await this.pages.act(request, reply, 'noted', async (ctx) =>
      this.commitments.report(ctx, id, versionOf(fields), await this.visits.body(ProgressRequest, progress)),
    );
  }
}

import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sessionCookie } from '../people/access.policy.js';
import { SignInRequest } from '../people/people.dto.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { SessionsService } from '../people/sessions.service.js';
import { Clock } from '../platform/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { ReferralsService } from '../referrals/referrals.service.js';
import { homeOf } from '../web/addresses.js';
import { ROUTES } from './desk.routes.js';
import { ConfirmReferralPage, LinkEndedPage, LinkPage } from './link.pages.js';
import { SignInPage } from './sign-in.pages.js';
import { StartPage } from './start.pages.js';
import { contextOf, textOf, VisitsService, type Fields } from './visits.service.js';

const DEMO_ADDRESSES = ['facilitator@demo.example', 'lead@demo.example'];

/** The pages for everyone: the start, signing in, and the links in mails. */
@ApiExcludeController()
@Controller()
export class PublicPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly sessions: SessionsService,
    private readonly participants: ParticipantSessionsService,
    private readonly referrals: ReferralsService,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  @Get(ROUTES.start)
  @Access({ roles: ['anonymous'] })
  async start(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const organisation = await this.visits.organisation(undefined);
    await this.visits.show(request, reply, (frame) => <StartPage frame={frame} phone={organisation?.phone ?? null} email={null} />);
  }

  @Get(ROUTES.signIn)
  @Access({ roles: ['anonymous'] })
  async signInPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { next } = request.query as { next?: string };
    await this.visits.show(request, reply, (frame) => <SignInPage frame={frame} next={ownPath(next)} demo={this.demo()} />);
  }

  /** Signs staff in and goes to the page that they asked for. */
  @Post(ROUTES.signIn)
  @Access({ roles: ['anonymous'] })
  async signIn(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const next = ownPath(textOf(fields, 'next'));
    const { next: _, ...credentials } = fields;
    let home: string = ROUTES.work;
    const page = { to: () => next ?? home, page: (frame: Parameters<typeof SignInPage>[0]['frame']) => <SignInPage frame={frame} next={next} demo={this.demo()} /> };
    await this.visits.act(request, reply, page, async () => {
      const { email, password } = await this.visits.body(SignInRequest, credentials);
      const session = await this.sessions.signIn({ address: request.ip, requestId: request.id }, email, password);
      this.keep(reply, session.token, session.expiresAt);
      home = homeOf(session.user.roles);
    });
  }

  @Post(ROUTES.signOut)
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin', 'main-person', 'member'] })
  async signOut(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sessions.endOwn(contextOf(request));
    reply.clearCookie(sessionCookie(this.publicUrl), { path: '/' });
    void reply.redirect(`${ROUTES.signIn}?gedaan=signed-out`, 303);
  }

  /** Mail scanners follow links: opening one changes nothing, its button does. */
  @Get(ROUTES.link)
  @Access({ roles: ['anonymous'] })
  async linkPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    const found = await this.participants.linkFor(token);
    if (!found) return this.linkEnded(request, reply);
    await this.visits.show(request, reply, (frame) => <LinkPage frame={frame} token={token} name={found.firstName} />);
  }

  /** Opens the session on this device and goes on to an address without the token. */
  @Post(ROUTES.link)
  @Access({ roles: ['anonymous'] })
  async enter(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    try {
      const session = await this.participants.enterByLink({ address: request.ip, requestId: request.id }, token);
      this.keep(reply, session.token, session.expiresAt);
      void reply.redirect(session.member.isResident ? ROUTES.mine : ROUTES.circle, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      await this.linkEnded(request, reply);
    }
  }

  @Get(ROUTES.confirmReferral)
  @Access({ roles: ['anonymous'] })
  async confirmPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    if (!(await this.referrals.awaitsConfirmation(token))) return this.linkEnded(request, reply);
    await this.visits.show(request, reply, (frame) => <ConfirmReferralPage frame={frame} token={token} confirmed={false} />);
  }

  @Post(ROUTES.confirmReferral)
  @Access({ roles: ['anonymous'] })
  async confirm(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    await this.referrals.confirm(contextOf(request), token);
    await this.visits.show(request, reply, (frame) => <ConfirmReferralPage frame={frame} token={token} confirmed />);
  }

  private async linkEnded(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const organisation = await this.visits.organisation(undefined);
    await this.visits.show(request, reply, (frame) => <LinkEndedPage frame={frame} phone={organisation?.phone ?? null} />, 404);
  }

  private demo(): { emails: string[]; password: string } | null {
    return this.settings.demo && !this.settings.production ? { emails: DEMO_ADDRESSES, password: this.settings.demoPassword } : null;
  }

  private keep(reply: FastifyReply, token: string, expiresAt: string): void {
    reply.setCookie(sessionCookie(this.publicUrl), token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.publicUrl.secure,
      maxAge: Math.floor((Date.parse(expiresAt) - this.clock.now().getTime()) / 1000),
    });
  }
}

/** A path of our own to go to after signing in, never another site. */
function ownPath(next: string | undefined): string | null {
  return next && /^\/(?![/\\])[\w\-./~?&=%]*$/.test(next) ? next : null;
}

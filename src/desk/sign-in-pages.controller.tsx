import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { sessionCookie } from '../people/access.policy.js';
import { IdentitiesService } from '../people/identities.service.js';
import { OidcService, VISIT_SECONDS } from '../people/oidc.service.js';
import { SignInRequest } from '../people/people.dto.js';
import { SessionsService } from '../people/sessions.service.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { homeOf } from '../web/addresses.js';
import type { Frame } from '../web/frame.js';
import { ROUTES, withDone } from './desk.routes.js';
import { SignInPage } from './sign-in.pages.js';
import { contextOf, cookieFor, failedForm, ownPath, textOf, VisitsService, type Fields } from './visits.service.js';

const DEMO_ADDRESSES = ['facilitator@demo.example', 'lead@demo.example'];

/** Holds what was begun while somebody is away signing in. */
const visitCookie = (publicUrl: PublicUrl): string => (publicUrl.secure ? '__Host-oidc' : 'oidc');

/** The pages on which those who work here sign in, by password or at the provider of their organisation, and out. */
@ApiExcludeController()
@Controller()
export class SignInPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly sessions: SessionsService,
    private readonly oidc: OidcService,
    private readonly identities: IdentitiesService,
    private readonly publicUrl: PublicUrl,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  @Get(ROUTES.signIn)
  @Access({ roles: ['anonymous'] })
  async signInPage(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { next } = request.query as { next?: string };
    await this.visits.show(request, reply, this.page(ownPath(next)));
  }

  /** Signs staff in and goes to the page that they asked for. */
  @Post(ROUTES.signIn)
  @Access({ roles: ['anonymous'] })
  async signIn(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const next = ownPath(textOf(fields, 'next'));
    const { next: _, ...credentials } = fields;
    let home: string = ROUTES.work;
    await this.visits.act(request, reply, { to: () => next ?? home, page: this.page(next) }, async () => {
      const { email, password } = await this.visits.body(SignInRequest, credentials);
      const session = await this.sessions.signIn({ address: request.ip, requestId: request.id }, email, password);
      this.visits.keepSession(reply, session);
      home = homeOf(session.user.roles);
    });
  }

  /** Goes to the provider. Changes nothing here: what is begun stands in a cookie of this browser. */
  @Get(ROUTES.signInOidc)
  @Access({ roles: ['anonymous'] })
  async begin(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const next = ownPath((request.query as { next?: string }).next);
    await this.orRefuse(request, reply, next, async () => {
      const { address, kept } = await this.oidc.begin(ROUTES.signInOidcBack, next);
      reply.setCookie(visitCookie(this.publicUrl), kept, cookieFor(this.publicUrl, VISIT_SECONDS));
      void reply.header('Cache-Control', 'no-store').redirect(address, 302);
    });
  }

  /** Comes back from the provider: opens the session and goes on to an address without the provider's answer. */
  @Get(ROUTES.signInOidcBack)
  @Access({ roles: ['anonymous'] })
  async back(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.oidc.configured) throw new Problem(404, 'not-found');
    const kept = request.cookies[visitCookie(this.publicUrl)];
    const next = ownPath(this.oidc.nextOf(kept) ?? undefined);
    reply.clearCookie(visitCookie(this.publicUrl), { path: '/' });
    await this.orRefuse(request, reply, next, async () => {
      const session = await this.identities.signIn({ address: request.ip, requestId: request.id }, request.url, kept);
      this.visits.keepSession(reply, session);
      void reply.header('Cache-Control', 'no-store').redirect(next ?? homeOf(session.user.roles), 303);
    });
  }

  @Post(ROUTES.signOut)
  @Access({ roles: ['referrer', 'facilitator', 'lead', 'analyst', 'admin', 'main-person', 'member'] })
  async signOut(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    const { signedInBy } = await this.sessions.endOwn(contextOf(request));
    reply.clearCookie(sessionCookie(this.publicUrl), { path: '/' });
    const there = signedInBy === 'oidc' && this.oidc.configured;
    void reply.redirect(withDone(ROUTES.signIn, there ? 'signed-out-here' : 'signed-out'), 303);
  }

  /** On to where one signs out at the provider; to our own page when it has no such place. */
  @Get(ROUTES.signOutOidc)
  @Access({ roles: ['anonymous'] })
  async signOutThere(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.orRefuse(request, reply, null, async () => {
      const there = await this.oidc.signOutAddress(ROUTES.signIn);
      void reply.redirect(there ?? withDone(ROUTES.signIn, 'signed-out'), there ? 302 : 303);
    });
  }

  /** What the provider or we refuse stands on the page from which one tries again. */
  private async orRefuse(request: StatefulRequest, reply: FastifyReply, next: string | null, go: () => Promise<void>): Promise<void> {
    try {
      await go();
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 404) throw error;
      const frame = await this.visits.frame(request, reply, { failed: failedForm(request, error) });
      if (error.extra.retryAfterSeconds) reply.header('Retry-After', String(error.extra.retryAfterSeconds));
      this.visits.send(reply, this.page(next)(frame), error.status);
    }
  }

  private page(next: string | null): (frame: Frame) => VNode {
    const elsewhere = this.oidc.configured;
    return (frame) => (
      <SignInPage frame={frame} next={next} demo={this.demo()} elsewhere={elsewhere} here={this.settings.localSignIn} />
    );
  }

  private demo(): { emails: string[]; password: string } | null {
    return this.settings.demo && !this.settings.production ? { emails: DEMO_ADDRESSES, password: this.settings.demoPassword } : null;
  }
}

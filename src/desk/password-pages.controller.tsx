import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PasswordsService } from '../people/passwords.service.js';
import { ChosenPassword, PasswordResetRequest } from '../people/staff.dto.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { homeOf } from '../web/addresses.js';
import { ROUTES } from './desk.routes.js';
import { ForgottenPage, WelcomeEndedPage, WelcomePage } from './password.pages.js';
import { VisitsService, type Fields } from './visits.service.js';

const EVERYONE = { roles: ['anonymous'] } as const;

/** Choosing a password by the link in a mail, and asking for such a link. */
@ApiExcludeController()
@Controller()
export class PasswordPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly passwords: PasswordsService,
  ) {}

  @Get(ROUTES.welcome)
  @Access(EVERYONE)
  async welcome(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string): Promise<void> {
    const owner = await this.passwords.linkFor({ address: request.ip, requestId: request.id }, token);
    if (!owner) return this.ended(request, reply);
    await this.visits.show(request, reply, (frame) => <WelcomePage frame={frame} token={token} name={owner.name} />);
  }

  /** Sets the password, signs in, and goes on to an address without the token. */
  @Post(ROUTES.welcome)
  @Access(EVERYONE)
  async choose(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('token') token: string, @Body() fields: Fields): Promise<void> {
    const owner = await this.passwords.linkFor({ address: request.ip, requestId: request.id }, token);
    if (!owner) return this.ended(request, reply);
    let home: string = ROUTES.account;
    const again = { to: () => home, page: (frame: Parameters<typeof WelcomePage>[0]['frame']) => <WelcomePage frame={frame} token={token} name={owner.name} /> };
    await this.visits.act(request, reply, again, async () => {
      const { password } = await this.visits.body(ChosenPassword, fields);
      const session = await this.passwords.choose({ address: request.ip, requestId: request.id }, token, password);
      this.visits.keepSession(reply, session);
      home = homeOf(session.user.roles);
    });
  }

  @Get(ROUTES.forgotten)
  @Access(EVERYONE)
  async forgotten(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, (frame) => <ForgottenPage frame={frame} />);
  }

  @Post(ROUTES.forgotten)
  @Access(EVERYONE)
  async ask(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    const page = (frame: Parameters<typeof ForgottenPage>[0]['frame']) => <ForgottenPage frame={frame} />;
    await this.visits.act(request, reply, { to: ROUTES.forgotten, done: 'password-asked', page }, async () => {
      const { email } = await this.visits.body(PasswordResetRequest, fields);
      await this.passwords.askReset({ address: request.ip, requestId: request.id }, email);
    });
  }

  private async ended(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, (frame) => <WelcomeEndedPage frame={frame} />, 404);
  }
}

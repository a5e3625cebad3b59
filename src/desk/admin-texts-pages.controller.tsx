import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MAIL_STYLE } from '../messages/mail.pages.js';
import { formsOf, sample, type SampleForm } from '../messages/samples.rules.js';
import { TEMPLATES, type RenderedMessage, type Template } from '../messages/templates.rules.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { AdminTextPage, AdminTextsPage } from './admin-texts.pages.js';
import { ROUTES } from './desk.routes.js';
import { contextOf, VisitsService } from './visits.service.js';

const ADMIN = { roles: ['admin'] } as const;

/** A mail brings its own style; by its digest that one and no other is taken, and nothing is loaded, sent or run. */
const MAIL_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(MAIL_STYLE).digest('base64')}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox`;

/** `/beheer/teksten`: what the service writes to people, with made-up names. */
@ApiExcludeController()
@Controller()
export class AdminTextsPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get(ROUTES.adminTexts)
  @Access(ADMIN)
  async list(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, (frame) => <AdminTextsPage frame={frame} />);
  }

  @Get(ROUTES.adminText)
  @Access(ADMIN)
  async one(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('template') asked: string): Promise<void> {
    const chosen = { ...this.chosen(request, asked), rendered: await this.rendered(request, asked) };
    await this.visits.show(request, reply, (frame) => <AdminTextPage frame={frame} {...chosen} />);
  }

  @Get(ROUTES.adminTextMail)
  @Access(ADMIN)
  async mail(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('template') asked: string): Promise<void> {
    const { html } = await this.rendered(request, asked);
    void reply
      .header('Content-Security-Policy', MAIL_POLICY)
      .header('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  }

  private async rendered(request: StatefulRequest, asked: string): Promise<RenderedMessage> {
    const { template, form } = this.chosen(request, asked);
    const organisation = await this.visits.organisation(contextOf(request).actor.organisationId);
    return sample(template, form, { organisation: organisation?.name ?? '', phone: organisation?.phone ?? null, site: this.publicUrl.base });
  }

  /** What the address names; what it does not name, or names wrongly, is the first of its kind. */
  private chosen(request: StatefulRequest, asked: string): { template: Template; form: SampleForm; forms: ReturnType<typeof formsOf> } {
    const template = TEMPLATES.find((one) => one === asked);
    if (!template) throw notFound();
    const forms = formsOf(template);
    const { taal, soort, rol, eerste } = request.query as Record<string, string | undefined>;
    const form: SampleForm = {
      language: forms.languages.find((one) => one === taal) ?? 'nl',
      kind: forms.kinds.find((one) => one === soort) ?? 'netwerkberaad',
      role: forms.roles.find((one) => one === rol) ?? 'informal',
      first: eerste === 'ja',
    };
    return { template, form, forms };
  }
}

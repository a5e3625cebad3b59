import { Injectable, type Type } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { sessionCookie } from '../people/access.policy.js';
import { OrganisationsService } from '../people/organisations.service.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import type { StatefulRequest } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { validationPipe } from '../platform/http/validation.js';
import { fieldOnPage, problemOnPage } from '../texts/refusals.js';
import { formBody, type FormShape } from '../web/form-body.js';
import type { Contact, FailedForm, Frame } from '../web/frame.js';
import { renderPage } from '../web/page.js';
import { withDone } from './desk.routes.js';

export type Fields = Record<string, unknown>;

/** A page, made again with what went wrong when its form was refused. */
export type Page = (frame: Frame) => Promise<VNode> | VNode;

const pipe = validationPipe();

/** The round of every page: frame, rendering, and after a form either back to the page or the page again with what to mend. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly organisations: OrganisationsService,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
  ) {}

  /** What every page needs to know about this visit. */
  async frame(request: StatefulRequest, reply: FastifyReply, extra: { failed?: FailedForm; contact?: Contact | null } = {}): Promise<Frame> {
    const actor = request.state?.ctx?.actor;
    const organisation = await this.organisation(actor?.organisationId);
    const done = (request.query as Record<string, string | undefined>).gedaan;
    return {
      language: 'nl',
      csrfToken: reply.generateCsrf(),
      organisation: organisation?.name ?? '',
      done: extra.failed ? null : (done ?? null),
      failed: extra.failed ?? null,
      user: actor?.kind === 'staff' ? { name: actor.name, roles: actor.roles } : null,
      contact: extra.contact ?? null,
    };
  }

  async show(request: StatefulRequest, reply: FastifyReply, page: Page, status = 200): Promise<void> {
    this.send(reply, await page(await this.frame(request, reply)), status);
  }

  send(reply: FastifyReply, page: VNode, status = 200): void {
    void reply.code(status).header('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(renderPage(page));
  }

  /**
   * Does what a form asks and goes back to `to`, with the code of what was done. What can be mended (a field, a state, a
   * newer version) shows the page again with what was typed.
   */
  async act(
    request: StatefulRequest,
    reply: FastifyReply,
    { to, done, page }: { to: string | (() => string); done?: string | (() => string); page: Page },
    command: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await command();
    } catch (error) {
      if (!(error instanceof Problem) || ![400, 401, 409, 412, 429].includes(error.status)) throw error;
      const frame = await this.frame(request, reply, { failed: failedForm(request, error) });
      const shown = await page(frame);
      // The first time finds the fields that the summary above them names and links to.
      renderPage(shown);
      if (error.extra.retryAfterSeconds) reply.header('Retry-After', String(error.extra.retryAfterSeconds));
      this.send(reply, shown, error.status);
      return;
    }
    const next = typeof to === 'string' ? to : to();
    const code = typeof done === 'function' ? done() : done;
    void reply.redirect(code ? withDone(next, code) : next, 303);
  }

  /** The token of the session that this browser has. */
  sessionOf(request: StatefulRequest): string | undefined {
    return request.cookies[sessionCookie(this.publicUrl)];
  }

  /** The session stays with this browser for as long as it lasts. */
  keepSession(reply: FastifyReply, session: { token: string; expiresAt: string }): void {
    const seconds = Math.floor((Date.parse(session.expiresAt) - this.clock.now().getTime()) / 1000);
    reply.setCookie(sessionCookie(this.publicUrl), session.token, cookieFor(this.publicUrl, seconds));
  }

  /** The fields of a form as the body of a call, checked as the call itself checks it. */
  async body<T extends object>(type: Type<T>, fields: Fields, shape: FormShape = {}): Promise<T> {
    return (await pipe.transform(formBody(fields, shape), { type: 'body', metatype: type })) as T;
  }

  /** The organisation of this visit; of strangers the only one there is, or none. */
  async organisation(id: string | undefined): Promise<{ name: string; phone: string | null } | null> {
    const all = await this.organisations.all();
    return all.find((one) => one.id === id) ?? (all.length === 1 ? all[0]! : null);
  }
}

/** A cookie that no script reads, sent along when somebody comes from another site by a link, and over TLS where there is TLS. */
export const cookieFor = (publicUrl: PublicUrl, maxAge: number): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: publicUrl.secure,
  maxAge,
});

/** A second tap finds its work done by the first: that is no refusal. */
export async function onceOnly(command: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 400 || !(await isSo())) throw error;
  }
}

/** The version that a form was made from. */
export const versionOf = (fields: Fields): number | null => (/^\d{1,9}$/.test(String(fields.version)) ? Number(fields.version) : null);

/** One field of a form as text. */
export const textOf = (fields: Fields, name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');

const PART = 'parts.';

/** Which part was chosen for each person: `parts.<memberId>`. */
export const partsOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.keys(fields).filter((name) => name.startsWith(PART)).map((name) => [name.slice(PART.length), textOf(fields, name)]));

export const contextOf = (request: StatefulRequest): Ctx => request.state!.ctx!;

/** A path of our own to go to after signing in, never another site. */
export const ownPath = (next: string | undefined): string | null =>
  next && /^(?!.*\/\/)\/[\w\-./~?&=%]*$/.test(next) ? next : null;

export function failedForm(request: StatefulRequest, problem: Problem): FailedForm {
  const { errors = [], values, state } = problem.extra;
  return {
    action: request.url.split('?')[0]!,
    message: problemOnPage(problem.code, { ...values, state: state ?? '' }),
    errors: errors.map(({ pointer, code, message }) => ({ pointer: asTyped(pointer), message: message ?? fieldOnPage(code) })),
    values: (request.body ?? {}) as FailedForm['values'],
    fields: new Map(),
  };
}

/** The call speaks of instants; a form asks for a day and two times. */
const asTyped = (pointer: string): string => pointer.replace(/\/startsAt$/, '/date').replace(/\/endsAt$/, '/to');

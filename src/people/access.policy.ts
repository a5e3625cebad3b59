import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { AuditService, type Origin } from '../audit/audit.service.js';
import type { Actor } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import {
  ACCESS,
  acceptable,
  assertAllowed,
  idempotencyKey,
  isApi,
  type AccessRule,
  type StatefulRequest,
} from '../platform/http/access.js';
import { fingerprint } from '../platform/http/idempotency.js';
import { Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { OrganisationsService } from './organisations.service.js';
import { SessionsService } from './sessions.service.js';
import { organisationOf, parseToken } from './tokens.rules.js';

/** `__Host-` only where the browser accepts it. */
export const sessionCookie = (publicUrl: PublicUrl): string => (publicUrl.secure ? '__Host-session' : 'session');

const origin = (request: StatefulRequest): Origin => ({ address: request.ip, requestId: request.id });

/**
 * Decides for every request who asks and whether such a person may ever have the route. Which object they may have is each
 * module's policy. A route without a rule is an error of ours.
 */
@Injectable()
export class AccessPolicy implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly organisations: OrganisationsService,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (!rule) throw new Error(`No access rule on ${context.getClass().name}.${context.getHandler().name}`);
    const request = context.switchToHttp().getRequest<StatefulRequest>();
    const common = { requestId: request.id, address: request.ip };
    const page = !isApi(request.url);
    if (!page && !acceptable(request.headers.accept, ['application/json', 'application/problem+json', ...(rule.produces ?? [])])) {
      throw new Problem(406, 'not-acceptable');
    }
    if (page && request.method === 'POST') {
      await this.assertOwnForm(request, context.switchToHttp().getResponse<FastifyReply>()).catch(async (error: unknown) => {
        const cookie = this.token(request, page) ?? '';
        await this.audit.refusedToken(origin(request), organisationOf(cookie), { action: 'access.foreign-form', object: null });
        throw error;
      });
    }
    const token = rule.roles.every((role) => role === 'anonymous') ? undefined : this.token(request, page);

    if (rule.entersItself) {
      const credentials = token === undefined ? null : parseToken(token);
      if (!credentials) throw new Problem(401, 'unauthenticated');
      request.state = { unentered: { ...common, credentials, rule } };
      return true;
    }
    const actor = await this.actor(request, token, rule).catch(async (error: unknown) => {
      const credentials = token === undefined ? null : parseToken(token);
      if (credentials) request.state = { unentered: { ...common, credentials, rule } };
      await this.audit.refused(request, error);
      throw error;
    });
    request.state = { ctx: { actor, ...common } };
    await this.allow(request, actor, rule);
    const key = request.method === 'POST' && rule.idempotent !== false && !page ? idempotencyKey(request) : undefined;
    const idempotency = key && { key, fingerprint: fingerprint(request.method, request.url, request.body) };
    request.state = { ctx: { actor, ...common, ...(idempotency ? { idempotency } : {}) } };
    return true;
  }

  private async allow(request: StatefulRequest, actor: Actor, rule: AccessRule): Promise<void> {
    try {
      assertAllowed(actor, rule, this.clock.now());
    } catch (error) {
      await this.audit.refused(request, error);
      throw error;
    }
  }

  private async actor(request: StatefulRequest, token: string | undefined, rule: AccessRule): Promise<Actor> {
    if (token !== undefined) {
      const found = await this.sessions.find(token);
      if (found) return found;
      await this.audit.refusedToken(origin(request), organisationOf(token), { action: 'access.session-refused', object: null });
      // A page that is also for strangers does not care about an old cookie.
      if (!(rule.roles.includes('anonymous') && !isApi(request.url))) throw new Problem(401, 'unauthenticated');
    }
    if (!rule.roles.includes('anonymous')) {
      await this.audit.refusedToken(origin(request), organisationOf(request.url), { action: 'access.token-in-address', object: null });
      throw new Problem(401, 'unauthenticated');
    }
    if (!rule.needsOrganisation) return { kind: 'anonymous', organisationId: '' };
    const slug = ((request.method === 'GET' ? request.query : request.body) as { organisation?: unknown } | undefined)?.organisation;
    const { id } = await this.organisations.forStranger(request.hostname, slug);
    return { kind: 'anonymous', organisationId: id };
  }

  private token(request: StatefulRequest, page: boolean): string | undefined {
    if (page) return request.cookies[sessionCookie(this.publicUrl)];
    const header = request.headers.authorization;
    if (header === undefined) return undefined;
    const match = /^Bearer +(\S+)$/i.exec(header);
    if (!match) throw new Problem(401, 'unauthenticated');
    return match[1];
  }

  /** A form must come from our own page: same origin, and the token that the page was given. */
  private async assertOwnForm(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const { origin } = request.headers;
    const own = [this.publicUrl.base, `${request.protocol}://${request.host}`];
    if (origin !== undefined && !own.includes(origin)) throw new Problem(403, 'foreign-form');
    await new Promise<void>((resolve, reject) => {
      // The plugin answers a wrong token by itself; here it becomes a refusal like every other.
      const refusing = Object.create(reply, { send: { value: () => reject(new Problem(403, 'foreign-form')) } }) as FastifyReply;
      request.server.csrfProtection(request, refusing, () => resolve());
    });
  }
}

import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Ctx, StaffRole } from '../actor.js';
import { Problem } from './problem.js';

/** Who may ever have a route: staff roles, and those who come through a link or without identity. */
export type Audience = StaffRole | 'main-person' | 'member' | 'anonymous';

export interface AccessRule {
  roles: readonly Audience[];
  /** Main persons and members (or only main persons) need a device that is known. */
  knownDevice?: boolean | 'main-person';
  /** False for sign-in: its POSTs take no Idempotency-Key. */
  idempotent?: boolean;
  /** A stranger's request belongs to an organisation: found by host name, the only one, or the slug in the body. */
  needsOrganisation?: boolean;
  /** What the route can answer besides JSON. */
  produces?: readonly string[];
  /** Statuses of refusals that do not follow from the rest of the route, for the OpenAPI document. */
  refuses?: readonly number[];
  /** The query calls `enter` itself: the guard only reads the token, and the context has `credentials` in place of an actor. */
  entersItself?: boolean;
}

export const ACCESS = 'access';

/** Every route says who may have it; one without this answers nobody. */
export const Access = (rule: AccessRule): MethodDecorator => SetMetadata(ACCESS, rule);

/** A token taken apart: `<organisation>.<secret>`, the secret hashed. */
export interface Credentials {
  organisationId: string;
  hash: Buffer;
}

/** A request on its way to a query that calls `enter` in its own statement. */
export interface Unentered {
  credentials: Credentials;
  requestId: string;
  address: string;
  rule: AccessRule;
  /** Who it turned out to be, once the query has entered. */
  ctx?: Ctx;
}

/** What the access guard leaves on the request. */
export interface RequestState {
  ctx?: Ctx;
  unentered?: Unentered;
}

export type StatefulRequest = FastifyRequest & { state?: RequestState };

const stateOf = (context: ExecutionContext): RequestState => context.switchToHttp().getRequest<StatefulRequest>().state ?? {};

/** Who asks, from the access guard. */
export const Context = createParamDecorator((_: unknown, context: ExecutionContext): Ctx => stateOf(context).ctx!);

/** The token of a route whose query calls `enter` itself. */
export const Entering = createParamDecorator((_: unknown, context: ExecutionContext): Unentered => stateOf(context).unentered!);

/** Refuses an actor whose role never has the route, and a device that is not known where it must be. */
export function assertAllowed(actor: Actor, rule: AccessRule, now: Date): void {
  if (actor.kind === 'staff') {
    if (!actor.roles.some((role) => rule.roles.includes(role))) throw new Problem(403, 'forbidden');
  } else if (actor.kind === 'participant') {
    if (!rule.roles.includes(actor.isMainPerson ? 'main-person' : 'member')) throw new Problem(403, 'forbidden');
    const asks = rule.knownDevice === true || (rule.knownDevice === 'main-person' && actor.isMainPerson);
    if (asks && !(actor.knownUntil && actor.knownUntil > now)) throw new Problem(403, 'step-up-required');
  } else if (actor.kind === 'anonymous' && !rule.roles.includes('anonymous')) {
    throw new Problem(401, 'unauthenticated');
  }
}

/** The version in If-Match. By itself, so that the OpenAPI document can tell which routes read it. */
export function readIfMatch(options: { required?: boolean } | undefined, context: ExecutionContext): number | null {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header.trim() === '*') {
    if (options?.required && header === undefined) throw new Problem(428, 'if-match-required');
    return null;
  }
  const match = /^(?:W\/)?"(\d{1,9})(?:\.[\w-]{22})?"$/.exec(header.trim());
  return match ? Number(match[1]) : NO_VERSION;
}

/** The version in If-Match, null when none was sent. `@IfMatch({ required: true })` refuses its absence with 428. */
export const IfMatch = createParamDecorator(readIfMatch);

/** An If-Match that is the tag of no version: never current. */
const NO_VERSION = -1;

/** The id in the path; what is not a UUID exists nowhere. */
export const IdParam = createParamDecorator((name: string, context: ExecutionContext): string => {
  const value = (context.switchToHttp().getRequest<FastifyRequest>().params as Record<string, string>)[name] ?? '';
  if (!UUID.test(value)) throw new Problem(404, 'not-found');
  return value.toLowerCase();
});

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The path as the router reads it: without the query, and what need not be escaped unescaped. */
export function pathOf(url: string): string {
  const path = url.split('?')[0]!;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Addresses that are called with a bearer token; everything else is a page with a cookie. */
export const isApi = (url: string): boolean => /^\/(v1|health|dev|agenda)(\/|$)/.test(pathOf(url));

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The Idempotency-Key as sent, or undefined. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = Array.isArray(header) ? header[0] : header;
  if (!key || !KEY.test(key)) throw new Problem(400, 'idempotency-key-invalid');
  return key;
}

/** Whether an Accept header admits one of these media types. */
export function acceptable(accept: string | undefined, types: readonly string[]): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const admitted = accept.split(',').map((part) => part.split(';')[0]!.trim().toLowerCase());
  return types.some((type) => admitted.some((range) => range === '*/*' || range === type || range === `${type.split('/')[0]}/*`));
}

/** The offered media type that an Accept header likes best (the first of equals), or null when it takes none. */
export function preferred<Type extends string>(accept: string | undefined, offered: readonly Type[]): Type | null {
  const ranges = (accept?.trim() || '*/*').split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    const quality = parameters.find((each) => each.startsWith('q='));
    return { range, quality: quality ? Number(quality.slice(2)) || 0 : 1 };
  });
  const liking = (type: string): number => {
    const fitting = [type, `${type.split('/')[0]}/*`, '*/*'].map((name) => ranges.find(({ range }) => range === name));
    return fitting.find((range) => range !== undefined)?.quality ?? 0;
  };
  const best = [...offered].sort((a, b) => liking(b) - liking(a))[0]!;
  return liking(best) > 0 ? best : null;
}

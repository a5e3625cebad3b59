import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { FastifyRequest } from 'fastify';
import { isApi, pathOf } from './access.js';
import { invalid, Problem, type FieldError } from './problem.js';
import { escaped } from './validation.js';

/** Nest's numbers for the kinds of route argument. */
const BODY = 3;
const QUERY = 4;

/** The one address that takes no JSON alone: a mail server hands in what came back as it is. */
const TAKES_MAIL = '/v1/delivery-reports/mail';

/** Deeper than any body of the contract. */
const DEEPEST = 16;
/** Longer than any list of the contract. */
const LONGEST_LIST = 400;

/**
 * Refuses query keys and body fields on routes that take none; where there is a class, validation refuses what it does not
 * know. What validation would pass over or stumble on is refused here: a body that is no object, names that every JavaScript
 * object has, endless lists, and half characters, which no text can hold.
 */
@Injectable()
export class StrictRequest implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isApi(request.url)) return true;
    const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as object | undefined;
    const takes = (kind: number): boolean => Object.keys(taken ?? {}).some((key) => key.startsWith(`${kind}:`));
    const { query, body } = request;
    if (body !== undefined && !isRecord(body)) throw invalid([{ pointer: '', code: 'object' }]);
    const unknown = [...(takes(QUERY) ? [] : keys(query)), ...(takes(BODY) ? [] : keys(body))];
    const strange = unknown.map((key) => ({ pointer: `/${escaped(key)}`, code: 'unknown-field' }));
    const errors = [...strange, ...oddities(query, ''), ...oddities(body, '')];
    if (errors.length > 0) throw invalid(errors);
    return true;
  }
}

/** Refuses what must not be read at all: a body of another type, before it is parsed. */
export function assertJson(request: FastifyRequest): void {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const hasBody = encoding !== undefined || Number(length) > 0;
  // Clients that always say JSON also do so when an action has nothing to tell: no body is an empty one.
  if (!hasBody) delete request.raw.headers['content-type'];
  const isJson = /^application\/json *(;|$)/i.test(type ?? '');
  const isMail = /^message\/rfc822 *(;|$)/i.test(type ?? '') && pathOf(request.url) === TAKES_MAIL;
  if (hasBody && !isJson && !isMail && isApi(request.url)) throw new Problem(415, 'unsupported-media-type');
}

/** Refuses a body in which whoever walks through it would get lost. */
export function assertShallow(request: FastifyRequest): void {
  if (isApi(request.url) && isDeeper(request.body, DEEPEST)) throw new Problem(400, 'too-deep');
}

const isRecord = (value: unknown): value is object => value !== null && typeof value === 'object' && !Array.isArray(value);
const keys = (value: unknown): string[] => (isRecord(value) ? Object.keys(value) : []);

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

const HALF_CHARACTER = /\p{Surrogate}/u;

function oddities(value: unknown, pointer: string): FieldError[] {
  if (typeof value === 'string') return HALF_CHARACTER.test(value) ? [{ pointer, code: 'control-characters' }] : [];
  if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST) return [{ pointer, code: 'too-many' }];
    return value.flatMap((item, i) => oddities(item, `${pointer}/${i}`));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = `${pointer}/${escaped(name)}`;
    const strange = name in Object.prototype || HALF_CHARACTER.test(name);
    return strange ? [{ pointer: place, code: 'unknown-field' }] : oddities(inner, place);
  });
}

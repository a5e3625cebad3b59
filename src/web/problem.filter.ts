import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseErrorCode, isDatabaseCode, isUnavailable } from '../platform/database/database.js';
import { isApi, pathOf } from '../platform/http/access.js';
import { Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Logger } from '../platform/logger.js';
import { fieldText, problemText, problemTitle } from '../texts/refusals.js';

/** The body of a refusal, `application/problem+json` (RFC 9457). */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: { pointer: string; code: string; message: string }[];
  state?: string;
  allowed?: readonly string[];
  triesLeft?: number;
  current?: object | null;
  meetings?: { id: string; caseId: string; startsAt: string; endsAt: string }[];
}

/** How a page shows a refusal; the desk's pages register it. */
export type ErrorPage = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => void;

/** Turns everything that is thrown into one answer that says what to do. What we did not foresee is logged and told nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly publicUrl: PublicUrl,
    private readonly logger: Logger,
    private readonly errorPage: ErrorPage,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getRequest<FastifyRequest>(), host.switchToHttp().getResponse<FastifyReply>());
  }

  /** The same for what the server refuses before it comes to a route. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.problemOf(error, request);
    if (reply.sent) return;
    reply.code(problem.status).header('Cache-Control', 'no-store');
    if (problem.extra.retryAfterSeconds) reply.header('Retry-After', String(problem.extra.retryAfterSeconds));
    if (problem.status === 401 && isApi(request.url)) reply.header('WWW-Authenticate', 'Bearer');
    if (!isApi(request.url)) return this.errorPage(problem, request, reply);
    void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(this.body(problem, request)));
  }

  private body(problem: Problem, request: FastifyRequest): ProblemBody {
    const { errors, state, allowed, triesLeft, current, meetings, values } = problem.extra;
    return {
      type: this.publicUrl.to(`/problems/${problem.code}`),
      title: problemTitle(problem.status),
      status: problem.status,
      detail: problemText(problem.code, { ...values, state: state ?? '' }),
      instance: maskedPath(request.url),
      ...(errors && { errors: errors.map((field) => ({ ...field, message: field.message ?? fieldText(field.code) })) }),
      ...(state !== undefined && { state, allowed }),
      ...(triesLeft !== undefined && { triesLeft }),
      ...(current !== undefined && { current }),
      ...(meetings && { meetings }),
    };
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number })?.statusCode;
    // A part of the address longer than any name or token: there is nothing there.
    if (status === 414) return new Problem(404, 'not-found');
    const code = status === undefined ? undefined : BY_STATUS[status];
    if (code) return new Problem(status!, code);
    if (status !== undefined && status >= 400 && status < 500) return new Problem(400, 'malformed');
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const driver = databaseErrorCode(error);
    // A database's message may quote a row: its code is enough.
    this.logger.error({ requestId: request.id, name, ...(isDatabaseCode(driver) ? { driver } : { message, stack }) }, 'unexpected error');
    return isUnavailable(error) ? new Problem(503, 'unavailable', { retryAfterSeconds: RETRY_SECONDS }) : new Problem(500, 'unexpected');
  }
}

/** When to come back after the database could not be had. */
const RETRY_SECONDS = 5;

/** What the framework refuses by itself. */
const BY_STATUS: Record<number, string> = {
  400: 'malformed',
  404: 'not-found',
  405: 'not-found',
  406: 'not-acceptable',
  413: 'too-large',
  415: 'unsupported-media-type',
  503: 'starting',
};

/** A token with its organisation before it, or anything else that is too long to be an id or a name. */
const TOKEN = /[0-9a-f-]{36}\.[\w-]{20,}|[\w~.-]{40,}/gi;
const BEFORE_A_TOKEN = /^\/+(l|agenda|bevestig|welkom)\/.*/;

/** A path without its tokens, however they are written: links and feeds carry one. */
export function maskedPath(url: string): string {
  const read = pathOf(url);
  const masked = read.replace(BEFORE_A_TOKEN, '/$1/…').replace(TOKEN, '…');
  return masked === read ? url.split('?')[0]! : masked;
}

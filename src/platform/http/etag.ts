import { createHash } from 'node:crypto';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

const COMPOSITE = 'composite';

/** The answer holds more than what its version counts: its ETag says that too, and If-Match still goes by the version. */
export const Composite = (): MethodDecorator => SetMetadata(COMPOSITE, true);

/** Gives every single resource its ETag: its `version` where it has one, else a digest of what is answered. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const composite = this.reflector.get<boolean | undefined>(COMPOSITE, context.getHandler()) === true;
    return next.handle().pipe(
      tap((body: unknown) => {
        if (isResource(body)) reply.header('ETag', `"${tagOf(body, composite)}"`);
      }),
    );
  }
}

/** An object that is no list and no file. */
function isResource(body: unknown): body is { version?: unknown } {
  return body !== null && typeof body === 'object' && (body.constructor === Object || body.constructor === undefined) && !('items' in body);
}

function tagOf(body: { version?: unknown }, composite: boolean): string {
  if (typeof body.version !== 'number') return digest(body);
  return composite ? `${body.version}.${digest(body)}` : String(body.version);
}

const digest = (body: object): string => createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22);

import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** Gives every single resource its ETag: its `version` where it has one, else a digest of what is answered. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: unknown) => {
        if (isResource(body)) reply.header('ETag', typeof body.version === 'number' ? `"${body.version}"` : digest(body));
      }),
    );
  }
}

/** An object that is no list and no file. */
function isResource(body: unknown): body is { version?: unknown } {
  return body !== null && typeof body === 'object' && (body.constructor === Object || body.constructor === undefined) && !('items' in body);
}

function digest(body: object): string {
  return `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
}

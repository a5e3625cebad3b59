import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import type { StatefulRequest } from '../platform/http/access.js';
import { AuditService } from './audit.service.js';

/** A refusal stands on the audit log before its answer leaves. What the guard refuses, the guard records. */
@Injectable()
export class RefusalsPolicy implements NestInterceptor {
  constructor(private readonly audit: AuditService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<StatefulRequest>();
    const recorded = (error: unknown): Observable<never> =>
      from(this.audit.refused(request, error)).pipe(mergeMap(() => throwError(() => error)));
    return next.handle().pipe(catchError(recorded));
  }
}

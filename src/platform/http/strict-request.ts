import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { FastifyRequest } from 'fastify';
import { isApi } from './access.js';
import { invalid } from './problem.js';

/** Nest's numbers for the kinds of route argument. */
const BODY = 3;
const QUERY = 4;

/** Refuses query keys and body fields on routes that take none; where there is a class, validation refuses what it does not know. */
@Injectable()
export class StrictRequest implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isApi(request.url)) return true;
    const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as object | undefined;
    const takes = (kind: number): boolean => Object.keys(taken ?? {}).some((key) => key.startsWith(`${kind}:`));
    const unknown = [...(takes(QUERY) ? [] : keys(request.query)), ...(takes(BODY) ? [] : keys(request.body))];
    if (unknown.length > 0) throw invalid(unknown.map((key) => ({ pointer: `/${key}`, code: 'unknown-field' })));
    return true;
  }
}

const keys = (value: unknown): string[] => (value !== null && typeof value === 'object' ? Object.keys(value) : []);

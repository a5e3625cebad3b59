import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, HttpCode, Injectable, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Database } from '../database/database.js';
import { statement } from '../database/tx.js';
import { Access } from './access.js';
import { Alive, Health } from './health.dto.js';

const PING = statement('platform.ping', 'select 1');

const RETRY_SECONDS = 2;
/** A part that does not answer within this time is not healthy. */
const CHECK_MS = 2000;

/** Whether this process takes work, and the parts that it needs. Other modules add theirs. */
@Injectable()
export class Readiness {
  private phase: 'starting' | 'ready' | 'draining' = 'starting';
  private readonly checks = new Map<string, () => Promise<boolean>>();

  constructor(database: Database) {
    this.checks.set('database', async () => (await database.one(PING, [])).length === 1);
  }

  add(name: string, check: () => Promise<boolean>): void {
    this.checks.set(name, check);
  }

  become(phase: 'ready' | 'draining'): void {
    this.phase = phase;
  }

  get draining(): boolean {
    return this.phase === 'draining';
  }

  async health(): Promise<Health> {
    const components = await Promise.all(
      [...this.checks].map(async ([name, check]) => {
        const late = new AbortController();
        const healthy = await Promise.race([check().catch(() => false), pause(CHECK_MS, false, { signal: late.signal }).catch(() => false)]);
        late.abort();
        return { name, healthy };
      }),
    );
    const whole = components.every(({ healthy }) => healthy);
    return { status: whole ? this.phase : 'broken', components };
  }
}

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process runs. */
  @Get('live')
  @HttpCode(200)
  @Access({ roles: ['anonymous'] })
  live(): Alive {
    return { status: 'live' };
  }

  /** The process takes work: 200, or 503 with what is missing. */
  @Get('ready')
  @ApiOkResponse({ type: Health })
  @ApiResponse({ status: 503, type: Health, description: 'It does not take work now.' })
  @Access({ roles: ['anonymous'] })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.readiness.health();
    if (health.status !== 'ready') reply.code(503).header('Retry-After', String(RETRY_SECONDS));
    return health;
  }
}

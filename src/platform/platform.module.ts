import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DestinationStream } from 'pino';
import { Clock, SystemClock } from './clock.js';
import type { Settings } from './config/settings.js';
import { SETTINGS_TOKEN } from './config/token.js';
import { Database } from './database/database.js';
import { EtagInterceptor } from './http/etag.js';
import { HealthController, Readiness } from './http/health.controller.js';
import { IdempotencyKeys } from './http/idempotency.js';
import { Limits } from './http/limits.js';
import { PublicUrl } from './http/public-url.js';
import { Logger, makeLogger } from './logger.js';
import { MasterKey, Vault } from './vault/vault.js';

/** What may be given from outside, in tests and for the demo: a clock that is moved, another place for the log. */
export interface Overrides {
  clock?: Clock;
  log?: DestinationStream;
}

/** Connections of one process; more only wait in PostgreSQL in place of here. */
const POOL_SIZE = 12;
/** Who waits longer for one is told to come back (503), and does not wait for ever. */
const CONNECT_MS = 10_000;

/** The ground that every module stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(settings: Settings, overrides: Overrides = {}): DynamicModule {
    const logger = makeLogger(settings, overrides.log);
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: settings.databaseUrl,
          autoLoadEntities: true,
          synchronize: false,
          poolSize: POOL_SIZE,
          connectTimeoutMS: CONNECT_MS,
          // One try: at start the reason is told at once, later the pool makes new connections by itself.
          retryAttempts: 0,
          poolErrorHandler: (error: Error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
        }),
      ],
      controllers: [HealthController],
      providers: [
        Readiness,
        { provide: SETTINGS_TOKEN, useValue: settings },
        { provide: Logger, useValue: logger },
        { provide: Clock, useValue: overrides.clock ?? new SystemClock(settings.clockOffsetSeconds) },
        { provide: MasterKey, useValue: new MasterKey(settings.masterKey, settings.masterKeyOld) },
        { provide: PublicUrl, useValue: new PublicUrl(settings.publicUrl) },
        Database,
        Vault,
        IdempotencyKeys,
        Limits,
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
      ],
      exports: [SETTINGS_TOKEN, Logger, Clock, PublicUrl, Database, Vault, Limits, Readiness],
    };
  }
}

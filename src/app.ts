import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { serveOpenApi } from './openapi.js';
import { isApi } from './platform/http/access.js';
import { Readiness } from './platform/http/health.controller.js';
import { PublicUrl } from './platform/http/public-url.js';
import { assertJson, assertShallow } from './platform/http/strict-request.js';
import { validationPipe } from './platform/http/validation.js';
import { Logger, NestLog } from './platform/logger.js';
import type { Settings } from './platform/config/settings.js';
import type { Overrides } from './platform/platform.module.js';
import { API_VERSION } from './version.js';
import { showError } from './desk/refusal.pages.js';
import { registerAssets } from './web/assets.js';
import { compressPages } from './web/compression.js';
import { CSRF_FIELD } from './web/components/form.js';
import { PAGE_POLICY } from './web/page.js';
import { maskedPath, ProblemFilter } from './web/problem.filter.js';
import { refuseUnreadable } from './web/unreadable-request.js';

const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_MS = 60_000;
const HSTS_SECONDS = 63_072_000;
// With `no-referrer` browsers send `Origin: null`, and our own forms would be refused.
const REFERRER_POLICY = 'strict-origin';

/** What an answer outside every route says to a browser. */
const GUARDED = {
  'Content-Security-Policy': Object.entries(PAGE_POLICY)
    .map(([name, values]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`)
    .join(';'),
  'Referrer-Policy': REFERRER_POLICY,
  'X-Content-Type-Options': 'nosniff',
};

/** The whole service, assembled but not listening. Tests and the demo give it a clock that they move. */
export async function createApp(settings: Settings, overrides: Overrides = {}): Promise<NestFastifyApplication> {
  // The server is made before what answers for it.
  const refusals: { filter?: ProblemFilter } = {};
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: settings.trustedProxies.length > 0 ? settings.trustedProxies : false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    // Who sends a request bit by bit does not hold a connection for ever.
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => refuseUnreadable(settings.publicUrl, error, socket),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      // No hook runs before these answers.
      reply.headers({ ...GUARDED, 'X-Request-Id': request.id });
      refusals.filter?.answer(error, request, reply);
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings, overrides), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get(Logger);
  const publicUrl = app.get(PublicUrl);
  app.useLogger(new NestLog(logger));
  app.useGlobalPipes(validationPipe());
  refusals.filter = new ProblemFilter(publicUrl, logger, showError);
  app.useGlobalFilters(refusals.filter);
  await secure(app, publicUrl);
  observe(app, logger);
  registerAssets(app.getHttpAdapter().getInstance());
  compressPages(app.getHttpAdapter().getInstance());
  serveOpenApi(app, publicUrl);
  return app;
}

async function secure(app: NestFastifyApplication, publicUrl: PublicUrl): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...PAGE_POLICY, ...(publicUrl.secure ? { upgradeInsecureRequests: [] } : {}) },
    },
    referrerPolicy: { policy: REFERRER_POLICY },
    strictTransportSecurity: publicUrl.secure ? { maxAge: HSTS_SECONDS, includeSubDomains: true } : false,
  });
  await app.register(cookie);
  await app.register(csrf, {
    cookieKey: publicUrl.secure ? '__Host-form' : 'form',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.secure },
    getToken: (request) => (request.body as Record<string, string> | undefined)?.[CSRF_FIELD],
  });
}

function observe(app: NestFastifyApplication, logger: Logger): void {
  const readiness = app.get(Readiness);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      reply.header('X-Request-Id', request.id);
      if (isApi(request.url)) reply.header('API-Version', API_VERSION).header('Cache-Control', 'no-store');
      if (readiness.draining && !request.url.startsWith('/health')) {
        reply.header('Retry-After', '5');
        done(Object.assign(new Error('draining'), { statusCode: 503 }));
        return;
      }
      done();
    })
    // A connection that stays open after its answer would hold up the end.
    .addHook('onSend', async (_request, reply) => {
      if (readiness.draining) reply.header('Connection', 'close');
    })
    .addHook('preParsing', async (request) => assertJson(request))
    .addHook('preValidation', async (request) => assertShallow(request))
    .addHook('onResponse', (request, reply, done) => {
      const fields = { requestId: request.id, method: request.method, path: maskedPath(request.url), status: reply.statusCode };
      logger.info({ ...fields, ms: Math.round(reply.elapsedTime) }, 'request');
      done();
    });
}

import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request, { type Test } from 'supertest';
import { createApp } from '../../src/app.js';
import { OrganisationsService } from '../../src/people/organisations.service.js';
import { StaffService } from '../../src/people/staff.service.js';
import { systemContext, type StaffRole } from '../../src/platform/actor.js';
import { MovableClock } from '../../src/platform/clock.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { Database } from '../../src/platform/database/database.js';
import type { Overrides } from '../../src/platform/platform.module.js';
import { Readiness } from '../../src/platform/http/health.controller.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { drain } from './queue.js';

/** A Monday morning in November, 09:30 in Amsterdam. */
export const START = new Date('2026-11-16T08:30:00Z');

/** Calls the service as one person: a token goes with every request. */
export interface Caller {
  id: string;
  token: string;
  get(path: string): Test;
  post(path: string, body?: object): Test;
  put(path: string, body?: object): Test;
  patch(path: string, body?: object): Test;
  delete(path: string): Test;
}

export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  clock: MovableClock;
  settings: Settings;
  organisationId: string;
  server: Server;
  /** Staff of the first organisation, signed in; the same name gives the same person. */
  staff(name: string, ...roles: StaffRole[]): Promise<Caller>;
  /** Anyone with a token, or a stranger without. */
  as(token?: string, id?: string): Caller;
  /** Another organisation with a caller of each role that is asked for. */
  otherOrganisation(slug: string): Promise<{ organisationId: string; staff(name: string, ...roles: StaffRole[]): Promise<Caller> }>;
  /** Does all jobs that are due. */
  deliver(): Promise<void>;
  stop(): Promise<void>;
}

/** With this the mail server and the SMS gateway come in. */
export const DELIVERY_TOKEN = 'of-the-mail-server-and-the-gateway-in-tests';

export function testSettings(database: TestDatabase, changes: Partial<Settings> = {}): Settings {
  return {
    environment: 'test',
    production: false,
    port: 3000,
    dataDir: '/nonexistent',
    databaseUrl: database.appUrl,
    databaseOwnerUrl: database.ownerUrl,
    databaseClerkUrl: database.clerkUrl,
    redisUrl: null,
    smtpUrl: null,
    mailFrom: 'netwerkberaad@localhost',
    publicUrl: 'http://localhost:3000',
    masterKey: Buffer.alloc(32, 7),
    masterKeyOld: null,
    auditDigestDir: '/nonexistent/audit',
    trustedProxies: [],
    mailReturnDomain: null,
    deliveryToken: DELIVERY_TOKEN,
    smsUrl: null,
    oidc: null,
    localSignIn: true,
    securityContact: 'mailto:veilig@noord.example',
    demo: false,
    demoPassword: 'demo',
    clockOffsetSeconds: 0,
    logLevel: 'silent',
    ...changes,
  };
}

/** The whole service on a database of its own, with a clock that stands still, and one organisation. */
export async function startApp(changes: Partial<Settings> = {}, overrides: Omit<Overrides, 'clock'> = {}): Promise<TestApp> {
  const database = await freshDatabase();
  const clock = new MovableClock(START);
  const settings = testSettings(database, changes);
  const app = await createApp(settings, { ...overrides, clock });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  app.get(Readiness).become('ready');
  const server = app.getHttpServer();
  const organisations = app.get(OrganisationsService);
  const add = (slug: string, name: string): Promise<string> =>
    organisations.add(database.ownerUrl, { slug, name, phone: '+31201234567' });
  const organisationId = await add('noord', 'Netwerkberaad Noord');

  const as = (token?: string, id = ''): Caller => {
    const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test => {
      const test = request(server)[method](path);
      if (token) void test.set('Authorization', `Bearer ${token}`);
      return body === undefined ? test : test.send(body);
    };
    return {
      id,
      token: token ?? '',
      get: (path) => call('get', path),
      post: (path, body) => call('post', path, body ?? {}),
      put: (path, body) => call('put', path, body ?? {}),
      patch: (path, body) => call('patch', path, body ?? {}),
      delete: (path) => call('delete', path),
    };
  };
  const staffOf = (organisation: string, slug: string): TestApp['staff'] => {
    const known = new Set<string>();
    return async (name, ...roles) => {
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@${slug}.example`;
      const password = 'een lang wachtwoord';
      if (!known.has(email)) {
        const person = { name, email, roles, password, phone: '+31612345600' };
        await app.get(Database).run(systemContext(organisation, 'test'), (tx) => app.get(StaffService).add(tx, person));
        known.add(email);
      }
      const { body } = await as().post('/v1/sessions', { email, password }).expect(201);
      const { token, user } = body as { token: string; user: { id: string } };
      return as(token, user.id);
    };
  };

  return {
    app,
    database,
    clock,
    settings,
    organisationId,
    server,
    as,
    staff: staffOf(organisationId, 'noord'),
    otherOrganisation: async (slug) => {
      const other = await add(slug, `Netwerkberaad ${slug}`);
      return { organisationId: other, staff: staffOf(other, slug) };
    },
    deliver: async () => {
      await drain(app);
    },
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

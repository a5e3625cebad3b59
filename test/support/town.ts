import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { ACCOUNTS, type AccountName } from '../../src/demo/accounts.js';
import { ensureOrganisation } from '../../src/demo/first-start.js';
import { MovableClock } from '../../src/platform/clock.js';
import { Readiness } from '../../src/platform/http/health.controller.js';
import { testSettings } from './app.js';
import { freshDatabase } from './database.js';

export const PASSWORD = 'welkom in oeverdam';

/** The fictional town as a person finds it today, with its clock in our hands. */
export interface Town {
  app: NestFastifyApplication;
  server: Server;
  clock: MovableClock;
  /** Rows behind row-level security, to count by hand. */
  ask<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  signIn(account: AccountName): Promise<(path: string, accept?: string) => request.Test>;
  stop(): Promise<void>;
}

/** Making it takes some seconds. */
export const TOWN_MS = 120_000;

export async function theTown(): Promise<Town> {
  const database = await freshDatabase();
  const settings = testSettings(database, { demo: true, demoPassword: PASSWORD });
  await ensureOrganisation(settings, createApp);
  const client = new Client(database.superuserUrl);
  await client.connect();
  const { rows } = await client.query<{ at: Date }>(`select max(at) + interval '1 hour' as at from audit_events`);
  const clock = new MovableClock(rows[0]!.at);
  const app = await createApp(settings, { clock });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  app.get(Readiness).become('ready');
  return {
    app,
    server: app.getHttpServer(),
    clock,
    ask: async <Row extends object>(sql: string, values: unknown[] = []) => (await client.query<Row>(sql, values)).rows,
    signIn: async (account) => {
      const signedIn = await request(app.getHttpServer())
        .post('/v1/sessions')
        .send({ email: ACCOUNTS[account].email, password: PASSWORD })
        .expect(201);
      const { token } = signedIn.body as { token: string };
      return (path, accept = 'application/json') =>
        request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${token}`).set('Accept', accept);
    },
    stop: async () => {
      await client.end();
      await app.close();
      await database.drop();
    },
  };
}

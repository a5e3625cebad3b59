import { randomBytes, randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Pool } from 'pg';
import request from 'supertest';
import { AuditModule } from '../../src/audit/audit.module.js';
import { MessagesModule } from '../../src/messages/messages.module.js';
import { MessagesService, type NewMessage } from '../../src/messages/messages.service.js';
import type { Template } from '../../src/messages/templates.rules.js';
import { OrganisationsService } from '../../src/people/organisations.service.js';
import { PeopleModule } from '../../src/people/people.module.js';
import { SessionsService } from '../../src/people/sessions.service.js';
import { StaffService } from '../../src/people/staff.service.js';
import { systemContext, type StaffRole } from '../../src/platform/actor.js';
import { MovableClock } from '../../src/platform/clock.js';
import { readSettings, type Settings } from '../../src/platform/config/settings.js';
import { Database } from '../../src/platform/database/database.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { PublicUrl } from '../../src/platform/http/public-url.js';
import { validationPipe } from '../../src/platform/http/validation.js';
import { Logger } from '../../src/platform/logger.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import { QUEUE_TUNING, TUNING, type QueueTuning } from '../../src/platform/queue/tuning.js';
import { ProblemFilter } from '../../src/web/problem.filter.js';
import { freshDatabase, type TestDatabase } from './database.js';

/** When these stories begin. */
export const NOON = '2026-11-20T11:00:00Z';

/** The message log on a database of its own, with its commands called as the other modules call them. */
export class MessagesStage {
  organisationId = '';
  app!: NestFastifyApplication;
  private readonly opened: NestFastifyApplication[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly settings: Settings,
    readonly clock: MovableClock,
    readonly superuser: Pool,
  ) {}

  static async set(over: Partial<Settings> = {}): Promise<MessagesStage> {
    const database = await freshDatabase();
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.appUrl,
      DATABASE_CLERK_URL: database.clerkUrl,
      MASTER_KEY: randomBytes(32).toString('base64'),
    };
    const settings = { ...readSettings(env, 'worker'), ...over } as Settings;
    const superuser = new Pool({ connectionString: database.superuserUrl, max: 1 });
    superuser.on('error', () => undefined);
    const stage = new MessagesStage(database, settings, new MovableClock(new Date(NOON)), superuser);
    await stage.start();
    stage.organisationId = await stage.addOrganisation('veenbroek', 'Gemeente Veenbroek');
    return stage;
  }

  /** A process of the service, the first or one after it. */
  async start(over: Partial<Settings> = {}, tuning: Partial<QueueTuning> = {}): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.with({ ...this.settings, ...over }, { clock: this.clock }),
        QueueModule,
        AuditModule,
        PeopleModule,
        MessagesModule,
      ],
    })
      .overrideProvider(TUNING)
      .useValue({ ...QUEUE_TUNING, ...tuning })
      .compile();
    this.app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    this.app.useGlobalPipes(validationPipe());
    const noPage = (problem: { status: number }, _: unknown, reply: { code(status: number): { send(): unknown } }) =>
      void reply.code(problem.status).send();
    this.app.useGlobalFilters(new ProblemFilter(this.app.get(PublicUrl), this.app.get(Logger), noPage));
    await this.app.init();
    await this.app.getHttpAdapter().getInstance().ready();
    this.opened.push(this.app);
  }

  addOrganisation(slug: string, name: string): Promise<string> {
    return this.app.get(OrganisationsService).add(this.database.ownerUrl, { slug, name, phone: '+31101234567' });
  }

  command<T>(work: (tx: Tx, messages: MessagesService) => Promise<T>, organisationId = this.organisationId): Promise<T> {
    const ctx = systemContext(organisationId, randomUUID());
    return this.app.get(Database).run(ctx, (tx) => work(tx, this.app.get(MessagesService)));
  }

  queue<T extends Template>(message: NewMessage<T>, organisationId?: string): Promise<string> {
    return this.command((tx, messages) => messages.queue(tx, message), organisationId);
  }

  /** Someone of a circle, as far as the log needs one. */
  async member({ caseId = randomUUID() } = {}): Promise<string> {
    const id = randomUUID();
    await this.behindTheScenes(
      `insert into circle_members (organisation_id, id, case_id, name, circle_kind, is_main_person, state, sealed, added_by_kind,
         state_since, created_at)
       values ($1, $2, $3, 'Joost', 'informal', false, 'approved', '', 'staff', $4, $4)`,
      [this.organisationId, id, caseId, this.clock.now()],
    );
    return id;
  }

  async caseOf(facilitatorId: string): Promise<string> {
    const id = randomUUID();
    await this.behindTheScenes(
      `insert into cases (organisation_id, id, reference, kind, state, urgent, facilitator_id, themes, safety_level, safety_gate,
         consent_given, resident_name, opened_at, state_since)
       values ($1, $2, $3, 'mdo', 'preparing', false, $4, '{}', 'none', 'not-needed', true, 'Sanne', $5, $5)`,
      [this.organisationId, id, `NB-2026-${id.slice(0, 6)}`, facilitatorId, this.clock.now()],
    );
    return id;
  }

  async staff(roles: StaffRole[]): Promise<{ id: string; token: string }> {
    const email = `${randomUUID()}@example.org`;
    const { id } = await this.command((tx) =>
      this.app.get(StaffService).add(tx, { name: 'Fatma Yıldız', email, roles, password: 'password for a spec' }),
    );
    const request = { address: '127.0.0.1', requestId: randomUUID() };
    const { token } = await this.app.get(SessionsService).signIn(request, email, 'password for a spec');
    return { id, token };
  }

  get(url: string, token?: string): request.Test {
    const asked = request(this.app.getHttpServer()).get(url);
    return token ? asked.set('Authorization', `Bearer ${token}`) : asked;
  }

  async row(id: string): Promise<Record<string, unknown>> {
    const { rows } = await this.superuser.query<Record<string, unknown>>('select * from messages where id = $1', [id]);
    return rows[0]!;
  }

  /** Rows of other modules without what they hang on. */
  async behindTheScenes(sql: string, values: unknown[]): Promise<void> {
    const client = await this.superuser.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(sql, values);
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
  }

  async strike(): Promise<void> {
    for (const app of this.opened) await app.close();
    await this.superuser.end();
    await this.database.drop();
  }
}

export const joost = { address: 'joost@example.org', name: 'Joost Bakker', language: 'nl' };
export const receipt = (over: Partial<NewMessage<'referral-received'>> = {}): NewMessage<'referral-received'> => ({
  template: 'referral-received',
  channel: 'mail',
  to: joost,
  values: { receivedAt: NOON },
  key: randomUUID(),
  ...over,
});
export const text = (over: Partial<NewMessage<'referral-received'>> = {}): NewMessage<'referral-received'> =>
  receipt({ channel: 'sms', to: { address: '+31612345679', name: 'Ria' }, ...over });

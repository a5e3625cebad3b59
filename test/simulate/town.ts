import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { SendingFailed } from '../../src/messages/messages.errors.js';
import { MailTransport, SmsTransport, type OutgoingMail, type OutgoingSms } from '../../src/messages/transports.service.js';
import type { StaffRole } from '../../src/platform/actor.js';
import { startApp, type Caller, type TestApp } from '../support/app.js';
import { drain } from '../support/queue.js';
import { Agenda } from './agenda.js';
import { Chance } from './chance.js';
import { Population } from './people.js';

export interface Options {
  seed: number;
  days: number;
  facilitators: number;
  /** Referrals that come in the whole time. */
  referrals: number;
  start: Date;
}

/** Something that arrived at an address or a number. */
export interface Post {
  to: string;
  at: Date;
  id: string;
  subject: string | null;
  text: string;
  calendar: string | null;
}

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
}

/** Somebody at a keyboard: an answer that they did not count on is a surprise, and ends up in the result. */
export interface Hands {
  id: string;
  name: string;
  call<Body = Record<string, unknown>>(method: string, path: string, body?: object, expected?: readonly number[], headers?: Record<string, string>): Promise<Answer<Body>>;
}

const FULL_MAILBOX_DAYS = 2;
const MOST_STEPS = 200_000;

/** A town with the real service in it, on a real database, and a clock that goes from one thing that happens to the next. */
export class Town {
  readonly agenda = new Agenda();
  readonly chance: Chance;
  readonly population: Population;
  readonly post: Post[] = [];
  readonly surprises: string[] = [];
  readonly counted = new Map<string, number>();
  readonly facilitators: Hands[] = [];
  lead!: Hands;
  referrer!: Hands;
  admin!: Hands;
  private readonly readers = new Map<string, (post: Post) => void>();
  private readonly fullSince = new Map<string, Date>();

  private constructor(
    readonly options: Options,
    readonly test: TestApp,
    readonly database: Client,
    private readonly base: string,
    private readonly home: string,
  ) {
    this.chance = new Chance(options.seed);
    this.population = new Population(this.chance);
  }

  static async begin(options: Options): Promise<Town> {
    const home = await mkdtemp(join(tmpdir(), 'netwerkberaad-month-'));
    const test = await startApp({ auditDigestDir: join(home, 'audit') });
    await test.app.listen(0, '127.0.0.1');
    const { port } = test.server.address() as AddressInfo;
    const database = new Client(test.database.superuserUrl);
    await database.connect();
    const town = new Town(options, test, database, `http://127.0.0.1:${port}`, home);
    test.clock.set(options.start);
    town.connectPost();
    await town.open();
    return town;
  }

  get now(): Date {
    return this.test.clock.now();
  }

  get end(): Date {
    return new Date(this.options.start.getTime() + this.options.days * 86_400_000);
  }

  count(what: string, by = 1): void {
    this.counted.set(what, (this.counted.get(what) ?? 0) + by);
  }

  after(ms: number, what: () => Promise<void>): void {
    this.agenda.add(new Date(this.now.getTime() + ms), what);
  }

  /** Who reads what comes at this address or number. */
  reads(address: string, reader: (post: Post) => void): void {
    this.readers.set(address, reader);
  }

  /** The mailbox of this address takes nothing for two days, but may again. */
  fillMailbox(address: string): void {
    this.fullSince.set(address, this.now);
  }

  /** Lives until the end: from one thing that happens to the next, with all jobs done that are due by then. */
  async live(): Promise<void> {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const next = await this.nextMoment();
      if (next === null || next > this.end) break;
      if (next > this.now) this.test.clock.set(next);
      await this.work();
      for (let what = this.agenda.take(this.now); what; what = this.agenda.take(this.now)) await what();
      await this.work();
    }
    this.test.clock.set(this.end);
    await this.work();
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.database.query<Row>(sql, values)).rows;
  }

  async stop(): Promise<void> {
    await this.database.end();
    await this.test.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Somebody with a link of their own. */
  participant(name: string, token: string, id: string): Hands {
    return this.hands(name, id, () => Promise.resolve(token));
  }

  /** Somebody without any account or link. */
  stranger(name: string): Hands {
    return this.hands(name, '', () => Promise.resolve(null));
  }

  private async open(): Promise<void> {
    const names = ['Noor', 'Jelmer', 'Shanti', 'Imane', 'Kees', 'Agnes', 'Mehmet', 'Roos', 'Tariq', 'Wilma'];
    for (let i = 0; i < this.options.facilitators; i += 1) this.facilitators.push(await this.staff(`${names[i % names.length]} Gespreksleider ${'abcdefghij'[i]}`, 'facilitator'));
    this.lead = await this.staff('Lia Teamleider', 'lead');
    this.referrer = await this.staff('Fatma Wijkteam', 'referrer');
    this.admin = await this.staff('Ad Beheer', 'admin');
  }

  /** A colleague, who signs in again when the day's session has ended. */
  private async staff(name: string, ...roles: StaffRole[]): Promise<Hands> {
    let caller: Caller = await this.test.staff(name, ...roles);
    let signedIn = this.now;
    return this.hands(name, caller.id, async () => {
      if (this.now.getTime() - signedIn.getTime() > 8 * 3_600_000) {
        caller = await this.test.staff(name, ...roles);
        signedIn = this.now;
      }
      return caller.token;
    });
  }

  private hands(name: string, id: string, token: () => Promise<string | null>): Hands {
    return {
      id,
      name,
      call: async <Body>(method: string, path: string, body?: object, expected: readonly number[] = [200, 201, 202, 204], headers: Record<string, string> = {}) => {
        const bearer = await token();
        const answer = await fetch(`${this.base}${path}`, {
          method,
          headers: {
            ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
            ...(body ? { 'content-type': 'application/json' } : {}),
            ...headers,
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await answer.text();
        if (!expected.includes(answer.status)) {
          this.surprises.push(`${this.now.toISOString()} ${name}: ${method} ${path} ${JSON.stringify(body ?? null).slice(0, 200)} answered ${answer.status} ${text.slice(0, 300)}`);
        }
        const read = answer.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Body) : ({} as Body);
        return { status: answer.status, body: read };
      },
    };
  }

  /** Mail goes its real way; at the end of it is a postman who knows which addresses are no more, and which mailboxes are full. */
  private connectPost(): void {
    const mail = this.test.app.get(MailTransport);
    const sms = this.test.app.get(SmsTransport);
    const sendMail = mail.send.bind(mail);
    const sendSms = sms.send.bind(sms);
    mail.send = async (out: OutgoingMail) => {
      const address = out.to.address;
      if (address.endsWith('@weg.example')) throw new SendingFailed('smtp-550', true);
      const full = this.fullSince.get(address);
      if (full && this.now.getTime() - full.getTime() < FULL_MAILBOX_DAYS * 86_400_000) throw new SendingFailed('smtp-452', false);
      await sendMail(out);
      const calendar = out.attachments.find(({ contentType }) => contentType.startsWith('text/calendar'))?.content ?? null;
      this.deliver({ to: address, at: this.now, id: out.id, subject: out.subject, text: out.text, calendar });
    };
    sms.send = async (out: OutgoingSms) => {
      await sendSms(out);
      this.deliver({ to: out.to, at: this.now, id: out.id, subject: null, text: out.text, calendar: null });
    };
  }

  private deliver(post: Post): void {
    this.post.push(post);
    this.readers.get(post.to)?.(post);
  }

  private async work(): Promise<void> {
    const [due] = await this.rows(`select 1 from platform_outbox where state in ('waiting', 'handed') and run_at <= $1 limit 1`, [this.now]);
    if (due) await drain(this.test.app, { failures: 'expected' });
  }

  private async nextMoment(): Promise<Date | null> {
    const [row] = await this.rows<{ at: Date | null }>(`select min(run_at) as at from platform_outbox where state = 'waiting'`);
    const moments = [row?.at ?? null, this.agenda.next].filter((at) => at !== null);
    return moments.length === 0 ? null : new Date(Math.min(...moments.map((at) => at.getTime())));
  }
}

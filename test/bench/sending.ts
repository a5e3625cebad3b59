import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { createApp } from '../../src/app.js';
import { MessagesService, type NewMessage } from '../../src/messages/messages.service.js';
import { systemContext } from '../../src/platform/actor.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { Database } from '../../src/platform/database/database.js';
import { defineJob, JobRegistry } from '../../src/platform/queue/jobs.js';
import { Outbox } from '../../src/platform/queue/outbox.service.js';
import { Logger } from '../../src/platform/logger.js';
import { clerkPool, JobWorkers } from '../../src/platform/queue/workers.js';
import { endServices, somePort, startService } from '../support/service.js';
import { startSink, type Sink } from './processes.js';
import { spreadOf, type Spread } from './report.js';
import type { Stored } from './store.js';

export const SENDING_NAMES = ['queue', 'fan-out', 'urgent'] as const;
export type SendingName = (typeof SENDING_NAMES)[number];

/** One figure: measured against its floor in the same round. `atLeast`: more is better. */
export interface SendingFigure {
  title: string;
  ratio: Spread;
  target: number;
  atLeast: boolean;
  floor: string;
  service: string;
}

export interface SendingStage {
  stored: Stored;
  superuserUrl: string;
  settings: Settings;
  env: Record<string, string>;
  token: string;
}

interface Sizes {
  rounds: number;
  messages: number;
}

/** Does nothing: what is left is the way there. */
const NOTHING = defineJob<{ nth: number }>('bench.nothing', { queue: 'messages' });
const CIRCLE = 12;
const CONNECTIONS = 5;
const URGENT_CONNECTIONS = 2;
const PATIENCE_MS = 300_000;

/** What mails, jobs and an urgent invitation take, each against the bare engine below it. */
export async function measureSending(wanted: readonly SendingName[], stage: SendingStage, sizes: Sizes, tell: (what: string) => void): Promise<SendingFigure[]> {
  const figures: SendingFigure[] = [];
  const superuser = new Client(stage.superuserUrl);
  await superuser.connect();
  const app = await createApp(stage.settings);
  try {
    const jobs = app.get(JobRegistry);
    jobs.handle(NOTHING, () => Promise.resolve('done'));
    await app.init();
    if (wanted.includes('queue')) figures.push(await queueFigure(app, stage, sizes, superuser, tell));
    if (wanted.some((one) => one !== 'queue')) figures.push(...(await mailFigures(app, wanted, stage, sizes, superuser, tell)));
    return figures;
  } finally {
    await app.close();
    await superuser.end();
    await endServices();
  }
}

/** Outbox rows of one command until their handler is done, against BullMQ alone on the same PostgreSQL. */
async function queueFigure(app: INestApplicationContext, { stored, settings }: SendingStage, { rounds, messages }: Sizes, superuser: Client, tell: (what: string) => void): Promise<SendingFigure> {
  const [ours, alone]: number[][] = [[], []];
  app.get(JobWorkers).start();
  for (let round = 0; round < rounds; round += 1) {
    tell(`queue, round ${round + 1} of ${rounds} …`);
    alone!.push(await bullAlone(settings, app.get(Logger), messages));
    const key = randomUUID();
    await app.get(Database).run(systemContext(stored.organisationId, 'bench'), async (tx) => {
      await app.get(Outbox).addAll(tx, NOTHING, Array.from({ length: messages }, (_, nth) => ({ key: `${key} ${nth}`, payload: { nth } })));
    });
    ours!.push(await until(async () => (await count(superuser, `from platform_outbox where job = 'bench.nothing' and key like $1 and state = 'done'`, [`${key}%`])) === messages));
  }
  await app.get(JobWorkers).stop();
  return figure('queue: outbox → handler done, part of BullMQ alone', alone!.map((ms, i) => ms / ours![i]!), 0.8, true, perSecond(messages, alone!), perSecond(messages, ours!));
}

async function bullAlone(settings: Settings, logger: Logger, jobs: number): Promise<number> {
  const pool = clerkPool(settings.databaseClerkUrl!, logger);
  const options = { connection: pool, skipVersionCheck: true };
  const queue = new Queue(`bench-${randomUUID()}`, options, createPostgresBackend);
  let done = 0;
  const worker = new Worker(queue.name, () => Promise.resolve(void (done += 1)), { ...options, concurrency: 32 }, createPostgresBackend);
  try {
    await worker.waitUntilReady();
    const began = performance.now();
    for (let first = 0; first < jobs; first += 500) {
      const some = Array.from({ length: Math.min(500, jobs - first) }, (_, i) => ({ name: 'nothing', data: { nth: first + i }, opts: { jobId: `n-${first + i}`, removeOnComplete: true } }));
      await queue.addBulk(some);
    }
    await until(() => Promise.resolve(done === jobs), 2);
    return performance.now() - began;
  } finally {
    await worker.close();
    await queue.close();
    await pool.end();
  }
}

/** Many ordinary mails at once, and an invitation that must not wait for them; web and worker are processes of their own. */
async function mailFigures(app: INestApplicationContext, wanted: readonly SendingName[], stage: SendingStage, { rounds, messages }: Sizes, superuser: Client, tell: (what: string) => void): Promise<SendingFigure[]> {
  const sink = await startSink();
  try {
    const { port } = await somePort();
    const env = { ...stage.env, SMTP_URL: `smtp://127.0.0.1:${sink.port}` };
    const web = startService('main', { ...env, PORT: String(port) });
    startService('worker', env);
    await web.ready();
    const base = `http://127.0.0.1:${port}`;
    const post = { app, stage, sink, superuser, base };
    await (await queueMails(post, 50))();
    const out: SendingFigure[] = [];
    if (wanted.includes('fan-out')) {
      const measured: { bare: number; took: number; idle: number; busy: number }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        tell(`fan-out, round ${round + 1} of ${rounds} …`);
        const bare = await bareSend(sink, messages, CONNECTIONS);
        const idle = await medianWait(base, stage.token, 1000);
        const sending = (await queueMails(post, messages))();
        const [took, busy] = await Promise.all([sending, medianWait(base, stage.token, sending)]);
        measured.push({ bare, took, idle, busy });
      }
      const of = (name: 'bare' | 'took' | 'idle' | 'busy'): number[] => measured.map((one) => one[name]);
      out.push(figure(`fan-out: ${messages} mails due at once, part of the sink's own rate`, measured.map(({ bare, took }) => bare / took), 0.5, true, perSecond(messages, of('bare')), perSecond(messages, of('took'))));
      out.push(figure('web meanwhile, times its idle median', measured.map(({ busy, idle }) => busy / idle), 2, false, ms(of('idle')), ms(of('busy'))));
    }
    if (wanted.includes('urgent')) {
      for (const behind of [0, messages]) {
        const [floor, took]: number[][] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          tell(`urgent behind ${behind} mails, round ${round + 1} of ${rounds} …`);
          floor!.push(await bareSend(sink, CIRCLE, URGENT_CONNECTIONS, superuser));
          const others = behind === 0 ? null : (await queueMails(post, behind))();
          took!.push(await urgentInvitation(post));
          await others;
        }
        out.push(figure(`urgent: ${CIRCLE} invited → last mail handed over, behind ${behind} ordinary mails`, took!.map((one, i) => one / floor![i]!), 3, false, ms(floor!), ms(took!)));
      }
    }
    return out;
  } finally {
    await sink.stop();
  }
}

interface Post {
  app: INestApplicationContext;
  stage: SendingStage;
  sink: Sink;
  superuser: Client;
  base: string;
}

/** Mails with a link of their own to as many different people, committed at once; returns what waits for the last to be in the sink and tells how long that took. */
async function queueMails({ app, stage, sink, superuser }: Post, messages: number): Promise<() => Promise<number>> {
  const { organisationId } = stage.stored;
  const { rows } = await superuser.query<{ id: string; case_id: string }>(
    `select id, case_id from circle_members where organisation_id = $1 and state = 'coming' order by id limit $2`,
    [organisationId, messages],
  );
  if (rows.length < messages) throw new Error(`There are ${rows.length} people to mail: fewer --messages, or more --cases`);
  const before = (await sink.taken()).mails;
  const run = randomUUID();
  const mails = rows.map(({ id, case_id }, i): NewMessage<'meeting-poll'> => ({
    template: 'meeting-poll',
    channel: 'mail',
    to: { address: `fan-${run}-${i}@post.example`, name: 'Joost' },
    values: { resident: 'Sanne', facilitator: 'Noor', phone: '+31612345678', slots: [] },
    memberId: id,
    caseId: case_id,
    withLink: true,
    askedFor: true,
    key: `fan-out ${run} ${id}`,
  }));
  await app.get(Database).run(systemContext(organisationId, 'bench'), (tx) => app.get(MessagesService).queueAll(tx, mails));
  const began = Date.now();
  return async () => {
    await until(async () => (await count(superuser, `from messages where key like $1 and state = 'sent'`, [`fan-out ${run}%`])) === messages, 50);
    const { mails: taken, people, lastAt } = await sink.taken();
    if (taken - before < messages || people < messages) throw new Error(`${taken - before} mails to ${people} people, not one to each of ${messages}`);
    return Math.max(1, lastAt - began);
  };
}

/** The same mails from a loop around nodemailer, with an inserted row each where a client is given. */
async function bareSend(sink: Sink, mails: number, maxConnections: number, client?: Client): Promise<number> {
  const transport = createTransport({ pool: true, host: '127.0.0.1', port: sink.port, maxConnections, ignoreTLS: true });
  try {
    const send = async (nth: number): Promise<void> => {
      if (client) await client.query('insert into bench_commits values ($1)', [nth]);
      await transport.sendMail({ from: 'netwerkberaad@post.example', to: `bare-${nth}@post.example`, subject: 'Wanneer kun je?', text: 'Tot dan! '.repeat(80), html: '<p>Tot dan!</p>'.repeat(200) });
    };
    await send(0);
    const began = performance.now();
    if (client) for (let nth = 0; nth < mails; nth += 1) await send(nth);
    else await Promise.all(Array.from({ length: mails }, (_, nth) => send(nth)));
    const took = performance.now() - began;
    await sink.begin();
    return took;
  } finally {
    transport.close();
  }
}

/** A call to the web process, from which twelve people hear at once. */
async function urgentInvitation({ app, stage, sink, superuser, base }: Post): Promise<number> {
  const { CircleService } = await import('../../src/circle/circle.service.js');
  const { organisationId, ownCases } = stage.stored;
  const caseId = ownCases[0]!;
  const run = randomUUID();
  const ids = await app.get(Database).run(systemContext(organisationId, 'bench'), async (tx) => {
    const people = Array.from({ length: CIRCLE }, (_, i) => ({ caseId, name: `Joost ${i}`, relation: 'neighbour' as const, email: `urgent-${run}-${i}@post.example` }));
    return (await app.get(CircleService).add(tx, people)).map(({ id }) => id);
  });
  await superuser.query(`update circle_members set state = 'approved', approved_at = created_at where id = any ($1)`, [ids]);
  await superuser.query(`update cases set urgent = true, consent_given = true where id = $1`, [caseId]);
  const began = performance.now();
  const answer = await fetch(`${base}/v1/cases/${caseId}/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ memberIds: ids }),
  });
  if (answer.status !== 202) throw new Error(`The invitation was refused: ${answer.status} ${await answer.text()}`);
  await until(async () => (await count(superuser, `from messages where member_id = any ($1) and state = 'sent'`, [ids])) === CIRCLE, 2);
  const took = performance.now() - began;
  if ((await sink.taken()).mails < CIRCLE) throw new Error('Not everyone was written to');
  return took;
}

/** The median wait for one's own session, one request after another, for so long or until something is done. */
async function medianWait(base: string, token: string, during: number | Promise<unknown>): Promise<number> {
  let over = false;
  const end = typeof during === 'number' ? new Promise((resolve) => setTimeout(resolve, during)) : during;
  void end.then(() => (over = true), () => (over = true));
  const waits: number[] = [];
  while (!over || waits.length < 5) {
    const began = performance.now();
    await (await fetch(`${base}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).arrayBuffer();
    waits.push(performance.now() - began);
  }
  return spreadOf(waits).median;
}

async function count(client: Client, sql: string, values: unknown[]): Promise<number> {
  return Number((await client.query<{ n: string }>(`select count(*) as n ${sql}`, values)).rows[0]!.n);
}

/** Milliseconds until it is so. */
async function until(isSo: () => Promise<boolean>, everyMs = 10): Promise<number> {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('It did not come to an end');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return performance.now() - began;
}

const perSecond = (things: number, took: readonly number[]): string => `${Math.round(things / (spreadOf(took).median / 1000))}/s`;
const ms = (took: readonly number[]): string => `${spreadOf(took).median.toFixed(1)} ms`;

function figure(title: string, ratios: number[], target: number, atLeast: boolean, floor: string, service: string): SendingFigure {
  return { title, ratio: spreadOf(ratios), target, atLeast, floor, service };
}

/** The lines for people. */
export const sendingTable = (figures: readonly SendingFigure[]): string =>
  figures
    .map(({ title, ratio, target, atLeast, floor, service }) => `${title}: ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}), target ${atLeast ? '≥' : '≤'} ${target}; floor ${floor}, service ${service}`)
    .join('\n');

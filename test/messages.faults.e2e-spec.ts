import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { MailTransport, type OutgoingMail } from '../src/messages/transports.service.js';
import { QUEUE_TUNING } from '../src/platform/queue/tuning.js';
import { JobWorkers } from '../src/platform/queue/workers.js';
import { MessagesStage } from './support/messages-stage.js';
import { PostOffice } from './support/post-office.js';
import { drain } from './support/queue.js';
import { Gate, until } from './support/waiting.js';

const CIRCLE = 60;
const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
const redisThere = await answers(redisUrl);
if (!redisThere) process.stderr.write(`\nSkipped: Redis flushed in the middle of a fan-out, because no Redis answers on ${redisUrl}\n`);

let office: PostOffice;

/** Sixty invitations, asked for by one command. */
async function aFanOut(stage: MessagesStage): Promise<string[]> {
  const people: { memberId: string; address: string }[] = [];
  for (let i = 0; i < CIRCLE; i++) people.push({ memberId: await stage.member(), address: `m${i}@example.org` });
  await stage.command(async (tx, messages) => {
    for (const { memberId, address } of people) {
      const to = { address, name: 'Joost', language: 'nl' };
      await messages.queue(tx, { template: 'invitation', channel: 'mail', to, values: { resident: 'Sanne' }, memberId, withLink: true, key: randomUUID() });
    }
  });
  return people.map(({ address }) => address);
}

const taken = (): string[] => office.received.map(({ envelope }) => envelope.to[0]!);
const countOf = async (stage: MessagesStage, state: string): Promise<number> =>
  (await stage.superuser.query<{ n: number }>('select count(*)::int as n from messages where state = $1', [state])).rows[0]!.n;

/** From here on the process' hands are tied at its nth mail: `before` it is handed over, or `after` the server took it. */
function stopAt(stage: MessagesStage, nth: number, when: 'before' | 'after', until: Gate): { reached: Promise<void> } {
  const transport = stage.app.get(MailTransport);
  const send = transport.send.bind(transport);
  const reached = new Gate();
  let mails = 0;
  transport.send = async (mail: OutgoingMail) => {
    mails += 1;
    const now = mails >= nth;
    if (now && when === 'before') await (reached.lift(), until.pass());
    await send(mail);
    if (now && when === 'after') await (reached.lift(), until.pass());
  };
  return { reached: reached.pass() };
}

describe('In the middle of sixty invitations', () => {
  let stage: MessagesStage;
  /** What a dead process would do if it woke up: only when all is over. */
  let buried: { gate: Gate; drain: Promise<unknown> } | null = null;
  beforeEach(async () => {
    office = await PostOffice.open();
  });
  afterEach(async () => {
    buried?.gate.lift();
    await buried?.drain;
    buried = null;
    await stage.strike();
    await office.close();
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a worker that dies %s the server took one leaves nobody out, and repeats %i of them under the same id', async (when, repeated) => {
    stage = await MessagesStage.set({ smtpUrl: office.url });
    const people = await aFanOut(stage);
    // A process that is gone does nothing more: its drain never ends.
    const gate = new Gate();
    const { reached } = stopAt(stage, 30, when, gate);
    buried = { gate, drain: drain(stage.app).catch(() => undefined) };
    await reached;
    expect(await countOf(stage, 'sent')).toBe(29);
    await stage.start();
    await drain(stage.app, { failures: 'expected' });
    // As long as the dead one may still be at it, nobody else is.
    expect(await countOf(stage, 'sent')).toBe(CIRCLE - 1);
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(await countOf(stage, 'sent')).toBe(CIRCLE);
    expect([...new Set(taken())].sort()).toEqual([...people].sort());
    expect(taken()).toHaveLength(CIRCLE + repeated);
    expect(new Set(office.received.map(({ messageId }) => messageId)).size).toBe(CIRCLE);
  });

  (redisThere ? it : it.skip)('a Redis that is emptied loses nobody and repeats nobody', async () => {
    const concurrency = { ...QUEUE_TUNING.concurrency, messages: 4 };
    const bulk = { ...QUEUE_TUNING.bulk, messages: 2 };
    const quick = { prefix: `test-${randomUUID()}`, pollMs: 20, sweepMs: 50, stopMs: 300, concurrency, bulk };
    stage = await MessagesStage.set({ smtpUrl: office.url });
    await stage.start({ redisUrl }, quick);
    const gate = new Gate();
    const { reached } = stopAt(stage, 20, 'before', gate);
    const people = await aFanOut(stage);
    stage.app.get(JobWorkers).start();
    await reached;
    await until(async () => (await handed(stage)) === CIRCLE, 'everything was handed over to Redis');
    expect(await removeKeys(quick.prefix)).toBeGreaterThan(0);
    gate.lift();
    await until(async () => (await countOf(stage, 'sending')) === 0, 'what ran has ended');
    expect(await countOf(stage, 'queued')).toBeGreaterThan(0);
    stage.clock.advance({ minutes: 10 });
    await until(async () => (await countOf(stage, 'sent')) === CIRCLE, 'everybody was sent theirs');
    expect(taken().sort()).toEqual([...people].sort());
    await stage.app.get(JobWorkers).stop();
    await removeKeys(quick.prefix);
  });
});

const handed = async (stage: MessagesStage): Promise<number> =>
  (await stage.superuser.query<{ n: number }>(`select count(*)::int as n from platform_outbox where state <> 'waiting'`)).rows[0]!.n;

/** All keys of one test's queue go; returns how many. */
async function removeKeys(prefix: string): Promise<number> {
  const redis = new Redis(redisUrl);
  let removed = 0;
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1000 })) {
    if ((keys as string[]).length > 0) removed += await redis.del(...(keys as string[]));
  }
  await redis.quit();
  return removed;
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2000 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

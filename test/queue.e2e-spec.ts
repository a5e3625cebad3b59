import { Redis } from 'ioredis';
import { MovableClock } from '../src/platform/clock.js';
import { definedJobs, JobRegistry, PermanentFailure, type JobHandler, type JobRun } from '../src/platform/queue/jobs.js';
import type { Queues } from '../src/platform/queue/queues.js';
import type { DueRow } from '../src/platform/queue/rows.queries.js';
import { drain } from './support/queue.js';
import { greet, QueueStage, type Greeting } from './support/queue-stage.js';
import { Gate, until } from './support/waiting.js';

const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
const redisThere = await answers(redisUrl);
const needsRedis = redisThere || Boolean(process.env.CI);
if (!needsRedis) process.stderr.write(`\nSkipped: the queue on Redis, because no Redis answers on ${redisUrl}\n`);

const stages: QueueStage[] = [];

async function stageOn(options: Parameters<typeof QueueStage.set>[0]): Promise<QueueStage> {
  const stage = await QueueStage.set(options);
  stages.push(stage);
  return stage;
}

afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.strike();
});

describe.each([
  { backend: 'PostgreSQL', url: null, run: describe },
  { backend: 'Redis', url: redisUrl, run: needsRedis ? describe : describe.skip },
])('the queue', ({ backend, url, run }) => {
  run(`on ${backend}`, () => {
    const start = (options: Omit<Parameters<typeof QueueStage.set>[0], 'redisUrl'> = {}): Promise<QueueStage> =>
      stageOn({ redisUrl: url, ...options });

    it('does the job of a committed command once, and never that of one that was rolled back', async () => {
      const stage = await start();
      stage.work();
      const undone = stage.command(async (tx, outbox) => {
        await outbox.add(tx, greet, { key: 'undone', payload: { name: 'undone' } });
        throw new Error('the command fails');
      });
      await expect(undone).rejects.toThrow('the command fails');
      await stage.ask({ key: 'kept' });
      await stage.reaches('kept', 'done');
      expect(stage.greeted).toEqual(['kept']);
      expect((await stage.rows()).map(({ key }) => key)).toEqual(['kept']);
    });

    it('makes one job of the same key asked twice', async () => {
      const stage = await start();
      stage.work();
      expect(await stage.ask({ key: 'twice' })).toEqual(['twice']);
      expect(await stage.ask({ key: 'twice' })).toEqual([]);
      await stage.reaches('twice', 'done');
      expect(await stage.ask({ key: 'twice' }, { key: 'other' })).toEqual(['other']);
      await stage.reaches('other', 'done');
      expect(stage.greeted).toEqual(['twice', 'other']);
    });

    it('tries a failing job again until it succeeds', async () => {
      const runs: JobRun[] = [];
      const stage = await start({
        handler: (jobRun) => {
          runs.push(jobRun);
          if (runs.length < 3) throw Object.assign(new Error('secret of a person'), { code: 'mail-server-away' });
          return Promise.resolve('done');
        },
      });
      stage.work();
      await stage.ask({ key: 'stubborn' });
      const row = await stage.reaches('stubborn', 'done');
      expect(row).toMatchObject({ attempts: 3, errorCode: null });
      expect(runs.map(({ attempt, lastAttempt }) => [attempt, lastAttempt])).toEqual([[1, false], [2, false], [3, true]]);
      expect(runs[0]!.ctx.actor).toEqual({ kind: 'system', organisationId: stage.organisationId });
    });

    it('shows a job as dead after its last try, with a code and without what people typed', async () => {
      const dead: [number, Greeting][] = [];
      const stage = await start({
        handler: () => Promise.reject(Object.assign(new Error('secret of a person'), { code: 'mail-server-away' })),
        onDead: (jobRun, payload) => {
          dead.push([jobRun.attempt, payload]);
          return Promise.resolve();
        },
      });
      stage.work();
      await stage.ask({ key: 'hopeless' });
      expect(await stage.reaches('hopeless', 'dead')).toMatchObject({ attempts: 3, errorCode: 'mail-server-away' });
      expect(dead).toEqual([[3, { name: 'hopeless' }]]);
    });

    it('gives up at once when trying again cannot help', async () => {
      const stage = await start({ handler: () => Promise.reject(new PermanentFailure('address-refused')) });
      stage.work();
      await stage.ask({ key: 'impossible' });
      expect(await stage.reaches('impossible', 'dead')).toMatchObject({ attempts: 1, errorCode: 'address-refused' });
    });

    it('marks what was no longer wanted as skipped', async () => {
      const stage = await start({ handler: () => Promise.resolve('skipped') });
      stage.work();
      await stage.ask({ key: 'outdated' });
      await stage.reaches('outdated', 'skipped');
    });

    it('has one effect when the relay dies between handing over and its commit', async () => {
      const stage = await start();
      await stage.ask({ key: 'between' });
      const { queues, relay } = await stage.parts();
      const dying = Object.create(queues) as Queues;
      dying.add = async (rows: readonly DueRow[]) => {
        await queues.add(rows);
        throw new Error('killed');
      };
      await expect(relay(dying).handOver()).rejects.toThrow('killed');
      expect(await stage.row('between')).toMatchObject({ state: 'waiting', attempts: 0 });
      stage.work();
      await stage.reaches('between', 'done');
      await stage.ask({ key: 'after' });
      await stage.reaches('after', 'done');
      expect(stage.greeted).toEqual(['between', 'after']);
    });

    it('does a job again whose worker was killed in the middle', async () => {
      const begun = new Gate();
      const stage = await start({
        handler: async () => {
          begun.lift();
          return new Promise(() => undefined);
        },
      });
      stage.work();
      await stage.ask({ key: 'orphan' });
      await begun.pass();
      const other = await stage.process();
      await stage.app.close();
      expect(await stage.row('orphan')).toMatchObject({ state: 'handed', attempts: 1 });
      stage.work(other);
      await stage.reaches('orphan', 'done');
      expect(stage.greeted).toEqual(['orphan']);
    });

    it('delivers everything although the queue lost all that it was given', async () => {
      const clock = new MovableClock(new Date('2026-05-04T08:00:00Z'));
      const stage = await start({ clock });
      const keys = Array.from({ length: 30 }, (_, index) => `lost-${index}`);
      await stage.ask(...keys.map((key) => ({ key })));
      expect(await (await stage.parts()).relay().handOver()).toBe(30);
      await stage.loseQueue();
      clock.advance({ minutes: 10 });
      stage.work();
      await until(async () => (await stage.rows()).every(({ state }) => state === 'done'), 'all are done');
      expect(stage.greeted.sort()).toEqual(keys.sort());
    });

    it('leaves a job that still waits in the queue where it is', async () => {
      const clock = new MovableClock(new Date('2026-05-04T08:00:00Z'));
      const stage = await start({ clock });
      await stage.ask({ key: 'patient' });
      const { queues, relay } = await stage.parts();
      await relay().handOver();
      clock.advance({ minutes: 10 });
      let added = 0;
      const counting = Object.create(queues) as Queues;
      counting.add = async (rows: readonly DueRow[]) => {
        added += rows.length;
        return queues.add(rows);
      };
      expect(await relay(counting).sweep()).toBe(1);
      expect(added).toBe(0);
      expect(await relay(counting).sweep()).toBe(0);
    });

    it('keeps a later job until the clock is there', async () => {
      const clock = new MovableClock(new Date('2026-05-04T08:00:00Z'));
      const stage = await start({ clock });
      stage.work();
      await stage.ask({ key: 'tomorrow', runAt: new Date('2026-05-05T08:00:00Z') }, { key: 'today' });
      await stage.reaches('today', 'done');
      expect(await stage.row('tomorrow')).toMatchObject({ state: 'waiting', attempts: 0 });
      clock.advance({ days: 1 });
      await stage.reaches('tomorrow', 'done');
      expect(stage.greeted).toEqual(['today', 'tomorrow']);
    });

    it('does not do what was cancelled, and does at its new moment what was moved', async () => {
      const clock = new MovableClock(new Date('2026-05-04T08:00:00Z'));
      const stage = await start({ clock });
      await stage.ask({ key: 'meeting-1/a' }, { key: 'meeting-1/b' }, { key: 'meeting-2/a' }, { key: 'moved' }, { key: 'single' });
      const { relay } = await stage.parts();
      await relay().handOver();
      const cancelled = await stage.command(async (tx, outbox) => [
        await outbox.cancel(tx, greet, { prefix: 'meeting-1/' }),
        await outbox.cancel(tx, greet, ['single', 'unknown']),
        await outbox.cancel(tx, greet, ['single']),
      ]);
      const moved = await stage.command((tx, outbox) => outbox.replan(tx, greet, 'moved', new Date('2026-05-06T08:00:00Z')));
      expect([cancelled, moved]).toEqual([[2, 1, 0], true]);
      stage.work();
      await stage.reaches('meeting-2/a', 'done');
      expect(await stage.row('moved')).toMatchObject({ state: 'waiting' });
      clock.advance({ days: 2 });
      await stage.reaches('moved', 'done');
      expect(stage.greeted).toEqual(['meeting-2/a', 'moved']);
      expect((await stage.rows()).filter(({ state }) => state === 'cancelled')).toHaveLength(3);
    });

    it('does a moved job at its new moment although a try was under way', async () => {
      const begun = new Gate();
      const go = new Gate();
      const names: string[] = [];
      const stage = await start({
        handler: async (_run, { name }) => {
          names.push(name);
          if (names.length > 1) return 'done';
          begun.lift();
          await go.pass();
          return 'done';
        },
      });
      stage.work();
      await stage.ask({ key: 'moved' });
      await begun.pass();
      await stage.command((tx, outbox) => outbox.replan(tx, greet, 'moved', new Date(tx.now.getTime() + 50)));
      go.lift();
      await stage.reaches('moved', 'done');
      expect(names).toEqual(['moved', 'moved']);
    });

    it('does what is urgent before 200 ordinary jobs', async () => {
      const go = new Gate();
      const order: string[] = [];
      const handler: JobHandler<Greeting> = async (_run, { name }) => {
        if (name !== 'urgent') await go.pass();
        order.push(name);
        return 'done';
      };
      const stage = await start({ handler });
      await stage.ask(...Array.from({ length: 200 }, (_, index) => ({ key: `ordinary-${index}` })));
      stage.work();
      await until(async () => (await stage.rows()).every(({ state }) => state === 'handed'), 'all ordinary ones are handed over');
      await stage.ask({ key: 'urgent', urgent: true });
      await stage.reaches('urgent', 'done');
      expect(order).toEqual(['urgent']);
      go.lift();
      await until(async () => (await stage.rows()).every(({ state }) => state === 'done'), 'all are done');
      expect(new Set(order).size).toBe(201);
    });

    it('hands over what is urgent before 5,000 ordinary jobs that were due earlier, and does it while all of those still wait', async () => {
      const go = new Gate();
      const order: string[] = [];
      const handler: JobHandler<Greeting> = async (_run, { name }) => {
        if (name.startsWith('ordinary')) await go.pass();
        order.push(name);
        return 'done';
      };
      const stage = await start({ handler, tuning: { batch: 50 } });
      await stage.ask(...Array.from({ length: 5000 }, (_, index) => ({ key: `ordinary-${index}` })));
      const urgent = Array.from({ length: 40 }, (_, index) => `urgent-${index}`);
      await stage.ask(...urgent.map((key) => ({ key, urgent: true })));
      const { relay } = await stage.parts();
      await relay().handOver();
      const handed = (await stage.rows()).filter(({ state }) => state === 'handed').map(({ key }) => key);
      expect(handed.filter((key) => key.startsWith('urgent'))).toEqual(urgent);
      stage.work();
      for (const key of urgent) await stage.reaches(key, 'done');
      expect([...order].sort()).toEqual([...urgent].sort());
      await stage.command((tx, outbox) => outbox.cancel(tx, greet, { prefix: 'ordinary' }));
      go.lift();
    });

    it('hands out no row twice with two relays', async () => {
      const stage = await start({ tuning: { batch: 20 } });
      await stage.ask(...Array.from({ length: 300 }, (_, index) => ({ key: `row-${index}` })));
      const { queues, relay } = await stage.parts();
      const handed: string[] = [];
      const noting = Object.create(queues) as Queues;
      noting.add = async (rows: readonly DueRow[]) => {
        handed.push(...rows.map(({ id }) => id));
        return queues.add(rows);
      };
      const empty = async (): Promise<void> => {
        const mine = relay(noting);
        while ((await mine.handOver()) > 0);
      };
      await Promise.all([empty(), empty()]);
      expect(handed).toHaveLength(300);
      expect(new Set(handed).size).toBe(300);
    });

    it('goes on by itself after all its database connections were cut', async () => {
      const stage = await start();
      stage.work();
      await stage.ask({ key: 'before' });
      await stage.reaches('before', 'done');
      await stage.cutConnections();
      await until(() => stage.ask({ key: 'after' }).then(() => true, () => false), 'a command succeeds');
      await stage.reaches('after', 'done');
      expect(stage.greeted).toEqual(['before', 'after']);
    });

    it('is woken by a command in another process, without waiting for its poll', async () => {
      const stage = await start({ tuning: { pollMs: 3_600_000 } });
      stage.work(await stage.process());
      await until(async () => {
        // The relay may not listen yet; each command wakes it anew.
        await stage.ask({ key: `hello-${Date.now()}` });
        return stage.greeted.length > 0;
      }, 'the relay listens');
      for (const key of ['one', 'two', 'three', 'four', 'five']) {
        await stage.ask({ key });
        await stage.reaches(key, 'done');
      }
    });
  });
});

describe('the outbox', () => {
  it('refuses to start when a job has no handler, or two', () => {
    const registry = new JobRegistry();
    expect(definedJobs()).toContain(greet);
    expect(() => registry.assertComplete([greet])).toThrow('test.greet has no handler');
    registry.handle(greet, () => Promise.resolve('done'));
    registry.assertComplete([greet]);
    registry.handle(greet, () => Promise.resolve('done'));
    expect(() => registry.assertComplete([greet])).toThrow('test.greet has 2 handlers');
  });

  it('can be drained by a test: urgent first, by the clock, failures later', async () => {
    const clock = new MovableClock(new Date('2026-05-04T08:00:00Z'));
    const names: string[] = [];
    const handler: JobHandler<Greeting> = ({ attempt }, { name }) => {
      names.push(name);
      if (name === 'flaky' && attempt === 1) throw new Error('not now');
      return Promise.resolve('done');
    };
    const stage = await stageOn({ redisUrl: null, clock, handler, tuning: { retrySeconds: [60] } });
    const later = new Date('2026-05-04T09:00:00Z');
    await stage.ask({ key: 'flaky' }, { key: 'later', runAt: later }, { key: 'urgent', urgent: true });
    await expect(drain(stage.app)).rejects.toThrow('not now');
    expect(names).toEqual(['urgent', 'flaky']);
    expect(await drain(stage.app)).toEqual([]);
    clock.advance({ minutes: 1 });
    expect(await drain(stage.app)).toMatchObject([{ job: 'test.greet', state: 'done' }]);
    clock.set(later);
    await drain(stage.app);
    expect(names).toEqual(['urgent', 'flaky', 'flaky', 'later']);
  });

  it('is drained of what is urgent before the first of 5,000 ordinary jobs', async () => {
    const order: string[] = [];
    const handler: JobHandler<Greeting> = async (_run, { name }) => {
      order.push(name);
      if (name.startsWith('ordinary')) await stage.command((tx, outbox) => outbox.cancel(tx, greet, { prefix: 'ordinary' }));
      return 'done';
    };
    const stage = await stageOn({ redisUrl: null, handler });
    await stage.ask(...Array.from({ length: 5000 }, (_, index) => ({ key: `ordinary-${index}` })));
    const urgent = Array.from({ length: 40 }, (_, index) => `urgent-${index}`);
    await stage.ask(...urgent.map((key) => ({ key, urgent: true })));
    await drain(stage.app);
    expect(order).toEqual([...urgent, 'ordinary-0']);
  });

  it('lets the clerk see all organisations, and the service only its own', async () => {
    const stage = await stageOn({ redisUrl: null });
    await stage.ask({ key: 'mine' });
    const seen = await stage.command(async (tx) => (await tx.client.query('select 1 from platform_outbox')).rowCount);
    expect(seen).toBe(1);
    expect(await stage.asStranger('select key from platform_outbox')).toEqual([]);
    await expect(stage.asClerk(`delete from public.platform_outbox`)).rejects.toThrow('permission denied');
    await expect(stage.asClerk(`update public.platform_outbox set payload = '{}'`)).rejects.toThrow('permission denied');
    expect(await stage.asClerk('select key from public.platform_outbox')).toEqual([{ key: 'mine' }]);
  });
});

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2000 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

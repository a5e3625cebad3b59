import { PermanentFailure } from '../src/platform/queue/jobs.js';
import { QueueStage } from './support/queue-stage.js';
import { Gate, until } from './support/waiting.js';

const stages: QueueStage[] = [];

async function stageOn(options: Parameters<typeof QueueStage.set>[0]): Promise<QueueStage> {
  const stage = await QueueStage.set(options);
  stages.push(stage);
  return stage;
}

afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.strike();
});

it('leaves the others of a bulk alone where one fails', async () => {
  const done: string[] = [];
  const stage = await stageOn({
    redisUrl: null,
    handler: (_run, { name }) => {
      if (name === 'many-7') throw new PermanentFailure('address-refused');
      done.push(name);
      return Promise.resolve('done');
    },
  });
  await stage.ask(...Array.from({ length: 120 }, (_, index) => ({ key: `many-${index}` })));
  stage.work();
  await until(async () => (await stage.rows()).every(({ state }) => state === 'done' || state === 'dead'), 'all have ended');
  expect((await stage.rows()).filter(({ state }) => state === 'dead').map(({ key }) => key)).toEqual(['many-7']);
  expect([done.length, new Set(done).size]).toEqual([119, 119]);
});

it('does of a bulk only what had not ended when their worker was killed', async () => {
  const hanging = new Gate();
  const tried: string[] = [];
  const stage = await stageOn({
    redisUrl: null,
    handler: (_run, { name }) => {
      tried.push(name);
      if (name !== 'many-3') return Promise.resolve('done');
      hanging.lift();
      return new Promise(() => undefined);
    },
  });
  await stage.ask(...Array.from({ length: 40 }, (_, index) => ({ key: `many-${index}` })));
  stage.work();
  await hanging.pass();
  await until(async () => (await stage.rows()).filter(({ state }) => state === 'done').length === 39, 'the others are done');
  const other = await stage.process();
  await stage.app.close();
  stage.work(other);
  await stage.reaches('many-3', 'done');
  expect(tried).toHaveLength(40);
  expect(stage.greeted).toEqual(['many-3']);
});

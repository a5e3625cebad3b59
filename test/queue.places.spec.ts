import { Places } from '../src/platform/queue/places.js';

/** Work that tells when it begins, and ends when it is told to. */
function work(log: string[], name: string): { run: () => Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => (log.push(name), ended), end };
}
/** Until everything that can go on has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('gives out its places in order', async () => {
  const log: string[] = [];
  const [one, two] = [work(log, 'one'), work(log, 'two')];
  const places = new Places(1);
  const all = [places.take(one.run), places.take(two.run)];
  await settled();
  expect(log).toEqual(['one']);
  one.end();
  await settled();
  expect(log).toEqual(['one', 'two']);
  two.end();
  await Promise.all(all);
});

it('begins nothing while there is work that goes ahead of it, and goes on after', async () => {
  const log: string[] = [];
  const [urgent, more, other] = [work(log, 'urgent'), work(log, 'more'), work(log, 'other')];
  const ahead = new Places(2);
  const places = new Places(2, ahead);
  const all = [ahead.take(urgent.run), places.take(other.run), ahead.take(more.run)];
  urgent.end();
  await settled();
  expect(log).toEqual(['urgent', 'more']);
  more.end();
  await settled();
  expect(log).toEqual(['urgent', 'more', 'other']);
  other.end();
  await Promise.all(all);
});

it('does not wait longer than it may for what hangs', async () => {
  const hanging = work([], 'hanging');
  const ahead = new Places(1);
  const going = ahead.take(hanging.run);
  expect(await new Places(1, ahead, 1).take(() => Promise.resolve('done'))).toBe('done');
  hanging.end();
  await going;
});

it('goes on when what went ahead failed', async () => {
  const ahead = new Places(1);
  const failing = ahead.take(() => Promise.reject(new Error('failed')));
  const after = new Places(1, ahead).take(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('failed');
  expect(await after).toBe('done');
});

it('begins nothing any more once it is closed, not what waited for a place nor what waited for something urgent', async () => {
  const log: string[] = [];
  const [urgent, first, second] = [work(log, 'urgent'), work(log, 'first'), work(log, 'second')];
  const ahead = new Places(1);
  const places = new Places(1, ahead);
  const going = ahead.take(urgent.run);
  const never = [places.take(first.run), places.take(second.run)];
  const refused = Promise.all(never.map((one) => expect(one).rejects.toThrow('No more work is begun')));
  await settled();
  places.close();
  urgent.end();
  await refused;
  await going;
  expect(log).toEqual(['urgent']);
});

import type { Server } from 'node:http';
import request, { type Test } from 'supertest';
import { createApp } from '../../src/app.js';
import { Readiness } from '../../src/platform/http/health.controller.js';
import type { Caller, TestApp } from './app.js';
import { drain } from './queue.js';

/** A second process of the same service: another pool of connections, the same database and clock. */
export interface Twin {
  server: Server;
  /** The same person, with the same token, at this process. */
  as(caller: Caller): Caller;
  /** Both processes do what is due at the same time, until nothing is left; some minutes pass. */
  deliver(): Promise<void>;
  stop(): Promise<void>;
}

export async function twinOf(test: TestApp): Promise<Twin> {
  const app = await createApp(test.settings, { clock: test.clock });
  await app.listen(0, '127.0.0.1');
  app.get(Readiness).become('ready');
  const server = app.getHttpServer();
  return {
    server,
    as: ({ id, token }) => {
      const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test => {
        const asked = request(server)[method](path).set('Authorization', `Bearer ${token}`);
        return body === undefined ? asked : asked.send(body);
      };
      return {
        id,
        token,
        get: (path) => call('get', path),
        post: (path, body) => call('post', path, body ?? {}),
        put: (path, body) => call('put', path, body ?? {}),
        patch: (path, body) => call('patch', path, body ?? {}),
        delete: (path) => call('delete', path),
      };
    },
    deliver: async () => {
      // Who finds a message in the other's hands comes back for it later.
      await Promise.all([drain(test.app, { failures: 'expected' }), drain(app, { failures: 'expected' })]);
      test.clock.advance({ minutes: 5 });
      await drain(app);
    },
    stop: () => app.close(),
  };
}

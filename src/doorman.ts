import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from './platform/config/refusal.js';
import type { Health } from './platform/http/health.dto.js';
import { problemText, problemTitle } from './texts/refusals.js';

const RETRY_SECONDS = 2;
/** What `/health/ready` says before there are parts to speak of. */
const STARTING = JSON.stringify({ status: 'starting', components: [] } satisfies Health);

export interface Doorman {
  /** Where it listens; the service takes the same place. */
  host: string;
  leave(): Promise<void>;
}

/**
 * Holds the port while the service starts, and answers everything with 503: a taken port shows before anything else is
 * started, and who asks too early is told to come back.
 */
export async function openDoor(port: number, host: string | undefined, publicUrl: string): Promise<Doorman> {
  const body = JSON.stringify({
    type: `${publicUrl}/problems/starting`,
    title: problemTitle(503),
    status: 503,
    detail: problemText('starting', {}),
  });
  const server = createServer((request, response) => {
    if (request.url === '/health/live') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"live"}');
      return;
    }
    const health = request.url === '/health/ready';
    response.writeHead(503, {
      'Content-Type': health ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8',
      'Retry-After': RETRY_SECONDS,
      Connection: 'close',
    });
    response.end(health ? STARTING : body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(reasonOf(error, port)));
    server.listen(port, host, resolve);
  });
  return {
    host: (server.address() as AddressInfo).address,
    leave: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reasonOf(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Refusal(`Port ${port} is taken: stop what uses it, or set PORT to another.`);
  if (error.code === 'EACCES') return new Refusal(`Port ${port} is not allowed for this user: set PORT to one above 1023.`);
  return error;
}

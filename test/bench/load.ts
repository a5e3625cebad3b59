import { Agent, request as httpRequest } from 'node:http';
import { Client } from 'pg';

/** One request, ready to be sent. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  token: string;
  body?: string;
}

/** Work for the loader: calls to a server, or a bare statement for PostgreSQL alone. */
export type Load =
  | { port: number; concurrency: number; calls: Call[] }
  | { databaseUrl: string; concurrency: number; statement: string; times: number };

export interface Loaded {
  ms: number;
  /** Answers that were none: status and the beginning of the body. */
  failures: string[];
  /** The answer to the first call, to be compared. */
  sample: string;
}

// The process that asks: connections stay open, and so many calls are under way at any moment until all were answered.
let agent: Agent | undefined;
process.on('message', (load: Load) => {
  const done = 'calls' in load ? ask(load) : query(load);
  done.then((loaded) => process.send!(loaded), fail);
});
process.on('disconnect', () => process.exit(0));

async function ask({ port, concurrency, calls }: Extract<Load, { calls: Call[] }>): Promise<Loaded> {
  agent ??= new Agent({ keepAlive: true, noDelay: true });
  const failures: string[] = [];
  let sample = '';
  let at = 0;
  const one = async (): Promise<void> => {
    for (let call = calls[at++]; call; call = calls[at++]) {
      const first = at === 1;
      const { status, body } = await send(port, call);
      if (status >= 300 && failures.length < 3) failures.push(`${call.method} ${call.path}: ${status} ${body.slice(0, 200)}`);
      if (first) sample = body;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, one));
  return { ms: performance.now() - start, failures, sample };
}

function send(port: number, { method, path, token, body }: Call): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (body !== undefined) Object.assign(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** What PostgreSQL does alone, through the same driver: the ceiling under which everything else stays. */
async function query({ databaseUrl, concurrency, statement, times }: Extract<Load, { statement: string }>): Promise<Loaded> {
  const clients = await Promise.all(
    Array.from({ length: concurrency }, async () => {
      const client = new Client(databaseUrl);
      await client.connect();
      return client;
    }),
  );
  let left = times;
  const start = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (left-- > 0) await client.query({ name: 'one', text: statement });
    }),
  );
  const ms = performance.now() - start;
  await Promise.all(clients.map((client) => client.end()));
  return { ms, failures: [], sample: '' };
}

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

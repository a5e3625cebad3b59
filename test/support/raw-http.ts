import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { Database } from '../../src/platform/database/database.js';
import type { TestApp } from './app.js';

/** A request as it goes over the wire: nothing is checked or completed on the way. */
export interface Wire {
  method: string;
  path: string;
  token?: string;
  /** Sent as it is. */
  body?: string | Buffer;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The parsed text, or undefined when it is no JSON. */
  body: unknown;
}

/** So many at once: the pool of the service is not much larger. */
const WIDTH = 8;

/** Sends requests to the service over real connections, some at a time. */
export class RawHttp {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: WIDTH });

  private constructor(private readonly port: number) {}

  static async to(test: TestApp): Promise<RawHttp> {
    await test.app.listen(0, '127.0.0.1');
    return new RawHttp((test.server.address() as AddressInfo).port);
  }

  ask({ method, path, token, body, headers = {} }: Wire): Promise<Answer> {
    const sent = {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, method, path, headers: sent, agent: this.agent };
      const call = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode!, headers: response.headers, text, body: parsed(text) });
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What every request writes, also one that is refused. */
const NOT_COMPARED = ['audit_events', 'people_sessions', 'platform_limits'];

/** One line per table that says what is in it: two that are equal mean that nothing changed. */
export class TableDigests {
  private constructor(
    private readonly client: Client,
    private readonly sql: string,
  ) {}

  static async of(test: TestApp): Promise<TableDigests> {
    const client = new Client(test.database.superuserUrl);
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') and tablename <> all ($1) order by 1`,
      [NOT_COMPARED],
    );
    const rowsOf = `coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '-')`;
    const digest = (name: string): string => `select '${name} ' || count(*) || ' ' || ${rowsOf} as line from ${name} t`;
    return new TableDigests(client, `${rows.map(({ name }) => digest(name)).join(' union all ')} order by 1`);
  }

  async lines(): Promise<string[]> {
    const { rows } = await this.client.query<{ line: string }>(this.sql);
    return rows.map(({ line }) => line);
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}

class Undone<T> extends Error {
  constructor(readonly answer: T) {
    super('undone');
  }
}

/** Lets every command do all of its work and answer, and then takes it back. */
export async function withoutKeeping<T>({ app }: TestApp, work: () => Promise<T>): Promise<T> {
  const database = app.get(Database);
  const { run } = database;
  database.run = async (ctx, command) => {
    const undone = await run
      .call(database, ctx, async (tx) => {
        const answer = await command(tx);
        await tx.client.query('set constraints all immediate');
        throw new Undone(answer);
      })
      .catch((error: unknown) => error);
    if (undone instanceof Undone) return undone.answer as never;
    throw undone;
  };
  try {
    return await work();
  } finally {
    database.run = run;
  }
}

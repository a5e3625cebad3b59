import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { chown, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../config/refusal.js';
import { mayEnter, runnableBinaries, userFor, type RunAs } from './unprivileged.js';

/** A PostgreSQL server of our own: one data folder, one port on this machine, one superuser. */
export interface ClusterOptions {
  /** Folder with `initdb` and `postgres`. */
  binaries: string;
  /** The data folder; made when it is not there. */
  folder: string;
  /** The server writes here why it does not start; begun anew at every start. */
  log: string;
  password: string;
  /** `initdb` options beyond those that every cluster has. */
  initdb: readonly string[];
  /** Server settings, `name=value`. */
  settings: readonly string[];
}

export interface Cluster {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

export const SUPERUSER = 'postgres';
const HOST = '127.0.0.1';
const START_SECONDS = 60;
const STOP_SECONDS = 15;
const POLL_MS = 15;
const PORT_TRIES = 3;

export function clusterUrl(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@${HOST}:${port}/${database}`;
}

/** The process that holds a data folder, by its `postmaster.pid`; null when nobody does. A file left by a dead one is removed. */
export async function holderOf(folder: string): Promise<{ pid: number; port: number } | null> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (isAlive(pid) && worksIn(pid, folder)) return { pid, port: Number(lines[3]) };
  await rm(file, { force: true });
  return null;
}

/** Starts a server on a free port, making its data folder first when there is none. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const runAs = await userFor(options.folder);
  const binaries = await runnableBinaries(options.binaries, runAs);
  if (!existsSync(join(options.folder, 'PG_VERSION'))) await makeFolder(options, binaries, runAs);
  for (let attempt = 1; ; attempt += 1) {
    const started = await start(options, binaries, runAs);
    if (typeof started !== 'string') return started;
    // Between finding a free port and using it, somebody else may take it.
    if (attempt < PORT_TRIES && /address already in use/i.test(started)) continue;
    throw new Refusal(`PostgreSQL does not start in ${options.folder}: ${started} (log: ${options.log})`);
  }
}

/** Asks a server to stop at once but cleanly, and waits until it is gone. */
export async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + STOP_SECONDS * 1000;
    while (isAlive(pid) && Date.now() < deadline) await pause(POLL_MS);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Whoever adopted it may not have collected it yet.
    return !(existsSync(`/proc/${pid}/stat`) && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether that process is a server in this folder: after a restart of the machine its number may belong to another program. */
function worksIn(pid: number, folder: string): boolean {
  if (!existsSync('/proc/self/cwd')) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}

/** Makes the data folder beside its place and moves it there when complete, so that a crash half-way leaves nothing. */
async function makeFolder({ folder, password, initdb }: ClusterOptions, binaries: string, runAs: RunAs | null): Promise<void> {
  const scratch = `${folder}.new-${process.pid}`;
  try {
    await mkdir(scratch, { mode: 0o700 });
    if (runAs) await chown(scratch, runAs.uid, runAs.gid);
    const secret = openSecret(`${scratch}-password`, password, runAs);
    const args = ['-D', here(scratch, runAs), '-U', SUPERUSER, '-E', 'UTF8', '--lc-messages=C', '--no-sync', '--no-instructions'];
    const child = spawn(join(binaries, 'initdb'), [...args, '--pwfile=/dev/fd/3', ...initdb], {
      ...runAs,
      cwd: scratch,
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe', secret],
    });
    closeSync(secret);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new Refusal(`PostgreSQL cannot make its data folder ${folder}: ${lastLine(said)}`);
    await rename(scratch, folder).catch((error: NodeJS.ErrnoException) => {
      // Another start was faster; its folder is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** An open file without a name: it is handed on, and nothing stays behind. */
function openSecret(path: string, text: string, runAs: RunAs | null): number {
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  if (runAs) chownSync(path, runAs.uid, runAs.gid);
  const file = openSync(path, 'r');
  unlinkSync(path);
  return file;
}

async function start(options: ClusterOptions, binaries: string, runAs: RunAs | null): Promise<Cluster | string> {
  const port = await freePort();
  const log = openSync(options.log, 'w', 0o600);
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...options.settings];
  // A group of its own: Ctrl-C in a terminal goes to the whole group, and the database must outlive the last request.
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', here(options.folder, runAs), '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    { ...runAs, cwd: options.folder, env: environment(), stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  let gone = false;
  child.once('exit', () => (gone = true));
  child.once('error', () => (gone = true));
  child.unref();
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!gone && Date.now() < deadline) {
    if (isReady(options.folder, child.pid))
      return { pid: child.pid as number, port, stop: () => stopServer(child.pid as number) };
    await pause(POLL_MS);
  }
  if (!gone && child.pid) await stopServer(child.pid);
  return lastLine(readFileSync(options.log, 'utf8')) || `no answer within ${START_SECONDS} seconds`;
}

/** The server writes `ready` on the eighth line of its `postmaster.pid`. */
function isReady(folder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** A folder below one that the server's user may not enter is named through the working directory, which needs no way in. */
function here(folder: string, runAs: RunAs | null): string {
  return !runAs || mayEnter(folder, runAs) || !existsSync('/proc/self/cwd') ? folder : '/proc/self/cwd';
}

/** Without PGPORT, PGDATA and the like, which would speak to the server behind our back. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(kept), LC_MESSAGES: 'C' };
}

function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const fatal = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '';
  return fatal.replace(/^.*?(FATAL|PANIC|error):\s*/, '');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Leftovers of a start that was killed while it made the folder. */
export async function discardScratch(parent: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pid = Number(/\.new-(\d+)$/.exec(name)?.[1]);
    if (pid && !isAlive(pid) && (await stat(join(parent, name))).isDirectory()) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

import { fork, spawn, type ChildProcess } from 'node:child_process';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Asked } from './audited.js';
import type { FloorSettings } from './floor.js';
import type { Load, Loaded } from './load.js';
import type { Taken } from './sink.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_SECONDS = 60;
const TICKS_PER_SECOND = 100;

/** A server under load. */
export interface Server {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

export interface Loader {
  pid: number;
  run(load: Load): Promise<Loaded>;
  stop(): Promise<void>;
}

/** The built service, started with the flags of `npm start`, as a web process without jobs. */
export async function startService(env: Record<string, string>, dataDir: string, profile: string | undefined): Promise<Server> {
  const [flags, entry] = startCommand();
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const port = await freePort();
  const log = openSync(join(dataDir, 'service.log'), 'w');
  const child = spawn(process.execPath, [...flags, ...profiling, entry], {
    cwd: ROOT,
    env: { ...ownEnvironment(), PORT: String(port), ...env },
    stdio: ['ignore', log, 'inherit'],
  });
  const deadline = Date.now() + READY_SECONDS * 1000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.status === 200) return { port, pid: child.pid!, stop: () => stopped(child, 'SIGTERM') };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error('The service did not become ready');
}

/** The service with its audit, or without it. */
export interface Audited extends Server {
  /** Seals what was recorded until now. */
  seal(): Promise<void>;
}

/** The service from its sources, with the flags of `npm start`: with audit and sealer, or with an audit that writes nothing. */
export async function startAudited(audit: 'on' | 'off', env: Record<string, string>, dataDir: string): Promise<Audited> {
  const log = openSync(join(dataDir, `audit-${audit}.log`), 'w');
  const child = transpiled('audited.ts', { ...ownEnvironment(), ...env }, { args: [audit], flags: startCommand()[0], log });
  const { port } = await message<{ port: number }>(child);
  const seal = async (): Promise<void> => {
    child.send('seal' satisfies Asked);
    await message(child);
  };
  return { port, pid: child.pid!, seal, stop: () => stopped(child, 'SIGTERM') };
}

export async function startFloor(settings: FloorSettings): Promise<Server> {
  const child = transpiled('floor.ts', { ...ownEnvironment(), FLOOR_SETTINGS: JSON.stringify(settings) });
  const { port } = await message<{ port: number }>(child);
  return { port, pid: child.pid!, stop: () => stopped(child, 'SIGTERM') };
}

export function startLoader(): Loader {
  const child = transpiled('load.ts', ownEnvironment());
  const run = (load: Load): Promise<Loaded> => {
    child.send(load);
    return message<Loaded>(child);
  };
  return { pid: child.pid!, run, stop: () => stopped(child, 'SIGTERM') };
}

/** A mail server in a process of its own, which takes everything. */
export interface Sink {
  port: number;
  begin(): Promise<Taken>;
  taken(): Promise<Taken>;
  stop(): Promise<void>;
}

export async function startSink(): Promise<Sink> {
  const child = transpiled('sink.ts', ownEnvironment());
  const { port } = await message<{ port: number }>(child);
  const ask = (what: 'begin' | 'taken'): Promise<Taken> => {
    child.send(what);
    return message<Taken>(child);
  };
  return { port, begin: () => ask('begin'), taken: () => ask('taken'), stop: () => stopped(child, 'SIGTERM') };
}

interface Starting {
  args?: string[];
  flags?: string[];
  /** Where standard output goes, when it is not shown. */
  log?: number;
}

function transpiled(file: string, env: Record<string, string>, { args = [], flags = [], log }: Starting = {}): ChildProcess {
  const execArgv = ['--import', './test/support/typescript.mjs', ...flags];
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    cwd: ROOT,
    execArgv,
    env,
    stdio: ['ignore', log ?? 'inherit', 'inherit', 'ipc'],
  });
}

/** Nothing of the settings of whoever measures. */
function ownEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }) };
}

/** The flags of `npm start` for Node.js, and what it starts. */
function startCommand(): [flags: string[], entry: string] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [flags, entry] = /node (.*?)(\S+\.js)$/.exec(scripts.start)!.slice(1) as [string, string];
  return [flags.split(' ').filter(Boolean), entry];
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`${child.spawnfile} ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (told) => {
      child.off('exit', onExit);
      resolve(told as T);
    });
  });
}

function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** Processor time in milliseconds of a process and, for a PostgreSQL server, of all its children; null where there is no /proc. */
export function processorMs(pid: number, { withChildren = false } = {}): number | null {
  const own = ticksOf(String(pid));
  if (!own) return null;
  const children = withChildren ? readdirSync('/proc').map(ticksOf).filter((one) => one?.parent === pid) : [];
  return [own, ...children].reduce((sum, one) => sum + one!.ticks, 0) * (1000 / TICKS_PER_SECOND);
}

function ticksOf(pid: string): { parent: number; ticks: number } | null {
  if (!/^\d+$/.test(pid)) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the command's name, which may hold spaces: state, parent, …, user and system time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

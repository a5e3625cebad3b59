import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_SECONDS = 60;

/** One process of the service as a person starts it: its own environment, its own output. */
export interface Service {
  child: ChildProcess;
  /** Resolves when it has ended. */
  ended: Promise<{ code: number | null; out: string; err: string }>;
  /** Resolves when the web process takes requests. */
  ready(): Promise<void>;
}

const started = new Set<Service>();

/** Ends what a failed spec left running. */
export async function endServices(): Promise<void> {
  for (const { child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  started.clear();
}

/** Runs an entry file from `src` without a build, with nothing in its environment but what is given. */
export function startService(entry: 'main' | 'worker' | 'migrate', env: Record<string, string>, hooks = 'typescript'): Service {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, ['--import', `./test/support/${hooks}.mjs`, `src/${entry}.ts`], {
    cwd: ROOT,
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  );
  const ready = async (): Promise<void> => {
    const deadline = Date.now() + READY_SECONDS * 1000;
    while (Date.now() < deadline && child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${env.PORT}/health/ready`).catch(() => null);
      if (answer?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The service did not become ready: ${err || out}`);
  };
  const service = { child, ended, ready };
  started.add(service);
  return service;
}

/** A port that is free now. With `hold`, a server listens there until it is closed. */
export async function somePort({ hold = false } = {}): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  if (!hold) await close();
  return { port, close };
}

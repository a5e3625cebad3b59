import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cp, lstat, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../config/refusal.js';

/** Whom the server runs as when this process is root, which PostgreSQL refuses. */
export interface RunAs {
  uid: number;
  gid: number;
}

const run = promisify(execFile);
const OTHERS = ['postgres', 'nobody'];

/** The user for a data folder: ourselves (null), else who owns the folder, else a user that every system has. */
export async function userFor(folder: string): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = existsSync(folder) ? statSync(folder) : null;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of OTHERS) {
    try {
      const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
      if (uid && gid) return { uid, gid };
    } catch {
      continue;
    }
  }
  throw new Refusal(
    `PostgreSQL does not run as root, and there is no user postgres or nobody to run it as:
    start as another user, or set DATABASE_URL.`,
  );
}

/**
 * The programs, where that user can run them. When the clone lies below a folder that others may not enter (`/root`), they
 * are copied once to the folder for temporary files.
 */
export async function runnableBinaries(binaries: string, runAs: RunAs | null): Promise<string> {
  if (!runAs || mayRun(join(binaries, 'postgres'), runAs)) return binaries;
  const home = dirname(binaries);
  const digest = createHash('sha256').update(readFileSync(join(binaries, 'postgres'))).digest('hex');
  const copy = join(tmpdir(), `netwerkberaad-postgres-${digest.slice(0, 12)}`);
  if (!(await isOurs(copy))) {
    const scratch = `${copy}.new-${process.pid}`;
    try {
      await cp(home, scratch, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
      await run('chmod', ['-R', 'u+rwX,go+rX,go-w', scratch]);
      await rename(scratch, copy).catch(() => undefined);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
  const programs = join(copy, basename(binaries));
  if ((await isOurs(copy)) && mayRun(join(programs, 'postgres'), runAs)) return programs;
  throw new Refusal(
    `PostgreSQL does not run as root, and others may not enter ${home}:
    start as another user, move the clone, or set DATABASE_URL.`,
  );
}

/** A copy made by root that nobody else can write to: temporary folders are open to all. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  return found !== null && found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}

/** Whether that user may read and run the file. */
function mayRun(file: string, user: RunAs): boolean {
  return allows(file, user, 0o5) && mayEnter(dirname(file), user);
}

/** Whether that user may enter the folder and every one above it. */
export function mayEnter(folder: string, user: RunAs): boolean {
  return allows(folder, user, 0o1) && (folder === dirname(folder) || mayEnter(dirname(folder), user));
}

function allows(path: string, user: RunAs, needed: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & needed) === needed;
}

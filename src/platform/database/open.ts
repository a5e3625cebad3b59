import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { key, WrongValue } from '../config/parsers.js';
import { Refusal } from '../config/refusal.js';
import type { ReadSettings, Settings } from '../config/settings.js';
import type { Stopping } from '../process.js';
import { startEmbedded } from './embedded.js';
import { assertMigrated, migrate } from './migrate.js';

/**
 * Fills in database and master key: those of the settings, else the embedded ones. The database is up to date then, or this
 * refuses. `share` uses the embedded database of a service that runs already, for commands beside it.
 */
export async function openDatabase(read: ReadSettings, stopping: Stopping, { share = false } = {}): Promise<Settings> {
  const masterKey = read.masterKey ?? (await keptMasterKey(read.dataDir));
  if (read.databaseUrl !== null) {
    const { databaseUrl, databaseOwnerUrl, databaseClerkUrl } = read;
    if (databaseOwnerUrl && databaseClerkUrl)
      await migrate(databaseOwnerUrl, { appUrl: databaseUrl, clerkUrl: databaseClerkUrl });
    else await assertMigrated(databaseUrl);
    return { ...read, databaseUrl, masterKey };
  }
  const embedded = await startEmbedded(read.dataDir, { share });
  stopping.add(embedded.stop);
  await migrate(embedded.ownerUrl, embedded);
  return {
    ...read,
    databaseUrl: embedded.appUrl,
    databaseOwnerUrl: embedded.ownerUrl,
    databaseClerkUrl: embedded.clerkUrl,
    masterKey,
  };
}

const KEY_BYTES = 32;

/** The master key of a folder, made once: without it nothing that was sealed opens again. */
async function keptMasterKey(dataDir: string): Promise<Buffer> {
  const file = join(dataDir, 'master-key');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(file, error);
  }
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unusable(file, error);
  });
  try {
    return key(text.trim());
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    throw new Refusal(`${file} does not hold a key: put the right one back, or start with another DATA_DIR.`);
  }
}

function unusable(file: string, error: unknown): Refusal {
  const code = (error as NodeJS.ErrnoException).code;
  return new Refusal(
    `${file} cannot be read or made (${code}): let this user read and write the data folder, or set DATA_DIR to another.`,
  );
}

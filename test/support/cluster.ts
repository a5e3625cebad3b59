import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { clusterUrl, startCluster, SUPERUSER } from '../../src/platform/database/cluster.js';
import { embeddedBinaries, makeDatabase } from '../../src/platform/database/embedded.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { OWNER, TEMPLATE, urlsOf } from './database.js';

/** Signs in with a password, unlike all others: for specs about a refused one. */
const WITH_PASSWORD = 'with_password';

const SETTINGS = [
  'max_connections=200',
  'shared_buffers=128MB',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
  'jit=off',
];

/**
 * One server for a whole run, with one migrated database that every spec copies. `TEST_DATABASE=15` takes Debian's
 * PostgreSQL of that version in place of the embedded one. Returns what stops it and removes its folder.
 */
export async function startTestCluster(): Promise<() => Promise<void>> {
  const version = process.env.TEST_DATABASE;
  const binaries = version ? `/usr/lib/postgresql/${version}/bin` : await embeddedBinaries();
  if (!existsSync(binaries)) throw new Error(`TEST_DATABASE=${version}: there is no ${binaries}; install postgresql-${version}`);
  const home = await mkdtemp(join(tmpdir(), 'netwerkberaad-test-'));
  await chmod(home, 0o711);
  const folder = join(home, 'data');
  const locale = version ? ['--locale=C.UTF-8'] : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const options = {
    binaries,
    folder,
    log: join(home, 'log'),
    password: 'test',
    initdb: ['--auth=trust', ...locale],
    settings: SETTINGS,
  };
  const stop = stopsWithUs(home);
  try {
    const cluster = await startCluster(options);
    process.env.TEST_CLUSTER_PORT = String(cluster.port);
    await writeFile(
      join(folder, 'pg_hba.conf'),
      `host all ${WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n`,
    );
    const superuser = new Client(clusterUrl(SUPERUSER, 'test', cluster.port, 'postgres'));
    await superuser.connect();
    await superuser.query('select pg_reload_conf()');
    await superuser.query(`create role ${WITH_PASSWORD} login password 'test'`);
    await makeDatabase(superuser, { database: TEMPLATE, owner: OWNER, password: 'test' });
    await superuser.end();
    const urls = urlsOf(TEMPLATE);
    await migrate(urls.ownerUrl, urls);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A shell beside us that stops the server and removes its folder when we end, however we end: its input closes then. */
function stopsWithUs(home: string): () => Promise<void> {
  const script = `cat
    read -r pid < "$0/data/postmaster.pid" && kill -QUIT "$pid" && while kill -0 "$pid"; do sleep 0.05; done
    rm -rf "$0"`;
  const shell: ChildProcess = spawn('sh', ['-c', script, home], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  shell.unref();
  return async () => {
    // Nothing else may keep this process waiting: without this it would end here, before its exit code is set.
    shell.ref();
    shell.stdin?.end();
    await ended;
  };
}
